"""The commands as a user runs them: what they print where, and how they end."""

from __future__ import annotations

import csv
import io
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines import dagster_ui
from tests import small_warehouse as small


def newsledger(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *arguments],
        input=stdin, capture_output=True, text=True, timeout=60, check=False, env=os.environ | {"COLUMNS": "120"},
    )  # fmt: skip


def test_csv_defuses_formulas_and_json_is_whole(warehouse: Path) -> None:
    query = "select document_id, title, word_count from documents order by 1"
    done = newsledger("sql", query, "--warehouse", str(warehouse), "--format", "csv")
    assert done.returncode == 0, done.stderr
    assert [row[1] for row in csv.reader(io.StringIO(done.stdout))] == ["title", "Border aid", "'" + small.HOSTILE]
    done = newsledger("sql", query, "--warehouse", str(warehouse), "--format", "json")
    assert json.loads(done.stdout)[1]["title"] == small.HOSTILE


def test_statements_come_from_stdin_and_parquet_goes_to_a_file(warehouse: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.parquet"
    words = ("sql", "--warehouse", str(warehouse), "--format", "parquet", "--output", str(file))
    done = newsledger(*words, stdin="create temp table t as select 5 as n; select n + 1 as n from t;")
    assert done.returncode == 0, done.stderr
    assert pq.read_table(file).to_pylist() == [{"n": 6}]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("sql", "select * from actor"), "Did you mean actors"),
        (("sql", "copy actors to '/tmp/never.csv'"), "reads the tables of the warehouse"),
        (("trace", "ev_00"), ""),
        (("trace", "nonsense"), "is no id"),
    ],
)
def test_what_went_wrong_is_told_without_a_traceback(words: tuple[str, ...], told: str, warehouse: Path) -> None:
    done = newsledger(*words, "--warehouse", str(warehouse))
    assert done.returncode == (1 if told else 0)
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [("sql", "select 1"), ("trace", small.EVENT)])
def test_without_a_warehouse_the_run_command_is_named(words: tuple[str, ...], tmp_path: Path) -> None:
    done = newsledger(*words, "--warehouse", str(tmp_path))
    assert done.returncode == 1
    assert "newsledger run" in done.stderr


def test_a_traceback_is_there_for_those_who_ask(tmp_path: Path) -> None:
    assert "Traceback" in newsledger("--debug", "sql", "select 1", "--warehouse", str(tmp_path)).stderr


def test_status_and_help_and_version(tmp_path: Path) -> None:
    done = newsledger("status", "--warehouse", str(tmp_path), "--raw", str(tmp_path / "none"))
    assert done.returncode == 0
    assert "Nothing is loaded yet" in done.stdout
    told = newsledger("--help").stdout
    assert all(command in told for command in ("run", "sql", "trace", "status", "ui"))
    assert newsledger("--version").stdout.strip()[0].isdigit()


def test_a_run_without_a_raw_folder_fails_with_what_to_do(tmp_path: Path) -> None:
    done = newsledger("run", "--raw", str(tmp_path / "none"), "--warehouse", str(tmp_path / "w"))
    assert done.returncode == 1
    assert "--raw" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "told"), [(("--workers", "1.5"), "'1.5' is no whole number"), (("--workers", "0"), "one worker at least")]
)
def test_a_number_of_workers_that_is_none_is_refused(words: tuple[str, str], told: str, tmp_path: Path) -> None:
    found = newsledger("run", *words, "--warehouse", str(tmp_path / "w"))
    assert found.returncode != 0
    assert told in found.stdout + found.stderr
    assert not (tmp_path / "w").exists()


def test_a_taken_port_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(dagster_ui.UiFailed, match=rf"Port {port}.*--port"):
            dagster_ui.check_port("127.0.0.1", port)


def test_children_and_grandchildren_are_stopped_together() -> None:
    code = "import subprocess, sys; c = subprocess.Popen(['sleep', '60']); print(c.pid, flush=True); c.wait()"
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True)
    assert child.stdout is not None
    grandchild = int(child.stdout.readline())
    dagster_ui.stop([child])
    assert child.returncode is not None
    # Gone, or dead and waiting for whoever adopted it; the signal takes a moment to arrive.
    status = Path(f"/proc/{grandchild}/status")
    deadline = time.monotonic() + 10
    while (alive := status.exists() and "State:\tZ" not in status.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive
