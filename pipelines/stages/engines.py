"""The engine that a setting names, for the length of a run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.stages.engine import Engine, LocalEngine, SerialEngine


@contextmanager
def engine(kind: str, workers: int, ray_address: str | None = None) -> Iterator[Engine]:
    """An engine for the length of a run."""
    running: Engine
    if kind == "ray":
        from pipelines.stages.ray_engine import RayEngine  # an extra: not loaded where it is not asked for

        running = RayEngine(ray_address, workers)
    else:
        running = SerialEngine() if kind == "serial" else LocalEngine(workers)
    try:
        yield running
    finally:
        running.close()
