"""Periods of the calendar: TIMEX3 values and the days they span. No text here."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = {
    name: i
    for i, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}


@dataclass(frozen=True, slots=True)
class Period:
    """A TIMEX3 value and the days from start to end, both included; None where it spans no known days."""

    value: str
    start: date | None = None
    end: date | None = None


def day(d: date) -> Period:
    return Period(d.isoformat(), d, d)


def week(d: date) -> Period:
    """ISO week that a day lies in."""
    monday = d - timedelta(days=d.weekday())
    year, number, _ = d.isocalendar()
    return Period(f"{year}-W{number:02d}", monday, monday + timedelta(days=6))


def week_of(first: date, number: int | None) -> Period:
    """The week of a month's first, second … Monday, or of its last; what of it lies in the next month is left out.

    `first` is the month's first day.
    """
    end = date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])
    monday = end - timedelta(days=end.weekday())
    if number is not None:
        monday = first + timedelta(days=-first.weekday() % 7, weeks=number - 1)
    return Period(week(monday).value, monday, min(monday + timedelta(days=6), end))


def month(year: int, number: int) -> Period | None:
    """A month, counted on over the ends of the year."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    if not 1 <= year <= 9998:
        return None
    return Period(
        f"{year:04d}-{number:02d}", date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])
    )


def quarter(year: int, number: int) -> Period | None:
    year, number = year + (number - 1) // 4, (number - 1) % 4 + 1
    if not 1 <= year <= 9998:
        return None
    last = number * 3
    return Period(
        f"{year:04d}-Q{number}", date(year, last - 2, 1), date(year, last, calendar.monthrange(year, last)[1])
    )


def half(year: int, number: int) -> Period:
    return Period(
        f"{year:04d}-H{number}",
        date(year, 1 if number == 1 else 7, 1),
        date(year, 6, 30) if number == 1 else date(year, 12, 31),
    )


def year(number: int) -> Period | None:
    if not 1 <= number <= 9998:
        return None
    return Period(f"{number:04d}", date(number, 1, 1), date(number, 12, 31))


def decade(number: int) -> Period:
    """Ten years from a year that ends in 0."""
    return Period(f"{number // 10:03d}", date(number, 1, 1), date(number + 9, 12, 31))


def season(number: int, code: str) -> Period:
    first, last = _SEASON_MONTHS[code]
    end_year = number + (last < first)
    return Period(
        f"{number:04d}-{code}", date(number, first, 1), date(end_year, last, calendar.monthrange(end_year, last)[1])
    )


def exact(y: int, m: int, d: int) -> Period | None:
    """A day given by numbers; None where there is no such day."""
    try:
        return day(date(y, m, d))
    except ValueError:
        return None


def shift_months(d: date, by: int) -> date:
    """The same day some months on, the last of the month where it has no such day."""
    total = d.year * 12 + d.month - 1 + by
    y, m = divmod(total, 12)
    if not 1 <= y <= 9998:
        return d
    return date(y, m + 1, min(d.day, calendar.monthrange(y, m + 1)[1]))
