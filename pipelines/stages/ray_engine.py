"""The engine beyond one machine: tasks of a stage as Ray tasks, on a cluster or on one that is started for the run.

Ray runs a task again elsewhere when its worker or node dies; results are files named by content, so that twice is once. A worker
process serves many tasks and loads its model once. The nodes need the same newsledger environment at the same path and the
same warehouse folder (see deploy/README.md). Ray itself is the extra `[ray]`.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pipelines.stages.engine import SMALLEST_PARALLEL_BYTES, Need, SerialEngine, WorkerDied

# How often a task whose worker or node died is run again before the run gives up.
RETRIES = 5
# Tasks that wait at the cluster for each that can run: enough to keep workers busy, few enough to be taken back.
QUEUED_FOR_EACH = 2
# The cluster may grow or shrink while we wait.
_WAIT_SECONDS = 10.0
# In the place of 127.0.0.1 Ray puts the address of the machine, and would listen there.
_LOOPBACK = "127.0.0.2"


class RayMissing(RuntimeError):
    """The extra is not installed, or the cluster cannot be reached; the message says what to do."""


def _ray() -> Any:
    # Before Ray is loaded: it asks nobody outside, and tells nobody of its use.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        import ray
    except ImportError as error:
        raise RayMissing(
            "The engine `ray` needs Ray, which is not installed: install newsledger with its extra [ray] "
            "(`.uv/bin/uv pip install --python .venv ray`), or set NEWSLEDGER_ENGINE=local."
        ) from error
    return ray


class RayEngine:
    """Tasks on a Ray cluster, joined when first needed.

    `address` is the cluster's ("10.0.0.5:6379"); None starts one on this machine for the length of the run, with `workers`
    cores, reached at the loopback address alone.
    """

    def __init__(self, address: str | None, workers: int) -> None:
        self.address, self.workers = address, workers
        self.nodes: Counter[str] = Counter()  # tasks that each node did
        self._ray: Any = None

    def map[Task, Result](
        self, function: Callable[[Task], Result], tasks: Sequence[Task], total_bytes: int, need: Need
    ) -> Iterator[tuple[Task, Result]]:
        if total_bytes < SMALLEST_PARALLEL_BYTES:
            yield from SerialEngine().map(function, tasks, total_bytes, need)
            return
        ray = self._joined()
        remote = ray.remote(_on_node).options(
            num_cpus=need.cores, memory=need.memory, max_retries=RETRIES, name=getattr(function, "__name__", None)
        )
        waiting = list(reversed(tasks))
        running: dict[Any, Task] = {}
        try:
            while waiting or running:
                while waiting and len(running) < self._most_running(need):
                    task = waiting.pop()
                    running[remote.remote(function, task)] = task
                done, _ = ray.wait(list(running), num_returns=1, timeout=_WAIT_SECONDS)
                for reference in done:
                    task = running.pop(reference)
                    node, result = ray.get(reference)
                    self.nodes[node] += 1
                    yield task, result
        except (
            ray.exceptions.WorkerCrashedError,
            ray.exceptions.NodeDiedError,
            ray.exceptions.OutOfMemoryError,
        ) as error:
            raise WorkerDied(
                f"A task was lost with its worker or node {RETRIES + 1} times ({type(error).__name__}). Finished shards are kept: "
                "run again to go on. Does the node have the memory that the stage asks for (stages/batches.py)?"
            ) from error
        finally:
            for reference in running:
                ray.cancel(reference, force=True)

    def _joined(self) -> Any:
        if self._ray is not None:
            return self._ray
        ray = _ray()
        quiet = {"log_to_driver": False, "logging_level": "ERROR", "configure_logging": False}
        try:
            if self.address:
                host = self.address.rpartition(":")[0]
                own = {"_node_ip_address": host} if host.startswith("127.") else {}
                ray.init(address=self.address, namespace="newsledger", **own, **quiet)
            else:
                ray.init(num_cpus=self.workers, include_dashboard=False, _node_ip_address=_LOOPBACK, **quiet)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise RayMissing(
                f"The Ray cluster at {self.address or 'this machine'} cannot be joined: {error}\nIs its head running there "
                "(`ray start --head`), and are RAY_AUTH_MODE and RAY_AUTH_TOKEN_PATH the same here as on its nodes?"
            ) from error
        self._ray = ray
        return ray

    def _most_running(self, need: Need) -> int:
        """Tasks to hand over at once: as many as fit the cluster now, and some that wait there."""
        total = self._ray.cluster_resources()
        fit = min(total.get("CPU", 1) // need.cores, total.get("memory", need.memory) // need.memory)
        return max(1, int(fit)) * (1 + QUEUED_FOR_EACH)

    def about(self) -> dict[str, str | int]:
        told: dict[str, str | int] = {"engine": "ray", "cluster": self.address or "of this run"}
        if self.nodes:
            told["tasks by node"] = ", ".join(f"{node}: {count}" for node, count in sorted(self.nodes.items()))
        return told

    def close(self) -> None:
        if self._ray is not None:
            self._ray.shutdown()
            self._ray = None


def _on_node[Task, Result](function: Callable[[Task], Result], task: Task) -> tuple[str, Result]:
    """Run a task where Ray has put it; tells the node's address with the result."""
    import ray

    return ray.util.get_node_ip_address(), function(task)
