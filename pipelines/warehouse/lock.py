"""One run at a time: an advisory lock that the operating system frees when its process dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

FILE = "run.lock"
_held: set[Path] = set()


@contextmanager
def run_lock(warehouse: Path, on_wait: Callable[[str], None]) -> Iterator[None]:
    """Hold the warehouse's run lock; waits for another run to end, after telling `on_wait` whose it is.

    Within a process that holds it already (a command running assets, each of which asks) it is held on. Its file names the
    process that has it, and still does where that one died or its work failed (`unfinished`).
    """
    path = warehouse / "state" / FILE
    if path in _held:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        announced = False
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not announced:
                    file.seek(0)
                    on_wait(file.readline().strip() or "another process")
                    announced = True
                time.sleep(0.2)
        file.seek(0)
        file.truncate()
        file.write(f"process {os.getpid()}\nbegun {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
        file.flush()
        _held.add(path)
        try:
            yield
            file.truncate(0)
        finally:
            _held.discard(path)


def running(warehouse: Path) -> str | None:
    """Whose run holds the warehouse now ("process 4711"), None where none does. Takes nothing and waits for nothing."""
    held, told = _looked_at(warehouse)
    return next(iter(told), "another process") if held else None


def unfinished(warehouse: Path) -> str | None:
    """The last run, where it did not come to its end: killed, interrupted or failed ("process 4711, begun 2026-11-30 21:55 UTC"); else None."""
    held, told = _looked_at(warehouse)
    return ", ".join(told) if len(told) > 1 and not held else None


def _looked_at(warehouse: Path) -> tuple[bool, list[str]]:
    """(whether somebody holds the lock, the lines of its file: whose it is, and when that began)."""
    try:
        with (warehouse / "state" / FILE).open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                return False, file.read().splitlines()
            except BlockingIOError:
                return True, file.read().splitlines()
    except OSError:
        return False, []
