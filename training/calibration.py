"""What the sureness of rows is fitted with: a logistic regression, its folds, and how often rows of a confidence were right."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]


def fitted(x: Floats, y: Floats, ridge: float = 2.0) -> Floats:
    """Weights (features + 1) of a logistic regression by Newton's method; the last is the intercept."""
    x = np.c_[x, np.ones(len(x))]
    w = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[-1] = 0.0
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve(
            (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-9), x.T @ (y - p) - penalty * w
        )
        w = w + step
    return w


def held_out_chances(x: Floats, y: Floats, fold: NDArray[np.int64]) -> Floats:
    """Chances (n,) of rows, those of each fold by weights that have not seen it."""
    chances = np.zeros(len(y))
    for k in np.unique(fold):
        w = fitted(x[fold != k], y[fold != k])
        chances[fold == k] = 1 / (1 + np.exp(-(np.c_[x, np.ones(len(x))][fold == k] @ w)))
    return chances


def reliability(said: Floats, right: Floats) -> list[tuple[float, int, float, float]]:
    """(from, rows, said, right) a tenth of what is said that has rows: their mean confidence, and the share that is right."""
    tenth = np.minimum((said * 10).astype(int), 9)
    return [
        (k / 10, int(here.sum()), float(said[here].mean()), float(right[here].mean()))
        for k in range(10)
        if (here := tenth == k).any()
    ]


def gap(said: Floats, right: Floats) -> float:
    """How far confidence lies from the share of right rows, over tenths by their rows (expected calibration error)."""
    return sum(n * abs(a - b) for _, n, a, b in reliability(said, right)) / len(said)


def table(said: Floats, right: Floats) -> str:
    """The reliability of rows in lines, the gap and the Brier score below."""
    rows = [f"  from {low:.1f}  rows {n:5}  said {a:.3f}  right {b:.3f}" for low, n, a, b in reliability(said, right)]
    return "\n".join([*rows, f"  gap {gap(said, right):.3f}  Brier {((said - right) ** 2).mean():.4f}"])


def write(file: Path, found: Mapping[str, Mapping[str, float]]) -> None:
    """Put weights of these kinds of rows into `sureness.json`; those of others that are there stay."""
    kept = json.loads(file.read_text(encoding="utf8")) if file.exists() else {}
    file.write_text(json.dumps(kept | dict(found), indent=1) + "\n", encoding="utf8")


def named(features: tuple[str, ...], weights: Floats) -> dict[str, float]:
    """Weights by the names of their features, and the intercept."""
    return dict(zip((*features, "intercept"), [round(float(w), 4) for w in weights], strict=True))
