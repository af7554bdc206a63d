"""Datelines: the place, date and agency in front of a news report's first sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from pipelines.reading.dates import month_named, to_date
from pipelines.reference import countries, organisations, places
from pipelines.reference.months import full_year
from pipelines.text import dateline_forms as forms

# Places that datelines name and no gazetteer of towns has.
_SEATS = frozenset({"UNITED NATIONS", "WHITE HOUSE", "VATICAN CITY", "CAPITOL HILL"})
# What stands where no place or day was known (FBIS).
_NO_PLACE = re.compile(r"\b(?:CLANDESTINE|NO CITY|NO DATE|PLACE NOT GIVEN)\b,?")
# Abbreviations of US states in datelines, as the Associated Press writes them; the postal ones are too short to trust.
_US_ABBREVIATION = re.compile(
    r"(?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa"
    r"|Tenn|Vt|Va|Wash|W\.Va|Wis|Wyo|D\.C|N\.H|N\.J|N\.M|N\.Y|N\.C|N\.D|R\.I|S\.C|S\.D)\.?"
)
_FULL_STOP = re.compile(r"(?<!\.)\b[^\W\d_]{4,}\.$")
# Longest a dateline can be; the patterns look at no more.
_REACH = 160
# Words of a report behind a place that a colon alone marks.
_FEWEST_WORDS, _FEWEST_OF_SENTENCE = 6, 3


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
    if mark := forms.EDITORIAL.match(head):
        found = find_dateline(paragraph[mark.end() :])
        return replace(found, end=found.end + mark.end()) if found else None
    match = forms.AGENCY_FIRST.match(head) or forms.INITIALS_FIRST.match(head)
    if match:
        end = _after_brackets(paragraph, match.end())
        behind = find_dateline(paragraph[end:])  # "(ANSA) - ROME, May 14 - …"
        if behind and behind.country and behind.day:
            return replace(behind, end=behind.end + end, agency=match["agency"])
        return Dateline(end, None, None, match["agency"])
    return _named(paragraph, head) or _of_house(paragraph, head) or _strict(paragraph, head) or _loose(paragraph, head)


# What a dateline begins with that can be told in the middle of a text: capitals, or a place with an agency or a day behind it.
_MAY_BE = re.compile(r"[A-Z]{3}|[A-Z][^()\n]{2,50}(?:\(|, [A-Z][a-z]{2,8}\.? \d)")


def sure_dateline(paragraph: str) -> Dateline | None:
    """The dateline that a paragraph within a text begins with; only one that tells a known place and its day or agency."""
    if not _MAY_BE.match(paragraph):
        return None
    found = find_dateline(paragraph)
    sure = found is not None and found.place and found.country and (found.day or found.agency)
    return found if found is not None and sure and paragraph[found.end :].strip() else None


def _named(paragraph: str, head: str) -> Dateline | None:
    """A dateline whose agency stands without brackets, whose place stands in them, or that has no place."""
    if (match := forms.IN_BRACKETS.match(head)) and (country := _country(match["place"])):
        return Dateline(match.end(), match["place"], country, None)
    if match := forms.DAY_AND_AGENCY.match(head):
        return Dateline(match.end(), None, None, match["agency"], *_parts(match["date"]))
    match = forms.NAMED.match(head)
    if match is None or match.end() >= len(paragraph) or not _capitalised(match["place"]):
        return None
    agency, country = match["agency"].rstrip("."), _country(match["place"])
    known = _is_agency(agency) or (agency.isupper() and len(agency) > 2) or (match["mark"] or " ")[-1] in "-–—"
    if country is None or not known:
        return None
    return Dateline(match.end(), match["place"], country, agency, *_parts(match["date"]))


def _of_house(paragraph: str, head: str) -> Dateline | None:
    """A dateline in the manner of one house: all in brackets, its parts between bars, signed, or with the agency in capitals alone."""
    for form in forms.OF_HOUSES:
        match = form.match(head)
        if match is None or match.end() >= len(paragraph) or not _capitalised(match["place"]):
            continue
        found = match.groupdict()
        agency, country = found.get("agency"), _country(match["place"])
        if country is None or (agency and places.country_of(agency)):
            continue
        if agency and organisations.lookup(agency) and not _is_agency(agency):
            continue  # a body of another kind begins the sentence ("GENEVA. UNHCR - Chief Ogata …" in a list of talks)
        if agency and "behind" in found and not (found["behind"] or _is_agency(agency)):
            continue  # with no mark behind it, a word in capitals may begin the sentence
        return Dateline(match.end(), match["place"], country, agency, *_parts(found.get("date") or _sure(found)))
    return None


def _sure(found: dict[str, str | None]) -> str | None:
    """The day of a dateline in numbers as 2013-05-14, where they can be but one."""
    day = to_date(found.get("numbers"))
    return str(day) if day else None


def _loose(paragraph: str, head: str) -> Dateline | None:
    """A dateline in the manner of other countries' papers: only of a place that is known, in capitals or with its day or agency."""
    match = forms.LOOSE.match(head)
    if not match or match.end() >= len(paragraph):
        return None
    place, dated, agency = match["place"].rstrip("."), match["date"], match["agency"] or match["slashed"]
    mark = (match["mark"] or match["stop"] or "").strip()
    first = place.partition(",")[0]
    capitals = first.isupper() and len(first) > 3
    if (
        not mark
        or not _capitalised(place)
        or ((country := _country(place)) is None and not ("/" in place and _is_place(place)))
    ):
        return None
    is_stated = bool(dated) or bool(agency and (agency.isupper() or _is_agency(agency)))
    by_mark = mark in (":", ";", "|") and (
        capitals or (mark == ";" and _is_place(place)) or (_is_capital(place) and paragraph[match.end()] not in '"“')
    )
    if not (is_stated or by_mark) or (mark == "." and not dated):
        return None
    words = paragraph.count(" ", match.end())
    is_short = words < (_FEWEST_OF_SENTENCE if paragraph.rstrip()[-1:] in '.!?"”' else _FEWEST_WORDS)
    if by_mark and not is_stated and (_is_state(place) or is_short):
        return None  # "France: a country report"
    day, month, year = _parts(dated)
    return Dateline(_after_brackets(paragraph, match.end()), place, country, agency, day, month, year)


