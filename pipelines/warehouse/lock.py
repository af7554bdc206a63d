"""One run at a time: an advisory lock that the operating system frees when its process dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_held: set[Path] = set()


@contextmanager
def run_lock(warehouse: Path, on_wait: Callable[[str], None]) -> Iterator[None]:
    """Hold the warehouse's run lock; waits for another run to end, after telling `on_wait` whose it is.

    Within a process that holds it already (a command running assets, each of which asks) it is held on.
    """
    path = warehouse / "state" / "run.lock"
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
                    on_wait(file.read().strip() or "another process")
                    announced = True
                time.sleep(0.2)
        file.seek(0)
        file.truncate()
        file.write(f"process {os.getpid()}")
        file.flush()
        _held.add(path)
        try:
            yield
        finally:
            _held.discard(path)


def running(warehouse: Path) -> str | None:
    """Whose run holds the warehouse now ("process 4711"), None where none does. Takes nothing and waits for nothing."""
    path = warehouse / "state" / "run.lock"
    try:
        with path.open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return file.read().strip() or "another process"
    except OSError:
        return None
    return None
