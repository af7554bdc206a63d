"""Parts of the published tables: a table that is told of documents is a folder `<table>.parquet` of one file a month of publication.

Polars, DuckDB and pyarrow read such a folder by its name as they read a file. A part has a key, a digest of all that decides its rows;
`parts.json` in a version's folder holds them. A part of the same key as one that is published is not made again: it is the same file under
another name (a hard link). Tables that are not told of documents, and those of versions before there were parts, are single files.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq

from pipelines.warehouse import files

NOTED = "parts.json"
# The part of a table that has no rows at all, so that there is something to read the columns from.
NO_ROWS = "none"


@dataclass
class Parts:
    """What is noted of a version: table -> part -> key; and which parts were taken over from a version before."""

    keys: dict[str, dict[str, str]] = field(default_factory=dict)
    taken: dict[str, list[str]] = field(default_factory=dict)

    def note(self, tables: Path) -> None:
        """Keep it beside the folder of the tables."""
        files.write_json({"keys": self.keys, "taken": self.taken}, tables.parent / NOTED)


def noted(tables: Path) -> Parts:
    """What is noted of a folder of tables; nothing where it has no parts."""
    found: dict[str, Any] = files.read_json(tables.parent / NOTED) or {}
    return Parts(found.get("keys", {}), found.get("taken", {}))


def files_of(table: Path) -> list[Path]:
    """The files of a table in the order in which they are read: its parts, or itself."""
    if not table.is_dir():
        return [table]
    with os.scandir(table) as found:  # sorting paths, in the place of names, takes five times as long
        return [table / name for name in sorted(entry.name for entry in found) if name.endswith(".parquet")]


def with_first_rows(table: Path) -> Iterator[tuple[Path, int]]:
    """The files of a table, each with the place of its first row among the table's."""
    first = 0
    for file in files_of(table):
        yield file, first
        first += _rows_in(file)


def in_groups(table: Path, without: set[str], rows: int) -> Iterator[tuple[list[Path], int]]:
    """Files of a table that follow each other, as many as have so many rows together, with the place of their first row; parts of the
    names `without` are left out."""
    some: list[Path] = []
    start = 0
    for file, first in with_first_rows(table):
        is_out = table.is_dir() and file.stem in without
        if some and (is_out or first - start >= rows):
            yield some, start
            some = []
        if not is_out:
            start = start if some else first
            some.append(file)
    if some:
        yield some, start


def scans(table: Path, without: set[str], rows: int) -> Iterator[tuple[pl.LazyFrame, int]]:
    """A table some rows at a time (`rows`, with parts those of one part more), each with the place of the first; single files are cut. Parts `without`
    are left out. Of an empty table one scan has no rows."""
    if table.is_dir():
        for some, first in in_groups(table, without, rows):
            yield pl.scan_parquet(some), first
        return
    for first in range(0, max(rows_of(table), 1), rows):
        yield pl.scan_parquet(table).slice(first, rows), first


def rows_of(table: Path) -> int:
    """Rows of a table, from its files' metadata."""
    return sum(map(_rows_in, files_of(table)))


_counts: dict[tuple[int, ...], int] = {}
# Parts of the versions of some hundred thousand documents; where there are more, counting begins anew.
_MOST_COUNTED = 50_000


def _rows_in(file: Path) -> int:
    """Rows of one file, read once: in making a version each part is asked for several times, and what versions share is one file under several names."""
    about = file.stat()
    content = (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns)
    if content not in _counts:
        if len(_counts) >= _MOST_COUNTED:
            _counts.clear()
        _counts[content] = int(pq.read_metadata(file).num_rows)
    return _counts[content]


def bytes_of(table: Path) -> int:
    """Bytes of a table's files."""
    return sum(file.stat().st_size for file in files_of(table))


def published(folders: Iterable[Path]) -> dict[tuple[str, str, str], Path]:
    """(table, part, key) -> its file, of several versions' folders of tables; the file is not there where no row is."""
    return {
        (table, part, key): tables / f"{table}.parquet" / f"{part}.parquet"
        for tables in folders
        for table, keys in noted(tables).keys.items()
        for part, key in keys.items()
    }


def take_over(file: Path, to: Path) -> None:
    """Make a published part one of the next version, where it has rows: by a link, or a copy where the file system has none."""
    if not file.exists():
        return
    to.parent.mkdir(exist_ok=True)
    files.link_or_copy(file, to)


def forget(tables: Path, file: Path) -> None:
    """A part is not what its inputs make of it any more: nobody may take it over. A table's only file is no part."""
    there, table = noted(tables), file.parent.stem
    if file.stem in there.keys.get(table, {}):
        del there.keys[table][file.stem]
        there.taken[table] = [part for part in there.taken.get(table, []) if part != file.stem]
        there.note(tables)


def forget_all(folders: Iterable[Path]) -> None:
    """Have every part made again by the next run, as where files are damaged."""
    for tables in folders:
        (tables.parent / NOTED).unlink(missing_ok=True)
