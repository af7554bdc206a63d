"""How the tasks of a stage are spread: in this process or over worker processes, one shard a task.

A task reads one file and writes deterministically named ones, aside and renamed, so that on any engine a task
that ran twice or died half-way leaves the same result. `ProcessPoolExecutor` notices a killed worker at once;
`multiprocessing.Pool` and spaCy's own n_process hang for ever then.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from pipelines import logs

# Below this much text a worker's start (import, model: 3 s) costs more than it saves.
SMALLEST_PARALLEL_BYTES = 400_000


class WorkerDied(RuntimeError):
    """A worker process was killed; what was finished is kept and the next run goes on from there."""


class Engine:
    """Runs picklable functions over tasks; `serial` or `local` (worker processes, started when first needed)."""

    def __init__(self, kind: str, workers: int) -> None:
        self.kind = kind
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def map[Task, Result](
        self, function: Callable[[Task], Result], tasks: Sequence[Task], total_bytes: int
    ) -> Iterator[tuple[Task, Result]]:
        """Yield (task, result) as they finish. Raises WorkerDied where a worker process was killed."""
        if self.kind == "serial" or self.workers < 2 or total_bytes < SMALLEST_PARALLEL_BYTES:
            for task in tasks:
                yield task, function(task)
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

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


@contextmanager
def engine(kind: str, workers: int) -> Iterator[Engine]:
    """An engine for the length of a run."""
    running = Engine(kind, workers)
    try:
        yield running
    finally:
        running.close()
