"""Holds the published version against what was written and against every rule: for after a crash, a move, a restore."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.query.published import QueryProblem
from pipelines.tables import WAREHOUSE_TABLES
from pipelines.warehouse import audit, checks, database, versions


def problems(warehouse: Path) -> list[str]:
    """What is wrong with the published version, a line each; empty where all is well.

    Compares the SHA-256 of every file (a flipped bit goes unseen in most plain Parquet reads), then checks contracts
    and `sql/checks`. Raises QueryProblem where nothing was published.
    """
    version = versions.current(warehouse)
    if version is None:
        raise QueryProblem(f"There is no warehouse at {warehouse} yet.\nRun `newsledger run` first.")
    damaged = versions.damaged_files(version)
    if damaged:
        # What lies in damaged files is not worth reading: it may be wrong without an error.
        cure = "`newsledger rollback` returns to the version before, which may share the file; `newsledger run --select tables` makes all anew."
        return [*(f"{version.path / name} {what}" for name, what in damaged.items()), cure]
    found = []
    for table, broken in audit.contracts(version.tables, WAREHOUSE_TABLES, {}).items():
        found += [f"{table}: rule {rule} is broken by {rows} rows" for rule, rows in broken.failed.items()]
    try:
        failed = checks.failed_checks(version.database)
        failing = database.views_that_fail(version.database)
    except duckdb.Error as error:
        return [*found, f"{version.database} cannot be read: {error}"]
    found += [f"check {name}: {rows[0]}" for name, rows in failed.items() if rows]
    return found + [f"view {name} cannot be read: {why}" for name, why in failing.items()]
