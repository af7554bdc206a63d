"""A document as windows of word pieces: whole sentences, with what stands before them as context.

One tokenization for training and for reading. Word pieces are made word by word, so that every token of the parse
has its pieces; a sentence that is longer than a window is cut between words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from pipelines.language.parse import Parse

_PIECES_OF_A_WORD = 8
_MOST_WORDS_KNOWN = 100_000  # whose pieces a worker keeps


@dataclass(frozen=True, slots=True)
class WindowSizes:
    """Word pieces of a window with its marks and its context, and how many of them what stands before may take."""

    longest: int
    context: int


# Of a release that does not say how it was trained.
NARROW = WindowSizes(224, 32)


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens first:last of a document are read here; begin:first are context alone.

    `pieces` are ids with the model's first and last marks; `word_of` tells for each piece its token (-1 for marks).
    """

    begin: int
    first: int
    last: int
    pieces: np.ndarray
    word_of: np.ndarray


class Pieces:
    """Word pieces of tokens by a WordPiece tokenizer file, with its begin and end marks."""

    def __init__(self, path: Path, begin: str = "<s>", end: str = "</s>", unknown: str = "[UNK]") -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.begin = int(self._tokenizer.token_to_id(begin) or 0)
        self.end = int(self._tokenizer.token_to_id(end) or 0)
        self.unknown = int(self._tokenizer.token_to_id(unknown) or 0)
        self.of_word = lru_cache(_MOST_WORDS_KNOWN)(self._of_word)

    def _of_word(self, word: str) -> tuple[int, ...]:
        found = self._tokenizer.encode(word, add_special_tokens=False).ids
        return tuple(map(int, found[:_PIECES_OF_A_WORD])) or (self.unknown,)


def windows_of(parse: Parse, pieces: Pieces, sizes: WindowSizes) -> Iterator[Window]:
    """The windows of a document in order: every token is read in exactly one. The first needs no context and holds more."""
    words = [pieces.of_word(t.text[:200]) for t in parse.tokens]
    counts = [len(w) for w in words]
    for first, last in _runs([(s.first, s.last) for s in parse.sentences], counts, sizes):
        begin, room = first, sizes.context
        while begin and counts[begin - 1] <= room:
            begin -= 1
            room -= counts[begin]
        ids, word_of = [pieces.begin], [-1]
        for i in range(begin, last):
            ids += words[i]
            word_of += [i] * counts[i]
        ids.append(pieces.end)
        word_of.append(-1)
        yield Window(begin, first, last, np.array(ids, dtype=np.int32), np.array(word_of, dtype=np.int32))


def _runs(sentences: Sequence[tuple[int, int]], counts: Sequence[int], sizes: WindowSizes) -> Iterator[tuple[int, int]]:
    """Runs of whole sentences that fit beside a context; a long sentence in pieces."""
    room = sizes.longest - 2
    start: int | None = None
    taken = 0
    for first, last in sentences:
        size = sum(counts[first:last])
        if start is not None and taken + size > room:
            yield start, first
            start, room = None, sizes.longest - sizes.context - 2
        if start is None:
            start, taken = first, 0
        if size > room:  # alone, and cut
            at, taken = first, 0
            for i in range(first, last):
                if taken + counts[i] > room:
                    yield at, i
                    at, taken, room = i, 0, sizes.longest - sizes.context - 2
                taken += counts[i]
            start = at
            continue
        taken += size
    if start is not None and sentences:
        yield start, sentences[-1][1]
