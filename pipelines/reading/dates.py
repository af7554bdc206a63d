"""Days in metadata: ISO forms and the few others that feeds and exports use."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}(?:Z|[+-]\d{4})?)?\s*$")
# News has been printed since 1605; a later year than this is a fault of the source.
EARLIEST, LATEST = 1600, 2100


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_IN_WORDS = re.compile(
    r"(?:[A-Za-z]{3,9},? +)?(?:(?P<month>[A-Za-z]{3,9})\.? +(?P<day>\d{1,2})(?:st|nd|rd|th)?,? +"
    r"|(?P<day2>\d{1,2}) +(?P<month2>[A-Za-z]{3,9})\.?,? +)"
    r"(?P<year>\d{4})\b"
)
_WIRE = re.compile(r"\s*(\d{1,2})-([A-Za-z]{3})-(\d{4})\b")  # 26-FEB-1987
# Above this a number of seconds is one of milliseconds: seconds reach it in the year 5138.
_MILLISECONDS = 100_000_000_000


def _of_number(value: float) -> date | None:
    if 16_000_101 <= value <= 21_001_231 and value == int(value):
        try:
            return datetime.strptime(str(int(value)), "%Y%m%d").replace(tzinfo=UTC).date()
        except ValueError:
            pass
    return datetime.fromtimestamp(value / 1000 if abs(value) >= _MILLISECONDS else value, UTC).date()


def _of_text(value: str) -> date | None:
    if match := _ISO.match(value) or _COMPACT.match(value):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if wire := _WIRE.match(value):
        return date(int(wire[3]), _MONTHS.index(wire[2].lower()) + 1, int(wire[1]))
    if words := _IN_WORDS.match(value):
        month = (words["month"] or words["month2"])[:3].lower()
        return date(int(words["year"]), _MONTHS.index(month) + 1, int(words["day"] or words["day2"]))
    return parsedate_to_datetime(value).date()


def to_date(value: object) -> date | None:
    """Day of a metadata value: None where it is no day.

    Read are ISO 8601, 20040225, RFC 2822, "February 25, 2004", "25 Feb 2004", and seconds or milliseconds since 1970;
    not 02/03/2004, which is two different days on two sides of the Atlantic.
    """
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
            found = _of_text(value.strip()[:60])
    except (ValueError, TypeError, OverflowError, OSError, IndexError):
        return None
    return found if found and EARLIEST <= found.year <= LATEST else None
