"""Reads documents: windows through the encoder, words through the heads, scores to a `Reading`.

Each window goes through alone, so that a reading does not depend on what else is in the batch (an int8 encoder scales what
it multiplies by the largest value that it sees).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    OF_MENTIONS,
    RELATIONS,
    SEVERAL,
    STAGES,
    TYPES,
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

    def read(self, documents: Sequence[tuple[Article, Parse, Marks]]) -> list[Reading]:
        """A reading a document, in their order; of each its first MOST_WORDS words."""
        return [self._read(parse, marks) for _, parse, marks in documents]

    def _read(self, parse: Parse, marks: Marks) -> Reading:
        codes = word_codes(parse, marks.amounts, marks.times)
        amounts = [t for t in (number_word(parse.tokens_in(*span)) for span in marks.amounts) if t is not None]
        triggers: list[TriggerReading] = []
        money: list[AmountReading] = []
        mentions: dict[int, MentionReading] = {}
        for window in windows_of(parse, self._pieces):
            if window.first >= MOST_WORDS:
                break
            words = self._words(parse, window, codes)
            anchors = list(self._triggers(words))
            sums = list(self._amounts(words, [t for t in amounts if window.first <= t.index < window.last]))
            triggers += anchors
            money += sums
            asked = _words_of_actors((*anchors, *sums)) - mentions.keys()
            mentions |= {w: MentionReading(w, self._links(words, w - words.begin, MENTION)) for w in sorted(asked)}
        return Reading(tuple(triggers), tuple(money), tuple(m for _, m in sorted(mentions.items()) if m.links))

    def _words(self, parse: Parse, window: Window, codes: NDArray[np.int16]) -> _Words:
        vectors = self._heads.words(self._vectors(window), codes[window.begin : window.last])
        tokens = parse.tokens[window.begin : window.last]
        return _Words(window.begin, window.first - window.begin, tokens, vectors, self._heads.pairs(vectors))

    def _vectors(self, window: Window) -> Floats:
        """(words, width) of a window: the mean of each word's pieces."""
        hidden = self._encoder.run(window.pieces)[window.word_of >= 0]
        of_word = window.word_of[window.word_of >= 0] - window.begin
        starts = np.flatnonzero(np.r_[True, of_word[1:] != of_word[:-1]])
        sums: Floats = np.add.reduceat(hidden, starts, axis=0)
        means: Floats = sums / np.diff(np.r_[starts, len(of_word)])[:, None].astype(np.float32)
        return means

    def _triggers(self, words: _Words) -> Iterator[TriggerReading]:
        scores = self._heads.triggers(words.vectors)
        chosen = [i for i in np.flatnonzero(1 - scores[:, 0] >= FLOOR).tolist() if i >= words.context]
        if not chosen:
            return
        heads = self._heads.anchors(words.vectors[chosen])
        for k, i in enumerate(chosen):
            some = float(1 - scores[i, 0])
            type_ = _choice(TYPES, scores[i, 1:] / some)
            yield TriggerReading(
                words.begin + i, round(some, 3), type_, _choice(_MODES, heads["mode"][k]),
                _choice(FACTUALITIES, heads["factuality"][k]), self._links(words, i, 1 + TYPES.index(type_.label)),
            )  # fmt: skip

    def _amounts(self, words: _Words, here: list[Token]) -> Iterator[AmountReading]:
        if not here:
            return
        at = [t.index - words.begin for t in here]
        heads = self._heads.anchors(words.vectors[at])
        for k, i in enumerate(at):
            yield AmountReading(
                words.begin + i, _choice(KINDS, heads["kind"][k]), _choice(STAGES, heads["stage"][k]),
                _choice(FACTUALITIES, heads["factuality"][k]), self._links(words, i, AMOUNT),
            )  # fmt: skip

    def _links(self, words: _Words, anchor: int, type_: int) -> tuple[Link, ...]:
        """What an anchor leads to; `type_` as in `labels`: an amount, a trigger of a type or a mention."""
        paths = paths_from(words.tokens[anchor], words.tokens)
        scores = self._heads.links(words.vectors[anchor], words.vectors, words.pairs, type_, paths)
        found: list[Link] = []
        for r, relation in enumerate(RELATIONS):
            if relation not in _RELATIONS_OF[type_ if type_ in (AMOUNT, MENTION) else 1]:
                continue
            column = scores[:, r]
            if relation in SEVERAL:
                p = 1 / (1 + np.exp(-column))
            else:  # one of the words, or none, which scores 0
                top = max(float(column.max()), 0.0)
                e = np.exp(column - top)
                p = e / (e.sum() + np.exp(-top))
            order = np.argsort(-p, kind="stable")[:_MOST_LINKS]
            found += [Link(relation, words.begin + int(w), round(float(p[w]), 3)) for w in order if p[w] >= FLOOR]
        return tuple(found)


_OF_ACTORS = frozenset({"source", "recipient", "payer", "payee", "attributed"})
_OF_ALL = frozenset(RELATIONS) - OF_MENTIONS
# What is asked of an amount, a trigger (1, whatever its type) and a mention.
_RELATIONS_OF = {
    AMOUNT: _OF_ALL - {"source", "recipient", "place"},
    1: _OF_ALL - {"payer", "payee", "total", "purpose_first", "purpose_last"},
    MENTION: OF_MENTIONS,
}


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
