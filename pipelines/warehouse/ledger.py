"""The ledger of raw files: which files a warehouse has read, by content, and in which batches they lie.

A file is known by its content and name (`content_key`), not by its folder: a moved file is no new file, a
changed one is, and so is one that a mended reader reads otherwise. Kept as Parquet under `state/`; replaced whole.
"""

from __future__ import annotations

from collections.abc import Iterable
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
        "read_by": pl.String(),  # version of the stage `records` that read it
        "records_digest": pl.String(),  # of all that it gave
    }
)


def path(warehouse: Path) -> Path:
    return warehouse / "state" / "ledger.parquet"


def read(warehouse: Path) -> pl.DataFrame:
    """The ledger, empty where nothing was read yet."""
    file = path(warehouse)
    if not file.exists():
        return SCHEMA.to_frame()
    # Diagonal: a ledger written by an earlier version lacks newer columns.
    return pl.concat([SCHEMA.to_frame(), pl.read_parquet(file)], how="diagonal")


def write(ledger: pl.DataFrame, warehouse: Path) -> None:
    files.write_parquet(ledger.sort("source_path"), path(warehouse))


_STATE = {name: SCHEMA[name] for name in ("source_path", "size_bytes", "modified_ns")}


def states(files: Iterable[tuple[str, int | None, int | None]]) -> pl.DataFrame:
    """Path, size and time of files, by path; size and time are null of one that cannot be opened."""
    return pl.DataFrame(files, schema=_STATE, orient="row").sort("source_path")


def states_of(ledger: pl.DataFrame) -> pl.DataFrame:
    """The same of the files that a ledger has, as they were when they were read."""
    opened = pl.col("content_key").is_not_null()
    return ledger.select(
        "source_path", *(pl.when(opened).then(pl.col(name)).alias(name) for name in ("size_bytes", "modified_ns"))
    ).sort("source_path")


def content_key(sha256: str, source_path: str) -> str:
    """Identity of a file's content: its hash and its name without the folder."""
    return f"{sha256[:32]}:{PurePosixPath(source_path).name}"


# The same of the rows of a ledger (or of any frame with sha256 and source_path), as an expression.
CONTENT = pl.concat_str(pl.col("sha256").str.head(32), pl.lit(":"), pl.col("source_path").str.split("/").list.last())


def key_of_another_reading(content_key: str, reading: str) -> str:
    """Key of a file that gives other records than before, so that none of the earlier ones are taken for its own."""
    sha256, _, name = content_key.partition(":")
    return f"{sha256[:32]}.{reading}:{name}"


def live_batches(ledger: pl.DataFrame) -> list[str]:
    """Batches that hold records of files which are there, in the order they were made."""
    return sorted(set(ledger["batches"].explode().drop_nulls().to_list()))
