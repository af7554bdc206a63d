"""Cross-validated figures of the resolver: side words, mentions, accuracy by kind of word."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipelines.extract.actors.network import softmax
from pipelines.extract.actors.options import Option
from pipelines.extract.actors.resolve import Resolved, answers_of, apart
from pipelines.extract.facts import Entity
from pipelines.language.parse import Token
from tests.measure.who import Tally, measure, measure_mentions
from training.resolver.documents import Labelled
from training.resolver.fit import Recipe
from training.resolver.train import Prepared, Trained, prepared, train


def evaluate(
    documents: Sequence[Labelled], lemmas: Sequence[str], vectors: NDArray[np.int8], recipe: Recipe, folds: int
) -> None:
    """Train on all folds but one, ask on that one, print the sums."""
    sides, mentions, errors = Tally(), Tally(), []
    for fold in range(folds):
        trained = train([d for d in documents if d.fold != fold], lemmas, vectors, recipe)
        for d in documents:
            if d.fold == fold and (p := prepared(d, trained.table, trained.nouns)).maker is not None:
                resolved = answered(p, trained)
                ask = partial(asked, p, resolved)
                measure(d, ask, sides, errors)
                if d.is_full:
                    measure_mentions(d, ask, partial(stands, p, resolved), mentions)
        print("fold", fold, flush=True)
    print(sides.table(), mentions.table(), sep="\n", flush=True)
    if out := os.environ.get("RESOLVER_ERRORS"):
        Path(out).write_text("\n".join(errors))


def answered(p: Prepared, trained: Trained) -> Resolved:
    """Both passes over a prepared document."""
    assert p.maker is not None
    first = trained.first.scores(p.maker.first_pass())
    second = trained.second.scores(p.maker.second_pass(answers_of(first)))
    return Resolved(p.maker.found, p.maker.options, apart(p.maker, softmax(second)))


def stands(p: Prepared, resolved: Resolved, token: Token) -> bool:
    """Whether a word would be (the head of) a mention."""
    mentions = p.actors.mentions_at(token)
    if mentions:
        return any(p.labelled.parse.head_of(p.actors.mention_tokens(m)) is token for m in mentions)
    assert p.maker is not None
    at = p.maker.position.get(token.index)
    return at is not None and resolved.probabilities[at, -1] < 0.5


def asked(p: Prepared, resolved: Resolved, head: Token) -> list[Entity]:
    """Whom a word stands for, as entities that need not be the document's."""
    actors = p.actors
    mentions = actors.mentions_at(head)
    if mentions:
        return [actors.entities[m.entity] for m in mentions]
    if (iso3 := actors.place_at(head)) is not None:
        return [Entity(-1, iso3, "country", iso3)]
    assert p.maker is not None
    at = p.maker.position.get(head.index)
    if at is None:
        return []
    best = int(resolved.probabilities[at, :-1].argmax())
    return _entities(p, resolved.options.all, resolved.options.all[best])


def _entities(p: Prepared, options: Sequence[Option], option: Option) -> list[Entity]:
    if option.members:
        return [e for m in option.members for e in _entities(p, options, options[m])]
    if option.entity >= 0:
        return [p.actors.entities[option.entity]]
    if option.country:
        return [Entity(-1, option.country, "country", option.country)]
    return [Entity(-1, option.name, "population")]
