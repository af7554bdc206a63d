"""Signatures of texts on disk, found by the bands that they share: more are added without reading or writing what is there.

A log-structured index: texts have numbers, in the order in which they came, and lie in segments that never change. A segment is
three arrays, mapped and not read: the signatures, the hashed bands in order, and whose each band is. Asking for a band is a binary
search in each segment. Small segments are merged into larger ones up to a size, so that there are few of them and a text is
written again a dozen times at most, however many come.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import polars as pl

from pipelines.text.signature import PERMUTATIONS
from pipelines.warehouse import files

# 32 bands of 4 rows find 99 % of pairs that share 60 % of their shingles, and 1 in 8 of those that share a quarter.
BANDS = 32
ROWS = PERMUTATIONS // BANDS
# Texts of the largest segment that is still merged: 200 MB.
LARGEST = 250_000
_KINDS = ("hashes", "keys", "places")


def band_of(hashes: np.ndarray, band: np.ndarray | int) -> tuple[np.ndarray, np.ndarray]:
    """A band of each signature, as two 64-bit numbers: equal where its four 32-bit ones are."""
    words = np.ascontiguousarray(hashes).view("<u8")
    rows = np.arange(len(words))
    return words[rows, 2 * np.asarray(band)], words[rows, 2 * np.asarray(band) + 1]


def _keys(hashes: np.ndarray) -> np.ndarray:
    """All bands of the signatures hashed to 64 bits, shape (texts, BANDS)."""
    words = np.ascontiguousarray(hashes).view("<u8")
    salt = np.arange(1, BANDS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed: np.ndarray = (words[:, 0::2] ^ salt) * np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(29)
    mixed = (mixed + words[:, 1::2]) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(32)
    return mixed


@dataclass(frozen=True)
class Segment:
    """Texts `first` to `first + count` in the files `<name>.<kind>.npy` of a folder."""

    folder: Path
    name: str
    first: int
    count: int

    @staticmethod
    def write(folder: Path, first: int, hashes: np.ndarray) -> Segment:
        """A segment of new files, flushed to disk; it counts once somebody names it."""
        # Never the name of another: what an older version noted must not be found with other content.
        name = f"{first:09d}-{len(hashes)}-{secrets.token_hex(4)}"
        keys = _keys(hashes).reshape(-1)
        order = np.argsort(keys, kind="stable").astype(np.uint32)
        for kind, array in zip(_KINDS, (hashes, keys[order], order), strict=True):
            path = folder / f"{name}.{kind}.npy"
            with files.atomic_write(path) as aside, aside.open("wb") as out:
                np.save(out, array)
        return Segment(folder, name, first, len(hashes))

    def _mapped(self, kind: str) -> np.ndarray:
        return np.asarray(np.load(self.folder / f"{self.name}.{kind}.npy", mmap_mode="r"))

    @cached_property
    def hashes(self) -> np.ndarray:
        """Signatures, shape (count, PERMUTATIONS)."""
        return self._mapped("hashes")

    def having(self, asked: np.ndarray) -> pl.DataFrame:
        """(key, n, band) of the texts that have one of the keys, which are in order."""
        keys, places = self._mapped("keys"), self._mapped("places")
        low, high = np.searchsorted(keys, asked, "left"), np.searchsorted(keys, asked, "right")
        counts = high - low
        at = np.arange(counts.sum()) + np.repeat(low - np.cumsum(counts) + counts, counts)
        place = places[at]
        return pl.DataFrame(
            {"key": np.repeat(asked, counts), "n": self.first + place // BANDS, "band": place % BANDS},
            schema={"key": pl.UInt64, "n": pl.UInt32, "band": pl.UInt32},
        )


class SignatureIndex:
    """The segments of a folder, oldest first; what is added counts once the caller has noted `names` somewhere."""

    def __init__(self, folder: Path, names: list[str]) -> None:
        self.folder = folder
        self.segments = [Segment(folder, name, *map(int, name.split("-")[:2])) for name in names]

    def __len__(self) -> int:
        return sum(segment.count for segment in self.segments)

    @property
    def names(self) -> list[str]:
        return [segment.name for segment in self.segments]

    def add(self, hashes: np.ndarray) -> None:
        """Number further texts, from `len` on, in segments as large as they may be; then merge small ones."""
        for start in range(0, len(hashes), LARGEST):
            self.segments.append(Segment.write(self.folder, len(self), hashes[start : start + LARGEST]))
        while len(self.segments) > 1:
            before, last = self.segments[-2:]
            if before.count > 2 * last.count or before.count + last.count > LARGEST:
                break
            both = np.concatenate([before.hashes, last.hashes])
            self.segments[-2:] = [Segment.write(self.folder, before.first, both)]

    def drop_unnamed(self) -> None:
        """Remove files of segments that were merged or never noted."""
        wanted = {f"{name}.{kind}.npy" for name in self.names for kind in _KINDS}
        for path in self.folder.glob("*.npy"):
            if path.name not in wanted:
                path.unlink()

    def hashes(self, numbers: np.ndarray) -> np.ndarray:
        """Signatures of texts, in the order of the numbers."""
        found = np.empty((len(numbers), PERMUTATIONS), dtype="<u4")
        for segment in self.segments:
            inside = (numbers >= segment.first) & (numbers < segment.first + segment.count)
            found[inside] = segment.hashes[numbers[inside] - segment.first]
        return found

    def band(self, band: int) -> tuple[np.ndarray, np.ndarray]:
        """One band of all texts, by number."""
        found = [band_of(segment.hashes, band) for segment in self.segments]
        return np.concatenate([one for one, _ in found]), np.concatenate([two for _, two in found])

    def sharing(self, numbers: np.ndarray) -> pl.DataFrame:
        """(key, band, n): every text that has the key of a band with one of the numbers in common, themselves too.

        A key is a hash: whoever needs the band itself compares it.
        """
        asked = np.unique(_keys(self.hashes(numbers)))
        return pl.concat([segment.having(asked) for segment in self.segments])
