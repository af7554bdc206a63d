"""Scores pairs of reports: the chance that they speak of one flow, that the smaller is part of the larger, that neither is so.

Multinomial logistic regression; the weights lie beside this file in `weights.json`, learnt by `training/flows/train.py`
from labelled sets of reports (see `training/flows/README.md` for what they were measured to do).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

from pipelines.resolve.flows.candidates import candidate_pairs
from pipelines.resolve.flows.features import Columns, matrix, pair_features

WEIGHTS = Path(__file__).with_name("weights.json")
CLASSES = ("different", "part", "same")
# At or above it a decision is taken; chosen on the sets that training did not see.
THRESHOLD = 0.5
_BLOCK = 100_000
# A reason names the features that spoke most for the decision, and no more than this many.
_REASONS = 3


@dataclass(frozen=True)
class Model:
    """Weights of shape (classes, features), intercepts (classes,), the features' names in their order."""

    features: tuple[str, ...]
    weights: np.ndarray
    intercepts: np.ndarray

    def probabilities(self, x: np.ndarray) -> np.ndarray:
        """Shape (pairs, classes), rows add up to 1."""
        scores = x @ self.weights.T + self.intercepts
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True))

    def reasons(self, x: np.ndarray, label: str) -> list[str]:
        """What spoke most for a class against the next best, in words, for each row of features (pairs, features)."""
        n = CLASSES.index(label)
        scores = x @ self.weights.T + self.intercepts
        scores[:, n] = -np.inf
        weighed = (self.weights[n] - self.weights[scores.argmax(axis=1)]) * x
        best = np.argsort(-weighed, axis=1)[:, :_REASONS]
        return [", ".join(self.features[i] for i in row if weighed[n, i] > 0) for n, row in enumerate(best.tolist())]


@cache
def load() -> Model:
    """The shipped weights. Raises ValueError where they are not those of this version's features."""
    found = json.loads(WEIGHTS.read_text(encoding="utf8"))
    if tuple(found["classes"]) != CLASSES:
        raise ValueError(f"{WEIGHTS} has classes {found['classes']}: train it anew with training/flows/train.py.")
    return Model(tuple(found["features"]), np.array(found["weights"]), np.array(found["intercepts"]))


@dataclass(frozen=True)
class Scored:
    """Candidate pairs: row numbers of the smaller and larger sum, class probabilities of shape (pairs, 3), and a way to say why."""

    small: np.ndarray
    large: np.ndarray
    probabilities: np.ndarray
    columns: Columns
    model: Model

    def reasons(self, pairs: np.ndarray, label: str) -> dict[int, str]:
        """Pair -> why it was given a label."""
        found: dict[int, str] = {}
        for start in range(0, len(pairs), _BLOCK):
            part = pairs[start : start + _BLOCK]
            x = matrix(pair_features(self.columns, self.small[part], self.large[part]))
            found |= dict(zip(part.tolist(), self.model.reasons(x, label), strict=True))
        return found


def score(reports: pl.DataFrame) -> Scored:
    """Every candidate pair of `schema.REPORTS` with its probabilities. Memory grows with the pairs, which are linear."""
    model, columns = load(), Columns(reports)
    small, large = columns.ordered(candidate_pairs(reports).reshape(-1, 2))
    found = [np.zeros((0, len(CLASSES)))]
    for start in range(0, len(small), _BLOCK):
        part = slice(start, start + _BLOCK)
        features = pair_features(columns, small[part], large[part])
        if tuple(features) != model.features:
            raise ValueError(f"{WEIGHTS} is of other features: train it anew with training/flows/train.py.")
        found.append(model.probabilities(matrix(features)))
    return Scored(small, large, np.concatenate(found), columns, model)
