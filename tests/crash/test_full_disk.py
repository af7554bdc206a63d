"""A disk that is really full: a small file system in memory, which needs the right to mount. `test_crash` strikes without it, step by step."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import dagster as dg
import pytest

from pipelines.defs.launch import RunFailed, run_pipeline
from pipelines.settings import Settings
from tests.crash import articles
from tests.crash.state import leftovers, state

pytestmark = [pytest.mark.crash, pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts")]


def _run(raw: Path, warehouse: Path) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        run_pipeline(Settings(raw=raw, warehouse=warehouse, engine="serial", reader="none"), instance=instance)


def _size(folder: Path) -> int:
    """Bytes on disk, in whole pages."""
    return int(
        subprocess.run(["du", "-s", "-B1", str(folder)], capture_output=True, text=True, check=True).stdout.split()[0]
    )


def test_a_run_on_a_full_disk_says_so_and_leaves_the_room_to_others(tmp_path: Path) -> None:
    raw, start, disk = tmp_path / "raw", tmp_path / "start", tmp_path / "disk"
    articles.write(raw / "first.jsonl", range(8))
    _run(raw, start)
    before = state(start)
    articles.write(raw / "second.jsonl", range(8, 40))
    shutil.copytree(start, tmp_path / "undisturbed", symlinks=True)
    _run(raw, tmp_path / "undisturbed")
    after = state(tmp_path / "undisturbed")
    assert before != after
    disk.mkdir()
    used, grown = _size(start), _size(tmp_path / "undisturbed")
    told = []
    for share in (0.01, 0.3, 0.6):
        room = used + int((grown - used) * share)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(disk)]
        if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
            pytest.skip("nothing can be mounted here")
        try:
            warehouse = shutil.copytree(start, disk / "warehouse", symlinks=True)
            with pytest.raises(RunFailed) as failed:
                _run(raw, warehouse)
            told.append(str(failed.value))
            assert state(warehouse) == before
            # Shards that were finished are kept for the next run, and nothing else.
            assert [name for name in leftovers(warehouse) if not name.endswith(".unfinished")] == []
            subprocess.run(["mount", "-o", "remount,size=1g", str(disk)], check=True)
            _run(raw, warehouse)
            assert state(warehouse) == after
            assert leftovers(warehouse) == []
        finally:
            subprocess.run(["umount", str(disk)], check=True)
    assert len(told) == 3
    for text in told:
        assert f"The disk of {disk / 'warehouse'} is " in text
        assert "make room there and run again" in text
        assert "The warehouse is as it was." in text
