"""Opens the published database to read from, and says what to do where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from pipelines.errors import Explained

DATABASE = "newsledger.duckdb"
# Each setting closes a way out. Ad-hoc SQL needs more, see `sandboxed_process.open_locked`.
LOCKED: dict[str, Any] = {
    "enable_external_access": False,
    "python_enable_replacements": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
}


class QueryProblem(Explained):
    """Something the user can put right; its text says what, where and how."""


def database_path(warehouse: Path) -> Path:
    """The published database. Raises QueryProblem where nothing was published yet."""
    path = warehouse / DATABASE
    if not path.exists():
        raise QueryProblem(
            f"There is no warehouse at {warehouse} yet.\n"
            "Run `newsledger run` first, or name another folder with --warehouse."
        )
    return path


@contextmanager
def opened(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only, locked-down connection to what is published now; it keeps that version while it is open."""
    path = database_path(warehouse)
    try:
        con = duckdb.connect(str(path), read_only=True, config=LOCKED)
    except duckdb.Error as error:
        raise QueryProblem(f"{path} cannot be opened: {error}\n`newsledger run` builds it anew.") from error
    with con:
        yield con


def rows(con: duckdb.DuckDBPyConnection, query: str, *parameters: object) -> list[dict[str, Any]]:
    """All rows of a query by column name."""
    result = con.execute(query, list(parameters))
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def has_table(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether the warehouse has a table or view of that name."""
    found = con.execute(
        "select count(*) from information_schema.tables where table_schema = 'main' and table_name = ?", [table]
    ).fetchone()
    return bool(found and found[0])
