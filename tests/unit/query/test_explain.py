"""A sentence explained: rows with their reasons, and what was left out."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from pipelines.query.explain import explain, show
from pipelines.query.published import QueryProblem
from pipelines.reader.interface import ENCODER, NO_READER

TEXT = "Norway imposed sanctions on Belarus on Monday and gave Chad $12 million."


def test_each_row_shows_its_fields_with_words_and_probability() -> None:
    found = explain(TEXT, ENCODER).found
    headings = [row.heading for row in found]
    assert "figure  aid «$12 million»" in headings
    sanction = next(row for row in found if row.heading.startswith("event  SANCTION"))
    fields = {r.field: r for r in sanction.reasons}
    assert fields["event_type"].value == "SANCTION"
    assert 0 < (fields["event_type"].probability or 0) <= 1
    assert fields["source"].words == "Norway"
    console = Console(file=io.StringIO(), width=200)
    show(explain(TEXT, ENCODER), console)
    drawn = console.file.getvalue()  # type: ignore[attr-defined]
    assert "«Norway»" in drawn
    assert "confidence" in drawn


def test_what_made_no_event_is_told_with_its_probability() -> None:
    explained = explain("Kenya repeated its threat to attack Chad. Critics said the reform was a failure.", ENCODER)
    assert explained.left_out
    assert all(0.05 <= word.probability <= 1 and word.why for word in explained.left_out)


def test_nothing_to_read_and_no_reader_are_told() -> None:
    with pytest.raises(QueryProblem, match="nothing to read"):
        explain("  ", ENCODER)
    with pytest.raises(QueryProblem, match="is none"):
        explain(TEXT, NO_READER)
