"""Fits the kinds of bodies whose names do not tell them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from pipelines.extract.actors.find import find_names
from pipelines.extract.actors.kind_model import KindWeights, features_of, unknown
from training.resolver.documents import Labelled
from training.resolver.matching import is_same

_LEAST_SEEN = 2  # bodies that must have a feature


def fit_kinds(documents: Sequence[Labelled]) -> KindWeights:
    """Learns from labelled actors whose kind the rules for names leave open."""
    rows: list[dict[str, float]] = []
    kinds: list[str] = []
    for d in documents:
        actors = find_names(d.article, d.parse)
        for entity in unknown(actors):
            labelled = next((a for a in d.actors.values() if a.actor_type != "country" and is_same(a, entity)), None)
            if labelled is not None:
                rows.append(features_of(actors, entity))
                kinds.append(labelled.actor_type)
    seen = Counter(name for row in rows for name in row)
    rows = [{name: value for name, value in row.items() if seen[name] >= _LEAST_SEEN} for row in rows]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=1.0, max_iter=300).fit(vectorizer.fit_transform(rows), kinds)
    names = [str(name) for name in vectorizer.get_feature_names_out()]
    return KindWeights(
        {name: i for i, name in enumerate(names)},
        tuple(str(c) for c in model.classes_),
        model.coef_.T.astype(np.float32),
        model.intercept_.astype(np.float32),
    )
