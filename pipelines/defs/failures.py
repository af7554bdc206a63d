"""What a run that failed tells: the step and its message, and what to do where the machine had no room left.

A library that meets a full disk does not always say so: polars calls what it could write of a file "out of specification", SQLite has
an "I/O error". So the room that is left is looked at too.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from typing import IO, Any, cast

import dagster as dg
from sqlalchemy.exc import DatabaseError

from pipelines.errors import Explained, without_class
from pipelines.settings import Settings
from pipelines.warehouse import files, versions
from pipelines.warehouse.versions import Version

_MEMORY_ERRORS = (
    "MemoryError",
    "OutOfMemoryException",
    "Out of Memory",
    "Cannot allocate memory",
    "Memory ran out",
    "bad_alloc",
)
OUT_OF_MEMORY = "Try fewer workers (--workers 1), smaller batches (NEWSLEDGER_BATCH_DOCUMENTS=100), or a machine or limit with more memory: what was finished is kept."
_DISK_ERRORS = re.compile(r"No space left on device|Disk quota exceeded|database or disk is full|File too large", re.I)
_PERMISSION_ERRORS = re.compile(
    r"Permission denied|Read-only file system|readonly database|Operation not permitted", re.I
)
_LOCALE_ERRORS = re.compile(r"'(?:ascii|latin-1|iso\S{1,12}|cp\d{3,4}|charmap)' codec can't encode", re.I)
# Less than a step writes at once: where so little is left, that is likely why it failed.
_LITTLE_ROOM = 32_000_000


class RunFailed(Explained, RuntimeError):
    """A run of the pipeline failed; the warehouse is as it was before."""


@contextmanager
def explained(settings: Settings) -> Iterator[None]:
    """Raises RunFailed where files of the warehouse, or Dagster's records of the run, cannot be written.

    Dagster's are often the first that a full disk meets; what it writes of that on stderr, a page of SQL, is left out.
    """
    assert settings.dagster_home is not None
    before = versions.current(settings.warehouse)
    try:
        with redirect_stderr(cast("IO[str]", _WithoutSql(sys.stderr))):
            yield
    except DatabaseError as error:
        told = f"Dagster's records in {settings.dagster_home} could not be written: {error.orig}."
        hint = (
            hint_of(str(error.orig), settings.dagster_home)
            or "Look at that folder's permissions and its disk, and run again."
        )
        raise RunFailed(f"{told}\n{hint}\n{_what_stands(settings.warehouse, before)}") from error
    except OSError as error:
        hint = hint_of(str(error), settings.warehouse)
        if not hint:
            raise
        raise RunFailed(f"{error}\n{hint}\n{_what_stands(settings.warehouse, before)}") from error


class _WithoutSql:
    """A stream that drops what Dagster tells of an event that it could not write: the error itself is raised, and told once."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return len(text) if text.startswith("Exception while writing logger call") else self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def failure(event: dg.DagsterEvent, job: str, run_id: str, warehouse: Path, before: Version | None) -> RunFailed | None:
    """The error that tells of a step that failed; None where Dagster kept none. Its trace is a note, which `--debug` shows.

    `before` is the version that was current when the run began.

    What a full disk holds of the version that was being built is removed, since others may wait for the room.
    """
    error = event.step_failure_data.error
    if error is None:
        return None
    cause = error.cause or error
    message = without_class(cause.message.strip(), cause.cls_name)
    hint = hint_of(message, warehouse)
    if is_full(message, warehouse):
        files.remove_partials(warehouse)
    stands = f"{_what_stands(warehouse, before)} Details: run {run_id} in `newsledger ui`."
    found = RunFailed("\n".join(filter(None, [f"Step {event.step_key} of job {job} failed: {message}", hint, stands])))
    found.add_note(error.to_string())
    return found


def _what_stands(warehouse: Path, before: Version | None) -> str:
    now = versions.current(warehouse)
    return (
        "The warehouse is as it was."
        if now is None or now == before
        else f"Version {now.number} was published before that, whole."
    )


def hint_of(message: str, folder: Path) -> str:
    """What to do about an error of the machine under a run that writes to `folder`; empty where it is no such error."""
    if any(name in message for name in _MEMORY_ERRORS):
        return OUT_OF_MEMORY
    if _LOCALE_ERRORS.search(message):
        return "Names of files have letters that this process's locale does not know: run it with LC_ALL=C.UTF-8, or PYTHONUTF8=1 in its environment."
    if "File too large" in message:
        return "A limit on the size of files was reached: raise it (`ulimit -f unlimited`, or LimitFSIZE= of a unit) and run again."
    if is_full(message, folder):
        how = "is full" if _DISK_ERRORS.search(message) else "is nearly full, which may be why"
        free = shutil.disk_usage(folder).free / 1e6
        return f"The disk of {folder} {how} ({free:,.1f} MB are left): make room there and run again, it goes on from what was finished."
    if _PERMISSION_ERRORS.search(message):
        return f"Look at who owns {folder} and what lies in it, at its permissions, and at how its disk is mounted; then run again."
    return ""


def is_full(message: str, folder: Path) -> bool:
    """Whether an error came of a full disk: its message says so, or next to no room is left where `folder` lies."""
    return bool(_DISK_ERRORS.search(message)) or shutil.disk_usage(folder).free < _LITTLE_ROOM
