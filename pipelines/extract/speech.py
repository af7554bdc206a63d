"""Where quotations stand in a text, and the words beside them that tell of a speaker: structure alone, no actors."""

from __future__ import annotations

import re

from pipelines.extract.syntax import SPEECH_VERBS, subject_of
from pipelines.language.parse import Parse, Token
from pipelines.reference.word_lists import word_list

# Double marks alone: single ones are apostrophes and quotations inside quotations far more often.
_MARKS = re.compile(r"[\"“”«»]|``|''")
_LONGEST = 3000
# Verbs that tell of speech where they stand right beside a quotation.
_QUOTING = SPEECH_VERBS | word_list("speech_words.csv", "verbs beside quotations")
_MARK_TEXTS = frozenset(['"', "``", "''", "“", "”", "«", "»", "'", "`"])
_OPEN = frozenset({"``", "“", "«"})
_CLOSE = frozenset({"''", "”", "»"})


def quotation_spans(text: str) -> list[tuple[int, int]]:
    """Spans between matching double marks; a paragraph that opens with a mark goes on with an unclosed quotation."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for match in _MARKS.finditer(text):
        mark, at = match[0], match.start()
        paragraph_start = at == 0 or text[at - 1] == "\n"
        if opened is not None and (paragraph_start or at - opened > _LONGEST):
            # The earlier one was left open: it ends with its paragraph.
            close = text.find("\n", opened)
            close = close if 0 <= close < at else at
            spans.append((opened, close))
            opened = None
        if opened is not None and "\n\n" in text[opened:at]:
            # A mark that was never closed: what lies between belongs to no quotation.
            close = text.index("\n\n", opened)
            spans.append((opened, close))
            opened = None
        if opened is None:
            if mark in _CLOSE and mark != "''":
                continue
            opened = match.end()
        elif mark in _OPEN:
            continue
        else:
            spans.append((opened, at))
            opened = None
    if opened is not None and text[opened:].count("\n") == 0 and len(text) - opened < _LONGEST:
        spans.append((opened, len(text)))
    return spans


class SpeechFinder:
    """Finds the verb and the subject that introduce a quotation, by the words around it."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse

    def speaker(self, inner: list[Token], start: int, end: int) -> tuple[Token | None, bool]:
        """(head word of who says the quotation start:end, whether its words are told as speech at all). `inner` are its tokens."""
        verb = self._introducing(inner, start) or self._verb_after(inner, end) or self._verb_before(inner, start)
        verb = verb or self._verb_above(inner)
        if verb is not None and (subject := self._subject(verb, inner)) is not None:
            return subject, True
        source = self._according_to(inner)
        return source, verb is not None or source is not None

    def _introducing(self, inner: list[Token], start: int) -> Token | None:
        """The verb right before a quotation, with nothing but a comma or colon between: 'The official said, "…"'."""
        tokens = self.parse.tokens
        at = inner[0].index - 1
        while at >= 0 and tokens[at].text in _MARK_TEXTS:
            at -= 1
        if at < 1 or tokens[at].text not in (",", ":") or "\n" in self.parse.text[tokens[at].end : start]:
            return None
        verb = tokens[at - 1]
        return verb if verb.lemma in _QUOTING and verb.pos == "VERB" else None

    def _according_to(self, inner: list[Token]) -> Token | None:
        """X of "according to X" right before or behind a quotation."""
        first, last, tokens = inner[0].index, inner[-1].index, self.parse.tokens
        for token in (*tokens[max(0, first - 10) : first], *tokens[last + 1 : last + 5]):
            if token.lower == "according" and token.sentence in (inner[0].sentence, inner[-1].sentence):
                to = token.child("prep")
                return to.child("pobj") if to is not None and to.lower == "to" else token.child("pobj")
        return None

    def _verb_after(self, inner: list[Token], end: int) -> Token | None:
        """ "…," Rumsfeld said / said Rumsfeld."""
        last = inner[-1].index
        for token in self.parse.tokens[last + 1 : last + 14]:
            if token.text in ('"', "“", "``") and token.start > end + 1:
                break
            if token.text in (".", ";") and token.index > last + 2:
                break
            if token.lemma in _QUOTING and token.pos == "VERB" and token.tag not in ("VB",):
                return token
            if "\n" in self.parse.text[end : token.start]:
                break
        return None

    def _verb_before(self, inner: list[Token], start: int) -> Token | None:
        """Rumsfeld said, "…" / told reporters: "…"."""
        first = inner[0].index
        for token in reversed(self.parse.tokens[max(0, first - 12) : first]):
            if token.sentence != inner[0].sentence and token.text in (".", "!", "?", '"', "”", "''"):
                break
            if token.text in (".", "”", "''"):
                break
            between = self.parse.text[token.end : start]
            if "\n" in between and ":" not in between:
                break
            if token.lemma in _QUOTING and token.pos == "VERB":
                return token
        return None

    def _verb_above(self, inner: list[Token]) -> Token | None:
        """A speech verb above the quoted words in the tree, for words quoted in the middle of a sentence."""
        head = self.parse.head_of([t for t in inner if t.sentence == inner[0].sentence])
        for token in (head, *head.ancestors()):
            if (
                token.lemma in SPEECH_VERBS
                and token.pos == "VERB"
                and not inner[0].index <= token.index <= inner[-1].index
            ):
                return token
        return None

    def _subject(self, verb: Token, inner: list[Token]) -> Token | None:
        quoted = range(inner[0].index, inner[-1].index + 1)
        own = verb.child("nsubj", "nsubjpass")
        if own is not None and own.index not in quoted:
            return own
        # "said Rumsfeld" is read as an object at times.
        right = verb.child("dobj")
        if right is not None and right.index not in quoted and verb.lemma == "say" and right.index > verb.index:
            return right
        quoting = verb.head.head if verb.dep == "pcomp" and verb.head.lower == "as" else None
        if quoting is not None and quoting.lemma in ("quote", "cite"):
            return quoting.child("dobj") or quoting.child("nsubjpass")
        found = subject_of(verb)
        if found is not None and found.index not in quoted:
            return found
        for token in self.parse.tokens[verb.index + 1 : verb.index + 4]:
            if token.pos in ("PROPN", "PRON") and token.index not in quoted:
                return token
        return None
