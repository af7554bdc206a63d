"""A thousand bad inputs: none crashes, hangs or is lost in silence, and nothing is written outside the warehouse."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from pipelines.progress import silent
from pipelines.stages import batches, chrome
from pipelines.stages.engine import engine
from pipelines.stages.ingest import REJECTED, ingest
from pipelines.warehouse import ledger
from tests.hostile.bad_inputs import KINDS, TEXT

SECONDS = 20  # for one file, on a busy machine


def _put(raw: Path, count: int, seed: int) -> Counter[str]:
    """Bad files of every kind in turn, a folder each, and a good one among every ten; how many of each kind."""
    made: Counter[str] = Counter()
    for n in range(count):
        kind = list(KINDS)[n % len(KINDS)]
        name, content = KINDS[kind](random.Random(f"{seed}:{kind}:{n}"))
        folder = raw / f"{n:04d}-{kind}"
        folder.mkdir(parents=True)
        (folder / name).write_bytes(content)
        made[kind] += 1
        if n % 10 == 0:
            (raw / f"good-{n}.txt").write_text(f"{TEXT} This is report number {n}.")
    return made


def _check(tmp_path: Path, count: int, seed: int) -> None:
    raw, warehouse = tmp_path / "raw", tmp_path / "warehouse"
    made = _put(raw, count, seed)
    assert len(made) >= 25
    before = sorted(str(p) for p in tmp_path.rglob("*") if warehouse not in p.parents)
    started = time.monotonic()
    ingested = ingest(raw, warehouse, 500, 8_000_000, silent)
    chrome.learn(warehouse)
    with engine("serial", 1) as serial:
        batches.clean_batches(warehouse, ingested.live_batches, serial, silent)
    seconds = time.monotonic() - started
    after = sorted(str(p) for p in tmp_path.rglob("*") if warehouse not in p.parents and p != warehouse)
    assert after == before  # nothing written outside
    assert seconds < SECONDS * count

    files = ledger.read(warehouse)
    learned = chrome.read(warehouse)
    told: set[str] = set(files.filter(pl.col("reason").is_not_null())["source_path"])
    folders = [batches.documents_folder(warehouse, batch, learned) for batch in ingested.live_batches]
    documents = pl.concat([pl.read_parquet(f.parts(), columns=["content_key", "source_path"]) for f in folders])
    refused = pl.concat(
        [pl.read_parquet(path / REJECTED) for f in folders for path in (f.path, f.batch) if (path / REJECTED).exists()]
    )
    keys = set(documents["content_key"]) | set(refused["content_key"].drop_nulls())
    told |= set(files.filter(pl.col("content_key").is_in(list(keys)))["source_path"])
    assert set(files["source_path"]) - told == set()  # every file is a document or a refusal
    assert files.height == count + -(-count // 10)
    assert refused["detail"].str.len_chars().min() > 15  # every refusal says something
    good = documents.filter(pl.col("source_path").str.starts_with("good-"))
    assert good.height == -(-count // 10)
    assert refused.filter(pl.col("reason") == "failed").is_empty(), refused.filter(pl.col("reason") == "failed")[
        "detail"
    ].to_list()


def test_two_bad_inputs_of_each_kind(tmp_path: Path) -> None:
    _check(tmp_path, 2 * len(KINDS), 1)


@pytest.mark.slow
def test_a_thousand_bad_inputs(tmp_path: Path) -> None:
    _check(tmp_path, 1000, 2)
