"""The next version's database from a copy of the last one's: only rows that changed are deleted and put in.

DuckDB leaves the blocks of rows that nobody touches where they are, so the cost goes with what is new; a copy takes seconds a gigabyte, or
none where the file system shares blocks. Deleted rows keep their place in the file until DuckDB merges their row groups: a file in which too
many such places are is made anew. The copy is held against the digest of the published file first, so that damage is not handed on.

What was written is read back from disk: rows put in, and any table of which a block that the version before had is not in its place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipelines import logs
from pipelines.reading.files import sha256_of
from pipelines.tables import WAREHOUSE_TABLES
from pipelines.warehouse import checksums, database, files, parts, sql_models
from pipelines.warehouse.database import table_file, text_literal
from pipelines.warehouse.part_changes import PartChanges
from pipelines.warehouse.sql_models import tables_of, views
from pipelines.warehouse.versions import DATABASE, Version

# Beside the database: by what it was made (`database.recipe`), and rows of its tables and small views.
ABOUT = "database.json"
# Share of a file's rows that are deleted ones, or of its blocks that are free, beyond which it is made anew.
MOST_WASTE = 0.25
# The column by which the rows of a part are told, where it is not the document's id.
TIED_BY = {"event_actors": "event_id"}


class NotRenewed(Exception):
    """The copy is not what its tables make of it; the text says where. The database is made anew then."""


@dataclass
class Renewed:
    """Rows of every table, and of views that are small. `touched`: tables that have other rows than before."""

    rows: dict[str, int]
    touched: set[str] = field(default_factory=set)


def note(file: Path, rows: dict[str, int]) -> None:
    """Keep beside a database by what it was made and what it holds."""
    about = {"recipe": database.recipe(), "checks": _checks_asked(), "rows": rows}
    files.write_json(about, file.parent / ABOUT)


def renew(file: Path, before: Version, changes: PartChanges) -> Renewed | None:
    """Make the database at `file` from a version's; None, and no file, where that one cannot be gone on from or has too much waste.

    Raises duckdb.ConstraintException where a column that must not be null is.
    """
    noted = files.read_json(before.path / ABOUT) or {}
    # A check that is new or changed has been asked of no month yet.
    if noted.get("recipe") != database.recipe() or noted.get("checks") != _checks_asked():
        return None
    files.copy(before.database, file)
    try:
        if sha256_of(file) != before.about().get("sha256", {}).get(DATABASE):
            raise NotRenewed(f"{before.database} is not as it was published")
        found = _renewed(file, before.database, changes, noted["rows"])
    except duckdb.ConstraintException:
        raise
    except (NotRenewed, duckdb.Error) as problem:
        logs.logger().warning("database made anew", because=str(problem))
        found = None
    if found is None:
        file.unlink()
        file.with_name(f"{file.name}.wal").unlink(missing_ok=True)
    return found


def _checks_asked() -> str:
    """Digest of the queries that a database is held against."""
    asked = "\n".join(f"{one.name}\n{one.query}" for one in sql_models.models("checks"))
    return hashlib.blake2b(asked.encode(), digest_size=8).hexdigest()


def _renewed(file: Path, source: Path, changes: PartChanges, rows_before: dict[str, int]) -> Renewed | None:
    with duckdb.connect(":memory:", config=database.LOCKED) as con:
        con.execute(f"attach {text_literal(str(file))} as warehouse")
        con.execute("use warehouse")
        con.execute("begin")
        changed = {
            name: _part_rows(con, name, changes) if name in changes.parts else _own_rows(con, name, changes.now)
            for name in WAREHOUSE_TABLES
        }
        con.execute("commit")
        con.execute("checkpoint warehouse")
        if _waste(con) > MOST_WASTE:
            return None
        rows = {name: database.count(con, name) for name in WAREHOUSE_TABLES}
        touched = {name for name, one in changed.items() if one.deleted or one.put}
        for view in views():
            if database.is_small(view, rows):
                is_same = view.name in rows_before and touched.isdisjoint(tables_of(view))
                rows[view.name] = rows_before[view.name] if is_same else database.count(con, view.name)
        con.execute("use memory")
        con.execute("detach warehouse")
    _read_back(file, source, changes, changed)
    return Renewed(rows, touched)


@dataclass(frozen=True)
class _Rows:
    """What was done to a table: rows deleted and put in, and the number of the last row that stood before these."""

    deleted: int
    put: int
    last: int


def _part_rows(con: duckdb.DuckDBPyConnection, name: str, changes: PartChanges) -> _Rows:
    """Put the rows of changed parts in the place of those that these parts had."""
    old, new = changes.files_before(name), changes.files_now(name)
    deleted = put = 0
    if old:
        tied = TIED_BY.get(name, "document_id")
        deleted = _done(con, f"delete from {name} where {tied} in (select {tied} from {_read(old)})")
        if deleted != (rows := sum(map(parts.rows_of, old))):
            raise NotRenewed(f"{name} held {deleted} rows of the parts that changed, and not {rows}")
    last = _last(con, name)
    if new:
        put = _done(con, f"insert into {name} by name select * from {_read(new)}")
    return _Rows(deleted, put, last)


def _own_rows(con: duckdb.DuckDBPyConnection, name: str, tables: Path) -> _Rows:
    """Make the rows of a table be those of its file: rows that are not there go, rows that are new come."""
    here = f"select {', '.join(WAREHOUSE_TABLES[name].columns())} from {name}"
    there = f"select {_cast(con, name)} from {_read([table_file(tables, name)])}"
    gone = f"({here} except all {there})"
    keys = WAREHOUSE_TABLES[name].primary_key()
    if keys:
        same = " and ".join(f"gone.{key} = {name}.{key}" for key in keys)
        deleted = _done(con, f"delete from {name} using {gone} as gone where {same}")
    else:  # nothing tells its rows apart: all go where one does
        deleted = _done(con, f"delete from {name} where exists {gone}")
    last = _last(con, name)
    put = _done(con, f"insert into {name} by name {there} except all {here}")
    return _Rows(deleted, put, last)


def _waste(con: duckdb.DuckDBPyConnection) -> float:
    """The larger of two shares: of row places that deleted rows hold, and of free blocks."""
    places = sum(_last(con, name) + 1 for name in WAREHOUSE_TABLES)
    rows = sum(database.count(con, name) for name in WAREHOUSE_TABLES)
    found = con.execute(
        "select free_blocks, total_blocks from pragma_database_size() where database_name = 'warehouse'"
    ).fetchone()
    assert found is not None
    free, blocks = found
    return max(1 - rows / max(places, 1), int(free) / max(int(blocks), 1))


def _read_back(file: Path, source: Path, changes: PartChanges, changed: dict[str, _Rows]) -> None:
    """Hold what lies on disk against the tables; raises NotRenewed."""
    with duckdb.connect(":memory:", config=database.LOCKED) as con:
        con.execute(f"attach {text_literal(str(source))} as source (read_only)")
        con.execute(f"attach {text_literal(str(file))} as warehouse (read_only)")
        con.execute("use warehouse")
        for name, one in changed.items():
            if one.deleted or one.put:
                path = table_file(changes.now, name)
                if (rows := database.count(con, name)) != (wanted := parts.rows_of(path)):
                    raise NotRenewed(f"{name} has {rows} rows, and not {wanted}")
                is_whole = name not in changes.parts or not _blocks(con, "source", name) <= _blocks(
                    con, "warehouse", name
                )
                here = name if is_whole else f"(select * from {name} where rowid > {one.last})"
                _raise_if_other(con, name, here, parts.files_of(path) if is_whole else changes.files_now(name))


def _raise_if_other(con: duckdb.DuckDBPyConnection, name: str, here: str, there: Sequence[Path]) -> None:
    columns = list(WAREHOUSE_TABLES[name].columns())
    found = checksums.of_relation(con, here, columns)
    wanted = checksums.of_relation(con, f"(select {_cast(con, name)} from {_read(there)})", columns) if there else "0-0"
    if found != wanted:
        raise NotRenewed(f"rows of {name} are not read back as they were written: {found}, and not {wanted}")


def _blocks(con: duckdb.DuckDBPyConnection, catalog: str, name: str) -> set[tuple[object, ...]]:
    """Where the values of a table lie in its file."""
    asked = "row_group_id, column_path, segment_id, start, count, block_id, block_offset"
    return set(con.execute(f"select {asked} from pragma_storage_info('{catalog}.{name}')").fetchall())


def _last(con: duckdb.DuckDBPyConnection, name: str) -> int:
    found = con.execute(f"select coalesce(max(rowid), -1) from {name}").fetchone()
    assert found is not None
    return int(found[0])


def _cast(con: duckdb.DuckDBPyConnection, name: str) -> str:
    """SQL for a table's columns out of its Parquet files, in the types that they have in the database."""
    types = dict(con.execute(f"select name, type from pragma_table_info('{name}')").fetchall())
    return ", ".join(f"{column}::{types[column]} as {column}" for column in WAREHOUSE_TABLES[name].columns())


def _read(some: Sequence[Path]) -> str:
    return f"read_parquet([{', '.join(text_literal(str(file)) for file in some)}])"


def _done(con: duckdb.DuckDBPyConnection, statement: str) -> int:
    """Rows that a statement changed."""
    found = con.execute(statement).fetchone()
    return int(found[0]) if found is not None else 0
