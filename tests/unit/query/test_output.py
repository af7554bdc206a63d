"""Results written as CSV, JSON, Parquet and tables say just what the rows hold."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from pipelines.query import output
from pipelines.query.terminal import harmless


def reader(table: pa.Table) -> pa.RecordBatchReader:
    return table.to_reader(max_chunksize=100)


def as_csv(table: pa.Table) -> list[list[str]]:
    text = io.StringIO()
    output.write_csv(reader(table), text)
    return list(csv.reader(io.StringIO(text.getvalue(), newline="")))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-2+3", "@SUM(1)", "\t=1", "\r=1"])
def test_a_formula_is_defused_in_csv(cell: str) -> None:
    assert as_csv(pa.table({"t": [cell]})) == [["t"], ["'" + cell]]


def test_numbers_and_plain_text_stay_as_they_are_in_csv() -> None:
    table = pa.table(
        {"n": [-5], "d": [Decimal("-24500000.0000")], "f": [-0.5], "t": ["a - b"], "on": [date(2004, 3, 1)]}
    )
    assert as_csv(table)[1] == ["-5", "-24500000.0000", "-0.5", "a - b", "2004-03-01"]


def test_a_formula_in_a_column_name_or_a_list_is_defused_too() -> None:
    assert as_csv(pa.table({"=x": [["=1"]]})) == [["'=x"], ['["=1"]']]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=20))
def test_no_text_cell_of_csv_begins_like_a_formula(cells: list[str]) -> None:
    rows = as_csv(pa.table({"n": list(range(len(cells))), "t": cells}))[1:]
    assert len(rows) == len(cells)
    assert not any(row[1][:1] in {"=", "+", "-", "@", "\t", "\r"} for row in rows if row[1])


def test_json_keeps_decimals_dates_and_nulls() -> None:
    table = pa.table(
        {
            "amount": [Decimal("12345678901234567890.1234"), None],
            "on": [date(2004, 2, 25), None],
            "at": [datetime(2004, 2, 25, 3, tzinfo=UTC), None],
            "names": [["a", "“b”"], []],
            "nan": [float("nan"), 1.5],
        }
    )
    text = io.StringIO()
    output.write_json(reader(table), text)
    first, second = json.loads(text.getvalue(), parse_float=Decimal)
    assert first["amount"] == Decimal("12345678901234567890.1234")
    assert (first["on"], first["at"]) == ("2004-02-25", "2004-02-25T03:00:00+00:00")
    assert first["names"] == ["a", "“b”"]
    assert first["nan"] is None
    assert second == {"amount": None, "on": None, "at": None, "names": [], "nan": Decimal("1.5")}


def test_json_of_no_rows_and_of_equal_names() -> None:
    text = io.StringIO()
    output.write_json(reader(pa.table({"a": pa.array([], pa.int64())})), text)
    assert json.loads(text.getvalue()) == []
    text = io.StringIO()
    output.write_json(reader(pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"])), text)
    assert json.loads(text.getvalue()) == [{"a": 1, "a_2": 2}]


def test_parquet_keeps_the_types(tmp_path: Path) -> None:
    table = pa.table({"d": pa.array([Decimal("1.5000")], pa.decimal128(28, 4)), "on": [date(2004, 1, 1)]})
    output.write_parquet(reader(table), tmp_path / "x.parquet")
    assert pq.read_table(tmp_path / "x.parquet").equals(table)


def drawn(table: pa.Table, terminal: bool = False, width: int = 80) -> tuple[str, str]:
    console = Console(file=io.StringIO(), force_terminal=terminal, width=width, color_system=None, highlight=False)
    notices = Console(file=io.StringIO(), width=200)
    output.write_table(reader(table), console, notices)
    return console.file.getvalue(), notices.file.getvalue()  # type: ignore[attr-defined]


def test_a_long_result_says_how_much_is_not_shown() -> None:
    text, notice = drawn(pa.table({"n": list(range(1234))}))
    assert "200 of 1,234 rows" in notice
    assert " 199 " in text
    assert " 200 " not in text


def test_a_row_is_one_line_where_nobody_watches() -> None:
    text, _ = drawn(pa.table({"a": ["x" * 150], "b": ["y" * 100]}), width=80)
    assert any("x" * 150 in line and "y" * 100 in line for line in text.splitlines())


def test_too_many_columns_for_a_terminal_are_shown_as_records() -> None:
    text, _ = drawn(pa.table({f"column_{i}": [f"value {i}"] for i in range(20)}), terminal=True)
    assert all(f"value {i}" in text for i in range(20))
    assert max(map(len, text.splitlines())) <= 80


def test_text_cannot_steer_the_terminal() -> None:
    text, _ = drawn(pa.table({"t": ["\x1b]0;owned\x07 [red]not markup[/red] \u202e"]}))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[red]not markup[/red]" in text
    assert harmless("a\nb\tc") == "a\nb\tc"
