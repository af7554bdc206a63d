"""How sure a row is: the share of such rows that readers find right in type and both sides.

Two logistic models, one upon the other. The first tells by rule, type and wording how likely there is an event of this
type (pipelines/reference/event_confidence.csv, training/train_event_confidence.py); the second adds how the sides were
found (`reliability`) and is calibrated on random rows of news that readers judged
(pipelines/reference/event_row_confidence.csv, training/train_row_confidence.py). Data cards: training/README.md.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import cache

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import Entity, Participant
from pipelines.extract.syntax import agent_of, is_passive
from pipelines.language.parse import Sentence, Token
from pipelines.reference import rows
from pipelines.reference.plover import Trigger

_STATES = frozenset({"country", "government_body", "armed_forces", "igo"})
# Words of company reports and markets: where they stand, "cut", "meet" and "offer" are seldom politics.
_BUSINESS = frozenset([
    "share", "profit", "net", "pct", "stock", "dividend", "quarter", "revenue", "earnings", "acquisition", "market",
    "price", "dealer", "trader", "shareholder", "merger", "takeover", "analyst", "investor", "company", "corp",
    "inc", "bond", "rate", "yield", "inflation", "season", "game", "team", "coach", "score", "film", "movie"
])  # fmt: skip
_FEW = 0.15
TYPE_ODDS = "odds of the type"
_HARDLY = 0.3


def features(
    token: Token,
    trigger: Trigger,
    sources: list[Participant],
    recipients: list[Participant],
    factuality: str,
    actors: DocumentActors,
    sentence: Sentence,
) -> list[str]:
    """Names of what is so of an event; each has a weight in the model."""
    found = ["bias", f"type:{trigger.type}", f"pos:{trigger.pos}", f"dep:{token.dep}", f"factuality:{factuality}"]
    if trigger.objects:
        found.append("with object")
    if trigger.needs:
        found.append("with company")
    for side, participants in (("source", sources), ("recipient", recipients)):
        entities = [actors.entities[p.entity] for p in participants]
        found += [f"{side}:{kind}" for kind in sorted({_kind(e) for e in entities})] or [f"{side}:none"]
        if participants and max(p.confidence for p in participants) < 0.6:
            found.append(f"{side} unsure")
    if trigger.pos == "verb" and is_passive(token) and agent_of(token) is None:
        found.append("passive without agent")
    if sources and recipients:
        here, there = ({_state(actors.entities[p.entity]) for p in side} for side in (sources, recipients))
        found.append("within a state" if here & there else "between states")
    words = {t.lemma.lower() for t in actors.parse.tokens[sentence.first : sentence.last]}
    if business := len(words & _BUSINESS):
        found.append("business words" if business > 1 else "business word")
    if political_share(actors) < _FEW:
        found.append("text of few states")
    found.append(f"rule:{trigger.rule}")
    return found


def confidence_of(of_type: list[str], of_row: list[str]) -> float:
    """Share of rows with these features (`features`, `reliability.row_features`) that are right, between .02 and .98.

    A row that is hardly an event of its type has a number below every other's.
    """
    share = share_right_in_type(of_type)
    if share < _HARDLY:
        return round(share / 10, 3)
    known = weights("event_row_confidence.csv")
    total = sum(known.get(name, 0.0) for name in of_row) + known.get(TYPE_ODDS, 0.0) * log_odds(share)
    return round(min(max(1 / (1 + math.exp(-total)), 0.04), 0.98), 3)


def share_right_in_type(of_type: list[str]) -> float:
    """Share of events with these features that are right in type, between .02 and .98."""
    known = weights("event_confidence.csv")
    total = sum(known.get(name, 0.0) for name in of_type)
    return round(min(max(1 / (1 + math.exp(-total)), 0.02), 0.98), 3)


def log_odds(share: float) -> float:
    """The logarithm of the odds of a share."""
    return math.log(share / (1 - share))


def political_share(actors: DocumentActors) -> float:
    """Share of states, governments, forces and their organisations among the mentions of a text."""
    if not actors.mentions:
        return 0.0
    counts = Counter(actors.entities[m.entity].actor_type for m in actors.mentions)
    return sum(counts[kind] for kind in _STATES) / len(actors.mentions)


@cache
def weights(file: str) -> dict[str, float]:
    """Weight of a feature by its name."""
    return {row["feature"]: float(row["weight"]) for row in rows(file)}


def _kind(entity: Entity) -> str:
    if entity.actor_type == "person":
        return "person of state" if entity.country else "person"
    return entity.actor_type


def _state(entity: Entity) -> str:
    return entity.country or entity.name
