"""The checks of a database that goes on from a published one: asked of what changed, since the rest held when it was published.

A query of `sql/checks` or `sql/warnings` that gives document_id looks at nothing beside the rows of one document, all of which lie in one
month: it is asked of the months that changed. Keys are looked for in the whole table, and references in both directions: from rows that changed
to any row, and from any row to those that are gone. All else, such as sums over marts, is asked of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipelines.tables import REFERENCES, WAREHOUSE_TABLES
from pipelines.warehouse import checks, database, sql_models
from pipelines.warehouse.checks import KEYS_CHECK, REFERENCES_CHECK
from pipelines.warehouse.database import text_literal
from pipelines.warehouse.part_changes import PartChanges

Rows = list[tuple[object, ...]]


def failed_checks(file: Path, changes: PartChanges) -> dict[str, Rows]:
    """Every check of `checks.failed_checks` but that of reading back, which is part of making such a database; what breaks each (5 at most)."""
    asked = sql_models.models("checks")
    found = checks.asked_of_all(file, [one for one in asked if not one.is_of_documents])
    with opened(file, changes) as con, ThreadPoolExecutor(2) as pool:
        running = {
            one.name: pool.submit(_ask, con, [one.query]) for one in asked if one.is_of_documents
        } | {
            KEYS_CHECK: pool.submit(_ask, con, list(_repeated_keys(changes))),
            REFERENCES_CHECK: pool.submit(_lost_references, con, changes),
        }  # fmt: skip
        return found | {name: future.result() for name, future in running.items()}


@contextmanager
def opened(file: Path, changes: PartChanges) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection where tables that lie in parts have the rows of the months that changed, the others all; `warehouse` is the whole database."""
    with duckdb.connect(":memory:", config=database.LOCKED) as con:
        con.execute(f"attach {text_literal(str(file))} as warehouse (read_only)")
        for name, schema in WAREHOUSE_TABLES.items():
            rows = f"select * from warehouse.{name}"
            if name in changes.parts:
                types = dict(con.execute(f"select name, type from pragma_table_info('warehouse.{name}')").fetchall())
                cast = ", ".join(f"{column}::{types[column]} as {column}" for column in schema.columns())
                some = ", ".join(text_literal(str(path)) for path in changes.files_of_months(name))
                rows = f"select {cast} from read_parquet([{some}])" if some else f"{rows} limit 0"
            con.execute(f"create view {name} as {rows}")
        yield con


def _ask(con: duckdb.DuckDBPyConnection, queries: list[str]) -> Rows:
    with con.cursor() as cursor:
        found: Rows = []
        for query in queries:
            found += cursor.execute(query).fetchmany(checks.EXAMPLES - len(found))
        return found


def _repeated_keys(changes: PartChanges) -> Iterator[str]:
    for name, schema in WAREHOUSE_TABLES.items():
        keys = ", ".join(schema.primary_key())
        if keys:
            asked = f"semi join {name} as changed using ({keys})" if name in changes.parts else ""
            repeated = f"select {keys}, count(*) as rows from warehouse.{name} {asked} group by {keys} having rows > 1"
            yield f"select '{name}' as table_name, {checks.key_of(name)} as row_key, rows from ({repeated})"


def _lost_references(con: duckdb.DuckDBPyConnection, changes: PartChanges) -> Rows:
    found: Rows = []
    with con.cursor() as cursor:
        gone: dict[str, bool] = {}
        for other, key in sorted(set(REFERENCES.values())):
            gone[other] = _keep_gone(cursor, other, key, changes)
        for (table, column), (other, key) in REFERENCES.items():
            shown = f"'{table}' as table_name, {checks.key_of(table)} as row_key, '{column}' as column_name, {column}::varchar as value"
            lost = f"from {table} anti join {other} as other on {table}.{column} = other.{key} where {table}.{column} is not null"
            # Most point to rows of their own month; only for the others is the whole table looked at.
            if cursor.execute(f"select 1 {lost} limit 1").fetchone():
                query = f"select {shown} from (select {table}.* {lost}) as {table} anti join warehouse.{other} as other on {table}.{column} = other.{key}"
                found += cursor.execute(query).fetchmany(checks.EXAMPLES)
            if gone[other]:
                query = f"select {shown} from warehouse.{table} where {column} in (select {key} from gone_{other})"
                found += cursor.execute(query).fetchmany(checks.EXAMPLES)
    return found[: checks.EXAMPLES]


def _keep_gone(con: duckdb.DuckDBPyConnection, other: str, key: str, changes: PartChanges) -> bool:
    """Keep keys that a table had and has no longer as `gone_<table>`; whether there are any."""
    old = changes.files_before(other)
    some = ", ".join(text_literal(str(path)) for path in old)
    had = f"select {key} from read_parquet([{some}])" if old else f"select {key} from {other} where false"
    con.execute(
        f"create temp table gone_{other} as select distinct {key} from ({had}) anti join {other} as now using ({key})"
    )
    return database.count(con, f"gone_{other}") > 0
