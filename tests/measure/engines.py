"""What a first run takes on each engine with one and two workers: `python -m tests.measure.engines [--articles 160] [--engines local:1 local:2 ray:1 ray:2]`.

The same made-up articles in small shards, a fresh warehouse each time; `ray` starts a cluster of its own on this machine. Prints seconds by the clock,
processor seconds of all processes of the run (looked at several times a second, so that what a process spent between the last look and its
end is not in them), both as ratios to the first engine named, and the load of the machine, by which clock times are to be judged.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from tests.crash import articles
from tests.crash.ray_cluster import ROOT
from tests.crash.state import state

_LOOK_SECONDS = 0.3


def _spent(process: psutil.Process, known: dict[int, float]) -> None:
    """Note the processor seconds of a process and of all that it has started."""
    try:
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    for one in family:
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        known[one.pid] = times.user + times.system


def measure(raw: Path, warehouse: Path, engine: str, workers: int) -> dict[str, object]:
    """One run to its end; raises AssertionError with what it said where it fails."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "NEWSLEDGER_ENGINE": engine,
        "NEWSLEDGER_WORKERS": str(workers),
    }
    known: dict[int, float] = {}
    began = time.monotonic()
    with (warehouse.parent / f"{warehouse.name}.log").open("w+") as log:
        run = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.ray_driver", "run", str(raw), str(warehouse)],
            cwd=ROOT, env=environment, stdout=log, stderr=log,
        )  # fmt: skip
        watched = psutil.Process(run.pid)
        while run.poll() is None:
            _spent(watched, known)
            time.sleep(_LOOK_SECONDS)
        log.seek(0)
        assert run.returncode == 0, log.read()[-3000:]
    return {
        "engine": engine, "workers": workers, "clock": round(time.monotonic() - began, 1), "processor": round(sum(known.values()), 1),
        "load": round(os.getloadavg()[0], 1), "cores": os.cpu_count(),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=160)
    parser.add_argument("--engines", nargs="*", default=["local:1", "local:2", "ray:1", "ray:2"])
    options = parser.parse_args()
    first: dict[str, object] = {}
    made: dict[str, str] | None = None
    with TemporaryDirectory(prefix="scale-engines-") as name:
        folder = Path(name)
        articles.write(folder / "raw" / "articles.jsonl", range(options.articles))
        for told in options.engines:
            engine, _, workers = told.partition(":")
            found = measure(folder / "raw", folder / told.replace(":", "-"), engine, int(workers or 1))
            first = first or found
            ratios = {
                f"{what}_ratio": round(float(str(found[what])) / float(str(first[what])), 2)
                for what in ("clock", "processor")
            }
            tables = state(folder / told.replace(":", "-"))
            made = made or tables
            assert tables == made, f"{told} makes other tables than {options.engines[0]}"
            sys.stdout.write(json.dumps(found | ratios) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
