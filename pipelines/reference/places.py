"""Places by name: cities and first-order regions, with the state they lie in (GeoNames)."""

from __future__ import annotations

from functools import cache

from pipelines.reference import countries, rows


@cache
def _towns() -> dict[str, str]:
    """Lower-case name of a town, or of a state of the United States, to its state."""
    return {row["town"]: row["country"] for row in rows("towns.csv")}


@cache
def us_states() -> frozenset[str]:
    """Lower-case names of the states of the United States and of the District of Columbia."""
    return frozenset(row["name"] for row in rows("us_states.csv"))


def country_of(place: str | None) -> str | None:
    """State (ISO 3166-1 alpha-3) of a place: a state itself, a capital, a town; None where unknown.

    "Astana", "Washington, D.C." and "ERIE, Pa." are read by their first part, unless a later part names a state.
    """
    if not place:
        return None
    parts = [p.strip(" .()") for p in place.replace("(", ",").split(",") if p.strip(" .()")]
    for part in parts[::-1]:
        word = countries.lookup(part.title() if part.isupper() else part)
        if word and word.kind in ("name", "capital", "seat"):
            return word.iso3
    for part in parts:
        found = _towns().get(part.lower())
        if found:
            return found
    return None
