"""Runs on a disk that fills up, each time at another moment: `python -m tests.crash.full_disk_soak [--rounds 100] [--articles 500]`.

Each round starts from a warehouse that holds half of the articles, on a small tmpfs whose size is drawn (needs root), and runs over all of
them: what readers see is the state before or after, and once there is room a run ends in the state after, with nothing left lying
about. Prints a line a round and a summary; exits with 1 where a round failed.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.crash import articles
from tests.crash.state import leftovers, seen_as, state

COMMAND = [sys.executable, "-m", "pipelines.cli", "run"]
_HEALING_SECONDS = 600  # one that waits for ever has not healed


def _run(raw: Path, warehouse: Path) -> tuple[int, str]:
    found = subprocess.run(
        [*COMMAND, "--raw", str(raw), "--warehouse", str(warehouse)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=_HEALING_SECONDS, check=False,
    )  # fmt: skip
    return found.returncode, found.stderr


def main() -> int:
    """Run the rounds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    dice = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        raw, start, undisturbed = folder / "raw", folder / "start", folder / "undisturbed"
        half = given.articles // 2
        articles.write(raw / "first.jsonl", range(half))
        assert _run(raw, start)[0] == 0
        before = state(start)
        articles.write(raw / "second.jsonl", range(half, given.articles))
        shutil.copytree(start, undisturbed, symlinks=True)
        assert _run(raw, undisturbed)[0] == 0
        after = state(undisturbed)
        assert before != after
        size = sum(p.stat().st_size for p in start.rglob("*") if p.is_file() and not p.is_symlink())
        found = {"before": 0, "after": 0, "torn": 0, "not healed": 0, "left lying": 0, "survived": 0}
        warehouse = folder / "warehouse"
        for number in range(1, given.rounds + 1):
            warehouse.mkdir(exist_ok=True)
            room = int(size * 1.02 + dice.random() * size * 1.6)
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(warehouse)], check=True)
            shutil.copytree(start, warehouse, symlinks=True, dirs_exist_ok=True)
            code, errors = _run(raw, warehouse)
            found["survived"] += code == 0
            seen = seen_as(warehouse, before, after)
            found[seen] += 1
            subprocess.run(["mount", "-o", "remount,size=2g", str(warehouse)], check=True)
            healed = _run(raw, warehouse)[0] == 0 and state(warehouse) == after
            found["not healed"] += not healed
            left = leftovers(warehouse)
            found["left lying"] += bool(left)
            told = errors.strip().splitlines()[-2:] if code else ""
            print(
                f"{number}: {seen}, {'healed' if healed else 'NOT HEALED'}, {left or 'nothing left'} {told}", flush=True
            )
            subprocess.run(["umount", str(warehouse)], check=True)
    print(found)
    return 1 if found["torn"] or found["not healed"] or found["left lying"] else 0


if __name__ == "__main__":
    sys.exit(main())
