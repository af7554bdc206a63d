"""What must hold before a database is published, and what only deserves a look.

A check is a query for what breaks its rule: a file of `sql/checks`, or one of those here that come from the contracts. Where
its first columns are `table_name` and `row_key` (the key's columns, joined by colons), the rule is about single rows,
which can be quarantined; else about the whole. Files of `sql/warnings` are asked in the same way and never keep anything back (`unusual_rows`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import duckdb
import polars as pl

from pipelines.tables import REFERENCES, WAREHOUSE_TABLES
from pipelines.warehouse import checksums, database, sql_models
from pipelines.warehouse.sql_models import SqlModel

REFERENCES_CHECK = "references_point_to_rows"
KEYS_CHECK = "keys_are_unique"
READ_BACK_CHECK = "database_holds_what_the_tables_hold"
BUILT_IN_CHECKS = (REFERENCES_CHECK, KEYS_CHECK, READ_BACK_CHECK)
ROW_COLUMNS = ["table_name", "row_key"]
BROKEN_ROWS_SCHEMA = pl.Schema({"table_name": pl.String(), "row_key": pl.String(), "rule": pl.String()})
EXAMPLES = 5
_Check = Callable[[duckdb.DuckDBPyConnection], list[tuple[object, ...]]]


def key_of(table: str) -> str:
    """SQL for a row's key as one text: its columns joined by colons."""
    return f"concat_ws(':', {', '.join(WAREHOUSE_TABLES[table].primary_key())})"


def _row_queries() -> dict[str, str]:
    """Check -> query, for all that are about single rows."""
    found = {c.name: c.query for c in sql_models.models("checks") if f"as {ROW_COLUMNS[1]}" in c.query}
    orphans = [
        f"""
        select '{table}' as table_name, {key_of(table)} as row_key, '{column}' as column_name, {column}::varchar as value
        from {table} where {column} is not null and {column} not in (select {key} from {other})
        """
        for (table, column), (other, key) in REFERENCES.items()
    ]
    doubles = []
    for name, schema in WAREHOUSE_TABLES.items():
        keys = ", ".join(schema.primary_key())
        if keys:
            repeated = f"select {keys}, count(*) as rows from {name} group by {keys} having rows > 1"
            doubles.append(f"select '{name}' as table_name, {key_of(name)} as row_key, rows from ({repeated})")
    return found | {REFERENCES_CHECK: " union all ".join(orphans), KEYS_CHECK: " union all ".join(doubles)}


def failed_checks(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Run every check on the database as it lies on disk; each gives what breaks its rule (5 at most).

    The checks are the queries of `sql/checks`, that references point to rows, that keys are unique, and that what
    DuckDB reads back is what the Parquet tables beside it hold (it once wrote columns that it could not read:
    duckdb issue 22823).
    """
    asked: dict[str, _Check] = {c.name: partial(_first_rows, c.query) for c in sql_models.models("checks")}
    asked |= {name: partial(_first_rows, query) for name, query in _row_queries().items()}
    asked |= {READ_BACK_CHECK: partial(_read_back, file.parent / "tables")}
    return _ask(file, asked)


def asked_of_all(file: Path, queries: Iterable[SqlModel]) -> dict[str, list[tuple[object, ...]]]:
    """What some queries find in a database (5 rows of each at most)."""
    return _ask(file, {one.name: partial(_first_rows, one.query) for one in queries})


def broken_rows(file: Path) -> pl.DataFrame:
    """All rows that break a rule about single rows: table_name, row_key, rule (the check)."""
    found = [BROKEN_ROWS_SCHEMA.to_frame()]
    with duckdb.connect(str(file), read_only=True, config=database.LOCKED) as con:
        for name, query in _row_queries().items():
            rows = con.execute(f"select distinct table_name, row_key from ({query}) order by all").fetchall()
            found.append(pl.DataFrame([(*row, name) for row in rows], schema=BROKEN_ROWS_SCHEMA, orient="row"))
    return pl.concat(found)


def _ask(file: Path, asked: dict[str, _Check]) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(file), read_only=True, config=database.LOCKED) as con, ThreadPoolExecutor(2) as pool:
        running = {name: pool.submit(_on_a_cursor, con, check) for name, check in asked.items()}
        return {name: future.result() for name, future in running.items()}


def _on_a_cursor(con: duckdb.DuckDBPyConnection, check: _Check) -> list[tuple[object, ...]]:
    with con.cursor() as cursor:
        return check(cursor)


def _first_rows(query: str, con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return con.execute(query).fetchmany(EXAMPLES)


def _read_back(tables: Path, con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Tables whose rows are not those of their Parquet file: (table, rows and sum here, rows and sum there)."""
    found: list[tuple[object, ...]] = []
    for name, schema in WAREHOUSE_TABLES.items():
        columns = list(schema.columns())
        here = checksums.of_relation(con, name, columns)
        types = dict(con.execute(f"select name, type from pragma_table_info('{name}')").fetchall())
        cast = ", ".join(f"{column}::{types[column]} as {column}" for column in columns)
        file = database.text_literal(str(database.table_file(tables, name)))
        there = checksums.of_relation(con, f"(select {cast} from read_parquet({file}))", columns)
        if here != there:
            found.append((name, here, there))
    return found
