"""The documents of a warehouse with their parses, for training: what `newsledger run` has stored by batch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl


def stored_documents(warehouse: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """(row of documents, row of annotations) of each parsed document once, a part of a batch at a time, in the batches' order.

    A document that was read again lies in two batches until the older one is cleared away: its last row counts.
    """
    parts = sorted((warehouse / "batches").glob("*/documents-*/part-*.parquet"))
    last: dict[str, Path] = {}
    for part in parts:
        last |= dict.fromkeys(pl.read_parquet(part, columns=["document_id"])["document_id"], part)
    for part in parts:
        # Parts of one batch have the same documents under the same name.
        found = sorted(part.parent.parent.glob(f"annotations-*/{part.name}"))
        parses = {row["document_id"]: row for path in found for row in pl.read_parquet(path).iter_rows(named=True)}
        for row in pl.read_parquet(part).iter_rows(named=True):
            if last[row["document_id"]] == part and row["document_id"] in parses:
                yield row, parses[row["document_id"]]
