"""Events of a document from what the reader says of its words: a function a field, and the evidence for each."""

from __future__ import annotations

from datetime import date

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.cuts import CUTS, Cuts
from pipelines.extract.events.implied_places import carry_places, implied_place
from pipelines.extract.events.plover_type import plover_type
from pipelines.extract.evidence import of_choice, of_time
from pipelines.extract.facts import Event, FieldEvidence, Participant, Quote, TimeExpression
from pipelines.extract.sureness import event_sureness
from pipelines.extract.words import Found, Words, days_of, in_order, of_relation, open_sides, precision
from pipelines.language.parse import Article, Parse, Token
from pipelines.reader.labels import MODES_OF
from pipelines.reader.readings import Choice, Reading, TriggerReading
from pipelines.reference.former_states import state_on

# Acts of all sides alike: who stands on which side says nothing.
_TOGETHER = frozenset({"AGREE", "CONSULT", "COOPERATE"})


def events_of(
    reading: Reading,
    article: Article,
    parse: Parse,
    actors: DocumentActors,
    times: list[TimeExpression],
    quotes: list[Quote],
    cuts: Cuts = CUTS,
) -> list[Event]:
    """Events in text order, one a trigger and set of participants. Pure."""
    words = Words(parse, actors, times, cuts.stands, quotes)
    sure = (t for t in reading.triggers if t.probability >= cuts.trigger)
    events = [e for t in sure if (e := _event(t, words, article.published_on, cuts)) is not None]
    events = _once(events)
    carry_places(events, actors)
    return events


def _event(trigger: TriggerReading, words: Words, published: date | None, cuts: Cuts) -> Event | None:
    token = words.parse.tokens[trigger.word]
    sources = words.sides(of_relation(trigger.links, "source"), cuts.source, cuts.least_source, cuts.most_sides)
    recipients = words.sides(
        of_relation(trigger.links, "recipient"), cuts.recipient, cuts.least_recipient, cuts.most_sides
    )
    sources, recipients = _apart(sources, recipients)
    if trigger.type.label in _TOGETHER and not sources:
        sources, recipients = recipients, []
    source, recipient = _people(sources), _people(recipients)
    if not source and not recipient:
        return None
    start, end = _span(token)
    kind, mode = trigger.type.label, _mode(trigger.mode, trigger.type.label)
    event = Event(
        token.sentence, start, end, words.parse.text[start:end], kind, None if mode is None else mode.label,
        plover_type(kind, trigger.factuality.label), factuality=trigger.factuality.label,
        sources=source, recipients=recipient,
    )  # fmt: skip
    when = words.time(of_relation(trigger.links, "time"), cuts.time)
    if when is not None:
        time, _ = when
        days = open_sides(time, days_of(time, trigger.factuality.label == "planned", published), words.parse)
        when = when if in_order(*days) else None
    if when is not None:
        event.date_start, event.date_end = days
        event.date_precision = precision(event.date_start, event.date_end)
        event.date_basis = "clause" if time.sentence_index == token.sentence else "document"
    where = words.place(of_relation(trigger.links, "place"), cuts.place)
    if where is not None:
        event.place, event.place_country = where[0].text, where[1]
    else:
        event.place_country = implied_place(event, words.actors)
    if event.place_country is not None:
        event.place_country = state_on(event.place_country, event.date_start or published)
    event.evidence = _evidence(event, trigger, mode, sources, recipients, words)
    said_by = _attributed(trigger, words, source, cuts)
    if said_by is not None:
        event.attributed_to, basis = said_by
        event.evidence.append(basis)
    if when is not None:
        event.evidence.append(of_time("date", when[0], when[1], event.date_start, event.date_end))
    if where is not None and event.place_country is not None:
        event.evidence.append(words.evidence("place_country", event.place_country, where[0].index, where[2]))
    elif event.place_country is not None:
        event.evidence.append(FieldEvidence("place_country", event.place_country, "implied by type and sides"))
    event.confidence = event_sureness(event)
    return event


