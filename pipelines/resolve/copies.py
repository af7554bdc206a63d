"""Copies: the same story in other files or papers, exactly or edited, cut or under another headline.

Candidates share a band of their MinHash signatures (locality-sensitive hashing, Indyk and Motwani 1998); a pair is a copy where
the estimated resemblance or containment of its shingles is high. All of it is columnar; only signatures are read. Whoever looks again
after more documents have come (`known_copies`) pays for what is new alone.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from pipelines.resolve.signature_index import BANDS, SignatureIndex, band_of

# A copy shares seven in ten shingles, or is (nearly) contained in the one before it. What contains an earlier report
# and goes on is an update: its facts are its own.
RESEMBLANCE = 0.7
CONTAINMENT = 0.85
LEAST_RESEMBLANCE = 0.4
# Too short to tell a copy from a form letter.
FEWEST_SHINGLES = 20
NOBODY = np.uint32(0xFFFFFFFF)
# Pairs that are compared, and bands that are sorted, at once: what bounds memory.
_BLOCK, _ROWS = 200_000, 2_000_000
_PAIRS = pl.Schema({"a": pl.UInt32(), "b": pl.UInt32()})
Signatures = Callable[[np.ndarray], np.ndarray]


def in_order(documents: pl.DataFrame) -> pl.DataFrame:
    """Documents as copies are told from what they repeat: first the one published first, of the same day the longest, then the one
    of the smallest id. Takes document_id, published_on, text_sha256 and shingles (their number); `n` is the place."""
    return documents.sort(
        "published_on", "shingles", "document_id", descending=[False, True, False], nulls_last=True
    ).with_row_index("n")


def texts_of(ordered: pl.DataFrame) -> pl.DataFrame:
    """The first document of each text, in order, of those that are long enough to have edited copies."""
    return ordered.filter(pl.col("shingles") >= FEWEST_SHINGLES).unique(
        "text_sha256", keep="first", maintain_order=True
    )


def copies_of(ordered: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """(document_id, duplicate_of) of every copy, by id. `groups`: text_sha256 and the number of the group that a text is of, where it
    was looked for; a text that was not is a group of its own."""
    grouped = ordered.join(groups, on="text_sha256", how="left", maintain_order="left").cast({"group": pl.Int64})
    short = grouped.filter(pl.col("group").is_null())
    alone = -1 - pl.col("n").cast(pl.Int64).min().over("text_sha256")
    grouped = pl.concat([grouped.filter(pl.col("group").is_not_null()), short.with_columns(group=alone)])
    several = grouped.filter(pl.len().over("group") > 1)
    return (
        several.with_columns(duplicate_of=pl.col("document_id").first().over("group"))
        .filter(pl.col("document_id") != pl.col("duplicate_of"))
        .select("document_id", "duplicate_of")
        .sort("document_id")
    )


def all_groups(index: SignatureIndex, place: np.ndarray, shingles: np.ndarray) -> np.ndarray:
    """Group of each text: the smallest number among those that hang together by copies of copies.

    `place` (in the order of `in_order`; NOBODY where a text is not there any more) and `shingles` are by number.
    """
    there = np.flatnonzero(place != NOBODY).astype(np.uint32)
    at_once = max(1, _ROWS // max(1, len(there)))
    pairs = [_PAIRS.to_frame()]
    for start in range(0, BANDS, at_once):
        bands = []
        for band in range(start, min(start + at_once, BANDS)):
            first, second = (half[there] for half in index.band(band))
            bands.append(pl.DataFrame({"n": there, "place": place[there], "k": first, "l": second, "band": band}))
        pairs.append(_candidates(pl.concat(bands), "band", "k", "l"))
    copies = _confirmed(pl.concat(pairs).unique(), index, shingles)
    return _components(copies, len(place))


def groups_after(
    index: SignatureIndex, place: np.ndarray, shingles: np.ndarray, groups: np.ndarray, changed: np.ndarray
) -> np.ndarray:
    """`all_groups`, where groups are known from before and only `changed` texts came, went or have another place.

    Pairs are made anew in the bands that a changed text is in, so only groups that have a text in one of those can be others now: their
    texts are grouped anew. Every other pair is of texts that were looked at before and stand to each other as they did.
    """
    touched = np.unique(index.sharing(changed)["n"].to_numpy())
    anew = np.isin(groups, np.unique(groups[touched]))
    anew[touched] = True
    anew &= place != NOBODY
    found = groups.copy()
    numbers = np.flatnonzero(anew).astype(np.uint32)
    found[changed] = changed
    found[numbers] = numbers
    if not len(numbers):
        return found
    near = index.sharing(numbers)
    near = near.with_columns(place=pl.Series(place[near["n"].to_numpy()])).filter(
        pl.col("place") != NOBODY, pl.len().over("key", "band") > 1
    )
    first, second = band_of(index.hashes(near["n"].to_numpy()), near["band"].to_numpy())
    pairs = _candidates(near.with_columns(k=pl.Series(first), l=pl.Series(second)), "band", "k", "l")
    within = pl.Series(anew).gather(pairs["a"]) & pl.Series(anew).gather(pairs["b"])
    copies = _confirmed(pairs.filter(within).unique(), index, shingles)
    roots = _components(copies, len(place))
    found[numbers] = roots[numbers]
    return found


def _candidates(texts: pl.DataFrame, *bucket: str) -> pl.DataFrame:
    """Pairs (a before b) of texts that share a bucket, which the columns tell: each with the first and with the one before it there.

    All pairs of a bucket would be its square; those that are all alike hang together through the first and the one before.
    """
    shared = texts.filter(pl.len().over(bucket) > 1).sort(*bucket, "place")
    near = shared.with_columns(first=pl.col("n").first().over(bucket), before=pl.col("n").shift(1).over(bucket))
    return pl.concat(
        [near.filter(pl.col(one) != pl.col("n")).select(a=one, b="n").cast(_PAIRS) for one in ("first", "before")]
    )


def _confirmed(pairs: pl.DataFrame, index: SignatureIndex, shingles: np.ndarray) -> pl.DataFrame:
    """Pairs whose signatures say that one is a copy of the other."""
    kept = [_PAIRS.to_frame()]
    sizes = shingles.astype(np.float64)
    for part in pairs.iter_slices(_BLOCK):
        first, second = part["a"].to_numpy(), part["b"].to_numpy()
        resemblance = (index.hashes(first) == index.hashes(second)).mean(axis=1)
        shared = resemblance / (1 + resemblance) * (sizes[first] + sizes[second])
        containment = shared / sizes[second]
        copy = (resemblance >= RESEMBLANCE) | ((containment >= CONTAINMENT) & (resemblance >= LEAST_RESEMBLANCE))
        kept.append(part.filter(pl.Series(copy)))
    return pl.concat(kept)


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
