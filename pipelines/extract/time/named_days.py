"""Days that have a name: "Bastille Day", "Thanksgiving", "Easter Monday" (pipelines/reference/named_days.csv)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from pipelines.extract.time.calendar import WEEKDAYS
from pipelines.reference import rows

_FILLERS = frozenset({"day", "eve", "of", "night", "new", "good", "sunday", "monday", "friday"})


@cache
def rules() -> dict[str, str]:
    """How a day is found, by its name in small letters with straight apostrophes."""
    return {row["name"].lower(): row["rule"] for row in rows("named_days.csv")}


def pattern() -> str:
    """Names as one expression, the longer first, whatever their apostrophes."""
    names = sorted((row["name"] for row in rows("named_days.csv")), key=len, reverse=True)
    return "|".join(re.escape(name).replace("'", "['’]") for name in names)


def words() -> list[str]:
    """Words of names that nothing else has, in small letters."""
    found = {w.removesuffix("'s").rstrip("'") for name in rules() for w in name.split()}
    return sorted(found - _FILLERS)


def day_of(name: str, year: int) -> date:
    """The day of a name in a year."""
    rule = rules()[name.lower().replace("’", "'")]
    if rule.startswith("Easter"):
        return easter(year) + timedelta(days=int(rule.removeprefix("Easter") or 0))
    if " " not in rule:
        month, number = rule.split("-")
        return date(year, int(month), int(number))
    month, which, weekday = rule.split()
    return _weekday_of_month(year, int(month), int(which), WEEKDAYS[weekday.lower()])


def _weekday_of_month(year: int, month: int, which: int, weekday: int) -> date:
    if which < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def easter(year: int) -> date:
    """Easter Sunday of the Western churches, by the Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
