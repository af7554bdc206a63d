"""Write, audit, publish: the tables and the database of the next version are held against every rule before they become current.

Single bad rows are quarantined and all is looked at again; what is still wrong then must keep the version back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from pipelines.tables import WAREHOUSE_TABLES
from pipelines.tables.contracts import ContractResult, check_contract, joined
from pipelines.warehouse import bad_rows, changed_checks, checks, database, part_changes, parts, renewed_database, runs
from pipelines.warehouse.database import table_file
from pipelines.warehouse.part_changes import PartChanges
from pipelines.warehouse.versions import Version

# Rows of a table that are looked at at once, and those of one part more: what bounds memory.
_ROWS = 500_000
_MADE = [name for name in WAREHOUSE_TABLES if name != "runs"]


@dataclass
class TablesAudit:
    """What the contracts say of the tables, after single bad rows were quarantined (as the table of that name tells them)."""

    contracts: dict[str, ContractResult]
    quarantined: pl.DataFrame | None = None
    problem: str | None = None


@dataclass
class DatabaseAudit:
    """Rows a table and what breaks each check, after single bad rows were quarantined; `changes`: since the version that the database goes on
    from, None where it was made anew."""

    rows: dict[str, int]
    failed: dict[str, list[tuple[object, ...]]] = field(default_factory=dict)
    quarantined: pl.DataFrame | None = None
    problem: str | None = None
    changes: PartChanges | None = None

    @property
    def broken(self) -> list[str]:
        """Checks that do not hold."""
        return sorted(name for name, rows in self.failed.items() if rows)


def of_tables(tables: Path) -> TablesAudit:
    """Hold every table but `runs`, which is written last, against its contract."""
    audit = TablesAudit(contracts(tables, _MADE, _taken(tables)))
    bad = bad_rows.of_contracts(audit.contracts.values())
    if not bad.is_empty():
        try:
            audit.quarantined = bad_rows.quarantine(tables, bad)
        except bad_rows.TooManyBadRows as problem:
            audit.problem = str(problem)
            return audit
        audit.contracts = contracts(tables, _MADE, _taken(tables))
    return audit


def _taken(tables: Path) -> dict[str, set[str]]:
    """Parts taken over from a published version: they were as they should when they were made."""
    return {name: set(some) for name, some in parts.noted(tables).taken.items()}


def contracts(tables: Path, names: Iterable[str], without: Mapping[str, set[str]]) -> dict[str, ContractResult]:
    """Tables against their contracts, some parts at a time; `without` are parts (table -> names) that are known to be as they should.

    That keys of rows that are not looked at together differ is a check of the database (`keys_are_unique`).
    """
    found = {}
    for name in names:
        scans = parts.scans(table_file(tables, name), without.get(name, set()), _ROWS)
        found[name] = joined(name, [(check_contract(name, some), first) for some, first in scans])
    return found


def of_database(file: Path, before: Version | None = None) -> DatabaseAudit:
    """Make the database of the tables beside it and hold it against every check: going on from that of the version before where that is possible.

    Where anything is wrong with such a one, all is made and checked anew. Raises duckdb.ConstraintException where a column that must
    not be null is.
    """
    # What a killed run left half made.
    file.unlink(missing_ok=True)
    file.with_name(f"{file.name}.wal").unlink(missing_ok=True)
    found = _renewed(file, before)
    if found is None:
        found = _made_anew(file)
    renewed_database.note(file, found.rows)
    return found


def _renewed(file: Path, before: Version | None) -> DatabaseAudit | None:
    changes = part_changes.since(before, file.parent / "tables")
    if before is None or changes is None:
        return None
    renewed = renewed_database.renew(file, before, changes)
    if renewed is None:
        return None
    failed = changed_checks.failed_checks(file, changes) | {checks.READ_BACK_CHECK: []}
    found = DatabaseAudit(renewed.rows, failed, changes=changes)
    if found.broken:
        file.unlink()
        return None
    return found


def _made_anew(file: Path) -> DatabaseAudit:
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
    return {name: parts.rows_of(table_file(tables, name)) for name in _MADE}
