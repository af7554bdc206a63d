"""The warehouse's tables: actors matched across documents, everything checked against its contract."""

from collections.abc import Iterator
from datetime import UTC, datetime

import dagster as dg
import polars as pl

from pipelines import progress
from pipelines.defs import extract, ingest, lineage, metadata
from pipelines.defs.dead_runs import POOL
from pipelines.defs.resources import Pipeline
from pipelines.extract.frames import FACT_SCHEMAS
from pipelines.reader.interface import release_name
from pipelines.resolve import publication
from pipelines.resolve.final_tables import FinalTables
from pipelines.resolve.stage_results import StageResults
from pipelines.resolve.written_tables import write
from pipelines.stages import plan
from pipelines.tables import WAREHOUSE_TABLES
from pipelines.tables.contracts import check_contract
from pipelines.warehouse import audit, runs, versions


def key(table: str) -> dg.AssetKey:
    return dg.AssetKey(["tables", table])


def _deps(table: str) -> list[dg.AssetKey]:
    if table in ("raw_files", "runs"):
        return [ingest.raw_files.key]
    if table == "quarantine":
        return [ingest.raw_files.key, extract.key("sentences")]
    if table == "documents":
        return [ingest.documents.key]
    if table == "actors":
        return [extract.key("entities")]
    if table in ("aid_flows", "aid_flow_reports"):
        facts = ("financial_figures", "entities", "mentions")
        return [ingest.documents.key, *(extract.key(name) for name in facts)]
    found = [extract.key(table)] if table in FACT_SCHEMAS else []
    return found if table in ("sentences", "time_expressions", "quantities") else [*found, extract.key("entities")]


@dg.multi_asset(
    name="tables",
    pool=POOL,
    specs=[
        dg.AssetSpec(
            key(table),
            deps=_deps(table),
            description=schema.__doc__,
            group_name="resolve",
            kinds={"polars", "parquet"},
            code_version=plan.TABLES.version(),
            metadata={"dagster/column_schema": metadata.table_schema(schema)},
            owners=["team:data-engineering"],
        )
        for table, schema in WAREHOUSE_TABLES.items()
    ],
    check_specs=[
        dg.AssetCheckSpec(
            "contract",
            asset=key(table),
            blocking=True,
            description="Types, keys, ranges and codes of every column are as the table's schema says.",
        )
        for table in WAREHOUSE_TABLES
    ],
)
def tables(context: dg.AssetExecutionContext, pipeline: Pipeline) -> Iterator[dg.MaterializeResult[None]]:
    """Resolve identities over the whole corpus and write every table of the next version."""
    with pipeline.working(context):
        folder = versions.start_build(pipeline.warehouse_path) / versions.TABLES
        results = StageResults(pipeline.warehouse_path, pipeline.event_confidence, pipeline.reader)
        rows = write(FinalTables(results), folder, progress.report)
        found = audit.of_tables(folder)
        if found.quarantined is not None:
            metadata.warn_of_rows(context, found.quarantined)
            rows = audit.row_counts(folder)
        versions.note_build(pipeline.warehouse_path, publication.about(results, context.run_id))
        record = context.instance.get_run_record_by_id(context.run_id)
        began = datetime.fromtimestamp(record.start_time, UTC) if record and record.start_time else None
        runs.write_table(pipeline.warehouse_path, folder, context.run_id, rows, release_name(pipeline.reader), began)
        for table in WAREHOUSE_TABLES:
            path = folder / f"{table}.parquet"
            contract = found.contracts.get(table) or check_contract(table, pl.scan_parquet(path))
            shown = metadata.rows_of(path)
            yield dg.MaterializeResult(
                asset_key=key(table),
                metadata=shown | {"dagster/column_lineage": lineage.of_table(table)},
                check_results=[
                    dg.AssetCheckResult(
                        passed=contract.passed,
                        check_name="contract",
                        asset_key=key(table),
                        description=None if contract.passed else found.problem,
                        metadata={
                            "rows": shown["dagster/row_count"],
                            "failed rows by rule": dg.MetadataValue.md(contract.as_markdown()),
                        },
                    )
                ],
            )
