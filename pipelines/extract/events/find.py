"""Finds the events of a document: triggers in the parse, their sides, circumstances, factuality and attribution."""

from __future__ import annotations

import re
from bisect import bisect_right

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.attribution import attribution_of_act
from pipelines.extract.events import sides
from pipelines.extract.events.arguments import of_border, without
from pipelines.extract.events.circumstances import Calendar, When, is_at_another_time
from pipelines.extract.events.confidence import confidence_of, features
from pipelines.extract.events.demands import DEMAND, demand_of
from pipelines.extract.events.first_persons import settle_first_persons
from pipelines.extract.events.funding import Funding
from pipelines.extract.events.matching import (
    adjective_trigger,
    is_imperative,
    light_verb_nouns,
    noun_trigger,
    verb_trigger,
)
from pipelines.extract.events.modes import mode_of
from pipelines.extract.events.places import carry_places, place_of
from pipelines.extract.events.recipients import is_to_do
from pipelines.extract.events.refusals import is_no_event
from pipelines.extract.events.reliability import row_features
from pipelines.extract.events.topics import Topics
from pipelines.extract.facts import Event, Figure, Participant, Quote, TimeExpression
from pipelines.extract.factuality import factuality_of, is_condition
from pipelines.extract.syntax import antecedent, is_passive, object_of, subject_of
from pipelines.language.parse import Article, Parse, Token
from pipelines.reference.plover import Trigger, object_classes
from pipelines.reference.roles import actor_nouns, role_nouns

