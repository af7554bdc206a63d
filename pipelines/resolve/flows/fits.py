"""Totals and the smaller sums that add up to them: which sums of a total's ends stand in some subset that makes it up.

Of a sum that several give together ("donors", "the Nordic countries") the parts are those of any givers to its recipient. A total is a sum told as one, or what stands beside a further sum in one report ("another $7 million, which makes it $17
million") where that further sum and earlier ones add up to it.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl

from pipelines.codes import DonorKind

# Parts of a total are told within so many days of it, add up to it within this share, and are no more than these.
NEAR_TOTAL, FITS, MOST_PARTS = 400, 0.02, 8
_NEEDED = [
    "donor", "donor_kind", "recipient", "usd", "stated", "currency", "is_total", "is_sequel", "is_cumulative", "document_id", "published_on",
]  # fmt: skip


def fitting_parts(reports: pl.DataFrame) -> pl.DataFrame:
    """`total` and `part` (row numbers): the smaller sums that stand in a subset of two or more that adds up to a total.

    A sum that is told twice is counted once. Only totals with so few other sums near them are asked that chance is small.
    """
    sums = _sums_near_totals(reports)
    size = sums["slot"].max()
    if size is None:
        return pl.DataFrame(schema={"total": pl.UInt32(), "part": pl.UInt32()})
    masks = _subsets(MOST_PARTS)
    totals = sums["total"].unique(maintain_order=True)
    place = sums["total"].rank("dense").to_numpy().astype(np.int64) - 1
    # Shares of the total that its sums are, by total and slot; every subset of slots at once.
    shares = np.zeros((len(totals), MOST_PARTS))
    shares[place, sums["slot"].to_numpy()] = sums["share"].to_numpy()
    adds_up = (np.abs(shares @ masks.T - 1) <= FITS) & _of_real_sums(shares, masks)
    # An inferred total needs the further sum beside it among its parts.
    needed = np.zeros((len(totals), MOST_PARTS))
    needed[place, sums["slot"].to_numpy()] = sums["is_needed"].to_numpy()
    is_total = np.zeros(len(totals), dtype=bool)
    is_total[place] = sums["is_total_stated"].to_numpy()
    adds_up &= is_total[:, None] | (needed @ masks.T > 0)
    stands = (adds_up.astype(np.float64) @ masks > 0)[place, sums["slot"].to_numpy()]
    return sums.filter(pl.Series(stands)).select("total", pl.col("parts").alias("part")).explode("part")


def _sums_near_totals(reports: pl.DataFrame) -> pl.DataFrame:
    """One row a total and a smaller sum near it, in slots by size: `parts` are the rows that tell it, `share` what it is of
    the total, `is_needed` whether it is told as a further one in the total's own report."""
    rows = (
        reports.select(_NEEDED)
        .with_row_index("row")
        .with_columns(
            is_together=pl.col("donor").is_null() | (pl.col("donor_kind") == DonorKind.GROUP.value).fill_null(False)
        )
    )
    further = rows.filter("is_sequel")["document_id"].unique()
    is_total = pl.col("is_total").fill_null(False)
    beside = pl.col("document_id").is_in(further.implode()) & ~pl.col("is_sequel").fill_null(False)
    asked = (is_total | beside) & (pl.col("usd") > 0) & ~pl.col("is_cumulative").fill_null(False)
    totals = rows.filter(asked).with_columns(is_total_stated=is_total)
    near = (pl.col("published_on") - pl.col("published_on_part")).dt.total_days().abs() <= NEAR_TOTAL
    # Sums of one currency are compared in it: their dollars are those of two days.
    in_dollars = pl.col("usd_part") / pl.col("usd")
    in_currency = pl.when(pl.col("currency") == pl.col("currency_part")).then(pl.col("stated_part") / pl.col("stated"))
    named = rows.filter(~pl.col("is_together"))
    together = totals.filter(pl.col("is_together") & pl.col("is_total_stated")).join(
        named, on="recipient", suffix="_part"
    )
    of_one = totals.join(rows, on=["donor", "recipient"], suffix="_part").with_columns(donor_part="donor")
    pairs = (
        pl.concat([of_one, together.select(of_one.columns)])
        .with_columns(share=pl.coalesce(in_currency, in_dollars))
        .filter((pl.col("share") < 1 - FITS) & near.fill_null(True))
        .sort("row", "share", "donor_part", "row_part")
    )
    is_needed = pl.col("is_sequel_part").fill_null(False) & (pl.col("document_id") == pl.col("document_id_part"))
    # Of its own report an inferred total takes the further sum alone: three grants of one report may add up by chance.
    pairs = pairs.with_columns(_is_needed=is_needed).filter(
        pl.col("is_total_stated") | pl.col("_is_needed") | (pl.col("document_id") != pl.col("document_id_part"))
    )
    is_other = (pl.col("share") >= pl.col("share").shift(1) * (1 + FITS)).fill_null(True)
    is_other |= pl.col("donor_part").ne_missing(pl.col("donor_part").shift(1))
    return (
        pairs.with_columns(_new=(is_other | (pl.col("row") != pl.col("row").shift(1))).fill_null(True))
        .with_columns(_slot=pl.col("_new").cast(pl.Int64).cum_sum().over("row") - 1)
        .group_by(total="row", slot="_slot", maintain_order=True)
        .agg(
            parts="row_part", share=pl.col("share").first(), is_needed=pl.col("_is_needed").any(), is_total_stated=pl.col("is_total_stated").first()
        )
        .filter(pl.col("slot").max().over("total") < MOST_PARTS)
        .filter(pl.col("is_total_stated") | pl.col("is_needed").any().over("total"))
        .sort("total", "slot")
    )  # fmt: skip


@cache
def _subsets(size: int) -> np.ndarray:
    """All subsets of two or more of `size` slots, shape (subsets, size), 0 and 1."""
    every = (np.arange(1 << size)[:, None] >> np.arange(size)) & 1
    return every[every.sum(axis=1) >= 2].astype(np.float64)


def _of_real_sums(shares: np.ndarray, masks: np.ndarray) -> np.ndarray:
    """Whether a subset has no empty slot in it: shape (totals, subsets)."""
    return np.asarray((shares == 0).astype(np.float64) @ masks.T == 0)
