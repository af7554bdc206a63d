"""Chrome that a publisher repeats: which paragraphs stand in many of its documents, over the whole corpus.

Learnt from all batches together, so that the order in which files came makes no difference. A batch is cleaned
again only where the learnt set changed for paragraphs that it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from pipelines.stages.fingerprints import digest


@dataclass(frozen=True)
class LearnedChrome:
    """Paragraph hashes by publisher, and which of them each batch holds."""

    by_batch: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)

    def for_batch(self, batch: str) -> Mapping[str, frozenset[str]]:
        return self.by_batch.get(batch, {})

    def digest_for(self, batch: str) -> str:
        known = self.for_batch(batch)
        return digest(*((p, *sorted(known[p])) for p in sorted(known)))


def read(warehouse: Path) -> LearnedChrome:
    return LearnedChrome()


def learn(warehouse: Path) -> pl.DataFrame:
    return pl.DataFrame(schema={"publisher": pl.String, "paragraph": pl.String})
