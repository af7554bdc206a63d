"""Builds `newsledger.duckdb` from the Parquet tables and the SQL models, in a file that nobody has open yet.

Tables are native (views over files fail in the locked-down SQL of analysts), with a comment on every column. Keys
are checked, not declared: indexes would double the file and the time to build it. Marts are views, one file of
`sql/marts` each.
"""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb
import polars as pl
import sqlglot

from pipelines.tables import REFERENCES, WAREHOUSE_TABLES
from pipelines.warehouse import checksums

# So that an analyst's DuckDB 1.5 client opens it too; 2.0's own format cannot be read by 1.5.
STORAGE_VERSION = "v1.5.0"
REFERENCES_CHECK = "references_point_to_rows"
KEYS_CHECK = "keys_are_unique"
READ_BACK_CHECK = "database_holds_what_the_tables_hold"
BUILT_IN_CHECKS = (REFERENCES_CHECK, KEYS_CHECK, READ_BACK_CHECK)
_LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


@dataclass(frozen=True)
class SqlModel:
    """One file of `sql/`: a SELECT. Its leading comment is the question it answers, `name: text` lines its columns."""

    name: str
    query: str
    question: str
    columns: dict[str, str]


def sql_folder() -> Path:
    """The folder `sql/`: of the checkout, or the copy inside an installed package."""
    checkout = Path(__file__).resolve().parents[2] / "sql"
    return checkout if checkout.is_dir() else Path(str(importlib.resources.files("pipelines"))) / "_sql"


def read_model(file: Path) -> SqlModel:
    """Read one SQL file."""
    query = file.read_text(encoding="utf8").strip().rstrip(";")
    header = [line[2:].strip() for line in _header(query)]
    found = [re.fullmatch(r"(\w+): (.+)", line) for line in header]
    columns = {m[1]: m[2] for m in found if m}
    question = " ".join(line for line in header if not re.match(r"\w+: ", line))
    return SqlModel(file.stem, query, question, columns)


def _header(query: str) -> list[str]:
    lines = []
    for line in query.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line)
    return lines


def models(kind: str) -> list[SqlModel]:
    """The SQL files of one folder of `sql/` (marts, checks, examples), by name."""
    return [read_model(f) for f in sorted((sql_folder() / kind).glob("*.sql"))]


def build(database: Path, tables: Path) -> dict[str, int]:
    """Make a database from `<tables>/<table>.parquet`; returns rows a table.

    Raises duckdb.ConstraintException where a column that must not be null is.
    """
    rows: dict[str, int] = {}
    with duckdb.connect(":memory:", config=_LOCKED) as con:
        con.execute(f"attach {_text(str(database))} as warehouse (storage_version '{STORAGE_VERSION}')")
        con.execute("use warehouse")
        for name, schema in WAREHOUSE_TABLES.items():
            con.execute(_create_table(name))
            con.execute(f"comment on table {name} is {_text(_first_line(schema.__doc__))}")
            for column, definition in schema.columns().items():
                con.execute(f"comment on column {name}.{column} is {_text(definition.description or '')}")
        # Compressing text keeps one core busy a table: two tables at a time, the largest first.
        by_size = sorted(WAREHOUSE_TABLES, key=lambda name: -_file(tables, name).stat().st_size)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda name: _fill(con.cursor(), name, _file(tables, name)), by_size))
        rows |= {name: _count(con, name) for name in WAREHOUSE_TABLES}
        for mart in models("marts"):
            con.execute(f"create view {mart.name} as {mart.query}")
            con.execute(f"comment on view {mart.name} is {_text(mart.question)}")
            for column, description in mart.columns.items():
                con.execute(f"comment on column {mart.name}.{column} is {_text(description)}")
            rows[mart.name] = _count(con, mart.name)
        con.execute("checkpoint warehouse")
        con.execute("use memory")
        con.execute("detach warehouse")
    return rows


def _file(tables: Path, name: str) -> Path:
    return tables / f"{name}.parquet"


def _fill(con: duckdb.DuckDBPyConnection, name: str, file: Path) -> None:
    with con:
        con.execute(f"insert into warehouse.{name} by name select * from read_parquet({_text(str(file))})")


def tables_of(model: SqlModel) -> list[str]:
    """The warehouse tables that a model reads."""
    found = {t.name for t in sqlglot.parse_one(model.query, read="duckdb").find_all(sqlglot.exp.Table)}
    return [table for table in WAREHOUSE_TABLES if table in found]


def first_rows(database: Path, name: str) -> pl.DataFrame:
    """The first rows of a table or view, for a preview."""
    with duckdb.connect(str(database), read_only=True, config=_LOCKED) as con:
        found: pl.DataFrame = con.sql(f"select * from {name} limit 5").pl()
        return found


