"""Contracts of actors and of the words that stand for them."""

from __future__ import annotations

import dataframely as dy

from pipelines import codes
from pipelines.tables import columns


class Actors(dy.Schema):
    """People, states, ministries, organisations: one row for one actor, whatever it is called."""

    actor_id = dy.String(primary_key=True, description="Actor, by a hash of what identifies it.")
    name = dy.String(nullable=False, min_length=1, description="Fullest name, without title.")
    actor_type = dy.Enum(codes.ActorType, nullable=False, description="What kind of actor it is.")
    country = columns.country("The state that it is or belongs to")
    wikidata_id = dy.String(nullable=True, regex=r"^Q\d+$", description="Wikidata item, from bundled lists only.")
    aliases = dy.List(dy.String(nullable=True), nullable=False, description="Other names it goes by.")
    mention_count = dy.Int64(nullable=False, min=0, description="Mentions in all documents.")
    first_seen_on = dy.Date(nullable=True, description="Publication day of the first document that has it.")
    last_seen_on = dy.Date(nullable=True, description="Publication day of the last document that has it.")
    country_basis = dy.Enum(
        codes.CountryBasis,
        nullable=True,
        description="How its state is known: told by a text, from a register of names or offices, or inferred from the company it keeps.",
    )


class Mentions(dy.Schema):
    """Words in a document that stand for an actor."""

    mention_id = dy.String(primary_key=True, description="Mention.")
    document_id = columns.document_id()
    sentence_index = columns.sentence_index()
    start_char = columns.start_char()
    end_char = columns.end_char()
    text = dy.String(nullable=False, description="The words.")
    mention_type = dy.Enum(
        codes.MentionType,
        nullable=False,
        description="How the words stand for the actor.",
    )
    actor_id = columns.actor("Who is meant")
    role = dy.String(nullable=True, description="Title or role given with the words.")
    confidence = columns.confidence()
