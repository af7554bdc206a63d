"""Two time expressions that are the ends of one span: "between March and May", "from Monday to Thursday", "January-March 2015".

The expressions stay as they are; what an act or a sum that hangs on either of them is dated by is the span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from pipelines.extract.facts import TimeExpression

_TO = re.compile(r"\s?(?:to|until|till|til|through|thru|[-–—])\s?(?:the )?(?:end of )?", re.IGNORECASE)
_AND = re.compile(r"\s?and\s?(?:the )?(?:end of )?", re.IGNORECASE)
_LISTED = re.compile(r"\s?(?:,|,?\s?(?:and|or)\b)\s?(?:(?:in|early|late|mid)[\s-])?", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween (?:the )?(?:start of |beginning of )?$", re.IGNORECASE)
# What is moved from one day to another does not last from the one to the other.
_MOVED = re.compile(
    r"\b(?:moved?|postponed?|delay(?:ed)?|push(?:ed)?|put (?:off|back)|brought forward|reschedul\w+|chang\w+|shift\w+|deferr?\w*)\b"
    r"[^.;]{0,40}\b(?:from )?(?:the )?$",
    re.IGNORECASE,
)
_LOOK_BACK = 60
_BEFORE_LAST = re.compile(r"\b(?:and|or)\b", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_WEEK = timedelta(days=7)
_FILLED = 0.7


def with_ranges(times: Sequence[TimeExpression], text: str) -> list[TimeExpression]:
    """The same expressions in the same order, the two ends of a span and the members of a list each with the days of the whole."""
    found = list(times)
    for i, (first, last) in enumerate(pairwise(times)):
        days = _days(first, last, text)
        if days is not None:
            found[i], found[i + 1] = (replace(t, date_start=days[0], date_end=days[1]) for t in (first, last))
    for run in _lists(times, text):
        for i in run:
            found[i] = replace(times[i], date_start=times[run[0]].date_start, date_end=times[run[-1]].date_end)
    return found


def _lists(times: Sequence[TimeExpression], text: str) -> Iterator[range]:
    """Runs of times that one clause lists in order: "1985 and 1986", "May, June and August"; not where it shares them out."""
    first = 0
    for i in range(1, len(times) + 1):
        if i < len(times) and _is_listed(times[i - 1], times[i], text):
            continue
        after = text[times[first].start_char : times[i - 1].end_char + _LOOK_BACK] if i - first > 1 else ""
        if (
            i - first > 1
            and "respectively" not in after
            and _fill(times[first:i])
            and _BEFORE_LAST.search(text[times[i - 2].end_char : times[i - 1].start_char])
        ):
            yield range(first, i)
        first = i


def _fill(members: Sequence[TimeExpression]) -> bool:
    """Whether times, in order, make up most of the days from the first to the last: 1985 and 1986 do, 1990 and 2005 are two years."""
    spans = [(t.date_start, t.date_end) for t in members if t.date_start is not None and t.date_end is not None]
    days = sum((end - start).days + 1 for start, end in spans)
    return days >= _FILLED * ((spans[-1][1] - spans[0][0]).days + 1)


def _is_listed(first: TimeExpression, second: TimeExpression, text: str) -> bool:
    """Whether two times of one grain (days, months, years) stand side by side, the earlier first."""
    start, end, other, last = first.date_start, first.date_end, second.date_start, second.date_end
    if first.sentence_index != second.sentence_index or start is None or end is None or other is None or last is None:
        return False
    is_of_a_grain = (end - start).days // 20 == (last - other).days // 20
    return start < other and is_of_a_grain and _LISTED.fullmatch(text[first.end_char : second.start_char]) is not None


def _days(first: TimeExpression, last: TimeExpression, text: str) -> tuple[date, date] | None:
    if first.sentence_index != last.sentence_index or None in (
        first.date_start, first.date_end, last.date_start, last.date_end,
    ):  # fmt: skip
        return None
    start, end = first.date_start, last.date_end
    assert start is not None
    assert end is not None
    before = text[max(0, first.start_char - _LOOK_BACK) : first.start_char]
    between = text[first.end_char : last.start_char]
    is_span = _TO.fullmatch(between) or (_AND.fullmatch(between) and _BETWEEN.search(before))
    if not is_span or _MOVED.search(before):
        return None
    if _YEAR.search(last.text) and not _YEAR.search(first.text) and start.year != end.year:
        # "from January to April 2015": the year is told once, at the end
        start = _in_year(start, end.year)
        start = _in_year(start, end.year - 1) if start > end else start
    if start > end and first.text.lower().endswith("day"):
        start -= _WEEK
    elif start > end and not _YEAR.search(first.text):
        start = _in_year(start, end.year - 1)
    return (start, end) if start <= end else None


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, 28)) if (day.month, day.day) == (2, 29) else day.replace(year=year)
