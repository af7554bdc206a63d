"""Datelines: the place, date and agency in front of a news report's first sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pipelines.reference import organisations, places

_MONTHS = (
    "january february march april may june july august september october november december".split()
)  # fmt: skip
MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
_DATE = (
    rf"(?:\d{{1,2}} {MONTH}(?:,? (?:\d{{4}}|\d{{2}}))?|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{4}}-\d\d-\d\d)"
)
_WORD = r"[^\W\d_][\w.'’]{0,24}"
_PLACE = rf"{_WORD}(?:[ \-](?:{_WORD}|of|de|la|el|al|the)){{0,4}}"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE}(?:, {_PLACE}){{0,2}})(?: ?\((?P<region>[A-Z][A-Za-z. ]{{2,30}})\))?"
    rf"(?:, (?P<date>{_DATE}))?"
    r"(?: ?\((?P<agency>[^()\n]{2,50})\))?"
    r"(?P<separator> ?(?:--+|[-—–_])+ ?| ?_ |: (?=[A-Z\"“]))?\s*",
    re.IGNORECASE,
)
_DATE_ALONE = re.compile(
    rf"(?:(?:published|updated|posted):? )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?P<date>{_DATE})"
    r"(?:,? \d{1,2}:\d\d.{0,20})?",
    re.IGNORECASE,
)
_AGENCY_FIRST = re.compile(r"\((?P<agency>[A-Z][A-Za-z.\- ]{1,30})\)\s*(?:--+|[-—–_])\s*")
_BRACKETS = re.compile(r"(?:\[[^\]\n]{1,80}\]\s*)+")
# Places that datelines name and no gazetteer of towns has.
_SEATS = frozenset({"UNITED NATIONS", "WHITE HOUSE", "VATICAN CITY", "CAPITOL HILL"})
# Longest a dateline can be; the patterns look at no more.
_REACH = 160


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says. `end` is where the report itself begins; `day` lacks a year where `year` is None."""

    end: int
    place: str | None
    country: str | None
    agency: str | None
    day: int | None = None
    month: int | None = None
    year: int | None = None

    def on(self, near: date | None) -> date | None:
        """The day, with the year from `near` where the dateline has none: the last such day not after it."""
        if self.day is None or self.month is None:
            return None
        years = [self.year] if self.year else ([near.year, near.year - 1] if near else [])
        for year in years:
            try:
                found = date(year, self.month, self.day)
            except ValueError:
                return None
            if self.year or near is None or (found - near).days <= 1:
                return found
        return None


def find_dateline(paragraph: str) -> Dateline | None:
    """The dateline that a paragraph begins with, or None.

    A place alone proves nothing ("Paris - the city of light"): a date or agency must be there, or capitals, or
    the strong sign of a dash behind a known place.
    """
    head = paragraph[:_REACH]
    match = _AGENCY_FIRST.match(head)
    if match:
        return Dateline(_after_brackets(paragraph, match.end()), None, None, match["agency"])
    match = _DATELINE.match(head)
    if not match:
        return None
    place, region, agency, separator = (match[k] for k in ("place", "region", "agency", "separator"))
    if place.islower() or not place[0].isupper() or not _capitalised(place):
        return None
    strong = separator is not None and (separator.strip() in ("--", "—", "–", "_", "---") or separator.startswith(" "))
    if region and agency is None and not places.country_of(region):
        region, agency = None, region
    country = places.country_of(f"{place}, {region}" if region else place)
    if agency and len(agency) > 40 and not agency.isupper():
        return None
    if match["date"]:
        accepted = strong or separator is not None or bool(agency)
    elif agency:
        known_agency = separator is None and country is not None and _is_agency(agency)
        accepted = known_agency or (strong and bool(country or place.isupper()))
    else:
        accepted = strong and (
            (place.isupper() and (country is not None or place in _SEATS))
            or (country is not None and separator is not None and "—" in separator)
        )
    if not accepted or match.end() >= len(paragraph):
        return None
    day, month, year = _parts(match["date"])
    return Dateline(
        _after_brackets(paragraph, match.end()), _cased(place), country, agency, day, month, year
    )  # fmt: skip


def _is_agency(name: str) -> bool:
    found = organisations.lookup(name)
    return found is not None and found.actor_type == "media"


def date_line(paragraph: str) -> date | None:
    """Day of a paragraph that holds a date and nothing else ("Monday, March 27, 2006"), else None."""
    match = _DATE_ALONE.fullmatch(paragraph[:_REACH])
    if not match:
        return None
    day, month, year = _parts(match["date"])
    return Dateline(0, None, None, None, day, month, year).on(None) if year else None


def _after_brackets(paragraph: str, at: int) -> int:
    brackets = _BRACKETS.match(paragraph, at)
    return brackets.end() if brackets else at


def _capitalised(place: str) -> bool:
    return all(w[0].isupper() or w in ("of", "de", "la", "el", "al", "the") for w in re.split(r"[ ,\-]+", place) if w)


def _cased(place: str) -> str:
    return place.strip(" ,")


def _parts(text: str | None) -> tuple[int | None, int | None, int | None]:
    if not text:
        return None, None, None
    if iso := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text):
        return int(iso[3]), int(iso[2]), int(iso[1])
    name = re.search(r"[A-Za-z]{3}", text)
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    assert name is not None
    month = next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(name[0].lower()))
    year = next((n for n in numbers[1:] if n >= 0), None)
    if year is not None and year < 100:
        year += 2000 if year < 30 else 1900
    return numbers[0], month, year
