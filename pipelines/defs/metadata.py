"""What assets show in the Dagster UI: row counts, previews, column schemas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import dagster as dg
import dataframely as dy
import polars as pl

from pipelines.stages.batches import BatchResult
from pipelines.stages.engine import Engine
from pipelines.stages.records import REJECTED_SCHEMA
from pipelines.warehouse import parts

_PREVIEW_ROWS, _PREVIEW_CHARACTERS, _REFUSALS_SHOWN = 5, 80, 20


def preview(
    frame: pl.LazyFrame | pl.DataFrame, rows: int = _PREVIEW_ROWS, characters: int = _PREVIEW_CHARACTERS
) -> dg.MarkdownMetadataValue:
    """The first rows as a Markdown table, long texts cut."""
    head = frame.lazy().head(rows).collect()
    lines = ["|" + "|".join(head.columns) + "|", "|" + "---|" * len(head.columns)]
    lines += ["|" + "|".join(_cell(v, characters) for v in row) + "|" for row in head.iter_rows()]
    return dg.MetadataValue.md("\n".join(lines))


def _cell(value: Any, characters: int) -> str:
    text = "" if value is None else str(value)
    text = text.replace("|", "\\|").replace("\n", " ")
    return text if len(text) <= characters else text[: characters - 1] + "…"


def table_schema(schema: type[dy.Schema]) -> dg.TableSchema:
    """A contract as Dagster shows it: names, types, descriptions, which columns are the key."""
    empty = schema.create_empty().schema
    keys = set(schema.primary_key())
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name,
                str(empty[name]),
                description=column.description,
                constraints=dg.TableColumnConstraints(nullable=column.nullable, unique=name in keys and len(keys) == 1),
            )
            for name, column in schema.columns().items()
        ]
    )


def view_schema(described: Mapping[str, str], types: pl.Schema) -> dg.TableSchema:
    """Columns of a view, with what its SQL says of each."""
    return dg.TableSchema([dg.TableColumn(name, str(dtype), described.get(name)) for name, dtype in types.items()])


def rows_of(path: Path) -> dict[str, Any]:
    """Row count, size and preview of a table, and in how many parts it lies."""
    return {
        "dagster/row_count": parts.rows_of(path),
        "bytes": parts.bytes_of(path),
        "files": len(parts.files_of(path)),
        "preview": preview(pl.scan_parquet(path)),
    }


def quarantined(
    context: dg.AssetExecutionContext, files: Sequence[Path], whole_files: pl.DataFrame | None = None
) -> dict[str, Any]:
    """What this step refused, for the page of run and asset: a warning each in the log, a table in the metadata.

    `files` are Parquet files of REJECTED_SCHEMA; `whole_files` has the columns source_path, reason, detail.
    """
    rows = _refused(files, whole_files)
    for path, record, reason, detail in rows.iter_rows():
        context.log.warning(f"quarantined: {path}{'' if record is None else f'#{record}'}: {reason}: {detail}")
    return {"quarantined": preview(rows, rows=_REFUSALS_SHOWN, characters=300)} if rows.height else {}


def still_quarantined(files: Sequence[Path], whole_files: pl.DataFrame, there: pl.Series) -> dict[str, Any]:
    """What runs before this one refused of the files that are still `there`: the page shows the last run alone."""
    rows = _refused(files, whole_files, there)
    return {"still in quarantine": preview(rows, rows=_REFUSALS_SHOWN, characters=300)} if rows.height else {}


def _refused(files: Sequence[Path], whole_files: pl.DataFrame | None, there: pl.Series | None = None) -> pl.DataFrame:
    columns = ["source_path", "record_index", "reason", "detail"]
    wanted = pl.lit(True) if there is None else pl.col("source_path").is_in(there.implode())
    return pl.concat(
        [
            pl.DataFrame(schema={c: REJECTED_SCHEMA[c] for c in columns}),
            *(
                []
                if whole_files is None
                else [whole_files.with_columns(record_index=pl.lit(None, pl.Int64)).select(columns)]
            ),
            *(
                pl.scan_parquet(f).select(columns).filter(wanted).head(_REFUSALS_SHOWN).collect()
                for f in files[:_REFUSALS_SHOWN]
            ),
        ]
    ).head(_REFUSALS_SHOWN)


def warn_of_rows(context: dg.AssetExecutionContext, aside: pl.DataFrame) -> None:
    """A warning in the run's log for each row that was quarantined at publication."""
    for path, record, reason, detail in aside.select("source_path", "record_index", "reason", "detail").iter_rows():
        context.log.warning(f"quarantined: {path}#{record}: {reason}: {detail}")


def of_batches(context: dg.AssetExecutionContext, results: list[BatchResult], engine: Engine) -> dict[str, Any]:
    """Totals of a stage over the batches of this run, who worked on them, and what it refused."""
    made = [r for r in results if r.made_now]
    refused = [r.quarantine for r in made if r.rejected and r.quarantine is not None]
    seconds = sum(r.seconds for r in made)
    documents = sum(r.documents for r in made)
    return {
        "batches": len(results),
        "batches made now": len(made),
        "documents": sum(r.documents for r in results),
        "rejected": sum(r.rejected for r in results),
        "seconds": round(seconds, 2),
        "documents a second": round(documents / seconds, 1) if seconds else None,
        "seconds a document": round(seconds / documents, 4) if documents else None,
        **engine.about(),
        **quarantined(context, refused),
    }
