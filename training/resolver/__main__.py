"""Learns whom the words of a document stand for, and measures how well.

    python -m training.resolver JSON_FOLDER... --cache DIR [--evaluate] [--write]

JSON_FOLDER is written by `lab.py json` (labels with their texts; the texts are not in the repository). `--evaluate` cross-validates
on the five folds and prints how often side words get the right state; `--write` fits on everything and writes
`pipelines/reference/resolver_model.npz`. Needs scikit-learn and the language model (development group); same input, same file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from pipelines.extract.actors.network import MODEL
from training.resolver.documents import FOLDS, load
from training.resolver.evaluate import evaluate
from training.resolver.fit import Recipe
from training.resolver.lemma_table import noun_lemmas, vectors_of
from training.resolver.train import arrays_of, train


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--evaluate", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--folds", type=int, default=FOLDS, help="how many of the folds to test on")
    args = parser.parse_args()
    documents = load(args.folders, args.cache)
    lemmas = noun_lemmas(documents)
    vectors = vectors_of(lemmas)
    recipe = Recipe()
    if args.write:
        trained = train(documents, lemmas, vectors, recipe)
        np.savez_compressed(MODEL, **arrays_of(trained, lemmas, vectors))
        print("written", MODEL.name, MODEL.stat().st_size)
    if args.evaluate:
        evaluate(documents, lemmas, vectors, recipe, args.folds)


if __name__ == "__main__":
    main()
