"""Files under raw/ against the ledger: what is as it was, what stands at another place, what is to be read.

Nothing is read or written here. Rows of the ledger that stand as they are stay a frame: of a large folder nearly all do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import PurePosixPath
from typing import Any

import polars as pl

from pipelines.reading.files import RawFile, list_files, sha256_of
from pipelines.reading.raw_place import RawPlace
from pipelines.reading.records import Reason, Rejected
from pipelines.reading.sources import EVERYTHING, Sources
from pipelines.warehouse import ledger


@dataclass
class Ingested:
    """What an ingest found. `batches` are the new ones."""

    new: int = 0
    changed: int = 0
    removed: int = 0
    moved: int = 0
    unchanged: int = 0
    waiting: int = 0  # older than the day asked for, or in a folder that cannot be listed now
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
class ToRead:
    """A file to read. `known`: its row of the ledger where the same content was read before, by another version."""

    file: RawFile
    sha256: str
    known: dict[str, Any] | None = None


@dataclass
class Compared:
    """The files that are there. `unchanged`: rows of the ledger that stand as they are; `rows`: others that need no reading."""

    unchanged: pl.DataFrame
    rows: list[dict[str, Any]]
    to_read: list[ToRead]

    @property
    def there(self) -> pl.DataFrame:
        """source_path and sha256 (null where it could not be opened) of all of them."""
        columns = ["source_path", "sha256"]
        to_read = [(task.file.source_path, task.sha256) for task in self.to_read]
        schema = dict.fromkeys(columns, pl.String)
        return pl.concat(
            [
                self.unchanged.select(columns),
                rows_frame(self.rows).select(columns),
                pl.DataFrame(to_read, schema=schema, orient="row"),
            ]
        )


def compare(
    raw: RawPlace,
    known: pl.DataFrame,
    elsewhere: pl.DataFrame,
    found: Ingested,
    since: date | None,
    version: str,
    sources: Sources = EVERYTHING,
) -> Compared:
    """What stands, and what is to be read: all that `version` has not read as it is.

    `known`: rows of the ledger of files below `sources`; `elsewhere`: others whose content was read, of removed files and of other folders.
    """
    refused: list[Rejected] = []
    states = ["source_path", "size_bytes", "modified_ns"]
    listed = pl.DataFrame(
        _states(list_files(raw, sources), refused), schema={name: ledger.SCHEMA[name] for name in states}, orient="row"
    )
    read = known.filter(pl.col("sha256").is_not_null(), pl.col("read_by") == version)
    compared = Compared(read.join(listed, on=states, how="semi"), [], [])
    found.unchanged = compared.unchanged.height
    rest = listed.join(compared.unchanged, on="source_path", how="anti", maintain_order="left")
    old_rows = _by_path(known.join(rest, on="source_path", how="semi"))
    hashed: list[ToRead] = []
    for file in (RawFile(*row) for row in rest.iter_rows()):
        old = old_rows.get(file.source_path)
        if since and datetime.fromtimestamp(file.modified_ns / 1e9, UTC).date() < since:
            found.waiting += 1
            compared.rows += [old] if old else []
            continue
        untouched = old is not None and (old["size_bytes"], old["modified_ns"]) == (file.size, file.modified_ns)
        try:
            sha256 = old["sha256"] if old and untouched and old["sha256"] else sha256_of(raw / file.source_path)
        except OSError as error:
            compared.rows.append(_refused_row(Rejected(file.source_path, None, "read", "unreadable", str(error))))
            found.new += 1
            continue
        hashed.append(ToRead(file, sha256))
    _place(hashed, old_rows, pl.concat([elsewhere, known]), compared, found, version)
    _stand_refused(refused, known, compared, found)
    return compared


def _states(listed: Iterable[RawFile | Rejected], refused: list[Rejected]) -> Iterator[tuple[str, int, int]]:
    """Path, size and time of files, in their order; what cannot be opened goes to `refused`."""
    for file in listed:
        if isinstance(file, Rejected):
            refused.append(file)
        else:
            yield file.source_path, file.size, file.modified_ns


def _by_path(rows: pl.DataFrame) -> dict[str, dict[str, Any]]:
    return {row["source_path"]: row for row in rows.iter_rows(named=True)}


def _place(
    hashed: Sequence[ToRead],
    old_rows: Mapping[str, dict[str, Any]],
    before: pl.DataFrame,
    compared: Compared,
    found: Ingested,
    version: str,
) -> None:
    """Tell the files whose content was read before, at whatever place, from those that are to be read; later rows of `before` count."""
    contents = pl.DataFrame(
        {"content": [ledger.content_key(task.sha256, task.file.source_path) for task in hashed]},
        schema={"content": pl.String},
    )
    known = before.filter(pl.col("sha256").is_not_null()).with_columns(content=ledger.CONTENT)
    by_content = {
        row.pop("content"): row
        for row in known.join(contents, on="content", how="semi", maintain_order="left").iter_rows(named=True)
    }
    for task in hashed:
        path = task.file.source_path
        same = by_content.get(ledger.content_key(task.sha256, path))
        if same is None:
            compared.to_read.append(task)
            found.changed += path in old_rows
            found.new += path not in old_rows
            continue
        found.unchanged += path in old_rows
        found.moved += path not in old_rows
        if same["read_by"] == version:
            compared.rows.append(placed(same, task.file))
        else:
            compared.to_read.append(ToRead(task.file, task.sha256, same))


def _stand_refused(refused: Sequence[Rejected], known: pl.DataFrame, compared: Compared, found: Ingested) -> None:
    """Rows of what cannot be opened; what lies in a folder that cannot be listed may well be there still, and waits."""
    if not refused:
        return
    paths = pl.DataFrame({"source_path": [item.source_path for item in refused]})
    old_rows = _by_path(known.join(paths, on="source_path", how="semi"))
    for item in refused:
        old = old_rows.get(item.source_path)
        same = old is not None and old["content_key"] is None and old["reason"] == str(item.reason)
        compared.rows.append(old if same and old is not None else _refused_row(item))
        found.new += not same
    unlisted = {item.source_path for item in refused if item.reason == Reason.UNREADABLE}
    if unlisted:
        inside = [any(str(p) in unlisted for p in PurePosixPath(path).parents) for path in known["source_path"]]
        below = known.filter(pl.Series(inside, dtype=pl.Boolean)).to_dicts()
        compared.rows += below
        found.waiting += len(below)


def placed(row: dict[str, Any], file: RawFile) -> dict[str, Any]:
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


def rows_frame(rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=ledger.SCHEMA, orient="row")
