"""The status tells what is loaded, new, changed, gone and quarantined."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from pipelines.query import status_view
from pipelines.query.published import QueryProblem
from pipelines.query.status import Status, read_status
from pipelines.warehouse.lock import run_lock
from tests import small_warehouse as small


def drawn(status: Status) -> str:
    console = Console(file=io.StringIO(), width=200)
    status_view.show(status, console)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def raw_folder(folder: Path, size: int = 5) -> Path:
    (folder / "wire").mkdir(parents=True)
    file = folder / "wire" / "border.txt"
    file.write_bytes(b"x" * size)
    os.utime(file, (small.SEEN.timestamp(), small.SEEN.timestamp()))
    return folder


def test_empty_folders_are_no_error(tmp_path: Path) -> None:
    text = drawn(read_status(tmp_path / "w", tmp_path / "raw"))
    assert "Nothing is loaded yet" in text
    assert "no such folder" in text


def test_what_is_no_warehouse_and_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("Dear Sir")
    assert "other files in it and no warehouse" in drawn(read_status(tmp_path / "letters", tmp_path))
    text = drawn(read_status(tmp_path / "w", tmp_path / "letters" / "a.txt"))
    assert f"That is a file: --raw takes the folder that it lies in ({tmp_path / 'letters'})" in text
    with pytest.raises(QueryProblem, match="is a file: --warehouse takes the folder"):
        read_status(tmp_path / "letters" / "a.txt", tmp_path)


def test_a_first_run_that_goes_on_or_was_ended_is_told(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    with pytest.raises(KeyboardInterrupt), run_lock(tmp_path / "w", lambda _: None):
        seen = subprocess.run(
            [sys.executable, "-m", "pipelines.cli", "status", "--warehouse", str(tmp_path / "w"), "--raw", str(tmp_path / "raw")],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        raise KeyboardInterrupt
    assert f"A run is going on (process {os.getpid()}): it is the first to publish." in seen
    assert "Nothing is loaded yet" not in seen
    text = drawn(read_status(tmp_path / "w", tmp_path / "raw"))
    assert f"The last run (process {os.getpid()}, begun " in text
    assert "did not come to its end" in text


def test_a_published_version_that_was_removed_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "current").symlink_to("versions/000001")
    (tmp_path / "newsledger.duckdb").symlink_to("current/newsledger.duckdb")
    assert "The published version is not there any more" in drawn(read_status(tmp_path, tmp_path))


def test_what_is_loaded_is_counted(warehouse: Path, tmp_path: Path) -> None:
    status = read_status(warehouse, raw_folder(tmp_path / "raw"))
    assert status.documents["documents"] == 2
    assert status.documents["copies"] == 1
    assert status.tables["actors"] == 3
    assert status.publishers == [("The Strelsau Courier", 2)]
    text = drawn(status)
    assert status.repeats == 3
    assert "3 more records are the same" in text
    assert "2024-03-05" in text
    assert "Nothing new" in text
    assert "run-1" in text


def test_new_changed_and_removed_files_are_told(warehouse: Path, tmp_path: Path) -> None:
    raw = raw_folder(tmp_path / "raw", size=6)
    (raw / "later.txt").write_text("new")
    pending = read_status(warehouse, raw).pending
    assert (pending.new, pending.changed, pending.removed) == (["later.txt"], ["wire/border.txt"], [])
    (raw / "wire" / "border.txt").unlink()
    assert read_status(warehouse, raw).pending.removed == ["wire/border.txt"]


def test_quarantine_is_told_by_stage_and_reason_with_examples(warehouse: Path, tmp_path: Path) -> None:
    status = read_status(warehouse, tmp_path)
    assert [(q["stage"], q["reason"], q["rows"]) for q in status.quarantined] == [
        ("read", "empty", 2), ("read", "binary", 1),
    ]  # fmt: skip
    assert status.quarantined[0]["examples"] == ["a.txt", "b.jsonl#4"]
    assert "2 × read/empty: a.txt, b.jsonl#4" in drawn(status)