def _orphans(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Rows whose reference points to nothing: (table, column, value)."""
    found: list[tuple[object, ...]] = []
    for (table, column), (other, key) in REFERENCES.items():
        query = f"""
            select '{table}', '{column}', {column} from {table}
            where {column} is not null and {column} not in (select {key} from {other}) limit 5
        """
        found += con.execute(query).fetchall()
    return found


def failed_checks(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Run every check on the database as it lies on disk; each gives the rows that break its rule (5 at most).

    The checks are the queries of `sql/checks`, that references point to rows, that keys are unique, and that what
    DuckDB reads back is what the Parquet tables beside it hold (it once wrote columns that it could not read:
    duckdb issue 22823).
    """
    tables = database.parent / "tables"
    with duckdb.connect(str(database), read_only=True, config=_LOCKED) as con:
        asked: dict[str, Callable[[duckdb.DuckDBPyConnection], list[tuple[object, ...]]]] = {
            check.name: partial(_first_rows_of, check.query) for check in models("checks")
        }
        asked |= {REFERENCES_CHECK: _orphans, KEYS_CHECK: _doubles, READ_BACK_CHECK: partial(_read_back, tables)}
        with ThreadPoolExecutor(2) as pool:
            running = {name: pool.submit(_on_a_cursor, con, check) for name, check in asked.items()}
            return {name: future.result() for name, future in running.items()}


def _on_a_cursor(
    con: duckdb.DuckDBPyConnection, check: Callable[[duckdb.DuckDBPyConnection], list[tuple[object, ...]]]
) -> list[tuple[object, ...]]:
    with con.cursor() as cursor:
        return check(cursor)


def _first_rows_of(query: str, con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return con.execute(query).fetchmany(5)


def _doubles(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Keys that several rows bear: (table, key columns ..., rows)."""
    found: list[tuple[object, ...]] = []
    for name, schema in WAREHOUSE_TABLES.items():
        keys = ", ".join(schema.primary_key())
        if keys:
            query = f"select '{name}', {keys}, count(*) from {name} group by {keys} having count(*) > 1 limit 5"
            found += con.execute(query).fetchall()
    return found


def _read_back(tables: Path, con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Tables whose rows are not those of their Parquet file: (table, rows and sum here, rows and sum there)."""
    found: list[tuple[object, ...]] = []
    for name, schema in WAREHOUSE_TABLES.items():
        columns = list(schema.columns())
        here = checksums.of_relation(con, name, columns)
        types = dict(con.execute(f"select name, type from pragma_table_info('{name}')").fetchall())
        cast = ", ".join(f"{column}::{types[column]} as {column}" for column in columns)
        there = checksums.of_relation(
            con, f"(select {cast} from read_parquet({_text(str(_file(tables, name)))}))", columns
        )
        if here != there:
            found.append((name, here, there))
    return found


def row_counts(database: Path) -> dict[str, int]:
    """Rows of every table of the contract."""
    with duckdb.connect(str(database), read_only=True, config=_LOCKED) as con:
        return {name: _count(con, name) for name in WAREHOUSE_TABLES}


def quarantine_reasons(database: Path) -> list[tuple[str, str, int]]:
    """(stage, reason, rows) of the quarantine, most first."""
    query = "select stage, reason, count(*) from quarantine group by all order by 3 desc, 1, 2"
    with duckdb.connect(str(database), read_only=True, config=_LOCKED) as con:
        return [(str(a), str(b), int(c)) for a, b, c in con.execute(query).fetchall()]


def _create_table(name: str) -> str:
    schema = WAREHOUSE_TABLES[name]
    nullable = {c: d.nullable for c, d in schema.columns().items()}
    empty = duckdb.from_arrow(schema.create_empty().to_arrow())
    columns = [
        f"{column} {_type(str(dtype))}{'' if nullable[column] else ' not null'}"
        for column, dtype in zip(empty.columns, empty.types, strict=True)
    ]
    return f"create table {name} ({', '.join(columns)})"


def _type(duckdb_type: str) -> str:
    # Enumerations are text to an analyst: they compare and join without a cast.
    return "varchar" if duckdb_type.startswith("ENUM") else duckdb_type


def _count(con: duckdb.DuckDBPyConnection, name: str) -> int:
    found = con.execute(f"select count(*) from {name}").fetchone()
    assert found is not None
    return int(found[0])


def _text(value: str) -> str:
    """An SQL string literal."""
    return "'" + value.replace("'", "''") + "'"


def _first_line(doc: str | None) -> str:
    return (doc or "").strip().splitlines()[0] if doc else ""
