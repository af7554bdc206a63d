"""Learns how to tell which reports speak of one flow: `python -m training.flows.train` writes the weights and the scores.

Sets are kept whole: a set is learnt from or scored, never both. Every fifth invented set is held out; the others are
scored by cross-validation too. The shipped weights are learnt from all sets but those held out.
"""

from __future__ import annotations

import json
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import classification_report, confusion_matrix
from sklearn.model_selection import GroupKFold

from pipelines.resolve.flows.candidates import candidate_pairs
from pipelines.resolve.flows.decision import CLASSES, WEIGHTS
from pipelines.resolve.flows.features import Columns, matrix, pair_features
from training.flows import dataset, patterns

STRENGTH = 1.0
HELD_OUT_EVERY = 5


def held_out(name: str) -> bool:
    """Whether a set is only scored."""
    return name.isdigit() and int(name) % HELD_OUT_EVERY == 0


def is_written(name: str) -> bool:
    """Whether a set was written by hand, not made by pattern."""
    return name.isdigit() or (name.startswith("d") and name[1:2].isupper())


def main() -> None:
    lines = [*dataset.read("sets.psv", "desk.psv"), *patterns.lines()]
    reports = dataset.reports(lines)
    columns = Columns(reports)
    small, large = columns.ordered(candidate_pairs(reports))
    y = dataset.labels(lines, small, large)
    features = pair_features(columns, small, large)
    x = matrix(features)
    sets = np.array([lines[a]["set"] for a in small])
    held = np.array([held_out(name) for name in sets])
    made = np.array([not is_written(name) for name in sets])
    print(f"{len(y)} pairs of {len(set(sets))} sets, {held.sum()} of them held out; classes {np.bincount(y)}")
    predicted = np.full(len(y), -1)
    written = np.flatnonzero(~made & ~held)
    for train, test in GroupKFold(8).split(x[written], y[written], sets[written]):
        learnt = np.concatenate([written[train], np.flatnonzero(made)])
        predicted[written[test]] = _fit(x[learnt], y[learnt]).predict(x[written[test]])
    model = _fit(x[~held], y[~held])
    predicted[held] = model.predict(x[held])
    for name, part in (("cross-validated, written sets", ~held & ~made), ("held out", held)):
        print(f"\n{name}: {np.mean(predicted[part] == y[part]):.3f} right")
        print(classification_report(y[part], predicted[part], target_names=CLASSES, digits=3, zero_division=0))
        print(confusion_matrix(y[part], predicted[part]))
    for n in np.flatnonzero((predicted != y) & ~made):
        a, b = lines[small[n]], lines[large[n]]
        print(
            f"{'HELD ' if held[n] else ''}{a['set']}: {CLASSES[y[n]]}, told {CLASSES[predicted[n]]}\n   {a['text'] or a['amount']}\n   {b['text'] or b['amount']}"
        )
    found = {
        "classes": CLASSES,
        "features": list(features),
        "weights": np.round(model.coef_, 4).tolist(),
        "intercepts": np.round(model.intercept_, 4).tolist(),
    }
    WEIGHTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf8")


def _fit(x: np.ndarray, y: np.ndarray) -> LogisticRegression:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=5000).fit(x, y)


if __name__ == "__main__":
    main()
