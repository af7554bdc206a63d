"""From files under raw/ to batches of records: what is new, changed or read by another version is read, and nothing else.

The comparison with the ledger is `changes`', the cutting `records`', formats are `reading`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.progress import Progress
from pipelines.reading.files import RawFile
from pipelines.reading.raw_place import RawPlace, exists, is_remote
from pipelines.reading.sources import EVERYTHING, Sources
from pipelines.stages import plan, removals
from pipelines.stages.changes import Ingested, ToRead, compare, placed, rows_frame
from pipelines.stages.fingerprints import digest
from pipelines.stages.records import ABOUT, BatchCutter, FileEntry, digest_of, items_of
from pipelines.warehouse import files, ledger

# Batches whose parses new ones look through: some hundred thousand documents. Each new batch names them.
MOST_SUPERSEDED = 1_000


def ingest(
    raw: RawPlace,
    warehouse: Path,
    batch_documents: int,
    batch_bytes: int,
    progress: Progress,
    since: date | None = None,
    again: bool = False,
    accept_removed: bool = False,
    sources: Sources = EVERYTHING,
) -> Ingested:
    """Bring ledger and batches in line with the files under `raw`.

    Reads a file only where its content is new, or where the version of the stage `records` has moved since it was read
    (all files with `again`): one that then gives the same records keeps its batches, one that does not gets new
    ones. Records are held a shard at a time. With `since`, files last changed before that day (UTC) stay as the ledger has
    them, and wait where it has not; so do those outside `sources`, whose folders are not looked into.

    Batches that neither a file nor a published version rests on are dropped. Raises FileNotFoundError where `raw` is no folder, or has
    none of a source that nothing was ever read from, and
    FilesGone, with nothing changed, where so much is gone from it that it is likelier the wrong one (unless `accept_removed`).
    """
    if not exists(raw):
        raise FileNotFoundError(
            f"There is no raw folder at {raw}: make it and put files in, or name another with --raw."
        )
    files.remove_partials(warehouse)
    version = plan.RECORDS.version()
    known = ledger.read(warehouse)
    batch_folder = warehouse / "batches"
    batch_folder.mkdir(parents=True, exist_ok=True)
    _drop_orphans(warehouse, ledger.live_batches(known))

    found = Ingested()
    inside, outside = known.filter(sources.of_rows()), known.filter(~sources.of_rows())
    check_source_folders(raw, inside, sources)
    read_elsewhere = pl.concat([removals.kept_rows(warehouse), outside])
    compared = compare(raw, inside, read_elsewhere, found, since, "" if again else version, sources)
    gone = inside.join(compared.there, on="source_path", how="anti")
    found.removed = gone.height
    there = pl.concat([compared.there, outside.select("source_path", "sha256")])
    contents = there.filter(pl.col("sha256").is_not_null()).select(content=ledger.CONTENT)
    if not accept_removed:
        read = gone.filter(pl.col("sha256").is_not_null()).with_columns(content=ledger.CONTENT)
        lost = read.join(contents, on="content", how="anti")["source_path"].to_list()
        removals.check(warehouse, raw, inside.height, lost, compared.there.height, sources)
    rows = compared.rows
    if compared.to_read:
        numbers = [int(p.name[:5]) for p in batch_folder.iterdir() if p.name[:5].isdecimal()]
        cutter = BatchCutter(batch_folder, max(numbers, default=0) + 1, batch_documents, batch_bytes)
        cutter.before = _superseded(pl.concat([removals.kept_rows(warehouse), known]), contents)
        rows += _read_all(raw, compared.to_read, cutter, version, found, progress)
        found.batches = cutter.keys
    frame = pl.concat([compared.unchanged, outside, rows_frame(rows)]).sort("source_path")
    removals.keep_rows(warehouse, known, frame)
    if found.is_change or found.read_again or not ledger.path(warehouse).exists() or frame.height != known.height:
        ledger.write(frame, warehouse)
    if not outside.height:  # what lies in other folders of a new root was not looked for
        removals.note_root(warehouse, raw)
    found.live_batches = ledger.live_batches(frame)
    found.dropped_batches = _drop_orphans(warehouse, found.live_batches)
    return found


def check_source_folders(raw: RawPlace, known: pl.DataFrame, sources: Sources) -> None:
    """Raise FileNotFoundError where a folder of `sources` is not there and no file of it is in the ledger: a name that was mistyped.

    A folder that is gone and had files is for `removals.check` to tell.
    """
    for folder in sources.only:
        if not is_remote(raw) and not exists(raw / folder) and not known.filter(Sources((folder,)).of_rows()).height:
            raise FileNotFoundError(
                f"There is no folder {folder} below {raw}, and nothing was ever loaded from one: make it, or name a source that is there."
            )


def _superseded(before: pl.DataFrame, contents: pl.DataFrame) -> list[str]:
    """Batches of files that have another content now or are gone, the newest of many: their records may stand in the files that are new,
    where one was added to a file, taken out of it or moved to another."""
    gone = before.filter(pl.col("sha256").is_not_null()).with_columns(content=ledger.CONTENT)
    batches = gone.join(contents, on="content", how="anti")["batches"].explode().drop_nulls()
    return sorted(set(batches))[-MOST_SUPERSEDED:]


def _read_all(
    raw: RawPlace, to_read: list[ToRead], cutter: BatchCutter, version: str, found: Ingested, progress: Progress
) -> list[dict[str, Any]]:
    """Rows of the ledger for the files, each content read once (and once more where it gives other records than before)."""
    entries: dict[str, FileEntry] = {}
    done: dict[str, dict[str, Any]] = {}
    copies: list[tuple[RawFile, str]] = []
    total = sum(t.file.size for t in to_read)
    if total:
        progress("read", 0, total)
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
                done[content] = placed(task.known, file) | {"read_by": version}
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
    return [*done.values(), *(placed(done[content], file) for file, content in copies)]


def _drop_orphans(warehouse: Path, live: Iterable[str]) -> list[str]:
    """Remove batch folders that neither a file of the ledger nor a published version needs, and what a dead run left half written.

    One whose files were read anew is kept until that batch has its facts: most texts are the same, and so their parses and readings.
    """
    batch_folder = warehouse / "batches"
    live = set(live)
    kept = live | set(_waited_for(batch_folder, live)) | removals.batches_of_versions(warehouse)
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
        if earlier and not any((batch_folder / batch).glob(f"{plan.FACTS.name}-*/stage.json")):
            yield from earlier
