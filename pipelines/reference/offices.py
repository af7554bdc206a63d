"""Who held a well-known office when: to complete a surname and to tell a leader's state."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pipelines.reference import rows

_LAST_DAY = date(9999, 12, 31)
_SURNAME_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM"})
# News is full of a leader some time before and after the term.
_CAMPAIGN = timedelta(days=365)
_AFTERWARDS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class OfficeHolder:
    """One term of one person. `country` is None for offices of international organisations."""

    person: str
    office: str
    country: str | None
    since: date
    until: date


def fold(name: str) -> str:
    """Lower case without accents and points: how names are compared."""
    plain = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).lower().replace(".", "").split())


def _plus(until: date) -> date:
    return until if until == _LAST_DAY else until + _AFTERWARDS


@cache
def terms() -> tuple[OfficeHolder, ...]:
    """All terms of office, in the order of the list."""
    return tuple(
        OfficeHolder(
            row["person"], row["office"], row["country"] or None, date.fromisoformat(row["since"]),
            date.fromisoformat(row["until"]) if row["until"] else _LAST_DAY,
        )
        for row in rows("offices.csv")
    )  # fmt: skip


@cache
def _by_name() -> dict[str, tuple[OfficeHolder, ...]]:
    found: dict[str, list[OfficeHolder]] = {}
    for term in terms():
        folded = fold(term.person)
        surname = folded.partition(" ")[0] if term.country in _SURNAME_FIRST else folded.rpartition(" ")[2]
        for name in dict.fromkeys((folded, surname)):
            found.setdefault(name, []).append(term)
    return {name: tuple(terms) for name, terms in found.items()}


def office_holder(name: str, on: date | None, role: str | None) -> OfficeHolder | None:
    """The term that a name speaks of: by full name at any time, by surname alone only with a fitting title in office.

    Of several terms the one in office on the day counts, then the last that had begun.
    """
    folded = fold(name)
    terms = _by_name().get(folded, ())
    if " " in folded:
        first, last = folded.split()[0], folded.split()[-1]
        terms = terms or tuple(t for t in _by_name().get(last, ()) if fold(t.person).split()[0] == first)
    else:
        if role is None:
            return None
        plain = role.lower()
        terms = tuple(
            t for t in terms
            if (on is None or t.since - _CAMPAIGN <= on <= _plus(t.until))
            and (t.office.lower() in plain or plain in t.office.lower())
        )  # fmt: skip
        if len({t.person for t in terms}) > 1:
            terms = tuple(t for t in terms if on is not None and t.since <= on <= t.until)
    if not terms:
        return None
    if on is None:
        return terms[-1]
    begun = [t for t in terms if t.since <= on]
    return next((t for t in begun if on <= t.until), begun[-1] if begun else terms[0])


def holder_of(office: str, country: str, on: date) -> OfficeHolder | None:
    """Who held an office of a state on a day, where the list has it."""
    plain = office.lower()
    return next(
        (t for t in terms() if t.country == country and t.office.lower() == plain and t.since <= on <= t.until), None
    )


def in_office(surname: str, on: date | None) -> OfficeHolder | None:
    """The one known office holder with this surname whose term includes the day (or began less than a year later).

    Two holders of one surname at that time answer nothing.
    """
    if on is None:
        return None
    near = [t for t in _by_name().get(fold(surname), ()) if t.since - _CAMPAIGN <= on <= _plus(t.until)]
    return near[-1] if len({t.person for t in near}) == 1 else None


def state_of_surname(surname: str, on: date | None) -> str | None:
    """The state whose office holders of this surname are, of the time before a day; None where they are of several."""
    known = [t for t in _by_name().get(fold(surname), ()) if on is None or t.since - _CAMPAIGN <= on]
    found = {t.country for t in known}
    return next(iter(found)) if len(found) == 1 else None
