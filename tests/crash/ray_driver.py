"""What the tests of engine `ray` run in a process of its own.

`run RAW WAREHOUSE [SHARD]` is `newsledger run` with small shards (of so many documents), so that little text makes many tasks, on any engine. `tasks ADDRESS` tries what tasks
may rely on in a Ray worker, and prints what it found as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time

from pipelines.stages import engine, engines, ray_engine, records
from pipelines.stages.limits import TookTooLong, limited

SHARD_DOCUMENTS = 16
_loaded: list[int] = []


def endless(_: int) -> tuple[bool, bool]:
    """Whether a limit ends what never ends, and whether it ran in the worker's main thread."""
    try:
        with limited(0.3):
            while True:
                sum(range(1000))
    except TookTooLong:
        return True, threading.current_thread() is threading.main_thread()


def once_a_worker(_: int) -> tuple[int, int]:
    """The worker, and how often it had to load what stands for a model."""
    if not _loaded:
        _loaded.append(1)
        time.sleep(0.1)
    return os.getpid(), len(_loaded)


def failing(_: int) -> None:
    """What a task raises."""
    raise FileNotFoundError(2, "no such part", "part-000.parquet")


def tasks(address: str) -> dict[str, object]:
    """What was found."""
    found: dict[str, object] = {}
    ray_engine.SMALLEST_PARALLEL_BYTES = 0
    with engines.engine("ray", 1, address) as ray:
        small = engine.Need(1, 200_000_000)
        found["endless"] = [result for _, result in ray.map(endless, range(4), 1, small)]
        found["workers"] = sorted({result for _, result in ray.map(once_a_worker, range(20), 1, small)})
        found["about"] = ray.about()
        try:
            list(ray.map(failing, [1], 1, small))
        except OSError as error:
            found["failing"] = [type(error).__name__, error.errno]
        ray_engine.PATIENCE_SECONDS = 3.0
        try:
            list(ray.map(endless, [1], 1, engine.Need(64, 1)))
        except engine.WorkerDied as error:
            found["no room"] = str(error)
    return found


if __name__ == "__main__":
    if sys.argv[1] == "tasks":
        sys.stdout.write(json.dumps(tasks(sys.argv[2])))
    else:
        from pipelines import cli

        ray_engine.SMALLEST_PARALLEL_BYTES = engine.SMALLEST_PARALLEL_BYTES = 0
        records.SHARD_DOCUMENTS = int(sys.argv[4]) if len(sys.argv) > 4 else SHARD_DOCUMENTS
        sys.argv = ["newsledger", "run", "--raw", sys.argv[2], "--warehouse", sys.argv[3]]
        cli.main()
