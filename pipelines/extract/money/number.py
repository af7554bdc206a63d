"""A number as it was read at a place of a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(slots=True)
class Number:
    """A number read from lexemes first:last. `value` is None for an order of magnitude, which has low and high.

    `scaled`: it carries its own scale word; `scale` is that. `worded`: no digits in it.
    """

    first: int
    last: int
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    scale: Decimal | None = None
    worded: bool = False
    vague: bool = False
    plus: str | None = None

    @property
    def scaled(self) -> bool:
        return self.scale is not None
