"""Dollars: as stated, same currency or the rate of a day; else nothing, with the reason."""

from datetime import date
from decimal import Decimal

import polars as pl

from pipelines.resolve.usd import add_usd, rate_on
from pipelines.tables.money import CONSTANT_USD_YEAR


def _figures(**changes: object) -> pl.LazyFrame:
    row: dict[str, object] = {
        "amount": Decimal(100), "amount_low": None, "amount_high": None, "currency": "EUR", "usd_stated": None,
        "period_start": None, "period_end": None, "published_on": date(2010, 6, 1),
    }  # fmt: skip
    money = pl.Decimal(28, 4)
    schema = {
        "amount": money, "amount_low": money, "amount_high": money, "currency": pl.String(), "usd_stated": money,
        "period_start": pl.Date(), "period_end": pl.Date(), "published_on": pl.Date(),
    }  # fmt: skip
    return pl.LazyFrame([row | changes], schema=schema)


def _usd(**changes: object) -> tuple[object, str]:
    row = add_usd(_figures(**changes)).collect().row(0, named=True)
    return row["amount_usd"], row["usd_basis"]


def test_dollars_stay_dollars() -> None:
    assert _usd(currency="USD") == (Decimal(100), "same currency")


def test_what_the_text_states_beats_any_rate() -> None:
    assert _usd(usd_stated=Decimal("107.5")) == (Decimal("107.5"), "stated in the text")


def test_the_rate_is_of_the_day_of_publication() -> None:
    amount, basis = _usd(published_on=date(1999, 1, 4))
    assert amount == Decimal("117.89")  # the first reference rate of all: 1.1789
    assert basis == "ECB rate of 1999-01-04"


def test_a_past_period_is_converted_at_its_own_rates() -> None:
    of_year, basis = _usd(period_start=date(2008, 1, 1), period_end=date(2008, 12, 31))
    assert basis == "mean of ECB rates, 2008-01 to 2008-12"
    assert isinstance(of_year, Decimal)
    assert 146 < of_year < 148.5  # 1.4708 in the year's mean, 1.3917 at its end
    _, basis = _usd(period_start=date(2008, 12, 1), period_end=date(2008, 12, 31))
    assert basis == "ECB rate of 2008-12-31"
    # a year that is not over
    assert _usd(period_start=date(2010, 1, 1), period_end=date(2010, 12, 31))[1] == "ECB rate of 2010-06-01"


def test_a_period_that_began_before_the_rates_is_converted_at_its_end() -> None:
    assert _usd(period_start=date(1990, 1, 1), period_end=date(2008, 12, 31))[1] == "ECB rate of 2008-12-31"


def test_a_weekend_takes_the_working_day_before() -> None:
    found = rate_on("EUR", date(2010, 6, 6))
    assert found is not None
    assert found.basis == "ECB rate of 2010-06-04"


def test_before_the_euro_the_rate_is_of_the_month() -> None:
    amount, basis = _usd(currency="DEM", published_on=date(1987, 3, 2))
    assert basis == "NBP rate of 1987-03"
    assert amount is not None
    assert 53 < amount < 57  # the mark stood at 1.83 to the dollar


def test_before_the_monthly_rates_the_rate_is_of_the_year() -> None:
    amount, basis = _usd(currency="JPY", amount=Decimal(36000), published_on=date(1968, 5, 1))
    assert basis == "PWT rate of 1968"
    assert amount == Decimal(100)  # fixed at 360 to the dollar


def test_a_currency_that_the_euro_replaced_keeps_its_fixed_rate() -> None:
    amount, basis = _usd(currency="DEM", published_on=date(2010, 6, 4))
    assert basis == "ECB rate of 2010-06-04, fixed rate to the euro"
    euros = _usd(published_on=date(2010, 6, 4))[0]
    assert isinstance(euros, Decimal)
    assert amount == round(euros / Decimal("1.95583"), 2)


def test_a_year_of_falling_value_has_no_rate_of_the_year() -> None:
    assert _usd(currency="PEI", published_on=date(1988, 6, 1))[0] is None
    assert _usd(currency="ARS", published_on=date(1993, 6, 1))[0] is not None


def test_what_does_not_fit_once_converted_is_left_out() -> None:
    assert _usd(currency="KWD", amount=Decimal(9 * 10**23), published_on=date(2010, 6, 1))[0] is None


def _constant(**changes: object) -> tuple[object, str]:
    row = add_usd(_figures(**changes)).collect().row(0, named=True)
    return row["amount_usd_constant"], row["usd_constant_basis"]


def test_constant_dollars_take_the_prices_of_the_figures_own_year() -> None:
    amount, basis = _constant(currency="USD", published_on=date(1987, 3, 2))
    assert basis == f"US CPI-U, 1987 to {CONSTANT_USD_YEAR}"
    assert amount == Decimal("283.40")  # 321.943 / 113.6
    earlier = _constant(
        currency="USD", published_on=date(1987, 3, 2), period_start=date(1970, 1, 1), period_end=date(1970, 12, 31)
    )
    assert earlier[1] == f"US CPI-U, 1970 to {CONSTANT_USD_YEAR}"
    # money promised for the future is told in the dollars of the day
    later = _constant(
        currency="USD", published_on=date(1987, 3, 2), period_start=date(1990, 1, 1), period_end=date(1990, 12, 31)
    )
    assert later == (amount, basis)
    assert _constant(currency="USD", published_on=date(CONSTANT_USD_YEAR, 3, 2))[0] == Decimal(100)


def test_no_prices_are_guessed() -> None:
    assert _constant(currency="USD", published_on=date(1910, 1, 1)) == (None, "none: no price index for 1910")
    assert _constant(currency="USD", published_on=None) == (None, "none: no date")
    assert _constant(currency="KZT", published_on=date(1990, 1, 1)) == (None, "none: no amount_usd")


def test_nothing_is_guessed() -> None:
    assert _usd(currency="KZT", published_on=date(1993, 1, 1)) == (None, "none: no rate known for KZT")
    assert _usd(published_on=date(1990, 1, 1))[0] is None
    assert _usd(published_on=None) == (None, "none: no date")
    assert _usd(currency=None) == (None, "none: currency unknown")
    assert _usd(amount=None, amount_low=Decimal(1), amount_high=Decimal(2)) == (None, "none: a range")
