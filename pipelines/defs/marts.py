"""The database that analysts open, and its marts: built in a folder of its own, checked, made current."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import dagster as dg
import polars as pl

from pipelines import progress
from pipelines.defs import lineage, metadata, resolve
from pipelines.defs.dead_runs import POOL
from pipelines.defs.resources import Pipeline
from pipelines.tables import WAREHOUSE_TABLES
from pipelines.warehouse import anomalies, audit, checks, database, remote, runs, sql_models, unusual_rows, versions
from pipelines.warehouse.part_changes import PartChanges

DATABASE = dg.AssetKey("newsledger_duckdb")
_MARTS = sql_models.models("marts")
_CHECKS = {c.name: c.question for c in sql_models.models("checks")} | {
    name: name.replace("_", " ") for name in checks.BUILT_IN_CHECKS
}
_WARNINGS = {w.name: w.question for w in sql_models.models("warnings")}


def mart_key(name: str) -> dg.AssetKey:
    return dg.AssetKey(["marts", name])


@dg.multi_asset(
    name="publish",
    pool=POOL,
    specs=[
        dg.AssetSpec(
            DATABASE,
            deps=[resolve.key(table) for table in WAREHOUSE_TABLES],
            description="The DuckDB database: every table, keys, comments; swapped in when all checks hold.",
            group_name="publish",
            kinds={"duckdb"},
            owners=["team:data-engineering"],
        ),
        *(
            dg.AssetSpec(
                mart_key(mart.name),
                deps=[resolve.key(t) for t in lineage.tables_of(mart)],
                description=mart.question,
                group_name="marts",
                kinds={"duckdb", "sql"},
                owners=["team:analysis"],
            )
            for mart in _MARTS
        ),
    ],
    check_specs=[
        *(dg.AssetCheckSpec(n, asset=DATABASE, blocking=True, description=d) for n, d in _CHECKS.items()),
        *(dg.AssetCheckSpec(n, asset=DATABASE, description=d) for n, d in (_WARNINGS | anomalies.DESCRIPTIONS).items()),
    ],
)
def publish(
    context: dg.AssetExecutionContext, pipeline: Pipeline
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Build the database in a folder of its own, run `sql/checks` on it, and make it the current version."""
    warehouse = pipeline.warehouse_path
    with pipeline.working(context):
        started = time.perf_counter()
        progress.report("publish", 0, 2)
        folder = versions.build_folder(warehouse)
        found = audit.of_database(folder / versions.DATABASE, versions.current(warehouse))
        rows = found.rows
        progress.report("publish", 1, 2, "database built and checked")
        for name in _CHECKS:
            yield dg.AssetCheckResult(
                passed=not found.failed[name],
                check_name=name,
                asset_key=DATABASE,
                metadata={"examples": _listed(found.failed[name])},
            )
        if found.broken:
            first = found.broken[0]
            raise dg.Failure(
                f"Not published, the version before stays: {', '.join(found.broken)} failed, e.g. {found.failed[first][0]}. "
                f"{found.problem or ''} See sql/checks for what each asks."
            )
        if found.quarantined is not None:
            metadata.warn_of_rows(context, found.quarantined)
        yield from _warnings(folder, found.changes)
        # Before anybody else can open it: another program may hold a published database for itself.
        shown = {
            mart.name: database.first_rows(folder / versions.DATABASE, mart.name, 5 if mart.name in rows else 0)
            for mart in _MARTS
        }
        version = versions.publish(warehouse, versions.build_notes(warehouse), pipeline.keep_versions)
        runs.keep(warehouse, version.tables / "runs.parquet")
        published_as = (
            remote.publish(version, pipeline.publish_to, pipeline.keep_versions) if pipeline.publish_to else None
        )
        progress.report("publish", 2, 2, f"version {version.number}")
        seconds = round(time.perf_counter() - started, 2)
        for mart in _MARTS:
            yield dg.MaterializeResult(
                asset_key=mart_key(mart.name),
                metadata={
                    **(
                        {"dagster/row_count": rows[mart.name], "preview": metadata.preview(shown[mart.name])}
                        if mart.name in rows
                        else {}
                    ),
                    "sql": dg.MetadataValue.md(f"```sql\n{mart.query}\n```"),
                    "dagster/column_lineage": lineage.of_mart(mart),
                    "dagster/column_schema": metadata.view_schema(mart.columns, shown[mart.name].schema),
                },
            )
        yield dg.MaterializeResult(
            asset_key=DATABASE,
            metadata={
                "version": version.number,
                "path": dg.MetadataValue.path(str(version.database)),
                "bytes": version.database.stat().st_size,
                "seconds": seconds,
                **({"published at": f"{pipeline.publish_to}#{published_as}"} if published_as else {}),
                **{f"rows {table}": count for table, count in rows.items()},
            },
        )


def _warnings(folder: Path, changes: PartChanges | None) -> Iterator[dg.AssetCheckResult]:
    """What deserves a look: rows that `sql/warnings` finds, and what is unlike the runs before."""
    for name, (count, rows) in unusual_rows.find(folder / versions.DATABASE, changes).items():
        yield dg.AssetCheckResult(
            passed=not count,
            check_name=name,
            asset_key=DATABASE,
            severity=dg.AssetCheckSeverity.WARN,
            metadata={"rows found": count, "examples": _listed(rows)},
        )
    unusual = anomalies.find(pl.read_parquet(folder / versions.TABLES / "runs.parquet"))
    for name in anomalies.DESCRIPTIONS:
        yield dg.AssetCheckResult(
            passed=name not in unusual,
            check_name=name,
            asset_key=DATABASE,
            severity=dg.AssetCheckSeverity.WARN,
            description=unusual.get(name),
        )


def _listed(rows: Sequence[tuple[object, ...]]) -> dg.MarkdownMetadataValue:
    return dg.MetadataValue.md("\n".join(f"    {row}" for row in rows) or "none")
