"""Where probabilities of a reading become rows: the thresholds, chosen by cross-validation (`training/reader`)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cuts:
    """Least probabilities. `least_*` hold for the surest word of a side, where none reaches the side's own."""

    trigger: float = 0.36
    source: float = 0.35
    least_source: float = 0.12
    recipient: float = 0.35
    least_recipient: float = 0.10
    time: float = 0.05
    place: float = 0.25
    attributed: float = 0.20
    payer: float = 0.35
    payee: float = 0.45
    period: float = 0.15
    total: float = 0.20
    purpose: float = 0.20
    sector: float = 0.15
    sector_alone: float = 0.30
    stands: float = 0.05
    most_sides: int = 12


CUTS = Cuts()
