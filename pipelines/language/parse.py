"""The parse of one document, free of any NLP library.

Holds the data that extraction reads: tokens with their dependency tree, sentences and named-entity spans.
It does not make parses (`model` does) nor store them (`annotations` does).

All offsets are Unicode code points into the document's cleaned text, half-open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Article:
    """What extraction may know of a document beside its parse.

    `text` is the cleaned body: title, dateline and byline are not in it.
    `dateline_country` is ISO 3166-1 alpha-3.
    """

    document_id: str
    text: str
    title: str | None = None
    published_on: date | None = None
    publisher: str | None = None
    dateline_place: str | None = None
    dateline_country: str | None = None


@dataclass(slots=True, eq=False, repr=False)
class Token:
    """One token. `dep` and `pos` follow spaCy's English labels (ClearNLP dependencies, UD parts of speech).

    `head` is the token itself for the root of a sentence. `children` are in text order.
    `entity` is the OntoNotes label of the entity the token is in, or "".
    """

    index: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    entity: str
    sentence: int
    head: Token = field(init=False)
    children: Sequence[Token] = field(init=False, default=())

    def __repr__(self) -> str:
        return f"<{self.text}/{self.pos}/{self.dep}>"

    @property
    def is_root(self) -> bool:
        return self.head is self

    def ancestors(self) -> Iterator[Token]:
        """Heads from the nearest up to the root of the sentence."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def subtree(self) -> list[Token]:
        """The token and everything below it, in text order."""
        found, stack = [], [self]
        while stack:
            token = stack.pop()
            found.append(token)
            stack.extend(token.children)
        found.sort(key=lambda t: t.index)
        return found

    def children_by(self, *deps: str) -> list[Token]:
        """Children whose dependency label is one of `deps`, in text order."""
        return [c for c in self.children if c.dep in deps]

    def child(self, *deps: str) -> Token | None:
        """First child with one of the labels `deps`, or None."""
        for c in self.children:
            if c.dep in deps:
                return c
        return None

    def conjuncts(self) -> list[Token]:
        """The token and what is coordinated with it to its right ("A, B and C" from A)."""
        found, token = [self], self
        while (following := token.child("conj")) is not None:
            found.append(following)
            token = following
        return found


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: tokens first:last (half-open), characters start:end."""

    index: int
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EntitySpan:
    """A named entity as the model saw it: tokens first:last (half-open), OntoNotes label."""

    first: int
    last: int
    label: str


class Parse:
    """Tokens, sentences and entity spans of one document; token indices run over the whole document."""

    __slots__ = ("_starts", "entities", "sentences", "text", "tokens")

    def __init__(self, text: str, tokens: list[Token], sentences: list[Sentence], entities: list[EntitySpan]) -> None:
        self.text = text
        self.tokens = tokens
        self.sentences = sentences
        self.entities = entities
        self._starts = [t.start for t in tokens]

    def sentence_tokens(self, index: int) -> list[Token]:
        s = self.sentences[index]
        return self.tokens[s.first : s.last]

    def root(self, index: int) -> Token:
        """Root of a sentence's dependency tree (the first, where the parser left several)."""
        tokens = self.sentence_tokens(index)
        return next((t for t in tokens if t.is_root), tokens[0])

    def token_at(self, char: int) -> Token | None:
        """Token that covers a character, or None between tokens."""
        i = bisect_right(self._starts, char) - 1
        return self.tokens[i] if i >= 0 and char < self.tokens[i].end else None

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """Tokens that overlap the characters start:end, in text order."""
        lo = bisect_right(self._starts, start) - 1
        if lo < 0 or self.tokens[lo].end <= start:
            lo += 1
        return self.tokens[lo : bisect_left(self._starts, end)]

    def head_of(self, tokens: list[Token]) -> Token:
        """The token of a contiguous group whose head lies outside it (the last such, as English heads go)."""
        inside = {t.index for t in tokens}
        heads = [t for t in tokens if t.is_root or t.head.index not in inside]
        return heads[-1] if heads else tokens[-1]
