"""How long work tells how far it is: a callback that the CLI draws and everything else may ignore."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Protocol


class Progress(Protocol):
    """Called as `progress(stage, done, total, note)`; `total` is None where it is not known."""

    def __call__(self, stage: str, done: int, total: int | None, note: str = "") -> None: ...


def silent(stage: str, done: int, total: int | None, note: str = "") -> None:
    """Progress that nobody watches."""


# Who watches the work of this context. Assets run deep inside Dagster, which hands on resources by their
# configuration alone: a callback cannot go that way.
watcher: ContextVar[Progress] = ContextVar("watcher", default=silent)


def report(stage: str, done: int, total: int | None, note: str = "") -> None:
    """Tell whoever watches."""
    watcher.get()(stage, done, total, note)
