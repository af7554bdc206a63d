"""Learns whom the words of a document stand for, and measures how well.

    python -m training.resolver JSON_FOLDER... --cache DIR [--evaluate] [--sureness] [--write] [--without-fold N --out FILE]

JSON_FOLDER is written by `training.reader.notation` (labels with their texts; the texts are not in the repository). `--evaluate`
cross-validates on the five folds and prints how often side words get the right state; `--sureness` fits from the same held-out documents how sure a
mention is (`training.resolver.sureness`) and writes `pipelines/extract/sureness.json`; `--write` fits on everything and writes
`pipelines/reference/resolver_model.npz`. `--without-fold N --out FILE` fits on all documents but those of fold N of the labels
(`documents.tsv`; documents without a fold are learnt from): the model with which a release of the reader is scored on that fold
(`training.reader.evaluate --resolver`). Needs scikit-learn and the language model (development group); same input, same file.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pipelines.extract.actors.network import MODEL
from training.held_out import add_fold_options, fold_asked, fold_mark, without_fold
from training.resolver.documents import FOLDS, Labelled, load
from training.resolver.evaluate import evaluate, held_out
from training.resolver.fit import Recipe
from training.resolver.lemma_table import noun_lemmas, vectors_of
from training.resolver.sureness import SURENESS, calibrate, judged
from training.resolver.train import arrays_of, train


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--evaluate", action="store_true")
    parser.add_argument("--sureness", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--folds", type=int, default=FOLDS, help="how many of the folds to test on")
    add_fold_options(parser)
    args = parser.parse_args()
    asked = fold_asked(parser, args)
    documents = load(args.folders, args.cache)
    recipe = Recipe()
    if args.write:
        write(MODEL, documents, recipe)
    if asked:
        fold, file = asked
        write(file, without_fold(documents, [d.reader_fold for d in documents], fold), recipe, fold)
    if args.evaluate or args.sureness:
        lemmas = noun_lemmas(documents)
        found = list(held_out(documents, lemmas, vectors_of(lemmas), recipe, args.folds))
        if args.evaluate:
            evaluate(found)
        if args.sureness:
            calibrate([row for d, actors in found if d.is_full for row in judged(d, actors)], SURENESS)


def write(file: Path, documents: Sequence[Labelled], recipe: Recipe, held_out: int | None = None) -> None:
    """Fits on documents and writes the model; nothing in it, its nouns neither, is of other documents."""
    lemmas = noun_lemmas(documents)
    vectors = vectors_of(lemmas)
    arrays = arrays_of(train(documents, lemmas, vectors, recipe), lemmas, vectors)
    with file.open("wb") as out:  # by handle: numpy would add .npz to another name
        np.savez_compressed(out, **arrays | fold_mark(held_out))
    print("written", file.name, file.stat().st_size, "learnt from", len(documents), "documents")


if __name__ == "__main__":
    main()