def _evidence(
    event: Event,
    trigger: TriggerReading,
    mode: Choice | None,
    sources: list[Found],
    recipients: list[Found],
    words: Words,
) -> list[FieldEvidence]:
    """What type, mode, factuality and sides rest on."""
    start, end = event.start_char, event.end_char
    found = [of_choice("event_type", trigger.type, start, end, trigger.probability * trigger.type.probability)]
    if mode is not None:
        found.append(of_choice("event_mode", mode, start, end))
    found.append(of_choice("factuality", trigger.factuality, start, end))
    for field, side in (("source", sources), ("recipient", recipients)):
        for answer in side:
            for p in answer.participants:
                name = words.actors.entities[p.entity].name
                found.append(words.evidence(field, name, answer.word, answer.probability))
    return found


def _apart(sources: list[Found], recipients: list[Found]) -> tuple[list[Found], list[Found]]:
    """Nobody acts on himself: an actor that stands on both sides is kept on the surer one."""
    best: dict[int, tuple[float, str]] = {}
    for side, found in (("source", sources), ("recipient", recipients)):
        for answer in found:
            for p in answer.participants:
                if answer.probability > best.get(p.entity, (0.0, ""))[0]:
                    best[p.entity] = (answer.probability, side)

    def kept(side: str, found: list[Found]) -> list[Found]:
        out = []
        for answer in found:
            people = tuple(p for p in answer.participants if best[p.entity][1] == side)
            if people:
                out.append(Found(people, answer.probability, answer.word))
        return out

    return kept("source", sources), kept("recipient", recipients)


def _people(found: list[Found]) -> list[Participant]:
    seen: dict[int, Participant] = {}
    for answer in found:
        for p in answer.participants:
            seen.setdefault(p.entity, p)
    return list(seen.values())


_LEAST_RUNNER_UP = 0.2  # of a mode, where the first is none of the type's


def _mode(choice: Choice, kind: str) -> Choice | None:
    """The mode, where the type has it: the reader's first, else its second with the first as runner-up."""
    if choice.label in MODES_OF.get(kind, ()):
        return choice
    if choice.runner_up in MODES_OF.get(kind, ()) and choice.runner_up_probability > _LEAST_RUNNER_UP:
        return Choice(choice.runner_up or "", choice.runner_up_probability, choice.label, choice.probability)
    return None


def _attributed(
    trigger: TriggerReading, words: Words, sources: list[Participant], cuts: Cuts
) -> tuple[int, FieldEvidence] | None:
    """Who tells it and what that rests on: the speaker of the quotation it stands in, else whom the reader names; not its own source."""
    speaker = words.speaker_at(words.parse.tokens[trigger.word])
    named = None if speaker is not None else words.one(of_relation(trigger.links, "attributed"), cuts.attributed)
    who = named[0] if named is not None else speaker
    if who is None or who in {p.entity for p in sources}:
        return None
    name = words.actors.entities[who].name
    if named is None:
        return who, FieldEvidence("attributed_to", name, "direct quotation")
    return who, words.evidence("attributed_to", name, named[1], named[2])


def _span(token: Token) -> tuple[int, int]:
    """The trigger word with its particle ("called off")."""
    for child in token.children:
        if child.dep == "prt" and child.index == token.index + 1:
            return token.start, child.end
    return token.start, token.end


def _once(events: list[Event]) -> list[Event]:
    """An act that one sentence tells by two words ("held talks") is one event: of the same type and sides, the surer."""

    def key(event: Event) -> tuple[object, ...]:
        sides = [tuple(sorted(p.entity for p in s)) for s in (event.sources, event.recipients)]
        if event.event_type in _TOGETHER:
            sides = [tuple(sorted(set(sides[0]) | set(sides[1])))]
        return event.sentence_index, event.event_type, *sides

    best: dict[tuple[object, ...], Event] = {}
    for event in events:
        other = best.get(key(event))
        if other is None or event.confidence > other.confidence:
            best[key(event)] = event
    kept = {id(e) for e in best.values()}
    return [e for e in events if id(e) in kept]
