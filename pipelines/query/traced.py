"""What is told of one row: its values, document and passage, what each field rests on, and the rows that hang on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipelines.query.passages import Passage

# Kind of id: (table, key column). Story events are no table: `st_` ids stand in events.story_event_id.
KEYS = {
    "doc": ("documents", "document_id"),
    "ac": ("actors", "actor_id"),
    "mn": ("mentions", "mention_id"),
    "ev": ("events", "event_id"),
    "fg": ("financial_figures", "figure_id"),
    "fl": ("aid_flows", "flow_id"),
    "qt": ("quotes", "quote_id"),
    "qn": ("quantities", "quantity_id"),
    "st": ("events", "story_event_id"),
}


@dataclass(frozen=True)
class Link:
    """Another row: how it is related, its id (None where it has none) and what it says."""

    relation: str
    row_id: str | None
    says: str
    passage: Passage | None = None


@dataclass(frozen=True)
class Reason:
    """What one field rests on; `words` are cut out of the document's text."""

    field: str
    value: str | None
    made_by: str
    probability: float | None
    runner_up: str | None
    words: str | None


@dataclass
class Trace:
    """All there is to show of one row. Values are as in the database."""

    table: str
    row_id: str
    row: dict[str, Any]
    document: dict[str, Any] | None = None
    passage: Passage | None = None
    confidence: float | None = None
    release: str | None = None  # of the reader that read for this version
    reasons: list[Reason] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
