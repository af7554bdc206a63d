"""One run at a time; the lock goes with its process."""

import multiprocessing
import time
from pathlib import Path

from pipelines.warehouse.lock import run_lock


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
