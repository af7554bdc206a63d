"""Quotations: what stands between quotation marks, and who said it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import Participant, Quote
from pipelines.extract.syntax import REPORTING, SPEECH_VERBS, clause_of, subject_of
from pipelines.language.parse import Article, Parse, Token

# Double marks alone: single ones are apostrophes and quotations inside quotations far more often.
_MARKS = re.compile(r"[\"“”«»]|``|''")
_FEWEST_WORDS = 3
_LONGEST = 3000
_HE = frozenset({"he", "she"})
# Verbs that tell of speech where they stand right beside a quotation.
_QUOTING = SPEECH_VERBS | frozenset([
    "continue", "object", "thunder", "shout", "yell", "scream", "exclaim", "retort", "lament", "plead", "snap",
    "whisper", "marvel", "muse", "chant", "protest", "remember", "advise", "agree", "promise", "tweet", "post"
])  # fmt: skip
_SPEECH_REACH = 5  # sentences over which one who spoke goes on as "he"
_MARK_TEXTS = frozenset(['"', "``", "''", "“", "”", "«", "»", "'", "`"])
_OPEN = frozenset({"``", "“", "«"})
_CLOSE = frozenset({"''", "”", "»"})


def find_quotes(article: Article, parse: Parse, actors: DocumentActors) -> list[Quote]:
    """Direct quotations in text order, then indirect ones (the clause that a speech verb reports)."""
    text = article.text
    starts = [s.start for s in parse.sentences]
    if not starts:
        return []
    speakers = _Speakers(parse, actors)
    quotes: list[Quote] = []
    for start, end in _spans(text):
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if len(text[start:end].split()) < _FEWEST_WORDS:
            continue
        speaker, words = speakers.of(start, end)
        if speaker is None and not speakers.is_speech(start, end):
            continue
        sentence = max(bisect_right(starts, start) - 1, 0)
        quotes.append(Quote(sentence, start, end, text[start:end], True, speaker, words))
    quotes += _indirect(parse, actors, [(q.start_char, q.end_char) for q in quotes])
    quotes.sort(key=lambda q: (q.start_char, not q.is_direct))
    return quotes


def _spans(text: str) -> list[tuple[int, int]]:
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


class _Speakers:
    """Finds who says a quotation: in its own sentence, around it, or the one who spoke before."""

    def __init__(self, parse: Parse, actors: DocumentActors) -> None:
        self.parse, self.actors = parse, actors
        self._last: tuple[int, int | None, str | None] | None = None  # end of quotation, speaker, words
        self._cue = False
        self._spoke = self._named_speakers()

    def is_speech(self, start: int, end: int) -> bool:
        """Whether a quotation without a known speaker is speech: a clause or two, not a title or a term."""
        inner = self.parse.tokens_in(start, end)
        has_verb = any(t.pos in ("VERB", "AUX") and t.tag not in ("VBG", "VBN") for t in inner)
        return has_verb or len(inner) >= 8 or self._cue

    def of(self, start: int, end: int) -> tuple[int | None, str | None]:
        """(entity, the speaker's words) of the quotation at start:end; both None where the text does not tell."""
        self._cue = False
        inner = self.parse.tokens_in(start, end)
        if not inner:
            return None, None
        verb = self._introducing(inner, start) or self._verb_after(inner, end) or self._verb_before(inner, start)
        verb = verb or self._verb_above(inner)
        if verb is not None:
            self._cue = True
            subject = self._subject(verb, inner)
            if subject is not None:
                return self._keep(start, end, subject)
        source = self._according_to(inner)
        if source is not None:
            self._cue = True
            return self._keep(start, end, source)
        # The next words of the one who spoke just before, in the same paragraph or the next.
        if self._last is not None:
            last_end, speaker, words = self._last
            between = self.parse.text[last_end:start]
            if len(between) < 400 and between.count("\n\n") <= 1 and self._nobody_else(last_end, start):
                self._last = (end, speaker, words)
                return speaker, words
        return self._reporting_before(inner, start, end)

    def _reporting_before(self, inner: list[Token], start: int, end: int) -> tuple[int | None, str | None]:
        """A quotation that is a paragraph of its own goes on with what the sentence before it reports somebody to say."""
        before = self.parse.text[:start].rstrip("\"“`'« ")
        sentence = self.parse.sentences[inner[0].sentence]
        if (
            not before.endswith("\n\n")
            or sentence.index == 0
            or self.parse.text[end:].lstrip("\"”'»., ")[:1] not in ("\n", "")
        ):
            return None, None
        verb = self.parse.root(sentence.index - 1)
        subject = verb.child("nsubj") if verb.lemma in REPORTING else None
        return (None, None) if subject is None else self._keep(start, end, subject)

    def _keep(self, start: int, end: int, subject: Token) -> tuple[int | None, str | None]:
        found = self.actors.participants(subject, conjuncts=False)
        speaker = found[0].entity if found else None
        if subject.lower in _HE:
            speaker = self._who_goes_on(subject, found[0] if found else None, start, end)
        elif speaker is None and self._last is not None and self._last[1] is not None:
            # "the foreign minister said", where two are named: the one who has just been quoted.
            role = (self.actors.entities[self._last[1]].role or "").lower()
            speaker = self._last[1] if subject.lemma.lower() in role.split() else None
        words = _phrase(self.parse, subject)
        self._last = (end, speaker, words)
        return speaker, words

    def _who_goes_on(self, pronoun: Token, nearest: Participant | None, start: int, end: int) -> int | None:
        """Who "he said" means: the nearest person, unless that one is only mentioned and another has been speaking.

        Whom the speaker names in the quotation itself, from start to end, is not himself.
        """
        answer = None if nearest is None else nearest.entity
        names = [m for m in self.actors.mentions_before(pronoun) if m.mention_type == "name"]
        mention = next((m for m in names if m.entity == answer), None)
        if mention is not None and start <= mention.start_char < end:
            outside = [m for m in names if not start <= m.start_char < end and self._is_person(m.entity)]
            mention = next((m for m in outside if self.actors.is_subject(m)), outside[0] if outside else None)
            answer = None if mention is None else mention.entity
        if mention is not None and self.actors.is_subject(mention):
            clause = clause_of(self.parse.head_of(self.actors.mention_tokens(mention)))
            if clause.dep not in ("relcl", "acl", "advcl"):
                return answer
        at = bisect_left(self._spoke, pronoun.index, key=lambda s: s[0].index) - 1
        if at >= 0 and pronoun.sentence - self._spoke[at][0].sentence <= _SPEECH_REACH:
            return self._spoke[at][1]
        return answer

    def _is_person(self, entity: int) -> bool:
        return self.actors.entities[entity].actor_type == "person"

    def _named_speakers(self) -> list[tuple[Token, int]]:
        """Persons named as subject of a speech verb, in text order."""
        found: list[tuple[Token, int]] = []
        for mention in self.actors.mentions:
            if mention.mention_type != "name" or self.actors.entities[mention.entity].actor_type != "person":
                continue
            head = self.parse.head_of(self.actors.mention_tokens(mention))
            if head.dep == "nsubj" and head.head.lemma in SPEECH_VERBS and head.head.dep not in ("relcl", "acl"):
                found.append((head, mention.entity))
        found.sort(key=lambda s: s[0].index)
        return found

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

    def _nobody_else(self, start: int, end: int) -> bool:
        """Whether no other person is brought in between two quotations."""
        assert self._last is not None
        speaker = self._last[1]
        for token in self.parse.tokens_in(start, end):
            mention = self.actors.mention_at(token)
            if (
                mention is not None
                and mention.entity != speaker
                and self.actors.entities[mention.entity].actor_type == "person"
            ):
                return False
        return True


def _phrase(parse: Parse, head: Token) -> str:
    """Words of a speaker: the noun phrase, without clauses and appositions that hang on it."""
    first = last = head.index
    for child in head.children:
        if child.dep in ("compound", "amod", "det", "poss", "nmod", "nummod", "flat") and child.index < head.index:
            first = min(first, min(t.index for t in child.subtree()))
        elif child.dep == "prep" and child.index > head.index and child.lower == "of":
            last = max(last, max(t.index for t in child.subtree()))
    last = min(last, head.index + 8)
    return parse.text[parse.tokens[first].start : parse.tokens[last].end]


def _indirect(parse: Parse, actors: DocumentActors, direct: list[tuple[int, int]]) -> list[Quote]:
    """Reported speech: the clause below a speech verb, with its speaker, outside direct quotations."""
    found: list[Quote] = []
    for token in parse.tokens:
        if token.pos != "VERB" or token.lemma not in SPEECH_VERBS:
            continue
        clause = token.child("ccomp")
        if clause is None:
            continue
        subject = subject_of(token)
        if subject is None or subject.lower in ("it", "that", "there"):
            continue
        inside = [t for t in clause.subtree() if t.index > token.index or clause.index < token.index]
        while inside and (inside[0].pos == "PUNCT" or inside[0].lower == "that"):
            inside.pop(0)
        while inside and inside[-1].pos == "PUNCT":
            inside.pop()
        if len(inside) < _FEWEST_WORDS:
            continue
        start, end = inside[0].start, inside[-1].end
        if any(start < e and s < end for s, e in direct):
            continue
        speakers = actors.participants(subject, conjuncts=False)
        found.append(
            Quote(
                token.sentence, start, end, parse.text[start:end], False,
                speakers[0].entity if speakers else None, _phrase(parse, subject),
            )
        )  # fmt: skip
    return found
