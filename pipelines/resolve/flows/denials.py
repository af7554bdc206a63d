"""Sums that one report tells and another, soon after, denies: "denied that Tunisia had received $40 million from Iran"."""

from __future__ import annotations

import polars as pl

from pipelines.tables.flows import STAGES, UNDONE

# Days within which a denial speaks of what was reported.
SOON = 60
DENIED = "another report denies it soon after"
_ENDS = ["donor", "recipient", "currency", "amount"]
_PROMISES = STAGES[1:3]
_STAGE = {name: n for n, name in enumerate(STAGES)}


def denied(rows: pl.DataFrame) -> pl.Series:
    """Whether another document denies each report soon after it (donor, recipient, currency, amount, status, factuality, is_withdrawn, published_on, document_id).

    Who denies that money was paid does not deny that it was promised: what had come as far as what is denied, or further, is. Who says that
    it was another sum contradicts the report, and denies no gift.
    """
    told = rows.select(*_ENDS, "document_id", "published_on", "factuality", _at=_stage(), n=pl.int_range(pl.len()))
    is_denial = (pl.col("factuality") == "negated") & ~pl.col("status").is_in(UNDONE).fill_null(False)
    is_denial &= ~pl.col("is_withdrawn").fill_null(False)
    another = rows.filter(pl.col("factuality") == "actual").select("donor", "recipient", "document_id").unique()
    denials = (
        rows.filter(is_denial)
        .join(another, on=["donor", "recipient", "document_id"], how="anti")
        .select(*_ENDS, _by="document_id", _on="published_on", _from=_denied_stage())
    )
    days = (pl.col("_on") - pl.col("published_on")).dt.total_days()
    found = (
        told.filter(pl.col("factuality") == "actual")
        .join(denials, on=_ENDS)
        .filter(
            (pl.col("document_id") != pl.col("_by")) & days.is_between(0, SOON) & (pl.col("_at") >= pl.col("_from"))
        )
    )
    return told["n"].is_in(found["n"].unique().implode()).alias("is_denied")


def _denied_stage() -> pl.Expr:
    """How far a sum would have come that is denied: a promise where the denial tells one, else paid ("did not give")."""
    is_promise = pl.col("status").is_in(_PROMISES).fill_null(False)
    return pl.when(is_promise).then(_stage()).otherwise(_STAGE[STAGES[-1]])


def _stage() -> pl.Expr:
    """How far the sum had come; -1 where that is not told."""
    return pl.col("status").replace_strict(_STAGE, default=-1, return_dtype=pl.Int64)
