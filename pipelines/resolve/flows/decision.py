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

    def reason(self, x: np.ndarray, label: str) -> str:
        """What spoke most for a class against the next best, in words; `x` is one row of features."""
        n = CLASSES.index(label)
        others = [m for m in range(len(CLASSES)) if m != n]
        rival = max(others, key=lambda m: float(self.weights[m] @ x + self.intercepts[m]))
        told = (self.weights[n] - self.weights[rival]) * x
        best = [i for i in np.argsort(-told)[:_REASONS] if told[i] > 0]
        return ", ".join(self.features[i] for i in best)


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

    def reason(self, pair: int, label: str) -> str:
        """Why a pair was given a label."""
        one = slice(pair, pair + 1)
        x = matrix(pair_features(self.columns, self.small[one], self.large[one]))[0]
        return self.model.reason(x, label)


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
