"""How the steps over the whole corpus grow with it: near-duplicates and identities, over made-up rows of several sizes.

    python -m tests.measure.corpus_steps [--documents 12500 50000 200000]

A run with one new batch does these anew for all documents, so their time is what each new batch costs more as the corpus grows. Rows
are made up: signatures of which one document in ten is an edited copy of another, twelve entities a document, names by a Zipf law. Each
size is measured in a process of its own: processor seconds, since machines are shared, and the most memory that the process held.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta

import numpy as np
import polars as pl

from pipelines.resolve.copies import find_copies
from pipelines.resolve.identities import resolve_identities
from pipelines.text.signature import PERMUTATIONS

_ENTITIES, _COPIES, _SAME = 12, 0.1, 0.9


def documents(count: int, dice: np.random.Generator) -> pl.DataFrame:
    """Columns that `find_copies` reads."""
    hashes = dice.integers(0, 2**32, (count, PERMUTATIONS), dtype=np.uint32)
    copies = np.flatnonzero(dice.random(count) < _COPIES)
    of = dice.integers(0, count, len(copies))
    hashes[copies] = np.where(dice.random((len(copies), PERMUTATIONS)) < _SAME, hashes[of], hashes[copies])
    first = date(2015, 1, 1)
    return pl.DataFrame(
        {
            "document_id": [f"doc_{n:016x}" for n in range(count)],
            "published_on": [first + timedelta(days=int(n)) for n in dice.integers(0, 3650, count)],
            "text_sha256": [f"{n:064x}" for n in range(count)],
            "minhash": pl.Series([row.tobytes() for row in hashes], dtype=pl.Binary),
            "shingles": dice.integers(50, 900, count),
        }
    )


def entities(count: int, dice: np.random.Generator) -> pl.DataFrame:
    """Columns that `resolve_identities` reads, of so many documents."""
    rows = count * _ENTITIES
    kinds = pl.Series(["country", "person", "person", "government_body", "company", "igo"])[dice.integers(0, 6, rows)]
    states = pl.Series(["USA", "FRA", "KEN", "JPN", "BRA", "NOR", "TCD", "PER", None, None])[dice.integers(0, 10, rows)]
    number = np.minimum(dice.zipf(1.3, rows), 10 * count)
    frame = pl.DataFrame(
        {
            "document_id": np.repeat(np.arange(count), _ENTITIES),
            "entity_index": np.tile(np.arange(_ENTITIES), count),
            "actor_type": kinds,
            "country": states,
            "number": number,
            "mention_count": dice.integers(1, 9, rows),
        }
    )
    return frame.with_columns(
        document_id=pl.format("doc_{}", pl.col("document_id").cast(pl.String).str.pad_start(16, "0")),
        name=pl.format("Ana{} Name{}", pl.col("number") % 97, "number"),
        role=pl.lit(None, pl.String), aliases=pl.lit([], pl.List(pl.String)), abbreviation=pl.lit(None, pl.String),
        wikidata_id=pl.lit(None, pl.String), country_basis=pl.when(pl.col("country").is_not_null()).then(pl.lit("told")),
        published_on=pl.lit(date(2020, 1, 1)),
    ).drop("number")  # fmt: skip


def measure(step: str, count: int) -> dict[str, object]:
    """One step at one size."""
    dice = np.random.default_rng(1)
    rows = (documents if step == "copies" else entities)(count, dice)
    used = time.process_time()
    found = find_copies(rows).height if step == "copies" else resolve_identities(rows)[0].height
    used = time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {
        "step": step,
        "documents": count,
        "found": found,
        "processor": round(used, 2),
        "memory_gb": round(memory, 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, nargs="*", default=[12_500, 50_000, 200_000])
    options = parser.parse_args()
    for step in ("copies", "identities"):
        for count in options.documents:
            with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
                sys.stdout.write(json.dumps(alone.submit(measure, step, count).result()) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
