"""Assets from raw files to clean documents."""

from datetime import UTC, date, datetime
from typing import Any

import dagster as dg
import polars as pl
from pydantic import Field

from pipelines import progress
from pipelines.defs import metadata, partitions
from pipelines.defs.resources import Pipeline
from pipelines.reading.sources import Sources
from pipelines.stages import batches, chrome, plan
from pipelines.stages.ingest import ingest
from pipelines.stages.records import REJECTED
from pipelines.warehouse import ledger, runs


class IngestConfig(dg.Config):
    """What an ingest looks at."""

    since: str | None = Field(
        default=None, description="Only files changed on or after this day (YYYY-MM-DD, UTC) are taken in."
    )
    again: bool = Field(default=False, description="Read known files again too, whatever version read them.")
    accept_removed: bool = Field(
        default=False, description="Believe that files were removed, however many of those known are not there."
    )
    only: list[str] = Field(
        default=[], description="Sources: folders below raw/ that are looked at; without any, everything is."
    )
    but: list[str] = Field(default=[], description="Folders below raw/ that are not looked at.")


def config_of(sources: Sources, **others: object) -> dict[str, Any]:
    """Configuration of a run of the job `ingest` over sources; `others` are further fields of `IngestConfig`."""
    return {"ops": {"raw_files": {"config": {"only": list(sources.only), "but": list(sources.but), **others}}}}


@dg.asset(
    group_name="ingest",
    kinds={"file", "parquet"},
    code_version=plan.RECORDS.version(),
    owners=["team:data-engineering"],
)
def raw_files(
    context: dg.AssetExecutionContext, config: IngestConfig, pipeline: Pipeline
) -> dg.MaterializeResult[None]:
    """Files under raw/, by content: new and changed ones, and those that another version read, are cut into batches; removed
    ones are forgotten."""
    started = datetime.now(UTC)
    sources = Sources(tuple(config.only), tuple(config.but))
    with pipeline.working(context):
        found = ingest(
            pipeline.raw_path,
            pipeline.warehouse_path,
            pipeline.batch_documents,
            pipeline.batch_bytes,
            progress.report,
            date.fromisoformat(config.since) if config.since else None,
            config.again,
            config.accept_removed,
            sources,
        )
        partitions.register(context.instance, found.live_batches)
        if found.is_change:
            runs.note_ingest(pipeline.warehouse_path, runs.Ingest(found.new, found.changed, found.removed))
    known = ledger.read(pipeline.warehouse_path)
    refused_files = known.filter(pl.col("reason").is_not_null()).sort("seen_at", descending=True)
    folder = pipeline.warehouse_path / "batches"
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": known.height,
            "sources": str(sources),
            "new": found.new,
            "changed": found.changed,
            "removed": found.removed,
            "moved": found.moved,
            "waiting": found.waiting,
            "read again": found.read_again,
            "read otherwise": found.otherwise,
            "records read": found.records,
            "rejected": found.rejected,
            "bytes read": found.bytes_read,
            "batches": len(found.live_batches),
            "new batches": len(found.batches),
            **metadata.quarantined(
                context,
                [folder / b / REJECTED for b in found.batches],
                refused_files.filter(pl.col("seen_at") >= started),
            ),
            **metadata.still_quarantined(
                [folder / b / REJECTED for b in reversed(found.live_batches) if b not in found.batches],
                refused_files.filter(pl.col("seen_at") < started),
                known["source_path"],
            ),
            "preview": metadata.preview(
                known.sort("seen_at", descending=True).select("source_path", "size_bytes", "records", "reason")
            ),
        }
    )


@dg.asset(group_name="ingest", kinds={"polars", "parquet"}, deps=[raw_files], owners=["team:data-engineering"])
def publisher_chrome(context: dg.AssetExecutionContext, pipeline: Pipeline) -> dg.MaterializeResult[None]:
    """Paragraphs that a publisher repeats over many documents (menus, notices), learnt from the whole corpus."""
    with pipeline.working(context):
        learned: pl.DataFrame = chrome.learn(pipeline.warehouse_path)
    return dg.MaterializeResult(metadata={"dagster/row_count": learned.height, "preview": metadata.preview(learned)})


@dg.asset(
    group_name="ingest",
    kinds={"polars", "parquet"},
    deps=[raw_files, publisher_chrome],
    partitions_def=partitions.batches,
    code_version=plan.DOCUMENTS.version(),
    backfill_policy=dg.BackfillPolicy.single_run(),
    owners=["team:data-engineering"],
)
def documents(context: dg.AssetExecutionContext, pipeline: Pipeline) -> dg.MaterializeResult[None]:
    """Clean documents: title, dateline, byline and body told apart, chrome left out."""
    with pipeline.working(context) as engine:
        done = batches.clean_batches(pipeline.warehouse_path, context.partition_keys, engine, progress.report)
    return dg.MaterializeResult(metadata=metadata.of_batches(context, done, engine))
