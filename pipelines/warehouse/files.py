"""Files that are there whole or not at all: written under a temporary name, flushed to disk, renamed."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

PARTIAL = ".partial"


def fsync(path: Path) -> None:
    """Flush a file or a folder's entries to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """Yield a path beside `path` to write to; on success it takes the place of `path`, on error it is removed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Not the process alone: on another machine, or after a death, one of the same number may write the same file.
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}{PARTIAL}")
    try:
        yield temporary
        fsync(temporary)
        temporary.replace(path)
        fsync(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_parquet(frame: pl.DataFrame, path: Path) -> None:
    """Write a frame as zstd Parquet, whole or not at all."""
    with atomic_write(path) as temporary:
        frame.write_parquet(temporary, compression="zstd", compression_level=3)


def write_json(content: Any, path: Path) -> None:
    """Write JSON with sorted keys, whole or not at all."""
    with atomic_write(path) as temporary:
        temporary.write_text(json.dumps(content, sort_keys=True, indent=1), encoding="utf8")


def read_json(path: Path) -> Any:
    """Content of a JSON file, or None where there is none."""
    try:
        return json.loads(path.read_text(encoding="utf8"))
    except FileNotFoundError:
        return None


def replace_folder(finished: Path, path: Path) -> None:
    """Make the folder `finished` be `path`; an older one there is removed first."""
    if path.exists():
        remove_folder(path)
    for file in finished.iterdir():
        fsync(file)
    fsync(finished)
    finished.rename(path)
    fsync(path.parent)


def remove_folder(path: Path) -> None:
    """Remove a folder that counts while it is there: renamed first, so that no half of it is ever taken for whole."""
    dead = path.with_name(f".{path.name}.{os.getpid()}{PARTIAL}")
    if dead.exists():
        shutil.rmtree(dead)
    path.rename(dead)
    shutil.rmtree(dead)


def link_or_copy(file: Path, to: Path) -> None:
    """Give a file that nobody changes a second name; a copy of it where the file system has no hard links."""
    try:
        to.hardlink_to(file)
    except OSError:
        shutil.copyfile(file, to)


def link_atomically(target: str, link: Path) -> None:
    """Point the symbolic link at `target` (relative) in one step."""
    temporary = link.with_name(f".{link.name}.{os.getpid()}{PARTIAL}")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    temporary.replace(link)
    fsync(link.parent)


def remove_partials(warehouse: Path) -> int:
    """Remove what dead runs left half written; returns how many. Only for who holds the run lock: nobody writes."""
    count = 0
    for folders in ("", "state/", "state/*/", "versions/", "batches/", "batches/*/", "batches/*/*.unfinished/"):
        for path in sorted(warehouse.glob(f"{folders}.*{PARTIAL}")):
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)
            count += 1
    for late in sorted(warehouse.glob("batches/*/*.unfinished")):
        # Of a task on a node that was held for lost: it wrote on after another had done its work.
        if late.with_suffix("").is_dir():
            shutil.rmtree(late)
            count += 1
    return count


def copy(file: Path, to: Path) -> None:
    """Copy a file's content: by sharing its blocks where the file system can (btrfs, xfs), else in the kernel, else by reading it."""
    with file.open("rb") as source, to.open("wb") as target:
        left = os.fstat(source.fileno()).st_size if hasattr(os, "copy_file_range") else 0
        try:
            while left > 0 and (done := os.copy_file_range(source.fileno(), target.fileno(), left)):
                left -= done
        except OSError:  # a file system or a kernel that does not: what is left is read and written
            pass
        shutil.copyfileobj(source, target)
