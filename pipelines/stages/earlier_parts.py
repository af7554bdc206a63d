"""Which parts of earlier results hold rows that a shard can take over, by the key of what they are of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl


class EarlierParts:
    """Keys of the rows of earlier parts, each part opened once a run.

    A file of a hundred thousand records that gets one more has as many earlier parts as new shards: each shard is handed those
    that hold its rows, and none that do not.
    """

    def __init__(self, key: str) -> None:
        self.key = key
        self._parts: list[Path] = []
        self._number: dict[Path, int] = {}
        self._keys = pl.DataFrame(schema={"part": pl.UInt32, "key": pl.UInt64})

    def holding(self, parts: Sequence[Path], wanted: Sequence[str]) -> tuple[Path, ...]:
        """Those of `parts` that hold a row of one of the keys, in their order."""
        new = [part for part in parts if part not in self._number]
        frames = [self._keys]
        for part in new:
            self._number[part] = len(self._parts)
            self._parts.append(part)
            keys = pl.read_parquet(part, columns=[self.key])[self.key].hash()
            frames.append(pl.DataFrame({"key": keys}).select(part=pl.lit(self._number[part], pl.UInt32), key="key"))
        if new:
            self._keys = pl.concat(frames)
        asked = pl.DataFrame({"key": pl.Series(wanted, dtype=pl.String).hash()}).unique()
        held = set(self._keys.join(asked, on="key", how="semi")["part"].to_list())
        return tuple(part for part in parts if self._number[part] in held)
