"""Runs one stage over batches: does what is not there under its fingerprint, and nothing else.

`clean_batches`, `annotate_batches`, `read_batches` and `extract_batches` are what the Dagster assets call. Each returns, a
batch, what was done and what it cost; a batch whose result was there already counts no seconds. What does the work is loaded when there is some: most runs find nothing
new, and loading it would take longer than the rest of them.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path

import polars as pl

from pipelines.extract.frames import FACT_SCHEMAS
from pipelines.language.parse import Article
from pipelines.progress import Progress
from pipelines.reader.interface import ENCODER
from pipelines.stages import chrome, plan, shards
from pipelines.stages.batch_folders import ANNOTATIONS, READINGS, folders_of
from pipelines.stages.earlier_parts import EarlierParts
from pipelines.stages.engine import Engine, Need
from pipelines.stages.fingerprints import digest
from pipelines.stages.folders import StageFolder
from pipelines.stages.records import RECORDS, REJECTED, REJECTED_SCHEMA
from pipelines.stages.shards import Counted, Shard
from pipelines.text.language import is_foreign
from pipelines.warehouse import files

# What a task of each asks of its node, measured over shards of the largest size: memory is that of the whole worker.
CLEAN, PARSE, READ, EXTRACT = (
    Need(1, 500_000_000),
    Need(1, 1_500_000_000),
    Need(1, 1_500_000_000),
    Need(1, 1_000_000_000),
)


@dataclass
class BatchResult:
    """What a stage holds for one batch, and whether this run made it."""

    batch: str
    documents: int = 0
    rejected: int = 0
    seconds: float = 0.0
    made_now: bool = False
    quarantine: Path | None = None  # Parquet of what this stage refused, REJECTED_SCHEMA
    rows: dict[str, int] = field(default_factory=dict)


def clean_batches(warehouse: Path, batches: Iterable[str], engine: Engine, progress: Progress) -> list[BatchResult]:
    """Records to clean documents."""
    from pipelines.stages.cleaning import clean_shard

    learned = chrome.read(warehouse)
    todo = {b: folders.documents for b, folders in folders_of(warehouse, batches).items()}

    def tasks(batch: str, folder: StageFolder) -> list[Shard]:
        known = learned.for_batch(batch)
        return [
            Shard(batch, part.name, part, folder.unfinished, known_chrome=known)
            for part in sorted((folder.batch / RECORDS).glob("part-*.parquet"))
        ]

    return _run(todo, tasks, clean_shard, _about_documents, engine, progress, "clean", CLEAN)


def annotate_batches(warehouse: Path, batches: Iterable[str], engine: Engine, progress: Progress) -> list[BatchResult]:
    """Clean documents to stored parses: the expensive step."""
    from pipelines.stages.parsing import TEXT_SHA256, annotate_shard

    folders = folders_of(warehouse, batches)
    version = plan.ANNOTATIONS.version()
    parts = EarlierParts(TEXT_SHA256)

    def tasks(batch: str, folder: StageFolder) -> list[Shard]:
        earlier = folders[batch].earlier(ANNOTATIONS, version)

        def known(part: Path) -> tuple[Path, ...]:
            texts = pl.read_parquet(part, columns=[TEXT_SHA256])[TEXT_SHA256].to_list() if earlier else []
            return parts.holding(earlier, texts) if texts else ()

        return [
            Shard(batch, part.name, part, folder.unfinished, earlier=known(part))
            for part in folders[batch].documents.parts()
        ]

    todo = {b: f.annotations for b, f in folders.items()}
    return _run(todo, tasks, annotate_shard, partial(_about_plain, version=version), engine, progress, "parse", PARSE)


def read_batches(
    warehouse: Path, batches: Iterable[str], engine: Engine, progress: Progress, reader: str = ENCODER
) -> list[BatchResult]:
    """Stored parses to readings; nothing where the setting names no reader."""
    from pipelines.stages.readings import INPUT, inputs_of, read_shard

    folders = folders_of(warehouse, batches, reader)
    todo = {b: f.readings for b, f in folders.items() if f.readings is not None}
    version = digest(plan.READINGS.version(reader), plan.ANNOTATIONS.version())
    parts = EarlierParts(INPUT)

    def tasks(batch: str, folder: StageFolder) -> list[Shard]:
        of_batch = folders[batch]
        earlier = of_batch.earlier(READINGS, version)
        return [
            Shard(
                batch, part.name, part, folder.unfinished, of_batch.annotations.path / part.name,
                earlier=parts.holding(earlier, inputs_of(part)) if earlier else (), reader=reader,
            )
            for part in of_batch.documents.parts()
        ]  # fmt: skip

    return _run(todo, tasks, read_shard, partial(_about_plain, version=version), engine, progress, "predict", READ)


def extract_batches(
    warehouse: Path, batches: Iterable[str], engine: Engine, progress: Progress, reader: str = ENCODER
) -> list[BatchResult]:
    """Stored parses, and readings where a reader is on, to facts, a file a table."""
    from pipelines.stages.extraction import extract_shard

    folders = folders_of(warehouse, batches, reader)

    def tasks(batch: str, folder: StageFolder) -> list[Shard]:
        of_batch = folders[batch]
        readings = of_batch.readings
        return [
            Shard(
                batch, part.name, part, folder.unfinished, of_batch.annotations.path / part.name,
                None if readings is None else readings.path / part.name,
            )
            for part in of_batch.documents.parts()
        ]  # fmt: skip

    todo = {b: f.facts for b, f in folders.items()}
    return _run(todo, tasks, extract_shard, _about_facts, engine, progress, "extract", EXTRACT)


def _run(
    folders: Mapping[str, StageFolder],
    tasks_of: Callable[[str, StageFolder], list[Shard]],
    function: Callable[[Shard], Counted],
    about: Callable[[StageFolder, list[Counted]], dict[str, object]],
    engine: Engine,
    progress: Progress,
    verb: str,
    need: Need,
) -> list[BatchResult]:
    missing = {b: f for b, f in folders.items() if not f.is_done()}
    tasks = {b: tasks_of(b, f) for b, f in missing.items()}
    for folder in missing.values():
        folder.unfinished.mkdir(parents=True, exist_ok=True)
    counted: dict[str, list[Counted]] = defaultdict(list)
    flat = []
    for shard in (shard for of_batch in tasks.values() for shard in of_batch):
        # What an interrupted run finished is kept: its counts lie beside its files.
        earlier = files.read_json(shard.counted)
        if earlier is None:
            flat.append(shard)
        else:
            counted[shard.batch].append(Counted(**earlier))
    started = time.perf_counter()
    size = sum(shard.source.stat().st_size for shard in flat) * 3  # Parquet holds text at about a third
    seconds: dict[str, float] = {}

    def finish(batch: str) -> None:
        nonlocal started
        missing[batch].finish(about(missing[batch], counted[batch]))
        _drop_joined(missing[batch])
        now = time.perf_counter()
        seconds[batch], started = now - started, now

    for batch in [b for b, t in tasks.items() if len(counted[b]) == len(t)]:
        finish(batch)
    if flat:
        progress(verb, 0, len(flat))
    finished = engine.map(partial(shards.counted, function), flat, size, need)
    for done, (shard, result) in enumerate(finished, 1):
        counted[shard.batch].append(result)
        nodes = engine.about().get("nodes")
        progress(verb, done, len(flat), f"batch {shard.batch}" + (f", nodes: {nodes}" if nodes else ""))
        if len(counted[shard.batch]) == len(tasks[shard.batch]):
            finish(shard.batch)
    return [_result(b, f, b in missing, seconds.get(b, 0.0)) for b, f in folders.items()]


def _result(batch: str, folder: StageFolder, made_now: bool, seconds: float) -> BatchResult:
    found = folder.about()
    return BatchResult(
        batch, found["documents"], found["rejected"], seconds, made_now, folder.path / REJECTED, found.get("rows") or {}
    )


def _about_plain(folder: StageFolder, counted: list[Counted], version: str | None = None) -> dict[str, object]:
    """`version`: of what later runs of the stage may take rows over from this one."""
    _join(folder, "rejected")
    return {
        "documents": sum(c.documents for c in counted),
        "rejected": sum(c.rejected for c in counted),
        "version": version,
    }


def _about_documents(folder: StageFolder, counted: list[Counted]) -> dict[str, object]:
    """With what tells whether results made from these documents still hold.

    `digest`, over ids, texts and what is not in English, is for parses; `articles`, over all that extraction sees of them, for
    readings and facts.
    """
    columns = [f.name for f in fields(Article)]
    documents = [
        pl.read_parquet(part, columns=[*columns, "language"])
        for part in sorted(folder.unfinished.glob("part-*.parquet"))
    ]
    hashed = [digest(part.height, *part["document_id"], *part["text"]) for part in documents]
    foreign = [
        i
        for part in documents
        for i, code in zip(part["document_id"], part["language"], strict=True)
        if is_foreign(code)
    ]
    articles = [digest(*row) for part in documents for row in part.select(columns).iter_rows()]
    return _about_plain(folder, counted) | {"digest": digest(*hashed, *foreign), "articles": digest(*articles)}


def _about_facts(folder: StageFolder, counted: list[Counted]) -> dict[str, object]:
    """Shards are joined, a file a table: what is published reads few files."""
    for table in FACT_SCHEMAS:
        _join(folder, table)
    rows = {table: sum(c.rows.get(table, 0) for c in counted) for table in FACT_SCHEMAS}
    return _about_plain(folder, counted) | {"rows": rows}


def _join(folder: StageFolder, name: str) -> None:
    parts = sorted(folder.unfinished.glob(f"{name}-*.parquet"))
    schema = FACT_SCHEMAS.get(name, REJECTED_SCHEMA)
    frame = pl.concat([pl.read_parquet(p) for p in parts]) if parts else schema.to_frame()
    files.write_parquet(frame, folder.unfinished / f"{name}.parquet")


def _drop_joined(folder: StageFolder) -> None:
    """Remove the shards' own files that were joined. After the folder is in place: a crash loses nothing."""
    for part in folder.path.glob("*-[0-9]*.parquet"):
        if not part.name.startswith("part-"):
            part.unlink()
    for part in folder.path.glob("counted-*.json"):
        part.unlink()
