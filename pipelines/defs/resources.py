"""The resources: where raw files and warehouse lie, and what holds the warehouse while a run works on it."""

from __future__ import annotations

import contextlib
import errno
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
from pydantic import PrivateAttr

from pipelines import logs
from pipelines.defs.dead_runs import free_dead_slots
from pipelines.reader.interface import ENCODER
from pipelines.reading.raw_place import RawPlace, raw_place
from pipelines.settings import Settings
from pipelines.stages.engine import Engine
from pipelines.stages.engines import engine
from pipelines.warehouse import lease, remote
from pipelines.warehouse.lock import run_lock

# What passes by itself: a network file system that hung, a busy device. A full disk does not.
_PASSING = {errno.EIO, errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.ESTALE, errno.ETIMEDOUT, errno.ENETUNREACH}
RETRIES, FIRST_WAIT_SECONDS = 3, 2.0


class Folders(dg.ConfigurableResource[Any]):
    """Where raw files and warehouse lie and what is published of them: all that a sensor needs to look at."""

    raw: str
    warehouse: str
    event_confidence: float = 0.32
    reader: str = ENCODER
    scheduled: list[str] = []  # sources that are loaded at their own times

    @property
    def raw_path(self) -> RawPlace:
        return raw_place(self.raw)

    @property
    def warehouse_path(self) -> Path:
        return Path(self.warehouse)


class Pipeline(Folders):
    """Paths and switches for the assets; see `Settings` for their meaning.

    A run holds the warehouse's lock from its first step to its last, so no two runs ever interleave, and one set
    of worker processes serves all its steps.
    """

    engine: str = "local"
    ray_address: str | None = None
    workers: int = 2
    batch_documents: int = 500
    batch_bytes: int = 8_000_000
    keep_versions: int = 2
    publish_to: str | None = None
    _running: Engine | None = PrivateAttr(default=None)

    @classmethod
    def of(cls, settings: Settings) -> Pipeline:
        """The resource for given settings."""
        return cls(
            raw=str(settings.raw),
            warehouse=str(settings.warehouse),
            event_confidence=settings.event_confidence,
            reader=settings.reader,
            engine=settings.engine,
            ray_address=settings.ray_address,
            workers=settings.workers,
            batch_documents=settings.batch_documents,
            batch_bytes=settings.batch_bytes,
            keep_versions=settings.keep_versions,
            publish_to=settings.publish_to,
        )

    @contextlib.contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator[Pipeline, None, None]:
        """Held by Dagster for the length of a run (in-process executor: one process a run)."""

        def waiting(owner: str) -> None:
            if context.log is not None:
                context.log.warning(f"Another run ({owner}) works on {self.warehouse}: waiting for it to end.")
            logs.logger().warning("waiting for another run", owner=owner)

        with (
            logs.of_run(context.run_id or "none"),
            run_lock(self.warehouse_path, waiting),
            lease.held(self.publish_to, waiting),
            engine(self.engine, self.workers, self.ray_address) as running,
        ):
            logs.logger().info("run started", warehouse=self.warehouse, raw=self.raw, reader=self.reader)
            started = time.monotonic()
            if context.instance is not None:
                free_dead_slots(context.instance, context.run_id)
            if self.publish_to:
                remote.make_up(self.warehouse_path, self.publish_to, self.keep_versions)
            self._running = running
            yield self
            logs.logger().info("run ended", seconds=round(time.monotonic() - started, 1))

    @contextmanager
    def working(self, context: dg.AssetExecutionContext) -> Iterator[Engine]:
        """The run's engine for the length of a step; asks Dagster to try again, later and later, where I/O failed
        in a way that passes."""
        assert self._running is not None, "the resource was not set up by Dagster"
        try:
            yield self._running
        except OSError as error:
            if error.errno not in _PASSING:
                raise
            wait = FIRST_WAIT_SECONDS * 4**context.retry_number
            context.log.warning(f"{error}: trying again in {wait:.0f} s.")
            raise dg.RetryRequested(max_retries=RETRIES, seconds_to_wait=wait) from error
