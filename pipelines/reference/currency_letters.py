"""Letters that stand for a currency beside a number: which currencies, and what has to be there for them to be read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipelines.reference import rows, split


@dataclass(frozen=True, slots=True)
class Letters:
    """A sign of letters. `codes` are the currencies it may be (ISO 4217), the likeliest first.

    `touching`: only with no space before its number; `large`: only with a scale or thousands, since small numbers behind
    such letters are models, roads or pages; `state`: only where a state with one of the currencies is named near.
    """

    codes: tuple[str, ...]
    touching: bool
    large: bool
    state: bool


@cache
def letters() -> dict[str, Letters]:
    """Signs of letters as written, without the full stop that some carry."""
    return {
        row["sign"]: Letters(
            tuple(split(row["codes"])), row["touching"] == "yes", row["large"] == "yes", row["state"] == "yes"
        )
        for row in rows("currency_letters.csv")
    }
