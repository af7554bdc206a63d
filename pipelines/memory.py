"""How much memory this process may use, and whether the system has ended processes for want of it: Linux control groups, versions 1 and 2.

A container or a unit with a limit (MemoryMax=, --memory) sees the memory and the cores of its whole host; only its control group tells
what is its own. A process that goes beyond is killed (signal 9) without an error that could be told, and so it is told from here.

Source: the kernel's documentation of memory.max and memory.events (cgroup-v2) and of memory.limit_in_bytes and memory.oom_control (cgroup-v1).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_MOUNT, _OWN = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")
_LIMITS = ("memory.max", "memory.limit_in_bytes")
_KILLS = ("memory.events", "memory.oom_control")
# What version 1 has where nothing limits: the largest number of pages.
_NO_LIMIT = 1 << 60
# Of a run beside its workers, and of a worker with its models and the largest shard (deploy/README.md).
_A_WORKER = 2_000_000_000
_THE_RUN = 2_000_000_000


def limit(mount: Path = _MOUNT, own: Path = _OWN) -> int | None:
    """Bytes that the control group of this process, or one above it, may use; None where nothing limits it or nobody tells."""
    found: list[int] = []
    for folder in _folders(mount, own):
        for name in _LIMITS:
            told = _read(folder / name).strip()
            if told.isdecimal() and int(told) < _NO_LIMIT:
                found.append(int(told))
    return min(found, default=None)


def kills(mount: Path = _MOUNT, own: Path = _OWN) -> int:
    """How many processes of this control group, since there is one, the system has killed because memory ran out; 0 where nobody tells."""
    for folder in _folders(mount, own):
        for name in _KILLS:
            for line in _read(folder / name).splitlines():
                if line.startswith("oom_kill "):
                    return int(line.split()[1])
    return 0


def told(mount: Path = _MOUNT, own: Path = _OWN) -> str:
    """What the control group says of memory, for whoever looks for why a process was killed; empty where it says nothing."""
    most, ended = limit(mount, own), kills(mount, own)
    parts = []
    if most is not None:
        parts.append(f"the memory that may be used here is limited to {most / 1e9:,.1f} GB (control group)")
    if ended:
        parts.append(
            f"{ended:,} processes have been killed here for want of memory"
            if ended > 1
            else "a process has been killed here for want of memory"
        )
    return ", and ".join(parts)


def workers(mount: Path = _MOUNT, own: Path = _OWN) -> int:
    """Worker processes that cores and memory have room for: one at least."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    most = limit(mount, own)
    return cores if most is None else max(1, min(cores, (most - _THE_RUN) // _A_WORKER))


def _folders(mount: Path, own: Path) -> Iterator[Path]:
    """Folders of the control groups that count this process's memory, its own first; a container sees its own as the uppermost."""
    for line in _read(own).splitlines():
        _, controllers, path = line.split(":", 2)
        if controllers == "":
            roots = (mount, mount / "unified")
        elif "memory" in controllers.split(","):
            roots = (mount / controllers, mount / "memory")
        else:
            continue
        for root in dict.fromkeys(roots):
            at = root / path.lstrip("/")
            while True:
                yield at
                if at == root:
                    break
                at = at.parent


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError):
        return ""
