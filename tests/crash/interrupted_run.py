"""`newsledger run` that is struck while a phase is at work: `python -m tests.crash.interrupted_run PHASE HOW WORKERS RAW WAREHOUSE`.

PHASE is a name that the progress of a run has (read, clean, parse, predict, extract, resolve, publish), or "none". HOW is one of
- `SIGINT`, `SIGTERM`, `SIGINT-twice`: sent to the whole process group, as a terminal and a service manager do,
- `worker-9`: one of the worker processes is killed, as the kernel does where memory runs out,
- `9`: this process is killed, and no other.
Workers are started however little there is to do.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any


def _strike(how: str) -> None:
    if how == "9":
        os.kill(os.getpid(), signal.SIGKILL)
    elif how == "worker-9":
        multiprocessing.active_children()[0].kill()
        time.sleep(0.2)
    else:
        name, _, twice = how.partition("-")
        for _ in range(2 if twice else 1):
            os.killpg(0, signal.Signals[name])
        time.sleep(60)  # the main thread may be deep in a library


def main(phase: str, how: str, workers: str, raw: str, warehouse: str) -> None:
    """Run, and strike when the phase has first told of work that was done."""
    from pipelines import cli
    from pipelines.query.run_view import RunProgress
    from pipelines.stages import engine

    engine.SMALLEST_PARALLEL_BYTES = 0
    told = RunProgress.__call__
    struck: list[Path] = []

    def watched(self: RunProgress, stage: str, done: int, total: int | None, note: str = "") -> None:
        told(self, stage, done, total, note)
        if stage == phase and done and not struck:
            struck.append(Path(warehouse))
            _strike(how)

    setattr(RunProgress, "__call__", watched)  # noqa: B010 - mypy takes an assignment for a mistake
    arguments: list[Any] = ["run", "--raw", raw, "--warehouse", warehouse, "--workers", workers]
    cli.main(arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
