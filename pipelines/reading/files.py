"""The tree of raw files: what there is, in a stable order, and what cannot be read at all."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.reading.raw_place import RawPlace, opened
from pipelines.reading.records import Reason, Rejected
from pipelines.reading.sources import EVERYTHING, Sources

if TYPE_CHECKING:
    from upath import UPath

# Documentation that lies beside samples; names that no news file has.
NOT_NEWS = frozenset({"readme.md", "readme.txt", "license", "license.txt", "license.md"})


_DATABASE = b"newsledger.duckdb"  # what a warehouse has


@dataclass(frozen=True, slots=True)
class RawFile:
    """A regular file below the raw folder. `source_path` has forward slashes."""

    source_path: str
    size: int
    modified_ns: int


def list_files(raw: RawPlace, sources: Sources = EVERYTHING) -> Iterator[RawFile | Rejected]:
    """Every file below `raw`, by name, hidden ones and READMEs left out; of `sources`, where some are named, and no other folder is looked into.

    Only regular files count: links, pipes and devices are refused, since reading them may block for ever or
    lead out of the folder. Raises FileNotFoundError where `raw` is no folder.
    """
    if not isinstance(raw, Path):
        yield from _list_objects(raw, sources)
        return
    if not raw.is_dir():
        raise FileNotFoundError(f"There is no folder {raw}.")
    # A stack and no recursion: a tree may be deeper than Python's stack.
    try:
        waiting = list(reversed(_entries(os.fsencode(raw))))
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(raw)) from error  # its name as it was given, and no bytes
    root = len(os.fsencode(raw)) + 1
    while waiting:
        entry = waiting.pop()
        path = entry.path[root:]
        if entry.name.startswith(b".") or entry.name.lower().decode("ascii", "replace") in NOT_NEWS:
            continue
        if sources and not sources.may_hold(os.fsdecode(path)):
            continue
        try:
            about = entry.stat(follow_symlinks=False)
        except OSError as error:
            yield _refused(path, Reason.UNREADABLE, f"The file cannot be looked at: {error.strerror}.")
            continue
        if stat.S_ISDIR(about.st_mode):
            try:
                inside = _entries(entry.path)
                if any(e.name == _DATABASE for e in inside):
                    yield _refused(
                        path, Reason.UNSUPPORTED, "A warehouse of newsledger: its tables are no texts. Move it."
                    )
                    continue
                waiting += reversed(inside)
            except OSError as error:
                detail = f"The folder cannot be listed: {error.strerror}. Are its permissions right?"
                yield _refused(path, Reason.UNREADABLE, detail)
        elif stat.S_ISLNK(about.st_mode):
            yield _refused(
                path, Reason.NOT_A_FILE, "A symbolic link, and links are not followed: put the file itself here."
            )
        elif not stat.S_ISREG(about.st_mode):
            yield _refused(path, Reason.NOT_A_FILE, "A pipe, socket or device, not a file.")
        else:
            try:
                name = path.decode("utf8")
            except UnicodeDecodeError:
                yield _refused(path, Reason.BAD_NAME, "The file's name is not UTF-8: rename it.")
                continue
            if sources.has(name):
                yield RawFile(name, about.st_size, about.st_mtime_ns)


def _list_objects(raw: UPath, sources: Sources) -> Iterator[RawFile]:
    """Objects below a prefix of a store, by name. Raises OSError where the store does not answer."""
    root = raw.path.rstrip("/") + "/"
    places = [f"{root}{folder}/" for folder in sources.only] or [raw.path]
    found: dict[str, dict[str, Any]] = {}
    try:
        for place in places:
            found |= raw.fs.find(place, detail=True)
    except OSError:
        raise
    except Exception as error:  # each store's library raises its own kinds; a run tries again after an I/O error
        raise OSError(errno.EIO, f"{raw} cannot be listed: {error}") from error
    for path in sorted(found):
        # a store's own listing may leave out the slash that the prefix has in front
        name = path.removeprefix(root).removeprefix(root.lstrip("/"))
        parts = name.split("/")
        if not name or not sources.has(name) or any(p.startswith(".") for p in parts) or parts[-1].lower() in NOT_NEWS:
            continue
        yield RawFile(name, int(found[path].get("size") or 0), _modified(found[path]))


def _modified(about: dict[str, Any]) -> int:
    """Nanoseconds since 1970 when an object was last written; stores name the field each in its way."""
    for field in ("LastModified", "updated", "last_modified", "mtime", "modified", "created"):
        moment = about.get(field)
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment)
        if isinstance(moment, datetime):
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return round(moment.timestamp() * 1e6) * 1000
        if isinstance(moment, int | float):
            return round(moment * 1e6) * 1000
    return 0


def _entries(folder: bytes) -> list[os.DirEntry[bytes]]:
    with os.scandir(folder) as found:
        return sorted(found, key=lambda e: e.name)


def _refused(path: bytes, reason: Reason, detail: str) -> Rejected:
    return Rejected(path.decode("utf8", "backslashreplace"), None, "read", reason, detail)


def sha256_of(path: RawPlace) -> str:
    """SHA-256 of a file's bytes, as hex. Raises OSError where it cannot be read."""
    with opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
