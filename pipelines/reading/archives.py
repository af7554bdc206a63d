"""Archives: the files inside a zip or tar, one after the other, never written to disk.

Members that are links or devices, whose names lead out of the archive, or that are locked, are refused by name.
"""

from __future__ import annotations

import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from pipelines.reading.compression import Guarded
from pipelines.reading.files import NOT_NEWS
from pipelines.reading.records import Reason, Rejected
from pipelines.reading.streams import buffered

# More members than this are a bomb of names; split the archive.
MOST_MEMBERS = 500_000


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, open for reading until the next one is asked for."""

    name: str
    stream: IO[bytes]


def members(stream: IO[bytes], source_path: str, kind: str) -> Iterator[Member | Rejected]:
    """Files of an archive in its order, `kind` zip or tar. A damaged archive gives those before the damage."""
    inside = _zip(stream, source_path) if kind == "zip" else _tar(stream, source_path)
    for number, item in enumerate(inside):
        if number >= MOST_MEMBERS:
            detail = f"More than {MOST_MEMBERS:,} files in one archive: the rest was left. Split it."
            yield Rejected(source_path, None, "read", Reason.TOO_LARGE, detail)
            return
        yield item


def _zip(stream: IO[bytes], source_path: str) -> Iterator[Member | Rejected]:
    try:
        with zipfile.ZipFile(stream) as archive:
            for info in archive.infolist():
                if info.is_dir() or _is_ignored(info.filename):
                    continue
                if refused := _refusal(info.filename, stat.S_ISLNK(info.external_attr >> 16), source_path):
                    yield refused
                    continue
                if info.flag_bits & 1:
                    detail = f"{info.filename[:200]} is locked with a password. Unpack it first."
                    yield Rejected(source_path, None, "read", Reason.ENCRYPTED, detail)
                    continue
                with archive.open(info) as member:
                    yield Member(info.filename, buffered(Guarded(member, info.compress_size)))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, OSError, ValueError) as error:
        yield _damaged(source_path, "zip", error)


def _tar(stream: IO[bytes], source_path: str) -> Iterator[Member | Rejected]:
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                if info.isdir() or _is_ignored(info.name):
                    continue
                if refused := _refusal(info.name, not info.isreg(), source_path):
                    yield refused
                    continue
                if (member := archive.extractfile(info)) is not None:
                    with member:
                        yield Member(info.name, buffered(Guarded(member, info.size)))
    except (tarfile.TarError, EOFError, zlib.error, OSError, ValueError) as error:
        yield _damaged(source_path, "tar", error)


def _is_ignored(name: str) -> bool:
    """Hidden files, READMEs and what macOS puts beside files."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return (
        not parts
        or parts[-1].lower() in NOT_NEWS
        or any(p.startswith(".") and p not in (".", "..") for p in parts)
        or parts[0] == "__MACOSX"
    )


def _refusal(name: str, is_link: bool, source_path: str) -> Rejected | None:
    if is_link:
        detail = f"{name[:200]} in the archive is a link, pipe or device, not a file: put the file itself in."
        return Rejected(source_path, None, "read", Reason.NOT_A_FILE, detail)
    path = name.replace("\\", "/")
    if path.startswith("/") or ".." in path.split("/") or path[1:3] == ":/" or "\x00" in path:
        detail = f"The name {name[:200]!r} leads out of the archive: made by accident or malice. Pack the files anew."
        return Rejected(source_path, None, "read", Reason.BAD_NAME, detail)
    return None


def _damaged(source_path: str, kind: str, error: Exception) -> Rejected:
    detail = f"The {kind} archive is damaged or cut off ({str(error)[:200]}). Fetch it again."
    return Rejected(source_path, None, "read", Reason.TRUNCATED, detail)
