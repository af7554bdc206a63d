"""What is loaded, what lies under raw and is not, what was quarantined and why, and the last runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.query.published import DATABASE, QueryProblem, has_table, opened, rows
from pipelines.reading.raw_place import RawPlace, exists
from pipelines.tables import WAREHOUSE_TABLES
from pipelines.warehouse import checksums, lock, versions

EXAMPLES, RUNS, PUBLISHERS = 3, 5, 8


@dataclass
class Pending:
    """Files under raw against those that the published version was made from; paths below raw."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.removed)


@dataclass
class Status:
    """`published` is False before the first run; everything from the database is empty then."""

    warehouse: Path
    raw: RawPlace
    published: bool = False
    raw_exists: bool = False
    documents: dict[str, Any] = field(default_factory=dict)  # documents, copies, first_on, last_on, words
    repeats: int = 0  # records that stand in more than one place and are loaded from one
    publishers: list[tuple[str, int]] = field(default_factory=list)
    tables: dict[str, int] = field(default_factory=dict)
    pending: Pending = field(default_factory=Pending)
    quarantined: list[dict[str, Any]] = field(default_factory=list)  # stage, reason, rows, examples
    runs: list[dict[str, Any]] = field(default_factory=list)  # newest first
    checksums: dict[str, str] = field(default_factory=dict)  # by table
    version: int | None = None  # the current one
    running: str | None = None  # whose run is going on
    unfinished: str | None = None  # the last run, where it was killed, interrupted or failed
    is_lost: bool = False  # something was published, and it is not there any more
    is_other_folder: bool = False  # one with files in it, and no warehouse
    versions: list[int] = field(default_factory=list)  # kept on disk, oldest first


def read_status(warehouse: Path, raw: RawPlace) -> Status:
    """Look at both folders; neither need be there. Raises QueryProblem where the warehouse is a file, or its database cannot be opened."""
    if warehouse.is_file():
        raise QueryProblem(f"{warehouse} is a file: --warehouse takes the folder of a warehouse.")
    status = Status(warehouse, raw, (warehouse / DATABASE).exists(), exists(raw))
    status.running, status.unfinished = lock.running(warehouse), lock.unfinished(warehouse)
    status.is_lost = not status.published and (warehouse / "current").is_symlink()
    status.is_other_folder = warehouse.is_dir() and any(warehouse.iterdir()) and not (warehouse / "state").is_dir()
    loaded: dict[str, tuple[int | None, datetime | None]] = {}
    refused: set[str] = set()
    if status.published:
        loaded, refused = _read_published(status)
        now = versions.current(warehouse)
        status.version = now.number if now else None
        status.versions = [v.number for v in versions.all_versions(warehouse)]
    if status.raw_exists:
        status.pending = _compare(raw, loaded, refused)
    return status


def _read_published(status: Status) -> tuple[dict[str, tuple[int | None, datetime | None]], set[str]]:
    with opened(status.warehouse) as con:
        status.documents = rows(
            con,
            """
            select count(*) as documents, count(duplicate_of) as copies,
                count(*) filter (language <> 'en') as in_other_languages, min(published_on) as first_on,
                max(published_on) as last_on, coalesce(sum(word_count), 0)::bigint as words
            from documents
            """,
        )[0]
        found = rows(
            con,
            f"""
            select coalesce(publisher, 'not told') as name, count(*) as n from documents
            group by 1 order by 2 desc, 1 limit {PUBLISHERS}
            """,
        )
        status.publishers = [(r["name"], r["n"]) for r in found]
        names = rows(con, "select table_name as t from duckdb_tables() where not internal order by table_oid")
        status.tables = {r["t"]: rows(con, f'select count(*) as n from "{r["t"]}"')[0]["n"] for r in names}
        status.quarantined = rows(
            con,
            f"""
            select stage, reason, count(*) as rows,
                list_slice(list(source_path || coalesce('#' || record_index, '') order by source_path, record_index),
                    1, {EXAMPLES}) as examples,
                arg_min(detail, source_path) as detail
            from quarantine group by stage, reason order by rows desc, stage, reason
            """,
        )
        if set(WAREHOUSE_TABLES) <= set(status.tables):
            status.checksums = checksums.of_tables(con)
        if has_table(con, "runs"):
            status.runs = rows(con, f"select * from runs order by started_at desc limit {RUNS}")
        if not has_table(con, "raw_files"):
            return {}, set()
        files = rows(con, "select source_path, size_bytes, modified_at, status, duplicates from raw_files")
        status.repeats = sum(r["duplicates"] for r in files)
        refused = {r["source_path"] for r in files if r["status"] == "quarantined"}
        return {r["source_path"]: (r["size_bytes"], r["modified_at"]) for r in files}, refused


def _compare(raw: RawPlace, loaded: dict[str, tuple[int | None, datetime | None]], refused: set[str]) -> Pending:
    from pipelines.reading.files import list_files
    from pipelines.reading.records import Rejected

    pending, seen = Pending(), set()
    for file in list_files(raw):
        seen.add(file.source_path)
        if file.source_path not in loaded:
            pending.new.append(file.source_path)
        elif not isinstance(file, Rejected):
            size, modified = loaded[file.source_path]
            # A file that could not be opened has no size noted: it counts as known until it changes.
            unknown = size is None and file.source_path in refused
            if not unknown and (size != file.size or _microseconds(modified) != file.modified_ns // 1000):
                pending.changed.append(file.source_path)
    pending.removed = sorted(set(loaded) - seen)
    return pending


def _microseconds(moment: datetime | None) -> int | None:
    if moment is None:
        return None
    since = moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
