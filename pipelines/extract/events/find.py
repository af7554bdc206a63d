"""Finds the events of a document: triggers in the parse, their sides, circumstances, factuality and attribution."""

from __future__ import annotations

from bisect import bisect_right

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.attribution import attribution_of
from pipelines.extract.events import sides
from pipelines.extract.events.circumstances import Calendar, When, is_at_another_time
from pipelines.extract.events.matching import light_verb_nouns, noun_trigger, verb_trigger
from pipelines.extract.events.places import carry_places, place_of
from pipelines.extract.facts import Event, Participant, Quote, TimeExpression
from pipelines.extract.factuality import factuality_of
from pipelines.extract.syntax import is_passive
from pipelines.language.parse import Article, Parse, Token
from pipelines.reference.plover import Trigger
from pipelines.reference.roles import actor_nouns, role_nouns

_POLITICAL = frozenset(
    {"country", "government_body", "armed_forces", "igo", "armed_group", "political_party", "population"}
)
_COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
_HOSTILE = frozenset({"ASSAULT", "SANCTION", "COERCE", "MOBILIZE"})
# Types whose object clause is what is promised, asked or refused, and no event of its own.
_EMBEDDING = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})
# Types that make no sense without a recipient or a second side.
_TWO_SIDED = frozenset({"CONSULT", "COOPERATE", "ACCUSE", "SUPPORT", "AID", "REQUEST", "THREATEN"})
_SYMMETRIC = frozenset({"CONSULT", "COOPERATE"})
_REACH_BACK = 2  # sentences over which a story goes on on the same day


def find_events(
    article: Article, parse: Parse, actors: DocumentActors, times: list[TimeExpression], quotes: list[Quote]
) -> list[Event]:
    """Events of a document in text order; one for each predicate and set of participants."""
    return _Coder(parse, actors, times, quotes).run()


