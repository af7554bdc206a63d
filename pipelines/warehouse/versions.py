"""Published versions: a new one is built in a folder of its own, checked, and becomes current by moving one link.

Readers keep the version that they opened. The last versions are kept, so that the one before can be returned to;
each holds the SHA-256 of its files, so that damage is found.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from pipelines import logs
from pipelines.errors import Explained
from pipelines.reading.files import sha256_of
from pipelines.warehouse import files, parts

ABOUT = "version.json"
# A reader that opens the tables one by one may still be at it when the next versions come.
READER_SECONDS = 120
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


def rows_of(version: Version, table: str) -> int:
    """Rows of a published table, read from its Parquet file; 0 where the version has none."""
    path = version.tables / f"{table}.parquet"
    return parts.rows_of(path) if path.exists() else 0


def quarantine_reasons(version: Version) -> list[tuple[str, str, int]]:
    """(stage, reason, rows) of a version's quarantine, most first, read from its Parquet file."""
    rows = pl.scan_parquet(version.tables / "quarantine.parquet").group_by("stage", "reason").len().collect()
    ordered = rows.with_columns(pl.col("stage", "reason").cast(pl.String)).sort(
        -pl.col("len").cast(pl.Int64), "stage", "reason"
    )
    return list(ordered.iter_rows())


def all_versions(warehouse: Path) -> list[Version]:
    """Versions on disk, oldest first."""
    folder = warehouse / "versions"
    names = sorted(p.name for p in folder.iterdir() if p.name.isdecimal()) if folder.is_dir() else []
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


def note_build(warehouse: Path, about: dict[str, Any]) -> None:
    """Keep with what is built what it is made from, as `publish` is to tell it."""
    files.write_json(about, build_folder(warehouse) / ABOUT)


def build_notes(warehouse: Path) -> dict[str, Any]:
    """What `note_build` kept. Raises FileNotFoundError where nothing is being built."""
    about = files.read_json(build_folder(warehouse) / ABOUT)
    if about is None:
        raise FileNotFoundError(f"No tables wait at {warehouse} to be published: run the step `tables` first.")
    return dict(about)


class NoSuchVersion(Explained):
    """A version to return to that is not there; the text says which are."""


def publish(warehouse: Path, about: dict[str, Any], keep: int) -> Version:
    """Make what was built the current version, all of it in one step, and drop old versions beyond `keep`.

    Everything is flushed to disk before the link moves, so a reader or a power cut finds the old version or
    the new one, whole.
    """
    folder = build_folder(warehouse)
    number = max((v.number for v in all_versions(warehouse)), default=0) + 1
    known = {_inode(file): digest for digest, file in known_files(warehouse).items()}
    # What a version shares with another (a hard link) needs no reading.
    sums = {
        file.relative_to(folder).as_posix(): known.get(_inode(file)) or sha256_of(file) for file in _content(folder)
    }
    files.write_json(about | {"version": number, "published_at": time.time(), "sha256": sums}, folder / ABOUT)
    for file in _content(folder):
        # Nobody edits what is published, not even by a client that opens it for writing.
        file.chmod(0o444)
        files.fsync(file)
    for table in (folder / TABLES).rglob("*/"):
        files.fsync(table)
    files.fsync(folder / TABLES)
    path = warehouse / "versions" / f"{number:06d}"
    files.replace_folder(folder, path)
    _point_to(warehouse, path)
    drop_old(warehouse, keep)
    logs.logger().info("version published", version=number, warehouse=str(warehouse))
    return Version(number, path)


def roll_back(warehouse: Path, number: int | None = None) -> Version:
    """Make an earlier version current again, by default the one before; raises NoSuchVersion.

    What was left is remembered: a run over the same files with the same rules does not publish it again, the
    first change of either does.
    """
    now = current(warehouse)
    there = {v.number: v for v in all_versions(warehouse)}
    earlier = [n for n in there if now is not None and n < now.number]
    wanted = number if number is not None else max(earlier, default=None)
    if now is None or wanted not in there or wanted == now.number:
        kept = ", ".join(map(str, there)) or "none"
        asked = "no earlier version" if wanted is None else f"no other version {wanted}"
        at = "nothing is published" if now is None else f"current is {now.number}"
        raise NoSuchVersion(f"There is {asked} at {warehouse}: {at}, kept are {kept}.")
    files.write_json({"inputs": now.about().get("inputs"), "version": now.number}, _left(warehouse))
    _point_to(warehouse, there[wanted].path)
    logs.logger().warning("rolled back", version=wanted, before=now.number, warehouse=str(warehouse))
    return there[wanted]


def left_inputs(warehouse: Path) -> str | None:
    """Digest of the inputs of the version that was rolled back from, while nothing newer was published."""
    return (files.read_json(_left(warehouse)) or {}).get("inputs")


def drop_old(warehouse: Path, keep: int) -> None:
    """Remove versions beyond the last `keep`, except the current one and those that were current a moment ago."""
    now = current(warehouse)
    published = all_versions(warehouse)
    for old, successor in zip(published, published[1:], strict=False):
        left_at = float(successor.about().get("published_at", 0))
        # A clock that was set back must not keep versions for ever.
        is_recent = 0 <= time.time() - left_at < READER_SECONDS
        if old not in published[-keep:] and old != now and not is_recent:
            files.remove_folder(old.path)


def missing_files(version: Version) -> list[str]:
    """Files of a version that were published and are not there any more, by their paths in it."""
    return [name for name in version.about().get("sha256", {}) if not (version.path / name).is_file()]


def damaged_files(version: Version) -> dict[str, str]:
    """Files of a version that are not as they were published: path -> what is wrong with it."""
    found = dict.fromkeys(missing_files(version), "is missing")
    for name, wanted in version.about().get("sha256", {}).items():
        if name not in found and sha256_of(version.path / name) != wanted:
            found[name] = "has changed since it was published"
    return found


def _content(folder: Path) -> list[Path]:
    return [folder / DATABASE, *sorted(path for path in (folder / TABLES).rglob("*") if path.is_file())]


def known_files(warehouse: Path) -> dict[str, Path]:
    """SHA-256 -> a published file that had it when it was published."""
    found = {}
    for version in all_versions(warehouse):
        for name, digest in version.about().get("sha256", {}).items():
            if (version.path / name).is_file():
                found[digest] = version.path / name
    return found


def _inode(file: Path) -> tuple[int, int]:
    stat = file.stat()
    return stat.st_dev, stat.st_ino


def _left(warehouse: Path) -> Path:
    return warehouse / "state" / "rolled_back.json"


def _point_to(warehouse: Path, path: Path) -> None:
    _link_once(warehouse / DATABASE, f"current/{DATABASE}")
    _link_once(warehouse / TABLES, f"current/{TABLES}")
    files.link_atomically(f"versions/{path.name}", warehouse / "current")


def _link_once(link: Path, target: str) -> None:
    if not link.is_symlink() or str(link.readlink()) != target:
        files.link_atomically(target, link)
