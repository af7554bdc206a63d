"""Two readers on one warehouse: the same batches and parses, extracted beside it, compared row by row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl
import pytest

from pipelines.defs.launch import run_pipeline
from pipelines.defs.shadow import extract_beside
from pipelines.extract.document import extract_facts
from pipelines.language import model
from pipelines.query.compare import DIFFERS, compare
from pipelines.reader import interface
from pipelines.reader.interface import NO_READER
from pipelines.settings import Settings
from pipelines.stages import extraction, readings


class Doubter:
    """Reads of each document whether it is to be believed."""

    fingerprint = "doubter-1"

    def read(self, documents: Any) -> list[bool]:
        return ["Chad" not in article.text for article, _ in documents]


def _extract(article: Any, parse: Any, believed: bool | None) -> Any:
    facts = extract_facts(article, parse)
    if believed is False:
        for figure in facts.figures:
            figure.factuality = "possible"
    return facts


def test_two_readers_on_one_warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readings._reader.cache_clear()
    monkeypatch.setattr(interface, "load_reader", lambda name: None if name == NO_READER else Doubter())
    monkeypatch.setattr(
        interface, "reader_fingerprint", lambda name: None if name == NO_READER else Doubter.fingerprint
    )
    schema = pl.Schema({"document_id": pl.String, "believed": pl.Boolean, "input": pl.String})
    monkeypatch.setattr(readings, "STORED_SCHEMA", schema)
    monkeypatch.setattr(readings, "to_row", lambda i, believed: {"document_id": i, "believed": believed})
    monkeypatch.setattr(extraction, "from_row", lambda row: row["believed"])
    monkeypatch.setattr(extraction, "extract_facts", _extract)
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text("France gave Chad 5 million euros in food aid on Monday, officials in Paris said.")
    (raw / "b.txt").write_text("Norway gave Malawi 7 million euros in food aid on Monday, officials in Oslo said.")
    settings = Settings(raw=raw, warehouse=tmp_path / "w", engine="serial", reader=NO_READER)
    with dg.DagsterInstance.ephemeral() as instance:
        run_pipeline(settings, instance=instance)
    before = sorted(p.name for p in (tmp_path / "w").rglob("*"))
    monkeypatch.setattr(model, "annotate", lambda _texts: pytest.fail("parsed again"))

    one = extract_beside(settings, NO_READER, tmp_path / "work" / "none")
    two = extract_beside(settings, "doubter", tmp_path / "work" / "doubter")
    found = compare(one, two, ["financial_figures", "events", "mentions"])
    assert [(r["change"], r["fields"], r["in_b"]) for r in found.rows] == [
        (DIFFERS, "factuality", "factuality: possible")
    ]
    assert "Chad" in found.rows[0]["sentence"]
    assert found.counts["financial_figures"]["same"] == 1
    assert compare(tmp_path / "w", one).rows == []
    assert sorted(p.name for p in (tmp_path / "w").rglob("*")) == before, "the warehouse itself is untouched"
    readings._reader.cache_clear()
