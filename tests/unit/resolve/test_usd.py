"""Dollars: as stated, same currency or the rate of a day; else nothing, with the reason."""

from datetime import date
from decimal import Decimal

import polars as pl

from pipelines.resolve.usd import add_usd, rate_on


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


def test_a_past_period_is_converted_at_its_own_end() -> None:
    _, basis = _usd(period_start=date(2008, 1, 1), period_end=date(2008, 12, 31))
    assert basis == "ECB rate of 2008-12-31"


def test_a_weekend_takes_the_working_day_before() -> None:
    found = rate_on("EUR", date(2010, 6, 6))
    assert found is not None
    assert found[1] == date(2010, 6, 4)


def test_nothing_is_guessed() -> None:
    assert _usd(currency="KZT") == (None, "none: no rate known for KZT")
    assert _usd(published_on=date(1990, 1, 1))[0] is None
    assert _usd(published_on=None) == (None, "none: no date")
    assert _usd(currency=None) == (None, "none: currency unknown")
    assert _usd(amount=None, amount_low=Decimal(1), amount_high=Decimal(2)) == (None, "none: a range")
