"""The parse of each document and what a reader says of it: the expensive steps, whose results are kept."""

import dagster as dg

from pipelines import progress
from pipelines.defs import ingest, metadata, partitions
from pipelines.defs.resources import Pipeline
from pipelines.settings import Settings
from pipelines.stages import batches, plan


@dg.asset(
    group_name="annotate",
    kinds={"spacy", "parquet"},
    deps=[ingest.documents],
    partitions_def=partitions.batches,
    backfill_policy=dg.BackfillPolicy.single_run(),
    code_version=plan.ANNOTATIONS.version(),
    owners=["team:data-engineering"],
)
def annotations(context: dg.AssetExecutionContext, pipeline: Pipeline) -> dg.MaterializeResult[None]:
    """Tokens, dependency trees, sentences and named entities, so that changed rules run without parsing again."""
    with pipeline.working(context) as engine:
        done = batches.annotate_batches(pipeline.warehouse_path, context.partition_keys, engine, progress.report)
    return dg.MaterializeResult(metadata=metadata.of_batches(context, done, engine))


@dg.asset(
    group_name="annotate",
    kinds={"onnx", "parquet"},
    deps=[annotations],
    partitions_def=partitions.batches,
    backfill_policy=dg.BackfillPolicy.single_run(),
    code_version=plan.READINGS.version(Settings().reader),
    owners=["team:language"],
)
def readings(context: dg.AssetExecutionContext, pipeline: Pipeline) -> dg.MaterializeResult[None]:
    """What the trained reader says of acts and sums, in words and probabilities; none where the setting names no reader."""
    with pipeline.working(context) as engine:
        done = batches.read_batches(
            pipeline.warehouse_path, context.partition_keys, engine, progress.report, pipeline.reader
        )
    return dg.MaterializeResult(metadata=metadata.of_batches(context, done, engine) | {"reader": pipeline.reader})
