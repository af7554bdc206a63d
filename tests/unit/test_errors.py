"""Errors that are written for the user are shown as they are, others with their class."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from pipelines import cli
from pipelines.commands import publish
from pipelines.errors import Explained, without_class
from pipelines.query.published import QueryProblem
from pipelines.reader.interface import NoSuchReader
from pipelines.reader.release import BrokenRelease
from pipelines.settings import Settings
from pipelines.stages.removals import FilesGone


def _told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        cli.main(list(words))
    assert ended.value.code == 1
    return capsys.readouterr().err


def test_an_explained_error_is_shown_without_its_class(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.sql").write_text("select 1")
    told = _told(capsys, "sql", "select 1", "--file", str(tmp_path / "a.sql"))
    assert told == "error: Give SQL as an argument or with --file, not both.\n"


@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5"])
def test_a_setting_that_cannot_be_is_told_as_it_was_given(
    value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSLEDGER_WORKERS", value)
    monkeypatch.setenv("NEWSLEDGER_ENGINE", "")  # as a line of a unit's file that says nothing: not set
    told = _told(capsys, "status", "--warehouse", str(tmp_path)).splitlines()
    assert len(told) == 1
    assert told[0].startswith(f"error: NEWSLEDGER_WORKERS={value}: input should be ")


@pytest.mark.parametrize(
    "error", [BrokenRelease("x"), NoSuchReader("x"), FilesGone("x"), QueryProblem("x"), OSError("x")]
)
def test_what_is_explained_is_known(error: Exception) -> None:
    assert cli._is_explained(error)


def test_any_other_error_is_not() -> None:
    assert not cli._is_explained(ValueError("x"))


def test_what_dagster_puts_before_an_explained_error_is_taken_off() -> None:
    name = f"{FilesGone.__module__}.{FilesGone.__qualname__}"
    assert without_class(f"{name}: 3 files: gone.", "FilesGone") == "3 files: gone."
    assert without_class("ValueError: 3 files: gone.", "ValueError") == "ValueError: 3 files: gone."
    assert without_class("no class at all", None) == "no class at all"
    assert issubclass(FilesGone, Explained)


def test_run_takes_every_engine_of_the_settings() -> None:
    known = get_args(Settings.model_fields["engine"].annotation)
    assert known
    assert {value for kind in get_args(get_type_hints(publish.run)["engine"]) for value in get_args(kind)} == set(known)


def _command(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command in a process whose output knows no letters but ASCII's, as services and cron may start it."""
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *words], capture_output=True, text=True, check=False, cwd=folder,
        env=os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip


def test_names_of_files_are_shown_where_the_output_lacks_their_letters(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "Übersicht.txt").write_text("Chile lent Fiji $12 million.")
    told = _command(tmp_path, "status", "--raw", str(raw), "--warehouse", str(tmp_path / "w"))
    assert told.returncode == 0
    assert "\\xdcbersicht.txt" in told.stdout
