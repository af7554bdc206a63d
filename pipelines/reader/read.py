"""Reads documents: windows through the encoder, words through the heads, scores to a `Reading`.

Each window goes through alone, so that a reading does not depend on what else is in the batch (an int8 encoder scales what
it multiplies by the largest value that it sees).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.language.parse import Article, Parse, Token
from pipelines.reader.heads import Floats, Heads
from pipelines.reader.labels import (
    AMOUNT,
    FACTUALITIES,
    KINDS,
    MENTION,
    MODES,
    RELATIONS,
    SEVERAL,
    STAGES,
    TYPES,
    asked_of,
)
from pipelines.reader.readings import AmountReading, Choice, Link, Marks, MentionReading, Reading, TriggerReading
from pipelines.reader.release import Release
from pipelines.reader.windows import Window, windows_of
from pipelines.reader.words import paths_from, word_codes

FLOOR = 0.05  # what is less sure is not kept
# Words of a document that are read: beyond the length of any article. A file of a million would take minutes, and be data.
MOST_WORDS = 20_000
_MOST_LINKS = 6
# How surely a trigger or an amount must lead to a word for it to be asked who it is.
_ASKED = 0.1
_MODES = ("", *MODES)


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of a window: the document's token that they begin with, how many are context alone, what the network made of each."""

    begin: int
    context: int
    tokens: list[Token]
    vectors: Floats
    pairs: Floats


class EncoderReader:
    """A release of the trained reader. Its fingerprint is the release's."""

    def __init__(self, release: Release) -> None:
        self.fingerprint = release.fingerprint
        self._heads = Heads(release.heads())
        self._encoder = release.encoder()
        self._pieces = release.pieces()
        self._sizes = release.windows()

    def read(self, documents: Sequence[tuple[Article, Parse, Marks]]) -> list[Reading]:
        """A reading a document, in their order; of each its first MOST_WORDS words."""
        return [self._read(parse, marks) for _, parse, marks in documents]

    def _read(self, parse: Parse, marks: Marks) -> Reading:
        codes = word_codes(parse, marks.amounts, marks.times)
        amounts = [t for t in (number_word(parse.tokens_in(*span)) for span in marks.amounts) if t is not None]
        triggers: list[TriggerReading] = []
        money: list[AmountReading] = []
        mentions: dict[int, MentionReading] = {}
        for window in windows_of(parse, self._pieces, self._sizes):
            if window.first >= MOST_WORDS:
                break
            here = [t.index for t in amounts if window.first <= t.index < window.last]
            words = self._words(parse, window, codes)
            anchors, sums = self._triggers(words), self._amounts(words, here)
            triggers += anchors
            money += sums
            asked = sorted(_words_of_actors((*anchors, *sums)) - mentions.keys())
            found = self._links(words, [w - words.begin for w in asked], [MENTION] * len(asked))
            mentions |= {w: MentionReading(w, links) for w, links in zip(asked, found, strict=True)}
        return Reading(tuple(triggers), tuple(money), tuple(m for _, m in sorted(mentions.items()) if m.links))

    def _words(self, parse: Parse, window: Window, codes: NDArray[np.int16]) -> _Words:
        pieces = self._encoder.run(window.pieces)
        vectors = self._heads.words(_means(pieces, window.word_of), codes[window.begin : window.last])
        tokens = parse.tokens[window.begin : window.last]
        return _Words(window.begin, window.first - window.begin, tokens, vectors, self._heads.pairs(vectors))

    def _triggers(self, words: _Words) -> list[TriggerReading]:
        scores = self._heads.triggers(words.vectors)
        chosen = [i for i in np.flatnonzero(1 - scores[:, 0] >= FLOOR).tolist() if i >= words.context]
        if not chosen:
            return []
        heads = self._heads.anchors(words.vectors[chosen])
        some = [float(1 - scores[i, 0]) for i in chosen]
        types = [_choice(TYPES, scores[i, 1:] / p) for i, p in zip(chosen, some, strict=True)]
        links = self._links(words, chosen, [1 + TYPES.index(t.label) for t in types])
        return [
            TriggerReading(
                words.begin + i, round(some[k], 3), types[k], _choice(_MODES, heads["mode"][k]),
                _choice(FACTUALITIES, heads["factuality"][k]), links[k],
            )
            for k, i in enumerate(chosen)
        ]  # fmt: skip

    def _amounts(self, words: _Words, here: list[int]) -> list[AmountReading]:
        """Of the amounts whose words are `here`."""
        if not here:
            return []
        at = [word - words.begin for word in here]
        heads = self._heads.anchors(words.vectors[at])
        links = self._links(words, at, [AMOUNT] * len(at))
        return [
            AmountReading(
                word, _choice(KINDS, heads["kind"][k]), _choice(STAGES, heads["stage"][k]),
                _choice(FACTUALITIES, heads["factuality"][k]), links[k],
            )
            for k, word in enumerate(here)
        ]  # fmt: skip

    def _links(self, words: _Words, anchors: list[int], types: list[int]) -> list[tuple[Link, ...]]:
        """What each anchor leads to; `types` as in `labels`: an amount, a trigger of a type or a mention."""
        if not anchors:
            return []
        paths = np.stack([paths_from(words.tokens[i], words.tokens) for i in anchors])
        scores = self._heads.links(words.vectors[anchors], words.vectors, words.pairs, np.array(types), paths)
        p = _chances(scores)
        which, word, relation = np.nonzero((p >= FLOOR) & _ASKED_OF[types][:, None, :])
        p = p[which, word, relation]
        found: list[list[Link]] = [[] for _ in anchors]
        last, taken = (-1, -1), 0
        for n in np.lexsort((word, -p, relation, which)).tolist():
            pair = int(which[n]), int(relation[n])
            taken = taken + 1 if pair == last else 1
            last = pair
            if taken <= _MOST_LINKS:
                found[pair[0]].append(Link(RELATIONS[pair[1]], words.begin + int(word[n]), round(float(p[n]), 3)))
        return [tuple(links) for links in found]


