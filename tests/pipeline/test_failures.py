"""What a run that fails tells: one step, why, and what to do; and what a machine does to it that it must go on under."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import dagster as dg
import pytest

from pipelines.defs import failures
from pipelines.defs.failures import RunFailed, explained, hint_of
from pipelines.defs.launch import run_pipeline
from pipelines.settings import Settings
from pipelines.warehouse import versions
from tests.crash import articles


class _Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("polars.exceptions.ComputeError: underlying IO error: No space left on device (os error 28)", "is full (90,000.0 MB"),
        ("OSError: [Errno 122] Disk quota exceeded", "is full"),
        ("(sqlite3.OperationalError) attempt to write a readonly database", "at its permissions"),
        ("PermissionError: [Errno 13] Permission denied: 'x'", "at its permissions"),
        ("OSError: [Errno 27] File too large", "ulimit -f"),
        ("UnicodeEncodeError: 'ascii' codec can't encode character '\\xdc' in position 19", "LC_ALL=C.UTF-8"),
        ("Memory ran out in stage annotate at a document of 29 characters", "--workers 1"),
    ],
)  # fmt: skip
def test_an_error_of_the_machine_comes_with_what_to_do(
    message: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures.shutil, "disk_usage", lambda _: _Usage(10**12, 0, 9 * 10**10))
    assert told in hint_of(message, tmp_path)
    assert hint_of("ValueError: 3", tmp_path) == ""


def test_a_full_disk_is_told_where_a_library_does_not_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures.shutil, "disk_usage", lambda _: _Usage(10**12, 10**12 - 4096, 4096))
    found = hint_of("ComputeError: parquet: File out of specification: Invalid thrift: transport error", tmp_path)
    assert "is nearly full, which may be why (0.0 MB are left): make room there and run again" in found


def test_files_that_cannot_be_written_before_any_step_are_explained(tmp_path: Path) -> None:
    settings = Settings(raw=tmp_path, warehouse=tmp_path / "w")
    settings.warehouse.mkdir()
    with (
        pytest.raises(RunFailed, match=r"(?s)run\.lock.*make room there and run again.*as it was"),
        explained(settings),
    ):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "run.lock")
    with pytest.raises(FileNotFoundError), explained(settings):
        raise FileNotFoundError(errno.ENOENT, "none", "x")


@contextmanager
def _held(database: Path, read_only: bool) -> Iterator[None]:
    """Another program has the database open, as a client does that an analyst left on."""
    code = f"import duckdb, sys; c = duckdb.connect({str(database)!r}, read_only={read_only}); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        try:
            yield
        finally:
            holder.kill()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_run_goes_on_whoever_has_the_published_version_open(tmp_path: Path, read_only: bool) -> None:
    settings = Settings(raw=tmp_path / "raw", warehouse=tmp_path / "w", engine="serial", reader="none")
    articles.write(settings.raw / "a.jsonl", range(2))
    with dg.DagsterInstance.ephemeral() as instance:
        assert run_pipeline(settings, instance=instance).published == 1
        now = versions.current(settings.warehouse)
        assert now is not None
        now.database.chmod(0o644)  # who is not root cannot open for writing what is published
        with _held(now.database, read_only):
            found = run_pipeline(settings, instance=instance)
            assert (found.documents, found.rows["documents"], found.published) == (2, 2, None)
            articles.write(settings.raw / "b.jsonl", range(2, 4))
            found = run_pipeline(settings, instance=instance)
            assert (found.documents, found.published) == (4, 2)


def test_every_phase_is_told_from_its_beginning_under_a_name_of_its_own(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    settings = Settings(raw=tmp_path / "raw", warehouse=tmp_path / "w", engine="serial")
    articles.write(settings.raw / "a.jsonl", range(2))
    with dg.DagsterInstance.ephemeral() as instance:
        run_pipeline(
            settings, watcher=lambda stage, done, total, note="": told.append((stage, done, total)), instance=instance
        )
    first = {stage: done for stage, done, _ in reversed(told)}
    assert list(dict.fromkeys(stage for stage, _, _ in told)) == [
        "read",
        "clean",
        "parse",
        "predict",
        "extract",
        "resolve",
        "publish",
    ]
    assert set(first.values()) == {0}
    assert all(total for _, _, total in told)
