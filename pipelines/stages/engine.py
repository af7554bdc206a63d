"""How the tasks of a stage are spread: in this process, over worker processes, or over a Ray cluster; one shard a task.

A task reads one file and writes deterministically named ones, under a temporary name first, so that on any engine a task
that ran twice or died half-way leaves the same result. `ProcessPoolExecutor` notices a killed worker at once;
`multiprocessing.Pool` and spaCy's own n_process hang for ever then.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Protocol

from pipelines import logs

# Below this much text a worker's start (import, model: 3 s) costs more than it saves.
SMALLEST_PARALLEL_BYTES = 400_000


class WorkerDied(RuntimeError):
    """A worker was killed; what was finished is kept and the next run goes on from there."""


@dataclass(frozen=True)
class Need:
    """What one task of a stage asks of the node that it runs on: cores, and bytes of memory."""

    cores: float = 1
    memory: int = 500_000_000


class Engine(Protocol):
    """Runs picklable functions over tasks."""

    def map[Task, Result](
        self, function: Callable[[Task], Result], tasks: Sequence[Task], total_bytes: int, need: Need
    ) -> Iterator[tuple[Task, Result]]:
        """Yield (task, result) as they finish. `total_bytes` is about how much text there is, `need` what a task asks for.

        Raises WorkerDied where a worker was killed and the engine could not make up for it; what a task raises comes
        through.
        """

    def about(self) -> dict[str, str | int]:
        """For Dagster's pages: which engine, how many workers, which nodes worked."""

    def close(self) -> None:
        """Stop all workers."""


class SerialEngine:
    """One task after the other, in this process."""

    def map[Task, Result](
        self, function: Callable[[Task], Result], tasks: Sequence[Task], total_bytes: int, need: Need
    ) -> Iterator[tuple[Task, Result]]:
        for task in tasks:
            yield task, function(task)

    def about(self) -> dict[str, str | int]:
        return {"engine": "serial"}

    def close(self) -> None:
        pass


class LocalEngine:
    """Worker processes on this machine, started when first needed."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def map[Task, Result](
        self, function: Callable[[Task], Result], tasks: Sequence[Task], total_bytes: int, need: Need
    ) -> Iterator[tuple[Task, Result]]:
        if self.workers < 2 or total_bytes < SMALLEST_PARALLEL_BYTES:
            yield from SerialEngine().map(function, tasks, total_bytes, need)
            return
        if self._pool is None:
            # Not fork: polars and Arrow hold threads and locks that a forked child would find locked.
            self._pool = ProcessPoolExecutor(
                self.workers,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=logs.inherit,
                initargs=logs.as_configured(),
            )
        futures = {self._pool.submit(function, task): task for task in tasks}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        except BrokenProcessPool as error:
            self.close()
            logs.logger().error("worker died", workers=self.workers, tasks=len(tasks))
            raise WorkerDied(
                "A worker process died (killed, or out of memory). Finished shards are kept: run again to go on. "
                "If it happens again, lower NEWSLEDGER_WORKERS or NEWSLEDGER_BATCH_BYTES."
            ) from error

    def about(self) -> dict[str, str | int]:
        return {"engine": "local", "workers": self.workers}

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
