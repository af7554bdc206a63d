"""An amount of money as a sentence writes it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipelines.extract.money.lexemes import Lexeme
from pipelines.extract.money.number import Number
from pipelines.extract.money.units import Unit


@dataclass(slots=True)
class Amount:
    """A figure of money over characters start:end. A range has low and high and no amount.

    `unit` is what the text writes ("$", "dollars"); `currency` is set once it is chosen. `per` is the unit of a
    price ("barrel"); `unit_leads` where it stands before the number, `shares_unit` where only the next amount has it ("30 to 35 million"), `implied` where no word
    tells it ("spent billions"). `made_by` names the way in which it was read, for its evidence.
    """

    start: int
    end: int
    amount: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: Unit | None
    made_by: str
    scale: Decimal | None = None
    qualifier: str = "exact"
    per: str | None = None
    currency: str | None = None
    first: int = 0
    last: int = 0
    bare: bool = False
    unit_leads: bool = False
    shares_unit: bool = False
    implied: bool = False

    @property
    def value(self) -> Decimal:
        """Its size for comparisons: the amount, or the upper end of a range."""
        return self.amount if self.amount is not None else (self.high or Decimal(0))


def amount_of(lexemes: list[Lexeme], first: int, last: int, number: Number, unit: Unit | None, made_by: str) -> Amount:
    """The amount that lexemes first:last (half-open) write, its number scaled by its unit."""
    factor = unit.factor if unit else Decimal(1)

    def scaled(x: Decimal | None) -> Decimal | None:
        return None if x is None else x * factor

    amount = Amount(
        lexemes[first].start, lexemes[last - 1].end, scaled(number.value), scaled(number.low), scaled(number.high), unit,
        made_by, number.scale, first=first, last=last,
    )  # fmt: skip
    if number.plus:
        amount.qualifier = "at_least" if number.plus == "plus" else "approximately"
    if number.vague:
        amount.qualifier = "approximately"
    return amount
