"""What the services write of their work: a JSON object a line on stderr, from every process, workers too.

Nothing is written unless `NEWSLEDGER_LOG` is `json` (for a journal or a collector) or `text` (for eyes): who runs a command
has its progress and its summary. What belongs here: setting it up, and context that all lines of a run share. What does not:
what is told of rows and refusals to users (`quarantine`, `status`), and Dagster's own records of its runs.

A line has `time` (UTC), `level`, `event` (a few fixed words), `run` where a run is on, and the numbers and names that go with
the event. Texts of documents and settings' values are not logged.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import structlog

Mode = Literal["none", "json", "text"]
Level = Literal["debug", "info", "warning", "error"]
_set_up: tuple[Mode, Level] = ("none", "info")


def _nothing(*_: object) -> structlog.typing.EventDict:
    raise structlog.DropEvent


def configure(mode: Mode = "none", level: Level = "info") -> None:
    """Set up this process's log; the last call counts."""
    global _set_up
    _set_up = (mode, level)
    shape: list[structlog.typing.Processor] = (
        [structlog.dev.ConsoleRenderer(colors=False)]
        if mode == "text"
        else [structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer(ensure_ascii=False, default=str)]
    )
    structlog.configure(
        processors=[
            *([_nothing] if mode == "none" else []),
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            structlog.processors.CallsiteParameterAdder({structlog.processors.CallsiteParameter.PROCESS}),
            *shape,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # Asked for at each line: Dagster and tests put another stderr in its place.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


def as_configured() -> tuple[Mode, Level, dict[str, object]]:
    """What `inherit` takes in a worker process: mode, level and the context of the run."""
    return *_set_up, dict(structlog.contextvars.get_contextvars())


def inherit(mode: Mode, level: Level, context: dict[str, object]) -> None:
    """Set up a worker's log like its parent's."""
    configure(mode, level)
    structlog.contextvars.bind_contextvars(**context)


@contextmanager
def of_run(run: str) -> Iterator[None]:
    """Every line within it names the run."""
    with structlog.contextvars.bound_contextvars(run=run):
        yield


def logger() -> structlog.typing.FilteringBoundLogger:
    """The log: `logger().info("shard done", batch=…)`."""
    log: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return log


configure()
