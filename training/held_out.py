"""Models that have not learnt from a fold of the labels, and extraction with them.

A release of the reader is scored on a fold that it has not learnt from. The other models that extraction asks, of actors
and of sectors, ship with what they learnt from all labels: scored with them, the release would be shown answers. So these are
fitted once more without the fold (`training.resolver`, `training.train_sectors`: `--without-fold N --out FILE`), and
`training.reader.evaluate` and `calibrate` extract with those files. Each file says which fold it lacks.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipelines.extract.actors import network
from pipelines.extract.money import purpose_model

_MARK = "without_fold"


def add_fold_options(parser: argparse.ArgumentParser) -> None:
    """`--without-fold N --out FILE`, for a command that fits a model."""
    parser.add_argument("--without-fold", type=int, help="fold of the labels not to learn from; with --out")
    parser.add_argument("--out", type=Path, help="file of the model that lacks the fold")


def fold_asked(parser: argparse.ArgumentParser, given: argparse.Namespace) -> tuple[int, Path] | None:
    """Fold and file of these options, None where they are not given; ends the command where one of them is missing."""
    if (given.without_fold is None) != (given.out is None):
        parser.error(
            "--without-fold and --out go together: a model that lacks a fold must not take the product's place."
        )
    return None if given.out is None else (given.without_fold, given.out)


def without_fold[T](examples: Sequence[T], folds: Sequence[int | None], fold: int) -> list[T]:
    """The examples whose fold is another or none. Raises ValueError where none is of the fold: nothing would be held out."""
    kept = [e for e, f in zip(examples, folds, strict=True) if f != fold]
    if len(kept) == len(examples):
        known = sorted({f for f in folds if f is not None})
        raise ValueError(
            f"No labelled document is of fold {fold} (folds that are there: {known}): nothing would be held out. Folds are in the "
            "third column of documents.tsv beside the labels; write the JSON of that folder anew with training.reader.notation."
        )
    return kept


def fold_mark(fold: int | None) -> dict[str, NDArray[np.int64]]:
    """What a model's file has beside its weights where it lacks a fold."""
    return {} if fold is None else {_MARK: np.array(fold, dtype=np.int64)}


def add_model_options(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """`--resolver FILE --sectors FILE`, for a command that extracts with them."""
    parser.add_argument(
        "--resolver", type=Path, required=required, help="model of actors that has not learnt from the fold"
    )
    parser.add_argument(
        "--sectors", type=Path, required=required, help="model of sectors that has not learnt from the fold"
    )


@contextmanager
def held_out(resolver: Path | None, sectors: Path | None, folds: Sequence[int] | None) -> Iterator[None]:
    """Extraction in this process asks these models instead of the product's, which it does for those that are None.

    Raises ValueError where a model is not there, or has learnt from one of the folds (None: all) that it is to be asked about.
    """
    for file, command in ((resolver, "resolver"), (sectors, "train_sectors")):
        if file is not None:
            _check(file, command, folds)
    before = network.MODEL, purpose_model.SECTORS
    network.MODEL, purpose_model.SECTORS = resolver or before[0], sectors or before[1]
    try:
        yield
    finally:
        network.MODEL, purpose_model.SECTORS = before


def _check(file: Path, command: str, folds: Sequence[int] | None) -> None:
    make = f"python -m training.{command} … --without-fold N --out {file}"
    if not file.is_file():
        raise ValueError(f"{file} is not there: make it with {make}")
    with np.load(file, allow_pickle=False) as arrays:
        lacks = int(arrays[_MARK]) if _MARK in arrays.files else None
    if lacks is None or folds is None or set(folds) != {lacks}:
        learnt = "all labels" if lacks is None else f"all labels but those of fold {lacks}"
        asked = "all folds" if folds is None else f"fold {', '.join(map(str, folds))}"
        raise ValueError(f"{file} has learnt from {learnt} and is asked about {asked}: name one fold, and {make}")