class _Coder:
    def __init__(self, parse: Parse, actors: DocumentActors, times: list[TimeExpression], quotes: list[Quote]) -> None:
        self.parse, self.actors = parse, actors
        self._direct = [q for q in quotes if q.is_direct and q.speaker is not None]
        self._direct_starts = [q.start_char for q in self._direct]
        self.calendar = Calendar(parse, times)
        self.events: list[Event] = []
        self._used: set[int] = set()
        self._apart: set[tuple[int, int]] = set()  # spans of events told as before or after the others

    def run(self) -> list[Event]:
        for sentence in self.parse.sentences:
            tokens = self.parse.tokens[sentence.first : sentence.last]
            first = len(self.events)
            governed: set[int] = set()
            for token in tokens:
                if token.pos == "VERB":
                    self._verb(token, governed)
            for token in tokens:
                if token.pos == "NOUN" and token.index not in self._used:
                    self._noun(token)
            self._drop_repeated(first)
        self.events.sort(key=lambda e: (e.start_char, e.end_char, e.event_type))
        self._carry_days()
        carry_places(self.events, self._apart, self.actors)
        return self.events

    # -- triggers ----------------------------------------------------------------------------------

    def _verb(self, verb: Token, governed: set[int]) -> None:
        trigger = verb_trigger(verb, self.actors)
        if trigger is None:
            return
        self._used.update(t.index for t in light_verb_nouns(verb))
        if verb.index in governed:
            return
        sources, recipients = sides.of_verb(verb, trigger, self.actors)
        if not sources and _something_else_acts(verb):
            return
        if not self._is_political(trigger, sources, recipients):
            return
        if trigger.type in _EMBEDDING:
            to_do = [c for c in verb.children if sides.is_to_do(c)]
            governed.update(c.index for c in to_do)
            governed.update(c.index for x in to_do for c in x.children if c.dep == "conj")
            governed.update(c.index for c in verb.children if c.dep == "ccomp" and c.tag == "VB")
        self._add(verb, trigger, sources, recipients)

    def _noun(self, noun: Token) -> None:
        trigger = noun_trigger(noun)
        if trigger is None or noun.dep in ("compound", "nmod"):
            return
        sources, recipients = sides.of_noun(noun, trigger, self.actors)
        if len({p.entity for p in (*sources, *recipients)}) < trigger.arguments:
            return
        if not self._is_political(trigger, sources, recipients):
            return
        self._add(noun, trigger, sources, recipients)

    def _is_political(self, trigger: Trigger, sources: list[Participant], recipients: list[Participant]) -> bool:
        """Whether the sides make it a political interaction and not business, sport or private life."""
        both = [*sources, *recipients]
        if not both:
            return False
        if trigger.type in _TWO_SIDED and not (sources and recipients):
            if trigger.type in _SYMMETRIC and len({self._side(p) for p in both}) > 1:
                return True
            if not (
                trigger.type in ("SUPPORT", "ACCUSE", "REQUEST", "THREATEN", "AID")
                and sources
                and self._counts(sources[0])
            ):
                return False
        return any(self._counts(p) for p in both)

    def _counts(self, participant: Participant) -> bool:
        entity = self.actors.entities[participant.entity]
        if entity.actor_type == "person":
            return bool(entity.role or entity.country)
        return entity.actor_type in _POLITICAL

    def _side(self, participant: Participant) -> str:
        entity = self.actors.entities[participant.entity]
        return entity.country or entity.name

    # -- rows --------------------------------------------------------------------------------------

    def _add(self, token: Token, trigger: Trigger, sources: list[Participant], recipients: list[Participant]) -> None:
        start, end = self._span(token)
        when = self.calendar.of(token)
        day = when.start or (self.actors.article.published_on if self.actors.article else None)
        place, place_country = place_of(token, trigger, sources, recipients, self.actors, self.parse, day)
        factuality = factuality_of(token)
        attributed = self._quoted_speaker(token)
        if attributed is None:
            attributed = attribution_of(token, self.actors)
        if is_at_another_time(token):
            self._apart.add((start, end))
        kind = trigger.type
        mode = None if trigger.mode == "sign" else trigger.mode
        self.events.append(
            Event(
                sentence_index=token.sentence, start_char=start, end_char=end, trigger=self.parse.text[start:end],
                event_type=kind, event_mode=mode, plover_type=_plover(trigger, factuality), rule=trigger.rule,
                date_start=when.start, date_end=when.end, date_precision=when.precision, date_basis=when.basis,
                place=place, place_country=place_country, factuality=factuality, attributed_to=attributed,
                confidence=self._confidence(trigger, sources, recipients), sources=sources, recipients=recipients,
            )
        )  # fmt: skip

    def _quoted_speaker(self, token: Token) -> int | None:
        """Who says the direct quotation that a trigger stands in."""
        at = bisect_right(self._direct_starts, token.start) - 1
        if at >= 0 and token.end <= self._direct[at].end_char:
            return self._direct[at].speaker
        return None

    def _span(self, token: Token) -> tuple[int, int]:
        """The trigger word with its particle."""
        for child in token.children:
            if child.dep == "prt" and child.index == token.index + 1:
                return token.start, child.end
        return token.start, token.end

    def _confidence(self, trigger: Trigger, sources: list[Participant], recipients: list[Participant]) -> float:
        base = 0.55 if trigger.pos == "noun" else 0.7 if trigger.objects or trigger.needs else 0.65
        for side in (sources, recipients):
            base += 0.08 * max((p.confidence for p in side), default=-1.0)
        return round(min(max(base, 0.05), 0.95), 3)

    def _drop_repeated(self, first: int) -> None:
        """One event where a sentence tells the same act of the same sides twice; a part of another's sides is the same."""
        kept: list[Event] = []
        for event in sorted(self.events[first:], key=lambda e: -len(e.sources) - len(e.recipients)):
            mine = {self._side(p) for p in (*event.sources, *event.recipients)}
            same = any(
                k.event_type == event.event_type
                and mine <= {self._side(p) for p in (*k.sources, *k.recipients)}
                and (
                    k.rule.split(":")[1] == event.rule.split(":")[1]
                    or event.confidence < 0.6
                    or event.event_type == "CONSULT"
                )
                for k in kept
            )
            if not same:
                kept.append(event)
        self.events[first:] = kept

    def _carry_days(self) -> None:
        """An undated act of somebody whose dated act was told just before is of the same day; the basis says so."""
        last: dict[int, tuple[int, When]] = {}
        for event in self.events:
            if event.factuality != "actual" or (event.start_char, event.end_char) in self._apart:
                continue
            if event.date_start is not None:
                if event.date_precision == "day":
                    when = When(event.date_start, event.date_end, event.date_precision, event.date_basis)
                    last.update({p.entity: (event.sentence_index, when) for p in event.sources})
                continue
            for participant in event.sources:
                sentence, when = last.get(participant.entity, (-99, When()))
                if event.sentence_index - sentence <= _REACH_BACK:
                    event.date_start, event.date_end = when.start, when.end
                    event.date_precision, event.date_basis = when.precision, "document"
                    last[participant.entity] = (event.sentence_index, when)
                    break


def _something_else_acts(verb: Token) -> bool:
    """Whether a thing and not somebody does it: "heavy rain hit the coast", "the plan won support"."""
    if is_passive(verb):
        return False
    doer = verb.child("nsubj")
    if doer is None or doer.pos not in ("NOUN", "PROPN") or doer.entity in ("PERSON", "ORG", "GPE", "NORP"):
        return False
    lemma = doer.lemma.lower()
    return lemma not in actor_nouns() and lemma not in role_nouns() and doer.pos == "NOUN"


def _plover(trigger: Trigger, factuality: str) -> str | None:
    """What PLOVER 0.8 codes: signing is SUPPORT, a planned cooperative act AGREE, a planned hostile one THREATEN."""
    kind = "SUPPORT" if trigger.mode == "sign" else trigger.type
    if factuality == "negated":
        return "REJECT" if kind in _COOPERATIVE | {"AGREE"} else None
    if factuality == "planned":
        if kind in _COOPERATIVE:
            return "AGREE"
        if kind in _HOSTILE:
            return "THREATEN"
    return kind
