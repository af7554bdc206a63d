"""From files under raw/ to batches of records: what is new, changed or read by another version is read, and nothing else.

Holds the comparison with the ledger. The cutting is `records`', formats are `reading`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.progress import Progress
from pipelines.reading.files import RawFile, list_files, sha256_of
from pipelines.reading.raw_place import RawPlace, exists
from pipelines.reading.records import Rejected
from pipelines.stages import plan
from pipelines.stages.fingerprints import digest
from pipelines.stages.records import ABOUT, BatchCutter, FileEntry, digest_of, items_of
from pipelines.warehouse import files, ledger


@dataclass
class Ingested:
    """What an ingest found. `batches` are the new ones."""

    new: int = 0
    changed: int = 0
    removed: int = 0
    moved: int = 0
    unchanged: int = 0
    waiting: int = 0  # older than the day asked for
    read_again: int = 0  # known ones, since the reader changed or all was asked for
    otherwise: int = 0  # those of them that gave other records than before
    records: int = 0
    rejected: int = 0
    bytes_read: int = 0
    batches: list[str] = field(default_factory=list)
    dropped_batches: list[str] = field(default_factory=list)
    live_batches: list[str] = field(default_factory=list)

    @property
    def is_change(self) -> bool:
        return bool(self.new or self.changed or self.removed or self.moved or self.otherwise)


@dataclass
class _ToRead:
    """A file to read. `known`: its row of the ledger where the same content was read before, by another version."""

    file: RawFile
    sha256: str
    known: dict[str, Any] | None = None


def ingest(
    raw: RawPlace,
    warehouse: Path,
    batch_documents: int,
    batch_bytes: int,
    progress: Progress,
    since: date | None = None,
    again: bool = False,
) -> Ingested:
    """Bring ledger and batches in line with the files under `raw`.

    Reads a file only where its content is new, or where the version of the stage `records` has moved since it was read
    (all files with `again`): one that then gives the same records keeps its batches, one that does not gets new
    ones. Memory is bounded by one shard. Batches that no file of which is left are dropped. With `since`, files last
    changed before that day (UTC) stay as the ledger has them, and wait where it has not. Raises FileNotFoundError where
    `raw` is no folder.
    """
    if not exists(raw):
        raise FileNotFoundError(
            f"There is no raw folder at {raw}: make it and put files in, or name another with --raw."
        )
    files.remove_partials(warehouse)
    version = plan.RECORDS.version()
    known = {row["source_path"]: row for row in ledger.read(warehouse).iter_rows(named=True)}
    batch_folder = warehouse / "batches"
    batch_folder.mkdir(parents=True, exist_ok=True)
    _drop_orphans(batch_folder, {b for row in known.values() for b in row["batches"] or ()})

    found = Ingested()
    rows, to_read = _compare(raw, known, found, since, "" if again else version)
    found.removed = len(known.keys() - {r["source_path"] for r in rows} - {t.file.source_path for t in to_read})
    if to_read:
        numbers = [int(p.name[:5]) for p in batch_folder.iterdir() if p.name[:5].isdigit()]
        cutter = BatchCutter(batch_folder, max(numbers, default=0) + 1, batch_documents, batch_bytes)
        rows += _read_all(raw, to_read, cutter, version, found, progress)
        found.batches = cutter.keys
    frame = pl.DataFrame(rows, schema=ledger.SCHEMA, orient="row").sort("source_path")
    if found.is_change or found.read_again or not ledger.path(warehouse).exists() or frame.height != len(known):
        ledger.write(frame, warehouse)
    found.live_batches = ledger.live_batches(frame)
    found.dropped_batches = _drop_orphans(batch_folder, set(found.live_batches))
    return found


def _compare(
    raw: RawPlace, known: dict[str, dict[str, Any]], found: Ingested, since: date | None, version: str
) -> tuple[list[dict[str, Any]], list[_ToRead]]:
    """Rows of the ledger that stand, and what is to be read: all that `version` has not read as it is."""
    by_content = {ledger.content_key(row["sha256"], row["source_path"]): row for row in known.values() if row["sha256"]}
    rows: list[dict[str, Any]] = []
    to_read: list[_ToRead] = []
    for file in list_files(raw):
        old = known.get(file.source_path)
        if isinstance(file, Rejected):
            same = old is not None and old["content_key"] is None and old["reason"] == str(file.reason)
            rows.append(old if same and old is not None else _refused_row(file))
            found.new += not same
            continue
        untouched = old is not None and (old["size_bytes"], old["modified_ns"]) == (file.size, file.modified_ns)
        if old and untouched and old["sha256"] and old["read_by"] == version:
            rows.append(old)
            found.unchanged += 1
            continue
        if since and datetime.fromtimestamp(file.modified_ns / 1e9, UTC).date() < since:
            rows += [old] if old else []
            found.waiting += 1
            continue
        try:
            sha256 = old["sha256"] if old and untouched and old["sha256"] else sha256_of(raw / file.source_path)
        except OSError as error:
            rows.append(_refused_row(Rejected(file.source_path, None, "read", "unreadable", str(error))))
            found.new += 1
            continue
        same_content = by_content.get(ledger.content_key(sha256, file.source_path))
        if same_content is None:
            to_read.append(_ToRead(file, sha256))
            found.changed += old is not None
            found.new += old is None
            continue
        found.unchanged += file.source_path in known
        found.moved += file.source_path not in known
        if same_content["read_by"] == version:
            rows.append(_placed(same_content, file))
        else:
            to_read.append(_ToRead(file, sha256, same_content))
    return rows, to_read


def _read_all(
    raw: RawPlace, to_read: list[_ToRead], cutter: BatchCutter, version: str, found: Ingested, progress: Progress
) -> list[dict[str, Any]]:
    """Rows of the ledger for the files, each content read once (and once more where it gives other records than before)."""
    entries: dict[str, FileEntry] = {}
    done: dict[str, dict[str, Any]] = {}
    copies: list[tuple[RawFile, str]] = []
    total = sum(t.file.size for t in to_read)
    for task in to_read:
        file = task.file
        content = ledger.content_key(task.sha256, file.source_path)
        found.bytes_read += file.size
        if content in entries or content in done:
            copies.append((file, content))
            continue
        entry = FileEntry(file, task.sha256, content)
        if task.known is not None:
            found.read_again += 1
            read = digest_of(items_of(raw, file.source_path))
            if read == task.known["records_digest"]:
                done[content] = _placed(task.known, file) | {"read_by": version}
                progress("read", found.bytes_read, total, file.source_path)
                continue
            found.otherwise += 1
            entry.instead_of = list(task.known["batches"] or ())
            entry.content_key = ledger.key_of_another_reading(content, digest(cutter.next_number, read)[:8])
        entries[content] = entry
        for item in items_of(raw, file.source_path):
            cutter.add(entry, item)
        found.records += entry.records
        found.rejected += entry.rejected
        progress("read", found.bytes_read, total, file.source_path)
    cutter.close_batch()
    done |= {content: entry.row(version) for content, entry in entries.items()}
    return [*done.values(), *(_placed(done[content], file) for file, content in copies)]


def _placed(row: dict[str, Any], file: RawFile) -> dict[str, Any]:
    """A row of the ledger for the same content at another place."""
    return row | {"source_path": file.source_path, "size_bytes": file.size, "modified_ns": file.modified_ns}


def _refused_row(item: Rejected) -> dict[str, Any]:
    """Ledger row of a file that was not even opened."""
    return {
        "source_path": item.source_path,
        "records": 0,
        "batches": [],
        "reason": str(item.reason),
        "detail": item.detail,
        "seen_at": datetime.now(UTC),
    }


def _drop_orphans(batch_folder: Path, live: Iterable[str]) -> list[str]:
    """Remove batch folders that no file of the ledger needs, and what a dead run left half written.

    One whose files were read anew is kept until that batch has its parses: most texts are the same, and so their parses.
    """
    live = set(live)
    kept = live | set(_waited_for(batch_folder, live))
    dropped = []
    for path in sorted(batch_folder.iterdir()):
        if path.name not in kept:
            files.remove_folder(path)
            dropped.append(path.name)
    return dropped


def _waited_for(batch_folder: Path, live: Iterable[str]) -> Iterator[str]:
    for batch in live:
        about = files.read_json(batch_folder / batch / ABOUT) or {}
        earlier = about.get("instead_of")
        if earlier and not any((batch_folder / batch).glob(f"{plan.ANNOTATIONS.name}-*/stage.json")):
            yield from earlier
