"""OECD DAC code of a purpose: the sector by a small model, digits within it by wording that the code list itself settles."""

from __future__ import annotations

from functools import cache

from pipelines.extract.money.purpose_detail import refine_phrase
from pipelines.extract.money.purpose_model import Told, sector_model
from pipelines.reference import rows


@cache
def purpose_names() -> dict[str, str]:
    """Code to name, 3-digit heads of split sectors included."""
    names = {r["code"]: r["name"] for r in rows("dac_purposes.csv")}
    names.update({"110": "Education", "120": "Health", "230": "Energy generation and supply"})
    return names


def code_of_money(told: Told, least: float) -> tuple[str, float] | None:
    """Code and probability of what money is for, by a model over the words where it is told; 5 digits where the purpose's words
    tell them. None where it is less likely than `least`.
    """
    found = sector_model().sector(told)
    if found is None or found[1] < least:
        return None
    return refine_phrase(found[0], told.purpose) if told.purpose else found[0], found[1]
