"""Makes the table of nouns: vectors of the language model cut down to a few numbers, and how often each is an actor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from pipelines.extract.actors.lemmas import WIDTH, LemmaTable
from pipelines.language.model import load
from pipelines.reference.roles import actor_nouns, role_nouns
from training.resolver.documents import Labelled

_PRIOR = 3.0  # occurrences that a noun's neighbours count for
LEAST_SCORE = 0.08


def noun_lemmas(documents: Sequence[Labelled]) -> list[str]:
    """Lemmas of the nouns of the documents and of the lists of roles, in a fixed order."""
    seen = Counter(t.lemma.lower() for d in documents for t in d.parse.tokens if t.pos == "NOUN" and t.lemma.isalpha())
    return sorted(
        {lemma for lemma, n in seen.items() if n > 1 or lemma.isascii()} | set(actor_nouns()) | set(role_nouns())
    )


def vectors_of(lemmas: Sequence[str]) -> NDArray[np.int8]:
    """(n, WIDTH) main directions of the language model's vectors, as int8; zero where it has none."""
    vocabulary = load().vocab
    rows = np.stack([np.asarray(vocabulary.get_vector(lemma)) for lemma in lemmas]).astype(np.float64)
    has = np.linalg.norm(rows, axis=1) > 0
    rows[has] /= np.linalg.norm(rows[has], axis=1, keepdims=True)
    centred = rows[has] - rows[has].mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    directions *= np.sign(directions[np.arange(len(directions)), np.abs(directions).argmax(axis=1)])[:, None]
    found = np.zeros((len(lemmas), WIDTH))
    found[has] = centred @ directions[:WIDTH].T
    scale = np.abs(found).max()
    return np.asarray(np.round(found / scale * 127), dtype=np.int8)


def scored(
    lemmas: Sequence[str], vectors: NDArray[np.int8], documents: Sequence[Labelled]
) -> tuple[LemmaTable, frozenset[str]]:
    """The table with scores learnt from the documents, and the nouns that candidates are made of."""
    at = {lemma: i for i, lemma in enumerate(lemmas)}
    actor, nobody = Counter[str](), Counter[str]()
    for d in documents:
        heads = {}
        for m in (*d.participants, *d.mentions):
            tokens = d.parse.tokens_in(m.start, m.end)
            if tokens and m.names:
                heads[d.parse.head_of(tokens).index] = True
        for t in d.parse.tokens:
            if t.pos == "NOUN":
                if t.index in heads:
                    actor[t.lemma.lower()] += 1
                elif d.is_full:
                    nobody[t.lemma.lower()] += 1
    known = [lemma for lemma in lemmas if actor[lemma] or nobody[lemma]]
    x = np.concatenate([vectors[[at[k] for k in known]].astype(np.float64) / 127] * 2)
    y = np.array([1] * len(known) + [0] * len(known))
    w = np.array([np.log1p(actor[k]) for k in known] + [np.log1p(nobody[k]) for k in known])
    model = LogisticRegression(C=10.0).fit(x[w > 0], y[w > 0], w[w > 0])
    prior = model.predict_proba(vectors.astype(np.float64) / 127)[:, 1]
    positive = np.array([actor[lemma] for lemma in lemmas])
    total = positive + np.array([nobody[lemma] for lemma in lemmas])
    scores = ((positive + _PRIOR * prior) / (total + _PRIOR)).astype(np.float32)
    table = LemmaTable(lemmas, vectors, scores)
    listed = set(actor_nouns()) | set(role_nouns()) | {k for k in known if actor[k]}
    return table, frozenset(
        lemma for lemma, s in zip(lemmas, scores, strict=True) if s >= LEAST_SCORE or lemma in listed
    )
