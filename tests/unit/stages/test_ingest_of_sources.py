"""An ingest of some sources takes in what is theirs and leaves everything else as the ledger has it."""

import json
from pathlib import Path

import pytest

from pipelines.progress import silent
from pipelines.reading.sources import EVERYTHING, Sources
from pipelines.stages import removals
from pipelines.stages.changes import Ingested
from pipelines.stages.ingest import ingest
from pipelines.warehouse import files, ledger

WIRES, OTHERS = Sources(("wires",)), Sources(but=("wires",))


def _ingest(raw: Path, warehouse: Path, sources: Sources = EVERYTHING, accept_removed: bool = False) -> Ingested:
    return ingest(raw, warehouse, 100, 1_000_000, silent, accept_removed=accept_removed, sources=sources)


def _article(path: Path, number: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"id": f"one-{number}", "text": f"Harbour {number} was opened by its mayor."}))


def _loaded(warehouse: Path) -> list[str]:
    return ledger.read(warehouse)["source_path"].to_list()


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    _article(tmp_path / "raw" / "wires" / "a.json", 1)
    _article(tmp_path / "raw" / "archive" / "b.json", 2)
    return tmp_path / "raw"


def test_each_source_is_loaded_at_its_own_time(raw: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "w"
    first = _ingest(raw, warehouse, WIRES)
    assert (first.new, _loaded(warehouse)) == (1, ["wires/a.json"])
    second = _ingest(raw, warehouse, OTHERS)
    assert (second.new, second.removed, _loaded(warehouse)) == (1, 0, ["archive/b.json", "wires/a.json"])
    assert second.live_batches == sorted([*first.batches, *second.batches])
    assert not _ingest(raw, warehouse).is_change


def test_what_changed_or_went_elsewhere_waits(raw: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "w"
    _article(raw / "archive" / "c.json", 3)
    _ingest(raw, warehouse)
    before = ledger.read(warehouse)
    (raw / "archive" / "b.json").unlink()
    _article(raw / "archive" / "c.json", 4)
    assert not _ingest(raw, warehouse, WIRES).is_change
    assert ledger.read(warehouse).equals(before)
    found = _ingest(raw, warehouse, OTHERS)
    assert (found.changed, found.removed, _loaded(warehouse)) == (1, 1, ["archive/c.json", "wires/a.json"])


def test_a_file_that_moved_between_sources_is_not_read_again(raw: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "w"
    _article(raw / "wires" / "stays.json", 5)
    _ingest(raw, warehouse)
    (raw / "wires" / "a.json").rename(raw / "archive" / "a.json")
    there = _ingest(raw, warehouse, OTHERS)
    assert (there.moved, there.records, there.batches) == (1, 0, [])
    gone = _ingest(raw, warehouse, WIRES)
    assert (gone.removed, _loaded(warehouse)) == (1, ["archive/a.json", "archive/b.json", "wires/stays.json"])


def test_an_empty_source_is_taken_for_one_that_is_not_mounted(raw: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "w"
    _ingest(raw, warehouse)
    (raw / "wires" / "a.json").unlink()
    for _ in ("empty", "gone"):
        with pytest.raises(removals.FilesGone, match=r"1 of the 1 files \(of wires\).*wires/a\.json"):
            _ingest(raw, warehouse, WIRES)
        if (raw / "wires").exists():
            (raw / "wires").rmdir()
    assert not _ingest(raw, warehouse, OTHERS).is_change
    assert _ingest(raw, warehouse, WIRES, accept_removed=True).removed == 1
    assert _loaded(warehouse) == ["archive/b.json"]


def test_a_source_that_never_was_is_told(raw: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no folder wiers below"):
        _ingest(raw, tmp_path / "w", Sources(("wiers",)))


def test_one_source_of_another_root_does_not_vouch_for_the_others(raw: Path, tmp_path: Path) -> None:
    warehouse, other = tmp_path / "w", tmp_path / "other"
    _ingest(raw, warehouse)
    _article(other / "wires" / "a.json", 1)
    _ingest(other, warehouse, WIRES)
    noted = files.read_json(warehouse / "state" / "raw.json")
    assert noted == {"raw": str(raw)}
    with pytest.raises(removals.FilesGone, match="it was read from"):
        _ingest(other, warehouse)
