"""The stage results of all live batches as lazy frames: what resolution and the final tables start from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

import polars as pl

from pipelines.extract.frames import FACT_SCHEMAS
from pipelines.stages import batches, chrome
from pipelines.stages.folders import StageFolder
from pipelines.stages.ingest import REJECTED, REJECTED_SCHEMA
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

    def _scan(self, files: Sequence[tuple[str, Path]], schema: pl.Schema) -> pl.LazyFrame:
        """Rows of the files, in their order, with the batch of each. One scan: a union of hundreds costs more than
        the reading."""
        if not files:
            return pl.LazyFrame(schema=schema | {"batch": pl.String()})
        batch_of = pl.LazyFrame(
            {"_file": [str(file) for _, file in files], "batch": [batch for batch, _ in files]},
            schema={"_file": pl.String, "batch": pl.String},
        )
        return (
            pl.scan_parquet([file for _, file in files], include_file_paths="_file")
            .join(batch_of, on="_file", how="left", maintain_order="left")
            .drop("_file")
        )

    def _document_rows(self) -> pl.LazyFrame:
        return self._scan([(b, part) for b, f in self._documents.items() for part in f.parts()], DOCUMENT_SCHEMA)

    @cached_property
    def _choice(self) -> tuple[pl.DataFrame, bool]:
        """The documents that are chosen, and whether any is left out: of a file that is gone, or there twice."""
        rows = self._document_rows().select("document_id", "content_key", "batch").collect()
        chosen = rows.join(self._live_files(), on="content_key", how="semi", maintain_order="left").unique(
            "document_id", keep="first", maintain_order=True
        )
        return chosen.select("document_id", "batch"), chosen.height < rows.height

    def _pick(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        """Rows of the chosen documents, each from the batch it is taken from. As a rule that is all of them."""
        chosen, is_part = self._choice
        if not is_part:
            return rows
        return rows.join(chosen.lazy(), on=["document_id", "batch"], how="semi", maintain_order="left")

    @cached_property
    def told(self) -> pl.DataFrame:
        """What is asked of documents beside their text: day, copies, the file they came from."""
        columns = ["document_id", "content_key", "published_on", "text_sha256", "minhash", "shingles"]
        return self.documents().select(columns).collect()

    def _read_times(self) -> pl.LazyFrame:
        """Batch -> when it was read."""
        return pl.LazyFrame(
            {"batch": list(self._read_at), "seen_at": list(self._read_at.values())},
            schema={"batch": pl.String, "seen_at": pl.Datetime("us", "UTC")},
        )

    def documents(self) -> pl.LazyFrame:
        """Clean documents with batch, the path where the file lies now, and when the batch was read."""
        read_at = self._read_times().rename({"seen_at": "ingested_at"})
        found = self._pick(self._document_rows())
        if self._choice[1]:
            found = found.unique("document_id", keep="first", maintain_order=True)
        return (
            found.drop("source_path")
            .join(read_at, on="batch", how="left", maintain_order="left")
            .join(self._live_files().lazy(), on="content_key", how="left", maintain_order="left")
        )

    def facts(self, table: str) -> pl.LazyFrame:
        """One table of facts over all batches, documents that are live and each taken once."""
        files = [(b, f.path / f"{table}.parquet") for b, f in self._facts.items()]
        found = self._pick(self._scan(files, FACT_SCHEMAS[table])).drop("batch")
        if table == "events":
            return found.filter(pl.col("confidence") >= self.event_confidence)
        if table == "event_actors":
            kept = self.facts("events").select("event_id")
            return found.join(kept, on="event_id", how="semi", maintain_order="left")
        return found

    @cached_property
    def refusals(self) -> pl.DataFrame:
        """Everything that was put aside, at any stage, of files that are there: the quarantine."""
        paths = []
        for batch in self.batches:
            folders = (self._documents[batch], self._annotations[batch], self._facts[batch])
            paths += [(batch, f.path / REJECTED) for f in folders] + [(batch, folders[0].batch / REJECTED)]
        put_aside = self._scan(paths, REJECTED_SCHEMA).join(self._read_times(), on="batch", how="left").drop("batch")
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
            put_aside.drop("source_path")
            .join(self._live_files().lazy(), on="content_key", maintain_order="left")
            .select(columns)
            .collect()
        )
        return pl.concat([whole_files, found]).sort("source_path", "record_index", "stage", "reason", "detail")
