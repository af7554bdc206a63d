"""The code location: all assets, checks, jobs, schedules and sensors, over given settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import dagster as dg

from pipelines.defs import alerts, annotate, automation, extract, housekeeping, ingest, marts, resolve, schedules
from pipelines.defs.resources import Folders, Pipeline
from pipelines.settings import Settings


def _with_freshness(hours: float) -> Callable[[dg.AssetSpec], dg.AssetSpec]:
    """What is made from whatever came has no age of its own; that raw/ is looked at every day is what can be late.

    The nightly run ingests every day even where nothing is new; raw_files is made by each.
    """
    late = timedelta(hours=hours)
    policy = dg.FreshnessPolicy.time_window(warn_window=late, fail_window=2 * late)

    def changed(spec: dg.AssetSpec) -> dg.AssetSpec:
        if spec.key == ingest.raw_files.key:
            watched: dg.AssetSpec = dg.apply_freshness_policy(spec, policy)
            return watched
        return spec

    return changed


def build_defs(settings: Settings | None = None) -> dg.Definitions:
    """The code location over given settings, so that tests and commands can assemble it over other folders."""
    settings = settings or Settings()
    return dg.Definitions(
        assets=[
            ingest.raw_files,
            ingest.publisher_chrome,
            ingest.documents,
            annotate.annotations,
            annotate.readings,
            extract.facts,
            resolve.tables,
            marts.publish,
        ],
        jobs=[automation.ingest_job, automation.refresh_job, automation.publish_job, housekeeping.housekeeping],
        schedules=[*schedules.build_schedules(settings), housekeeping.weekly_housekeeping],
        sensors=[automation.raw_folder, automation.after_ingest, alerts.failure_alert],
        resources={
            "pipeline": Pipeline.of(settings),
            "folders": Folders(
                raw=str(settings.raw),
                warehouse=str(settings.warehouse),
                event_confidence=settings.event_confidence,
                reader=settings.reader,
                scheduled=list(settings.schedules),
            ),
            "alerts": alerts.Alerts.of(settings),
        },
        # Multiprocess execution starts a Python process a step (3 s each); the work spreads over cores by itself.
        executor=dg.in_process_executor,
    ).map_asset_specs(func=_with_freshness(settings.late_hours))
