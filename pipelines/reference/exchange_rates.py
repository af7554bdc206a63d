"""Exchange rates and prices that the project carries: months, years, currencies that the euro replaced, US prices.

Rates are units of a currency for a US dollar. Sources and gaps: README.md here; how they are renewed: training/README.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from pipelines.reference import rows


@dataclass(frozen=True, slots=True)
class EuroRate:
    """Units of a currency for a euro, fixed for good since a day."""

    units: float
    since: date


@cache
def euro_rates() -> dict[str, EuroRate]:
    """Currencies that the euro replaced."""
    return {
        r["currency"]: EuroRate(float(r["units_per_euro"]), date.fromisoformat(r["since"]))
        for r in rows("euro_rates.csv")
    }


@cache
def monthly_rates() -> dict[tuple[str, int, int], float]:
    """(currency, year, month) to units for a US dollar."""
    return {
        (r["currency"], int(r["year"]), month): float(r[f"{month:02}"])
        for r in rows("exchange_rates_monthly.csv")
        for month in range(1, 13)
        if r[f"{month:02}"]
    }


@cache
def annual_rates() -> dict[tuple[str, int], float]:
    """(currency, year) to units for a US dollar."""
    return {(r["currency"], int(r["year"])): float(r["units_per_usd"]) for r in rows("exchange_rates_annual.csv")}


@cache
def us_price_index() -> dict[int, float]:
    """Year to the average of the US consumer price index (CPI-U, all items)."""
    return {int(r["year"]): float(r["index"]) for r in rows("us_price_index.csv")}
