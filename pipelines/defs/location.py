"""The code location: all assets, checks, jobs, schedules and sensors, over given settings."""

from __future__ import annotations

import dagster as dg

from pipelines.defs import annotate, automation, extract, ingest, marts, resolve
from pipelines.defs.resources import Folders, Pipeline
from pipelines.settings import Settings


def build_defs(settings: Settings | None = None) -> dg.Definitions:
    """The code location over given settings, so that tests and commands can assemble it over other folders."""
    settings = settings or Settings()
    return dg.Definitions(
        assets=[
            ingest.raw_files,
            ingest.publisher_chrome,
            ingest.documents,
            annotate.annotations,
            extract.facts,
            resolve.tables,
            marts.publish,
        ],
        jobs=[automation.ingest_job, automation.refresh_job, automation.publish_job],
        schedules=[automation.nightly],
        sensors=[automation.raw_folder, automation.after_ingest],
        resources={
            "pipeline": Pipeline.of(settings),
            "folders": Folders(raw=str(settings.raw), warehouse=str(settings.warehouse)),
        },
        # Multiprocess execution starts a Python process a step (3 s each); the work spreads over cores by itself.
        executor=dg.in_process_executor,
    )
