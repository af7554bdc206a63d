"""From files under raw/ to batches of records: what is new or changed is read, once, and cut into bounded batches.

Holds the comparison with the ledger and the cutting. Formats are `reading`'s, cleaning is the next stage's.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.identifiers import stable_id
from pipelines.progress import Progress
from pipelines.reading.files import RawFile, list_files, sha256_of
from pipelines.reading.raw_place import RawPlace, exists
from pipelines.reading.read import read_file
from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.stages import chrome
from pipelines.stages.fingerprints import digest
from pipelines.stages.limits import SECONDS_FOR_RECORD, TookTooLong, limited
from pipelines.warehouse import files, ledger

# A shard is what one task of a later stage takes: large enough to fill the parser's batches, small enough
# to keep all cores busy to the end and a worker's memory low.
SHARD_DOCUMENTS = 64
SHARD_BYTES = 1_000_000

RECORD_SCHEMA = pl.Schema(
    {
        "document_id": pl.String(),
        "content_key": pl.String(),
        "source_path": pl.String(),
        "record_index": pl.Int64(),
        "external_id": pl.String(),
        "title": pl.String(),
        "published_on": pl.Date(),
        "published_on_basis": pl.String(),
        "url": pl.String(),
        "publisher": pl.String(),
        "author": pl.String(),
        "language": pl.String(),
        "content": pl.String(),
        "content_type": pl.String(),
        "repairs": pl.List(pl.String()),
    }
)
REJECTED_SCHEMA = pl.Schema(
    {
        "content_key": pl.String(),
        "source_path": pl.String(),
        "record_index": pl.Int64(),
        "stage": pl.String(),
        "reason": pl.String(),
        "detail": pl.String(),
    }
)
# The same record in another place of the batch: `document_id` stands for both, its text is kept once.
REPEATED_SCHEMA = pl.Schema(
    {
        "document_id": pl.String(),
        "content_key": pl.String(),
        "record_index": pl.Int64(),
        "kept_content_key": pl.String(),
        "kept_record_index": pl.Int64(),
    }
)
RECORDS, REJECTED, REPEATED = "records", "rejected.parquet", "repeated.parquet"
# Refusals and repetitions are held until their batch is written: so many close it.
MOST_ASIDE = 50_000


@dataclass
class Ingested:
    """What an ingest found. `batches` are the new ones."""

    new: int = 0
    changed: int = 0
    removed: int = 0
    moved: int = 0
    unchanged: int = 0
    waiting: int = 0  # older than the day asked for
    records: int = 0
    rejected: int = 0
    bytes_read: int = 0
    batches: list[str] = field(default_factory=list)
    dropped_batches: list[str] = field(default_factory=list)
    live_batches: list[str] = field(default_factory=list)

    @property
    def is_change(self) -> bool:
        return bool(self.new or self.changed or self.removed or self.moved)


class BatchCutter:
    """Takes records one at a time and writes them out in shards and batches of bounded size."""

    def __init__(self, folder: Path, first: int, documents: int, size: int) -> None:
        self.folder, self.next_number = folder, first
        self.batch_documents, self.batch_bytes = documents, size
        self.keys: list[str] = []
        self._aside: Path | None = None
        self._reset_batch()

    def _reset_batch(self) -> None:
        self._records: list[dict[str, Any]] = []
        self._rejected: list[dict[str, Any]] = []
        self._shard_bytes = self._batch_bytes = self._batch_records = self._parts = 0
        self._content: list[tuple[str, str, int]] = []
        self._kept: dict[str, tuple[str, int]] = {}
        self._repeated: list[tuple[str, str, int, str, int]] = []
        self._waiting: list[_FileEntry] = []
        self._repeatable: list[tuple[str, str, str]] = []

    def add(self, entry: _FileEntry, item: RawRecord | Rejected) -> None:
        """Add one record or refusal of a file."""
        if not self._waiting or self._waiting[-1] is not entry:  # files come one after the other
            self._waiting.append(entry)
        if isinstance(item, Rejected):
            entry.rejected += 1
            self._rejected.append(_rejected_row(item, entry.content_key))
            self._close_if_full()
            return
        row = _record_row(item, entry.content_key)
        entry.records += 1
        place = (entry.content_key, item.record_index)
        self._content.append((entry.content_key, row["document_id"], item.record_index))
        kept = self._kept.setdefault(row["document_id"], place)
        if kept is not place:
            self._repeated.append((row["document_id"], *place, *kept))
            self._close_if_full()
            return
        size = len(item.content)
        self._records.append(row)
        self._shard_bytes += size
        self._batch_bytes += size
        self._batch_records += 1
        if len(self._records) >= SHARD_DOCUMENTS or self._shard_bytes >= SHARD_BYTES:
            self._write_shard()
        self._close_if_full()

    def _close_if_full(self) -> None:
        many_aside = len(self._rejected) + len(self._repeated) >= MOST_ASIDE
        if self._batch_records >= self.batch_documents or self._batch_bytes >= self.batch_bytes or many_aside:
            self.close_batch()

    def _folder_aside(self) -> Path:
        if self._aside is None:
            self._aside = self.folder / f".{self.next_number:05d}{files.PARTIAL}"
            shutil.rmtree(self._aside, ignore_errors=True)
            (self._aside / RECORDS).mkdir(parents=True)
        return self._aside

    def _write_shard(self) -> None:
        frame = pl.DataFrame(self._records, schema=RECORD_SCHEMA)
        files.write_parquet(frame, self._folder_aside() / RECORDS / f"part-{self._parts:03d}.parquet")
        self._parts += 1
        self._repeatable += [row for record in self._records for row in chrome.witness(record)]
        self._records, self._shard_bytes = [], 0

    def close_batch(self) -> None:
        """Write what has gathered as one batch, named by number and content; nothing where nothing gathered."""
        if not (self._batch_records or self._rejected):
            return
        if self._records:
            self._write_shard()
        aside = self._folder_aside()
        files.write_parquet(pl.DataFrame(self._rejected, schema=REJECTED_SCHEMA), aside / REJECTED)
        files.write_parquet(
            pl.DataFrame(self._repeatable, schema=chrome.WITNESS_SCHEMA, orient="row"), aside / chrome.WITNESSES
        )
        files.write_parquet(pl.DataFrame(self._repeated, schema=REPEATED_SCHEMA, orient="row"), aside / REPEATED)
        refused = [sorted(map(str, row.values())) for row in self._rejected]
        key = f"{self.next_number:05d}-{digest(self._content, refused)[:8]}"
        files.write_json(
            {
                "documents": self._batch_records,
                "bytes": self._batch_bytes,
                "read_at": datetime.now(UTC).isoformat(),
            },
            aside / "batch.json",
        )
        files.replace_folder(aside, self.folder / key)
        self.keys.append(key)
        for entry in self._waiting:
            entry.batches.append(key)
        self.next_number += 1
        self._aside = None
        self._reset_batch()


@dataclass(eq=False)
class _FileEntry:
    """A file being read: becomes a row of the ledger."""

    file: RawFile
    sha256: str
    content_key: str
    records: int = 0
    rejected: int = 0
    batches: list[str] = field(default_factory=list)

    def row(self) -> dict[str, Any]:
        return {
            "source_path": self.file.source_path,
            "content_key": self.content_key,
            "sha256": self.sha256,
            "size_bytes": self.file.size,
            "modified_ns": self.file.modified_ns,
            "records": self.records,
            "batches": self.batches,
            "seen_at": datetime.now(UTC),
        }


def ingest(
    raw: RawPlace,
    warehouse: Path,
    batch_documents: int,
    batch_bytes: int,
    progress: Progress,
    since: date | None = None,
) -> Ingested:
    """Bring ledger and batches in line with the files under `raw`.

    Reads a file only where its content is new; memory is bounded by one shard. Batches that no file of
    which is left are dropped. With `since`, files last changed before that day (UTC) stay as the ledger has them, and
    wait where it has not. Raises FileNotFoundError where `raw` is no folder.
    """
    if not exists(raw):
        raise FileNotFoundError(
            f"There is no raw folder at {raw}: make it and put files in, or name another with --raw."
        )
    files.remove_partials(warehouse)
    known = {row["source_path"]: row for row in ledger.read(warehouse).iter_rows(named=True)}
    by_content = {row["content_key"]: row for row in known.values() if row["content_key"]}
    batch_folder = warehouse / "batches"
    batch_folder.mkdir(parents=True, exist_ok=True)
    _drop_orphans(batch_folder, {b for row in known.values() for b in row["batches"] or ()})

    found = Ingested()
    rows: list[dict[str, Any]] = []
    to_read: list[tuple[RawFile, str]] = []
    for file in list_files(raw):
        if isinstance(file, Rejected):
            old = known.get(file.source_path)
            same = old is not None and old["content_key"] is None and old["reason"] == str(file.reason)
            rows.append(old if same and old is not None else _refused_row(file))
            found.new += not same
            continue
        old = known.get(file.source_path)
        if old and (old["size_bytes"], old["modified_ns"]) == (file.size, file.modified_ns) and old["sha256"]:
            rows.append(old)
            found.unchanged += 1
            continue
        if since and datetime.fromtimestamp(file.modified_ns / 1e9, UTC).date() < since:
            rows += [old] if old else []
            found.waiting += 1
            continue
        try:
            sha256 = sha256_of(raw / file.source_path)
        except OSError as error:
            rows.append(_refused_row(Rejected(file.source_path, None, "read", "unreadable", str(error))))
            found.new += 1
            continue
        same_content = by_content.get(ledger.content_key(sha256, file.source_path))
        if same_content:
            rows.append(
                same_content
                | {"source_path": file.source_path, "size_bytes": file.size, "modified_ns": file.modified_ns}
            )
            found.unchanged += file.source_path in known
            found.moved += file.source_path not in known
            continue
        to_read.append((file, sha256))
        found.changed += old is not None
        found.new += old is None
    found.removed = len(known.keys() - {r["source_path"] for r in rows} - {f.source_path for f, _ in to_read})

    numbers = [int(p.name[:5]) for p in batch_folder.iterdir() if p.name[:5].isdigit()]
    cutter = BatchCutter(batch_folder, max(numbers, default=0) + 1, batch_documents, batch_bytes)
    rows += _read_all(raw, to_read, cutter, found, progress)
    found.batches = cutter.keys
    frame = pl.DataFrame(rows, schema=ledger.SCHEMA, orient="row").sort("source_path")
    if found.is_change or not ledger.path(warehouse).exists() or frame.height != len(known):
        ledger.write(frame, warehouse)
    found.live_batches = ledger.live_batches(frame)
    found.dropped_batches = _drop_orphans(batch_folder, set(found.live_batches))
    return found


def _read_all(
    raw: RawPlace, to_read: list[tuple[RawFile, str]], cutter: BatchCutter, found: Ingested, progress: Progress
) -> list[dict[str, Any]]:
    entries: dict[str, _FileEntry] = {}
    copies: list[tuple[RawFile, str]] = []
    total = sum(f.size for f, _ in to_read)
    for file, sha256 in to_read:
        key = ledger.content_key(sha256, file.source_path)
        if key in entries:
            copies.append((file, key))
            continue
        entry = entries[key] = _FileEntry(file, sha256, key)
        for item in _in_time(read_file(raw, file.source_path), file.source_path):
            cutter.add(entry, item)
        found.records += entry.records
        found.rejected += entry.rejected
        found.bytes_read += file.size
        progress("read", found.bytes_read, total, file.source_path)
    cutter.close_batch()
    rows = [entry.row() for entry in entries.values()]
    for file, key in copies:
        rows.append(
            entries[key].row()
            | {"source_path": file.source_path, "size_bytes": file.size, "modified_ns": file.modified_ns}
        )
    return rows


def _in_time(items: Iterator[RawRecord | Rejected], source_path: str) -> Iterator[RawRecord | Rejected]:
    """What is read, each record within its time; a file that goes beyond it ends with a refusal there."""
    while True:
        try:
            with limited(SECONDS_FOR_RECORD):
                item = next(items, None)
        except TookTooLong:
            detail = f"Reading took more than {SECONDS_FOR_RECORD:,.0f} s of processor time for one record; what comes after it was left."
            yield Rejected(source_path, None, "read", Reason.TOO_SLOW, detail)
            return
        if item is None:
            return
        yield item


def _record_row(record: RawRecord, content_key: str) -> dict[str, Any]:
    return {
        "document_id": stable_id(
            "doc", record.external_id, record.title, record.published_on, record.publisher, record.url,
            record.content_type, record.content,
        ),
        "content_key": content_key,
        "source_path": record.source_path,
        "record_index": record.record_index,
        "external_id": record.external_id,
        "title": record.title,
        "published_on": record.published_on,
        "published_on_basis": record.published_on_basis,
        "url": record.url,
        "publisher": record.publisher,
        "author": record.author,
        "language": record.language,
        "content": record.content,
        "content_type": record.content_type,
        "repairs": list(record.repairs),
    }  # fmt: skip


def _rejected_row(item: Rejected, content_key: str | None) -> dict[str, Any]:
    return {
        "content_key": content_key,
        "source_path": item.source_path,
        "record_index": item.record_index,
        "stage": item.stage,
        "reason": str(item.reason),
        "detail": item.detail,
    }


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
    """Remove batch folders that no file of the ledger needs, and what a dead run left half written."""
    live = set(live)
    dropped = []
    for path in sorted(batch_folder.iterdir()):
        if path.name not in live:
            files.remove_folder(path)
            dropped.append(path.name)
    return dropped
