"""How the tasks of a stage are spread: in this process, over worker processes, or over a Ray cluster; one shard a task.

A task reads one file and writes deterministically named ones, under a temporary name first, so that on any engine a task
that ran twice or died half-way leaves the same result. `ProcessPoolExecutor` notices a killed worker at once;
`multiprocessing.Pool` and spaCy's own n_process hang for ever then.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

from pipelines import logs, memory
from pipelines.errors import Explained

# Below this much text a worker's start (import, model: 3 s) costs more than it saves.
SMALLEST_PARALLEL_BYTES = 400_000


class WorkerDied(Explained, RuntimeError):
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
            _start_tracker()
            # Not fork: polars and Arrow hold threads and locks that a forked child would find locked.
            self._pool = ProcessPoolExecutor(
                self.workers,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin,
                initargs=logs.as_configured(),
            )
        futures = {self._pool.submit(function, task): task for task in tasks}
        workers = multiprocessing.active_children()
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        except BrokenProcessPool as error:
            self.close()
            how = _how_it_ended(workers)
            logs.logger().error("worker died", workers=self.workers, tasks=len(tasks), how=how)
            raise WorkerDied(
                f"A worker process {how}. Finished shards are kept: run again to go on. "
                "If it happens again, give it fewer workers (--workers, NEWSLEDGER_WORKERS) or smaller batches (NEWSLEDGER_BATCH_BYTES)."
            ) from error

    def about(self) -> dict[str, str | int]:
        return {"engine": "local", "workers": self.workers}

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _start_tracker() -> None:
    """Start Python's helper for semaphores, and keep the signals blocked that are: some versions unblock Ctrl-C after it, for workers too."""
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    resource_tracker.ensure_running()
    signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


def _begin(*log: Any) -> None:
    """What a worker does first: set up its log, and see to it that it ends with the run, which may be killed without a word to its workers."""
    logs.inherit(*log)
    threading.Thread(target=_end_with_the_run, name="end with the run", daemon=True).start()


def _end_with_the_run() -> None:
    run = multiprocessing.parent_process()
    assert run is not None
    run.join()
    os._exit(1)


def _how_it_ended(workers: Sequence[BaseProcess]) -> str:
    """What became of the first of the workers that died; the others are then ended by a signal to terminate."""
    codes = {code for worker in workers if (code := worker.exitcode)}
    code = min(codes - {-signal.SIGTERM} or codes, default=None)
    if code is None:
        return "died"
    if code == -signal.SIGKILL:
        why = memory.told()
        return f"was killed (signal 9), as the system does where memory runs out{f': {why}' if why else ''}"
    return f"died of {signal.Signals(-code).name} (signal {-code})" if code < 0 else f"ended with code {code}"
