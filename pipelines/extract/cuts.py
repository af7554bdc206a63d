"""Where probabilities of a reading become rows: the thresholds, chosen by cross-validation (`training/reader`)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cuts:
    """Least probabilities. `least_*` hold for the surest word of a side, where none reaches the side's own.

    `total_elsewhere` is that of a total whose sector is another than the part's: of 670 labelled parts whose total has a sector too,
    21 are such (general ones like budget support or relief aside).
    `negated` is that of money that does not move after all. It corrects for what was learnt from: of the sums in news 1.5 % are
    such, of those with the written texts 3 %, so that the chance of one is half of what the reader says: 1 / (1 + 1/2).
    """

    trigger: float = 0.25
    source: float = 0.40
    least_source: float = 0.15
    recipient: float = 0.40
    least_recipient: float = 0.15
    time: float = 0.05
    place: float = 0.15
    attributed: float = 0.10
    payer: float = 0.35
    payee: float = 0.45
    period: float = 0.08
    total: float = 0.15
    total_elsewhere: float = 0.5
    purpose: float = 0.12
    sector: float = 0.15
    sector_alone: float = 0.30
    stands: float = 0.05
    negated: float = 0.67
    most_sides: int = 12


CUTS = Cuts()
