"""The seam between the reader and all that uses it: its Protocol, how it is loaded, how what it says is stored.

Everything that stages and extraction know of the reader they import from here or from `readings`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from pipelines.errors import Explained
from pipelines.language.parse import Article, Parse
from pipelines.reader.readings import AmountReading, Choice, Link, Marks, MentionReading, Reading, TriggerReading

# No reader: no readings stage; amounts, times, names and quotations are found, no events, and nothing is said of the amounts.
NO_READER = "none"
# The release that is asked where nothing else is said, and a smaller one, its student, that reads in some four tenths of the time.
ENCODER, SMALL = "encoder", "small"


class Reader(Protocol):
    """Pure: the same release and the same document give the same reading, whatever else is in the batch."""

    @property
    def fingerprint(self) -> str:
        """Changes with the release's files (sha256), the library that runs them and the code of this room, not with `extract`."""

    def read(self, documents: Sequence[tuple[Article, Parse, Marks]]) -> list[Reading]:
        """A reading a document, in their order."""


class NoSuchReader(Explained, ValueError):
    """A reader of this name is not installed; the message says how to get it."""


@cache
def load_reader(name: str) -> Reader | None:
    """The reader of a name, loaded once a worker process; None for `none`.

    `encoder` and `small` are the releases that are shipped; any other name is the folder of a release. Raises NoSuchReader.
    """
    if name == NO_READER:
        return None
    from pipelines.reader.read import EncoderReader
    from pipelines.reader.release import Release

    return EncoderReader(Release(_folder(name)))


def _folder(name: str) -> Path:
    from pipelines.reader.release import RELEASES, SMALL_RELEASES

    shipped = {ENCODER: RELEASES, SMALL: SMALL_RELEASES}.get(name)
    if shipped is not None:
        found = sorted(p.parent for p in shipped.glob("*/manifest.json"))
        if found:
            return found[-1]
        raise NoSuchReader(
            f"No release of the reader lies in {shipped}: restore it from the repository, or make it (training/reader/README.md)."
        )
    if (Path(name) / "manifest.json").is_file():
        return Path(name)
    raise NoSuchReader(
        f"There is no reader {name!r}: NEWSLEDGER_READER may be {ENCODER}, {SMALL}, {NO_READER} or the folder of a release."
    )


@cache
def reader_fingerprint(name: str) -> str | None:
    """`load_reader(name).fingerprint`, without loading the model: every command asks for it. None for `none`."""
    if name == NO_READER:
        return None
    from pipelines.reader.release import Release

    return Release(_folder(name)).fingerprint


def release_name(name: str) -> str | None:
    """The release that a setting names, for people: "2026-12-a (3f2c1a…)", its folder and fingerprint. None for `none`."""
    return None if name == NO_READER else f"{_folder(name).name} ({reader_fingerprint(name)})"


_P = pl.Float32()
_WORD = pl.Int32()
_CHOICE = pl.Struct({"label": pl.String(), "p": _P, "second": pl.String(), "second_p": _P})
_LINKS = pl.List(pl.Struct({"relation": pl.String(), "word": _WORD, "p": _P}))
_AMOUNT = {"word": _WORD, "kind": _CHOICE, "stage": _CHOICE, "factuality": _CHOICE, "links": _LINKS}
_TRIGGER = {"word": _WORD, "p": _P, "type": _CHOICE, "mode": _CHOICE, "factuality": _CHOICE, "links": _LINKS}
# One row a document; words are token indices of its parse.
READING_SCHEMA = pl.Schema(
    {
        "document_id": pl.String(),
        "triggers": pl.List(pl.Struct(_TRIGGER)),
        "amounts": pl.List(pl.Struct(_AMOUNT)),
        "mentions": pl.List(pl.Struct({"word": _WORD, "links": _LINKS})),
    }
)


def to_row(document_id: str, reading: Reading) -> dict[str, Any]:
    """A reading as a row of READING_SCHEMA."""
    return {
        "document_id": document_id,
        "triggers": [
            {
                "word": t.word, "p": t.probability, "type": _of_choice(t.type), "mode": _of_choice(t.mode),
                "factuality": _of_choice(t.factuality), "links": _of_links(t.links),
            }
            for t in reading.triggers
        ],
        "amounts": [
            {
                "word": a.word, "kind": _of_choice(a.kind), "stage": _of_choice(a.stage),
                "factuality": _of_choice(a.factuality), "links": _of_links(a.links),
            }
            for a in reading.amounts
        ],
        "mentions": [{"word": m.word, "links": _of_links(m.links)} for m in reading.mentions],
    }  # fmt: skip


def from_row(row: Mapping[str, Any]) -> Reading:
    """The reading of a stored row."""
    return Reading(
        tuple(
            TriggerReading(
                t["word"],
                round(t["p"], 3),
                _choice(t["type"]),
                _choice(t["mode"]),
                _choice(t["factuality"]),
                _links(t["links"]),
            )
            for t in row["triggers"]
        ),
        tuple(
            AmountReading(
                a["word"],
                _choice(a["kind"]),
                _choice(a["stage"]),
                _choice(a["factuality"]),
                _links(a["links"]),
            )
            for a in row["amounts"]
        ),
        tuple(MentionReading(m["word"], _links(m["links"])) for m in row["mentions"]),
    )


def _of_choice(choice: Choice) -> dict[str, Any]:
    return {
        "label": choice.label,
        "p": choice.probability,
        "second": choice.runner_up,
        "second_p": choice.runner_up_probability,
    }


def _of_links(links: Iterable[Link]) -> list[dict[str, Any]]:
    return [{"relation": k.relation, "word": k.word, "p": k.probability} for k in links]


def _choice(row: Mapping[str, Any]) -> Choice:
    return Choice(row["label"], round(row["p"], 3), row["second"], round(row["second_p"], 3))


def _links(rows: Iterable[Mapping[str, Any]]) -> tuple[Link, ...]:
    return tuple(Link(r["relation"], r["word"], round(r["p"], 3)) for r in rows)
