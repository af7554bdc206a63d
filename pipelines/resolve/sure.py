"""Which rows are sure: of a confidence from which at least seven in ten rows were right when they were measured.

The figures are those of the reader's cross-validation (`training/reader`): each is the least confidence at which rows of that
confidence and above were right by a strict reading in at least 70 of 100. They change with the reader, not with taste.
"""

from __future__ import annotations

import polars as pl

LEAST_CONFIDENCE = {"events": 0.7, "financial_figures": 0.72}


def is_sure(table: str) -> pl.Expr:
    """The column `is_sure` of a table of LEAST_CONFIDENCE."""
    return (pl.col("confidence") >= LEAST_CONFIDENCE[table]).alias("is_sure")
