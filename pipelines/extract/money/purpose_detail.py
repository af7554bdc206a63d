"""The 5-digit CRS purpose of a sector: by words that settle it (`reference/dac_wording.csv`), or by a small model that is sure enough."""

from __future__ import annotations

from pipelines.extract.money.purpose_model import detail_model
from pipelines.reference.dac_wording import wording

# Least probability that the model is heard from; chosen on purpose_dev, cross-validated (training/README.md).
_SURE_OF_PHRASE = 0.5
_HEADS = frozenset({"110", "120", "230"})


def refine(code: str, text: str) -> str:
    """The 5-digit code that the words allow, else the code as it was.

    >>> refine("210", "to repair roads in the north"), refine("210", "to repair roads and ports")
    ('21020', '210')
    """
    fitting = [detail for detail, pattern in wording(code) if pattern.search(text)]
    return fitting[0] if len(fitting) == 1 else code


def refine_phrase(sector: str, phrase: str) -> str:
    """The 5-digit code of a short purpose phrase: by its words, else by the model; the sector where neither tells."""
    ruled = refine(sector, phrase)
    likeliest = detail_model().likeliest(phrase, sector) if ruled == sector and sector not in _HEADS else None
    return likeliest[0] if likeliest and likeliest[1] >= _SURE_OF_PHRASE else ruled
