"""README's first screen says what was measured last, and nothing else."""

from __future__ import annotations

import pytest

from tests.measure import gate, score_table
from tests.measure.gate import Figure


def test_the_page_has_the_figures_that_the_gate_holds() -> None:
    page = score_table.README.read_text(encoding="utf8")
    assert score_table.written(page, gate.read_gates()) == page, "run `python -m tests.measure.score_table`"


def test_a_figure_stands_once_with_its_noise() -> None:
    made = score_table.table({"docs": {"figure amount": Figure(0.9, 0.02), "figure amount + donor": Figure(0.4, 0.05)}})
    assert made.count("0.90 ± 0.02") == 1
    assert made.count("0.40 ± 0.05") == 1


def test_a_page_without_a_block_is_told() -> None:
    with pytest.raises(ValueError, match="no block"):
        score_table.written("nothing", {})
