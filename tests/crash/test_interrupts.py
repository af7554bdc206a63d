"""A run that is interrupted in any phase ends in one line, leaves nothing behind, and the next one makes of it what an undisturbed one does."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.interrupts import LINE
from pipelines.query.status import read_status
from pipelines.warehouse import lock
from tests.crash import articles
from tests.crash.state import leftovers, state

pytestmark = pytest.mark.crash
ROOT = Path(__file__).resolve().parents[2]
_PROGRESS = re.compile(r"[a-z]+ (?:[\d,]+/[\d,]+ in [\d.]+ s|loading the pipeline)")
_CODES = {"SIGINT": 130, "SIGINT-twice": 130, "SIGTERM": 143}


def _run(phase: str, how: str, workers: int, raw: Path, warehouse: Path) -> tuple[int, str]:
    """Exit code and stderr of a run in a session of its own, of which no process is left."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.crash.interrupted_run", phase, how, str(workers), str(raw), str(warehouse)],
        cwd=ROOT, env=os.environ | {"NEWSLEDGER_BATCH_DOCUMENTS": "4"}, text=True, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        _, told = process.communicate(timeout=300)
        waited = time.monotonic() + 20  # who watches over its parent has to see that it is gone
        while (left := _alive(process.pid)) and time.monotonic() < waited:
            time.sleep(0.1)
        assert left == []
    finally:
        for number in _alive(process.pid):
            os.kill(number, signal.SIGKILL)
    return process.returncode, told


def _alive(session: int) -> list[int]:
    """Processes of a session, but for those that ended and that nobody has asked about."""
    asked = ["ps", "-s", str(session), "-o", "pid=,stat="]
    rows = [
        row.split() for row in subprocess.run(asked, capture_output=True, text=True, check=False).stdout.splitlines()
    ]
    return [int(number) for number, status in rows if not status.startswith("Z")]


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("interrupted") / "raw"
    articles.write(folder / "first.jsonl", range(4))
    articles.write(folder / "second.jsonl", range(4, 9))
    return folder


@pytest.fixture(scope="module")
def undisturbed(raw: Path) -> dict[str, str]:
    code, told = _run("none", "SIGINT", 1, raw, raw.parent / "undisturbed")
    assert code == 0, told
    found = state(raw.parent / "undisturbed")
    assert found is not None
    return found


_ALL = {
    "read": "SIGINT", "clean": "SIGTERM", "parse": "SIGINT-twice", "predict": "SIGTERM", "extract": "SIGINT",
    "resolve": "SIGTERM", "publish": "SIGINT-twice",
}  # fmt: skip
_ALONE = {"read": "SIGTERM", "predict": "SIGINT", "publish": "SIGTERM"}


@pytest.mark.parametrize(("workers", "strikes"), [(2, _ALL), (1, _ALONE)])
def test_a_run_interrupted_in_every_phase(
    raw: Path, undisturbed: dict[str, str], tmp_path: Path, workers: int, strikes: dict[str, str]
) -> None:
    warehouse = tmp_path / "warehouse"
    for phase, how in strikes.items():
        code, told = _run(phase, how, workers, raw, warehouse)
        assert code == _CODES[how], told
        *progress, last = told.splitlines()
        assert last == LINE
        assert [line for line in progress if not _PROGRESS.match(line)] == []
        assert lock.running(warehouse) is None
        assert lock.unfinished(warehouse), phase
        assert state(warehouse) is None
    assert read_status(warehouse, raw).unfinished
    code, told = _run("none", "SIGINT", workers, raw, warehouse)
    assert code == 0, told
    assert state(warehouse) == undisturbed
    assert leftovers(warehouse) == []
    assert lock.unfinished(warehouse) is None


def test_a_worker_that_is_killed_is_told_and_the_next_run_goes_on(
    raw: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    code, told = _run("clean", "worker-9", 2, raw, tmp_path / "warehouse")
    assert code == 1
    assert "A worker process was killed (signal 9), as the system does where memory runs out" in told
    code, told = _run("none", "SIGINT", 1, raw, tmp_path / "warehouse")
    assert code == 0, told
    assert state(tmp_path / "warehouse") == undisturbed


def test_no_worker_outlives_a_run_that_is_killed(raw: Path, tmp_path: Path) -> None:
    code, _ = _run("clean", "9", 2, raw, tmp_path / "warehouse")
    assert code == -9
    assert lock.running(tmp_path / "warehouse") is None
    assert lock.unfinished(tmp_path / "warehouse")
