"""One run at a time; the lock goes with its process."""

import multiprocessing
import os
import re
import time
from pathlib import Path

import pytest

from pipelines.warehouse.lock import run_lock, unfinished


def _hold(warehouse: Path, seconds: float) -> None:
    with run_lock(warehouse, lambda owner: None):
        (warehouse / "held").touch()
        time.sleep(seconds)


def test_a_second_process_waits_and_says_for_whom(tmp_path: Path) -> None:
    holder = multiprocessing.get_context("spawn").Process(target=_hold, args=(tmp_path, 1.0))
    holder.start()
    while not (tmp_path / "held").exists():
        time.sleep(0.02)
    waited: list[str] = []
    started = time.monotonic()
    with run_lock(tmp_path, waited.append):
        assert time.monotonic() - started > 0.3
    holder.join()
    assert waited == [f"process {holder.pid}"]


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    holder = multiprocessing.get_context("spawn").Process(target=_hold, args=(tmp_path, 60))
    holder.start()
    while not (tmp_path / "held").exists():
        time.sleep(0.02)
    holder.kill()
    holder.join()
    waited: list[str] = []
    with run_lock(tmp_path, waited.append), run_lock(tmp_path, waited.append):
        assert waited == []


def test_a_run_that_did_not_come_to_its_end_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "run.lock").write_text("process 1")  # of a version of newsledger that told no more
    assert unfinished(tmp_path) is None
    with pytest.raises(RuntimeError), run_lock(tmp_path, lambda owner: None):
        assert unfinished(tmp_path) is None
        raise RuntimeError
    found = unfinished(tmp_path)
    assert found is not None
    assert re.fullmatch(rf"process {os.getpid()}, begun \d{{4}}-\d\d-\d\d \d\d:\d\d UTC", found)
    with run_lock(tmp_path, lambda owner: None):
        pass
    assert unfinished(tmp_path) is None
