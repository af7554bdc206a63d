"""Copies of a warehouse's documents, looked for among what is new: what was found before lies in `state/copies`.

There lie the index of signatures, and of each text its place among the documents and its group as they were last. `copies.json` names
the files that count and is put last: a run that dies leaves what was there. It is all made anew where what decides it
(`plan.COPIES`) has changed; where more than a part of the texts have come or gone, the groups are. Signatures of texts that are gone stay till then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl

from pipelines.resolve import copies
from pipelines.resolve.signature_index import LARGEST, SignatureIndex
from pipelines.text.signature import PERMUTATIONS
from pipelines.warehouse import files

FOLDER, NOTED = "copies", "copies.json"
# Where more of all texts than this have changed, looking at all of them is cheaper.
_MANY = 0.2
# A text, and what decides its place among others. Half of the SHA-256 tells texts apart.
_TEXT = ["one", "two"]
_STATE = pl.Schema(
    {"one": pl.UInt64(), "two": pl.UInt64(), "n": pl.UInt32(), "shingles": pl.UInt32(), "published_on": pl.Date(),
     "id": pl.UInt64(), "was_there": pl.Boolean(), "group": pl.UInt32()}
)  # fmt: skip
# document_ids -> document_id and minhash (bytes) of them.
Minhashes = Callable[[pl.Series], pl.DataFrame]


@dataclass(frozen=True)
class _Known:
    """What is kept: the index, and `_STATE` by number."""

    index: SignatureIndex
    texts: pl.DataFrame


def find_copies(documents: pl.DataFrame) -> pl.DataFrame:
    """`find_known_copies` among documents that nobody has looked at before, of which nothing is kept; `minhash` is a column."""
    with TemporaryDirectory() as nowhere:
        return find_known_copies(Path(nowhere), documents.drop("minhash"), lambda _: documents, "")


def find_known_copies(warehouse: Path, documents: pl.DataFrame, minhashes: Minhashes, version: str) -> pl.DataFrame:
    """(document_id, duplicate_of) of every copy; `duplicate_of` is the earliest of those that are copies of each other.

    Takes document_id, published_on, text_sha256 and shingles (their number). The same documents give the same answer in any order,
    and whatever was looked for before. `version`: of the code that made the signatures and compares them.
    """
    if documents.is_empty():
        return pl.DataFrame(schema={"document_id": pl.String, "duplicate_of": pl.String})
    folder = warehouse / "state" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    known = _read(folder, version)
    ordered = copies.in_order(documents)
    now = copies.texts_of(ordered).select(
        "n", "document_id", "text_sha256", "published_on", pl.col("shingles").cast(pl.UInt32),
        one=_number("text_sha256", 0), two=_number("text_sha256", 16), id=pl.col("document_id").hash(0),
    ).rename({"n": "place"})  # fmt: skip
    numbered = now.join(known.texts.select(*_TEXT, "n"), on=_TEXT, how="left", maintain_order="left")
    new = numbered.filter(pl.col("n").is_null())
    for part in new.iter_slices(LARGEST):
        found = minhashes(part["document_id"]).select("document_id", "minhash")
        signed = part.select("document_id").join(found, on="document_id", how="left", maintain_order="left")["minhash"]
        known.index.add(np.frombuffer(b"".join(signed), dtype="<u4").reshape(-1, PERMUTATIONS))
    numbers = pl.col("n").is_null().cum_sum() - 1 + known.texts.height
    numbered = numbered.with_columns(n=pl.coalesce("n", numbers.cast(pl.UInt32)))
    texts = _grouped(known, numbered)
    if new.height or not texts.equals(known.texts):
        _keep(folder, version, known.index, texts)
    groups = texts.filter("was_there").select("n", "group").join(numbered, on="n").select("text_sha256", "group")
    return copies.copies_of(ordered, groups)


def _number(column: str, start: int) -> pl.Expr:
    """16 digits of a column of hexadecimal numbers."""
    return pl.col(column).str.slice(start, 16).str.decode("hex").bin.reinterpret(dtype=pl.UInt64, endianness="big")


def _grouped(known: _Known, numbered: pl.DataFrame) -> pl.DataFrame:
    """`_STATE` of all texts that have ever been, as it is now."""
    count = len(known.index)
    empty = pl.DataFrame({"n": np.arange(count, dtype=np.uint32)})
    before = empty.join(known.texts.drop(*_TEXT), on="n", how="left", maintain_order="left")
    there = empty.join(numbered, on="n", how="left", maintain_order="left")
    is_there, was_there = there["place"].is_not_null(), before["was_there"].fill_null(False)
    same = there["published_on"].eq_missing(before["published_on"]) & there["id"].eq_missing(before["id"])
    changed = (is_there != was_there) | (is_there & ~same)
    place = there["place"].cast(pl.UInt32).fill_null(int(copies.NOBODY)).to_numpy()
    old = pl.DataFrame({"n": empty["n"]}).join(
        known.texts.select("n", *_TEXT), on="n", how="left", maintain_order="left"
    )
    shingles = pl.select(pl.coalesce(there["shingles"], before["shingles"])).to_series()
    numbers = np.flatnonzero(changed.to_numpy()).astype(np.uint32)
    if len(numbers) > _MANY * count:
        groups = copies.all_groups(known.index, place, shingles.to_numpy())
    else:
        groups = pl.select(pl.coalesce(before["group"], empty["n"])).to_series().to_numpy()
        if len(numbers):
            groups = copies.groups_after(known.index, place, shingles.to_numpy(), groups, numbers)
    return pl.DataFrame(
        {
            "one": pl.select(pl.coalesce(old["one"], there["one"])).to_series(),
            "two": pl.select(pl.coalesce(old["two"], there["two"])).to_series(),
            "n": empty["n"], "shingles": shingles, "published_on": there["published_on"], "id": there["id"],
            "was_there": is_there, "group": groups,
        },
        schema=_STATE,
    )  # fmt: skip


def _read(folder: Path, version: str) -> _Known:
    """What is kept, or nothing where that is of another version."""
    noted = files.read_json(folder / NOTED) or {}
    if noted.get("version") != version:
        return _Known(SignatureIndex(folder, []), _STATE.to_frame())
    return _Known(SignatureIndex(folder, noted["segments"]), pl.read_parquet(folder / noted["texts"]))


def _keep(folder: Path, version: str, index: SignatureIndex, texts: pl.DataFrame) -> None:
    """Put the state in the place of the one before. The index has put its files; nobody knows of them until they are noted."""
    before = files.read_json(folder / NOTED) or {}
    name = f"texts-{'b' if str(before.get('texts')).startswith('texts-a') else 'a'}.parquet"
    with files.atomic_write(folder / name) as aside:
        texts.write_parquet(aside, compression="uncompressed")
    files.write_json({"version": version, "segments": index.names, "texts": name}, folder / NOTED)
    (folder / str(before.get("texts"))).unlink(missing_ok=True)
    index.drop_unnamed()
