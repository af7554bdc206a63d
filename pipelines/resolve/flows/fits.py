"""Totals and the smaller sums that add up to them: which sums of a total's ends stand in some subset that makes it up.

A total is compared with the reports that stand next to it in time, block of totals by block: pairs grow with the reports, memory with neither.

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
# Of so many reports before a total and so many after it, however many its ends have about that time; as many without a day.
NEIGHBOURS = 64
# Totals that are compared at once.
BLOCK = 4_096
_NEEDED = [
    "donor", "donor_kind", "recipient", "usd", "stated", "currency", "is_total", "is_sequel", "is_cumulative", "document_id", "published_on",
]  # fmt: skip


def fitting_parts(reports: pl.DataFrame) -> pl.DataFrame:
    """`total` and `part` (row numbers): the smaller sums that stand in a subset of two or more that adds up to a total.

    A sum that is told twice is counted once. Only totals with so few other sums near them are asked that chance is small.
    """
    near = Neighbours(reports)
    blocks = [_fitting(near.pairs(block)) for block in near.totals.partition_by("block", maintain_order=True)]
    none = pl.DataFrame(schema={"total": pl.UInt32(), "part": pl.UInt32()})
    return pl.concat([none, *blocks]).sort("total", maintain_order=True)


def _fitting(pairs: pl.DataFrame) -> pl.DataFrame:
    """`fitting_parts` of some totals with their neighbours (`Neighbours.pairs`)."""
    sums = _sums_near_totals(pairs)
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


class Neighbours:
    """Totals, and the reports of their ends in the order of time: of each total a stretch of them. `totals` are
    asked block by block, each with all of its stretches."""

    def __init__(self, reports: pl.DataFrame) -> None:
        is_group = (pl.col("donor_kind") == DonorKind.GROUP.value).fill_null(False)
        rows = (
            reports.select(_NEEDED)
            .with_row_index("row")
            .with_columns(
                is_together=pl.col("donor").is_null() | is_group,
                day=pl.col("published_on").cast(pl.Int32).cast(pl.Int64),
            )
        )
        further = rows.filter("is_sequel")["document_id"].unique()
        is_total = pl.col("is_total").fill_null(False)
        beside = pl.col("document_id").is_in(further.implode()) & ~pl.col("is_sequel").fill_null(False)
        asked = (is_total | beside) & (pl.col("usd") > 0) & ~pl.col("is_cumulative").fill_null(False)
        totals = rows.filter(asked).with_columns(is_total_stated=is_total)
        # The sums of one giver, and for what several give together those of whoever is named. A total stands in both.
        ends = [
            (
                totals.drop_nulls(["donor", "recipient"]),
                rows.drop_nulls(["donor", "recipient"]),
                ["donor", "recipient"],
            ),
            (
                totals.filter(pl.col("is_together") & is_total).drop_nulls("recipient"),
                rows.filter(~pl.col("is_together")).drop_nulls("recipient"),
                ["recipient"],
            ),
        ]
        found = [_stretches(*asked) for asked in ends]
        first = len(found[0][1])
        self.rows = pl.concat([near for _, near in found])
        shifted = found[1][0].with_columns(pl.col("dated", "undated") + first)
        self.totals = (
            pl.concat([found[0][0], shifted])
            .sort("row", maintain_order=True)
            .with_columns(block=(pl.col("row").rank("dense") - 1) // BLOCK)
        )

    def pairs(self, block: pl.DataFrame) -> pl.DataFrame:
        """Each of some totals beside every report of its stretches; columns of these end in `_part`."""
        counts = block.select("dated_count", "undated_count").to_numpy()
        total = np.repeat(np.arange(block.height), counts.sum(axis=1))
        first = np.stack([block["dated"].to_numpy(), block["undated"].to_numpy()], axis=1).ravel()
        each = counts.ravel()
        within = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
        parts = self.rows[np.repeat(first, each) + within]
        return block.drop("dated", "undated", "dated_count", "undated_count", "block")[total].hstack(
            parts.rename(lambda name: f"{name}_part")
        )


def _stretches(totals: pl.DataFrame, rows: pl.DataFrame, ends: list[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Totals with where their neighbours stand (`dated`, `dated_count`, those without a day `undated`, `undated_count`) in the reports, which
    come sorted by their ends, day and document: the reports of a total's own text are the nearest."""
    keys = (
        pl.concat([rows.select(*ends), totals.select(*ends)])
        .select(pl.struct(ends).rank("dense"))
        .to_series()
        .cast(pl.Int64)
    )
    rows, totals = rows.with_columns(_ends=keys[: rows.height]), totals.with_columns(_ends=keys[rows.height :])
    order = ["_ends", "day", "document_id", "row"]
    rows = rows.sort(order, nulls_last=True)
    both = pl.concat([rows.select(*order, _is_total=pl.lit(False)), totals.select(*order, _is_total=pl.lit(True))])
    both = both.sort(*order, "_is_total", nulls_last=True).with_columns(
        _place=(~pl.col("_is_total")).cum_sum().cast(pl.Int64)
    )
    totals = totals.join(both.filter("_is_total").select("row", "_place"), on="row", maintain_order="left")
    # One number of ends and day; those without a day stand behind the others of their ends.
    last = 1 << 31
    here = rows["_ends"].to_numpy() * 2 * last + rows["day"].fill_null(last - 1).to_numpy()
    of, place = totals["_ends"].to_numpy() * 2 * last, totals["_place"].to_numpy()
    day, is_dated = totals["day"].fill_null(0).to_numpy(), totals["day"].is_not_null().to_numpy()
    # A total without a day may be of any time.
    begin = np.searchsorted(here, np.where(is_dated, of + day - NEAR_TOTAL, of - last), "left")
    end = np.searchsorted(here, np.where(is_dated, of + day + NEAR_TOTAL, of + last - 2), "right")
    begin, end = np.maximum(begin, place - NEIGHBOURS), np.minimum(end, place + NEIGHBOURS)
    undated = np.searchsorted(here, of + last - 1, "left")
    undated_end = np.searchsorted(here, of + last - 1, "right")
    undated = np.maximum(undated, np.where(is_dated, undated, place - NEIGHBOURS))
    undated_end = np.minimum(undated_end, np.where(is_dated, undated, place) + NEIGHBOURS)
    found = totals.with_columns(
        dated=pl.Series(begin), dated_count=pl.Series(np.maximum(end - begin, 0)),
        undated=pl.Series(undated), undated_count=pl.Series(np.maximum(undated_end - undated, 0)),
    ).drop("_ends", "_place")  # fmt: skip
    return found, rows.drop("_ends")


def _sums_near_totals(pairs: pl.DataFrame) -> pl.DataFrame:
    """One row a total and a smaller sum near it, in slots by size: `parts` are the rows that tell it, `share` what it is of
    the total, `is_needed` whether it is told as a further one in the total's own report. Of totals with few such sums."""
    # Sums of one currency are compared in it: their dollars are those of two days.
    in_dollars = pl.col("usd_part") / pl.col("usd")
    in_currency = pl.when(pl.col("currency") == pl.col("currency_part")).then(pl.col("stated_part") / pl.col("stated"))
    pairs = (
        pairs.with_columns(share=pl.coalesce(in_currency, in_dollars))
        .filter(pl.col("share") < 1 - FITS)
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
