"""Engine `ray` on a cluster whose workers and nodes die: the tables of a serial run, and nothing left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import psutil
import pytest

from tests.crash import articles
from tests.crash.ray_cluster import ROOT, Cluster, until
from tests.crash.state import leftovers, state

pytest.importorskip("ray", reason="the extra [ray] is not installed")
pytestmark = [pytest.mark.slow, pytest.mark.crash, pytest.mark.xdist_group("ray")]
FIRST, SECOND, THIRD = "127.0.0.3", "127.0.0.4", "127.0.0.5"
ARTICLES = 160


def _run(raw: Path, warehouse: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.crash.ray_driver", "run", str(raw), str(warehouse)],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def _done(run: subprocess.Popen[str], seconds: float = 400) -> str:
    """What a run told of itself on stderr, when it has ended well."""
    told, errors = run.communicate(timeout=seconds)
    assert run.returncode == 0, told + errors
    return errors


def _shards(warehouse: Path, stage: str) -> int:
    """Shards of a stage that are done."""
    return len(list(warehouse.glob(f"batches/*/{stage}-*/counted-*.json")))


def _is_past(warehouse: Path, stage: str, shards: int) -> bool:
    return _shards(warehouse, stage) >= shards or bool(list(warehouse.glob(f"batches/*/{stage}-*/stage.json")))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    it = Cluster()
    try:
        for node in (FIRST, SECOND):
            it.add_node(node)
        yield it
    finally:
        it.stop()


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("raw")
    articles.write(folder / "articles.jsonl", range(ARTICLES))
    return folder


@pytest.fixture(scope="module")
def serial(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Checksums of the tables that a serial run makes."""
    warehouse = tmp_path_factory.mktemp("serial")
    _done(_run(raw, warehouse, os.environ | {"PYTHONPATH": str(ROOT), "NEWSLEDGER_ENGINE": "serial"}))
    found = state(warehouse)
    assert found
    return found


def _on(cluster: Cluster) -> dict[str, str]:
    return cluster.environment | {"NEWSLEDGER_ENGINE": "ray", "NEWSLEDGER_RAY_ADDRESS": cluster.address}


def test_what_tasks_may_rely_on_holds_in_ray_workers(cluster: Cluster) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "tests.crash.ray_driver", "tasks", cluster.address],
        cwd=ROOT, env=cluster.environment, capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    told = json.loads(found.stdout)
    assert told["endless"] == [[True, True]] * 4, "a limit of time did not end a task"
    workers = {pid for pid, _ in told["workers"]}
    assert 1 <= len(workers) <= 2
    assert [count for _, count in told["workers"]] == [1] * len(workers), "what a worker keeps was loaded again"
    assert told["about"]["engine"] == "ray"
    assert told["failing"] == ["FileNotFoundError", 2]
    assert "has 64 CPU" in told["no room"]
    assert "ray start" in told["no room"]


def test_a_killed_worker_and_a_lost_node_change_nothing(
    cluster: Cluster, raw: Path, serial: dict[str, str], tmp_path: Path
) -> None:
    run = _run(raw, tmp_path, _on(cluster))
    until(lambda: _is_past(tmp_path, "annotations", 2), 200, "two shards are parsed")
    until(lambda: bool(cluster.busy(FIRST)), 60, "a worker is busy")
    for worker in cluster.busy(FIRST):
        worker.send_signal(signal.SIGKILL)
    until(lambda: _is_past(tmp_path, "readings", 1), 300, "a shard is read")
    assert run.poll() is None, "the run ended before the node was lost"
    cluster.lose(SECOND)
    progress = _done(run)
    assert state(tmp_path) == serial
    assert leftovers(tmp_path) == []
    assert "nodes: 2" in progress
    with dg.DagsterInstance.from_config(str(tmp_path / ".dagster")) as instance:
        event = instance.get_latest_materialization_event(dg.AssetKey("annotations"))
    assert event is not None
    assert event.asset_materialization is not None
    shown = event.asset_materialization.metadata
    assert shown["engine"].value == "ray"
    assert str(shown["tasks by node"].value).startswith(f"{FIRST}: ")
    assert f"{SECOND}: " in str(shown["tasks by node"].value)


def test_a_dead_driver_leaves_no_task_running(
    cluster: Cluster, raw: Path, serial: dict[str, str], tmp_path: Path
) -> None:
    cluster.add_node(THIRD)  # in the place of the one that was lost
    run = _run(raw, tmp_path, _on(cluster))
    until(lambda: _is_past(tmp_path, "annotations", 1), 200, "a shard is parsed")
    until(lambda: bool(cluster.busy(THIRD)), 60, "the node that joined has work")
    run.kill()
    run.wait()
    until(lambda: not cluster.busy(FIRST) and not cluster.busy(THIRD), 60, "the tasks of the dead driver have ended")
    _done(_run(raw, tmp_path, _on(cluster)))
    assert state(tmp_path) == serial
    assert leftovers(tmp_path) == []


def test_a_cluster_of_the_run_dies_with_it(raw: Path, tmp_path: Path) -> None:
    run = _run(
        raw, tmp_path, os.environ | {"PYTHONPATH": str(ROOT), "NEWSLEDGER_ENGINE": "ray", "NEWSLEDGER_WORKERS": "1"}
    )
    until(lambda: _is_past(tmp_path, "documents", 1), 200, "a shard is clean")
    started = psutil.Process(run.pid).children(recursive=True)
    assert len(started) > 2, "Ray's processes are the run's"
    run.kill()
    run.wait()
    # Ray's agents look after their node only now and then.
    until(lambda: not _alive(started), 180, "the processes of the run's own cluster have ended")


def _alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
