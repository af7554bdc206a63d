"""The words beside a quotation that tell who said it: structure alone, no actors."""

from __future__ import annotations

from pipelines.extract.syntax import SPEECH_VERBS, subject_of
from pipelines.language.parse import Parse, Token
from pipelines.reference.word_lists import word_list

# Verbs that tell of speech where they stand right beside a quotation.
_QUOTING = SPEECH_VERBS | word_list("speech_words.csv", "verbs beside quotations")
_MARK_TEXTS = frozenset(['"', "``", "''", "“", "”", "„", ",,", "«", "»", "'", "`", "‘", "’", "‚", "‹", "›"])
_DASHES = frozenset({"—", "–", "--", "-", "―"})
# Words that name who speaks, beside a colon or a dash.
_LONGEST_NAME = 14


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
        source = self._according_to(inner) or self._named_before(inner, start) or self._named_behind(inner, end)
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

    def _named_before(self, inner: list[Token], start: int) -> Token | None:
        """Who is named at the beginning of a line before a colon and a quotation: 'Kofi Darko, finance minister: "…"'."""
        tokens, text = self.parse.tokens, self.parse.text
        at = inner[0].index - 1
        while at >= 0 and tokens[at].text in _MARK_TEXTS:
            at -= 1
        if at < 1 or not tokens[at].text.endswith(":") or "\n" in text[tokens[at].end : start]:
            return None
        line = text.rfind("\n", 0, tokens[at].start) + 1
        first = at
        while (
            first > 0
            and tokens[first - 1].start >= line
            and tokens[first - 1].text not in _MARK_TEXTS | {".", "!", "?"}
        ):
            first -= 1
        return self._name_in(tokens[first:at])

    def _named_behind(self, inner: list[Token], end: int) -> Token | None:
        """Who is named behind a quotation and a dash, at the end of a line: '"…" — Kofi Darko, finance minister'."""
        tokens = self.parse.tokens
        at = inner[-1].index + 1
        while at < len(tokens) and tokens[at].text in _MARK_TEXTS:
            at += 1
        line = self.parse.text.find("\n", end)
        line = line if line >= 0 else len(self.parse.text)
        if at >= len(tokens) or tokens[at].text not in _DASHES or tokens[at].end > line:
            return None
        return self._name_in([t for t in tokens[at + 1 : at + 2 + _LONGEST_NAME] if t.end <= line])

    def _name_in(self, told: list[Token]) -> Token | None:
        """Head of a name that some words are, with an office behind a comma or in brackets; None where they are anything else."""
        if (
            not told
            or len(told) > _LONGEST_NAME
            or told[0].pos != "PROPN"
            or any(t.pos in ("VERB", "AUX") for t in told)
        ):
            return None
        name = next((n for n, t in enumerate(told) if t.text in (",", "(", "[")), len(told))
        return self.parse.head_of(told[:name])

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
