"""One paper writes one dollar of one giver and receiver: bare dollars ("$5 million") that were read as two states' are those of most.

Which dollar a bare sign means is decided document by document (`extract.money.home_dollar`); two of a paper's reports may
differ in it by chance, and then one sum looks like two.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from pipelines.resolve.usd import rate_on
from pipelines.tables.money import MONEY_PRECISION, MONEY_SCALE

_MONEY = pl.Decimal(MONEY_PRECISION, MONEY_SCALE)
# A sum in dollars of which no word or sign tells the state.
_BARE = r"^(?:\$ ?[\d.,]+(?:[ -][A-Za-z]+)?|[\d.,]+(?:[ -][A-Za-z]+)? (?:dollars?|dlrs?))$"
_PAPER = ["publisher", "payer_id", "payee_id"]


def with_one_dollar(figures: pl.DataFrame) -> pl.DataFrame:
    """Figures (with anchor, publisher and published_on) whose bare dollars are the same state's in a paper's reports of one pair of ends.

    Where reports are halved, it is the U.S. dollar. `currency`, `amount_usd` and `amount_usd_constant` follow.
    """
    is_bare = pl.col("text").str.contains(_BARE) & pl.all_horizontal(pl.col(*_PAPER, "published_on").is_not_null())
    bare = figures.filter(is_bare.fill_null(False)).select("anchor", "currency", "published_on", *_PAPER)
    several = bare.filter(pl.col("currency").n_unique().over(_PAPER) > 1)
    if several.is_empty():
        return figures
    of_most = (
        several.group_by(*_PAPER, "currency")
        .agg(count=pl.len())
        .sort("count", pl.col("currency") == "USD", "currency", descending=True)
        .group_by(_PAPER, maintain_order=True)
        .agg(_dollar=pl.col("currency").first())
    )
    changed = several.join(of_most, on=_PAPER).filter(pl.col("currency") != pl.col("_dollar"))
    rates = [_rate(dollar, day) for dollar, day in changed.select("_dollar", "published_on").iter_rows()]
    changed = changed.select("anchor", "_dollar", _rate=pl.Series(rates, dtype=pl.Float64)).drop_nulls()
    usd = pl.col("amount").cast(pl.Float64) * pl.col("_rate")
    price = pl.col("amount_usd_constant").cast(pl.Float64) / pl.col("amount_usd").cast(pl.Float64)
    return (
        figures.join(changed, on="anchor", how="left", maintain_order="left")
        .with_columns(
            pl.coalesce("_dollar", "currency").alias("currency"),
            amount_usd=pl.when(pl.col("_rate").is_not_null()).then(usd.round(2).cast(_MONEY)).otherwise("amount_usd"),
            amount_usd_constant=pl.when(pl.col("_rate").is_not_null())
            .then((usd * price).round(2).cast(_MONEY))
            .otherwise("amount_usd_constant"),
        )
        .drop("_dollar", "_rate")
    )


def _rate(currency: str, day: date) -> float | None:
    if currency == "USD":
        return 1.0
    found = rate_on(currency, day)
    return None if found is None else found.usd
