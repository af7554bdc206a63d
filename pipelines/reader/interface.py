"""The seam between the reader and all that uses it: its Protocol, how it is loaded, how what it says is stored.

Everything that stages and extraction know of the reader they import from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import polars as pl

from pipelines.language.parse import Article, Parse

# Extraction by the rules alone: there is no readings stage then, and facts do not depend on one.
RULES = "rules"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader says of one document: words (token indices of its `Parse`) and probabilities."""


class Reader(Protocol):
    """Pure: the same release and the same document give the same reading, whatever else is in the batch."""

    @property
    def fingerprint(self) -> str:
        """Changes with the release's files (sha256), the library that runs them and the code of this room, not with `extract`."""

    def read(self, documents: Sequence[tuple[Article, Parse]]) -> list[Reading]:
        """A reading a document, in their order."""


class NoSuchReader(ValueError):
    """A reader of this name is not installed; the message says how to get it."""


def load_reader(name: str) -> Reader | None:
    """The reader of a name, loaded once a worker process; None for `rules`. Raises NoSuchReader for an unknown one."""
    if name == RULES:
        return None
    raise NoSuchReader(f"There is no reader {name!r}: NEWSLEDGER_READER may be {RULES}.")


def reader_fingerprint(name: str) -> str | None:
    """`load_reader(name).fingerprint`, without loading the model: every command asks for it. None for `rules`."""
    reader = load_reader(name)
    return None if reader is None else reader.fingerprint


# One row a document. Further columns are the reader's own.
READING_SCHEMA = pl.Schema({"document_id": pl.String()})


def to_row(document_id: str, reading: Reading) -> dict[str, Any]:
    """A reading as a row of READING_SCHEMA."""
    return {"document_id": document_id}


def from_row(row: dict[str, Any]) -> Reading:
    """The reading of a stored row."""
    return Reading()
