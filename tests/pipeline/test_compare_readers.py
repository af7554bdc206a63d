"""Two readers on one warehouse: the same batches and parses, extracted beside it, compared row by row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import dagster as dg
import pytest

from pipelines.defs import resolve
from pipelines.defs.launch import run_pipeline
from pipelines.defs.shadow import extract_beside
from pipelines.language import model
from pipelines.language.parse import Article, Parse
from pipelines.query.compare import DIFFERS, ONLY_A, compare
from pipelines.reader import interface
from pipelines.reader.interface import ENCODER, Reader
from pipelines.reader.readings import Marks, Reading
from pipelines.settings import Settings
from pipelines.stages import readings


class Doubter:
    """The reader of today, but blind for one country."""

    fingerprint = "doubter-1"

    def __init__(self, real: Reader) -> None:
        self.real = real

    def read(self, documents: Sequence[tuple[Article, Parse, Marks]]) -> list[Reading]:
        found = self.real.read(documents)
        return [
            Reading() if "Chad" in article.text else reading
            for (article, *_), reading in zip(documents, found, strict=True)
        ]


def test_two_readers_on_one_warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readings._reader.cache_clear()
    load, fingerprint = interface.load_reader, interface.reader_fingerprint
    real = load(ENCODER)
    assert real is not None
    monkeypatch.setattr(interface, "load_reader", lambda name: Doubter(real) if name == "doubter" else load(name))
    monkeypatch.setattr(
        interface, "reader_fingerprint", lambda name: "doubter-1" if name == "doubter" else fingerprint(name)
    )
    monkeypatch.setattr(resolve, "release_name", lambda name: name)
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text("France gave Chad 5 million euros in food aid on Monday, officials in Paris said.")
    (raw / "b.txt").write_text("Norway gave Malawi 7 million euros in food aid on Monday, officials in Oslo said.")
    settings = Settings(raw=raw, warehouse=tmp_path / "w", engine="serial", reader=ENCODER)
    with dg.DagsterInstance.ephemeral() as instance:
        run_pipeline(settings, instance=instance)
    before = sorted(p.name for p in (tmp_path / "w").rglob("*"))
    monkeypatch.setattr(model, "annotate", lambda _texts: pytest.fail("parsed again"))

    one = extract_beside(settings, ENCODER, tmp_path / "work" / "encoder")
    two = extract_beside(settings, "doubter", tmp_path / "work" / "doubter")
    found = compare(one, two, ["financial_figures", "events"])
    assert found.rows
    told = [(r["table"], r["change"], r["words"], "Chad" in r["sentence"]) for r in found.rows]
    assert told == [("financial_figures", DIFFERS, "5 million euros", True), ("events", ONLY_A, "gave", True)]
    assert found.counts["financial_figures"]["same"] == 1
    assert compare(tmp_path / "w", one).rows == []
    assert sorted(p.name for p in (tmp_path / "w").rglob("*")) == before, "the warehouse itself is untouched"
    readings._reader.cache_clear()
