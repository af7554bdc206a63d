"""The tree of raw files: what there is, in a stable order, and what cannot be read at all."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.reading.records import Reason, Rejected

# Documentation that lies beside samples; names that no news file has.
NOT_NEWS = frozenset({"readme.md", "readme.txt", "license", "license.txt", "license.md"})


@dataclass(frozen=True, slots=True)
class RawFile:
    """A regular file below the raw folder. `source_path` has forward slashes."""

    source_path: str
    size: int
    modified_ns: int


def list_files(raw: Path) -> Iterator[RawFile | Rejected]:
    """Every file below `raw`, by name, hidden ones and READMEs left out.

    Only regular files count: links, pipes and devices are refused, since reading them may block for ever or
    lead out of the folder. Raises FileNotFoundError where `raw` is no folder.
    """
    if not raw.is_dir():
        raise FileNotFoundError(f"There is no folder {raw}.")
    # A stack and no recursion: a tree may be deeper than Python's stack.
    waiting = list(reversed(_entries(os.fsencode(raw))))
    root = len(os.fsencode(raw)) + 1
    while waiting:
        entry = waiting.pop()
        path = entry.path[root:]
        if entry.name.startswith(b".") or entry.name.lower().decode("ascii", "replace") in NOT_NEWS:
            continue
        try:
            about = entry.stat(follow_symlinks=False)
        except OSError as error:
            yield _refused(path, Reason.UNREADABLE, f"The file cannot be looked at: {error.strerror}.")
            continue
        if stat.S_ISDIR(about.st_mode):
            try:
                waiting += reversed(_entries(entry.path))
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
            yield RawFile(name, about.st_size, about.st_mtime_ns)


def _entries(folder: bytes) -> list[os.DirEntry[bytes]]:
    with os.scandir(folder) as found:
        return sorted(found, key=lambda e: e.name)


def _refused(path: bytes, reason: Reason, detail: str) -> Rejected:
    return Rejected(path.decode("utf8", "backslashreplace"), None, "read", reason, detail)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, as hex. Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
