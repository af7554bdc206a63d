"""What is known of a noun by itself: whether it can stand for an actor, and which nouns are like it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

WIDTH = 24


class LemmaTable:
    """Vectors (int8, WIDTH wide) and scores of noun lemmas; both are zero for a lemma that is not known.

    `score` is the share of its occurrences that stand for an actor, as far as the labels tell.
    """

    def __init__(self, lemmas: Sequence[str], vectors: NDArray[np.int8], scores: NDArray[np.float32]) -> None:
        self._at = {lemma: i for i, lemma in enumerate(lemmas)}
        self._vectors = np.concatenate([vectors.astype(np.float32) / 127, np.zeros((1, WIDTH), np.float32)])
        self._scores = np.concatenate([scores.astype(np.float32), np.zeros(1, np.float32)])

    def vectors(self, lemmas: Sequence[str]) -> NDArray[np.float32]:
        """(n, WIDTH) vectors."""
        return self._vectors[self._rows(lemmas)]

    def scores(self, lemmas: Sequence[str]) -> NDArray[np.float32]:
        """(n,) scores."""
        return self._scores[self._rows(lemmas)]

    def nouns(self, least: float) -> frozenset[str]:
        """Lemmas with at least this score."""
        return frozenset(lemma for lemma, i in self._at.items() if self._scores[i] >= least)

    def _rows(self, lemmas: Sequence[str]) -> NDArray[np.int64]:
        return np.array([self._at.get(lemma, -1) for lemma in lemmas], dtype=np.int64)
