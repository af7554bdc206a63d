"""A Ray cluster of processes of their own on loopback addresses, as deploy/README.md has it on machines."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
HEAD = "127.0.0.2"
_RAY = Path(sys.executable).with_name("ray")
_STARTED = "block forever"
_OBJECT_STORE, _MEMORY = 80_000_000, 4_000_000_000
_STARTS = 4


def until(happens: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait for something; fails with `what` after so many seconds."""
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.1)


class Cluster:
    """A head without cores of its own, and nodes of one core each, told apart by their loopback addresses."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="nl-ray-"))  # sockets want a short path
        token = self.folder / "token"
        token.write_text(secrets.token_hex(32))
        with socket.socket() as free:
            free.bind((HEAD, 0))
            self.address = f"{HEAD}:{free.getsockname()[1]}"
        self.environment = os.environ | {
            "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN_PATH": str(token),
            "RAY_USAGE_STATS_ENABLED": "0", "RAY_raylet_start_wait_time_s": "60",
        }  # fmt: skip
        self.nodes: dict[str, psutil.Process] = {}
        port = self.address.rpartition(":")[2]
        self._start(
            HEAD,
            "--head",
            "--port",
            port,
            "--include-dashboard",
            "false",
            "--temp-dir",
            str(self.folder / "s"),
            cores=0,
        )

    def add_node(self, address: str) -> None:
        """Start a node and wait until it has joined. One after the other: nodes that start at once take each other's ports."""
        self._start(address, "--address", self.address, cores=1)

    def _start(self, address: str, *arguments: str, cores: int) -> None:
        # A node gives up where its agent takes more than fifteen seconds to start, as on a busy machine; no setting changes that.
        for _ in range(_STARTS):
            if self._is_up(address, *arguments, cores=cores):
                return
        raise AssertionError((self.folder / f"{address}.log").read_text())

    def _is_up(self, address: str, *arguments: str, cores: int) -> bool:
        log = self.folder / f"{address}.log"
        with log.open("w") as told:
            process = subprocess.Popen(
                [_RAY, "start", *arguments, "--node-ip-address", address, "--num-cpus", str(cores), "--memory", str(_MEMORY),
                 "--object-store-memory", str(_OBJECT_STORE), "--disable-usage-stats", "--block"],
                env=self.environment, stdout=told, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        self.nodes[address] = psutil.Process(process.pid)
        until(lambda: _STARTED in log.read_text() or process.poll() is not None, 150, f"node {address} is up")
        return process.poll() is None

    def processes(self, address: str) -> list[psutil.Process]:
        """All processes of a node."""
        try:
            return [self.nodes[address], *self.nodes[address].children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def busy(self, address: str) -> list[psutil.Process]:
        """Workers of a node that are at a shard: Ray names them by what they do. (A node ends with its agents, `ray::…Agent`.)"""
        return [p for p in self.processes(address) if _name(p).startswith("ray::") and "_shard" in _name(p)]

    def lose(self, address: str) -> None:
        """End a node for good, all of it at once, as when its machine dies."""
        for process in self.processes(address):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
        del self.nodes[address]

    def stop(self) -> None:
        for address in list(self.nodes):
            self.lose(address)
        shutil.rmtree(self.folder, ignore_errors=True)


def _name(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""
