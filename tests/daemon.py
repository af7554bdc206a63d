"""Dagster's daemon over a warehouse of its own, for tests that want schedules, sensors and backfills to fire for real."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipelines.settings import Settings
from pipelines.warehouse import versions

STORY = "Norway gave Sudan {n} million dollars for schools, the foreign ministry said in Oslo on Monday."


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """Environment of a daemon over these settings."""
    return os.environ | {
        "NEWSLEDGER_RAW": str(settings.raw), "NEWSLEDGER_WAREHOUSE": str(settings.warehouse),
        "NEWSLEDGER_ENGINE": "serial", "DAGSTER_HOME": str(settings.dagster_home),
    } | more  # fmt: skip


@contextmanager
def running(variables: dict[str, str], log: Path) -> Iterator[None]:
    """A daemon, which is killed with SIGKILL, and all that it started, at the end."""
    command = [str(Path(sys.executable).with_name("dagster-daemon")), "run", "-m", "pipelines.definitions"]
    with log.open("ab") as out:
        process = subprocess.Popen(command, env=variables, stdout=out, stderr=out, start_new_session=True)
        try:
            yield
        finally:
            os.killpg(os.getpgid(process.pid), signal.SIGKILL)
            process.wait()


def write_story(raw: Path, number: int) -> None:
    """Put the n-th story under raw."""
    (raw / f"story-{number:03d}.txt").write_text(STORY.format(n=number), encoding="utf8")


def loaded(warehouse: Path) -> list[str]:
    """External ids of the documents that are published."""
    if versions.current(warehouse) is None:
        return []
    with duckdb.connect(str(warehouse / "newsledger.duckdb"), read_only=True) as con:
        return [row[0] for row in con.execute("select external_id from documents order by 1").fetchall()]


def wait_until(done: Callable[[], bool], seconds: float, log: Path) -> None:
    """Wait for something to become true; fails with the end of the daemon's log."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, log.read_text(encoding="utf8", errors="replace")[-3000:]
        time.sleep(0.5)
