"""When things run: the jobs, a sensor on raw/, and the hand-over from ingest to refresh; schedules are `schedules`'."""

import dagster as dg
import polars as pl

from pipelines.defs import annotate, extract, ingest, marts, partitions, resolve
from pipelines.defs.resources import Folders
from pipelines.reading.files import list_files
from pipelines.reading.raw_place import exists
from pipelines.reading.records import Rejected
from pipelines.reading.sources import Sources
from pipelines.resolve import publication
from pipelines.settings import read_settings
from pipelines.stages import batch_folders, plan
from pipelines.stages.fingerprints import digest
from pipelines.warehouse import ledger

# By default every minute: often enough for "news at all hours", seldom enough that listing 100,000 files costs nothing
# that shows. Read once, when the code location is loaded.
_SETTINGS = read_settings()

ingest_job = dg.define_asset_job(
    "ingest",
    selection=dg.AssetSelection.assets(ingest.raw_files, ingest.publisher_chrome),
    description="Read what is new or changed under raw/ and cut it into batches. `refresh` follows by itself.",
)

refresh_job = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.assets(
        ingest.documents, annotate.annotations, annotate.readings, extract.facts, resolve.tables, marts.publish
    ),
    partitions_def=partitions.batches,
    description="Bring batches from records to facts and publish the warehouse.",
)

publish_job = dg.define_asset_job(
    "publish_only",
    selection=dg.AssetSelection.assets(resolve.tables, marts.publish),
    description="Publish the warehouse from the facts that are there: after a removed file or a changed mart.",
)


@dg.sensor(
    job=ingest_job,
    minimum_interval_seconds=_SETTINGS.sensor_seconds,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Starts an ingest when files under raw/ appear, change or go, but in folders that have a schedule of their own.",
)
def raw_folder(context: dg.SensorEvaluationContext, folders: Folders) -> dg.RunRequest | dg.SkipReason:
    """Compares names, sizes and times of files with the ledger, and the version of the reading code with the one that read
    them; the run key holds all this, so no state runs twice."""
    if not exists(folders.raw_path):
        return dg.SkipReason(f"There is no raw folder at {folders.raw}.")
    sources = Sources(but=tuple(folders.scheduled))
    seen = ledger.states(
        (f.source_path, None, None) if isinstance(f, Rejected) else (f.source_path, f.size, f.modified_ns)
        for f in list_files(folders.raw_path, sources)
    )
    known = ledger.read(folders.warehouse_path).filter(sources.of_rows())
    version = plan.RECORDS.version()
    by_another = known.filter(pl.col("sha256").is_not_null() & pl.col("read_by").ne_missing(version)).height
    if seen.equals(ledger.states_of(known)) and not by_another:
        left_out = f" Not looked into, since scheduled on their own: {', '.join(sources.but)}." if sources else ""
        return dg.SkipReason(f"All {seen.height} files under raw/ are loaded as they are.{left_out}")
    # The ledger's time too: files that went and came back as they were are a state that was asked for before.
    path = ledger.path(folders.warehouse_path)
    changed = path.stat().st_mtime_ns if path.exists() else 0
    return dg.RunRequest(run_key=digest(changed, version, *seen.iter_rows()), run_config=ingest.config_of(sources))


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    monitored_jobs=[ingest_job],
    request_jobs=[refresh_job, publish_job],
    default_status=dg.DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=min(10, _SETTINGS.sensor_seconds),
    description="After an ingest: refreshes the batches that are out of date, or publishes what changed.",
)
def after_ingest(context: dg.RunStatusSensorContext, folders: Folders) -> dg.RunRequest | dg.SkipReason:
    """Asks for one run over the stretch of batches that are out of date by input, code or model."""
    warehouse = folders.warehouse_path
    live = ledger.live_batches(ledger.read(warehouse))
    stale = batch_folders.out_of_date(warehouse, live, folders.reader)
    run_key = f"after-{context.dagster_run.run_id}"
    if stale:
        return dg.RunRequest(run_key=run_key, job_name=refresh_job.name, tags=partitions.range_tags(stale, live))
    if publication.is_current(warehouse, folders.event_confidence, folders.reader):
        return dg.SkipReason("The published warehouse is up to date.")
    return dg.RunRequest(run_key=run_key, job_name=publish_job.name)
