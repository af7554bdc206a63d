"""What assets show in the Dagster UI: row counts, previews, column schemas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dagster as dg
import dataframely as dy
import polars as pl

from pipelines.stages.batches import BatchResult

_PREVIEW_ROWS, _PREVIEW_CHARACTERS = 5, 80


def preview(frame: pl.LazyFrame | pl.DataFrame) -> dg.MarkdownMetadataValue:
    """The first rows as a Markdown table, long texts cut."""
    head = frame.lazy().head(_PREVIEW_ROWS).collect()
    lines = ["|" + "|".join(head.columns) + "|", "|" + "---|" * len(head.columns)]
    lines += ["|" + "|".join(_cell(v) for v in row) + "|" for row in head.iter_rows()]
    return dg.MetadataValue.md("\n".join(lines))


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    text = text.replace("|", "\\|").replace("\n", " ")
    return text if len(text) <= _PREVIEW_CHARACTERS else text[: _PREVIEW_CHARACTERS - 1] + "…"


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


def rows_of(path: Path) -> dict[str, Any]:
    """Row count, size and preview of a Parquet file."""
    frame = pl.scan_parquet(path)
    return {
        "dagster/row_count": frame.select(pl.len()).collect().item(),
        "bytes": path.stat().st_size,
        "preview": preview(frame),
    }


def of_batches(context: dg.AssetExecutionContext, results: list[BatchResult]) -> dict[str, Any]:
    """Totals of a stage over the batches of this run; each batch's own figures go to its partition."""
    made = [r for r in results if r.made_now]
    seconds = sum(r.seconds for r in made)
    documents = sum(r.documents for r in made)
    return {
        "batches": len(results),
        "batches made now": len(made),
        "documents": sum(r.documents for r in results),
        "rejected": sum(r.rejected for r in results),
        "seconds": round(seconds, 2),
        "documents a second": round(documents / seconds, 1) if seconds else None,
    }
