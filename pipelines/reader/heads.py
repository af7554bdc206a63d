"""The network's heads over word vectors, in numpy: what `training.reader.network.Heads` is in torch, for reading alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]  # 32 bits


class Heads:
    """Weights by their names in the release (`heads.npz`), kept in 32 bits."""

    def __init__(self, weights: Mapping[str, np.ndarray]) -> None:
        self._w = {k: np.ascontiguousarray(v, dtype=np.float32) for k, v in weights.items()}
        self._codes = [self._w[f"codes.{i}.weight"] for i in range(sum(k.startswith("codes.") for k in self._w))]

    def _linear(self, name: str, x: Floats) -> Floats:
        y: Floats = x @ self._w[f"{name}.weight"].T
        bias = self._w.get(f"{name}.bias")
        return y if bias is None else y + bias

    def words(self, h: Floats, codes: NDArray[np.int16]) -> Floats:
        """Encoder's words (words, width) and codes (words, 5) to (words, inner)."""
        x = self._linear("word", h)
        for i, table in enumerate(self._codes):
            x = x + table[codes[:, i]]
        mean = x.mean(-1, keepdims=True)
        spread = ((x - mean) ** 2).mean(-1, keepdims=True)
        return _gelu((x - mean) / np.sqrt(spread + 1e-5) * self._w["word_norm.weight"] + self._w["word_norm.bias"])

    def triggers(self, x: Floats) -> Floats:
        """(words, inner) to probabilities (words, 1 + types); the first is of no event."""
        return _softmax(self._linear("trigger", x))

    def anchors(self, x: Floats) -> dict[str, Floats]:
        """Anchors (anchors, inner) to probabilities (anchors, labels) of mode, factuality, kind and stage."""
        a = _gelu(self._linear("anchor", x))
        return {name: _softmax(self._linear(name, a)) for name in ("mode", "factuality", "kind", "stage")}

    def pairs(self, words: Floats) -> Floats:
        """(words, inner) to (words, pair): each word's part in its pair with any anchor, for `links`."""
        return self._linear("pair_word", words)

    def links(
        self, anchors: Floats, words: Floats, pairs: Floats, types: NDArray[np.int64], paths: NDArray[np.uint16]
    ) -> Floats:
        """Scores (anchors, words, relations) from anchors (anchors, inner) to words (words, inner) with their `pairs`.

        `types` as in `labels`, one an anchor; `paths` (anchors, words, 2) as in `words.paths_from`.
        """
        w = self._w
        z = self._linear("pair_product", anchors[:, None, :] * words)
        z += (self._linear("pair_anchor", anchors) + w["pair_type.weight"][types])[:, None, :]
        z += pairs
        z += w["pair_path.weight"][paths[..., 0]]
        z += w["pair_distance.weight"][paths[..., 1]]
        scores: Floats = self._linear("link", _gelu(z)) + w["path_bias.weight"][paths[..., 0]]
        return scores


def _gelu(x: Floats) -> Floats:
    """0.5 x (1 + tanh(0.7978845608 (x + 0.044715 x³))), in one array beside x: fresh ones for each step took as long as the sums."""
    y: Floats = 0.044715 * x
    y *= x
    y *= x
    y += x
    y *= 0.7978845608
    np.tanh(y, out=y)
    y += 1.0
    y *= 0.5 * x
    return y


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(-1, keepdims=True))
    y: Floats = e / e.sum(-1, keepdims=True)
    return y
