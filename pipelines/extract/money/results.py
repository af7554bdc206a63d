"""Tables of company results, as agencies send them: "Shr 46 cts vs 51 cts", "Revs 40.3 mln vs 28.5 mln".

A row's second column is the same period a year earlier. The title or a heading says how long the period is and the day that
it ended on; where no day is told, it is that of the calendar, if that lies close enough before publication.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from pipelines.language.parse import Article, Parse

_VERSUS = re.compile(r"\s(?:vs\.?|versus)\s", re.IGNORECASE)
# What a row begins with, before its first number.
_LABEL = re.compile(
    r"[ \t]{0,12}(?:(?:oper(?:ating)?|net|pre-?tax|qtly|quarterly|annual|interim|final|total|group|domestic|primary|diluted|"
    r"avg|after-?tax|gross|cash|consolidated)\s){0,3}"
    r"(?:shrs?|share|net|revs?|revenues?|sales|turnover|profit|loss|income|assets|deposits|loans|div|dividend|earnings|premiums)\b",
    re.IGNORECASE,
)
_LABEL_CHARS = 60
# What of a row's beginning is no part of its name: numbers, units, which way the result went.
_NO_NAME = re.compile(
    r"\b(?:profit|loss|nil|cts|cents|dlrs?|mln|billion|one|two|three|four|five|six|seven|eight|nine)\b|[^a-z ]",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"\b(?:shrs?|share|net|revs?|revenues?|sales|turnover|profit|loss|income|assets|deposits|loans|div|dividend)\b",
    re.IGNORECASE,
)
_SOLD = frozenset({"rev", "revs", "revenue", "revenues", "sales", "turnover"})
_HELD = frozenset({"assets", "deposits", "loans"})
_PAID_OUT = frozenset({"div", "dividend"})
_AFTER_VERSUS = re.compile(r"\b(?:vs\.?|versus)\s(?:(?:profit|loss|a)\s)?$", re.IGNORECASE)
_HEADING_CHARS = 48
_LENGTH = re.compile(
    r"\b(?:(?P<nth>1st|2nd|3rd|4th|first|second|third|fourth)[ -](?:qtr|quarter)|(?P<qtr>qtr|quarter)|(?P<half>(?:(?:1st|first|2nd|second)[ -])?half(?:[ -]year)?|six (?:mths|months)|6 (?:mths|months)|interim)"
    r"|(?P<nine>(?:nine|9) (?:mths|months))|(?P<year>year|yr|(?:12|twelve) (?:mths|months)))\b",
    re.IGNORECASE,
)
_NTH = {"1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4, "fourth": 4}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(rf"\b(?P<month>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?\s(?P<day>\d{{1,2}})\b", re.IGNORECASE)
# Results come out within four months of the period's end.
_LATEST = 125


@dataclass(frozen=True, slots=True)
class Cell:
    """What the table says of a figure in it: its kind and its period, None where the text does not tell."""

    kind: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class _Row:
    start: int
    end: int
    months: int | None
    last: date | None


class Results:
    """The rows of a document's tables of results."""

    def __init__(self, article: Article, parse: Parse) -> None:
        self._text = parse.text
        self._rows = list(_rows(article, parse.text)) if " vs " in parse.text else []
        self._starts = [row.start for row in self._rows]

    def cell(self, position: int) -> Cell | None:
        """The cell at a character of the text, None outside tables."""
        i = bisect_right(self._starts, position) - 1
        if i < 0 or position >= self._rows[i].end:
            return None
        row = self._rows[i]
        before = self._text[row.start : position]
        label = ([m[0].lower() for m in _NAMES.finditer(before)] or [""])[-1]
        kind = "trade" if label in _SOLD else "loan" if label == "loans" else "other"
        if row.months is None or row.last is None or label in _PAID_OUT:
            return Cell(kind, None, None)
        last = _month_end(row.last.year - 1, row.last) if _AFTER_VERSUS.search(before) else row.last
        return Cell(kind, last if label in _HELD else _first_day(last, row.months), last)


def _rows(article: Article, text: str) -> list[_Row]:
    found: list[_Row] = []
    months, quarter = _length(article.title or "")
    day = _day(article.title or "", article.published_on)
    seen: set[str] = set()
    at = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip().rstrip(".")
        versus = _VERSUS.search(line, 0, _LABEL_CHARS)
        if versus is not None and _LABEL.match(line):
            name = " ".join(_NO_NAME.sub(" ", line[: versus.start()].lower()).split())
            if name in seen:
                # a second block without a heading: below a quarter's stands the year's so far
                months = 3 * quarter if months == 3 and quarter is not None and quarter > 1 else None
                seen.clear()
            seen.add(name)
            last = day or _calendar_end(months, quarter, article.published_on)
            found.append(_Row(at, at + len(line), months, last))
        elif versus is None and len(bare) <= _HEADING_CHARS and "." not in bare:
            told, nth = _length(bare)
            day = _day(bare, article.published_on) or day
            if told is not None:
                months, quarter = told, nth or quarter  # "Year" below the fourth quarter ends with it
                seen.clear()
        at += len(line)
    return found


def _length(words: str) -> tuple[int | None, int | None]:
    """Months of the period that a title or heading names, and which quarter of the year it is or ends with."""
    m = _LENGTH.search(words)
    if m is None:
        return None, None
    if m["nth"]:
        return 3, _NTH[m["nth"].lower()]
    if m["qtr"]:
        return 3, None
    if m["half"]:
        return 6, 2 if m["half"].lower().startswith(("1st", "first")) else None
    return (9, 3) if m["nine"] else (12, 4)


def _day(words: str, published: date | None) -> date | None:
    """The last such day of the year before publication: "MARCH 31"."""
    m = _DAY.search(words)
    if m is None or published is None:
        return None
    month, day = _MONTHS.index(m["month"].lower()) + 1, int(m["day"])
    for year in (published.year, published.year - 1):
        if 1 <= day <= monthrange(year, month)[1] and date(year, month, day) < published:
            return date(year, month, day)
    return None


def _calendar_end(months: int | None, quarter: int | None, published: date | None) -> date | None:
    """The end of the calendar's quarter, where it lies shortly before publication: else the firm's year is another."""
    if months is None or quarter is None or published is None:
        return None
    for year in (published.year, published.year - 1):
        last = date(year, 3 * quarter, monthrange(year, 3 * quarter)[1])
        if 0 < (published - last).days <= _LATEST:
            return last
    return None


def _month_end(year: int, last: date) -> date:
    """The same day of another year; a month's last day stays its last."""
    if last.day == monthrange(last.year, last.month)[1]:
        return date(year, last.month, monthrange(year, last.month)[1])
    return last.replace(year=year)


def _first_day(last: date, months: int) -> date:
    """The first day of so many months that end on a day."""
    is_end = last.day == monthrange(last.year, last.month)[1]
    index = last.year * 12 + last.month - months - (0 if is_end else 1)
    year, month = divmod(index, 12)
    return date(year, month + 1, 1 if is_end else min(last.day + 1, monthrange(year, month + 1)[1]))
