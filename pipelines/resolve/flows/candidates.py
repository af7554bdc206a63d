"""Pairs of reports that may speak of one flow: linear in the reports, whatever the size of a donor-recipient pair.

The sorted-neighbourhood method (Hernández and Stolfo 1995): within donor and recipient, reports are put in order of
several keys, and each is paired with the few that stand next to it. Small pairs of donor and recipient are paired in full.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.resolve.flows.fits import fitting_parts

# Up to this many reports of a donor and recipient all are paired with all.
ALL_PAIRS = 24
# In larger ones, with so many neighbours in each order.
WINDOW = 8


def candidate_pairs(reports: pl.DataFrame) -> np.ndarray:
    """Row numbers of candidate pairs, shape (pairs, 2), uint32, first < second, each once, in order.

    Needs donor, recipient, to_several, usd, published_on, year_start, purpose_code, part_of, figure_id, status, currency, amount, and what `fitting_parts` needs, of `schema.REPORTS`.
    """
    rows = reports.select(
        n=pl.int_range(pl.len(), dtype=pl.UInt32),
        block=pl.struct("donor", "recipient").rank("dense"),
        day=pl.coalesce(pl.date(pl.col("year_start"), 7, 1), "published_on").cast(pl.Int32).fill_null(0),
        reported=pl.col("published_on").cast(pl.Int32).fill_null(0),
        scale=(pl.col("usd").log() / 0.2).floor(),
        usd="usd",
        sector=pl.col("purpose_code").str.slice(0, 3).fill_null(""),
    ).with_columns(size=pl.len().over("block"))
    found = [_all_pairs(rows.filter((pl.col("size") > 1) & (pl.col("size") <= ALL_PAIRS)))]
    large = rows.filter(pl.col("size") > ALL_PAIRS)
    for order in (("usd", "reported"), ("scale", "day", "usd"), ("reported", "usd"), ("sector", "reported", "usd")):
        found += _neighbours(large.sort("block", *order, "n"))
    found += [_linked(reports), _of_several(reports), *_requests(reports)]
    pairs = pl.concat(found)
    first, second = pl.min_horizontal("a", "b"), pl.max_horizontal("a", "b")
    return pairs.select(a=first, b=second).filter(pl.col("a") < pl.col("b")).unique().sort("a", "b").to_numpy()


_PAIRS = pl.Schema({"a": pl.UInt32(), "b": pl.UInt32()})


def _all_pairs(rows: pl.DataFrame) -> pl.DataFrame:
    one = rows.select("block", a="n")
    return one.join(rows.select("block", b="n"), on="block").filter(pl.col("a") < pl.col("b")).select("a", "b")


def _neighbours(ordered: pl.DataFrame) -> list[pl.DataFrame]:
    found = []
    for step in range(1, WINDOW + 1):
        pairs = ordered.select(a="n", b=pl.col("n").shift(-step).over("block")).drop_nulls()
        found.append(pairs.cast(_PAIRS))
    return found


def _linked(reports: pl.DataFrame) -> pl.DataFrame:
    """Each report with the total that its own text links it to: of whichever giver, since one of several may give the part, and of one of
    several receivers ("12.3 million to member countries, 5.5 million of it to Senegal") where its giver gives all."""
    rows = reports.select(
        "figure_id", "part_of", "donor", "recipient", "to_several", n=pl.int_range(pl.len(), dtype=pl.UInt32)
    )
    totals = rows.select("figure_id", "donor", "recipient", "to_several", b="n")
    parts = rows.filter(pl.col("part_of").is_not_null()).select("donor", "recipient", figure_id="part_of", a="n")
    found = parts.join(totals, on="figure_id", suffix="_whole")
    is_one_of_several = pl.col("to_several") & (pl.col("donor") == pl.col("donor_whole"))
    is_same = pl.col("recipient").eq_missing(pl.col("recipient_whole"))
    return found.filter(is_same | is_one_of_several.fill_null(False)).select("a", "b")


def _of_several(reports: pl.DataFrame) -> pl.DataFrame:
    """Each total that several give together with the sums of its givers that make it up."""
    return fitting_parts(reports).select(a="part", b="total").cast(_PAIRS)


def _requests(reports: pl.DataFrame) -> list[pl.DataFrame]:
    """Requests of one sum for one recipient, whoever is asked: an appeal goes to all givers, and texts name now one, now none."""
    asked = reports.with_row_index("n").filter((pl.col("status") == "requested") & pl.col("amount").is_not_null())
    rows = asked.with_columns(block=pl.struct("recipient", "currency", "amount").rank("dense"))
    return _neighbours(rows.sort("block", "published_on", "n", nulls_last=True))
