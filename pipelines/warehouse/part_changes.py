"""How the tables of the next version differ from those of the version before: which parts were made anew.

What is done once for a version (its database, its checks) need then be done for these parts alone. A part counts as the same only where
both versions note one key for it; one that lost rows to the quarantine has none, so it counts as changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipelines.tables import WAREHOUSE_TABLES
from pipelines.warehouse import parts, versions
from pipelines.warehouse.versions import Version

# Beyond this share of rows in changed parts, making all anew costs no more, and leaves no waste.
MOST_CHANGED = 0.3


@dataclass(frozen=True)
class PartChanges:
    """`before` and `now`: folders of tables; `parts`: table -> its parts whose rows may differ. Tables that are not in it are single files."""

    before: Path
    now: Path
    parts: Mapping[str, frozenset[str]]

    @cached_property
    def months(self) -> frozenset[str]:
        """Parts that changed in any table: rules that look at a document's rows in several tables are asked of these."""
        return frozenset().union(*self.parts.values())

    def files_before(self, table: str) -> list[Path]:
        """Files of the changed parts of a table as they were; of a table that is a single file, that."""
        return self._files(self.before, table, self.parts.get(table))

    def files_now(self, table: str) -> list[Path]:
        """The same as they are now."""
        return self._files(self.now, table, self.parts.get(table))

    def files_of_months(self, table: str) -> list[Path]:
        """Files as they are now of all months that changed in any table."""
        return self._files(self.now, table, self.months)

    def _files(self, tables: Path, table: str, chosen: frozenset[str] | None) -> list[Path]:
        files = parts.files_of(tables / f"{table}.parquet")
        return files if chosen is None else [file for file in files if file.stem in chosen]


def since(before: Version | None, tables: Path) -> PartChanges | None:
    """What changed since a version; None where that does not help: nothing was published, it has lost files or has no parts, or most of it changed."""
    if before is None or versions.missing_files(before):
        return None
    then, now = parts.noted(before.tables).keys, parts.noted(tables).keys
    if not then or then.keys() != now.keys() or not then.keys() <= WAREHOUSE_TABLES.keys():
        return None
    changed = {table: _changed(then[table], now[table], before.tables, tables, table) for table in now}
    found = PartChanges(before.tables, tables, changed)
    rows = sum(parts.rows_of(tables / f"{table}.parquet") for table in now)
    new = sum(parts.rows_of(file) for table in now for file in found.files_now(table))
    gone = sum(parts.rows_of(file) for table in now for file in found.files_before(table))
    return None if new + gone > MOST_CHANGED * 2 * rows else found


def _changed(then: Mapping[str, str], now: Mapping[str, str], before: Path, tables: Path, table: str) -> frozenset[str]:
    there = {file.stem for folder in (before, tables) for file in parts.files_of(folder / f"{table}.parquet")}
    return frozenset(part for part in there | then.keys() | now.keys() if now.get(part, "") != then.get(part))
