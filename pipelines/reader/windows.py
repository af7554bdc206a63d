"""A document as windows of word pieces: whole sentences, with the sentence before them as context.

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

LONGEST = 224  # word pieces of a window with its context
CONTEXT = 32  # word pieces that the sentence before may take of them
_PIECES_OF_A_WORD = 8
_MOST_WORDS_KNOWN = 100_000  # whose pieces a worker keeps


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


def windows_of(parse: Parse, pieces: Pieces) -> Iterator[Window]:
    """The windows of a document in order: every token is read in exactly one."""
    words = [pieces.of_word(t.text[:200]) for t in parse.tokens]
    sizes = [len(w) for w in words]
    runs = list(_runs([(s.first, s.last) for s in parse.sentences], sizes))
    for number, (first, last) in enumerate(runs):
        begin = first
        if number:
            begin = _context(parse, first, sizes)
        ids, word_of = [pieces.begin], [-1]
        for i in range(begin, last):
            ids += words[i]
            word_of += [i] * sizes[i]
        ids.append(pieces.end)
        word_of.append(-1)
        yield Window(begin, first, last, np.array(ids, dtype=np.int32), np.array(word_of, dtype=np.int32))


def _runs(sentences: Sequence[tuple[int, int]], sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of whole sentences that fit beside a context; a long sentence in pieces."""
    room = LONGEST - CONTEXT - 2
    start: int | None = None
    taken = 0
    for first, last in sentences:
        size = sum(sizes[first:last])
        if start is not None and taken + size > room:
            yield start, first
            start = None
        if start is None:
            start, taken = first, 0
        if size > room:  # alone, and cut
            at, taken = first, 0
            for i in range(first, last):
                if taken + sizes[i] > room:
                    yield at, i
                    at, taken = i, 0
                taken += sizes[i]
            start = at
            continue
        taken += size
    if start is not None and sentences:
        yield start, sentences[-1][1]


def _context(parse: Parse, first: int, sizes: Sequence[int]) -> int:
    """Where the context begins: the end of the sentence before (or of this one, where it was cut), as far as it fits."""
    sentence = parse.tokens[first - 1].sentence
    begin, room = first, CONTEXT
    while begin and parse.tokens[begin - 1].sentence == sentence and sizes[begin - 1] <= room:
        begin -= 1
        room -= sizes[begin]
    return begin
