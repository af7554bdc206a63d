"""Which month's part of a table each document belongs to, and digests of all that decides a part's rows.

A part whose digest is that of a published one need not be made again. So whatever reaches a row of a table in RESTS_ON must be in one of the
digests here: code, reference data and libraries by the version of the stage `tables`, the rest by what it says of the month's documents.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from pipelines.resolve.stage_results import StageResults
from pipelines.stages import plan
from pipelines.stages.fingerprints import digest

UNDATED = "undated"
# Tables that lie in parts, and what decides their rows: facts and documents of the month's batches, where these lie, which are copies,
# who the actors are, which stories events are of.
RESTS_ON: dict[str, tuple[str, ...]] = {
    "financial_figures": ("facts", "actors"),
    "event_actors": ("facts", "actors"),
    "mentions": ("facts", "actors"),
    "quotes": ("facts", "actors"),
    "documents": ("facts", "places", "copies"),
    "sentences": ("facts",),
    "evidence": ("facts",),
    "document_cuts": ("facts",),
    "time_expressions": ("facts",),
    "quantities": ("facts",),
    "events": ("facts", "actors", "stories"),
}


class Months:
    """`of`: document_id -> month ("2015-03"; UNDATED where the day is not known), all documents."""

    def __init__(self, results: StageResults) -> None:
        month = pl.col("published_on").dt.strftime("%Y-%m").fill_null(UNDATED)
        self.of = results.document_index.select("document_id", month=month)
        self._base = (plan.TABLES.version(), results.event_confidence)
        self._digests: dict[str, dict[str, str]] = {}

    def rest_on(self, name: str, rows: pl.DataFrame) -> None:
        """Digest what decides rows, by month: `rows` have document_id, and are told apart and compared by all their columns."""
        found = (
            rows.lazy()
            .select("document_id", hash=pl.struct(pl.all()).hash(0))
            .join(self.of.lazy(), on="document_id")
            .group_by("month")
            .agg(rows=pl.len(), hashes=pl.col("hash").bitwise_xor())
            .collect()
        )
        self._digests[name] = {month: digest(*inputs) for month, *inputs in found.iter_rows()}

    def keys(self, table: str) -> Mapping[str, str]:
        """Month -> key of the table's part, of every month that has documents. What the table rests on must have been digested."""
        names = RESTS_ON[table]
        return {
            month: digest(*self._base, table, *(self._digests[name].get(month, "") for name in names))
            for month in sorted(self.of["month"].unique())
        }

    def documents(self, months: set[str]) -> pl.Series:
        """Ids of the documents of some months."""
        return self.of.filter(pl.col("month").is_in(list(months)))["document_id"]
