"""Runs ad-hoc SQL in a child process that can read the warehouse and nothing else.

Read-only alone is not enough: `COPY ... TO` would overwrite the warehouse and `read_text` read any file. So the
configuration is locked, the operating system bounds memory and forbids writing files, and the child is killed
when its time is up (`repeat('x', 4000000000)` heeds neither DuckDB's memory limit nor an interrupt).
"""

from __future__ import annotations

import difflib
import io
import json
import os
import re
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Buffer, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipelines.query.published import LOCKED, QueryProblem, database_path

CHILD = Path(__file__).with_name("sandboxed_process.py")
# Programs and libraries must be found; nothing else of the environment is the query's business.
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT")
SMALLEST_MEMORY_MB = 512


@dataclass(frozen=True)
class Limits:
    """What one request may use: seconds of work (not counting a slow reader's), and memory of the process."""

    seconds: float = 60.0
    memory_mb: int = 3072
    threads: int = 2


class _TimedPipe(io.RawIOBase):
    """The child's output. Time spent waiting for it counts against the budget; time we take ourselves does not."""

    def __init__(self, descriptor: int, seconds: float) -> None:
        super().__init__()
        self._descriptor, self._left = descriptor, seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer).cast("B")
        started = time.monotonic()
        ready, _, _ = select.select([self._descriptor], [], [], max(self._left, 0))
        self._left -= time.monotonic() - started
        if not ready:
            raise TimeoutError
        data = os.read(self._descriptor, len(view))
        view[: len(data)] = data
        return len(data)


@contextmanager
def results(
    warehouse: Path,
    query: str,
    limits: Limits | None = None,
    *,
    last_only: bool = False,
    own: Mapping[str, pa.Table] | None = None,
) -> Iterator[Iterator[pa.RecordBatchReader]]:
    """Run SQL and yield its results, one reader a statement that has one, as they come.

    Each request has a process and a connection of its own: nothing it makes or sets outlives it. Several
    statements share them. `own` are tables of the user's to join with. Read one result to its end before the next. Raises QueryProblem for everything that
    the query or its limits bring about.
    """
    limits = limits or Limits()
    if limits.memory_mb < SMALLEST_MEMORY_MB or limits.seconds <= 0:
        raise QueryProblem(f"A query needs at least {SMALLEST_MEMORY_MB} MB of memory and some time.")
    request = _request(database_path(warehouse), query, limits, last_only, list(own or {}))
    with tempfile.TemporaryFile() as asked:
        asked.write(request + b"\n")
        for table in (own or {}).values():
            with pa.ipc.new_stream(asked, table.schema) as writer:
                writer.write_table(table)
        asked.seek(0)
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and file
            [sys.executable, "-I", str(CHILD)],
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={k: v for k, v in os.environ.items() if k in PASSED_ON},
            start_new_session=True,
        )
        assert child.stdout is not None
        assert child.stderr is not None
        try:
            pipe = io.BufferedReader(_TimedPipe(child.stdout.fileno(), limits.seconds), 1 << 16)
            yield _streams(pipe, child, limits)
        except TimeoutError:
            raise QueryProblem(
                f"The query was stopped after {limits.seconds:g} s. Narrow it, or give it more time with --timeout."
            ) from None
        finally:
            child.kill()
            child.wait()
            child.stdout.close()
            child.stderr.close()


def _request(database: Path, query: str, limits: Limits, last_only: bool, own: list[str]) -> bytes:
    config = LOCKED | {
        # The process needs room of its own; without a folder to spill to, nothing is written anywhere.
        "memory_limit": f"{limits.memory_mb // 2}MB",
        "temp_directory": "",
        "threads": limits.threads,
    }
    request = {
        "database": str(database),
        "query": query,
        "config": config,
        "last_only": last_only,
        "own": own,
        "memory_bytes": limits.memory_mb << 20,
        "cpu_seconds": int(limits.seconds * limits.threads) + 5,
    }
    return json.dumps(request).encode("utf8")


def _streams(
    pipe: io.BufferedReader[_TimedPipe], child: subprocess.Popen[bytes], limits: Limits
) -> Iterator[pa.RecordBatchReader]:
    try:
        while pipe.peek(1):
            # Without read-ahead: the next result follows in the same pipe.
            reader = pa.ipc.open_stream(pipe)
            yield _Whole(reader)
    except (pa.ArrowInvalid, EOFError, OSError) as error:
        if isinstance(error, TimeoutError):
            raise
        _raise_problem(child, limits, str(error))
    _raise_problem(child, limits, None)


class _Whole:
    """A result's reader. Read to the end it leaves the pipe at the next result."""

    def __init__(self, reader: pa.RecordBatchReader) -> None:
        self._reader = reader
        self.schema: pa.Schema = reader.schema

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        return iter(self._reader)


def _raise_problem(child: subprocess.Popen[bytes], limits: Limits, broken: str | None) -> None:
    """Raise what the child said, or what its end means; return where all went well."""
    try:
        status = child.wait(timeout=5)
    except subprocess.TimeoutExpired:
        status = -9
    if status == 0 and broken is None:
        return
    assert child.stderr is not None
    lines = child.stderr.read().decode("utf8", "replace").strip().splitlines()
    try:
        error = json.loads(lines[-1])
        kind, message, tables = error["kind"], error["message"], error["tables"]
    except (IndexError, ValueError, KeyError, TypeError):
        kind, message, tables = "", "", []
    if kind in {"OutOfMemoryException", "MemoryError"} or not message or "bad_alloc" in message:
        raise QueryProblem(
            f"The query needs more memory than it may use ({limits.memory_mb} MB)"
            + (f": {message.splitlines()[0]}" if message else ".")
            + "\nNarrow it (fewer columns, a filter, limit), or give it more with --memory."
        )
    raise QueryProblem(explained(kind, message, tables))


def explained(kind: str, message: str, tables: list[str]) -> str:
    """DuckDB's message with what to do added."""
    unknown = re.search(r"Table with name \"?([^\s\"]+)\"? does not exist", message)
    if unknown:
        # DuckDB proposes its own internal tables too: names of the warehouse serve better.
        message = re.sub(r"\nDid you mean [^\n]*", "", message)
        near = difflib.get_close_matches(unknown[1].lower().split(".")[-1], tables, n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"Tables: {', '.join(sorted(tables))}."
        return f"{message}\n{hint}"
    shut = ("disabled by configuration", "read-only mode", "has been locked", "disabled through configuration")
    if kind == "PermissionException" or any(words in message for words in shut):
        return f"{message}\nAd-hoc SQL reads the tables of the warehouse and nothing else (`.tables` lists them)."
    return message
