"""Regions that are no states: larger ones that act like an actor ("the West"), and parts of a state (Crimea)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipelines.reference import rows, split


@dataclass(frozen=True, slots=True)
class Region:
    """A region. `iso3` is the state that a part lies in by international law, None for what spans states.

    `members` are the states of one that is no more than a name for these few ("the Baltics"). A sea, a river or a canal that is
    called after a state (`is_water`) is nobody and lies in no one state.
    """

    name: str
    iso3: str | None
    members: tuple[str, ...] = ()
    is_water: bool = False


@cache
def by_name() -> dict[str, Region]:
    """Names and adjectives, lower-cased, to their region."""
    found: dict[str, Region] = {}
    for row in rows("waters.csv"):
        found[row["name"].lower()] = Region(row["name"], None, is_water=True)
    for row in rows("regions.csv"):
        region = Region(row["name"], row["iso3"] or None, tuple(split(row["members"])))
        for name in (row["name"], *split(row["adjectives"])):
            found.setdefault(name.lower(), region)
    return found


def lookup(text: str) -> Region | None:
    """The region of this name or adjective; small initial letters are no names ("western")."""
    stripped = text.removeprefix("the ").removeprefix("The ")
    return by_name().get(stripped.lower()) if stripped[:1].isupper() else None
