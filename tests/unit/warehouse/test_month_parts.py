"""A table in parts is read as one; parts that hang together are looked at together."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.warehouse import parts


@pytest.fixture
def table(tmp_path: Path) -> Path:
    folder = tmp_path / "tables" / "t.parquet"
    folder.mkdir(parents=True)
    for month, numbers in (("2004-01", range(3)), ("2004-02", range(3, 5)), ("undated", range(5, 9))):
        pl.DataFrame({"n": list(numbers)}).write_parquet(folder / f"{month}.parquet")
    return folder


def test_polars_and_duckdb_read_a_folder_of_parts_by_its_name_in_one_order(table: Path) -> None:
    assert pl.read_parquet(table)["n"].to_list() == list(range(9))
    assert duckdb.sql(f"select n from read_parquet('{table}')").fetchall() == [(n,) for n in range(9)]
    assert parts.rows_of(table) == 9
    assert [first for _, first in parts.with_first_rows(table)] == [0, 3, 5]
    single = table.parent / "s.parquet"
    pl.DataFrame({"n": [1]}).write_parquet(single)
    assert parts.files_of(single) == [single]
    assert parts.bytes_of(single) == single.stat().st_size


@pytest.mark.parametrize(
    ("without", "rows", "groups"),
    [
        (set(), 100, [(["2004-01", "2004-02", "undated"], 0)]),
        (set(), 4, [(["2004-01", "2004-02"], 0), (["undated"], 5)]),
        ({"2004-02"}, 100, [(["2004-01"], 0), (["undated"], 5)]),
        ({"2004-01"}, 100, [(["2004-02", "undated"], 3)]),
        ({"2004-01", "2004-02", "undated"}, 100, []),
    ],
)
def test_groups_are_of_parts_that_follow_each_other(
    table: Path, without: set[str], rows: int, groups: list[tuple[list[str], int]]
) -> None:
    found = [([file.stem for file in some], first) for some, first in parts.in_groups(table, without, rows)]
    assert found == groups


def test_a_part_that_was_changed_is_taken_over_by_nobody(table: Path) -> None:
    tables = table.parent
    parts.Parts({"t": {"2004-01": "a", "2004-02": "b"}}, {"t": ["2004-01"]}).note(tables)
    assert parts.published([tables]) == {
        ("t", "2004-01", "a"): table / "2004-01.parquet",
        ("t", "2004-02", "b"): table / "2004-02.parquet",
    }
    parts.forget(tables, table / "2004-01.parquet")
    assert set(parts.published([tables])) == {("t", "2004-02", "b")}
    assert parts.noted(tables).taken == {"t": []}
    parts.forget_all([tables])
    assert parts.published([tables]) == {}
