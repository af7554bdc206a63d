"""The engine beyond one machine: tasks of a stage as Ray tasks, on a cluster or on one that is started for the run.

Ray runs a task again elsewhere when its worker or node dies; results are files named by content, so that twice is once. A worker
process serves many tasks and loads its model once. The nodes need the same newsledger environment at the same path and the
same warehouse folder (see deploy/README.md). Ray itself is the extra `[ray]`.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from pipelines import logs, progress
from pipelines.errors import Explained
from pipelines.stages.engine import SMALLEST_PARALLEL_BYTES, Need, SerialEngine, WorkerDied

# How often a task whose worker or node died is run again before the run gives up.
RETRIES = 5
# Tasks that wait at the cluster for each that can run: enough to keep workers busy, few enough to be taken back.
QUEUED_FOR_EACH = 2
# The cluster may grow or shrink while we wait.
_LOOK_SECONDS = 2.0
# How long a cluster may have no node that has what a task asks for: nodes join one by one, and come back after a restart.
PATIENCE_SECONDS = 300.0
# In the place of 127.0.0.1 Ray puts the address of the machine, and would listen there.
_LOOPBACK = "127.0.0.2"


class RayMissing(Explained, RuntimeError):
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
        self.nodes: Counter[str] = Counter()  # tasks of the stage that each node did
        self._ray: Any = None

    def map[Task, Result](
        self, function: Callable[[Task], Result], tasks: Sequence[Task], total_bytes: int, need: Need
    ) -> Iterator[tuple[Task, Result]]:
        self.nodes.clear()
        if total_bytes < SMALLEST_PARALLEL_BYTES:
            yield from SerialEngine().map(function, tasks, total_bytes, need)
            return
        ray = self._joined()
        remote = ray.remote(_on_node).options(
            num_cpus=need.cores, memory=need.memory, max_retries=RETRIES, name=_name(function)
        )
        waiting = list(reversed(tasks))
        running: dict[Any, Task] = {}
        capacity = _Capacity(ray, need, self.address or "this machine")
        try:
            while waiting or running:
                most = max(1, capacity.now()) * (1 + QUEUED_FOR_EACH)
                while waiting and len(running) < most:
                    task = waiting.pop()
                    running[remote.remote(function, task, logs.as_configured())] = task
                done, _ = ray.wait(list(running), num_returns=1, timeout=_LOOK_SECONDS)
                for reference in done:
                    task = running.pop(reference)
                    node, result = ray.get(reference)
                    self.nodes[node] += 1
                    yield task, result
        except ray.exceptions.RayTaskError as error:
            # Callers know the error that the task raised, not its wrapping.
            raise (error.cause if isinstance(error.cause, Exception) else error) from error
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

    def about(self) -> dict[str, str | int]:
        found: dict[str, str | int] = {"engine": "ray", "cluster": self.address or "of this run"}
        if self.nodes:
            found["nodes"] = len(self.nodes)
            found["tasks by node"] = ", ".join(f"{node}: {count}" for node, count in sorted(self.nodes.items()))
        return found

    def close(self) -> None:
        if self._ray is not None:
            self._ray.shutdown()
            self._ray = None


class _Capacity:
    """How many tasks of a kind the cluster can run at once, as its nodes come and go."""

    def __init__(self, ray: Any, need: Need, cluster: str) -> None:
        self._ray, self._need, self._cluster = ray, need, cluster
        self._looked = float("-inf")
        self._there = time.monotonic()  # when a node was there last
        self._fit = 0

    def now(self) -> int:
        """Tasks that fit the nodes that are alive. Raises WorkerDied where for PATIENCE_SECONDS none did: Ray itself would
        wait for a node for ever, and tell nobody."""
        moment = time.monotonic()
        if moment - self._looked < _LOOK_SECONDS:
            return self._fit
        self._looked = moment
        alive = [node["Resources"] for node in self._ray.nodes() if node["Alive"]]
        self._fit = sum(
            int(min(has.get("CPU", 0) // self._need.cores, has.get("memory", 0) // self._need.memory)) for has in alive
        )
        asked = f"{self._need.cores:g} CPU and {self._need.memory / 1e9:g} GB"
        if self._fit:
            self._there = moment
        elif moment - self._there > PATIENCE_SECONDS:
            raise WorkerDied(
                f"None of the {len(alive)} nodes of the Ray cluster at {self._cluster} has {asked}, which a task of this stage asks for, "
                f"since {PATIENCE_SECONDS:.0f} s. Finished shards are kept: start a node that has (`ray start --address ...`; `ray status` "
                "tells what there is) and run again."
            )
        else:
            progress.report("wait", 0, None, f"for a node of the Ray cluster with {asked}")
        return self._fit


def _name(function: Callable[..., object]) -> str:
    """What Ray's pages and process lists show of a task: the function, out of what it is wrapped in."""
    while isinstance(function, partial):
        function = function.args[0] if function.args else function.func
    return getattr(function, "__name__", "task")


def _on_node[Task, Result](
    function: Callable[[Task], Result], task: Task, logging: tuple[logs.Mode, logs.Level, dict[str, object]]
) -> tuple[str, Result]:
    """Run a task where Ray has put it; tells the node's address with the result."""
    import ray

    logs.inherit(*logging)
    return ray.util.get_node_ip_address(), function(task)
