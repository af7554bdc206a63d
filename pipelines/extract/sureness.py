"""How sure a row is: the chance that a strict reader calls it right, from the probabilities of its fields.

Weights are in `sureness.json`, fitted on labelled documents that the models had not seen: of events and figures by
`training/reader/calibrate.py`, of mentions by `training/resolver/sureness.py`.
"""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path

from pipelines.extract.facts import Entity, Event, FieldEvidence, Figure, Mention

EVENT_FEATURES = ("event_type", "factuality", "source", "recipient", "no_source", "no_recipient", "sides")
FIGURE_FEATURES = ("figure_kind", "factuality", "payer", "payee", "no_payer", "no_payee", "flow")
# What an actor is, as far as it tells how often words are taken for one wrongly; the others, bodies of states and of the world, are the base.
_KINDS = {
    "country": "state", "person": "person", "company": "company", "media": "company", "ngo": "company", "political_party": "company",
    "armed_group": "group", "population": "group", "other_organization": "other",
}  # fmt: skip
_KINDS_APART = tuple(dict.fromkeys(_KINDS.values()))
MENTION_FEATURES = (
    "name", "metonym", "pronoun", "answer", *(f"{how}_{kind}" for kind in _KINDS_APART for how in ("named", "worded")),
    "name_acts", "state_behind_preposition", "before_a_noun",
)  # fmt: skip
_FEATURES = {"events": EVENT_FEATURES, "figures": FIGURE_FEATURES, "mentions": MENTION_FEATURES}


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


def mention_features(mention: Mention, entity: Entity, relation: str) -> list[float]:
    """How words stand for an actor, log-odds of the answer where they were resolved, and what the actor is, in the order of MENTION_FEATURES.

    `relation` is that of their head in the sentence (`Token.dep`): a state's name behind a preposition is often but a place.
    """
    kind, how = _KINDS.get(entity.actor_type), mention.mention_type
    is_named = how in ("name", "metonym")
    return [
        float(how == "name"), float(how == "metonym"), float(how == "pronoun"), 0.0 if is_named else _odds(mention.probability),
        *(float(kind == k and is_named == named) for k in _KINDS_APART for named in (True, False)),
        float(how == "name" and relation in ("nsubj", "nsubjpass", "agent", "poss")),
        float(how == "name" and relation == "pobj" and kind == "state"),
        float(how == "nominal" and relation in ("amod", "compound")),
    ]  # fmt: skip


def event_sureness(event: Event) -> float:
    """Chance that type and both sides are right."""
    return _chance("events", event_features(event))


def figure_sureness(figure: Figure) -> float:
    """Chance that payer, payee and kind of an amount are right."""
    return _chance("figures", figure_features(figure))


def mention_sureness(mention: Mention, entity: Entity, relation: str) -> float:
    """Chance that words stand for an actor and for this one, or, where no person is meant, for the state that the body or people is of."""
    return _chance("mentions", mention_features(mention, entity, relation))


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
    score = weights["intercept"] + sum(weights[n] * x for n, x in zip(_FEATURES[table], features, strict=True))
    return round(1 / (1 + math.exp(-score)), 3)


@cache
def _weights() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = json.loads(
        Path(__file__).with_name("sureness.json").read_text(encoding="utf8")
    )
    return found
