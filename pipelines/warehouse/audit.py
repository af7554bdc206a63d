"""Write, audit, publish: the tables and the database of the next version are held against every rule before they become current.

Single bad rows are quarantined and all is looked at again; what is still wrong then must keep the version back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from pipelines.tables import WAREHOUSE_TABLES
from pipelines.tables.contracts import ContractResult, check_contract, joined
from pipelines.warehouse import bad_rows, checks, database, parts, runs
from pipelines.warehouse.database import table_file

# Rows of a table that are looked at at once, as far as its parts are smaller: what bounds memory.
_ROWS = 500_000


@dataclass
class TablesAudit:
    """What the contracts say of the tables, after single bad rows were quarantined (as the table of that name tells them)."""

    contracts: dict[str, ContractResult]
    quarantined: pl.DataFrame | None = None
    problem: str | None = None


@dataclass
class DatabaseAudit:
    """Rows a table and what breaks each check, after single bad rows were quarantined."""

    rows: dict[str, int]
    failed: dict[str, list[tuple[object, ...]]] = field(default_factory=dict)
    quarantined: pl.DataFrame | None = None
    problem: str | None = None

    @property
    def broken(self) -> list[str]:
        """Checks that do not hold."""
        return sorted(name for name, rows in self.failed.items() if rows)


def of_tables(tables: Path) -> TablesAudit:
    """Hold every table but `runs`, which is written last, against its contract."""
    audit = TablesAudit(_contracts(tables))
    bad = bad_rows.of_contracts(audit.contracts.values())
    if not bad.is_empty():
        try:
            audit.quarantined = bad_rows.quarantine(tables, bad)
        except bad_rows.TooManyBadRows as problem:
            audit.problem = str(problem)
            return audit
        audit.contracts = _contracts(tables)
    return audit


def _contracts(tables: Path) -> dict[str, ContractResult]:
    """Each table against its contract, part by part; parts taken over from a published version were so when they were made.

    That keys of different parts differ is a check of the database (`keys_are_unique`).
    """
    taken = parts.noted(tables).taken
    found = {}
    for name in WAREHOUSE_TABLES:
        if name != "runs":
            groups = parts.in_groups(table_file(tables, name), set(taken.get(name, ())), _ROWS)
            found[name] = joined(name, [(check_contract(name, pl.scan_parquet(some)), first) for some, first in groups])
    return found


def of_database(file: Path) -> DatabaseAudit:
    """Build the database from the tables beside it and run every check on it.

    Raises duckdb.ConstraintException where a column that must not be null is.
    """
    tables = file.parent / "tables"
    audit = DatabaseAudit(database.build(file, tables))
    audit.failed = checks.failed_checks(file)
    if not audit.broken:
        return audit
    bad = bad_rows.of_checks(tables, checks.broken_rows(file))
    if bad.is_empty():
        return audit
    try:
        audit.quarantined = bad_rows.quarantine(tables, bad)
    except bad_rows.TooManyBadRows as problem:
        audit.problem = str(problem)
        return audit
    runs.recount(tables, row_counts(tables))
    file.unlink()
    audit.rows = database.build(file, tables)
    audit.failed = checks.failed_checks(file)
    return audit


def row_counts(tables: Path) -> dict[str, int]:
    """Rows of every table but `runs`, from the Parquet files."""
    return {name: parts.rows_of(table_file(tables, name)) for name in WAREHOUSE_TABLES if name != "runs"}
