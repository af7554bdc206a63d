"""Contract of what each filled field of an event or a figure rests on."""

from __future__ import annotations

import dataframely as dy

from pipelines.tables import columns


class Evidence(dy.Schema):
    """What a field of a row rests on: what it says, what made it, how sure that is, and the words it was read from.

    A field may have several rows (an event of two givers has two of `source`); a field that is null has none.
    """

    row_id = dy.String(
        primary_key=True, nullable=False, description="Row that it is about (key of events or financial_figures)."
    )
    evidence_index = dy.Int32(
        primary_key=True, nullable=False, min=0, description="Number of the evidence within its row, counted from 0."
    )
    document_id = columns.document_id()
    field = dy.String(nullable=False, min_length=1, description="Column, or side of the row, that rests on it.")
    value = dy.String(
        nullable=True, description="What the field says, as text; of an actor its name as the document has it."
    )
    made_by = dy.String(
        nullable=False, min_length=1, description="The reader (its release: table runs), or the step, that made it."
    )
    probability = dy.Float64(
        nullable=True,
        min=0.0,
        max=1.0,
        description="How likely it is by what made it; null where that gives no number.",
    )
    runner_up = dy.String(nullable=True, description="The next likely value, with its probability.")
    start_char = dy.Int32(
        nullable=True, min=0, description="First character of its words in documents.text; null where it has none."
    )
    end_char = dy.Int32(nullable=True, min=0, description="Character after its words.")
