"""One run of the command, and what it cost: seconds by the clock and of the processor, memory, steps, bytes."""

from __future__ import annotations

import contextlib
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import dagster as dg
import psutil

from tests.measure.command import run_command


@dataclass
class Cost:
    """Of one run. `memory`: the most that its processes held together, in GB (proportional set size: shared pages once)."""

    seconds: float
    processor: float
    memory: float
    steps: dict[str, float] = field(default_factory=dict)  # Dagster's step -> seconds


def run(raw: Path, warehouse: Path, *arguments: str) -> Cost:
    """`newsledger run` in a process of its own. Exits where it fails."""
    home = warehouse / ".dagster"
    before = _runs(home)
    command = run_command(raw, warehouse, *arguments)
    started, used = time.perf_counter(), _processor_of_children()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watched, most = psutil.Process(process.pid), 0
    while process.poll() is None:
        most = max(most, _memory(watched))
        time.sleep(0.2)
    seconds = time.perf_counter() - started
    if process.returncode:
        sys.exit(f"The run failed with exit code {process.returncode}; run it by hand to see why: {' '.join(command)}")
    cost = Cost(seconds, _processor_of_children() - used, most / 1e9)
    with dg.DagsterInstance.from_config(str(home)) as instance:
        for one in instance.get_runs():
            if one.run_id not in before:
                for step in instance.get_run_step_stats(one.run_id):
                    if step.start_time and step.end_time:
                        cost.steps[step.step_key] = round(step.end_time - step.start_time, 2)
    return cost


def bytes_of(folder: Path) -> int:
    """Bytes of the files below a folder; a file with several names counts once."""
    found = {(s.st_dev, s.st_ino): s.st_size for p in folder.rglob("*") if p.is_file() for s in [p.stat()]}
    return sum(found.values())


def _runs(home: Path) -> set[str]:
    if not (home / "dagster.yaml").is_file():
        return set()
    with dg.DagsterInstance.from_config(str(home)) as instance:
        return {one.run_id for one in instance.get_runs()}


def _processor_of_children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _memory(process: psutil.Process) -> int:
    total = 0
    for one in (process, *process.children(recursive=True)):
        with contextlib.suppress(psutil.Error):
            total += one.memory_full_info().pss
    return total
