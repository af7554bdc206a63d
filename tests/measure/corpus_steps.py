"""How the steps over the whole corpus grow with it: near-duplicates and identities, over made-up rows of several sizes.

    python -m tests.measure.corpus_steps [--documents 50000 200000 1000000] [--steps copies identities]

Of each size: the first time, when nothing is known, and then one more batch of 500 documents, which is what every further run pays. Rows
are made up: one document in ten is an edited copy of another; twelve entities a document, names by a Zipf law, most with the
kind and state that the name has, one person in ten by surname alone. Each is measured in a process of its own: processor
seconds without those that making rows up takes, since machines are shared, and the most memory that the process held.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl

from pipelines.resolve.identities import resolve
from pipelines.resolve.known_copies import find_known_copies
from pipelines.resolve.known_forms import known_forms
from pipelines.text.signature import PERMUTATIONS

BATCH = 500
_ENTITIES, _COPIES, _SAME = 12, 0.1, 0.9
_KINDS = pl.Series(["country", "person", "person", "government_body", "company", "igo"])
_STATES = pl.Series(["USA", "FRA", "KEN", "JPN", "BRA", "NOR", "TCD", "PER"])


def _mixed(numbers: np.ndarray) -> np.ndarray:
    """Numbers that look drawn by lot, the same for the same ones (SplitMix64)."""
    z = (numbers.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def documents(count: int) -> pl.DataFrame:
    """Columns that `find_known_copies` reads; document_id ends in the document's number."""
    drawn = _mixed(np.arange(count))
    return pl.DataFrame({"n": np.arange(count), "drawn": drawn}).select(
        document_id=pl.lit("doc_") + pl.col("n").cast(pl.String).str.pad_start(16, "0"),
        published_on=pl.date(2015, 1, 1) + pl.duration(days=pl.col("drawn") % 3650),
        text_sha256=pl.col("n").cast(pl.String).str.pad_start(32, "0") + "0" * 32,
        shingles=(pl.col("drawn") // 3650 % 850 + 50).cast(pl.Int64),
    )  # fmt: skip


def minhashes(documents: pl.Series) -> pl.DataFrame:
    """Signatures of documents, of which some are edited copies of one with a smaller number."""
    numbers = documents.str.slice(4).cast(pl.Int64).to_numpy()

    def own(of: np.ndarray) -> np.ndarray:
        words = _mixed(of[:, None] * (PERMUTATIONS // 2) + np.arange(PERMUTATIONS // 2))
        return words.view("<u4").reshape(-1, PERMUTATIONS)

    dice = _mixed(numbers + 10**12)
    is_copy = (dice % 1000) < 1000 * _COPIES
    of = (dice // 1000).astype(np.int64) % np.maximum(numbers, 1)
    kept = _mixed(numbers[:, None] * PERMUTATIONS + np.arange(PERMUTATIONS) + 10**13) % 1000 < 1000 * _SAME
    hashes = np.where(is_copy[:, None] & kept, own(of), own(numbers))
    return pl.DataFrame(
        {"document_id": documents, "minhash": pl.Series([row.tobytes() for row in hashes], dtype=pl.Binary)}
    )


def entities(batches: Sequence[str]) -> pl.DataFrame:
    """Columns that `known_forms` reads, of batches named by their number."""
    return pl.concat([_of_batch(int(batch)) for batch in batches])


def _of_batch(batch: int) -> pl.DataFrame:
    dice = np.random.default_rng(batch)
    rows = BATCH * _ENTITIES
    number = np.minimum(dice.zipf(1.3, rows), 10**9)
    drawn = _mixed(number)
    odd = dice.random(rows) < 0.1  # called by another kind or state than the name's own
    kind = _KINDS[((drawn + odd) % 6).astype(np.int64)]
    state = _STATES[((drawn // 6 + odd) % 8).astype(np.int64)]
    frame = pl.DataFrame(
        {
            "document_id": np.repeat(np.arange(batch * BATCH, (batch + 1) * BATCH), _ENTITIES),
            "entity_index": np.tile(np.arange(_ENTITIES, dtype=np.int32), BATCH),
            "actor_type": kind, "state": state, "is_told": dice.random(rows) < 0.7, "is_alone": dice.random(rows) < 0.1,
            "number": number, "mention_count": dice.integers(1, 9, rows).astype(np.int32),
            "title": pl.Series(["President", "Minister", "Spokesman", *[None] * 7])[dice.integers(0, 10, rows)],
        }
    )  # fmt: skip
    is_person = pl.col("actor_type") == "person"
    given = (
        pl.when(is_person & pl.col("is_alone")).then(pl.lit("")).otherwise(pl.format("Ana{} ", pl.col("number") % 97))
    )
    country = pl.when("is_told").then("state")
    return frame.select(
        "entity_index", "actor_type", "mention_count",
        document_id=pl.lit("doc_") + pl.col("document_id").cast(pl.String).str.pad_start(16, "0"),
        name=given + pl.lit("Name") + pl.col("number").cast(pl.String), country=country,
        role=pl.when(is_person).then("title"), aliases=pl.lit([], pl.List(pl.String)),
        abbreviation=pl.lit(None, pl.String), wikidata_id=pl.lit(None, pl.String),
        country_basis=pl.when(country.is_not_null()).then(pl.lit("told")),
        published_on=pl.date(2015, 1, 1) + pl.duration(days=pl.col("document_id") % 3650),
    )  # fmt: skip


class _Clock:
    """Processor seconds that making up rows takes, which are none of the step's."""

    def __init__(self) -> None:
        self.making = 0.0

    def timed[Asked](self, make: Callable[[Asked], pl.DataFrame]) -> Callable[[Asked], pl.DataFrame]:
        def call(asked: Asked) -> pl.DataFrame:
            started = time.process_time()
            made = make(asked)
            self.making += time.process_time() - started
            return made

        return call


def measure(step: str, count: int, warehouse: Path) -> dict[str, object]:
    """One step at one size; what it learns is kept in the warehouse for the next time."""
    clock = _Clock()
    rows = documents(count) if step == "copies" else pl.DataFrame()
    used = time.process_time()
    if step == "copies":
        found = find_known_copies(warehouse, rows, clock.timed(minhashes), "").height
    else:
        batches = {str(batch): "" for batch in range(count // BATCH)}
        found = resolve(known_forms(warehouse, batches, clock.timed(entities), ""))[0].height
    used = time.process_time() - used - clock.making
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {"found": found, "processor": round(used, 2), "memory_gb": round(memory, 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, nargs="*", default=[50_000, 200_000, 1_000_000])
    parser.add_argument("--steps", nargs="*", choices=("copies", "identities"), default=["copies", "identities"])
    options = parser.parse_args()
    for step in options.steps:
        for count in options.documents:
            with TemporaryDirectory() as name:
                for told, there in (("first time", count), ("one more batch", count + BATCH)):
                    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
                        cost = alone.submit(measure, step, there, Path(name)).result()
                    kept = sum(path.stat().st_size for path in Path(name).rglob("*") if path.is_file()) / 1e6
                    row = {"step": step, "documents": count, "when": told} | cost | {"kept_mb": round(kept, 1)}
                    sys.stdout.write(json.dumps(row) + "\n")
                    sys.stdout.flush()


if __name__ == "__main__":
    main()
