"""Trains the resolver: who the nouns and pronouns of a document stand for. The command is `python -m training.resolver`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.extract.actors.candidates import FORMS
from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.features import FeatureMaker, Floats
from pipelines.extract.actors.find import find_names
from pipelines.extract.actors.kind_model import KindWeights, tell_unknown_kinds
from pipelines.extract.actors.lemmas import LemmaTable
from pipelines.extract.actors.nations import FORMS as NATION_FORMS
from pipelines.extract.actors.nations import KINDS as NATION_KINDS
from pipelines.extract.actors.nations import infer, unplaced
from pipelines.extract.actors.network import Weights
from pipelines.extract.actors.options import KINDS
from pipelines.extract.actors.pointers import Pointers
from pipelines.extract.actors.resolve import answers_of, prepare
from training.resolver.documents import Labelled
from training.resolver.fit import Recipe, fit, flatten
from training.resolver.kind_fit import fit_kinds
from training.resolver.lemma_table import scored
from training.resolver.targets import Targets, nation_targets, targets_of

NATION_RECIPE = Recipe(hidden=16, epochs=12, dropout=0.1, batch=128)
FULL_WEIGHT = 1.0  # of documents of which every mention is labelled


@dataclass(slots=True)
class Prepared:
    """A labelled document with its arrays and targets."""

    labelled: Labelled
    actors: DocumentActors
    maker: FeatureMaker | None
    targets: Targets | None


@dataclass(frozen=True, slots=True)
class Trained:
    """What a fit gives: the table of nouns and both passes' weights."""

    table: LemmaTable
    nouns: frozenset[str]
    first: Weights
    second: Weights
    nation: Weights
    kinds: KindWeights


def prepared(
    labelled: Labelled, table: LemmaTable, nouns: frozenset[str], nation: Weights, kinds: KindWeights
) -> Prepared:
    """Names, candidates, arrays and targets of one document."""
    actors = find_names(labelled.article, labelled.parse)
    tell_unknown_kinds(actors, kinds)
    infer(actors, nation, Pointers(()))
    maker = prepare(actors, table, nouns)
    return Prepared(labelled, actors, maker, None if maker is None else targets_of(labelled, maker))


def train(documents: Sequence[Labelled], lemmas: Sequence[str], vectors: NDArray[np.int8], recipe: Recipe) -> Trained:
    """Both passes. What the second reads of the first on a document comes from weights that have not seen it."""
    table, nouns = scored(lemmas, vectors, documents)
    kinds = fit_kinds(documents)
    nation = _fit_nation(documents, kinds)
    ready = [p for d in documents if (p := prepared(d, table, nouns, nation, kinds)).maker is not None]
    first = _fit(ready, None, recipe)
    halves = [_fit([p for p in ready if p.labelled.fold % 2 == half], None, recipe) for half in (0, 1)]
    answers = [
        answers_of(halves[1 - p.labelled.fold % 2].scores(p.maker.first_pass())) for p in ready if p.maker is not None
    ]
    return Trained(table, nouns, first, _fit(ready, answers, recipe), nation, kinds)


def _fit_nation(documents: Sequence[Labelled], kinds: KindWeights) -> Weights:
    """Learns from labelled actors whose names stand in the text without their state."""
    rows = []
    for d in documents:
        actors = find_names(d.article, d.parse)
        tell_unknown_kinds(actors, kinds)
        found = unplaced(
            actors, [e for e in actors.entities if e.country is None and e.actor_type not in ("country", "igo")]
        )
        if found is not None and len((targets := nation_targets(d, found)).rows):
            rows.append((found.features, targets, 1.0))
    return fit(flatten(rows), len(NATION_FORMS), len(NATION_KINDS), NATION_RECIPE)


def _fit(ready: Sequence[Prepared], answers: Sequence[Floats] | None, recipe: Recipe) -> Weights:
    rows = []
    for i, p in enumerate(ready):
        assert p.maker is not None
        assert p.targets is not None
        if len(p.targets.rows):
            features = p.maker.first_pass() if answers is None else p.maker.second_pass(answers[i])
            rows.append((features, p.targets, FULL_WEIGHT if p.labelled.is_full else 1.0))
    return fit(flatten(rows, by_set=True), len(FORMS), len(KINDS), recipe)


def arrays_of(trained: Trained, lemmas: Sequence[str], vectors: NDArray[np.int8]) -> dict[str, Any]:
    """The arrays of the model's file."""
    found: dict[str, Any] = {
        "lemmas": np.array(lemmas), "vectors": vectors, "noun_scores": trained.table.scores(lemmas),
        "is_noun": np.array([lemma in trained.nouns for lemma in lemmas]),
    }  # fmt: skip
    kinds = trained.kinds
    found |= {
        "kind_features": np.array(sorted(kinds.rows, key=kinds.rows.__getitem__)), "kind_classes": np.array(kinds.classes),
        "kind_weights": kinds.weights.astype(np.float16), "kind_bias": kinds.bias,
    }  # fmt: skip
    for part, weights in (("first", trained.first), ("second", trained.second), ("nation", trained.nation)):
        for f in fields(Weights):
            found[f"{part}_{f.name}"] = getattr(weights, f.name)
    return found
