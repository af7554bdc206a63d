"""Dollars of one year's prices, so that amounts of different years can be compared and added up.

Index: the US consumer price index (CPI-U, all items, annual averages, US Bureau of Labor Statistics), carried in
`reference/us_price_index.csv` since 1913. A year that it does not tell, the current one among them, has no constant dollars.
"""

from __future__ import annotations

import polars as pl

from pipelines.reference.exchange_rates import us_price_index
from pipelines.tables.money import CONSTANT_USD_YEAR, as_money


def constant_dollars(figures: pl.LazyFrame, year: pl.Expr) -> pl.LazyFrame:
    """Add `amount_usd_constant` and `usd_constant_basis` to figures with `amount_usd`, by the prices of `year`."""
    index = us_price_index()
    prices = year.replace_strict(list(index), list(index.values()), default=None, return_dtype=pl.Float64)
    constant = as_money(pl.col("amount_usd").cast(pl.Float64) * index[CONSTANT_USD_YEAR] / pl.col("_prices"))
    return (
        figures.with_columns(_year=year, _prices=prices)
        .with_columns(
            amount_usd_constant=constant,
            usd_constant_basis=pl.when(pl.col("amount_usd").is_null())
            .then(pl.lit("none: no amount_usd"))
            .when(pl.col("_year").is_null())
            .then(pl.lit("none: no date"))
            .when(pl.col("_prices").is_null())
            .then(pl.lit("none: no price index for ") + pl.col("_year").cast(pl.String))
            .otherwise(pl.lit("US CPI-U, ") + pl.col("_year").cast(pl.String) + pl.lit(f" to {CONSTANT_USD_YEAR}")),
        )
        .drop("_year", "_prices")
    )
