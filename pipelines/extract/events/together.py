"""What the events of a sentence or document tell each other: a shared recipient, one act told twice, a day that goes on."""

from __future__ import annotations

from collections.abc import Container

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.events.circumstances import When
from pipelines.extract.facts import Event, Participant
from pipelines.language.parse import Parse, Token

_AGAINST = frozenset({"ACCUSE", "SANCTION", "THREATEN", "COERCE", "ASSAULT"})
_REACH_BACK = 2  # sentences over which a story goes on on the same day


def share_recipients(events: list[Event], parse: Parse) -> None:
    """ "Accused Russia of X and imposed sanctions": what has no recipient of its own goes against the same one."""
    by_verb = {_at(e, parse).index: e for e in events}
    for index, event in by_verb.items():
        verb = parse.tokens[index]
        if event.recipients or verb.dep != "conj" or event.event_type not in _AGAINST:
            continue
        other = by_verb.get(verb.head.index)
        if other is not None and other.event_type in _AGAINST and verb.child("nsubj", "nsubjpass") is None:
            event.recipients = [Participant(p.entity, p.mention, p.confidence * 0.7) for p in other.recipients]


def without_repeated(events: list[Event], nominal: Container[tuple[int, int]], actors: DocumentActors) -> list[Event]:
    """One event where a sentence tells the same act of the same sides twice; a part of another's sides is the same."""
    kept: list[Event] = []
    for event in sorted(events, key=lambda e: -len(e.sources) - len(e.recipients)):
        mine = {side_of(p, actors) for p in (*event.sources, *event.recipients)}
        same = any(
            k.event_type == event.event_type
            and mine <= {side_of(p, actors) for p in (*k.sources, *k.recipients)}
            and (
                k.rule.split(":")[1] == event.rule.split(":")[1]
                or (event.start_char, event.end_char) in nominal
                or event.event_type == "CONSULT"
                or not (event.sources and event.recipients)
            )
            for k in kept
        )
        if not same:
            kept.append(event)
    return kept


def carry_days(events: list[Event], apart: Container[tuple[int, int]]) -> None:
    """An undated act of somebody whose dated act was told just before is of the same day; the basis says so."""
    last: dict[int, tuple[int, When]] = {}
    for event in events:
        if event.factuality != "actual" or (event.start_char, event.end_char) in apart:
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


def _at(event: Event, parse: Parse) -> Token:
    token = parse.token_at(event.start_char)
    assert token is not None
    return token


def side_of(participant: Participant, actors: DocumentActors) -> str:
    """The state of somebody, else his name: who is on one side."""
    entity = actors.entities[participant.entity]
    return entity.country or entity.name
