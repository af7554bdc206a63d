"""Contracts of events and of who takes part in them."""

from __future__ import annotations

import dataframely as dy

from pipelines import codes
from pipelines.tables import columns


class Events(dy.Schema):
    """Political interactions: who did what to whom, when and where (PLOVER 0.8)."""

    event_id = dy.String(primary_key=True, description="Event as one document reports it.")
    document_id = columns.document_id()
    sentence_index = columns.sentence_index()
    start_char = columns.start_char()
    end_char = columns.end_char()
    trigger = dy.String(nullable=False, description="The words that carry the event.")
    event_type = dy.Enum(codes.EventType, nullable=False, description="The act, in PLOVER's terms.")
    event_mode = dy.Enum(codes.EventMode, nullable=True, description="PLOVER mode of the act (visit, convict …).")
    plover_type = dy.Enum(
        codes.EventType,
        nullable=True,
        description="What PLOVER 0.8 codes (a planned cooperative act is AGREE); null when it codes none.",
    )
    rule = columns.rule()
    date_start = dy.Date(nullable=True, description="First day on which it can have happened.")
    date_end = dy.Date(nullable=True, description="Last such day; null where open or unknown.")
    date_precision = dy.Enum(
        codes.DatePrecision,
        nullable=False,
        description="How exact the date is.",
    )
    date_basis = dy.String(nullable=True, description="What the date rests on: clause, sentence, document.")
    best_date = dy.Date(
        nullable=True,
        description="Day to count it on: date_start where told, else the day of publication (best_date_basis).",
    )
    best_date_basis = dy.Enum(
        codes.BestDateBasis,
        nullable=True,
        description="Whether best_date is told by the text, and how exactly, or only inferred from publication.",
    )
    place = dy.String(nullable=True, description="Where it happens, in the text's words.")
    place_country = columns.country("Country of the place")
    factuality = columns.factuality()
    attributed_to = columns.actor("Who reports it, where the text says so")
    confidence = dy.Float64(
        nullable=False,
        min=0.0,
        max=1.0,
        description="Share of such rows of news that a strict reader finds right in type and both sides, 0 to 1.",
    )
    is_sure = columns.is_sure()
    story_event_id = dy.String(
        nullable=True, description="Shared by reports of one event: same act, same two sides, same day."
    )


class EventActors(dy.Schema):
    """The two sides of each event, a row for each actor."""

    event_id = dy.String(primary_key=True, description="Event (key of events).")
    actor_id = dy.String(primary_key=True, description="Actor (key of actors).")
    role = dy.Enum(codes.Side, primary_key=True, description="source acts, recipient is acted upon.")
    mention_id = dy.String(nullable=True, description="The words that show it (key of mentions); null if inferred.")
