"""Copies: the same story in other files or papers, exactly or edited, cut or under another headline.

Candidates share a band of their MinHash signatures (locality-sensitive hashing, Indyk and Motwani 1998); a pair is a copy where
the estimated resemblance or containment of its shingles is high. All of it is columnar; only signatures are read.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.text.signature import PERMUTATIONS

# 32 bands of 4 rows find 99 % of pairs that share 60 % of their shingles, and 1 in 8 of those that share a quarter.
BANDS = 32
ROWS = PERMUTATIONS // BANDS
# A copy shares seven in ten shingles, or is (nearly) contained in the one before it. What contains an earlier report
# and goes on is an update: its facts are its own.
RESEMBLANCE = 0.7
CONTAINMENT = 0.85
LEAST_RESEMBLANCE = 0.4
# Too short to tell a copy from a form letter.
FEWEST_SHINGLES = 20
_BLOCK = 200_000


def find_copies(documents: pl.DataFrame) -> pl.DataFrame:
    """(document_id, duplicate_of) of every copy; `duplicate_of` is the earliest of those that are copies of each other.

    Takes document_id, published_on, text_sha256, minhash (bytes) and shingles (their number). The same documents in any order
    give the same answer: the earliest is the one published first, of the same day the longest, then the one of the smallest id.
    """
    ordered = documents.sort(
        "published_on", "shingles", "document_id", descending=[False, True, False], nulls_last=True
    ).with_row_index("n")
    pairs = pl.concat([_exact(ordered), _similar(ordered)]).unique()
    if pairs.is_empty():
        return pl.DataFrame(schema={"document_id": pl.String, "duplicate_of": pl.String})
    roots = _components(pairs, ordered.height)
    copies = pl.DataFrame({"n": np.arange(ordered.height, dtype=np.uint32), "root": roots}).filter(
        pl.col("n") != pl.col("root")
    )
    names = ordered.select("n", "document_id")
    return (
        copies.join(names, on="n")
        .join(names.rename({"n": "root", "document_id": "duplicate_of"}), on="root")
        .select("document_id", "duplicate_of")
        .sort("document_id")
    )


def _exact(ordered: pl.DataFrame) -> pl.DataFrame:
    """Pairs (a before b) of the same text."""
    return (
        ordered.select(a=pl.col("n").min().over("text_sha256"), b="n")
        .filter(pl.col("a") != pl.col("b"))
        .cast({"a": pl.UInt32, "b": pl.UInt32})
    )


def _similar(ordered: pl.DataFrame) -> pl.DataFrame:
    """Pairs (a before b) whose signatures say that one is a copy of the other."""
    told = ordered.filter(pl.col("shingles") >= FEWEST_SHINGLES).unique(
        "text_sha256", keep="first", maintain_order=True
    )
    if told.height < 2:
        return pl.DataFrame(schema={"a": pl.UInt32, "b": pl.UInt32})
    hashes = np.frombuffer(b"".join(told["minhash"]), dtype="<u4").reshape(-1, PERMUTATIONS)
    numbers = told["n"].to_numpy()
    sizes = told["shingles"].to_numpy().astype(np.float64)
    candidates = _candidates(hashes)
    found: list[pl.DataFrame] = []
    for start in range(0, len(candidates), _BLOCK):
        first, second = candidates[start : start + _BLOCK].T
        resemblance = (hashes[first] == hashes[second]).mean(axis=1)
        shared = resemblance / (1 + resemblance) * (sizes[first] + sizes[second])
        containment = shared / sizes[second]
        copy = (resemblance >= RESEMBLANCE) | ((containment >= CONTAINMENT) & (resemblance >= LEAST_RESEMBLANCE))
        found.append(
            pl.DataFrame(
                {"a": numbers[first[copy]], "b": numbers[second[copy]]}, schema={"a": pl.UInt32, "b": pl.UInt32}
            )
        )
    return pl.concat(found) if found else pl.DataFrame(schema={"a": pl.UInt32, "b": pl.UInt32})


def _candidates(hashes: np.ndarray) -> np.ndarray:
    """Pairs of rows that share a band: each with the first and with the one before it in the band's bucket.

    All pairs of a bucket would be its square; those that are all alike hang together through the first and the one before.
    """
    rows = np.arange(len(hashes), dtype=np.uint32)
    bands: list[pl.DataFrame] = []
    for band in range(BANDS):
        # Four 32-bit numbers as two 64-bit ones: equal where the band is.
        keys = np.ascontiguousarray(hashes[:, band * ROWS : (band + 1) * ROWS]).view("<u8")
        frame = pl.DataFrame({"n": rows, "k": keys[:, 0], "l": keys[:, 1]})
        shared = frame.filter(pl.len().over("k", "l") > 1).sort("k", "l", "n")
        bucket = shared.with_columns(
            first=pl.col("n").first().over("k", "l"), before=pl.col("n").shift(1).over("k", "l")
        )
        for column in ("first", "before"):
            bands.append(bucket.filter(pl.col(column) != pl.col("n")).select(a=column, b="n"))
    return pl.concat(bands).unique(maintain_order=True).to_numpy()


def _components(pairs: pl.DataFrame, count: int) -> np.ndarray:
    """Smallest number of each connected component, by numbers 0 to count: labels sink along the pairs until none moves."""
    roots = np.arange(count, dtype=np.uint32)
    a, b = pairs["a"].to_numpy(), pairs["b"].to_numpy()
    while True:
        lowest = np.minimum(roots[a], roots[b])
        sunk = roots.copy()
        np.minimum.at(sunk, a, lowest)
        np.minimum.at(sunk, b, lowest)
        sunk = sunk[sunk]  # what a root has sunk to, all below it sink to
        if np.array_equal(sunk, roots):
            return roots
        roots = sunk
