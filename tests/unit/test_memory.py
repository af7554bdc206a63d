"""What control groups tell of memory: made-up trees of files as the kernel lays them out."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines import memory
from pipelines.settings import Settings

GB = 10**9


def _group(folder: Path, own: str, files: dict[str, str]) -> tuple[Path, Path]:
    mount = folder / "cgroup"
    for name, content in files.items():
        path = mount / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    told = folder / "own"
    told.write_text(own)
    return mount, told


def test_the_least_limit_on_the_way_up_counts_in_version_2(tmp_path: Path) -> None:
    mount, own = _group(
        tmp_path,
        "0::/system.slice/news.service/run\n",
        {
            "system.slice/news.service/run/memory.max": "max\n",
            "system.slice/news.service/memory.max": f"{3 * GB}\n",
            "system.slice/memory.max": f"{8 * GB}\n",
            "system.slice/news.service/run/memory.events": "low 0\nhigh 0\nmax 12\noom 2\noom_kill 2\n",
        },
    )
    assert memory.limit(mount, own) == 3 * GB
    assert memory.kills(mount, own) == 2
    assert (
        memory.told(mount, own)
        == "the memory that may be used here is limited to 3.0 GB (control group), and 2 processes have been killed here for want of memory"
    )


def test_a_container_of_version_1_sees_its_group_as_the_uppermost(tmp_path: Path) -> None:
    mount, own = _group(
        tmp_path,
        "5:cpu,cpuacct:/docker/ab\n4:memory:/docker/ab\n0::/docker/ab\n",
        {
            "memory/memory.limit_in_bytes": f"{2 * GB}\n",
            "memory/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n",
        },
    )
    assert memory.limit(mount, own) == 2 * GB
    assert "a process has been killed here" in memory.told(mount, own)
    assert memory.workers(mount, own) == 1


@pytest.mark.parametrize("content", ["max\n", "9223372036854771712\n", ""])
def test_without_a_limit_the_cores_count(tmp_path: Path, content: str) -> None:
    name = "memory.max" if content != "9223372036854771712\n" else "memory/memory.limit_in_bytes"
    mount, own = _group(tmp_path, "4:memory:/\n0::/\n", {name: content})
    assert memory.limit(mount, own) is None
    assert memory.told(mount, own) == ""
    assert memory.workers(mount, own) >= 1


def test_where_nobody_tells_nothing_is_told(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    assert (memory.limit(nowhere, nowhere), memory.kills(nowhere, nowhere), memory.told(nowhere, nowhere)) == (
        None,
        0,
        "",
    )


def test_a_small_limit_leaves_room_for_few_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(64)), raising=False)
    mount, own = _group(tmp_path, "0::/\n", {"memory.max": f"{7 * GB}\n"})
    assert memory.workers(mount, own) == 2


def test_a_setting_of_workers_stands_above_what_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLEDGER_WORKERS", "5")
    assert Settings().workers == 5
