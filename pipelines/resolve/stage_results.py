"""The stage results of all live batches as lazy frames: what resolution and the final tables start from."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cached_property
from pathlib import Path

import polars as pl

from pipelines.extract.frames import FACT_SCHEMAS
from pipelines.stages import batches, chrome
from pipelines.stages.folders import StageFolder
from pipelines.stages.ingest import REJECTED, REJECTED_SCHEMA, REPEATED, REPEATED_SCHEMA
from pipelines.stages.shards import DOCUMENT_SCHEMA
from pipelines.warehouse import ledger


class StageResults:
    """Lazy access to documents, facts and refusals of the batches that are live, live files only.

    A document that lies in two batches (the same record in two files) is taken from the first.
    Events below `event_confidence` (the setting of that name) are left out, and so is who takes part in them.
    Raises FileNotFoundError, naming stage and batch, where a stage was not run.
    """

    def __init__(self, warehouse: Path, event_confidence: float) -> None:
        self.event_confidence = event_confidence
        self.ledger = ledger.read(warehouse)
        self.batches = ledger.live_batches(self.ledger)
        learned = chrome.read(warehouse)
        self._documents: dict[str, StageFolder] = {}
        self._annotations: dict[str, StageFolder] = {}
        self._facts: dict[str, StageFolder] = {}
        for batch in self.batches:
            documents = batches.documents_folder(warehouse, batch, learned)
            annotations = batches.annotations_folder(documents)
            facts = batches.facts_folder(documents, annotations)
            facts.about()
            self._documents[batch], self._annotations[batch], self._facts[batch] = (
                documents,
                annotations,
                facts,
            )
        about = {b: json.loads((warehouse / "batches" / b / "batch.json").read_text()) for b in self.batches}
        self._read_at = {b: datetime.fromisoformat(a["read_at"]) for b, a in about.items()}
        self.fingerprints = [f"{b}:{f.fingerprint}" for b, f in self._facts.items()]

    def _live_files(self) -> pl.DataFrame:
        """One path for each content, the first by name."""
        return (
            self.ledger.filter(pl.col("content_key").is_not_null())
            .sort("source_path")
            .unique("content_key", keep="first", maintain_order=True)
            .select("content_key", "source_path")
        )

    def _repeated(self, batch: str) -> pl.LazyFrame:
        """Other places of a batch's records; a batch of an older version has none noted."""
        path = self._documents[batch].batch / REPEATED
        return pl.scan_parquet(path) if path.exists() else pl.LazyFrame(schema=REPEATED_SCHEMA)

    @cached_property
    def _chosen(self) -> pl.DataFrame:
        """document_id -> batch it is taken from, and the live file and record that it counts for."""
        columns = ("document_id", "content_key", "record_index")
        frames = []
        for batch, folder in self._documents.items():
            if folder.parts():
                own = pl.scan_parquet(folder.parts()).select(*columns)
                again = self._repeated(batch).select(*columns).join(own, on="document_id", how="semi")
                frames.append(pl.concat([own, again]).with_columns(batch=pl.lit(batch)))
        if not frames:
            return pl.DataFrame(
                schema=dict.fromkeys(columns, pl.String) | {"record_index": pl.Int64, "batch": pl.String}
            )
        return (
            pl.concat(frames)
            .join(self._live_files().lazy(), on="content_key", how="semi", maintain_order="left")
            .unique("document_id", keep="first", maintain_order=True)
            .collect()
        )

    def documents(self) -> pl.LazyFrame:
        """Clean documents with batch, the path where the file lies now, and when the batch was read."""
        frames = [
            pl.scan_parquet(f.parts()).with_columns(
                batch=pl.lit(b), ingested_at=pl.lit(self._read_at[b]).cast(pl.Datetime("us", "UTC"))
            )
            for b, f in self._documents.items()
            if f.parts()
        ]
        empty = pl.LazyFrame(schema=DOCUMENT_SCHEMA | {"batch": pl.String, "ingested_at": pl.Datetime("us", "UTC")})
        return (
            pl.concat(frames or [empty])
            .drop("source_path", "content_key", "record_index")
            .join(self._chosen.lazy(), on=["document_id", "batch"], maintain_order="left")
            .join(self._live_files().lazy(), on="content_key", how="left", maintain_order="left")
        )

    def facts(self, table: str) -> pl.LazyFrame:
        """One table of facts over all batches, documents that are live and each taken once."""
        frames = [
            pl.scan_parquet(f.path / f"{table}.parquet").with_columns(batch=pl.lit(b)) for b, f in self._facts.items()
        ]
        empty = pl.LazyFrame(schema=FACT_SCHEMAS[table] | {"batch": pl.String})
        found = (
            pl.concat(frames or [empty])
            .join(self._chosen.lazy(), on=["document_id", "batch"], how="semi", maintain_order="left")
            .drop("batch")
        )
        if table == "events":
            return found.filter(pl.col("confidence") >= self.event_confidence)
        if table == "event_actors":
            kept = self.facts("events").select("event_id")
            return found.join(kept, on="event_id", how="semi", maintain_order="left")
        return found

    def refusals(self) -> pl.DataFrame:
        """Everything that was put aside, at any stage, of files that are there: the quarantine."""
        frames = []
        for batch in self.batches:
            folders = (self._documents[batch], self._annotations[batch], self._facts[batch])
            paths = [f.path / REJECTED for f in folders] + [folders[0].batch / REJECTED]
            told = [pl.read_parquet(p) for p in paths]
            again = self._repeated(batch).collect()
            told += [_told_again(frame, again) for frame in told[:-1] if again.height]
            frames += [frame.with_columns(seen_at=pl.lit(self._read_at[batch])) for frame in told]
        empty = REJECTED_SCHEMA.to_frame().with_columns(seen_at=pl.lit(None).cast(pl.Datetime("us", "UTC")))
        whole_files = self.ledger.filter(pl.col("content_key").is_null()).select(
            "source_path",
            pl.lit(None, pl.Int64).alias("record_index"),
            pl.lit("read").alias("stage"),
            "reason",
            "detail",
            "seen_at",
        )
        columns = whole_files.columns
        found = (
            pl.concat([empty, *(f.cast({"seen_at": pl.Datetime("us", "UTC")}) for f in frames)])
            .drop("source_path")
            .join(self._live_files(), on="content_key")
            .select(columns)
        )
        return pl.concat([whole_files, found]).sort("source_path", "record_index", "stage")


def _told_again(refused: pl.DataFrame, repeated: pl.DataFrame) -> pl.DataFrame:
    """Refusals of records, for the other places that the same records lie in."""
    places = repeated.rename({"content_key": "other_key", "record_index": "other_index"}).drop("document_id")
    return (
        refused.join(
            places, left_on=["content_key", "record_index"], right_on=["kept_content_key", "kept_record_index"]
        )
        .with_columns(content_key=pl.col("other_key"), record_index=pl.col("other_index"))
        .select(refused.columns)
    )
