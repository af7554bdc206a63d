"""Published versions: a new one is built aside, checked, and becomes current by moving one link.

Readers keep the version that they opened. The last versions are kept, so that the one before can be returned to.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.warehouse import files

ABOUT = "version.json"
DATABASE, TABLES = "newsledger.duckdb", "tables"


@dataclass(frozen=True)
class Version:
    """One published version."""

    number: int
    path: Path

    @property
    def database(self) -> Path:
        return self.path / DATABASE

    @property
    def tables(self) -> Path:
        return self.path / TABLES

    def about(self) -> dict[str, Any]:
        return dict(files.read_json(self.path / ABOUT) or {})


def current(warehouse: Path) -> Version | None:
    """The version that readers see, or None before the first publication."""
    link = warehouse / "current"
    if not (link / DATABASE).exists():
        return None
    path = link.resolve()
    return Version(int(path.name), path)


def all_versions(warehouse: Path) -> list[Version]:
    """Versions on disk, oldest first."""
    folder = warehouse / "versions"
    names = sorted(p.name for p in folder.iterdir() if p.name.isdigit()) if folder.is_dir() else []
    return [Version(int(n), folder / n) for n in names]


def build_folder(warehouse: Path) -> Path:
    """Where the next version is built; what an earlier run left there is removed by `start_build`."""
    return warehouse / "versions" / f".next{files.PARTIAL}"


def start_build(warehouse: Path) -> Path:
    """An empty folder to build the next version in."""
    folder = build_folder(warehouse)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / TABLES).mkdir(parents=True)
    return folder


def publish(warehouse: Path, about: dict[str, Any], keep: int) -> Version:
    """Make what was built the current version, all of it in one step, and drop versions beyond `keep`.

    Everything is flushed to disk before the link moves, so a reader or a power cut finds the old version or
    the new one, whole.
    """
    folder = build_folder(warehouse)
    number = max((v.number for v in all_versions(warehouse)), default=0) + 1
    files.write_json(about | {"version": number}, folder / ABOUT)
    for file in (folder / TABLES).iterdir():
        files.fsync(file)
    files.fsync(folder / TABLES)
    files.fsync(folder / DATABASE)
    path = warehouse / "versions" / f"{number:06d}"
    files.replace_folder(folder, path)
    _link_once(warehouse / DATABASE, f"current/{DATABASE}")
    _link_once(warehouse / TABLES, f"current/{TABLES}")
    files.link_atomically(f"versions/{path.name}", warehouse / "current")
    for old in all_versions(warehouse)[:-keep]:
        shutil.rmtree(old.path)
    return Version(number, path)


def _link_once(link: Path, target: str) -> None:
    if not link.is_symlink() or str(link.readlink()) != target:
        files.link_atomically(target, link)
