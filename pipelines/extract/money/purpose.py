"""OECD DAC code of a purpose: rules for wording that the code list itself settles, a small model behind them."""

from __future__ import annotations

from functools import cache

from pipelines.extract.money.purpose_detail import refine, refine_phrase
from pipelines.extract.money.purpose_model import Told, sector_model
from pipelines.reference import rows
from pipelines.reference.dac_wording import wording


@cache
def purpose_names() -> dict[str, str]:
    """Code to name, 3-digit heads of split sectors included."""
    names = {r["code"]: r["name"] for r in rows("dac_purposes.csv")}
    names.update({"110": "Education", "120": "Health", "230": "Energy generation and supply"})
    return names


def code_by_rule(text: str) -> str | None:
    """Code of some words by the rules alone: the first rule that matches, 5 digits where the words allow."""
    sector = _sector_by_rule(text)
    return None if sector is None else refine(sector, text)


def code_of_money(told: Told, least: float) -> tuple[str, float] | None:
    """Code and probability of what money is for, by a model over the words where it is told; 5 digits where the purpose's words
    tell them. None where it is less likely than `least`.
    """
    found = sector_model().sector(told)
    if found is None or found[1] < least:
        return None
    return refine_phrase(found[0], told.purpose) if told.purpose else found[0], found[1]


def _sector_by_rule(text: str) -> str | None:
    return next((code for code, pattern in wording() if pattern.search(text)), None)
