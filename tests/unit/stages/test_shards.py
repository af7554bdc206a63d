"""A document at which our code fails is put aside; where the machine fails, the run does, and the next one reads the document."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.language import model
from pipelines.progress import silent
from pipelines.reading.records import Rejected
from pipelines.stages import batches, ingest
from pipelines.stages.engine import SerialEngine
from pipelines.stages.shards import MemoryRanOut, failed

ROW: dict[str, Any] = {"source_path": "a.jsonl", "record_index": 3, "text": "The minister of Norway spoke."}


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (MemoryError(), MemoryRanOut),
        (RuntimeError("Exception during initialization: std::bad_alloc"), MemoryRanOut),
        (RuntimeError("Failed to allocate memory for requested buffer of size 12"), MemoryRanOut),
        (OSError(errno.ENOSPC, "No space left on device"), OSError),
        (OSError(errno.EMFILE, "Too many open files"), OSError),
        (ImportError("x.so: failed to map segment from shared object"), ImportError),
    ],
)
def test_what_the_machine_does_is_no_fault_of_a_document(error: Exception, raised: type[Exception]) -> None:
    with pytest.raises(raised):
        failed(ROW, "annotate", error)


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (ROW, ValueError("no tree")),
        (ROW, OSError(errno.ENAMETOOLONG, "File name too long")),
        (ROW | {"text": "word " * 50_000}, MemoryError()),  # it alone asks for so much: no run would ever be rid of it
    ],
)
def test_what_a_document_does_puts_it_aside(row: dict[str, Any], error: Exception) -> None:
    try:
        raise error
    except Exception as caught:
        found = failed(row, "annotate", caught)
    assert isinstance(found, Rejected)
    assert (found.source_path, found.record_index, found.reason) == ("a.jsonl", 3, "failed")


def test_documents_that_no_memory_was_left_for_are_parsed_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, warehouse = tmp_path / "raw", tmp_path / "w"
    raw.mkdir()
    (raw / "a.jsonl").write_text("\n".join(json.dumps({"id": n, "text": f"Report {n} came."}) for n in range(3)))
    live = ingest.ingest(raw, warehouse, 100, 1_000_000, silent).live_batches
    batches.clean_batches(warehouse, live, SerialEngine(), silent)

    def annotate(_: Any) -> Any:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(model, "annotate", annotate)
        with pytest.raises(MemoryRanOut, match=r"at a document of \d+ characters, a.jsonl, record 0"):
            batches.annotate_batches(warehouse, live, SerialEngine(), silent)
    (done,) = batches.annotate_batches(warehouse, live, SerialEngine(), silent)
    assert (done.documents, done.rejected) == (3, 0)
    assert pl.read_parquet(done.quarantine).is_empty()
