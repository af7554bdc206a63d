"""Days in metadata: ISO forms and the few others that feeds and exports use."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?\s*$")
# News has been printed since 1605; a later year than this is a fault of the source.
EARLIEST, LATEST = 1600, 2100


def to_date(value: object) -> date | None:
    """Day of a metadata value: ISO 8601, 20040225, RFC 2822 or seconds since 1970; None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    found: date | None = None
    try:
        if isinstance(value, datetime):
            found = value.date()
        elif isinstance(value, date):
            found = value
        elif isinstance(value, (int, float)):
            found = datetime.fromtimestamp(value, UTC).date()
        elif isinstance(value, str):
            match = _ISO.match(value) or _COMPACT.match(value)
            found = date(*map(int, match.groups())) if match else parsedate_to_datetime(value.strip()[:60]).date()
    except (ValueError, TypeError, OverflowError, OSError, IndexError):
        return None
    return found if found and EARLIEST <= found.year <= LATEST else None
