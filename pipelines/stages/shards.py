"""What the tasks of the stages have in common: one shard of a batch in, files of the next stage out.

The work of each is in a module of its own (`cleaning`, `parsing`, `readings`, `extraction`): picklable functions that read one
part, write their own deterministically named parts, under a temporary name first, and return what they counted. A document that
fails is put in quarantine with its reason and the shard goes on.
"""

from __future__ import annotations

import errno
import re
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from pipelines import logs
from pipelines.errors import Explained
from pipelines.reader.interface import ENCODER
from pipelines.reading.records import Reason, Rejected
from pipelines.stages.limits import seconds_for
from pipelines.stages.records import REJECTED_SCHEMA
from pipelines.warehouse import files

# What libraries say where they get no memory, as errors of all kinds.
_ALLOCATION = re.compile(
    r"bad_alloc|(?:fail(?:ed)?|unable|cannot) to allocate|cannot allocate memory|failed to map segment", re.I
)
_NEEDS_MUCH = 100_000  # characters, which the parser takes a gigabyte for
_OF_THE_MACHINE = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.ENOMEM,
    errno.EMFILE,
    errno.ENFILE,
    errno.EIO,
    errno.EROFS,
    errno.ESTALE,
}


@dataclass(frozen=True)
class Shard:
    """A task: where to read and where to write.

    `source`: the part to read. `target`: folder of the stage while it is unfinished. `annotations` and `readings`: the
    parts that go with the source. `earlier`: parts of this stage made before by the same version, of which rows with
    the same input are taken over. `known_chrome` is for cleaning, `reader` (the setting) for reading.
    """

    batch: str
    name: str
    source: Path
    target: Path
    annotations: Path | None = None
    readings: Path | None = None
    earlier: tuple[Path, ...] = ()
    known_chrome: Mapping[str, frozenset[str]] = field(default_factory=dict)
    reader: str = ENCODER

    @property
    def number(self) -> str:
        """Number of the part: names all files of the task."""
        return self.source.stem.removeprefix("part-")

    @property
    def counted(self) -> Path:
        """Written last: where it is, the shard is done."""
        return self.target / f"counted-{self.number}.json"


@dataclass(frozen=True)
class Counted:
    """What a task did."""

    documents: int
    rejected: int
    rows: dict[str, int] = field(default_factory=dict)


def counted(function: Callable[[Shard], Counted], shard: Shard) -> Counted:
    """Run a task and leave its counts beside its files, so that an interrupted stage can go on."""
    started = time.perf_counter()
    result = function(shard)
    files.write_json(asdict(result), shard.counted)
    logs.logger().info(
        "shard done",
        stage=shard.target.name.partition("-")[0],
        batch=shard.batch,
        shard=shard.number,
        documents=result.documents,
        rejected=result.rejected,
        seconds=round(time.perf_counter() - started, 3),
    )
    return result


class MemoryRanOut(Explained, MemoryError):
    """Memory ran out at a document that does not need much: the machine has too little for what runs on it."""


def failed(row: Mapping[str, Any], stage: str, error: Exception) -> Rejected:
    """The refusal of a document at which our code failed: `row` has its source_path and record_index, and its text or content.

    Raises instead where the machine failed and not the document, which the next run will read: where memory ran out (MemoryRanOut), a disk
    is full or broken (OSError) or a library cannot be loaded (ImportError).
    """
    if isinstance(error, ImportError) or (isinstance(error, OSError) and error.errno in _OF_THE_MACHINE):
        raise error
    characters = len(row.get("text") or row.get("content") or "")
    if characters < _NEEDS_MUCH and (isinstance(error, MemoryError) or _ALLOCATION.search(str(error))):
        raise MemoryRanOut(
            f"Memory ran out in stage {stage} at a document of {characters:,} characters, {row['source_path']}, record {row['record_index']}."
        ) from error
    logs.logger().error(
        "document failed", stage=stage, path=row["source_path"], record=row["record_index"], exc_info=error
    )
    last = traceback.extract_tb(error.__traceback__)[-1]
    detail = (
        f"{type(error).__name__}: {str(error)[:300]} (in {last.name}, {Path(last.filename).name}:{last.lineno}). "
        "This is a fault of newsledger: please report it with the document. The other documents were loaded."
    )
    return Rejected(row["source_path"], row["record_index"], stage, "failed", detail)


def too_long(row: Mapping[str, Any], stage: str, characters: int) -> Rejected:
    """The refusal of a document that went beyond its time."""
    logs.logger().warning(
        "document too slow", stage=stage, path=row["source_path"], record=row["record_index"], characters=characters
    )
    detail = (
        f"{characters:,} characters took more than {seconds_for(characters):,.0f} s of processor time in this stage. Is it an article, "
        "or data in one? The other documents were loaded."
    )
    return Rejected(row["source_path"], row["record_index"], stage, Reason.TOO_SLOW, detail)


def rejected(row: Mapping[str, Any], found: Rejected) -> dict[str, Any]:
    """A refusal as a row of REJECTED_SCHEMA, of the document of `row`."""
    return {
        "content_key": row["content_key"],
        "source_path": row["source_path"],
        "record_index": row["record_index"],
        "stage": found.stage,
        "reason": str(found.reason),
        "detail": found.detail,
    }


def write_rejected(rows: list[dict[str, Any]], shard: Shard) -> None:
    """Write `rejected-NNN.parquet`."""
    files.write_parquet(pl.DataFrame(rows, schema=REJECTED_SCHEMA), shard.target / f"rejected-{shard.number}.parquet")
