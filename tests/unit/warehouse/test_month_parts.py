"""A table in parts is read as one; parts that hang together are looked at together."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.tables import WAREHOUSE_TABLES
from pipelines.tables.contracts import ContractResult
from pipelines.warehouse import audit, parts


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


def test_rows_are_those_of_the_file_that_is_there_now(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert parts.rows_of(table) == 9
    pl.DataFrame({"n": list(range(7))}).write_parquet(table / "2004-01.parquet")  # of bad rows, a part is written again
    assert parts.rows_of(table) == 13
    link = table / "2004-03.parquet"
    link.hardlink_to(table / "undated.parquet")
    monkeypatch.setattr(parts.pq, "read_metadata", lambda file: pytest.fail(f"{file} was read again"))
    assert parts.rows_of(table) == 17


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


@pytest.mark.parametrize("rows", [1, 2, 4, 100])
def test_a_table_is_looked_at_some_rows_at_a_time(table: Path, rows: int) -> None:
    single = table.parent / "s.parquet"
    pl.read_parquet(table).write_parquet(single)
    for path, largest in ((table, rows + 3), (single, rows)):  # a part has four rows at most
        looked_at = [(some.collect()["n"].to_list(), first) for some, first in parts.scans(path, set(), rows)]
        assert [n for some, _ in looked_at for n in some] == list(range(9))
        assert all(some[0] == first for some, first in looked_at)
        assert max(len(some) for some, _ in looked_at) <= largest
    empty = table.parent / "e.parquet"
    pl.DataFrame(schema={"n": pl.Int64}).write_parquet(empty)
    assert [some.collect().height for some, _ in parts.scans(empty, set(), rows)] == [0], (
        "its columns would not be looked at"
    )


def test_a_contract_is_held_some_rows_at_a_time_and_tells_the_rows_by_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "_ROWS", 3)
    sentence = {"document_id": "doc_1", "start_char": 0, "end_char": 5}
    rows = [sentence | {"sentence_index": number if number not in (4, 7) else -1} for number in range(9)]
    WAREHOUSE_TABLES["sentences"].create_empty().vstack(
        pl.DataFrame(
            rows, schema_overrides={"sentence_index": pl.Int32, "start_char": pl.Int32, "end_char": pl.Int32}
        ).select(WAREHOUSE_TABLES["sentences"].create_empty().columns)
    ).write_parquet(tmp_path / "sentences.parquet")
    most: list[int] = []
    real = audit.check_contract

    def watched(name: str, frame: pl.LazyFrame) -> ContractResult:
        most.append(frame.select(pl.len()).collect().item())
        return real(name, frame)

    monkeypatch.setattr(audit, "check_contract", watched)
    found = audit.contracts(tmp_path, ["sentences"], {})["sentences"]
    assert most == [3, 3, 3]
    assert found.broken["row"].to_list() == [4, 7]
    assert sum(found.failed.values()) == 2


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
