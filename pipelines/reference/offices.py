"""Who held a well-known office when: to complete a surname and to tell a leader's state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pipelines.reference import rows, split
from pipelines.reference.folding import fold

_LAST_DAY = date(9999, 12, 31)
_SURNAME_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM"})
# News is full of a leader some time before and after the term.
_CAMPAIGN = timedelta(days=365)
_AFTERWARDS = timedelta(days=365)
_SHORTEST_RESPELT = 5
# Who goes by the given name: what stands behind it is the father's.
_GIVEN_NAME_ALONE = frozenset({"ETH", "ERI"})
_UNDER = ("vice", "deputy", "assistant", "under", "junior", "company", "university", "bank", "club", "council")


@dataclass(frozen=True, slots=True)
class OfficeHolder:
    """One term of one person. `country` is None for offices of international organisations.

    `aliases` are other spellings of the name. `known_by` says by what a text means this person: "surname" alone, the
    full name (""), or the full name only with a fitting title ("title"), where many others bear it.
    """

    person: str
    office: str
    country: str | None
    since: date
    until: date
    aliases: tuple[str, ...] = ()
    known_by: str = ""


def is_listed(name: str) -> bool:
    """Whether the list has somebody of this full name or spelling."""
    return fold(name) in _by_name()


@cache
def other_names(name: str) -> tuple[str, ...]:
    """Other spellings and names of whom the list has under a full name: "Jokowi" of "Joko Widodo"."""
    terms = (term for term in _by_name().get(fold(name), ()) if fold(term.person) == fold(name))
    return tuple(dict.fromkeys(alias for term in terms for alias in term.aliases))


def _plus(until: date) -> date:
    return until if until == _LAST_DAY else until + _AFTERWARDS


def _day(cell: str, within_year: str) -> date:
    """A day; of a year alone its first or last one."""
    return date.fromisoformat(cell if len(cell) > 4 else cell + within_year)


@cache
def terms() -> tuple[OfficeHolder, ...]:
    """All terms of office, in the order of the list."""
    return tuple(
        OfficeHolder(
            row["person"], row["office"], row["country"] or None, _day(row["since"], "-01-01"),
            _day(row["until"], "-12-31") if row["until"] else _LAST_DAY,
            tuple(split(row["aliases"])), row["known_by"],
        )
        for row in rows("offices.csv")
    )  # fmt: skip


@cache
def _by_name() -> dict[str, tuple[OfficeHolder, ...]]:
    found: dict[str, list[OfficeHolder]] = {}
    for term in terms():
        names: dict[str, None] = {}
        for name in (term.person, *term.aliases):
            folded = fold(name)
            names[folded] = None
            if " " in folded:
                if term.country in _SURNAME_FIRST | _GIVEN_NAME_ALONE:
                    names[folded.partition(" ")[0]] = None
                if term.country not in _SURNAME_FIRST:
                    names[folded.rpartition(" ")[2]] = None
        for name in names:
            found.setdefault(name, []).append(term)
    return {name: tuple(terms) for name, terms in found.items()}


def office_holder(name: str, on: date | None, role: str | None) -> OfficeHolder | None:
    """The term that a name speaks of: by full name at any time, by surname alone only with a fitting title in office.

    Of several terms the one in office on the day counts, then the last that had begun. Of several persons none.
    """
    folded = fold(name)
    terms = _by_name().get(folded, ())
    if " " in folded:
        first, last = folded.split()[0], folded.split()[-1]
        terms = terms or tuple(t for t in _by_name().get(last, ()) if fold(t.person).split()[0] == first)
        terms = tuple(t for t in terms if t.known_by != "title" or (_fits(role, t.office) and _is_near(t, on)))
    else:
        terms = tuple(t for t in terms if _is_near(t, on) and _fits(role, t.office))
    if len({(t.person, t.country) for t in terms}) > 1 and len({t.person for t in terms}) > 1:
        terms = tuple(t for t in terms if on is not None and t.since <= on <= t.until)
    if not terms or len({t.person for t in terms}) > 1:
        return None
    if on is None:
        return terms[-1]
    begun = [t for t in terms if t.since <= on]
    return next((t for t in begun if on <= t.until), begun[-1] if begun else terms[0])


def holder_spelt_like(name: str, on: date | None, role: str | None) -> OfficeHolder | None:
    """The holder whose name differs in one letter, or None: in the surname of who has the office told ("President Mitterand"), or in
    the given name of one who is known by surname ("Georgia Meloni").

    Transliterations and slips: the other name must be the same and the names long enough to be no other.
    """
    first, _, last = fold(name).rpartition(" ")
    if not first or len(last) < _SHORTEST_RESPELT:
        return None
    holder = in_office(last, on) if len(first) >= _SHORTEST_RESPELT else None
    if holder is not None and _one_letter_apart(first, fold(holder.person).rpartition(" ")[0]):
        return holder
    if role is None:
        return None
    found = [
        t for t in _by_first_name().get(first.split()[0], ())
        if _one_letter_apart(last, fold(t.person).rpartition(" ")[2]) and _fits(role, t.office) and _is_near(t, on)
    ]  # fmt: skip
    return found[-1] if len({t.person for t in found}) == 1 else None


@cache
def _by_first_name() -> dict[str, tuple[OfficeHolder, ...]]:
    found: dict[str, list[OfficeHolder]] = {}
    for term in terms():
        folded = fold(term.person)
        if " " in folded:
            found.setdefault(folded.partition(" ")[0], []).append(term)
    return {name: tuple(terms) for name, terms in found.items()}


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter is changed, doubled, left out or put in."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, other_rest = one[same:], other[same:]
    return rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:]


def state_of_office(surname: str, on: date | None, role: str | None) -> str | None:
    """The state where all of this surname held the office told, also where the text leaves open which of them it is."""
    fitting = {t.country for t in _by_name().get(fold(surname), ()) if _fits(role, t.office) and _is_near(t, on)}
    return next(iter(fitting)) if len(fitting) == 1 else None


def _is_near(term: OfficeHolder, on: date | None) -> bool:
    return on is None or term.since - _CAMPAIGN <= on <= _plus(term.until)


def _fits(role: str | None, office: str) -> bool:
    """Whether a title as told can be an office: "former President" is, "Vice President" is not that of President."""
    if role is None:
        return False
    given, held = role.lower(), office.lower()
    if given in held:
        return True
    before, found, _ = given.partition(held)
    return bool(found) and not before.rstrip(" -").endswith(_UNDER)


def in_office(surname: str, on: date | None) -> OfficeHolder | None:
    """The one known office holder with this surname whose term includes the day (or began less than a year later).

    Two holders of one surname at that time answer nothing.
    """
    if on is None:
        return None
    near = [t for t in _by_name().get(fold(surname), ()) if _is_near(t, on)]
    if len({t.person for t in near}) > 1:
        near = [t for t in near if t.since <= on <= t.until]
    if len({t.person for t in near}) != 1 or not any(t.known_by == "surname" for t in near):
        return None
    return near[-1]


def state_of_surname(surname: str, on: date | None) -> str | None:
    """The state whose office holders of this surname are, of the time before a day; None where they are of several.

    Those in office about that day count before those of former times.
    """
    known = [t for t in _by_name().get(fold(surname), ()) if on is None or t.since - _CAMPAIGN <= on]
    if on is not None and (near := [t for t in known if _is_near(t, on)]):
        known = near
    found = {t.country for t in known}
    return next(iter(found)) if len(found) == 1 else None
