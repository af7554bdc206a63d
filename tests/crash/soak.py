"""Kills at random moments, by the hundred: `python -m tests.crash.soak [--engine local|ray|serial] [--kills 100] [--articles 160]`.

A chain starts from a warehouse that holds half of the articles and runs over all of them; each of its runs loses, by lot, one of

- a worker that is at a shard (engines `local` and `ray`; on `ray` the run goes on, on `local` it ends and the next goes on),
- the run itself, at any moment, with its whole process group,
- the run itself while it makes and publishes the next version,

always by SIGKILL, and the next run goes on from there until one comes to its end. After every kill a reader opens the database and must find
the state before or the one after, whole; at the end of a chain the state after must be that of a serial run left in peace, with nothing
left lying about and no task of a dead run going on. Engine `ray` is a head and two nodes of one core as processes on loopback.
Prints a line a kill and a summary; exits with 1 where something was torn, lost or left. The seed is printed: it draws who is struck and when, by the
clock, so that on another machine the same seed strikes elsewhere.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from pipelines.warehouse import versions
from tests.crash import articles
from tests.crash.ray_cluster import ROOT, Cluster, until
from tests.crash.state import leftovers, seen_as, state

NODES = ("127.0.0.3", "127.0.0.4")
SHARD_DOCUMENTS = 8
# Kills that one chain takes before it is let run to its end, and how long a run may last: one that waits for ever is lost.
MOST_IN_A_CHAIN, RUN_SECONDS = 12, 1800
# Where a run came to its end before it was struck, runs last less than was thought: the machine has less to do than when that was measured.
_SHORTER = 0.8
_WORKER, _RUN, _PUBLISHER = VICTIMS = ("worker", "run", "publisher")


@dataclass
class Ground:
    """What a soak goes over: articles, the warehouse that chains start from, and the states before and after."""

    folder: Path
    engine: str
    cluster: Cluster | None
    seen: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)  # of a run left in peace: all of it, and publishing
    before: dict[str, str] | None = None
    after: dict[str, str] | None = None
    run: subprocess.Popen[bytes] | None = None  # the last that was started

    def start(self, warehouse: Path, engine: str | None = None) -> subprocess.Popen[bytes]:
        """Start a run over what lies under raw, in a process group of its own."""
        environment = self.cluster.environment if self.cluster else os.environ | {"PYTHONPATH": str(ROOT)}
        environment = environment | {"NEWSLEDGER_ENGINE": engine or self.engine, "NEWSLEDGER_WORKERS": "2"}
        if self.cluster:
            environment["NEWSLEDGER_RAY_ADDRESS"] = self.cluster.address
        with (self.folder / "run.log").open("wb") as log:
            self.run = subprocess.Popen(
                [sys.executable, "-m", "tests.crash.ray_driver", "run", str(self.folder / "raw"), str(warehouse), str(SHARD_DOCUMENTS)],
                cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        return self.run

    def end(self) -> None:
        """End what goes on, where the soak itself is ended."""
        if self.run is not None and self.run.poll() is None:
            os.killpg(self.run.pid, signal.SIGKILL)
            self.run.wait()

    def in_peace(self, warehouse: Path, engine: str | None = None) -> None:
        """A run that nobody disturbs. Fails, with what it said last, where it does."""
        code = self.start(warehouse, engine).wait(RUN_SECONDS)
        assert code == 0, (self.folder / "run.log").read_text(errors="replace")[-3000:]

    def prepare(self, count: int) -> None:
        """Make the warehouse that chains start from, and learn the state after and how long a run lasts."""
        half = count // 2
        articles.write(self.folder / "raw" / "first.jsonl", range(half))
        self.in_peace(self.folder / "start", "serial")
        self.before = state(self.folder / "start")
        articles.write(self.folder / "raw" / "second.jsonl", range(half, count))
        serial = self.fresh("serial")
        self.in_peace(serial, "serial")
        self.after = state(serial)
        assert self.before != self.after
        timed = self.fresh("timed")
        begun = time.monotonic()
        run = self.start(timed)
        until(lambda: _publishes(timed) or run.poll() is not None, RUN_SECONDS, "a run publishes")
        publishes = time.monotonic()
        assert run.wait(RUN_SECONDS) == 0, (self.folder / "run.log").read_text(errors="replace")[-3000:]
        self.seconds = {_RUN: time.monotonic() - begun, _PUBLISHER: time.monotonic() - publishes, _WORKER: 3.0}
        assert state(timed) == self.after, "undisturbed, the engine makes other tables than a serial run"

    def fresh(self, name: str) -> Path:
        """A copy of the warehouse that chains start from."""
        shutil.rmtree(self.folder / name, ignore_errors=True)
        shutil.copytree(self.folder / "start", self.folder / name, symlinks=True)
        return self.folder / name

    def workers(self, run: subprocess.Popen[bytes]) -> list[psutil.Process]:
        """Workers that are at a shard; of engine `local` all that the run has."""
        if self.cluster:
            return [worker for node in NODES for worker in self.cluster.busy(node)]
        return [p for p in psutil.Process(run.pid).children() if "spawn_main" in " ".join(p.cmdline())]

    def await_rest(self) -> None:
        """Wait until the cluster is at no shard; fails where the tasks of a dead run go on."""
        assert self.cluster is not None
        cluster = self.cluster
        until(lambda: not any(cluster.busy(node) for node in NODES), 300, "the tasks of the dead run have ended")

    def look(self, warehouse: Path) -> str:
        """What a reader sees now, counted."""
        found = seen_as(warehouse, self.before, self.after)
        self.seen[found] += 1
        return found


def _publishes(warehouse: Path) -> bool:
    return versions.build_folder(warehouse).exists()


def strike(ground: Ground, warehouse: Path, run: subprocess.Popen[bytes], victim: str, wait: float) -> bool:
    """Kill one of a run, `wait` seconds after it could be struck; False where the run came to its end before."""

    def comes(happens: Callable[[], bool]) -> bool:
        until(lambda: run.poll() is not None or happens(), RUN_SECONDS, f"the {victim} can be struck")
        return run.poll() is None

    if victim == _WORKER and not comes(lambda: bool(_living(ground, run))):
        return False
    if victim == _PUBLISHER and not comes(lambda: _publishes(warehouse)):
        return False
    try:
        run.wait(wait)
    except subprocess.TimeoutExpired:
        pass
    else:
        return False
    if victim != _WORKER:
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        return True
    struck = _living(ground, run)
    for worker in struck[:1]:
        worker.kill()
    return bool(struck)


def _living(ground: Ground, run: subprocess.Popen[bytes]) -> list[psutil.Process]:
    try:
        return ground.workers(run)
    except psutil.Error:
        return []


def chain(ground: Ground, dice: random.Random, kills: int, told: Counter[str]) -> int:
    """Runs over one warehouse, each struck, until one comes to its end; at most `kills` of them. Returns how many were struck."""
    warehouse = ground.fresh("warehouse")
    struck, begun = 0, time.monotonic()
    while True:
        run = ground.start(warehouse)
        while run.poll() is None and struck < kills:
            victims = VICTIMS if ground.engine != "serial" else VICTIMS[1:]
            victim = dice.choice(victims)
            lasts = ground.seconds[victim]
            if victim == _RUN:  # what is likely left: the next run goes on from what the one before had done
                lasts = max(lasts - (time.monotonic() - begun), 2 * ground.seconds[_PUBLISHER])
            if not strike(ground, warehouse, run, victim, dice.uniform(0, lasts)):
                ground.seconds[victim] *= _SHORTER
                continue
            struck += 1
            told[victim] += 1
            found = ground.look(warehouse)
            print(f"{sum(told[v] for v in VICTIMS)}: {victim} killed, a reader sees the state {found}", flush=True)
            if victim != _WORKER and ground.cluster:
                ground.await_rest()
        code = run.wait(RUN_SECONDS)
        if code == 0:
            break
        if code != -signal.SIGKILL:
            told["runs that ended for want of a worker"] += 1
            assert "Finished shards are kept" in (text := (ground.folder / "run.log").read_text(errors="replace")), text
    is_whole = state(warehouse) == ground.after
    left = leftovers(warehouse)
    told["chains"] += 1
    told["lost"] += not is_whole
    told["left lying"] += bool(left)
    print(
        f"   come to its end: {'as a serial run' if is_whole else 'OTHER TABLES'}, {left or 'nothing left lying'}",
        flush=True,
    )
    return struck


def main() -> int:
    """Kill until enough were killed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--engine", choices=("serial", "local", "ray"), default="local")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--articles", type=int, default=160)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    dice = random.Random(given.seed)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that an ended soak ends its cluster
    cluster = None
    told: Counter[str] = Counter()
    try:
        cluster = Cluster() if given.engine == "ray" else None
        for node in NODES if cluster else ():
            cluster.add_node(node)
        with tempfile.TemporaryDirectory(prefix="scale-soak-") as name:
            ground = Ground(Path(name), given.engine, cluster)
            try:
                ground.prepare(given.articles)
                print(f"seed {given.seed}; a run left in peace takes {ground.seconds[_RUN]:.0f} s", flush=True)
                kills = 0
                while kills < given.kills:
                    kills += chain(ground, dice, min(MOST_IN_A_CHAIN, given.kills - kills), told)
            finally:
                ground.end()
    finally:
        if cluster:
            cluster.stop()
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(one.ru_utime + one.ru_stime for one in spent)
    print(
        dict(told)
        | {f"seen {what}": count for what, count in ground.seen.items()}
        | {"processor seconds": round(processor)}
    )
    return 1 if ground.seen["torn"] or told["lost"] or told["left lying"] else 0


if __name__ == "__main__":
    sys.exit(main())
