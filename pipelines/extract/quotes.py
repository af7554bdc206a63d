"""Quotations: what stands between quotation marks, and who said it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import Participant, Quote
from pipelines.extract.quotation_marks import quotation_spans, touches
from pipelines.extract.speech import SpeechFinder
from pipelines.extract.syntax import REPORTING, SPEECH_VERBS, clause_of, subject_of
from pipelines.extract.turns import turns_of
from pipelines.language.parse import Article, Parse, Token

_FEWEST_WORDS = 3
# What lies between a paragraph that leaves a quotation open and the one that goes on with it.
_GOES_ON = re.compile(r"\s*\n\s*[\"“„«»‘'`‚]{1,2}\s?")
_HE = frozenset({"he", "she"})
_SPEECH_REACH = 5  # sentences over which one who spoke goes on as "he"


def find_quotes(article: Article, parse: Parse, actors: DocumentActors) -> list[Quote]:
    """Direct quotations in text order, then indirect ones (the clause that a speech verb reports)."""
    text = article.text
    starts = [s.start for s in parse.sentences]
    if not starts:
        return []
    speakers = _Speakers(parse, actors)
    quotes = _turns(parse, actors)
    spoken = [(q.start_char, q.end_char) for q in quotes]
    for start, end in quotation_spans(text):
        if touches((start, end), spoken):
            continue
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
    _speakers_of_next(text, quotes)
    quotes += _indirect(parse, actors, [(q.start_char, q.end_char) for q in quotes])
    quotes.sort(key=lambda q: (q.start_char, not q.is_direct))
    return quotes


def _turns(parse: Parse, actors: DocumentActors) -> list[Quote]:
    """Turns of an interview or a briefing: what is said under a name and a colon is a quotation without marks."""

    def speaker(start: int, end: int) -> int | None:
        named = {
            m.entity for t in parse.tokens_in(start, end) for m in actors.mentions_at(t) if m.mention_type == "name"
        }
        persons = [e for e in sorted(named) if actors.entities[e].actor_type == "person"]
        return persons[0] if persons else None

    starts = [s.start for s in parse.sentences]
    return [
        Quote(
            max(bisect_right(starts, t.start) - 1, 0), t.start, t.end, parse.text[t.start : t.end], True,
            speaker(*t.label), parse.text[slice(*t.label)],
        )
        for t in turns_of(parse.text, lambda start, end: speaker(start, end) is not None)
    ]  # fmt: skip


def _speakers_of_next(text: str, quotes: list[Quote]) -> None:
    """A paragraph that leaves its quotation open is said by who says the next one, which goes on with it."""
    for n in reversed(range(len(quotes) - 1)):
        one, following = quotes[n], quotes[n + 1]
        between = text[one.end_char : following.start_char]
        if one.speaker is None and one.speaker_text is None and _GOES_ON.fullmatch(between):
            quotes[n] = replace(one, speaker=following.speaker, speaker_text=following.speaker_text)


class _Speakers:
    """Finds who says a quotation: in its own sentence, around it, or the one who spoke before."""

    def __init__(self, parse: Parse, actors: DocumentActors) -> None:
        self.parse, self.actors = parse, actors
        self._last: tuple[int, int | None, str | None] | None = None  # end of quotation, speaker, words
        self._cue = False
        self._speech = SpeechFinder(parse)
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
        subject, self._cue = self._speech.speaker(inner, start, end)
        if subject is not None:
            return self._keep(start, end, subject)
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
        before = self.parse.text[:start].rstrip("\"“„`'‘‚«»‹ ")
        sentence = self.parse.sentences[inner[0].sentence]
        if (
            not before.endswith("\n\n")
            or sentence.index == 0
            or self.parse.text[end:].lstrip("\"”“'’‘»«›., ")[:1] not in ("\n", "")
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
        if touches((start, end), direct):
            continue
        speakers = actors.participants(subject, conjuncts=False)
        found.append(
            Quote(
                token.sentence, start, end, parse.text[start:end], False,
                speakers[0].entity if speakers else None, _phrase(parse, subject),
            )
        )  # fmt: skip
    return found
