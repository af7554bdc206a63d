"""Columns that several tables share, so that one thing has one name, type and rule everywhere."""

from __future__ import annotations

import dataframely as dy

from pipelines import codes

ISO3 = r"^[A-Z]{3}$"


def allowed_values(column: dy.Column) -> list[str]:
    """The codes that a column may hold; empty where it holds anything."""
    return [str(value) for value in column.categories] if isinstance(column, dy.Enum) else []


def document_id(*, key: bool = False) -> dy.String:
    """The document that a row is of; `key` where it is part of the primary key."""
    return dy.String(
        primary_key=key, nullable=False, description="Document, by a hash of its content (key of documents)."
    )


def sentence_index(*, key: bool = False) -> dy.Int32:
    """The sentence that a row stands in; `key` where it is part of the primary key."""
    return dy.Int32(primary_key=key, nullable=False, min=0, description="Sentence of the document, counted from 0.")


def start_char(*, key: bool = False) -> dy.Int32:
    """Where the words of a row begin; `key` where it is part of the primary key."""
    return dy.Int32(
        primary_key=key,
        nullable=False,
        min=0,
        description="First character of the evidence in documents.text (Unicode code points from 0).",
    )


def end_char(*, key: bool = False) -> dy.Int32:
    """Where the words of a row end; `key` where it is part of the primary key."""
    return dy.Int32(
        primary_key=key,
        nullable=False,
        min=0,
        description="Character after the evidence: substr(text, start_char + 1, end_char - start_char).",
    )


def actor(description: str) -> dy.String:
    """A key of `actors`, null where nobody is told; `description` says who it is."""
    return dy.String(nullable=True, description=f"{description} (key of actors).")


def country(description: str) -> dy.String:
    """A country by its ISO code, null where none is told."""
    return dy.String(nullable=True, regex=ISO3, description=f"{description} (ISO 3166-1 alpha-3).")


def factuality() -> dy.Enum:
    """Whether what a row tells is so: the codes of `Factuality`."""
    return dy.Enum(
        codes.Factuality,
        nullable=False,
        description="Whether the text tells it as actual, planned, possible or negated.",
    )


def qualifier() -> dy.Enum:
    """How a number is hedged: the codes of `Qualifier`."""
    return dy.Enum(
        codes.Qualifier,
        nullable=False,
        description="How the number is hedged: exact, approximately, at_least, at_most.",
    )


def confidence() -> dy.Float64:
    """How likely a row is right, 0 to 1."""
    return dy.Float64(
        nullable=False,
        min=0.0,
        max=1.0,
        description="Chance that a strict reader calls the row right, 0 to 1, as it was measured.",
    )


def is_sure() -> dy.Bool:
    """Whether a row is among those to count and cite."""
    return dy.Bool(
        nullable=False,
        description="Whether rows of this confidence and above were right seven times in ten when measured.",
    )


def rule() -> dy.String:
    """What made a row, in words; nothing reads it."""
    return dy.String(
        nullable=False, description="The row's evidence in one line, for people: the table evidence has it by field."
    )
