"""Draws the progress of a run on stderr: bars on a terminal, a line a finished stage elsewhere."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn


class RunProgress:
    """A watcher for a run: call it as `pipelines.progress.Progress`, use it as a context."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bars = Progress(
            SpinnerColumn(), TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(),
            TimeElapsedColumn(), TextColumn("{task.fields[note]}", style="dim"),
            console=console, disable=not console.is_terminal,
        )  # fmt: skip
        self._tasks: dict[str, TaskID] = {}
        self._started: dict[str, float] = {}
        self._finished: set[str] = set()

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def __call__(self, stage: str, done: int, total: int | None, note: str = "") -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total, note=note)
            self._started[stage] = time.monotonic()
            if total is None:
                self._line(f"{stage} {note}".rstrip())
        self._bars.update(self._tasks[stage], completed=done, total=total, note=note)
        if total is not None and done >= total and stage not in self._finished:
            self._finished.add(stage)
            seconds = time.monotonic() - self._started[stage]
            self._line(f"{stage} {done:,}/{total:,} in {seconds:.1f} s {note}".rstrip())

    def _line(self, text: str) -> None:
        if not self._console.is_terminal:
            self._console.print(text, soft_wrap=True, markup=False, highlight=False)
