"""Records of raw files, cut into bounded batches and shards: the first stage.

Holds what a record and a refusal look like when kept, and the cutting. Which files are read is `ingest`'s, formats are
`reading`'s, cleaning is the next stage's.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.identifiers import stable_id
from pipelines.reading.files import RawFile
from pipelines.reading.raw_place import RawPlace
from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.stages.fingerprints import digest
from pipelines.stages.limits import SECONDS_FOR_RECORD, TookTooLong, limited
from pipelines.text.paragraphs import normalize, paragraphs
from pipelines.text.repetition import repetition_keys, source_of
from pipelines.warehouse import files

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
        "cuts": pl.List(pl.Struct({"reason": pl.String(), "text": pl.String()})),
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
WITNESS_SCHEMA = pl.Schema({"source": pl.String(), "article": pl.String(), "paragraph": pl.String()})
RECORDS, REJECTED, REPEATED, WITNESSES = "records", "rejected.parquet", "repeated.parquet", "paragraphs.parquet"
ABOUT = "batch.json"
# Refusals and repetitions are held until their batch is written: so many close it.
MOST_HELD = 50_000


@dataclass(eq=False)
class FileEntry:
    """A file being read: becomes a row of the ledger. `instead_of`: batches that hold what was read of it before."""

    file: RawFile
    sha256: str
    content_key: str
    instead_of: list[str] = field(default_factory=list)
    records: int = 0
    rejected: int = 0
    batches: list[str] = field(default_factory=list)
    digest: RecordsDigest = field(default_factory=lambda: RecordsDigest())

    def row(self, read_by: str) -> dict[str, Any]:
        """Row of the ledger, read now by this version."""
        return {
            "source_path": self.file.source_path,
            "content_key": self.content_key,
            "sha256": self.sha256,
            "size_bytes": self.file.size,
            "modified_ns": self.file.modified_ns,
            "records": self.records,
            "batches": self.batches,
            "seen_at": datetime.now(UTC),
            "read_by": read_by,
            "records_digest": self.digest.hex(),
        }


class RecordsDigest:
    """Digest of all that is read of a file, whatever batches it is cut into: tells whether another reader reads the same."""

    def __init__(self) -> None:
        self._hash = hashlib.blake2b(digest_size=8)

    def add(self, row: dict[str, Any], witness: Sequence[tuple[str, str, str]] = ()) -> None:
        """Add a row of a record or refusal, without the place of its file: a moved one reads the same."""
        parts = [value for name, value in row.items() if name not in ("source_path", "content_key")]
        self._hash.update(repr((parts, [keys for _, *keys in witness])).encode("utf8", "surrogatepass"))

    def hex(self) -> str:
        """16 hex digits."""
        return self._hash.hexdigest()


def digest_of(items: Iterable[RawRecord | Rejected]) -> str:
    """Digest of what a file gives, nothing kept."""
    found = RecordsDigest()
    for item in items:
        if isinstance(item, Rejected):
            found.add(rejected_row(item, None))
        else:
            row = record_row(item, "")
            found.add(row, witness_of(row))
    return found.hex()


class BatchCutter:
    """Takes records one at a time and writes them out in shards and batches of bounded size."""

    def __init__(self, folder: Path, first: int, documents: int, size: int) -> None:
        self.folder, self.next_number = folder, first
        self.batch_documents, self.batch_bytes = documents, size
        self.keys: list[str] = []
        self.before: list[str] = []  # batches that may hold the same texts
        self._unfinished: Path | None = None
        self._reset_batch()

    def _reset_batch(self) -> None:
        self._records: list[dict[str, Any]] = []
        self._rejected: list[dict[str, Any]] = []
        self._shard_bytes = self._batch_bytes = self._batch_records = self._parts = 0
        self._content: list[tuple[str, str, int]] = []
        self._kept: dict[str, tuple[str, int]] = {}
        self._repeated: list[tuple[str, str, int, str, int]] = []
        self._waiting: list[FileEntry] = []
        self._repeatable: list[tuple[str, str, str]] = []

    def add(self, entry: FileEntry, item: RawRecord | Rejected) -> None:
        """Add one record or refusal of a file."""
        if not self._waiting or self._waiting[-1] is not entry:  # files come one after the other
            self._waiting.append(entry)
        if isinstance(item, Rejected):
            entry.rejected += 1
            refused = rejected_row(item, entry.content_key)
            entry.digest.add(refused)
            self._rejected.append(refused)
            self._close_if_full()
            return
        row = record_row(item, entry.content_key)
        witness = witness_of(row)
        entry.digest.add(row, witness)
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
        self._repeatable += witness
        self._shard_bytes += size
        self._batch_bytes += size
        self._batch_records += 1
        if len(self._records) >= SHARD_DOCUMENTS or self._shard_bytes >= SHARD_BYTES:
            self._write_shard()
        self._close_if_full()

    def _close_if_full(self) -> None:
        many_held = len(self._rejected) + len(self._repeated) >= MOST_HELD
        if self._batch_records >= self.batch_documents or self._batch_bytes >= self.batch_bytes or many_held:
            self.close_batch()

    def _folder_unfinished(self) -> Path:
        if self._unfinished is None:
            self._unfinished = self.folder / f".{self.next_number:05d}{files.PARTIAL}"
            shutil.rmtree(self._unfinished, ignore_errors=True)
            (self._unfinished / RECORDS).mkdir(parents=True)
        return self._unfinished

    def _write_shard(self) -> None:
        frame = pl.DataFrame(self._records, schema=RECORD_SCHEMA)
        files.write_parquet(frame, self._folder_unfinished() / RECORDS / f"part-{self._parts:03d}.parquet")
        self._parts += 1
        self._records, self._shard_bytes = [], 0

    def close_batch(self) -> None:
        """Write what has gathered as one batch, named by number and content; nothing where nothing gathered."""
        if not (self._batch_records or self._rejected):
            return
        if self._records:
            self._write_shard()
        folder = self._folder_unfinished()
        files.write_parquet(pl.DataFrame(self._rejected, schema=REJECTED_SCHEMA), folder / REJECTED)
        files.write_parquet(pl.DataFrame(self._repeatable, schema=WITNESS_SCHEMA, orient="row"), folder / WITNESSES)
        files.write_parquet(pl.DataFrame(self._repeated, schema=REPEATED_SCHEMA, orient="row"), folder / REPEATED)
        refused = [sorted(map(str, row.values())) for row in self._rejected]
        key = f"{self.next_number:05d}-{digest(self._content, refused)[:8]}"
        files.write_json(
            {
                "documents": self._batch_records,
                "bytes": self._batch_bytes,
                "read_at": datetime.now(UTC).isoformat(),
                "instead_of": sorted({*self.before, *(old for entry in self._waiting for old in entry.instead_of)}),
            },
            folder / ABOUT,
        )
        files.replace_folder(folder, self.folder / key)
        self.keys.append(key)
        for entry in self._waiting:
            entry.batches.append(key)
        self.next_number += 1
        self._unfinished = None
        self._reset_batch()


def items_of(raw: RawPlace, source_path: str) -> Iterator[RawRecord | Rejected]:
    """What is read of a file, each record within its time; a file that goes beyond it ends with a refusal there."""
    from pipelines.reading.read import (
        read_file,
    )  # with all formats a quarter of a second, in a run that finds nothing new too

    items = read_file(raw, source_path)
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


def record_row(record: RawRecord, content_key: str) -> dict[str, Any]:
    """A record as a row of RECORD_SCHEMA. Its id is made here, of what tells one article from another."""
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
        "cuts": [asdict(cut) for cut in record.cuts],
    }  # fmt: skip


def rejected_row(item: Rejected, content_key: str | None) -> dict[str, Any]:
    """A refusal as a row of REJECTED_SCHEMA."""
    return {
        "content_key": content_key,
        "source_path": item.source_path,
        "record_index": item.record_index,
        "stage": item.stage,
        "reason": str(item.reason),
        "detail": item.detail,
    }


def witness_of(row: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What a record adds to the count of repeated paragraphs. Pages are cleaned by their structure."""
    if row["content_type"] != "text":
        return []
    article, keys = repetition_keys(paragraphs(normalize(row["content"])))
    return [(source_of(row["publisher"], row["source_path"]), article, key) for key in keys]
