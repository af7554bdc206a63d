"""Where raw files lie: a folder of this machine, or a prefix of an object store by URL (s3://, gs://, memory://)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pipelines.errors import Explained

if TYPE_CHECKING:
    from upath import UPath

_BLOCK = 1 << 20

type RawPlace = Path | UPath


class MissingLibrary(Explained, ImportError):
    """A library that a kind of store needs is not installed; the message says how it is added."""


def raw_place(place: str | Path | UPath) -> RawPlace:
    """The folder at a path or URL; credentials come from the environment, as each store's own library has it.

    Raises MissingLibrary, with what to install, where the library of a store is missing, and ValueError for a URL scheme that
    fsspec does not know.
    """
    if not isinstance(place, str | Path):
        return place
    if "://" not in str(place):
        return Path(place).expanduser().absolute()
    from upath import UPath  # takes a quarter of a second, and few need it

    found = UPath(str(place))
    if found.protocol in ("file", "local"):
        return Path(found.path)
    try:
        _ = found.fs
    except ImportError as error:
        extra = {"s3": "s3", "s3a": "s3", "gs": "gcs", "gcs": "gcs"}.get(found.protocol)
        hint = f"`make -B install EXTRAS={extra}` in newsledger's folder adds it." if extra else str(error)
        raise MissingLibrary(f"Reading {found.protocol}:// needs a library that is not installed: {hint}") from error
    return found


def is_remote(place: RawPlace) -> bool:
    """Whether files come from a store, which has neither links nor a folder that must be there."""
    return not isinstance(place, Path)


@contextmanager
def opened(file: RawPlace) -> Iterator[IO[bytes]]:
    """A file's bytes. A store's own file objects lack what some readers ask for (lines of bounded length), so they are
    read through Python's buffer. Raises OSError."""
    with file.open("rb") as stream:
        yield stream if isinstance(file, Path) else io.BufferedReader(stream, _BLOCK)  # type: ignore[type-var]


def exists(place: RawPlace) -> bool:
    """Whether there is such a folder. A prefix of a store need not hold anything yet."""
    return is_remote(place) or place.is_dir()
