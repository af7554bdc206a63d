"""Small learnt decisions about amounts: the chance by a logistic regression over named evidence.

Weights lie beside this file in `learnt.json`, made by `python -m training.money` (data card: training/money/README.md).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from math import exp
from pathlib import Path

WEIGHTS = Path(__file__).with_name("learnt.json")
INTERCEPT = "intercept"


@cache
def _weights() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf8"))
    return found


def chance(decision: str, evidence: Mapping[str, float]) -> float:
    """The chance of yes, given what speaks for it; evidence that no label has shown counts nothing.

    Raises KeyError where the file has no such decision: then it is of another version, to be made anew by training.
    """
    weights = _weights()[decision]
    score = weights[INTERCEPT] + sum(weights.get(name, 0.0) * value for name, value in evidence.items())
    return 1 / (1 + exp(-score))
