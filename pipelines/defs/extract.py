"""Facts of each document, a table an asset, all from one pass over parses and readings."""

from collections.abc import Iterator

import dagster as dg

from pipelines import progress
from pipelines.defs import annotate, metadata, partitions
from pipelines.defs.resources import Pipeline
from pipelines.extract.frames import FACT_SCHEMAS
from pipelines.stages import batches, plan

DESCRIPTIONS = {
    "sentences": "Sentences of the documents.",
    "entities": "Actors as one document tells them, before they are matched across documents.",
    "mentions": "Words that stand for an actor.",
    "events": "Political interactions (PLOVER), with time, place, factuality and attribution.",
    "event_actors": "Who takes part in each event, as source or recipient.",
    "financial_figures": "Amounts of money, with donor, recipient, purpose, stage, period and total.",
    "evidence": "What each filled field of events and figures rests on, and how sure it is.",
    "quotes": "Quotations and their speakers.",
    "time_expressions": "Dates, times and durations, resolved.",
    "quantities": "Counts and measures that are not money.",
}


def key(table: str) -> dg.AssetKey:
    return dg.AssetKey(["facts", table])


@dg.multi_asset(
    name="facts",
    specs=[
        dg.AssetSpec(
            key(table),
            deps=[annotate.annotations, annotate.readings],
            description=DESCRIPTIONS[table],
            group_name="extract",
            kinds={"python", "parquet"},
            code_version=plan.FACTS.version(),
            owners=["team:language"],
        )
        for table in FACT_SCHEMAS
    ],
    partitions_def=partitions.batches,
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def facts(context: dg.AssetExecutionContext, pipeline: Pipeline) -> Iterator[dg.MaterializeResult[None]]:
    """Extract from the stored parses and readings of the batches."""
    with pipeline.working(context) as engine:
        done = batches.extract_batches(
            pipeline.warehouse_path, context.partition_keys, engine, progress.report, pipeline.reader
        )
    totals = metadata.of_batches(context, done, engine)
    documents = totals["documents"] or 1
    for table in FACT_SCHEMAS:
        rows = sum(r.rows.get(table, 0) for r in done)
        yield dg.MaterializeResult(
            asset_key=key(table),
            metadata=totals | {"dagster/row_count": rows, "rows a document": round(rows / documents, 2)},
        )
