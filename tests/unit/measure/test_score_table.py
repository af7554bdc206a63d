"""README's first screen and the page of scores say what was measured last, and nothing else."""

from __future__ import annotations

import pytest

from tests.measure import gate, score_table
from tests.measure.gate import Figure


@pytest.mark.parametrize("number", range(len(score_table.PAGES)))
def test_a_page_has_the_figures_that_the_gate_holds(number: int) -> None:
    file, rows = score_table.PAGES[number]
    page = file.read_text(encoding="utf8")
    assert score_table.written(page, gate.read_gates(), rows) == page, "run `python -m tests.measure.score_table`"


def test_what_one_asks_first_stands_on_the_first_screen() -> None:
    lines = score_table.README.read_text(encoding="utf8").splitlines()
    first = "\n".join(lines[:40])
    assert "sure_events" in first
    assert "sure_figures" in first
    assert score_table.FIRST
    assert all(words in first for _, _, words in score_table.FIRST)


def test_a_figure_stands_once_with_its_noise() -> None:
    made = score_table.table({"docs": {"figure amount": Figure(0.9, 0.02), "figure amount + donor": Figure(0.4, 0.05)}})
    assert made.count("0.90 ± 0.02") == 1
    assert made.count("0.40 ± 0.05") == 1


def test_a_page_without_a_block_is_told() -> None:
    with pytest.raises(ValueError, match="no block"):
        score_table.written("nothing", {})
