"""How sure a row is: the chance that a strict reader calls it right, from the probabilities of its fields.

Weights are in `sureness.json`, fitted by `training/reader/calibrate.py` on labelled documents that the reader had not seen.
"""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path

from pipelines.extract.facts import Event, FieldEvidence, Figure

EVENT_FEATURES = ("event_type", "factuality", "source", "recipient", "no_source", "no_recipient", "sides")
FIGURE_FEATURES = ("figure_kind", "factuality", "payer", "payee", "no_payer", "no_payee", "flow")


def event_features(event: Event) -> list[float]:
    """Log-odds of its fields and what is missing, in the order of EVENT_FEATURES."""
    p = _least(event.evidence)
    sides = len(event.sources) + len(event.recipients)
    return [
        _odds(p.get("event_type")), _odds(p.get("factuality")), _odds(p.get("source")), _odds(p.get("recipient")),
        float(not event.sources), float(not event.recipients), math.log(max(sides, 1)),
    ]  # fmt: skip


def figure_features(figure: Figure) -> list[float]:
    """Log-odds of its fields and what is missing, in the order of FIGURE_FEATURES."""
    p = _least(figure.evidence)
    return [
        _odds(p.get("figure_kind")), _odds(p.get("factuality")), _odds(p.get("payer", figure.open_payer)),
        _odds(p.get("payee", figure.open_payee)), float(figure.payer is None), float(figure.payee is None),
        float(figure.figure_kind in ("aid", "loan", "debt")),
    ]  # fmt: skip


def event_sureness(event: Event) -> float:
    """Chance that type and both sides are right."""
    return _chance("events", event_features(event))


def figure_sureness(figure: Figure) -> float:
    """Chance that payer, payee and kind of an amount are right."""
    return _chance("figures", figure_features(figure))


def _least(evidence: list[FieldEvidence]) -> dict[str, float]:
    found: dict[str, float] = {}
    for e in evidence:
        if e.probability is not None:
            found[e.field] = min(found.get(e.field, 1.0), e.probability)
    return found


def _odds(p: float | None) -> float:
    if p is None:
        return 0.0
    p = min(max(p, 0.02), 0.98)
    return math.log(p / (1 - p))


def _chance(table: str, features: list[float]) -> float:
    weights = _weights()[table]
    names = EVENT_FEATURES if table == "events" else FIGURE_FEATURES
    score = weights["intercept"] + sum(weights[n] * x for n, x in zip(names, features, strict=True))
    return round(1 / (1 + math.exp(-score)), 3)


@cache
def _weights() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = json.loads(
        Path(__file__).with_name("sureness.json").read_text(encoding="utf8")
    )
    return found
