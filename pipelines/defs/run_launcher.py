"""Launches runs as Dagster does by default, as processes of the code location, and tells its monitor which of them died with it.

A code location fails its runs whose processes die. Where it is itself killed, restarted or lost with its machine nobody does: its runs
look as if they went on, and with one run at a time all later ones wait for ever. Named in dagster.yaml under `run_launcher`.
"""

from __future__ import annotations

import json
import socket
from typing import Any

from dagster import DagsterRun, DefaultRunLauncher
from dagster._core.errors import DagsterUserCodeUnreachableError
from dagster._core.launcher.base import CheckRunHealthResult, WorkerStatus
from dagster._core.storage.tags import GRPC_INFO_TAG
from dagster._grpc.client import DagsterGrpcClient
from dagster._grpc.types import GetCurrentRunsResult
from dagster._serdes import deserialize_value


class WatchedRunLauncher(DefaultRunLauncher):
    """The default launcher, whose runs' code location is asked whether it still has them."""

    @property
    def supports_check_run_worker_health(self) -> bool:
        """Yes: Dagster asks at each turn of its run monitoring."""
        return True

    def check_run_worker_health(self, run: DagsterRun) -> CheckRunHealthResult:
        """Whether a run that looks as if it went on does.

        One that no code location was given (a command's) counts as running: who next holds the warehouse's lock looks after it. So does
        one whose code location cannot be reached over the network: it is asked again, until it answers.
        """
        if GRPC_INFO_TAG not in run.tags:
            return CheckRunHealthResult(WorkerStatus.RUNNING, "no run of a code location")
        place = json.loads(run.tags[GRPC_INFO_TAG])
        try:
            current = _current_runs(place)
        except DagsterUserCodeUnreachableError as error:
            if "socket" in place and not _listens(place["socket"]):
                return CheckRunHealthResult(WorkerStatus.NOT_FOUND, "its code location's process is gone")
            return CheckRunHealthResult(WorkerStatus.RUNNING, f"its code location does not answer: {error}")
        if run.run_id in current:
            return CheckRunHealthResult(WorkerStatus.RUNNING)
        return CheckRunHealthResult(WorkerStatus.NOT_FOUND, "its code location was started anew and does not know it")


def _current_runs(place: dict[str, Any]) -> list[str]:
    """Ids of the runs that the code location at a place (host, and port or socket) has processes for."""
    client = DagsterGrpcClient(
        host=place["host"], port=place.get("port"), socket=place.get("socket"), use_ssl=bool(place.get("use_ssl"))
    )
    return list(deserialize_value(client.get_current_runs(), GetCurrentRunsResult).current_runs)


def _listens(path: str) -> bool:
    """Whether any process of this machine listens at a socket: a busy one takes the connection, a dead one cannot."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(10)
        try:
            probe.connect(path)
        except (FileNotFoundError, ConnectionRefusedError):
            return False
        except OSError:
            return True
    return True
