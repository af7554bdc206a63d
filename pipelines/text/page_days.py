"""The day of a page that states none in its metadata: the stamp that it shows, read in the order of the page's own country."""

from __future__ import annotations

import re
from datetime import date

from pipelines.reading.dates import order_in, to_date

_STATED = re.compile(
    r"article:published_time|datePublished|dateCreated|<time\b[^>]{0,300}\bdatetime|itemprop\s*=\s*[\"']?date"
    r"|<meta\b[^>]{0,300}(?:name|property|http-equiv)\s*=\s*[\"']?[\w.:-]{0,30}(?:date|issued|created|pubdate|timestamp)",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r">\s*(?:(?:first |last )?(?:published|posted|updated|date|added|created|issued)(?: on| at)?\s*:?\s*)?(?P<day>\d{1,2}(?P<mark>[./-])\d{1,2}(?P=mark)\d{4})(?![\d/])"
    r"[^<]{0,30}<",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    r">\s*(?i:(?:first |last )?(?:published|posted|updated|date|created|issued)(?: on| at)?\s*:?\s*)?(?:[A-Z][a-z]{2,8}day,? )?"
    r"(?P<day>\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}\.?,? \d{4}|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4})(?:,? (?:at )?\d{1,2}:\d\d[^<]{0,20})?\s*<",
)
_LANGUAGE = re.compile(r"<html\b[^>]{0,400}\b(?:xml:)?lang\s*=\s*[\"']?([a-z]{2}(?:[-_][a-z]{2})?)", re.IGNORECASE)
# Countries that write the month first.
_MONTH_FIRST = frozenset({"en-us", "en_us", "en-ph", "en_ph"})
_LARGEST_HEAD = 200_000


def day_of(html: str, found: date | None) -> date | None:
    """The day of a page; `found` is what was found in it. None where its stamp is two days and nothing shows which is meant."""
    html = html[:_LARGEST_HEAD]
    if _STATED.search(html) or (stamp := _STAMP.search(html)) is None:
        return found or _shown(html)
    return to_date(stamp["day"], _day_first(html))


def _shown(html: str) -> date | None:
    """The day that stands alone in an element of the page, in words; only where the page shows no other so."""
    days = {day for m in _IN_WORDS.finditer(html) if (day := to_date(m["day"])) is not None}
    return days.pop() if len(days) == 1 else None


def _day_first(html: str) -> bool | None:
    shown = order_in(html)
    if shown is not None:
        return shown
    language = _LANGUAGE.search(html)
    code = language[1].lower() if language else ""
    if code in _MONTH_FIRST:
        return False
    return None if code in ("", "en") else True
