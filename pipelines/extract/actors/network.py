"""The resolver's network: scores each option of each candidate. Trained by `training.resolver.train`; numpy alone here.

A hidden layer of rectified sums over candidate, option and pair, a linear part over the pair, a bias for each form of
candidate with each kind of option. Probabilities are a softmax over a candidate's options.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from pipelines.extract.actors.features import Features, Floats
from pipelines.extract.actors.kind_model import KindWeights
from pipelines.extract.actors.lemmas import LemmaTable

# The file of the network that ships. Training sets another one while it scores on documents that this one has learnt from.
MODEL = Path(__file__).parents[2] / "reference" / "resolver_model.npz"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of one pass; H hidden units. Shapes: candidate (C, H), option (O, H), pair (P, H), bias (H,), top (H,),
    linear (P,), table (forms, kinds)."""

    candidate: Floats
    option: Floats
    pair: Floats
    bias: Floats
    top: Floats
    linear: Floats
    table: Floats

    def scores(self, f: Features) -> Floats:
        """(n, k) scores; minus infinity where an option is not the candidate's."""
        n, k, width = f.pair.shape
        hidden = (f.pair.reshape(n * k, width) @ self.pair).reshape(n, k, -1)
        hidden += (f.candidate @ self.candidate + self.bias)[:, None, :]
        hidden += (f.option @ self.option)[None, :, :]
        np.maximum(hidden, 0, out=hidden)
        found: Any = hidden @ self.top + f.pair @ self.linear + self.table[f.form][:, f.kind]
        found[~f.valid] = -np.inf
        scores: Floats = found.astype(np.float32, copy=False)
        return scores


@dataclass(frozen=True, slots=True)
class Network:
    """Both passes and the nouns they know; the networks that infer states (`nations`) and kinds (`kind_model`)."""

    lemmas: LemmaTable
    nouns: frozenset[str]
    first: Weights
    second: Weights
    nation: Weights
    kinds: KindWeights


def softmax(scores: Floats) -> Floats:
    """Probabilities along the last axis."""
    powers: Any = np.exp(scores - scores.max(axis=-1, keepdims=True))
    total: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return total


def shipped() -> Network:
    """The network that ships: that of the file `MODEL`."""
    return _of_file(MODEL)


@cache
def _of_file(path: Path) -> Network:
    with np.load(path, allow_pickle=False) as arrays:
        return read(dict(arrays))


def read(arrays: dict[str, Any]) -> Network:
    """A network from the arrays of its file."""
    names = [f.name for f in fields(Weights)]
    lemmas = [str(lemma) for lemma in arrays["lemmas"]]
    first, second, nation = (
        Weights(*(arrays[f"{part}_{name}"].astype(np.float32) for name in names))
        for part in ("first", "second", "nation")
    )
    kinds = KindWeights(
        {str(name): i for i, name in enumerate(arrays["kind_features"])},
        tuple(str(c) for c in arrays["kind_classes"]),
        arrays["kind_weights"].astype(np.float32),
        arrays["kind_bias"].astype(np.float32),
    )
    nouns = frozenset(lemma for lemma, is_noun in zip(lemmas, arrays["is_noun"], strict=True) if is_noun)
    return Network(LemmaTable(lemmas, arrays["vectors"], arrays["noun_scores"]), nouns, first, second, nation, kinds)
