"""The state in which an event takes place where its own words name none: what its kind and sides imply, or where its doer was."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import Event, FieldEvidence

# Done by a state or its people at home, unless the text names a place.
_AT_HOME = frozenset(
    {"arrest", "deport", "martial-law", "restrict", "censor", "curfew", "convict", "seize", "crowd-control"}
)
_REACH_BACK = 3
_OF_A_STATE = frozenset({"country", "government_body", "armed_forces"})


def implied_place(event: Event, actors: DocumentActors) -> str | None:
    """ISO 3166-1 alpha-3, or None.

    Who is visited is visited at home, a state is attacked where it lies, police arrest at home, and what people of one
    state do to each other they do there.
    """
    doer = actors.entities[event.sources[0].entity] if event.sources else None
    other = actors.entities[event.recipients[0].entity] if event.recipients else None
    if event.event_mode == "visit":
        return other.country if other is not None and other.actor_type == "country" else None
    if event.event_type == "ASSAULT" and other is not None and other.actor_type == "country":
        return other.country
    if doer is None or doer.country is None:
        return None
    if event.event_mode in _AT_HOME and doer.actor_type in _OF_A_STATE:
        return doer.country
    same = other is not None and other.country == doer.country
    return doer.country if same and event.event_type in ("ASSAULT", "PROTEST", "COERCE") else None


def carry_places(events: list[Event], actors: DocumentActors) -> None:
    """Who was just told to have come to a place meets people there, until another place or day is named.

    `events` are in text order.
    """
    last: dict[int, Event] = {}
    for event in events:
        if event.factuality != "actual":
            continue
        if event.event_type != "CONSULT" or event.event_mode == "phone":
            continue
        sides = [*event.sources, *event.recipients]
        if event.place_country is None:
            for participant in sides:
                before = last.get(participant.entity)
                if (
                    before is not None
                    and event.sentence_index - before.sentence_index <= _REACH_BACK
                    and (event.date_start is None or event.date_start == before.date_start)
                ):
                    event.place, event.place_country = before.place, before.place_country
                    basis = "place of an act before", None, before.start_char, before.end_char
                    event.evidence.append(FieldEvidence("place_country", event.place_country, *basis))
                    break
        if event.place_country is not None:
            persons = [p for p in sides if actors.entities[p.entity].actor_type != "country"]
            last.update({p.entity: event for p in persons})
