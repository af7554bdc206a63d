"""Contracts of what was said and of the times that a text names."""

from __future__ import annotations

import dataframely as dy

from pipelines.tables import columns


class Quotes(dy.Schema):
    """Quotations and who said them."""

    quote_id = dy.String(primary_key=True, description="Quotation.")
    document_id = columns.document_id()
    sentence_index = columns.sentence_index()
    start_char = columns.start_char()
    end_char = columns.end_char()
    text = dy.String(nullable=False, description="The words said, without the marks.")
    speaker_id = columns.actor("Who said it")
    speaker_text = dy.String(nullable=True, description="The words that name the speaker.")
    is_direct = dy.Bool(nullable=False, description="True between quotation marks, false for reported speech.")


class TimeExpressions(dy.Schema):
    """Dates, times and durations, resolved against the day of publication."""

    document_id = columns.document_id(key=True)
    sentence_index = columns.sentence_index()
    start_char = columns.start_char(key=True)
    end_char = columns.end_char(key=True)
    text = dy.String(nullable=False, description="The words.")
    value = dy.String(nullable=True, description="TIMEX3 value: 2003-08, 2004-02-25, P5Y …")
    date_start = dy.Date(nullable=True, description="First day of the period, where it names one.")
    date_end = dy.Date(nullable=True, description="Last day of the period.")
