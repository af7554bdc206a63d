"""The one resource: where raw files and warehouse lie and how work is spread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from pipelines.settings import Settings
from pipelines.stages.engine import Engine, engine
from pipelines.warehouse.lock import run_lock


class Pipeline(dg.ConfigurableResource[None]):
    """Paths and switches for the assets; see `Settings` for their meaning."""

    raw: str
    warehouse: str
    engine: str = "local"
    workers: int = 2
    batch_documents: int = 500
    batch_bytes: int = 8_000_000
    keep_versions: int = 2

    @classmethod
    def of(cls, settings: Settings) -> Pipeline:
        """The resource for given settings."""
        return cls(
            raw=str(settings.raw),
            warehouse=str(settings.warehouse),
            engine=settings.engine,
            workers=settings.workers,
            batch_documents=settings.batch_documents,
            batch_bytes=settings.batch_bytes,
            keep_versions=settings.keep_versions,
        )

    @property
    def raw_path(self) -> Path:
        return Path(self.raw)

    @property
    def warehouse_path(self) -> Path:
        return Path(self.warehouse)

    @contextmanager
    def working(self, log: dg.DagsterLogManager) -> Iterator[Engine]:
        """Hold the warehouse's lock and an engine for the length of a step."""

        def waiting(owner: str) -> None:
            log.warning(f"Another run ({owner}) works on {self.warehouse}: waiting for it to end.")

        with run_lock(self.warehouse_path, waiting), engine(self.engine, self.workers) as running:
            yield running
