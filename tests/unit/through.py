"""A file as a run reads and cleans it, in one call: for tests that give a whole file and ask what comes of it."""

from __future__ import annotations

from pathlib import Path

from pipelines.reading.read import read_file
from pipelines.reading.records import RawRecord, Rejected
from pipelines.text.clean import CleanDocument, clean


def read_and_cleaned(folder: Path, name: str, content: str | bytes) -> list[CleanDocument | Rejected]:
    """What comes of a file of this name and content, in its order."""
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return [clean(item) if isinstance(item, RawRecord) else item for item in read_file(folder, name)]


def documents(folder: Path, name: str, content: str | bytes) -> list[CleanDocument]:
    """The same where every record becomes a document."""
    found = read_and_cleaned(folder, name, content)
    assert all(isinstance(item, CleanDocument) for item in found), found
    return [item for item in found if isinstance(item, CleanDocument)]
