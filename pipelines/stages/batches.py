"""Runs one stage over batches: does what is not there under its fingerprint, and nothing else.

`clean_batches`, `annotate_batches` and `extract_batches` are what the Dagster assets call. Each returns, a batch,
what was done and what it cost; a batch whose result was there already counts no seconds.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path

import polars as pl

from pipelines.extract.frames import FACT_SCHEMAS
from pipelines.language import model
from pipelines.progress import Progress
from pipelines.stages import chrome, shards
from pipelines.stages.engine import Engine
from pipelines.stages.fingerprints import code_version, digest
from pipelines.stages.folders import StageFolder
from pipelines.stages.ingest import RECORDS, REJECTED, REJECTED_SCHEMA
from pipelines.stages.shards import Counted, Shard
from pipelines.text.language import is_foreign
from pipelines.warehouse import files

DOCUMENTS, ANNOTATIONS, FACTS = STAGES = ("documents", "annotations", "facts")


@dataclass
class BatchResult:
    """What a stage holds for one batch, and whether this run made it."""

    batch: str
    documents: int = 0
    rejected: int = 0
    seconds: float = 0.0
    made_now: bool = False
    put_aside: Path | None = None  # Parquet of what this stage refused, REJECTED_SCHEMA
    rows: dict[str, int] = field(default_factory=dict)


def documents_folder(warehouse: Path, batch: str, learned: chrome.LearnedChrome) -> StageFolder:
    """Where the clean documents of a batch lie, by records (the batch's name), cleaning code and learned chrome."""
    folder = warehouse / "batches" / batch
    version = code_version("text", "reading", "reference", "stages/shards.py")
    return StageFolder(folder, DOCUMENTS, digest(batch, version, learned.digest_for(batch)))


def annotations_folder(documents: StageFolder) -> StageFolder:
    """Where the parses lie: by the documents' content, not by the code that cleaned them, since parsing is dear."""
    return StageFolder(documents.batch, ANNOTATIONS, digest(documents.about()["digest"], model.fingerprint()))


def facts_folder(documents: StageFolder, annotations: StageFolder) -> StageFolder:
    """Where the facts lie: by parses, documents (dates and titles count) and the rules."""
    version = code_version(
        "extract", "reference", "language/parse.py", "language/annotations.py", "identifiers.py", "stages/shards.py"
    )
    return StageFolder(documents.batch, FACTS, digest(annotations.fingerprint, documents.fingerprint, version))


def out_of_date(warehouse: Path, live: Iterable[str]) -> list[str]:
    """Batches whose facts are not there under their present fingerprint, at whichever stage that began."""
    learned = chrome.read(warehouse)
    found = []
    for batch in live:
        documents = documents_folder(warehouse, batch, learned)
        if not documents.is_done():
            found.append(batch)
            continue
        annotations = annotations_folder(documents)
        if not (annotations.is_done() and facts_folder(documents, annotations).is_done()):
            found.append(batch)
    return found


def forget(warehouse: Path, batches: Iterable[str], stages: Iterable[str] = STAGES) -> None:
    """Remove results of the given stages of batches (never their records), so that they are done again."""
    for batch in batches:
        for stage in stages:
            for folder in (warehouse / "batches" / batch).glob(f"{stage}-*"):
                files.remove_folder(folder)


def read_since(warehouse: Path, batches: Iterable[str], since: date) -> list[str]:
    """Those of the batches that were read on or after a day (UTC)."""
    about = {b: files.read_json(warehouse / "batches" / b / "batch.json") for b in batches}
    return [b for b, found in about.items() if datetime.fromisoformat(found["read_at"]).date() >= since]


def clean_batches(warehouse: Path, batches: Iterable[str], engine: Engine, progress: Progress) -> list[BatchResult]:
    """Records to clean documents."""
    learned = chrome.read(warehouse)
    todo = {b: documents_folder(warehouse, b, learned) for b in batches}

    def tasks(batch: str, folder: StageFolder) -> list[Shard]:
        known = learned.for_batch(batch)
        return [
            Shard(batch, part.name, part, folder.aside, known_chrome=known)
            for part in sorted((folder.batch / RECORDS).glob("part-*.parquet"))
        ]

    return _run(todo, tasks, shards.clean_shard, _about_documents, engine, progress, "clean")


def annotate_batches(warehouse: Path, batches: Iterable[str], engine: Engine, progress: Progress) -> list[BatchResult]:
    """Clean documents to stored parses: the dear step."""
    learned = chrome.read(warehouse)
    documents = {b: documents_folder(warehouse, b, learned) for b in batches}
    todo = {b: annotations_folder(d) for b, d in documents.items()}

    def tasks(batch: str, folder: StageFolder) -> list[Shard]:
        return [Shard(batch, part.name, part, folder.aside) for part in documents[batch].parts()]

    return _run(todo, tasks, shards.annotate_shard, _about_plain, engine, progress, "parse")


def extract_batches(warehouse: Path, batches: Iterable[str], engine: Engine, progress: Progress) -> list[BatchResult]:
    """Stored parses to facts, a file a table."""
    learned = chrome.read(warehouse)
    documents = {b: documents_folder(warehouse, b, learned) for b in batches}
    annotations = {b: annotations_folder(d) for b, d in documents.items()}
    todo = {b: facts_folder(documents[b], annotations[b]) for b in documents}

    def tasks(batch: str, folder: StageFolder) -> list[Shard]:
        return [
            Shard(batch, part.name, part, folder.aside, annotations[batch].path / part.name)
            for part in documents[batch].parts()
        ]

    return _run(todo, tasks, shards.extract_shard, _about_facts, engine, progress, "extract")


def _run(
    folders: Mapping[str, StageFolder],
    tasks_of: Callable[[str, StageFolder], list[Shard]],
    function: Callable[[Shard], Counted],
    about: Callable[[StageFolder, list[Counted]], dict[str, object]],
    engine: Engine,
    progress: Progress,
    verb: str,
) -> list[BatchResult]:
    missing = {b: f for b, f in folders.items() if not f.is_done()}
    tasks = {b: tasks_of(b, f) for b, f in missing.items()}
    for folder in missing.values():
        folder.aside.mkdir(parents=True, exist_ok=True)
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
    finished = engine.map(partial(shards.counted, function), flat, size)
    for done, (shard, result) in enumerate(finished, 1):
        counted[shard.batch].append(result)
        progress(verb, done, len(flat), f"batch {shard.batch}")
        if len(counted[shard.batch]) == len(tasks[shard.batch]):
            finish(shard.batch)
    return [_result(b, f, b in missing, seconds.get(b, 0.0)) for b, f in folders.items()]


def _result(batch: str, folder: StageFolder, made_now: bool, seconds: float) -> BatchResult:
    found = folder.about()
    return BatchResult(
        batch, found["documents"], found["rejected"], seconds, made_now, folder.path / REJECTED, found.get("rows") or {}
    )


def _about_plain(folder: StageFolder, counted: list[Counted]) -> dict[str, object]:
    _join(folder, "rejected")
    return {
        "documents": sum(c.documents for c in counted),
        "rejected": sum(c.rejected for c in counted),
    }


def _about_documents(folder: StageFolder, counted: list[Counted]) -> dict[str, object]:
    """The digest over ids, texts and what is not in English tells whether parses made from these documents still hold."""
    columns = ["document_id", "text", "language"]
    texts = [pl.read_parquet(part, columns=columns) for part in sorted(folder.aside.glob("part-*.parquet"))]
    hashed = [digest(part.height, *part["document_id"], *part["text"]) for part in texts]
    foreign = [
        i for part in texts for i, code in zip(part["document_id"], part["language"], strict=True) if is_foreign(code)
    ]
    return _about_plain(folder, counted) | {"digest": digest(*hashed, *foreign)}


def _about_facts(folder: StageFolder, counted: list[Counted]) -> dict[str, object]:
    """Shards are joined, a file a table: what is published reads few files."""
    for table in FACT_SCHEMAS:
        _join(folder, table)
    rows = {table: sum(c.rows.get(table, 0) for c in counted) for table in FACT_SCHEMAS}
    return _about_plain(folder, counted) | {"rows": rows}


def _join(folder: StageFolder, name: str) -> None:
    parts = sorted(folder.aside.glob(f"{name}-*.parquet"))
    schema = FACT_SCHEMAS.get(name, REJECTED_SCHEMA)
    frame = pl.concat([pl.read_parquet(p) for p in parts]) if parts else schema.to_frame()
    files.write_parquet(frame, folder.aside / f"{name}.parquet")


def _drop_joined(folder: StageFolder) -> None:
    """Remove the shards' own files that were joined. After the folder is in place: a crash loses nothing."""
    for part in folder.path.glob("*-[0-9]*.parquet"):
        if not part.name.startswith("part-"):
            part.unlink()
    for part in folder.path.glob("counted-*.json"):
        part.unlink()