def _means(pieces: Floats, word_of: NDArray[np.int32]) -> Floats:
    """(pieces, width) to (words, width): the mean of each word's pieces; marks (-1) are of none."""
    inside = word_of >= 0
    of_word = word_of[inside]
    starts = np.flatnonzero(np.r_[True, of_word[1:] != of_word[:-1]])
    sums: Floats = np.add.reduceat(pieces[inside], starts, axis=0)
    means: Floats = sums / np.diff(np.r_[starts, len(of_word)])[:, None].astype(np.float32)
    return means


def _chances(scores: Floats) -> Floats:
    """Scores (anchors, words, relations) to probabilities: of each word, or of one of the words or none, which scores 0."""
    p = np.empty_like(scores)
    p[..., _MANY] = 1 / (1 + np.exp(-scores[..., _MANY]))
    one = scores[..., ~_MANY]
    top = np.maximum(one.max(1, keepdims=True), 0)
    e = np.exp(one - top)
    p[..., ~_MANY] = e / (e.sum(1, keepdims=True) + np.exp(-top))
    return p


_OF_ACTORS = frozenset({"source", "recipient", "payer", "payee", "attributed"})
_MANY = np.array([r in SEVERAL for r in RELATIONS])
# (types of anchors, relations): what is asked of each.
_ASKED_OF = np.array([[r in asked_of(t) for r in RELATIONS] for t in range(MENTION + 1)])


def _words_of_actors(anchors: Sequence[TriggerReading | AmountReading]) -> set[int]:
    """The words that triggers and amounts may lead to as actors."""
    return {k.word for row in anchors for k in row.links if k.relation in _OF_ACTORS and k.probability >= _ASKED}


def number_word(tokens: Sequence[Token]) -> Token | None:
    """The word that anchors an amount: the first with a digit, else the first number, else the first; None of none."""
    for token in tokens:
        if any(c.isdigit() for c in token.text):
            return token
    return next((t for t in tokens if t.pos == "NUM"), tokens[0] if tokens else None)


def _choice(labels: Sequence[str], p: Floats) -> Choice:
    order = np.argsort(-p, kind="stable")
    first, second = int(order[0]), int(order[1])
    return Choice(labels[first], round(float(p[first]), 3), labels[second], round(float(p[second]), 3))
