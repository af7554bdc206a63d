"""States that have ceased to be, and what now lies where they were: the Soviet Union, Yugoslavia, Czechoslovakia."""

from __future__ import annotations

from datetime import date
from functools import cache

from pipelines.reference import rows


@cache
def _terms() -> dict[str, tuple[tuple[date, date, str], ...]]:
    found: dict[str, list[tuple[date, date, str]]] = {}
    for row in rows("former_states.csv"):
        term = (date.fromisoformat(row["since"]), date.fromisoformat(row["until"]), row["belonged_to"])
        found.setdefault(row["iso3"], []).append(term)
    return {iso3: tuple(terms) for iso3, terms in found.items()}


@cache
def _ended() -> dict[str, date]:
    found: dict[str, date] = {}
    for terms in _terms().values():
        for _, until, state in terms:
            found[state] = max(until, found.get(state, until))
    return found


def is_over(iso3: str, year: int | None) -> bool:
    """Whether a state that others have come from had ended, or lost the last of them (SDN), before a year began."""
    return year is not None and iso3 in _ended() and _ended()[iso3].year < year


def state_on(iso3: str, day: date | None) -> str:
    """The state that the land of today's state `iso3` belonged to on a day; `iso3` itself where the day is unknown."""
    if day is None:
        return iso3
    return next((state for since, until, state in _terms().get(iso3, ()) if since <= day <= until), iso3)
