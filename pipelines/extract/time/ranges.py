"""Two time expressions that are the ends of one span: "between March and May", "from Monday to Thursday", "January-March 2015".

The expressions stay as they are; what an act or a sum that hangs on either of them is dated by is the span.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from pipelines.extract.facts import TimeExpression

_TO = re.compile(r"\s?(?:to|until|till|til|through|thru|[-–—])\s?(?:the )?(?:end of )?", re.IGNORECASE)
_AND = re.compile(r"\s?and\s?(?:the )?(?:end of )?", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween (?:the )?(?:start of |beginning of )?$", re.IGNORECASE)
# What is moved from one day to another does not last from the one to the other.
_MOVED = re.compile(
    r"\b(?:moved?|postponed?|delay(?:ed)?|push(?:ed)?|put (?:off|back)|brought forward|reschedul\w+|chang\w+|shift\w+|deferr?\w*)\b"
    r"[^.;]{0,40}\b(?:from )?(?:the )?$",
    re.IGNORECASE,
)
_LOOK_BACK = 60
_YEAR = re.compile(r"\d{4}")
_WEEK = timedelta(days=7)


def with_ranges(times: Sequence[TimeExpression], text: str) -> list[TimeExpression]:
    """The same expressions in the same order, the two ends of a span each with the days of the whole."""
    found = list(times)
    for i, (first, last) in enumerate(pairwise(times)):
        days = _days(first, last, text)
        if days is not None:
            found[i], found[i + 1] = (replace(t, date_start=days[0], date_end=days[1]) for t in (first, last))
    return found


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
