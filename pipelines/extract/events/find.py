"""Finds the events of a document: triggers in the parse, their sides, circumstances, factuality and attribution."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.attribution import attribution_of_act
from pipelines.extract.events import sides
from pipelines.extract.events.arguments import aimed_at, below, of_border, without
from pipelines.extract.events.circumstances import Calendar, is_at_another_time
from pipelines.extract.events.confidence import confidence_of, features
from pipelines.extract.events.demands import DEMAND, demand_of
from pipelines.extract.events.funding import Funding
from pipelines.extract.events.matching import (
    adjective_trigger,
    is_gerund_noun,
    is_imperative,
    light_verb_nouns,
    noun_trigger,
    verb_trigger,
)
from pipelines.extract.events.modes import mode_of
from pipelines.extract.events.places import carry_places, place_of
from pipelines.extract.events.plover_type import plover_type
from pipelines.extract.events.recipients import is_to_do
from pipelines.extract.events.refusals import is_no_event
from pipelines.extract.events.reliability import row_features
from pipelines.extract.events.screening import (
    counts,
    has_target,
    is_called_for,
    is_for_the_press,
    is_mutual,
    is_of_captives,
    is_political,
    is_to_blame,
    is_without_subject,
    only_describes,
    something_else_acts,
)
from pipelines.extract.events.together import carry_days, share_recipients, without_repeated
from pipelines.extract.events.topics import Topics
from pipelines.extract.facts import Event, Figure, Participant, Quote, TimeExpression
from pipelines.extract.factuality import factuality_of, is_condition, is_decided
from pipelines.extract.syntax import antecedent, subject_of
from pipelines.language.parse import Article, Parse, Token
from pipelines.reference.plover import Trigger, object_classes

_HOSTILE = frozenset({"ASSAULT", "SANCTION", "COERCE", "MOBILIZE", "PROTEST"})
_DONE_TO_PEOPLE = frozenset({"ASSAULT", "COERCE", "SANCTION", "THREATEN"})
# Where a rebel group is one side and no other is told, its state is the other.
_OF_REBELS = frozenset({"ASSAULT", "AGREE", "RETREAT", "REJECT", "THREATEN", "REQUEST", "ACCUSE", "CONSULT"})
_OF_MONEY = frozenset({"AID", "AGREE"})
# Types whose object clause is what is promised, asked or refused, and no event of its own.
_EMBEDDING = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})
# Acts of all sides alike.
_TOGETHER = frozenset({"AGREE", "CONSULT", "COOPERATE"})
# Acts that are done by deciding on them.
_BY_DECISION = frozenset({"SANCTION", "REJECT", "CONCEDE", "COERCE"})
# Acts that are speech and nothing else, and those done by saying so.
_SPEECH = frozenset({"SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_SAID = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_ONLY_FEARED = frozenset(["event", "threat", "risk", "possibility", "danger", "fear", "case"])


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
        actors.note_quotes(quotes)
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
                    if is_gerund_noun(token):  # "fighting between", which the tagger takes for a verb
                        self._noun(token)
                    else:
                        self._verb(token, governed)
                elif token.pos == "ADJ":
                    self._adjective(token, governed)
            for token in tokens:
                if token.pos == "NOUN" and token.index not in self._used:
                    self._noun(token)
            share_recipients(self.events[first:], self.parse)
            self.events[first:] = without_repeated(self.events[first:], self._nominal, self.actors)
        self.events.sort(key=lambda e: (e.start_char, e.end_char, e.event_type))
        carry_days(self.events, self._apart)
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
        if verb.index in governed or is_imperative(verb) or verb.dep == "amod" or is_to_blame(verb):
            return
        above = noun_trigger(verb.head) if verb.dep == "acl" and verb.head.pos == "NOUN" else None
        if above is not None and sides.content_of(verb.head, above) is verb:
            return  # "the threat to attack": told by its noun
        sources, recipients = sides.of_verb(verb, trigger, self.actors)
        if trigger.type in _OF_MONEY:
            sources, recipients = self.funding.complete(verb, sources, recipients)
        if not sources and (
            something_else_acts(verb, trigger) or (trigger.type != "PROTEST" and is_without_subject(verb))
        ):
            return
        known = [p for p in recipients if not self.actors.is_unnamed(p.entity)]
        if not known and ("frame" in trigger.needs or trigger.type == "SUPPORT") and not is_mutual(trigger, sources):
            return
        if not sources and (trigger.type == "MOBILIZE" or only_describes(verb)):
            return
        if trigger.type == "PROTEST":
            sources = sources or sides.of_people(verb, self.actors)
            recipients = recipients or sides.against(verb, self.actors) or sides.at_home(sources, self.actors)
        elif not known and trigger.type in _DONE_TO_PEOPLE:
            known = sides.of_unnamed(verb, trigger, sources, self.actors)
        if not known and trigger.type in _OF_REBELS:
            known = sides.at_home(self._rebels(sources), self.actors)
        recipients = known or recipients
        if not recipients and trigger.type == "ACCUSE" and (deed := verb.child("dobj")) is not None:
            doers = below(deed, "by", self.actors) or below(verb, "by", self.actors)
            recipients = without(doers, sources, self.actors)  # "condemned this provocation by Chad"
        if trigger.type in ("REJECT", "REQUEST"):
            recipients = without(recipients, aimed_at(verb, self.actors), self.actors)
        if trigger.type == "MOBILIZE" and not recipients:
            recipients = without(of_border(verb, self.actors), sources, self.actors)
        if (
            trigger.type == "ASSAULT"
            and not is_mutual(trigger, sources)
            and not has_target(verb, trigger, recipients, self.actors)
        ):
            return
        if trigger.type == "AID" and not (known or trigger.objects):
            return  # "financed the purchase": nobody is helped
        if trigger.mode == "ceasefire" and not sources and verb.child("nsubj", "nsubjpass") is None:
            return
        if not is_political(trigger, sources, known, self.actors):
            return
        if trigger.type in _EMBEDDING or trigger.mode == "ceasefire":  # "stopped shelling": the end alone is an event
            self._govern(verb, governed)
        sources = sources or sides.of_unnamed_doers(verb, recipients, self.actors)
        self._add(verb, trigger, sources, recipients)

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
        if not sources or not is_political(trigger, sources, recipients, self.actors) or not (recipients or inner):
            return
        self._govern(word, governed)
        self._add(word, trigger, sources, recipients)

    def _demand(self, verb: Token, governed: set[int]) -> None:
        """ "Iran must stop, the minister said": what a speaker says another has to do is demanded of him."""
        found = demand_of(verb, self.actors)
        if found is None:
            return
        sources, recipients = found
        if not any(counts(p, self.actors) for p in recipients):
            return
        governed.add(verb.index)
        governed.update(c.index for c in verb.children if c.dep in ("xcomp", "conj"))
        self._add(verb, DEMAND, sources, recipients)

    def _noun(self, noun: Token) -> None:
        trigger = noun_trigger(noun)
        if trigger is None or noun.dep in ("compound", "nmod") or is_called_for(noun) or is_for_the_press(noun):
            return
        if _is_what_an_accord_is_on(noun):
            return
        if trigger.lemma == "release" and not is_of_captives(noun, self.actors):
            return
        sources, recipients = sides.of_noun(noun, trigger, self.actors)
        if len({p.entity for p in (*sources, *recipients)}) < trigger.arguments and not (
            recipients and trigger.type == "ASSAULT" and _is_told(noun)
        ):
            return
        if trigger.type == "AID" and not recipients:
            return
        if not is_political(trigger, sources, recipients, self.actors):
            return
        self._add(noun, trigger, sources, recipients)

    # -- rows --------------------------------------------------------------------------------------

    def _add(self, token: Token, trigger: Trigger, sources: list[Participant], recipients: list[Participant]) -> None:
        if self.topics.is_of_a_link(token) or is_no_event(token, trigger, sources, self.actors):
            return
        if sides.are_at_home(trigger, sources, recipients, self.actors):
            return
        if trigger.type in _TOGETHER and not sources and _is_between(token):
            sources, recipients = recipients, []  # "the agreement between A and B was signed"
        start, end = self._span(token)
        if trigger.pos == "noun":
            self._nominal.add((start, end))
        when = self.calendar.of(token, is_said=trigger.type in _SAID)
        day = when.start or (self.actors.article.published_on if self.actors.article else None)
        place, place_country = place_of(token, trigger, sources, recipients, self.actors, self.parse, day)
        factuality = factuality_of(token) if trigger is not DEMAND else "actual"  # made by saying it
        if factuality == "planned" and trigger.type in _BY_DECISION and is_decided(token):
            factuality = "actual"
        if factuality in ("possible", "negated") and not (sources and recipients) and is_condition(token):
            return  # "if they attacked": told of nobody in particular
        attributed = self.actors.speaker_at(token)
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
                event_type=kind, event_mode=mode, plover_type=plover_type(trigger, factuality), rule=trigger.rule,
                date_start=when.start, date_end=when.end, date_precision=when.precision, date_basis=when.basis,
                place=place, place_country=place_country, factuality=factuality, attributed_to=attributed,
                confidence=confidence_of(features(*seen), row_features(*seen)),
                sources=sources, recipients=recipients,
            )
        )  # fmt: skip

    def _span(self, token: Token) -> tuple[int, int]:
        """The trigger word with its particle."""
        for child in token.children:
            if child.dep == "prt" and child.index == token.index + 1:
                return token.start, child.end
        return token.start, token.end


def _is_told(noun: Token) -> bool:
    """Whether a noun tells of one act that took place: "the attack on the embassy", not "attacks" or "an attack" in general."""
    children = list(noun.children)
    return (
        noun.tag == "NN"
        and any(c.lower in ("the", "this", "that") or c.dep == "poss" for c in children)
        and any(c.dep == "prep" and c.lower in ("on", "upon", "against", "of") for c in children)
        and not (noun.dep == "pobj" and noun.head.head.lemma.lower() in _ONLY_FEARED)
    )


def _is_between(token: Token) -> bool:
    """Whether the parties of what is signed, held or broken off stand behind "between"."""
    nouns = [token, *token.children_by("nsubjpass", "nsubj", "dobj")]
    return any(c.dep == "prep" and c.lower == "between" for n in nouns for c in n.children)


def _is_what_an_accord_is_on(noun: Token) -> bool:
    """Whether a noun names the matter of an agreement or the mood of a meeting: "accords on border cooperation"."""
    if noun.dep != "pobj" or noun.head.lower not in ("on", "for", "of", "about"):
        return False
    holder = noun.head.head
    above = noun_trigger(holder)
    is_accord = (above is not None and above.type == "AGREE" and noun.head.lower != "of") or (
        noun.head.lower == "on" and holder.lemma in ("agree", "sign", "conclude", "initial")
    )
    return is_accord or (
        noun.head.lower == "of" and noun.head.head.lemma.lower() in ("atmosphere", "spirit", "climate")
    )
