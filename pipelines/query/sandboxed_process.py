"""The child process of `sandbox.py`: runs SQL that nobody has looked at, with everything else shut.

Run by path in an isolated interpreter, never imported by the package. Reads a request (a line of JSON) from stdin, and behind
it an Arrow IPC stream for each table of the user's own; writes
one Arrow IPC stream a result to stdout; an error goes as JSON to stderr, with exit status 1.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
import warnings
from typing import Any

BATCH_ROWS = 2_000


def _limit(memory_bytes: int, cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    # Should the parent die, its watch over the clock dies with it: processor time is bounded in any case.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    # No file may grow, whatever way to write one is found; pipes are not files.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _tables(con: Any) -> list[str]:
    query = "select table_name from information_schema.tables where table_schema = 'main'"
    with contextlib.suppress(Exception):
        return [row[0] for row in con.execute(query).fetchall()]
    return []


def open_locked(database: str, config: dict[str, Any]) -> Any:
    """A connection from which SQL reaches the tables of `database` and no file at all, not even that one.

    The path of an open database counts as allowed although external access is off: `COPY ... TO` with
    `use_tmp_file false` would overwrite it. So once it is open the file system is shut, then the configuration.
    """
    import duckdb

    con = duckdb.connect(database, read_only=True, config=config)
    con.execute("set disabled_filesystems = 'LocalFileSystem'")
    con.execute("set lock_configuration = true")
    return con


def result_of(con: Any, statement: Any) -> Any:
    """Run a statement; a reader of its result, or None where it has none to show."""
    import duckdb

    if statement.type == duckdb.StatementType.SELECT:
        return con.sql(statement.query).to_arrow_reader(BATCH_ROWS)
    only_rows = statement.expected_result_type == [duckdb.ExpectedResultType.QUERY_RESULT]
    # A PIVOT is parsed into several statements; what EXECUTE gives is known only when it has run.
    if only_rows or statement.type in {duckdb.StatementType.MULTI, duckdb.StatementType.EXECUTE}:
        return con.execute(statement).to_arrow_reader(BATCH_ROWS)
    con.execute(statement).fetchall()
    return None


def _run(request: dict[str, Any]) -> None:
    import duckdb
    import pyarrow as pa

    warnings.simplefilter("ignore")
    tables: list[str] = []
    try:
        con = open_locked(request["database"], request["config"])
        for name in request.get("own", ()):
            con.register(name, pa.ipc.open_stream(sys.stdin.buffer).read_all())
        tables = _tables(con)
        statements = duckdb.extract_statements(request["query"])
        output = pa.PythonFile(sys.stdout.buffer, mode="w")
        for number, statement in enumerate(statements, 1):
            reader = result_of(con, statement)
            if reader is None:
                continue
            if request["last_only"] and number < len(statements):
                reader.read_all()
                continue
            with pa.ipc.new_stream(output, reader.schema) as writer:
                for batch in reader:
                    writer.write_batch(batch)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        sys.exit(2)
    except BaseException as error:
        # Short enough for the pipe to take it whole while nobody reads.
        failure = {"kind": type(error).__name__, "message": str(error)[:8000], "tables": tables[:200]}
        sys.stderr.write("\n" + json.dumps(failure) + "\n")
        sys.stderr.flush()
        sys.exit(1)


if __name__ == "__main__":
    asked: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    _limit(asked["memory_bytes"], asked["cpu_seconds"])
    _run(asked)
