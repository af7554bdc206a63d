"""Which sentences go to the encoder: those that may tell of an act, by their words alone, and those with money.

A logistic regression over lemmas and kinds of names, which costs a hundredth of the encoder. It learns from what the encoder
says of unlabelled sentences (`training/reader/gate.py`); what it leaves out would hardly ever have become a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from pipelines.language.parse import Parse, Token

_WORDS = frozenset({"VERB", "NOUN", "ADJ", "PROPN", "ADV"})


def features(tokens: Iterable[Token]) -> set[str]:
    """What the gate sees of a sentence: lemmas of its content words, each pair of neighbours of them, kinds of its names."""
    content = [t for t in tokens if t.pos in _WORDS and not t.entity]
    lemmas = [t.lemma.lower() for t in content]
    found = set(lemmas) | {f"{a} {b}" for a, b in pairwise(lemmas)}
    return found | {f"#{t.entity}" for t in tokens if t.entity}


class Gate:
    """Weights by feature; a sentence is kept from `least` on. With no weights every sentence is kept."""

    def __init__(self, weights: Mapping[str, float], bias: float, least: float) -> None:
        self._weights, self._bias, self._least = weights, bias, least

    def kept(self, parse: Parse, amounts: Iterable[Token]) -> list[bool] | None:
        """For each sentence, whether it is read; None where all are."""
        if not self._weights:
            return None
        with_money = {t.sentence for t in amounts}
        return [
            s.index in with_money or self.score(parse.tokens[s.first : s.last]) >= self._least for s in parse.sentences
        ]

    def score(self, tokens: list[Token]) -> float:
        """Log-odds that the encoder would find an act."""
        return self._bias + sum(self._weights.get(f, 0.0) for f in sorted(features(tokens)))
