"""Units that are counted in another: cents, pence, kopecks; also tomans of ten rials."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pipelines.reference import rows, split


@dataclass(frozen=True, slots=True)
class MinorUnit:
    """A unit that is `factor` main units; `of` is the main unit's word, whose currencies it shares unless `currencies`
    names its own. One that is not `is_read_alone` has other meanings too, and is read behind its main unit only."""

    of: str
    factor: Decimal
    currencies: tuple[str, ...]
    is_read_alone: bool


@cache
def minor_units() -> dict[str, MinorUnit]:
    """By their word, in small letters."""
    return {
        row["word"]: MinorUnit(
            row["of"], Decimal(row["factor"]), tuple(split(row["currencies"])), row["is_read_alone"] == "yes"
        )
        for row in rows("minor_units.csv")
    }
