"""Reads documents: windows through the encoder, words through the heads, scores to a `Reading`.

Each window goes through alone, so that a reading does not depend on what else is in the batch (an int8 encoder scales what
it multiplies by the largest value that it sees).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pipelines.language.parse import Article, Parse, Token
from pipelines.reader.heads import Floats, Heads
from pipelines.reader.labels import FACTUALITIES, KINDS, MODES, RELATIONS, SEVERAL, STAGES, TYPES
from pipelines.reader.readings import AmountReading, Choice, Link, Marks, Reading, TriggerReading
from pipelines.reader.release import Release
from pipelines.reader.windows import Window, windows_of
from pipelines.reader.words import paths_from, word_codes

FLOOR = 0.05  # what is less sure is not kept
# Words of a document that are read: beyond the length of any article. A file of a million would take minutes, and be data.
MOST_WORDS = 20_000
_MOST_LINKS = 6
_MODES = ("", *MODES)


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
        for window in windows_of(parse, self._pieces):
            if window.first >= MOST_WORDS:
                break
            tokens = parse.tokens[window.begin : window.last]
            x = self._heads.words(self._vectors(window), codes[window.begin : window.last])
            triggers += self._triggers(x, tokens, window)
            here = [t for t in amounts if window.first <= t.index < window.last]
            money += self._amounts(x, tokens, window, here)
        return Reading(tuple(triggers), tuple(money))

    def _vectors(self, window: Window) -> Floats:
        """(words, width) of a window: the mean of each word's pieces."""
        hidden = self._encoder.run(window.pieces)[window.word_of >= 0]
        of_word = window.word_of[window.word_of >= 0] - window.begin
        starts = np.flatnonzero(np.r_[True, of_word[1:] != of_word[:-1]])
        sums: Floats = np.add.reduceat(hidden, starts, axis=0)
        means: Floats = sums / np.diff(np.r_[starts, len(of_word)])[:, None].astype(np.float32)
        return means

    def _triggers(self, x: Floats, tokens: list[Token], window: Window) -> Iterator[TriggerReading]:
        offset = window.first - window.begin
        scores = self._heads.triggers(x)
        chosen = [i for i in np.flatnonzero(1 - scores[:, 0] >= FLOOR).tolist() if i >= offset]
        if not chosen:
            return
        heads = self._heads.anchors(x[chosen])
        for k, i in enumerate(chosen):
            some = float(1 - scores[i, 0])
            type_ = _choice(TYPES, scores[i, 1:] / some)
            links = self._links(x, i, 1 + TYPES.index(type_.label), tokens, window.begin)
            yield TriggerReading(
                window.begin + i, round(some, 3), type_, _choice(_MODES, heads["mode"][k]),
                _choice(FACTUALITIES, heads["factuality"][k]), links,
            )  # fmt: skip

    def _amounts(self, x: Floats, tokens: list[Token], window: Window, here: list[Token]) -> Iterator[AmountReading]:
        if not here:
            return
        at = [t.index - window.begin for t in here]
        heads = self._heads.anchors(x[at])
        for k, i in enumerate(at):
            yield AmountReading(
                window.begin + i, _choice(KINDS, heads["kind"][k]), _choice(STAGES, heads["stage"][k]),
                _choice(FACTUALITIES, heads["factuality"][k]), self._links(x, i, 0, tokens, window.begin),
            )  # fmt: skip

    def _links(self, x: Floats, anchor: int, type_: int, tokens: list[Token], begin: int) -> tuple[Link, ...]:
        scores = self._heads.links(x[anchor], x, type_, paths_from(tokens[anchor], tokens))
        found: list[Link] = []
        for r, relation in enumerate(RELATIONS):
            if (relation in _OF_AMOUNTS) if type_ else (relation in _OF_TRIGGERS):
                continue
            column = scores[:, r]
            if relation in SEVERAL:
                p = 1 / (1 + np.exp(-column))
            else:  # one of the words, or none, which scores 0
                top = max(float(column.max()), 0.0)
                e = np.exp(column - top)
                p = e / (e.sum() + np.exp(-top))
            order = np.argsort(-p, kind="stable")[:_MOST_LINKS]
            found += [Link(relation, begin + int(w), round(float(p[w]), 3)) for w in order if p[w] >= FLOOR]
        return tuple(found)


_OF_AMOUNTS = frozenset({"payer", "payee", "total", "purpose_first", "purpose_last"})
_OF_TRIGGERS = frozenset({"source", "recipient", "place"})


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