def _is_place(place: str) -> bool:
    return all(places.country_of(p.strip()) for p in place.split("/"))


def _strict(paragraph: str, head: str) -> Dateline | None:
    match = forms.STRICT.match(head)
    if not match:
        return None
    place, region, separator = match["place"], match["region"], match["separator"]
    place = place[:-1] if _FULL_STOP.search(place) else place
    agency, dated = match["agency"] or match["slashed"], match["date"] or match["bracketed"]
    if place.islower() or not place[0].isupper() or not _capitalised(place):
        return None
    dash = (separator or "").strip(" .")
    strong = dash in ("--", "—", "–", "_", "---") or (dash == "-" and (separator or "").startswith(" "))
    if region and agency is None and not places.country_of(region):
        region, agency = None, region
    place = _NO_PLACE.sub("", place).strip(" ,")
    country = _country(f"{place}, {region}" if region else place) if place else None
    if agency and len(agency) > 40 and not agency.isupper():
        return None
    if dated:
        accepted = strong or dash in (":", "-") or bool(agency)
        accepted = accepted and (country is not None or not place or place.partition(",")[0].isupper() or bool(agency))
    elif agency:
        known_agency = separator is None and country is not None and _is_agency(agency)
        accepted = known_agency or (strong and bool(country or place.isupper()))
    else:
        first, _, last = place.rpartition(", ")
        capitals = first.partition(",")[0] if first else place
        accepted = strong and (
            (capitals.isupper() and len(capitals) > 2 and (country is not None or place in _SEATS))
            or (dash == "—" and _is_capital(place))
            # "Doha, Qatar - ": a town and the state it lies in.
            or (bool(first) and country is not None and _is_state(last))
        )
    if not accepted or match.end() >= len(paragraph):
        return None
    if not dated and not agency and (paragraph[match.end()].islower() or (len(place) <= 4 and _is_state(place))):
        return None  # an aside ("Moscow — then as now —") or a compound ("U.S. - Cuban")
    day, month, year = _parts(dated)
    return Dateline(
        _after_brackets(paragraph, match.end()), place or None, country, agency, day, month, year
    )  # fmt: skip


def _is_agency(name: str) -> bool:
    found = organisations.lookup(name)
    return found is not None and found.actor_type == "media"


def date_line(paragraph: str) -> date | None:
    """Day of a paragraph that holds a date and nothing else ("Monday, March 27, 2006"), else None."""
    match = forms.DATE_ALONE.fullmatch(paragraph[:_REACH])
    if not match:
        return None
    day, month, year = _parts(match["date"])
    return Dateline(0, None, None, None, day, month, year).on(None) if year else None


def _after_brackets(paragraph: str, at: int) -> int:
    brackets = forms.BRACKETS.match(paragraph, at)
    return brackets.end() if brackets else at


def _capitalised(place: str) -> bool:
    return all(
        w[0].isupper() or w in ("of", "de", "la", "el", "al", "the", "au", "aux", "à", "sur", "es", "en", "am")
        for w in re.split(r"[ ,\-/]+", place)
        if w
    )


def _is_state(name: str) -> bool:
    word = countries.lookup(name.title() if name.isupper() else name)
    return (word is not None and word.kind == "name") or _is_us_state(name)


def _is_capital(place: str) -> bool:
    word = countries.lookup(place.title() if place.isupper() else place)
    return (word is not None and word.kind == "capital") or (", " in place and _is_state(place.rpartition(", ")[2]))


def _is_us_state(name: str) -> bool:
    return name.strip(" .").lower() in places.us_states() or _US_ABBREVIATION.fullmatch(name.strip()) is not None


def _country(place: str) -> str | None:
    """State that a dateline's place lies in. A US state behind a town tells it, save Georgia, a country too."""
    town, _, region = place.rpartition(", ")
    if town and _is_us_state(region) and region.lower() != "georgia":
        return "USA"
    if town and region.lower() == "georgia":
        return places.country_of(town.split(",")[0]) or "GEO"
    if "/" in place:
        # Two places at once: the report has no one country unless they share it.
        found = {places.country_of(p.strip()) for p in place.split("/")}
        return found.pop() if len(found) == 1 else None
    return places.country_of(place)


def _parts(text: str | None) -> tuple[int | None, int | None, int | None]:
    if not text:
        return None, None, None
    if iso := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text):
        return int(iso[3]), int(iso[2]), int(iso[1])
    if dotted := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
        return int(dotted[1]), int(dotted[2]), int(dotted[3])
    name = re.search(r"[^\W\d_]{3,}", text)
    assert name is not None
    day, *years = re.findall(r"\d+", text)
    return int(day), month_named(name[0]), full_year(years[0]) if years else None
