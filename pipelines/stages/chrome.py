"""Chrome that a publisher repeats: which paragraphs stand in many of its articles, over the whole corpus.

Learnt from all batches together, so that the order in which files came makes no difference. A batch is cleaned
again only where the learnt set changed for paragraphs that it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from pipelines.stages.fingerprints import digest
from pipelines.stages.records import WITNESS_SCHEMA, WITNESSES
from pipelines.text.repetition import REPEATED_IN
from pipelines.warehouse import files, ledger


@dataclass(frozen=True)
class LearnedChrome:
    """Paragraph keys by source, and which of them each batch holds."""

    by_batch: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)

    def for_batch(self, batch: str) -> Mapping[str, frozenset[str]]:
        return self.by_batch.get(batch, {})

    def digest_for(self, batch: str) -> str:
        known = self.for_batch(batch)
        return digest(*((source, *sorted(known[source])) for source in sorted(known)))


def _path(warehouse: Path) -> Path:
    return warehouse / "state" / "publisher_chrome.parquet"


def learn(warehouse: Path) -> pl.DataFrame:
    """Find the repeated paragraphs of all live batches and keep them; returns (source, paragraph, batch)."""
    live = ledger.live_batches(ledger.read(warehouse))
    frames = [pl.scan_parquet(warehouse / "batches" / b / WITNESSES).with_columns(batch=pl.lit(b)) for b in live]
    counted = pl.concat(frames or [pl.LazyFrame(schema=WITNESS_SCHEMA | {"batch": pl.String()})])
    repeated = (
        counted.group_by("source", "paragraph")
        .agg(articles=pl.col("article").n_unique())
        .filter(pl.col("articles") >= REPEATED_IN)
    )
    found = (
        counted.join(repeated, on=["source", "paragraph"], how="semi")
        .select("source", "paragraph", "batch")
        .unique()
        .sort("source", "paragraph", "batch")
        .collect()
    )
    path = _path(warehouse)
    if not path.exists() or not pl.read_parquet(path).equals(found):
        files.write_parquet(found, path)
    return found


def read(warehouse: Path) -> LearnedChrome:
    """What was learnt last; nothing before the first time."""
    path = _path(warehouse)
    if not path.exists():
        return LearnedChrome()
    by_batch: dict[str, dict[str, frozenset[str]]] = {}
    grouped = pl.read_parquet(path).group_by("batch", "source").agg("paragraph").sort("batch", "source")
    for batch, source, keys in grouped.iter_rows():
        by_batch.setdefault(batch, {})[source] = frozenset(keys)
    return LearnedChrome(by_batch)
