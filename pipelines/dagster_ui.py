"""Starts Dagster's webserver and daemon over this project and stops them together.

The daemon starts when the webserver has loaded the code: earlier it would miss the first ticks of sensors.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from pipelines.errors import Explained
from pipelines.settings import Settings
from pipelines.warehouse.lock import running

READY_SECONDS = 90
STOP_SECONDS = 15


class UiFailed(Explained, RuntimeError):
    """The UI could not be started or went down; the text says why."""


def serve(settings: Settings, host: str, port: int, say: Callable[[str], None]) -> None:
    """Run webserver and daemon until Ctrl-C or SIGTERM. Raises UiFailed where one does not start or dies."""
    check_port(host, port)
    # These import Dagster: a taken port is told before that.
    from pipelines.defs.dead_runs import fail_runs_of_a_dead_daemon
    from pipelines.defs.launch import dagster_instance, home_of
    from pipelines.defs.schedules import build_schedules

    build_schedules(settings)  # a time that is none is told here, and not on a page of Dagster's
    home = home_of(settings)
    environment = os.environ | {
        "DAGSTER_HOME": str(home),
        "DAGSTER_DISABLE_TELEMETRY": "yes",
        "NEWSLEDGER_RAW": str(settings.raw),
        "NEWSLEDGER_WAREHOUSE": str(settings.warehouse),
        "NEWSLEDGER_DAGSTER_HOME": str(home),
        "NEWSLEDGER_ENGINE": settings.engine,
        "NEWSLEDGER_WORKERS": str(settings.workers),
    }
    logs = home / "logs"
    logs.mkdir(exist_ok=True)
    children: dict[str, subprocess.Popen[bytes]] = {}
    previous = signal.signal(signal.SIGTERM, _interrupt)
    try:
        arguments = ["dagster_webserver", "-h", host, "-p", str(port)]
        children["webserver"] = _start(arguments, environment, logs / "webserver.log")
        address = f"http://{'127.0.0.1' if host in {'0.0.0.0', '::'} else host}:{port}"  # noqa: S104 - compared, not bound
        _wait_until_it_answers(children["webserver"], address, logs / "webserver.log")
        if running(settings.warehouse) is None:
            with dagster_instance(settings) as instance:
                fail_runs_of_a_dead_daemon(instance)
        children["daemon"] = _start(["dagster._daemon", "run"], environment, logs / "daemon.log")
        say(f"Dagster is at {address} (logs in {logs}). Ctrl-C stops it.")
        while True:
            for name, child in children.items():
                if child.poll() is not None:
                    raise UiFailed(f"The {name} went down.\n{_last_lines(logs / f'{name}.log')}")
            time.sleep(0.5)
    except KeyboardInterrupt:
        say("Stopping.")
    finally:
        stop(list(children.values()))
        signal.signal(signal.SIGTERM, previous)


def check_port(host: str, port: int) -> None:
    """Raise UiFailed where something listens there already, or the address is none of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UiFailed(
                f"Port {port} of {host} cannot be used: {error.strerror}. "
                "Stop what listens there, or name another with --port."
            ) from error


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    """End the process groups of the children: asked first, killed when they take too long."""
    for child in children:
        _signal_group(child, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=max(deadline - time.monotonic(), 0.1))
        # Code servers belong to the group and may outlive their parent.
        _signal_group(child, signal.SIGKILL)
        child.wait()


def _signal_group(child: subprocess.Popen[bytes], number: int) -> None:
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        return


def _start(arguments: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and modules
            [sys.executable, "-m", *arguments, "-m", "pipelines.definitions"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _wait_until_it_answers(webserver: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if webserver.poll() is not None:
            raise UiFailed(f"The webserver did not start.\n{_last_lines(log)}")
        try:
            with urllib.request.urlopen(f"{address}/server_info", timeout=5) as answer:  # noqa: S310 - http, local
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise UiFailed(f"The webserver did not answer in {READY_SECONDS} s.\n{_last_lines(log)}")


def _last_lines(log: Path) -> str:
    lines = log.read_text(encoding="utf8", errors="replace").splitlines()[-15:]
    return "\n".join([*lines, f"All of it: {log}"])


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt
