"""Where the results of each stage lie for a batch, under their present fingerprints, and which of them are out of date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from pipelines.reader.interface import ENCODER, NO_READER
from pipelines.stages import chrome, plan
from pipelines.stages.folders import DONE, StageFolder
from pipelines.stages.records import ABOUT
from pipelines.warehouse import files

DOCUMENTS, ANNOTATIONS, READINGS, FACTS = STAGES = ("documents", "annotations", "readings", "facts")


class BatchFolders:
    """Where the results of each stage lie for one batch, under their present fingerprints.

    A folder's fingerprint is known once the stages before it are done: FileNotFoundError says which is not.
    """

    def __init__(self, warehouse: Path, batch: str, learned: chrome.LearnedChrome, reader: str = ENCODER) -> None:
        self.batch, self.reader = batch, reader
        self.folder = warehouse / "batches" / batch
        self._learned = learned

    @cached_property
    def documents(self) -> StageFolder:
        """By records (the batch's name), cleaning and learned chrome."""
        fingerprint = plan.DOCUMENTS.fingerprint(self.batch, self._learned.digest_for(self.batch))
        return StageFolder(self.folder, DOCUMENTS, fingerprint)

    @cached_property
    def annotations(self) -> StageFolder:
        """By the documents' texts, not by the code that cleaned them, since parsing is expensive."""
        return StageFolder(self.folder, ANNOTATIONS, plan.ANNOTATIONS.fingerprint(self._about_documents["digest"]))

    @cached_property
    def readings(self) -> StageFolder | None:
        """By parses and by what a reader sees of the documents; None where the setting names no reader."""
        if self.reader == NO_READER:
            return None
        inputs = (self.annotations.fingerprint, self._about_documents["articles"])
        return StageFolder(self.folder, READINGS, plan.READINGS.fingerprint(*inputs, reader=self.reader))

    @cached_property
    def facts(self) -> StageFolder:
        """By parses, readings, what extraction sees of the documents (dates and titles count), and the rules."""
        inputs = [self.annotations.fingerprint, self._about_documents["articles"]]
        if self.readings is not None:
            inputs.append(self.readings.fingerprint)
        return StageFolder(self.folder, FACTS, plan.FACTS.fingerprint(*inputs))

    @cached_property
    def _about_documents(self) -> dict[str, str]:
        return self.documents.about()

    @property
    def all(self) -> list[StageFolder]:
        """Of every stage that is run."""
        found = (self.documents, self.annotations, self.readings, self.facts)
        return [folder for folder in found if folder is not None]

    def are_done(self) -> bool:
        """Whether every stage has its result under its present fingerprint."""
        return self.documents.is_done() and all(folder.is_done() for folder in self.all)

    def earlier(self, stage: str, version: str) -> tuple[Path, ...]:
        """Parts that the same version of a stage made before, of this batch or of those that it stands in for."""
        about = files.read_json(self.folder / ABOUT) or {}
        found: list[Path] = []
        for batch in (self.batch, *about.get("instead_of", ())):
            for done in sorted((self.folder.parent / batch).glob(f"{stage}-*/{DONE}")):
                if (files.read_json(done) or {}).get("version") == version:
                    found += sorted(done.parent.glob("part-*.parquet"))
        return tuple(found)


def folders_of(warehouse: Path, batches: Iterable[str], reader: str = ENCODER) -> dict[str, BatchFolders]:
    """Folders of batches, in their order."""
    learned = chrome.read(warehouse)
    return {b: BatchFolders(warehouse, b, learned, reader) for b in batches}


def out_of_date(warehouse: Path, live: Iterable[str], reader: str = ENCODER) -> list[str]:
    """Batches whose facts are not there under their present fingerprint, at whichever stage that began."""
    return [b for b, folders in folders_of(warehouse, live, reader).items() if not folders.are_done()]


def forget(warehouse: Path, batches: Iterable[str], stages: Iterable[str] = STAGES) -> None:
    """Remove results of the given stages of batches, so that they are done again. Records are `ingest`'s to read again."""
    stages = list(stages)
    for batch in batches:
        about = files.read_json(warehouse / "batches" / batch / ABOUT) or {}
        for known in (batch, *about.get("instead_of", ())):
            for stage in stages:
                for folder in (warehouse / "batches" / known).glob(f"{stage}-*"):
                    files.remove_folder(folder)


def read_since(warehouse: Path, batches: Iterable[str], since: date) -> list[str]:
    """Those of the batches that were read on or after a day (UTC)."""
    about = {b: files.read_json(warehouse / "batches" / b / ABOUT) for b in batches}
    return [b for b, found in about.items() if datetime.fromisoformat(found["read_at"]).date() >= since]
