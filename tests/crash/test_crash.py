"""A run that is killed, or finds the disk full, leaves the state before or after; the next run heals the rest."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from pipelines.defs.launch import run_pipeline
from pipelines.settings import Settings
from tests.crash import articles
from tests.crash.state import leftovers, state

pytestmark = pytest.mark.crash
ROOT = Path(__file__).resolve().parents[2]


def _run(raw: Path, warehouse: Path, number: int = 0, how: str = "count") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.crash.dying_run", str(raw), str(warehouse), str(number), how],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


class Scene:
    """A warehouse over some articles, more articles waiting, and what an undisturbed run makes of them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.raw, self.start = folder, folder / "raw", folder / "start"
        articles.write(self.raw / "first.jsonl", range(4))
        self.run(self.start)
        self.before = state(self.start)
        articles.write(self.raw / "first.jsonl", range(1, 4))  # changed
        articles.write(self.raw / "second.jsonl", range(4, 8))  # new
        undisturbed = self.fresh("undisturbed")
        found = _run(self.raw, undisturbed)
        assert found.returncode == 0, found.stderr
        self.steps = int(found.stdout)
        self.after = state(undisturbed)
        assert self.before != self.after

    def fresh(self, name: str) -> Path:
        """A copy of the warehouse before."""
        shutil.copytree(self.start, self.folder / name, symlinks=True)
        return self.folder / name

    def run(self, warehouse: Path) -> None:
        """A run left in peace: in this process, which has models and libraries loaded; only what dies needs one of its own."""
        with dg.DagsterInstance.ephemeral() as instance:
            run_pipeline(Settings(raw=self.raw, warehouse=warehouse, engine="serial"), instance=instance)

    def heal(self, warehouse: Path) -> None:
        """A run left in peace must end in the state after and leave nothing lying about."""
        self.run(warehouse)
        assert state(warehouse) == self.after
        assert leftovers(warehouse) == []


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return Scene(tmp_path_factory.mktemp("crash"))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.96, 0.99])
@pytest.mark.parametrize("how", ["kill-before", "kill-after"])
def test_a_killed_run_leaves_the_state_before_or_after(scene: Scene, share: float, how: str) -> None:
    warehouse = scene.fresh(f"{how}-{share}")
    died = _run(scene.raw, warehouse, max(1, round(scene.steps * share)), how)
    assert died.returncode == -9
    assert state(warehouse) in (scene.before, scene.after)
    scene.heal(warehouse)


@pytest.mark.parametrize("share", [0.1, 0.6, 0.97])
def test_a_full_disk_fails_the_run_with_its_reason_and_nothing_else(scene: Scene, share: float) -> None:
    warehouse = scene.fresh(f"full-{share}")
    failed = _run(scene.raw, warehouse, max(1, round(scene.steps * share)), "full")
    assert failed.returncode == 1
    assert "No space left on device" in failed.stderr
    assert state(warehouse) in (scene.before, scene.after)
    scene.heal(warehouse)
