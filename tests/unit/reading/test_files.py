"""What counts as a raw file, and in which order files come."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from pipelines.reading.files import list_files, sha256_of
from pipelines.reading.records import Reason, Rejected


def test_files_of_any_depth_come_in_one_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.jsonl", "a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [f.source_path for f in list_files(tmp_path)]
    assert found == ["a/b/c.jsonl", "a/z.txt", "a.txt", "b.txt"]


def test_hidden_files_and_documentation_are_no_news(tmp_path: Path) -> None:
    for name in (".DS_Store", "README.md", "LICENSE", "note.txt"):
        (tmp_path / name).write_text("x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.txt").write_text("x")
    assert [f.source_path for f in list_files(tmp_path)] == ["note.txt"]


def test_links_and_pipes_are_refused_unopened(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe.txt")
    found = list(list_files(tmp_path))
    assert [(f.source_path, getattr(f, "reason", None)) for f in found] == [
        ("link.txt", Reason.NOT_A_FILE),
        ("pipe.txt", Reason.NOT_A_FILE),
    ]


def test_a_name_that_is_not_utf8_is_refused_and_shown(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("x")
    (refused,) = list_files(tmp_path)
    assert isinstance(refused, Rejected)
    assert refused.reason == Reason.BAD_NAME
    assert refused.source_path == "caf\\xe9.txt"


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(list_files(tmp_path / "nowhere"))


def test_sha256(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"news")
    assert sha256_of(tmp_path / "a") == hashlib.sha256(b"news").hexdigest()


def test_a_warehouse_below_the_raw_folder_is_no_input(tmp_path: Path) -> None:
    (tmp_path / "old" / "tables").mkdir(parents=True)
    (tmp_path / "old" / "newsledger.duckdb").write_bytes(b"x")
    (tmp_path / "old" / "tables" / "documents.parquet").write_bytes(b"PAR1")
    (tmp_path / "a.txt").write_text("Malta lent Gozo $7 million.")
    found = list(list_files(tmp_path))
    assert [f.source_path for f in found] == ["a.txt", "old"]
    assert isinstance(found[1], Rejected)
