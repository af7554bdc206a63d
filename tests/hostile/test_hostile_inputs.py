"""A thousand bad inputs through a whole run: none crashes, hangs or is lost in silence, nothing is written outside the
warehouse, and the good ones among them come out as they do alone."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from pipelines.defs.launch import run_pipeline
from pipelines.reader.interface import NO_READER
from pipelines.reading.records import Reason
from pipelines.settings import Settings
from pipelines.stages.records import RECORDS, REPEATED
from pipelines.warehouse import ledger
from tests.hostile.bad_inputs import KINDS, TEXT, put_oddities

SECONDS = 20  # for one file, on a busy machine
GOOD_FACTS = ("sentences", "events", "financial_figures", "quotes", "time_expressions")


def _put(raw: Path, count: int, seed: int) -> Counter[str]:
    """Bad files of every kind in turn, a folder each; how many of each kind."""
    made: Counter[str] = Counter()
    for n in range(count):
        kind = list(KINDS)[n % len(KINDS)]
        name, content = KINDS[kind](random.Random(f"{seed}:{kind}:{n}"))
        folder = raw / f"{n:04d}-{kind}"
        folder.mkdir(parents=True)
        (folder / name).write_bytes(content)
        made[kind] += 1
    return made


def _put_good(raw: Path, count: int) -> int:
    """One good file for every ten bad ones."""
    folder = raw / "good"
    folder.mkdir(parents=True)
    numbers = range(0, count, 10)
    for n in numbers:
        (folder / f"good-{n}.txt").write_text(f"{TEXT} This is report number {n}.")
    return len(numbers)


def _run(folder: Path) -> Path:
    # The encoder is left out: it sees words alone, and the texts of these files would take it ten minutes.
    settings = Settings(raw=folder / "raw", warehouse=folder / "warehouse", engine="serial", reader=NO_READER)
    with dg.DagsterInstance.ephemeral() as instance:
        run_pipeline(settings, instance=instance)
    return settings.warehouse


def _tree(folder: Path, without: Path) -> list[tuple[str, int]]:
    """Every path below a folder but those below `without`, with its size."""
    found = []
    for path, folders, names in folder.walk():
        folders[:] = [f for f in folders if path / f != without]
        found += [path / name for name in (*folders, *names)]
    return sorted((str(p), 0 if p.is_dir() else p.lstat().st_size) for p in found)


def _table(warehouse: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(warehouse / "tables" / f"{name}.parquet")


def _records(warehouse: Path) -> pl.DataFrame:
    """(document_id, content_key, record_index) of every record that was read, repeated ones too."""

    def parts() -> Iterator[pl.DataFrame]:
        columns = ("document_id", "content_key", "record_index")
        for batch in ledger.live_batches(ledger.read(warehouse)):
            folder = warehouse / "batches" / batch
            for path in (*sorted((folder / RECORDS).glob("*.parquet")), folder / REPEATED):
                yield pl.read_parquet(path).select(columns)

    return pl.concat(parts())


def _check(tmp_path: Path, count: int, seed: int, large: int) -> None:
    raw = tmp_path / "bad" / "raw"
    made = _put(raw, count, seed)
    assert len(made) >= 25
    good = _put_good(raw, count)
    odd = put_oddities(raw, tmp_path / "bad", large)
    before = _tree(tmp_path, tmp_path / "bad" / "warehouse")
    started = time.monotonic()
    warehouse = _run(tmp_path / "bad")
    assert time.monotonic() - started < SECONDS * count
    assert _tree(tmp_path, warehouse) == before  # nothing written outside, raw as it was

    files, documents, refused = (_table(warehouse, t) for t in ("raw_files", "documents", "quarantine"))
    # every file is told of: as loaded, as a copy of one that is, or as quarantined with a reason
    assert files.height == count + good + odd
    lost = files.filter(
        pl.col("status") != "copy", pl.col("loaded") + pl.col("quarantined") + pl.col("duplicates") == 0
    )
    assert lost.is_empty(), lost["source_path"].to_list()
    # and so is every record that was read
    records, read = _records(warehouse), ledger.read(warehouse).unique("content_key")
    assert records.height == read["records"].sum()
    aside = refused.join(files.select("source_path"), on="source_path").filter(pl.col("stage") == "clean")
    keys = ledger.read(warehouse).select("source_path", "content_key")
    told = aside.join(keys, on="source_path").select("content_key", "record_index")
    silent = records.join(documents, on="document_id", how="anti").join(
        told, on=["content_key", "record_index"], how="anti"
    )
    assert silent.is_empty(), silent.rows()
    assert documents["document_id"].n_unique() == documents.height == files["loaded"].sum()
    assert set(refused["reason"]) <= set(map(str, Reason))
    assert refused["detail"].str.len_chars().min() > 15  # every refusal says something
    failed = refused.filter(pl.col("reason") == "failed")
    assert failed.is_empty(), failed["detail"].to_list()

    _put_good(tmp_path / "alone" / "raw", count)
    alone = _run(tmp_path / "alone")
    own = pl.col("source_path").str.starts_with("good/")
    columns = ("document_id", "source_path", "text", "published_on", "language", "char_count")
    expected = _table(alone, "documents").select(columns).sort("document_id")
    assert documents.filter(own).select(columns).sort("document_id").equals(expected)
    assert expected.height == good
    for name in GOOD_FACTS:
        facts = _table(warehouse, name).join(expected, on="document_id", how="semi")
        facts = facts.drop("story_event_id", strict=False).sort(facts.columns[:4])
        wanted = _table(alone, name).drop("story_event_id", strict=False)
        assert facts.equals(wanted.sort(wanted.columns[:4])), name


def test_a_bad_input_of_each_kind(tmp_path: Path) -> None:
    _check(tmp_path, len(KINDS), 1, 100_000)


@pytest.mark.slow
def test_a_thousand_bad_inputs(tmp_path: Path) -> None:
    _check(tmp_path, 1000, 2, 200_000_000)
