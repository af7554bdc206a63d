"""Builds `newsledger.duckdb` from the Parquet tables and the SQL models, in a file that nobody has open yet.

Tables are native (views over files fail in the locked-down SQL of analysts), with a comment on every column. Keys
are checked, not declared: indexes would double the file and the time to build it. Marts and what they share are views,
one file of `sql/marts` or `sql/intermediate` each, made in the order of what they read (`sql_models`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import dataframely as dy
import duckdb
import polars as pl

from pipelines.tables import WAREHOUSE_TABLES
from pipelines.tables.columns import allowed_values
from pipelines.warehouse import parts
from pipelines.warehouse.sql_models import SqlModel, tables_of, views

# So that an analyst's DuckDB 1.5 client opens it too; 2.0's own format cannot be read by 1.5.
STORAGE_VERSION = "v1.5.0"
# Rows of the tables that a view reads, beyond which no run asks it: views cost nothing until somebody asks, and then what they read.
MOST_ASKED = 1_000_000
LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def build(database: Path, tables: Path) -> dict[str, int]:
    """Make a database from `<tables>/<table>.parquet`; returns rows of its tables, and of those views that are small (`is_small`).

    Raises duckdb.ConstraintException where a column that must not be null is.
    """
    rows: dict[str, int] = {}
    with duckdb.connect(":memory:", config=LOCKED) as con:
        con.execute(f"attach {text_literal(str(database))} as warehouse (storage_version '{STORAGE_VERSION}')")
        con.execute("use warehouse")
        for statement in _tables_made():
            con.execute(statement)
        # Compressing text keeps one core busy a table: two tables at a time, the largest first.
        by_size = sorted(WAREHOUSE_TABLES, key=lambda name: -parts.bytes_of(table_file(tables, name)))
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda name: _fill(con.cursor(), name, table_file(tables, name)), by_size))
        for statement in _views_made():
            con.execute(statement)
        rows |= {name: count(con, name) for name in WAREHOUSE_TABLES}
        rows |= {view.name: count(con, view.name) for view in views() if is_small(view, rows)}
        con.execute("checkpoint warehouse")
        con.execute("use memory")
        con.execute("detach warehouse")
    return rows


def _tables_made() -> Iterator[str]:
    for name, schema in WAREHOUSE_TABLES.items():
        yield _create_table(name)
        yield f"comment on table {name} is {text_literal(_first_line(schema.__doc__))}"
        for column, definition in schema.columns().items():
            yield f"comment on column {name}.{column} is {text_literal(_comment(definition))}"


def _views_made() -> Iterator[str]:
    for view in views():
        yield f"create view {view.name} as {view.query}"
        yield f"comment on view {view.name} is {text_literal(view.question)}"
        for column, description in view.columns.items():
            yield f"comment on column {view.name}.{column} is {text_literal(description)}"


@cache
def recipe() -> str:
    """Digest of all that decides a database beside its rows: two of one digest have the same tables, comments and views, in one format."""
    told = "\n".join([duckdb.__version__, STORAGE_VERSION, *_tables_made(), *_views_made()])
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


def is_small(view: SqlModel, rows: Mapping[str, int]) -> bool:
    """Whether a view reads so few rows that a run may ask it whole, to count and to show it; `newsledger verify` asks every one."""
    return sum(rows[table] for table in tables_of(view)) <= MOST_ASKED


def table_file(tables: Path, name: str) -> Path:
    """The Parquet file of a table, or the folder of its parts."""
    return tables / f"{name}.parquet"


def _fill(con: duckdb.DuckDBPyConnection, name: str, file: Path) -> None:
    with con:
        con.execute(f"insert into warehouse.{name} by name select * from read_parquet({text_literal(str(file))})")


def first_rows(database: Path, name: str, most: int = 5) -> pl.DataFrame:
    """The first rows of a table or view, for a preview; of none (`most` 0) its columns."""
    with duckdb.connect(str(database), read_only=True, config=LOCKED) as con:
        found: pl.DataFrame = con.sql(f"select * from {name} limit {most}").pl()
        return found


def views_that_fail(database: Path) -> dict[str, str]:
    """Views that cannot be read to their end: name -> why."""
    found = {}
    with duckdb.connect(str(database), read_only=True, config=LOCKED) as con:
        for view in views():
            try:
                count(con, view.name)
            except duckdb.Error as error:
                found[view.name] = str(error)
    return found


def _comment(definition: dy.Column) -> str:
    """A column's description, with the values that it may have."""
    values = allowed_values(definition)
    description = definition.description or ""
    return f"{description} One of: {', '.join(values)}." if values else description


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


def count(con: duckdb.DuckDBPyConnection, name: str) -> int:
    """Rows of a table or view."""
    found = con.execute(f"select count(*) from {name}").fetchone()
    assert found is not None
    return int(found[0])


def text_literal(value: str) -> str:
    """An SQL string literal."""
    return "'" + value.replace("'", "''") + "'"


def _first_line(doc: str | None) -> str:
    return (doc or "").strip().splitlines()[0] if doc else ""
