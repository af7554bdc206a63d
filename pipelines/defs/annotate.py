"""The parse of each document: the dear step, kept."""

import dagster as dg

from pipelines import progress
from pipelines.defs import ingest, metadata, partitions
from pipelines.defs.resources import Pipeline
from pipelines.language import model
from pipelines.stages import batches


@dg.asset(
    group_name="annotate",
    kinds={"spacy", "parquet"},
    deps=[ingest.documents],
    partitions_def=partitions.batches,
    backfill_policy=dg.BackfillPolicy.single_run(),
    code_version=model.fingerprint(),
    owners=["team:data-engineering"],
)
def annotations(context: dg.AssetExecutionContext, pipeline: Pipeline) -> dg.MaterializeResult[None]:
    """Tokens, dependency trees, sentences and named entities, so that changed rules run without parsing again."""
    with pipeline.working(context) as engine:
        done = batches.annotate_batches(pipeline.warehouse_path, context.partition_keys, engine, progress.report)
    return dg.MaterializeResult(metadata=metadata.of_batches(context, done))
