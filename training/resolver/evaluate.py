"""Cross-validated figures of the resolver: side words, mentions, accuracy by kind of word, all asked as the product asks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.find import resolved_by
from pipelines.extract.actors.network import read
from tests.measure.who import Tally, asked, measure, measure_mentions
from training.resolver.documents import Labelled
from training.resolver.fit import Recipe
from training.resolver.train import arrays_of, train


def held_out(
    documents: Sequence[Labelled], lemmas: Sequence[str], vectors: NDArray[np.int8], recipe: Recipe, folds: int
) -> Iterator[tuple[Labelled, DocumentActors]]:
    """Documents of the first `folds` folds with their actors by a network that has not learnt from their fold, fold by fold."""
    for fold in range(folds):
        trained = train([d for d in documents if d.fold != fold], lemmas, vectors, recipe)
        network = read(arrays_of(trained, lemmas, vectors))
        for d in documents:
            if d.fold == fold:
                yield d, resolved_by(network, d.article, d.parse)


def evaluate(found: Iterable[tuple[Labelled, DocumentActors]]) -> None:
    """Print the sums of held-out documents. Errors go to the file that RESOLVER_ERRORS names."""
    sides, mentions = Tally(), Tally()
    errors: list[str] = []
    for d, actors in found:
        measure(d, asked(actors), sides, errors)
        if d.is_full:
            measure_mentions(d, actors, mentions)
    print(sides.table(), mentions.table(), sep="\n", flush=True)
    if out := os.environ.get("RESOLVER_ERRORS"):
        Path(out).write_text("\n".join(errors))
