"""The code location served on its own, as containers have it: runs go through the queue into its processes, and those that died with
it are told from those that go on."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import pytest
import yaml
from dagster._core.launcher.base import WorkerStatus
from dagster._core.storage.tags import GRPC_INFO_TAG
from dagster._grpc.client import DagsterGrpcClient

from pipelines.defs.launch import dagster_instance
from pipelines.defs.run_launcher import WatchedRunLauncher
from pipelines.settings import Settings, project_folder
from pipelines.warehouse import ledger
from pipelines.warehouse.lock import run_lock
from tests.daemon import environment, wait_until, write_story

pytestmark = pytest.mark.slow
SECONDS = 600


def _instance(settings: Settings) -> dg.DagsterInstance:
    """One whose launcher is that of dagster-postgres.yaml, with its records in files."""
    assert settings.dagster_home is not None
    shared = yaml.safe_load((project_folder() / "deploy" / "dagster-postgres.yaml").read_text(encoding="utf8"))
    del shared["storage"]
    settings.dagster_home.mkdir(parents=True)
    (settings.dagster_home / "dagster.yaml").write_text(yaml.safe_dump(shared), encoding="utf8")
    return dagster_instance(settings)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def _process(arguments: list[str], variables: dict[str, str], log: Path) -> Iterator[None]:
    """One of Dagster's commands, which is killed with SIGKILL, and all that it started, at the end."""
    command = [str(Path(sys.executable).with_name(arguments[0])), *arguments[1:]]
    with log.open("ab") as out:
        process = subprocess.Popen(command, env=variables, stdout=out, stderr=out, start_new_session=True)
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def _code_location(place: dict[str, str], variables: dict[str, str], log: Path) -> Iterator[None]:
    at = [f"--{name}" for name in ("port", "socket") if name in place]
    served = ["dagster", "api", "grpc", *at, place[at[0][2:]], "--module-name", "pipelines.definitions"]
    client = DagsterGrpcClient(
        host="localhost", port=int(place["port"]) if "port" in place else None, socket=place.get("socket")
    )
    with _process(served, variables, log):
        wait_until(lambda: client.health_check_query() == "SERVING", SECONDS, log)
        yield


@pytest.mark.parametrize("kind", ["port", "socket"])
def test_a_run_whose_code_location_was_started_anew_is_dead(kind: str, tmp_path: Path) -> None:
    settings = Settings(raw=tmp_path / "raw", warehouse=tmp_path / "warehouse", engine="serial")
    place = {"port": str(_free_port())} if kind == "port" else {"socket": str(tmp_path / "code.sock")}
    told = {"host": "localhost"} | ({"port": int(place["port"])} if kind == "port" else place)
    log = tmp_path / "code.log"
    with _instance(settings) as instance:
        launcher = instance.run_launcher
        assert isinstance(launcher, WatchedRunLauncher)
        assert launcher.supports_check_run_worker_health
        run = dg.DagsterRun("ingest", tags={GRPC_INFO_TAG: json.dumps(told)})

        def status() -> WorkerStatus:
            return launcher.check_run_worker_health(run).status

        gone = {"port": WorkerStatus.RUNNING, "socket": WorkerStatus.NOT_FOUND}  # a machine may only be out of reach
        assert status() == gone[kind]
        with _code_location(place, environment(settings), log):
            assert status() == WorkerStatus.NOT_FOUND
        assert status() == gone[kind]
        assert launcher.check_run_worker_health(dg.DagsterRun("ingest")).status == WorkerStatus.RUNNING


def test_a_run_that_died_with_its_code_location_is_done_again(tmp_path: Path) -> None:
    raw, warehouse = tmp_path / "raw", tmp_path / "warehouse"
    raw.mkdir()
    write_story(raw, 1)
    settings = Settings(raw=raw, warehouse=warehouse, engine="serial")
    variables = environment(settings, NEWSLEDGER_SENSOR_SECONDS="2", DAGSTER_GRPC_TIMEOUT_SECONDS=str(SECONDS))
    place = {"port": str(_free_port())}
    workspace = tmp_path / "workspace.yaml"
    workspace.write_text(f"load_from: [{{grpc_server: {{host: localhost, port: {place['port']}}}}}]", encoding="utf8")
    log = tmp_path / "log"
    with (
        _instance(settings) as instance,
        _process(["dagster-daemon", "run", "--workspace", str(workspace)], variables, log),
    ):

        def with_status(status: dg.DagsterRunStatus) -> list[str]:
            return [run.run_id for run in instance.get_runs(dg.RunsFilter(statuses=[status]))]

        # The run starts, and waits for the lock that this process has.
        with run_lock(warehouse, lambda owner: None), _code_location(place, variables, log):
            wait_until(lambda: bool(with_status(dg.DagsterRunStatus.STARTED)), SECONDS, log)
            (dead,) = with_status(dg.DagsterRunStatus.STARTED)
            time.sleep(15)  # looked at in between, and let be
            assert with_status(dg.DagsterRunStatus.STARTED) == [dead]
        with _code_location(place, variables, log):
            wait_until(lambda: dead in with_status(dg.DagsterRunStatus.FAILURE), SECONDS, log)
            wait_until(lambda: bool(with_status(dg.DagsterRunStatus.SUCCESS)), SECONDS, log)
        first = with_status(dg.DagsterRunStatus.SUCCESS)[-1]
        again = instance.get_run_by_id(first)
        assert again is not None
        assert (again.job_name, again.root_run_id) == ("ingest", dead)
        assert not ledger.read(warehouse).is_empty()
