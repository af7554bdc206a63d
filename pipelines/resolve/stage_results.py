"""The stage results of all live batches as lazy frames: what resolution and the final tables start from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import copy
from datetime import datetime
from functools import cached_property
from pathlib import Path

import polars as pl

from pipelines.extract.frames import FACT_SCHEMAS
from pipelines.reader.interface import ENCODER
from pipelines.stages import batch_folders
from pipelines.stages.document_schema import DOCUMENT_SCHEMA
from pipelines.stages.fingerprints import digest
from pipelines.stages.records import ABOUT, REJECTED, REJECTED_SCHEMA, REPEATED, REPEATED_SCHEMA
from pipelines.tables import EVIDENCE_OF
from pipelines.warehouse import ledger


class StageResults:
    """Lazy access to documents, facts and refusals of the batches that are live, live files only.

    A document that lies in two batches (the same record in two files) is taken from the first.
    Events below `event_confidence` (the setting of that name) are left out, and so is who takes part in them.
    Raises FileNotFoundError, naming stage and batch, where a stage was not run.
    """

    def __init__(self, warehouse: Path, event_confidence: float, reader: str = ENCODER) -> None:
        self.warehouse, self.event_confidence, self.reader = warehouse, event_confidence, reader
        self.ledger = ledger.read(warehouse)
        self.batches = ledger.live_batches(self.ledger)
        self._folders = batch_folders.folders_of(warehouse, self.batches, reader)
        for folders in self._folders.values():
            folders.facts.about()
        about = {b: json.loads((warehouse / "batches" / b / ABOUT).read_text()) for b in self.batches}
        self._read_at = {b: datetime.fromisoformat(a["read_at"]) for b, a in about.items()}
        self.fingerprints = [f"{b}:{f.documents.fingerprint}:{f.facts.fingerprint}" for b, f in self._folders.items()]

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
        return self._scan(
            [(b, part) for b, f in self._folders.items() for part in f.documents.parts()], DOCUMENT_SCHEMA
        )

    @cached_property
    def _repeated(self) -> pl.DataFrame:
        """Other places of records that a batch holds once; a batch of an older version has none noted."""
        noted = [(b, f.folder / REPEATED) for b, f in self._folders.items()]
        return self._scan([(b, path) for b, path in noted if path.exists()], REPEATED_SCHEMA).collect()

    @cached_property
    def _choice(self) -> tuple[pl.DataFrame, bool]:
        """Chosen documents: the batch, file and record each is taken from; and whether these are not simply all there are.

        One is left out whose file is gone, or that an earlier batch has; one that lies in several places counts for the
        first that is there.
        """
        columns = ["document_id", "batch", "content_key", "record_index"]
        rows = self._document_rows().select(columns).collect()
        again = self._repeated.select(columns).join(rows, on=["document_id", "batch"], how="semi")
        order = {batch: n for n, batch in enumerate(self._folders)}
        chosen = (
            pl.concat([rows, again])
            .sort(pl.col("batch").replace_strict(order, return_dtype=pl.Int64), maintain_order=True)
            .join(self._live_files(), on="content_key", how="semi", maintain_order="left")
            .unique("document_id", keep="first", maintain_order=True)
        )
        return chosen, chosen.height < rows.height or again.height > 0

    def _pick(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        """Rows of the chosen documents, each from the batch it is taken from. As a rule that is all of them."""
        chosen, is_part = self._choice
        if not is_part:
            return rows
        return rows.join(chosen.lazy(), on=["document_id", "batch"], how="semi", maintain_order="left")

    @cached_property
    def document_index(self) -> pl.DataFrame:
        """What is asked of all documents beside their text: day, copies, the file they came from."""
        columns = ["document_id", "content_key", "published_on", "text_sha256", "shingles"]
        return self.documents().select(columns).collect()

    def of(self, documents: pl.Series) -> StageResults:
        """The same results, of some documents alone: batches that hold none of them are not opened."""
        part = copy(self)
        chosen = self._choice[0].filter(pl.col("document_id").is_in(documents.implode()))
        holding = set(chosen["batch"])
        part._folders = {batch: folders for batch, folders in self._folders.items() if batch in holding}
        part.__dict__["_choice"] = (chosen, True)  # in the place of the property's value
        return part

    def sources(self) -> pl.DataFrame:
        """What decides the facts of each document: document_id, its batch, and `made_by`, a digest of the batch's results."""
        made = {b: digest(f.documents.fingerprint, f.facts.fingerprint) for b, f in self._folders.items()}
        batch = pl.col("batch")
        return self._choice[0].select(
            "document_id", "batch", made_by=batch.replace_strict(made, return_dtype=pl.String)
        )

    def places(self) -> pl.DataFrame:
        """Where each document lies now, and when it was read: document_id, source_path, record_index, ingested_at."""
        chosen = self._choice[0].join(self._live_files(), on="content_key", how="left", maintain_order="left")
        read_at = pl.col("batch").replace_strict(self._read_at, return_dtype=pl.Datetime("us", "UTC"))
        return chosen.select("document_id", "source_path", "record_index", ingested_at=read_at)

    @cached_property
    def batch_digests(self) -> dict[str, str]:
        """What decides the entities of each batch, as far as they count: its documents and facts, and which of its documents are taken."""
        taken = (
            self._choice[0].group_by("batch").agg(documents=pl.len(), which=pl.col("document_id").hash(0).bitwise_xor())
        )
        which = {batch: taken_of for batch, *taken_of in taken.iter_rows()}
        return {b: digest(f.documents.fingerprint, f.facts.fingerprint, which.get(b)) for b, f in self._folders.items()}

    def entities(self, batches: Sequence[str]) -> pl.DataFrame:
        """Entities of some batches, with the day of their document."""
        files = [(b, self._folders[b].facts.path / "entities.parquet") for b in batches]
        days = self.document_index.lazy().select("document_id", "published_on")
        found = self._pick(self._scan(files, FACT_SCHEMAS["entities"])).drop("batch")
        return found.join(days, on="document_id", how="left", maintain_order="left").collect()

    def minhashes(self, documents: pl.Series) -> pl.DataFrame:
        """document_id and minhash of documents, from the batches that they are in and no others."""
        chosen, _ = self._choice
        wanted = chosen.filter(pl.col("document_id").is_in(documents.implode()))
        of = set(wanted["batch"])
        parts = [(b, part) for b, f in self._folders.items() if b in of for part in f.documents.parts()]
        return (
            self._scan(parts, DOCUMENT_SCHEMA)
            .join(wanted.lazy(), on=["document_id", "batch"], how="semi")
            .select("document_id", "minhash")
            .collect()
            .unique("document_id", keep="first", maintain_order=True)
        )

    def _read_times(self) -> pl.LazyFrame:
        """Batch -> when it was read."""
        return pl.LazyFrame(
            {"batch": list(self._read_at), "seen_at": list(self._read_at.values())},
            schema={"batch": pl.String, "seen_at": pl.Datetime("us", "UTC")},
        )

    def documents(self) -> pl.LazyFrame:
        """Clean documents with batch, the path where the file lies now, and when the batch was read."""
        read_at = self._read_times().rename({"seen_at": "ingested_at"})
        found = self._document_rows()
        chosen, is_part = self._choice
        if is_part:
            found = found.drop("content_key", "record_index").join(
                chosen.lazy(), on=["document_id", "batch"], maintain_order="left"
            )
            found = found.unique("document_id", keep="first", maintain_order=True)  # a batch of an older version
        return (
            found.drop("source_path")
            .join(read_at, on="batch", how="left", maintain_order="left")
            .join(self._live_files().lazy(), on="content_key", how="left", maintain_order="left")
        )

    def facts(self, table: str) -> pl.LazyFrame:
        """One table of facts over all batches, documents that are live and each taken once."""
        files = [(b, f.facts.path / f"{table}.parquet") for b, f in self._folders.items()]
        found = self._pick(self._scan(files, FACT_SCHEMAS[table])).drop("batch")
        if table == "events":
            return found.filter(pl.col("confidence") >= self.event_confidence)
        if table == "event_actors":
            kept = self.facts("events").select("event_id")
            return found.join(kept, on="event_id", how="semi", maintain_order="left")
        if table == "evidence":
            kept = pl.concat(self.facts(name).select(row_id=key) for name, key in EVIDENCE_OF.items())
            return found.join(kept, on="row_id", how="semi", maintain_order="left")
        return found

    @cached_property
    def refusals(self) -> pl.DataFrame:
        """Everything that was refused, at any stage, of files that are there: the quarantine."""
        of_stages: list[tuple[str, Path]] = []
        of_reading: list[tuple[str, Path]] = []
        for batch, folders in self._folders.items():
            of_stages += [(batch, folder.path / REJECTED) for folder in folders.all]
            of_reading.append((batch, folders.folder / REJECTED))
        refused = self._scan(of_stages, REJECTED_SCHEMA)
        quarantined = (
            pl.concat(
                [refused, _repeated_elsewhere(refused, self._repeated.lazy()), self._scan(of_reading, REJECTED_SCHEMA)]
            )
            .join(self._read_times(), on="batch", how="left")
            .drop("batch")
        )
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
            quarantined.drop("source_path")
            .join(self._live_files().lazy(), on="content_key", maintain_order="left")
            .select(columns)
            .collect()
        )
        return pl.concat([whole_files, found]).sort("source_path", "record_index", "stage", "reason", "detail")


def _repeated_elsewhere(refused: pl.LazyFrame, repeated: pl.LazyFrame) -> pl.LazyFrame:
    """Refusals of records, for the other places that the same records of a batch lie in."""
    columns = [*REJECTED_SCHEMA, "batch"]
    places = repeated.rename({"content_key": "other_key", "record_index": "other_index"}).drop("document_id")
    return (
        refused.join(
            places,
            left_on=["batch", "content_key", "record_index"],
            right_on=["batch", "kept_content_key", "kept_record_index"],
        )
        .with_columns(content_key=pl.col("other_key"), record_index=pl.col("other_index"))
        .select(columns)
    )
