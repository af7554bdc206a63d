"""How the time from one new article to a queryable warehouse grows with the warehouse.

    python -m tests.measure.growth [--documents 5000 50000] [--base 5000] [--shared DIR] [--keep DIR] [--runs 3]

Loads `--base` real articles, then multiplies the results of the stages: every copy of a batch has ids, signatures, letters of
its texts and half of its names of its own, so that nothing is a copy of anything and nothing compresses better than news.
Prints, a size, the seconds of a run with nothing new and of a run with one new article, and what Dagster's steps took of them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from pipelines.extract.frames import FACT_SCHEMAS
from pipelines.settings import Settings, project_folder
from pipelines.stages import batch_folders, chrome
from pipelines.stages.fingerprints import digest
from pipelines.stages.records import WITNESSES
from pipelines.warehouse import files, ledger
from tests.measure import timed_run
from tests.measure.score_record import INPUT_KEYS

# Letters that a copy turns into each other: offsets stay, words change.
_LETTERS = "aeioutnsrhldcm"
_HEX = "0123456789abcdef"
# Copies are of so many months, one after the other, and then of the same again.
MONTHS = 240
_TEXTS = ("text", "title", "trigger", "speaker_text")


def _turned(column: pl.Expr, letters: str, by: int) -> pl.Expr:
    return column.str.replace_many(list(letters), [letters[(n + by) % len(letters)] for n in range(len(letters))])


def _own_number(digits: pl.Expr, copy: int) -> pl.Expr:
    """Another hexadecimal number for each of 4096 copies: three parts of it, turned by the three digits of the copy's."""
    parts = [digits.str.slice(0, 5), digits.str.slice(5, 5), digits.str.slice(10)]
    return pl.concat_str(_turned(part, _HEX, copy // 16**n % 16) for n, part in enumerate(parts))


def _own_id(name: str, copy: int) -> pl.Expr:
    """An id of the same kind, other for every copy."""
    kind = pl.col(name).str.extract(r"^([a-z]+_)")
    return (kind + _own_number(pl.col(name).str.extract(r"_([0-9a-f]+)$"), copy)).alias(name)


def _tail(copy: int) -> str:
    """Letters that end names of one copy alone."""
    return "".join(_LETTERS[copy // 14**n % 14] for n in range(3))


def _copied(frame: pl.DataFrame, copy: int, source: str, content_key: str) -> pl.DataFrame:
    """Rows of a stage result as another document's."""
    ids = [c for c in frame.columns if c.endswith("_id") and c not in ("wikidata_id", "external_id")]
    frame = frame.with_columns(
        *(_own_id(c, copy) for c in ids), *(_turned(pl.col(c), _LETTERS, copy) for c in _TEXTS if c in frame.columns)
    )
    if "entity_index" in frame.columns:
        changed = (pl.col("actor_type") != "country") & (pl.col("name").hash(copy) % 2 == 0)
        frame = frame.with_columns(
            name=pl.when(changed).then(_turned(pl.col("name"), _LETTERS, copy)).otherwise("name")
        ).with_columns(
            # One name in six is nobody else's.
            name=pl.when(changed & (pl.col("name").hash(copy) % 3 == 0))
            .then(pl.col("name") + _tail(copy))
            .otherwise("name")
        )
    if "published_on" in frame.columns:
        frame = frame.with_columns(pl.col("published_on").dt.offset_by(f"{copy % MONTHS}mo"))
    if "content_key" in frame.columns:
        frame = frame.with_columns(content_key=pl.lit(content_key), source_path=pl.lit(source))
    if "minhash" in frame.columns and frame.height:
        hashes = np.frombuffer(b"".join(frame["minhash"]), dtype="<u4").reshape(frame.height, -1) ^ np.uint32(copy * 77)
        frame = frame.with_columns(
            _own_number(pl.col("text_sha256"), copy).alias("text_sha256"),
            minhash=pl.Series([h.tobytes() for h in hashes], dtype=pl.Binary),
        )
    return frame


def multiply(raw: Path, warehouse: Path, times: int, together: int = 1, most: int | None = None) -> None:
    """Make the batches of a warehouse over one file be `times` as many, where they are fewer; `together` copies are one batch.

    Of each copied batch the first `most` documents are taken, by default all.
    """
    base = ledger.read(warehouse)
    learned = chrome.read(warehouse)
    first = base.row(0, named=True)  # of "base.jsonl"; copies come after it
    rows, made = base.rows(named=True), []
    number = sum(len(row["batches"]) for row in rows)
    there = sum(row["records"] for row in rows if row["source_path"].startswith(("base", "copy"))) // first["records"]
    for start in range(there, times, together):
        copies = range(start, min(start + together, times))
        source = f"copy-{start:05d}.jsonl"
        (raw / source).write_text(json.dumps({"copies": list(copies)}) + "\n", encoding="utf8")
        stat = (raw / source).stat()
        key = ledger.content_key(digest(start).ljust(32, "0"), source)
        copied = []
        for batch in first["batches"]:
            number += 1
            name = f"{number:05d}-{digest(start, batch)[:8]}"
            old, new = warehouse / "batches" / batch, warehouse / "batches" / name
            shutil.copytree(old / "records", new / "records", copy_function=os.link)
            shutil.copy(old / "batch.json", new / "batch.json")
            _write_copies(old / "rejected.parquet", new / "rejected.parquet", copies, source, key)
            witnesses = pl.read_parquet(old / WITNESSES)
            own = pl.concat([witnesses.with_columns(pl.col("paragraph") + f"-{copy}") for copy in copies])
            files.write_parquet(own, new / WITNESSES)
            copied.append(name)
            made.append((batch, name, copies, source, key))
        rows.append(
            first | {
                "source_path": source, "content_key": key, "sha256": digest(start), "size_bytes": stat.st_size,
                "modified_ns": stat.st_mtime_ns, "batches": copied, "seen_at": datetime.now(UTC),
                "records": first["records"] * len(copies),
            }
        )  # fmt: skip
    ledger.write(pl.DataFrame(rows, schema=ledger.SCHEMA, orient="row"), warehouse)
    known, reader = learned, Settings().reader
    chrome.learn(warehouse)
    learned = chrome.read(warehouse)
    for batch, name, copies, source, key in made:
        source_folders = batch_folders.BatchFolders(warehouse, batch, known, reader)
        documents, parses, facts = source_folders.documents, source_folders.annotations, source_folders.facts
        readings = source_folders.readings
        target_folders = batch_folders.BatchFolders(warehouse, name, learned, reader)
        target = target_folders.documents
        target.unfinished.mkdir()
        ids = pl.concat([pl.read_parquet(part, columns=["document_id"]) for part in documents.parts()])["document_id"]
        for part in [*documents.parts(), documents.path / "rejected.parquet"]:
            _write_copies(part, target.unfinished / part.name, copies, source, key, ids.head(most or len(ids)))
        target.finish(documents.about() | {"digest": digest(source, documents.about()["digest"])})
        # Nobody reads the parses of what has its facts: links are enough.
        parsed = target_folders.annotations
        shutil.copytree(parses.path, parsed.path, copy_function=os.link)
        if readings is not None and target_folders.readings is not None:
            shutil.copytree(readings.path, target_folders.readings.path, copy_function=os.link)
        told = target_folders.facts
        told.unfinished.mkdir()
        for table in (*FACT_SCHEMAS, "rejected"):
            name = f"{table}.parquet"
            _write_copies(facts.path / name, told.unfinished / name, copies, source, key, ids.head(most or len(ids)))
        told.finish(facts.about())


def _write_copies(
    file: Path, to: Path, copies: Sequence[int], source: str, content_key: str, documents: pl.Series | None = None
) -> None:
    """Write copies of a file of stage results, of some documents where it is told which."""
    frame = pl.read_parquet(file)
    if documents is not None and "document_id" in frame.columns:
        frame = frame.filter(pl.col("document_id").is_in(documents.implode()))
    own = []
    for copy in copies:
        copied = _copied(frame, copy, source, content_key)
        if "content_key" in frame.columns:  # records of one file have numbers of their own
            copied = copied.with_columns(pl.col("record_index") + 10_000 * (copy - copies[0]))
        own.append(copied)
    files.write_parquet(pl.concat(own), to)


def _timed(raw: Path, warehouse: Path) -> tuple[float, dict[str, float]]:
    """Seconds of a run, and of its steps; with the processor's seconds and the memory of all its processes in GB."""
    cost = timed_run.run(raw, warehouse)
    return cost.seconds, cost.steps | {"processor": round(cost.processor, 2), "memory": round(cost.memory, 2)}


def _measure(raw: Path, warehouse: Path, article: str, runs: int, tag: str) -> dict[str, object]:
    nothing, one = [], []
    for run in range(runs):
        nothing.append(_timed(raw, warehouse))
        (raw / f"new-{tag}-{run}.txt").write_text(
            f"{article}\n\nThis was told for the {run}th time.\n", encoding="utf8"
        )
        one.append(_timed(raw, warehouse))
        with duckdb.connect(str(warehouse / "newsledger.duckdb"), read_only=True) as con:
            query = "select (select count(*) from documents), (select count(*) from documents where external_id = ?)"
            total, found = con.execute(query, [f"new-{tag}-{run}"]).fetchone() or (0, 0)
        assert found == 1, "the new article is not there"
    return {
        "documents": total,
        "nothing new": round(statistics.median(s for s, _ in nothing), 1),
        "one article": round(statistics.median(s for s, _ in one), 1),
        "runs": [round(s, 1) for s, _ in one],
        "steps of nothing new": nothing[-1][1],
        "steps of one article": one[-1][1],
    }


def base_articles(raw: Path, shared: Path, count: int) -> None:
    """Real articles as one raw file, where it is not there."""
    if raw.is_dir():
        return
    raw.mkdir(parents=True)
    with gzip.open(shared / "corpus" / "reuters21578.jsonl.gz", "rt", encoding="utf8") as lines:
        rows = [json.loads(line) for line, _ in zip(lines, range(count), strict=False)]
    kept = [json.dumps({k: row[k] for k in INPUT_KEYS if row.get(k) is not None}) for row in rows]
    (raw / "base.jsonl").write_text("\n".join(kept) + "\n", encoding="utf8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, nargs="*", default=[5000, 50_000])
    parser.add_argument("--base", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--shared", type=Path, default=project_folder().parent / "shared")
    parser.add_argument("--keep", type=Path, help="folder to leave the base in, or to find it in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder: Path = options.keep or Path(temporary)
        raw, base = folder / "raw", folder / "base"
        base_articles(raw, options.shared, options.base)
        timed_run.run(raw, base)
        article = (project_folder() / "raw" / "rferl").glob("*.txt")
        text = next(article).read_text(encoding="utf8")
        for documents in options.documents:
            here = folder / f"{documents}"
            shutil.rmtree(here, ignore_errors=True)
            shutil.copytree(base, here / "warehouse", symlinks=True)
            shutil.copytree(raw, here / "raw")
            multiply(here / "raw", here / "warehouse", max(1, documents // options.base))
            timed_run.run(here / "raw", here / "warehouse")
            found = _measure(here / "raw", here / "warehouse", text, options.runs, str(documents))
            sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
