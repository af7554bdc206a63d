"""What takes too long is quarantined alone, at every stage, and the rest goes on."""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.extract import frames
from pipelines.language import model
from pipelines.progress import silent
from pipelines.reader import read
from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.stages import batches, cleaning, extraction, ingest, limits, records
from pipelines.stages.engines import engine

SLOW = "The slow minister spoke in Oslo on Monday."


def _spin() -> None:
    while True:
        with contextlib.suppress(Exception):  # as libraries do, which must not outlast the limit
            sum(range(1000))


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS_FOR_ANY", 1.0)
    monkeypatch.setattr(limits, "CHARACTERS_A_SECOND", 1e9)


def test_a_body_within_its_time_is_left_alone() -> None:
    with limits.limited(5):
        assert sum(range(10)) == 45
    _burn(0.3)  # the timer is off: nothing is raised afterwards


def _burn(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_loops_and_patterns_are_ended() -> None:
    for body in (_spin, lambda: re.match(r"(a+)+b", "a" * 60)):
        started = time.process_time()
        with pytest.raises(limits.TookTooLong), limits.limited(0.2):
            body()
        assert time.process_time() - started < 5


def test_what_swallows_everything_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_AGAIN", 0.1)
    swallowed = 0
    with pytest.raises(limits.TookTooLong), limits.limited(0.1):
        try:
            _spin()
        except BaseException:
            swallowed += 1
        _spin()
    assert swallowed == 1


def test_in_another_thread_there_is_no_limit() -> None:
    done: list[bool] = []

    def work() -> None:
        with limits.limited(0.01):
            _burn(0.1)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def _run(tmp_path: Path, stage: str, second: str = SLOW) -> tuple[int, list[tuple[str, str, int]]]:
    """Three documents through the stages up to one; how many are left, and what was quarantined."""
    raw, warehouse = tmp_path / "raw", tmp_path / "w"
    raw.mkdir()
    texts = ["The minister of Norway spoke.", second, "The minister of Chad spoke."]
    (raw / "a.jsonl").write_text("\n".join(json.dumps({"id": n, "text": t}) for n, t in enumerate(texts)))
    live = ingest.ingest(raw, warehouse, 100, 1_000_000, silent).live_batches
    with engine("serial", 1) as serial:
        for name, function in (
            ("clean", batches.clean_batches), ("annotate", batches.annotate_batches),
            ("read", batches.read_batches), ("extract", batches.extract_batches),
        ):  # fmt: skip
            (done,) = function(warehouse, live, serial, silent)
            if name == stage:
                break
    assert done.quarantine is not None
    refused = pl.read_parquet(done.quarantine).select("stage", "reason", "record_index").rows()
    return done.documents, refused


def test_a_document_that_takes_too_long_to_clean(tmp_path: Path, short: None, monkeypatch: pytest.MonkeyPatch) -> None:
    real = cleaning.clean

    def clean(record: RawRecord, known: Any) -> Any:
        return _spin() if record.content == SLOW else real(record, known)

    monkeypatch.setattr(cleaning, "clean", clean)
    kept, refused = _run(tmp_path, "clean")
    assert kept == 2
    assert refused == [("clean", Reason.TOO_SLOW, 1)]


def test_a_document_that_takes_too_long_to_parse(tmp_path: Path, short: None, monkeypatch: pytest.MonkeyPatch) -> None:
    model.load()
    real = model.annotate

    def annotate(texts: Any) -> Iterator[dict[str, Any]]:
        for one in texts:
            if one[1] == SLOW:
                _spin()
            yield from real([one])

    monkeypatch.setattr(model, "annotate", annotate)
    kept, refused = _run(tmp_path, "annotate")
    assert kept == 2
    assert refused == [("annotate", Reason.TOO_SLOW, 1)]


def test_a_document_that_takes_too_long_to_extract_from(
    tmp_path: Path, short: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = extraction.extract_facts

    def extract(article: Any, parse: Any, reading: Any) -> Any:
        return _spin() if article.text == SLOW else real(article, parse, reading)

    monkeypatch.setattr(extraction, "extract_facts", extract)
    monkeypatch.setattr(limits, "SECONDS_FOR_ANY", 8.0)  # the first extraction reads the gazetteer
    kept, refused = _run(tmp_path, "extract")
    assert kept == 2
    assert refused == [("extract", Reason.TOO_SLOW, 1)]


def test_the_end_of_a_document_that_the_reader_does_not_reach_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "MOST_WORDS", 6)
    kept, refused = _run(tmp_path, "read")
    assert kept == 3
    assert refused == [("readings", Reason.TRUNCATED, 1)]


def test_an_amount_that_no_table_holds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "LARGEST_AMOUNT", Decimal(1000))
    kept, refused = _run(tmp_path, "extract", "Norway gave Chad $5,000 and Mali $500.")
    assert kept == 3
    assert refused == [("extract", Reason.TOO_LARGE, 1)]
    (figures,) = (tmp_path / "w").glob("batches/*/facts-*/financial_figures.parquet")
    assert pl.read_parquet(figures)["text"].to_list() == ["$500"]


def test_a_file_that_takes_too_long_to_read_gives_what_came_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_raw: Any, source_path: str) -> Iterator[RawRecord | Rejected]:
        yield RawRecord(
            source_path=source_path, record_index=0, external_id="1", content="Ships came.", content_type="text"
        )
        _spin()

    monkeypatch.setattr("pipelines.reading.read.read_file", read)
    monkeypatch.setattr(records, "SECONDS_FOR_RECORD", 0.3)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("x")
    found = ingest.ingest(tmp_path / "raw", tmp_path / "w", 100, 1_000_000, silent)
    assert (found.records, found.rejected) == (1, 1)
    aside = pl.read_parquet(tmp_path / "w" / "batches" / found.batches[0] / records.REJECTED)
    assert aside["reason"].to_list() == [Reason.TOO_SLOW]