_POLITICAL = frozenset(
    {"country", "government_body", "armed_forces", "igo", "armed_group", "political_party", "population"}
)
_COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
_YIELDING = frozenset({"CONCEDE", "RETREAT"})
_HOSTILE = frozenset({"ASSAULT", "SANCTION", "COERCE", "MOBILIZE", "PROTEST"})
_AGAINST = frozenset({"ACCUSE", "SANCTION", "THREATEN", "COERCE", "ASSAULT"})
_DONE_TO_PEOPLE = frozenset({"ASSAULT", "COERCE", "SANCTION", "THREATEN"})
# Where a rebel group is one side and no other is told, its state is the other.
_OF_REBELS = frozenset({"ASSAULT", "AGREE", "RETREAT", "REJECT", "THREATEN", "REQUEST", "ACCUSE", "CONSULT"})
_OF_MONEY = frozenset({"AID", "AGREE"})
# Types whose object clause is what is promised, asked or refused, and no event of its own.
_EMBEDDING = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})
# Types that make no sense without a recipient or a second side.
_TWO_SIDED = frozenset({"CONSULT", "COOPERATE", "ACCUSE", "SUPPORT", "AID", "REQUEST", "THREATEN"})
_SYMMETRIC = frozenset({"CONSULT", "COOPERATE"})
# Acts that are speech and nothing else, and those done by saying so.
_SPEECH = frozenset({"SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_SAID = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_BUSINESS = re.compile(
    r"\b(?:executive|chairman|chairwoman|manag|analyst|economist|trader|dealer|broker|owner|founder|coach|financial)",
    re.IGNORECASE,
)
_ASKING = frozenset(["call", "appeal", "push", "press", "ask", "plea", "demand", "plead", "lobby", "campaign", "hope"])
# Things that are attacked, beside those that stand for actors.
_HARMED = frozenset([
    "bus", "car", "train", "vehicle", "truck", "tower", "bridge", "road", "dam", "line", "square", "cargo", "fire",
    "gunfire", "ceasefire", "cease-fire", "truce", "hostage", "captive", "bomb", "device", "grenade", "victim",
    "hundred", "thousand", "dozen", "other", "none", "one", "number", "mine", "explosive", "restaurant", "cafe",
    "hotel", "stadium", "theater", "concert", "club", "bar", "shrine", "temple", "synagogue", "office", "wedding"
])  # fmt: skip
_ONLY_FEARED = frozenset(["event", "threat", "risk", "possibility", "danger", "fear", "case"])
_REACH_BACK = 2  # sentences over which a story goes on on the same day


def find_events(
    article: Article,
    parse: Parse,
    actors: DocumentActors,
    times: list[TimeExpression],
    quotes: list[Quote],
    figures: list[Figure],
) -> list[Event]:
    """Events of a document in text order; one for each predicate and set of participants."""
    return _Coder(parse, actors, times, quotes, figures).run()


class _Coder:
    def __init__(
        self,
        parse: Parse,
        actors: DocumentActors,
        times: list[TimeExpression],
        quotes: list[Quote],
        figures: list[Figure],
    ) -> None:
        self.parse, self.actors = parse, actors
        self.funding = Funding(parse, figures)
        self._direct = [q for q in quotes if q.is_direct and q.speaker is not None]
        self._direct_starts = [q.start_char for q in self._direct]
        settle_first_persons(self._direct, actors)
        self.calendar = Calendar(parse, times)
        self.topics = Topics(parse)
        self.events: list[Event] = []
        self._used: set[int] = set()
        self._nominal: set[tuple[int, int]] = set()  # spans of events told by nouns
        self._apart: set[tuple[int, int]] = set()  # spans of events told as before or after the others

    def run(self) -> list[Event]:
        for sentence in self.parse.sentences:
            if self.topics.is_of_sport(sentence.index):
                continue
            tokens = self.parse.tokens[sentence.first : sentence.last]
            first = len(self.events)
            governed: set[int] = set()
            for token in tokens:
                if token.pos in ("VERB", "AUX"):
                    self._demand(token, governed)
                if token.pos == "VERB":
                    self._verb(token, governed)
                elif token.pos == "ADJ":
                    self._adjective(token, governed)
            for token in tokens:
                if token.pos == "NOUN" and token.index not in self._used:
                    self._noun(token)
            self._share_recipients(first)
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
        self._used.update(
            inner.index
            for c in verb.children_by("prep")
            if (inner := c.child("pobj")) is not None and inner.lemma.lower() in trigger.objects
        )
        if verb.index in governed or is_imperative(verb) or verb.dep == "amod" or _is_to_blame(verb):
            return
        sources, recipients = sides.of_verb(verb, trigger, self.actors)
        if trigger.type in _OF_MONEY:
            sources, recipients = self.funding.complete(verb, sources, recipients)
        if not sources and (
            _something_else_acts(verb, trigger) or (trigger.type != "PROTEST" and _is_without_subject(verb))
        ):
            return
        if not recipients and (
            "frame" in trigger.needs or (trigger.type == "SUPPORT" and not _is_mutual(trigger, sources))
        ):
            return
        if not sources and (trigger.type == "MOBILIZE" or _only_describes(verb)):
            return
        if trigger.type == "PROTEST":
            sources = sources or sides.of_people(verb, self.actors)
            recipients = recipients or sides.at_home(sources, self.actors)
        elif not recipients and trigger.type in _DONE_TO_PEOPLE:
            recipients = sides.of_unnamed(verb, trigger, sources, self.actors)
        if not recipients and trigger.type in _OF_REBELS:
            recipients = sides.at_home(self._rebels(sources), self.actors)
        if trigger.type == "MOBILIZE" and not recipients:
            recipients = without(of_border(verb, self.actors), sources, self.actors)
        if (
            trigger.type == "ASSAULT"
            and not _is_mutual(trigger, sources)
            and not self._has_target(verb, trigger, recipients)
        ):
            return
        if trigger.type == "AID" and not (recipients or trigger.objects):
            return  # "financed the purchase": nobody is helped
        if trigger.mode == "ceasefire" and not sources and verb.child("nsubj", "nsubjpass") is None:
            return
        if not self._is_political(trigger, sources, recipients):
            return
        if trigger.type in _EMBEDDING or trigger.mode == "ceasefire":  # "stopped shelling": the end alone is an event
            self._govern(verb, governed)
        self._add(verb, trigger, sources, recipients)

    def _has_target(self, verb: Token, trigger: Trigger, recipients: list[Participant]) -> bool:
        """Whether it is somebody or something that can be harmed; not "kill a deal between Chad and Kenya"."""
        if trigger.objects or trigger.mode == "seize":
            return True
        target = object_of(verb)
        if _may_be_attacked(target):
            return True
        return bool(recipients) and (
            target is None or target.pos != "NOUN" or self.actors.entity_at(target) is not None
        )

    def _rebels(self, sources: list[Participant]) -> list[Participant]:
        """Those of the sources that are armed groups: they fight the state that they belong to, where no other is told."""
        return [p for p in sources if self.actors.entities[p.entity].actor_type == "armed_group"]

    def _govern(self, word: Token, governed: set[int]) -> None:
        """Note what a word's clause is about: it is told by the word's own event."""
        to_do = [c for c in word.children if is_to_do(c)]
        governed.update(c.index for c in to_do)
        governed.update(c.index for x in to_do for c in x.children if c.dep in ("conj", "xcomp"))
        governed.update(c.index for c in word.children if c.dep == "ccomp" and c.tag == "VB")
        if (agreed := word.child("dobj")) is not None:  # "reached a consensus to exchange data"
            governed.update(c.index for c in agreed.children if c.dep == "acl" and c.tag == "VB")

    def _adjective(self, word: Token, governed: set[int]) -> None:
        """ "Is willing to withdraw": an offer."""
        trigger = adjective_trigger(word, self.actors)
        if trigger is None or word.index in governed:
            return
        what = next((c for c in word.children if is_to_do(c)), None)
        if what is None:
            return
        inner = verb_trigger(what, self.actors)
        if (inner is not None and inner.type in _HOSTILE) or what.lemma.lower() in object_classes()["revenge"]:
            return
        doer = subject_of(word) or (subject_of(word.head) if word.head.pos in ("VERB", "AUX") else None)
        sources = self.actors.participants(antecedent(doer)) if doer is not None else []
        recipients = sides.of_promise(what, sources, self.actors)
        if not sources or not self._is_political(trigger, sources, recipients) or not (recipients or inner):
            return
        self._govern(word, governed)
        self._add(word, trigger, sources, recipients)

    def _demand(self, verb: Token, governed: set[int]) -> None:
        """ "Iran must stop, the minister said": what a speaker says another has to do is demanded of him."""
        found = demand_of(verb, self.actors)
        if found is None:
            return
        sources, recipients = found
        if not any(self._counts(p) for p in recipients):
            return
        governed.add(verb.index)
        governed.update(c.index for c in verb.children if c.dep in ("xcomp", "conj"))
        self._add(verb, DEMAND, sources, recipients)

    def _noun(self, noun: Token) -> None:
        trigger = noun_trigger(noun)
        if trigger is None or noun.dep in ("compound", "nmod") or _is_called_for(noun):
            return
        if trigger.lemma == "release" and not self._is_of_captives(noun):
            return
        sources, recipients = sides.of_noun(noun, trigger, self.actors)
        if len({p.entity for p in (*sources, *recipients)}) < trigger.arguments and not (
            recipients and trigger.type == "ASSAULT" and _is_told(noun)
        ):
            return
        if trigger.type == "AID" and not recipients:
            return
        if not self._is_political(trigger, sources, recipients):
            return
        self._add(noun, trigger, sources, recipients)

    def _is_of_captives(self, release: Token) -> bool:
        """Whether it is somebody who is released, and no statement or book."""
        held = [c.child("pobj") for c in release.children if c.dep == "prep" and c.lower == "of"]
        return any(
            t is not None and (_is_somebody(t.lemma.lower()) or self._is_person(t))
            for t in (*held, release.child("poss"))
        )

    def _is_person(self, token: Token) -> bool:
        entity = self.actors.entity_at(token)
        return entity is not None and entity.actor_type in ("person", "population")

    def _is_political(self, trigger: Trigger, sources: list[Participant], recipients: list[Participant]) -> bool:
        """Whether the sides make it a political interaction and not business, sport or private life."""
        both = [*sources, *recipients]
        if not both:
            return False
        if (
            trigger.type == "AID"
            and sources
            and all(self.actors.entities[p.entity].actor_type == "company" for p in sources)
        ):
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
            return bool(entity.country or (entity.role and not _BUSINESS.search(entity.role)))
        return entity.actor_type in _POLITICAL

    def _side(self, participant: Participant) -> str:
        entity = self.actors.entities[participant.entity]
        return entity.country or entity.name

    def _share_recipients(self, first: int) -> None:
        """ "Accused Russia of X and imposed sanctions": what has no recipient of its own goes against the same one."""
        by_verb = {self._at(e).index: e for e in self.events[first:]}
        for index, event in by_verb.items():
            verb = self.parse.tokens[index]
            if event.recipients or verb.dep != "conj" or event.event_type not in _AGAINST:
                continue
            other = by_verb.get(verb.head.index)
            if other is not None and other.event_type in _AGAINST and verb.child("nsubj", "nsubjpass") is None:
                event.recipients = [Participant(p.entity, p.mention, p.confidence * 0.7) for p in other.recipients]

    def _at(self, event: Event) -> Token:
        token = self.parse.token_at(event.start_char)
        assert token is not None
        return token

    # -- rows --------------------------------------------------------------------------------------

    def _add(self, token: Token, trigger: Trigger, sources: list[Participant], recipients: list[Participant]) -> None:
        if is_no_event(token, trigger, sources, self.actors):
            return
        start, end = self._span(token)
        if trigger.pos == "noun":
            self._nominal.add((start, end))
        when = self.calendar.of(token, is_said=trigger.type in _SAID)
        day = when.start or (self.actors.article.published_on if self.actors.article else None)
        place, place_country = place_of(token, trigger, sources, recipients, self.actors, self.parse, day)
        factuality = factuality_of(token)
        if factuality in ("possible", "negated") and not (sources and recipients) and is_condition(token):
            return  # "if they attacked": told of nobody in particular
        attributed = self._quoted_speaker(token)
        if attributed is None:
            attributed = attribution_of_act(token, sources, trigger.type in _SPEECH, self.actors)
        elif attributed in {p.entity for p in sources}:
            attributed = None  # who tells of his own act
        if is_at_another_time(token):
            self._apart.add((start, end))
        kind = trigger.type
        seen = (token, trigger, sources, recipients, factuality, self.actors, self.parse.sentences[token.sentence])
        mode = mode_of(token, trigger, sources, recipients)
        self.events.append(
            Event(
                sentence_index=token.sentence, start_char=start, end_char=end, trigger=self.parse.text[start:end],
                event_type=kind, event_mode=mode, plover_type=_plover(trigger, factuality), rule=trigger.rule,
                date_start=when.start, date_end=when.end, date_precision=when.precision, date_basis=when.basis,
                place=place, place_country=place_country, factuality=factuality, attributed_to=attributed,
                confidence=confidence_of(features(*seen), row_features(*seen)),
                sources=sources, recipients=recipients,
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
                    or (event.start_char, event.end_char) in self._nominal
                    or event.event_type == "CONSULT"
                    or not (event.sources and event.recipients)
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


def _is_told(noun: Token) -> bool:
    """Whether a noun tells of one act that took place: "the attack on the embassy", not "attacks" or "an attack" in general."""
    children = list(noun.children)
    return (
        noun.tag == "NN"
        and any(c.lower in ("the", "this", "that") or c.dep == "poss" for c in children)
        and any(c.dep == "prep" and c.lower in ("on", "upon", "against", "of") for c in children)
        and not (noun.dep == "pobj" and noun.head.head.lemma.lower() in _ONLY_FEARED)
    )


def _something_else_acts(verb: Token, trigger: Trigger) -> bool:
    """Whether a thing and not somebody does it: "heavy rain hit the coast", "the plan won support".

    A weapon or an attack does what those do who use it ("a roadside bomb killed").
    """
    if is_passive(verb):
        return False
    doer = verb.child("nsubj")
    if doer is None or doer.pos not in ("NOUN", "PROPN") or doer.entity in ("PERSON", "ORG", "GPE", "NORP"):
        return False
    lemma = doer.lemma.lower()
    if trigger.type == "ASSAULT":
        if lemma in object_classes()["arms"]:
            return False
        inner = noun_trigger(doer)
        if inner is not None and inner.type == "ASSAULT":
            return False
    if "funds" in trigger.needs:
        return False
    return lemma not in actor_nouns() and lemma not in role_nouns() and doer.pos == "NOUN"


def _is_without_subject(verb: Token) -> bool:
    """Whether nothing in its clause says who acts: "a bill to ban", "slapping tariffs on"."""
    if is_passive(verb) or verb.child("nsubj") is not None or verb.dep in ("conj", "relcl"):
        return False
    return verb.dep != "xcomp" or subject_of(verb) is None


def _may_be_attacked(target: Token | None) -> bool:
    """Whether an object can be harmed: somebody, a place or a thing of use, not "the bill" or "the deal"."""
    if target is None or target.lower.endswith(("self", "selves")):
        return False
    lemma = target.lemma.lower()
    return (
        target.pos in ("PROPN", "NUM", "PRON")
        or lemma in actor_nouns()
        or lemma in role_nouns()
        or lemma in _HARMED
        or lemma in object_classes()["buildings"]
    )


def _only_describes(verb: Token) -> bool:
    """Whether a participle without a doer tells apart who or what is meant: "the men arrested in Bali"."""
    return verb.dep == "acl" and verb.tag == "VBN" and verb.head.pos in ("NOUN", "PROPN")


def _is_somebody(lemma: str) -> bool:
    """Whether a noun is somebody who can be held, or a ship with its crew."""
    return lemma in object_classes()["captives"] or actor_nouns().get(lemma) in (
        "people",
        "officials",
        "forces",
        "asset",
    )


def _is_to_blame(verb: Token) -> bool:
    """ "The army is to blame": nobody blames it by that."""
    return verb.tag == "VB" and verb.lemma == "blame" and verb.child("dobj") is None


def _is_called_for(noun: Token) -> bool:
    """Whether an act is only asked for: "called for a condemnation of Chad"."""
    if noun.dep != "pobj" or noun.head.lower != "for":
        return False
    return noun.head.head.lemma.lower() in _ASKING


def _is_mutual(trigger: Trigger, sources: list[Participant]) -> bool:
    """Whether several do it among themselves: "the two restored relations"."""
    return len(sources) > 1 and "mutual" in trigger.needs


def _plover(trigger: Trigger, factuality: str) -> str | None:
    """What PLOVER 0.8 codes: signing is SUPPORT, a planned cooperative act AGREE, a planned hostile one THREATEN."""
    kind = "SUPPORT" if trigger.mode == "sign" else trigger.type
    if factuality == "negated":
        return "REJECT" if kind in _COOPERATIVE | _YIELDING | {"AGREE"} else None
    if factuality == "planned":
        if kind in _COOPERATIVE | _YIELDING:
            return "AGREE"
        if kind in _HOSTILE:
            return "THREATEN"
    return kind
