"""Who held a well-known office when: to complete a surname and to tell a leader's state."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipelines.reference import rows

_LAST_DAY = date(9999, 12, 31)


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
        for name in {folded, folded.rpartition(" ")[2]}:
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
        terms = terms or tuple(
            t for t in _by_name().get(last, ()) if fold(t.person).split()[0] == first
        )
    else:
        if role is None or on is None:
            return None
        plain = role.lower()
        terms = tuple(
            t for t in terms if t.since <= on <= t.until and (t.office.lower() in plain or plain in t.office.lower())
        )
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
