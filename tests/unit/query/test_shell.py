"""The shell collects statements over lines, and its commands tell what there is."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from pipelines.query.shell import examples, is_complete, run_shell


@pytest.mark.parametrize("text", ["select 1;", "select ';' ;", "select 1; -- done\n;", "select 'it''s';\n"])
def test_a_statement_ends_with_a_semicolon(text: str) -> None:
    assert is_complete(text)


@pytest.mark.parametrize("text", ["select 1", "select 'a;", "select 1 -- ;", "select /* ; */ 1", 'select "a;', ""])
def test_a_semicolon_in_a_string_or_comment_ends_nothing(text: str) -> None:
    assert not is_complete(text)


def typed(*lines: str) -> Callable[[str], str]:
    waiting = iter(lines)

    def read(prompt: str) -> str:
        try:
            return next(waiting)
        except StopIteration:
            raise EOFError from None

    return read


def session(warehouse: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *lines: str) -> tuple[list[str], str]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    ran: list[str] = []
    console = Console(file=io.StringIO(), width=200)
    run_shell(warehouse, ran.append, console, typed(*lines))
    return ran, console.file.getvalue()  # type: ignore[attr-defined]


def test_lines_are_held_until_the_statement_ends(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ran, _ = session(warehouse, monkeypatch, tmp_path, "select 1,", "2;", ".quit", "select 3;")
    assert ran == ["select 1,\n2;"]


def test_commands_tell_of_examples_and_unknown_tables(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ran, told = session(
        warehouse, monkeypatch, tmp_path, ".schema nothing", ".schema actors", ".examples", ".examples who_said_what"
    )
    assert "There is no table nothing" in told
    assert len(examples()) > 5
    assert all(name in told for name in examples())
    assert "'actors'" in ran[0]
    assert ran[1] == examples()["who_said_what"][1]
