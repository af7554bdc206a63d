"""Every example runs in the sandbox, answers the question in its first comment and finds rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.query.output import value_rows
from pipelines.query.sandbox import results
from pipelines.warehouse.sql_models import SqlModel, models


@pytest.mark.parametrize("example", models("examples"), ids=lambda e: e.name)
def test_example_runs_and_finds_rows(example: SqlModel, warehouse: Path) -> None:
    assert "?" in example.question
    with results(warehouse, example.query) as found:
        rows = [row for result in found for batch in result for row in value_rows(batch)]
    assert rows


_QUESTIONS = models("questions")


@pytest.mark.parametrize("question", _QUESTIONS, ids=lambda q: q.name)
def test_a_question_of_analysts_takes_eight_lines(question: SqlModel, warehouse: Path) -> None:
    assert "?" in question.question
    code = [line for line in question.query.splitlines() if not line.startswith("--")]
    assert len(code) <= 8
    with results(warehouse, question.query) as found:
        columns = [(result.schema.names, [batch.num_rows for batch in result]) for result in found]
    assert columns


def test_all_25_questions_are_there() -> None:
    assert len(_QUESTIONS) == 25
