"""Ad-hoc SQL reads the warehouse and can do nothing else, whatever is tried."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from pipelines.query.output import value_rows
from pipelines.query.published import LOCKED, QueryProblem
from pipelines.query.sandbox import Limits, explained, results
from pipelines.query.sandboxed_process import open_locked, result_of

# {canary}: a file outside with the word SECRET; {out}: a folder outside; {db}: the database itself.
ESCAPES = [
    "select * from read_text('{canary}')",
    "select * from read_blob('{canary}')",
    "select * from read_csv('{canary}')",
    "select * from read_csv_auto('{canary}')",
    "select * from read_json('{canary}')",
    "select * from read_json_objects('{canary}')",
    "select * from read_parquet('{canary}')",
    "select * from parquet_metadata('{canary}')",
    "select * from sniff_csv('{canary}')",
    "select * from '{canary}'",
    "select * from glob('{out}/*')",
    "select * from glob('/etc/*')",
    "select * from read_text('/etc/passwd')",
    "select * from read_text('/proc/self/environ')",
    "select * from read_text('file://{canary}')",
    "select * from read_text(['{canary}'])",
    "select * from query('select * from read_text(''{canary}'')')",
    "select * from query_table('{canary}')",
    "prepare p as select * from read_text('{canary}'); execute p",
    "create temp view v as select * from read_text('{canary}'); select * from v",
    "create temp macro m(f) as table select * from read_text(f); select * from m('{canary}')",
    "select 1; select * from read_text('{canary}')",
    "from read_blob('{db}')",
    "copy (select 1) to '{out}/a.csv'",
    "copy (select 1) to '{out}/a.parquet' (format parquet)",
    "copy (select 1) to '{out}/a.json' (format json)",
    "copy documents to '{db}'",
    "copy documents to '{db}' (use_tmp_file false)",
    "copy documents to '{db}' (format parquet, use_tmp_file false)",
    "copy documents to '{db}' (per_thread_output true, overwrite)",
    "copy documents to '{db}.wal'",
    "explain analyze copy documents to '{db}' (use_tmp_file false)",
    "prepare p as copy documents to '{db}' (use_tmp_file false); execute p",
    "copy (select 1) to '{db}.tmp/x.csv'",
    "copy (select 1) to '/dev/stdout'",
    "copy (select 1) to '/dev/stderr'",
    "copy documents from '{canary}'",
    "create temp table t (a varchar); copy t from '{canary}'",
    "export database '{out}/all'",
    "import database '{out}'",
    "attach '{out}/new.duckdb' as n",
    "attach '{db}' as again",
    "attach '{db}' as again (read_only false)",
    "attach ':memory:' as m; copy from database m to newsledger",
    "detach newsledger",
    "install httpfs",
    "load httpfs",
    "load '{canary}'",
    "force install spatial from community",
    "select * from 'https://example.invalid/x.parquet'",
    "set enable_external_access = true",
    "set lock_configuration = false",
    "set memory_limit = '100GB'",
    "set threads = 64",
    "set temp_directory = '{out}'",
    "set allowed_directories = ['/']",
    "set allowed_paths = ['{canary}']",
    "reset enable_external_access",
    "set disabled_filesystems = ''",
    "set global autoinstall_known_extensions = true",
    "set file_search_path = '/etc'",
    "set home_directory = '{out}'",
    "set secret_directory = '{out}'",
    "set log_query_path = '{out}/log'",
    "pragma enable_profiling; pragma profiling_output = '{out}/profile'",
    "pragma memory_limit = '100GB'",
    "select getenv('HOME')",
    "create secret s (type s3, key_id 'a', secret 'b')",
    "create persistent secret s (type http)",
    "create table stolen as select 1",
    "create view stolen as select 1",
    "drop table documents",
    "delete from documents",
    "update documents set title = 'x'",
    "insert into quarantine select * from quarantine",
    "alter table documents add column x int",
    "comment on table documents is 'x'",
    "truncate documents",
    "select * from asked",
    "select * from request",
    "select * from tables",
    "select * from statements",
]


def run(warehouse: Path, query: str, limits: Limits | None = None) -> list[list[tuple[Any, ...]]]:
    with results(warehouse, query, limits) as found:
        return [[row for batch in result for row in value_rows(batch)] for result in found]


def fingerprint(warehouse: Path) -> dict[str, str]:
    return {
        str(p.relative_to(warehouse)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in warehouse.rglob("*")
        if p.is_file()
    }


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "canary.csv").write_text("word\nSECRET\n")
    return folder


def filled(attempt: str, warehouse: Path, outside: Path) -> str:
    words = {"canary": outside / "canary.csv", "out": outside, "db": warehouse / "newsledger.duckdb"}
    for name, path in words.items():
        attempt = attempt.replace(f"{{{name}}}", str(path))
    return attempt


def _run_all(con: duckdb.DuckDBPyConnection, query: str) -> None:
    for statement in duckdb.extract_statements(query):
        result_of(con, statement)


@pytest.mark.parametrize("attempt", ESCAPES)
def test_every_attempt_is_refused_by_the_connection_alone(attempt: str, warehouse: Path, outside: Path) -> None:
    # Without the process's own limits, so that neither hides a hole of the other.
    before = fingerprint(warehouse)
    asked, request = pl.DataFrame({"secret": ["SECRET"]}), {"secret": "SECRET"}
    assert asked.height == len(request)
    con = open_locked(str(warehouse / "newsledger.duckdb"), LOCKED | {"temp_directory": ""})
    with con, pytest.raises(duckdb.Error):
        _run_all(con, filled(attempt, warehouse, outside))
    assert [p.name for p in outside.iterdir()] == ["canary.csv"]
    assert fingerprint(warehouse) == before


@pytest.mark.parametrize(
    "attempt",
    [
        "select * from read_text('{canary}')",
        "copy documents to '{db}' (use_tmp_file false)",
        "copy (select 1) to '{out}/a.csv'",
        "copy (select 1) to '/dev/stderr'",
        "set lock_configuration = false",
    ],
)
def test_an_attempt_is_refused_with_a_reason(attempt: str, warehouse: Path, outside: Path) -> None:
    before = fingerprint(warehouse)
    with pytest.raises(QueryProblem, match="reads the tables of the warehouse and nothing else"):
        run(warehouse, filled(attempt, warehouse, outside))
    assert [p.name for p in outside.iterdir()] == ["canary.csv"]
    assert fingerprint(warehouse) == before


@pytest.mark.parametrize(
    "query",
    [
        "select length(repeat('x', 4000000000))",
        "select len(range(1000000000))",
        "select count(*) from range(100000000000) a, range(1000) b",
        "with recursive r(n) as (select 1 union all select n + 1 from r) select max(n) from r",
    ],
)
def test_a_greedy_query_is_ended_in_time(query: str, warehouse: Path) -> None:
    started = time.monotonic()
    with pytest.raises(QueryProblem, match=r"--timeout|--memory"):
        run(warehouse, query, Limits(seconds=1.5, memory_mb=1024))
    assert time.monotonic() - started < 4
    assert run(warehouse, "select 1") == [[(1,)]]


def test_time_taken_by_a_slow_reader_is_not_the_querys(warehouse: Path) -> None:
    seen = 0
    with results(warehouse, "select * from range(5000)", Limits(seconds=1.5)) as found:
        for result in found:
            for batch in result:
                time.sleep(0.8)
                seen += batch.num_rows
    assert seen == 5000


def test_one_request_leaves_nothing_for_the_next(warehouse: Path) -> None:
    assert run(warehouse, "create temp view actors as select 7 as n; select n from actors") == [[(7,)]]
    assert run(warehouse, "select count(*) from actors") == [[(3,)]]


def test_every_statement_gives_its_result(warehouse: Path) -> None:
    assert run(warehouse, "select 1; select 'a;b'; select 2 where false") == [[(1,)], [("a;b",)], []]
    with results(warehouse, "select 1; select 2", last_only=True) as found:
        assert [[row for b in r for row in value_rows(b)] for r in found] == [[(2,)]]


def test_an_unknown_table_brings_near_names_of_the_warehouse(warehouse: Path) -> None:
    with pytest.raises(QueryProblem, match="Did you mean events"):
        run(warehouse, "select * from event")
    with pytest.raises(QueryProblem, match=r"Tables: .*financial_figures"):
        run(warehouse, "select * from zzzz")


def test_a_syntax_error_says_where(warehouse: Path) -> None:
    with pytest.raises(QueryProblem, match=r"LINE 1: selec name(.|\n)*\^"):
        run(warehouse, "selec name from actors")


def test_an_error_in_the_middle_of_a_result_is_told(warehouse: Path) -> None:
    with pytest.raises(QueryProblem, match=r"Conversion Error|Could not convert"):
        run(warehouse, "select case when range > 90000 then 'x'::int else 1 end from range(100000)")


def test_without_a_warehouse_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(QueryProblem, match="newsledger run"):
        run(tmp_path, "select 1")


def test_a_refusal_says_what_ad_hoc_sql_may_read() -> None:
    text = explained("PermissionException", "Permission Error: Cannot access file", [])
    assert "reads the tables of the warehouse" in text


def test_a_database_swapped_between_queries_is_seen(warehouse: Path, tmp_path: Path) -> None:
    folder = tmp_path / "swapped"
    folder.mkdir()
    for number in (1, 2):
        aside = folder / f"next{number}.duckdb"
        with duckdb.connect(str(aside)) as con:
            con.execute(f"create table t as select {number} as n")
        aside.replace(folder / "newsledger.duckdb")
        assert run(folder, "select n from t") == [[(number,)]]
