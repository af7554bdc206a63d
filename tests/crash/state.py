"""What a warehouse holds, as readers see it: to compare the state before a crash with the state after."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.warehouse import checksums


def state(warehouse: Path) -> dict[str, str] | None:
    """Checksum of every published table; None where nothing is published. Fails where the database does not open."""
    database = warehouse / "newsledger.duckdb"
    if not database.exists():
        return None
    with duckdb.connect(str(database), read_only=True) as con:
        return checksums.of_tables(con)


def seen_as(warehouse: Path, before: dict[str, str] | None, after: dict[str, str] | None) -> str:
    """Whether a reader sees the state "before" or "after", or a "torn" one: something else, or nothing that can be opened."""
    try:
        seen = state(warehouse)
    except Exception:  # whatever a reader would meet
        return "torn"
    return "before" if seen == before else "after" if seen == after else "torn"


def leftovers(warehouse: Path) -> list[str]:
    """Files that a finished run must not leave: half-written ones and logs of DuckDB."""
    found = [p for p in warehouse.rglob("*") if p.name.endswith((".partial", ".unfinished", ".wal", ".tmp"))]
    return sorted(str(p.relative_to(warehouse)) for p in found if ".dagster" not in p.parts)
