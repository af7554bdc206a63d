"""The kind of a body whose name does not tell it, learnt: company, media, government body … by its words and its company.

A multinomial logistic regression over named features, trained by `training.resolver.kind_fit`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.features import Floats
from pipelines.extract.facts import Entity
from pipelines.reference import organisations, regions

_MENTIONS = 6
_LEAST_PERSON = 0.7  # a name that the model of names took for a body's is seldom a person's
_BESIDE = frozenset({"appos", "amod", "compound", "prep", "poss", "det"})


@dataclass(frozen=True, slots=True)
class KindWeights:
    """Weights (features, classes) and bias (classes,); rows are found by the feature's name."""

    rows: dict[str, int]
    classes: tuple[str, ...]
    weights: Floats
    bias: Floats

    def likeliest(self, features: dict[str, float]) -> str:
        """The likeliest kind of a body with these features."""
        scores = self.bias.copy()
        for name, value in features.items():
            if (row := self.rows.get(name)) is not None:
                scores += value * self.weights[row]
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        person = self.classes.index("person") if "person" in self.classes else -1
        if person >= 0 and shares[person] < _LEAST_PERSON:
            shares[person] = 0
        return self.classes[int(np.argmax(shares))]


def tell_unknown_kinds(actors: DocumentActors, weights: KindWeights) -> None:
    """Give bodies of unknown kind the likeliest one."""
    for entity in unknown(actors):
        entity.actor_type = weights.likeliest(features_of(actors, entity))


def unknown(actors: DocumentActors) -> list[Entity]:
    """Entities whose kind nothing tells: neither a list nor the words of the name."""
    return [
        e
        for e in actors.entities
        if e.actor_type == "other_organization"
        and organisations.lookup(e.name) is None
        and regions.lookup(e.name) is None
    ]


def features_of(actors: DocumentActors, entity: Entity) -> dict[str, float]:
    """Words and form of a name, what its mentions stand beside, what else the text is about."""
    words = entity.name.lower().split()
    kinds = [e.actor_type for e in actors.entities]
    mentions = [m for m in actors.mentions if m.entity == entity.index]
    found = {
        f"words={min(len(words), 5)}": 1.0,
        f"capitals={entity.name.isupper()}": 1.0,
        f"length={min(len(entity.name) // 3, 6)}": 1.0,
        f"last={words[-1]}": 1.0,
        f"ending={words[-1][-3:]}": 0.5,
        "point": float("." in entity.name),
        "companies": min(kinds.count("company"), 5) / 5,
        "states": min(kinds.count("country"), 6) / 6,
        "mentions": min(len(mentions), _MENTIONS) / _MENTIONS,
    }
    found |= {f"word={word}": 1.0 for word in words}
    for mention in mentions[:_MENTIONS]:
        head = actors.parse.head_of(actors.mention_tokens(mention))
        found[f"dep={head.dep}"] = 1.0
        found[f"head={head.head.lemma.lower()}/{head.dep}"] = 1.0
        for child in head.children:
            if child.dep in _BESIDE:
                found[f"child={child.dep}/{child.lemma.lower()}"] = 1.0
    return found
