"""Days in metadata: ISO forms and the few others that feeds and exports use."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from pipelines.reference.months import full_year, month_of

_ISO = re.compile(r"\s*(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)(?![\d./-])")
# What databases have where there is no day.
_NO_DAY = re.compile(r"\s*(?:0000-00-00|0001-01-01|1970-01-01[T ]00:00|9999-)")
_BEFORE = re.compile(
    r"\s*(?:(?:first |last )?(?:published|posted|updated|modified|created|date|on|added|issued)\s?(?:on|at)?\s?:?\s+)+",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"\s*(\d{9,10}|\d{12,13}|\d{16})(?:\.\d{1,6})?\s*$")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T?\d{4}(?:\d\d)?(?:[.,]\d{1,6})?(?:Z|[+-]\d{4})?)?\s*$")
# News has been printed since 1605; a later year than this is a fault of the source.
EARLIEST, LATEST = 1600, 2100


# Months of French, German, Spanish, Portuguese, Italian and Dutch whose first letters are no English month's.
_OTHER_MONTHS = {
    "janv": 1, "ene": 1, "gen": 1, "fév": 2, "fev": 2, "mär": 3, "mae": 3, "mrt": 3, "maa": 3, "avr": 4, "abr": 4, "mai": 5, "mei": 5, "mag": 5,
    "juin": 6, "giu": 6, "juil": 7, "lug": 7, "aoû": 8, "aou": 8, "ago": 8, "set": 9, "okt": 10, "out": 10, "ott": 10, "déc": 12, "dez": 12, "dic": 12,
}  # fmt: skip
_IN_WORDS = re.compile(
    r"(?:[^\W\d_]{3,10}\.?,? +)?(?:(?P<month>[^\W\d_]{3,10})\.? +(?P<day>\d{1,2})(?:st|nd|rd|th)?,? +"
    r"|(?P<day2>\d{1,2})(?:st|nd|rd|th|er|\.)?(?: (?:of|de))? +(?P<month2>[^\W\d_]{3,10})\.?,?(?: de)? +)"
    r"(?P<year>\d{4})\b"
)
_WIRE = re.compile(r"\s*(\d{1,2})[-/ ]([^\W\d_]{3,4})[-/ ](\d{4}|\d{2})(?![\d:])")  # 26-FEB-1987
# A number of seconds below it is none: 1973, and news of then carries no such stamp.
_EARLIEST_SECOND = 100_000_000
# Above this a number of seconds is one of milliseconds: seconds reach it in the year 5138.
_MILLISECONDS = 100_000_000_000
_MICROSECONDS = 100_000_000_000_000


def _of_number(value: float) -> date | None:
    if 16_000_101 <= value <= 21_001_231 and value == int(value):
        try:
            return datetime.strptime(str(int(value)), "%Y%m%d").replace(tzinfo=UTC).date()
        except ValueError:
            pass
    if value < _EARLIEST_SECOND:
        return None  # 0, a year, a day of a spreadsheet
    if value >= _MICROSECONDS:
        value /= 1_000_000
    return datetime.fromtimestamp(value / 1000 if abs(value) >= _MILLISECONDS else value, UTC).date()


def _of_text(value: str, day_first: bool | None) -> date | None:
    if _NO_DAY.match(value):
        return None
    if match := _ISO.match(value):
        return date(int(match[1]), int(match[3]), int(match[4]))
    if (match := _COMPACT.match(value)) and EARLIEST <= int(match[1]) <= LATEST and 0 < int(match[2]) <= 12:
        return date(int(match[1]), int(match[2]), int(match[3]))
    if _EPOCH.match(value):
        return _of_number(float(value))
    if match := _DAY_FIRST.match(value):
        first, second, year = int(match[1]), int(match[3]), full_year(match[4])
        if match[2] == "." or first > 12 or (first == second) or (day_first and second <= 12):
            return date(year, second, first)
        return date(year, first, second) if second > 12 or day_first is False else None
    if wire := _WIRE.match(value):
        return date(full_year(wire[3]), month_named(wire[2]), int(wire[1]))
    if words := _IN_WORDS.match(value):
        return date(
            int(words["year"]), month_named(words["month"] or words["month2"]), int(words["day"] or words["day2"])
        )
    return parsedate_to_datetime(value).date()


def month_named(word: str) -> int:
    """Number of a month by its name or its first letters, in English or a language near it. Raises ValueError where it is none."""
    name = word.lower()
    found = _OTHER_MONTHS.get(name[:4]) or _OTHER_MONTHS.get(name[:3])
    return found or month_of(name)


def order_in(sample: str) -> bool | None:
    """Whether the days of a file stand before its months ("25/04/2018"), as those that can only be one show; None where they show nothing."""
    days = [
        (int(m[1]), int(m[3]))
        for m in re.finditer(r"(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d\d)(?![\d/-])", sample)
    ]
    first, second = any(12 < a <= 31 and b <= 12 for a, b in days), any(12 < b <= 31 and a <= 12 for a, b in days)
    return None if first == second else first


def to_date(value: object, day_first: bool | None = None) -> date | None:
    """Day of a metadata value: None where it is no day.

    Read are ISO 8601 (with - / or .), 20040225, RFC 2822, "February 25, 2004", "25th of Feb 2004", 25.02.2004, seconds or milliseconds since
    1970, and what databases put around a day ({"$date": …}); 02/03/2004, which is two different days on two sides of the Atlantic, only
    where `day_first` tells.
    """
    if isinstance(value, dict):
        value = _of_object(value)
    if isinstance(value, (list, tuple)):
        numbers = [v for v in value[:3] if isinstance(v, int) and not isinstance(v, bool)]
        value = "-".join(map(str, numbers)) if len(numbers) == 3 else value[0] if value else None  # [2016, 5, 4]
        if isinstance(value, list):
            return to_date(value, day_first)
    if isinstance(value, bool) or value is None:
        return None
    found: date | None = None
    try:
        if isinstance(value, datetime):
            found = value.date()
        elif isinstance(value, date):
            found = value
        elif isinstance(value, (int, float)):
            found = _of_number(value)
        elif isinstance(value, str):
            found = _of_text(_BEFORE.sub("", value.strip()[:60], count=1), day_first)
    except (ValueError, TypeError, OverflowError, OSError, IndexError):
        return None
    return found if found and EARLIEST <= found.year <= LATEST else None


_DAY_WITHIN = re.compile(
    r"(?<![\w/.-])(?:\d{4}-\d\d-\d\d|\d{4}/\d\d/\d\d|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}(?:st|nd|rd|th)? [^\W\d_]{3,9}\.?,? \d{4}|[^\W\d_]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
    r"|(?:19|20)\d{6})(?![\w/-])"
)


def day_in(line: str) -> str | None:
    """The words of a line that are a day, the first such; None where none are."""
    return next((m[0] for m in _DAY_WITHIN.finditer(line) if to_date(m[0])), None)


def _of_object(value: dict[object, object]) -> object:
    """The day in an object: {"$date": …}, {"$numberLong": "…"}, {"year": 2012, "month": 10, "day": 7}."""
    for _ in range(3):
        if {"year", "month", "day"} <= value.keys():
            return "-".join(str(value[k]) for k in ("year", "month", "day"))
        inner = next(
            (
                value[k]
                for k in (
                    "$date",
                    "$numberLong",
                    "date",
                    "iso",
                    "value",
                    "rendered",
                    "@value",
                    "#text",
                    "_text",
                    "original",
                    "published",
                    "created",
                    "date-parts",
                    "date-time",
                    "utc",
                    "_seconds",
                    "seconds",
                )
                if k in value
            ),
            None,
        )
        if isinstance(inner, dict):
            value = inner
            continue
        return (
            int(inner)
            if "$numberLong" in value and isinstance(inner, str) and inner.removeprefix("-").isdecimal()
            else inner
        )
    return None
