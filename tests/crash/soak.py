"""Kills runs at random moments, by the hundred: `python -m tests.crash.soak [--kills 100] [--articles 500]`.

Each round starts from a warehouse that holds half of the articles, starts `newsledger run` over all of them, kills
its whole process group with SIGKILL at a random moment, and looks: the database opens and equals the state before or
after; then a run left in peace ends in the state after, with nothing left lying about. With `--full`, the warehouse
lies on a small tmpfs whose size is stepped instead (needs root). Prints a line a round and a summary; exits with 1
where a round failed. The seed is printed: the same seed strikes at the same moments.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.crash import articles
from tests.crash.state import leftovers, state

COMMAND = [sys.executable, "-m", "pipelines.cli", "run"]


def _run(raw: Path, warehouse: Path, kill_after: float | None = None) -> tuple[int, float, str]:
    started = time.monotonic()
    process = subprocess.Popen(
        [*COMMAND, "--raw", str(raw), "--warehouse", str(warehouse)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        _, errors = process.communicate(timeout=kill_after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        _, errors = process.communicate()
    return process.returncode, time.monotonic() - started, errors


def main() -> int:
    """Run the rounds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--full", action="store_true", help="full disks in place of kills")
    given = parser.parse_args()
    dice = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        raw, start = folder / "raw", folder / "start"
        half = given.articles // 2
        articles.write(raw / "first.jsonl", range(half))
        assert _run(raw, start)[0] == 0
        before = state(start)
        articles.write(raw / "second.jsonl", range(half, given.articles))
        undisturbed = folder / "undisturbed"
        shutil.copytree(start, undisturbed, symlinks=True)
        code, whole, _ = _run(raw, undisturbed)
        assert code == 0
        after = state(undisturbed)
        assert before != after
        size = sum(p.stat().st_size for p in start.rglob("*") if p.is_file() and not p.is_symlink())
        print(f"seed {given.seed}; an undisturbed run takes {whole:.1f} s; a warehouse has {size / 1e6:.1f} MB")
        bad = {"before": 0, "after": 0, "torn": 0, "not healed": 0, "left lying": 0, "survived": 0}
        number = 0
        while number < given.kills:
            warehouse = folder / "warehouse"
            if given.full:
                warehouse.mkdir(exist_ok=True)
                room = int(size * 1.02 + dice.random() * size * 1.6)
                subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(warehouse)], check=True)
            shutil.copytree(start, warehouse, symlinks=True, dirs_exist_ok=True)
            code, seconds, errors = _run(raw, warehouse, None if given.full else dice.uniform(0, whole))
            if code == 0:
                bad["survived"] += 1
                if not given.full:  # the machine was faster than at first: no strike, and so no round
                    whole = min(whole, seconds)
                    shutil.rmtree(warehouse)
                    continue
            number += 1
            try:
                seen = state(warehouse)
            except Exception as error:  # whatever a reader would meet
                seen = {"error": str(error)}
            found = "before" if seen == before else "after" if seen == after else "torn"
            bad[found] += 1
            if given.full:
                subprocess.run(["mount", "-o", "remount,size=2g", str(warehouse)], check=True)
            healing, _, _ = _run(raw, warehouse, 600)  # one that waits for ever has not healed
            healed = healing == 0 and state(warehouse) == after
            bad["not healed"] += not healed
            left = leftovers(warehouse)
            bad["left lying"] += bool(left)
            last = errors.strip().splitlines()[-2:] if given.full and code else ""
            print(
                f"{number}: {found}, {'healed' if healed else 'NOT HEALED'}, {left or 'nothing left'} {last}",
                flush=True,
            )
            if given.full:
                subprocess.run(["umount", str(warehouse)], check=True)
            shutil.rmtree(warehouse, ignore_errors=True)
    print(bad)
    return 1 if bad["torn"] or bad["not healed"] or bad["left lying"] else 0


if __name__ == "__main__":
    sys.exit(main())
