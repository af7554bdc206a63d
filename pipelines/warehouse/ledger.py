"""The ledger of raw files: which files a warehouse has read, by content, and in which batches they lie.

A file is known by its content and name (`content_key`), not by its folder: a moved file is no new file, a
changed one is. Kept as Parquet under `state/`; replaced whole.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import polars as pl

from pipelines.warehouse import files

SCHEMA = pl.Schema(
    {
        "source_path": pl.String(),
        "content_key": pl.String(),  # null where the file could not be opened
        "sha256": pl.String(),
        "size_bytes": pl.Int64(),
        "modified_ns": pl.Int64(),
        "records": pl.Int64(),
        "batches": pl.List(pl.String),
        "reason": pl.String(),  # of a file refused as a whole
        "detail": pl.String(),
        "seen_at": pl.Datetime("us", "UTC"),
    }
)


def path(warehouse: Path) -> Path:
    return warehouse / "state" / "ledger.parquet"


def read(warehouse: Path) -> pl.DataFrame:
    """The ledger, empty where nothing was read yet."""
    file = path(warehouse)
    return pl.read_parquet(file) if file.exists() else SCHEMA.to_frame()


def write(ledger: pl.DataFrame, warehouse: Path) -> None:
    files.write_parquet(ledger.sort("source_path"), path(warehouse))


def content_key(sha256: str, source_path: str) -> str:
    """Identity of a file's content: its hash and its name without the folder."""
    return f"{sha256[:32]}:{PurePosixPath(source_path).name}"


def live_batches(ledger: pl.DataFrame) -> list[str]:
    """Batches that hold records of files which are there, in the order they were made."""
    return sorted(set(ledger["batches"].explode().drop_nulls().to_list()))
