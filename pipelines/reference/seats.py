"""Capitals whose name stands for the body that sits there as well as for the state: "Brussels" for the European Union."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipelines.reference import rows, split


@dataclass(frozen=True, slots=True)
class Seat:
    """A capital of the state `iso3` in which a body sits. A text that names one of the body's `organs` speaks of the body."""

    city: str
    iso3: str
    body: str
    organs: tuple[str, ...]


@cache
def seats() -> dict[str, Seat]:
    """Capital -> what sits there. The one list: a document decides by its own words, flows by what other reports tell."""
    return {
        row["city"]: Seat(row["city"], row["iso3"], row["body"], tuple(split(row["organs"])))
        for row in rows("seats.csv")
    }
