"""What speaks for and against two reports telling of one flow, as numbers: one row a pair, one column a feature.

A pair is put in order first: the smaller sum, then the larger; of equal ones the earlier report first. So "part of" has one
direction. All of it is columnar: purposes are compared as 64-bit sets of stems.
"""

from __future__ import annotations

import hashlib
from itertools import combinations

import numpy as np
import polars as pl

from pipelines.resolve.flows.schema import FINANCE_CLASSES
from pipelines.tables.flows import STAGES, UNDONE

_EQUAL = 0.005
_ROUNDED = 0.065  # 9.4 told as 9 or 10
_RATES = 0.2  # rates of the day and rounding together
_NEVER = -10_000
# Parts of a total are told within so many days of it, add up to it within this share, and are no more than these.
_NEAR_TOTAL, _FITS, _MOST_PARTS = 400, 0.02, 8
_PAID = STAGES.index("disbursed")


def _bits(words: list[str] | None) -> int:
    found = 0
    for word in words or ():
        found |= 1 << hashlib.blake2b(word.encode(), digest_size=1).digest()[0] % 64
    return found


class Columns:
    """Reports as numpy columns, each of shape (reports,)."""

    def __init__(self, reports: pl.DataFrame) -> None:
        def number(name: str, missing: float = np.nan) -> np.ndarray:
            return reports[name].cast(pl.Float64).fill_null(missing).fill_nan(missing).to_numpy()

        def code(name: str) -> np.ndarray:
            """Equal values share a number; missing is -1."""
            return reports[name].rank("dense").cast(pl.Int64).fill_null(-1).to_numpy()

        self.usd, self.low, self.high = number("usd"), number("low"), number("high")
        self.amount, self.currency = number("amount"), code("currency")
        self.first_year, self.last_year = number("year_start"), number("year_end")
        self.told = reports["published_on"].cast(pl.Int32).cast(pl.Float64).fill_null(_NEVER).to_numpy()
        self.told_year = reports["published_on"].dt.year().cast(pl.Float64).fill_null(np.nan).to_numpy()
        self.day = reports["day"].cast(pl.Int32).cast(pl.Float64).fill_null(np.nan).to_numpy()
        self.words = np.array([_bits(w) for w in reports["words"].to_list()], dtype=np.uint64)
        sector = reports["purpose_code"].str.slice(0, 3).replace("998", None).cast(pl.Float64, strict=False)
        self.sector = sector.fill_null(np.nan).to_numpy()
        stages = {name: n for n, name in enumerate(STAGES)} | dict.fromkeys(UNDONE, len(STAGES))
        self.stage = np.array([stages.get(s, -1) for s in reports["status"].to_list()])
        self.finance = np.array([FINANCE_CLASSES[f] for f in reports["finance"].to_list()], dtype=object)

        def flag(name: str) -> np.ndarray:
            return reports[name].fill_null(False).to_numpy()

        self.is_approximate, self.is_cumulative = flag("is_approximate"), flag("is_cumulative")
        self.is_total, self.is_rate = flag("is_total"), flag("is_rate")
        self.is_sequel, self.is_correction = flag("is_sequel"), flag("is_correction")
        self.takes_back = number("takes_back")
        self.document, self.publisher = code("document_id"), code("publisher")
        self.start = number("start_char", 0)
        ids = {figure: n for n, figure in enumerate(reports["figure_id"].to_list())}
        self.part_of = np.array([ids.get(p, -1) for p in reports["part_of"].to_list()])
        self.fits = _fits_of_totals(reports)

    def ordered(self, pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Row numbers of the smaller and of the larger sum of each pair; equal ones by time."""
        a, b = pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64)
        close = np.abs(np.log(self.usd[a] / self.usd[b])) < _EQUAL
        later = (self.told[a] > self.told[b]) | ((self.told[a] == self.told[b]) & (self.start[a] > self.start[b]))
        swap = np.where(close, later, self.usd[a] > self.usd[b])
        return np.where(swap, b, a), np.where(swap, a, b)


def _fits_of_totals(reports: pl.DataFrame) -> dict[int, set[int]]:
    """Row of a sum told as a total -> rows of smaller sums of its ends, some of which add up to it, within a year of it.

    A sum that is told twice is counted once. Only totals have such a set, and only among so few others that chance is small.
    """
    rows = reports.select("donor", "recipient", "usd", "is_total", "published_on").with_row_index("row")
    totals = rows.filter(pl.col("is_total").fill_null(False) & (pl.col("usd") > 0))
    near = (pl.col("published_on") - pl.col("published_on_part")).dt.total_days().abs() <= _NEAR_TOTAL
    pairs = (
        totals.join(rows, on=["donor", "recipient"], suffix="_part")
        .filter((pl.col("usd_part") < pl.col("usd") * (1 - _FITS)) & near.fill_null(True))
        .sort("row", "usd_part", "row_part")
    )
    found: dict[int, set[int]] = {}
    for (total,), parts in pairs.group_by("row", maintain_order=True):
        sums: dict[float, list[int]] = {}  # a sum told twice is one
        for usd, row in parts.select("usd_part", "row_part").iter_rows():
            last = next(reversed(sums), None)
            sums.setdefault(last if last is not None and usd < last * (1 + _FITS) else usd, []).append(row)
        if len(sums) <= _MOST_PARTS:
            fitting = _adding_up(list(sums), parts["usd"][0])
            found[int(total)] = {row for usd in fitting for row in sums[usd]}
    return found


def _adding_up(sums: list[float], total: float) -> set[float]:
    """The sums that stand in any subset of two or more that adds up to a total."""
    found: set[float] = set()
    for size in range(2, len(sums) + 1):
        for some in combinations(sums, size):
            if abs(sum(some) - total) <= _FITS * total:
                found.update(some)
    return found


def pair_features(c: Columns, small: np.ndarray, large: np.ndarray) -> dict[str, np.ndarray]:
    """Feature name -> float column of shape (pairs,), in a fixed order (`FEATURES`)."""
    s, g = small, large
    with np.errstate(invalid="ignore", divide="ignore"):
        f = _amounts(c, s, g) | _times(c, s, g) | _purposes(c, s, g) | _kinds(c, s, g)
    same, other, clash = f["same amount"], f["other amount"], f["purposes differ"]
    paid = (c.stage[s] == _PAID) & (c.stage[g] == _PAID)
    f["same amount, precise"] = same * _is_precise(c.amount[s])
    f["same amount, years told apart"] = same * f["years apart"]
    f["same amount, purposes differ"] = same * clash
    against = clash | f["years apart"] | f["other kind of finance"] | f["told as a further one"] | f["other day"]
    f["same amount, no word against it"] = same * ~against
    f["same amount, further payment told"] = same * f["told as a further one"]
    f["same amount, other kind of finance"] = same * f["other kind of finance"]
    f["same amount, given and undone"] = same * f["one undoes"]
    f["same amount, both paid, a year and more between"] = same * paid * (np.abs(c.told[s] - c.told[g]) > 330)
    f["same amount, year does not fit"] = same * f["year does not fit the other report"]
    f["about the same amount and purpose"] = (f["about the same amount"] | f["same amount at the day's rate"]) * ~clash
    f["other amount, same purpose and time"] = (
        other * f["purposes alike"] * f["soon after each other"] * ~f["years apart"]
    )
    f["other amount, given and undone"] = other * f["one undoes"]
    f["other amount, years apart"] = other * f["years apart"]
    f["payment after a promise"] = f["smaller is further on"] * f["smaller is later"] * other * ~clash
    f["payment of another year"] = f["payment after a promise"] * f["years apart"]
    f["payment after a running total"] = other * f["smaller is cumulative"] * f["smaller is further on"]
    f["not of a running total"] = other * f["larger is cumulative"] * ~f["smaller is cumulative"]
    f["linked, but each has a purpose"] = f["linked by its text"] * clash
    f["purpose within a whole"] = f["only the smaller has a purpose"] * f["same years"] * other
    f["smaller of another purpose"] = clash * other
    f["two given, both with a purpose"] = other * paid * ~f["only the smaller has a purpose"] * ~f["linked by its text"]
    return {name: np.nan_to_num(column.astype(np.float64)) for name, column in f.items()}


def _amounts(c: Columns, s: np.ndarray, g: np.ndarray) -> dict[str, np.ndarray]:
    gap = np.maximum(np.log(c.low[g] / c.high[s]), 0)  # of what both may mean
    gap = np.maximum(gap, np.log(c.low[s] / c.high[g]))
    one_currency = c.currency[s] == c.currency[g]
    equal = one_currency & (np.abs(c.amount[s] - c.amount[g]) <= _EQUAL * c.amount[g])
    rounded = ~equal & one_currency & (np.abs(np.log(c.usd[g] / c.usd[s])) < _ROUNDED)
    rates = ~equal & ~one_currency & (gap < _RATES)
    return {
        "same amount": equal,
        "about the same amount": rounded | (~equal & (gap <= 0) & (c.is_approximate[s] | c.is_approximate[g])),
        "same amount at the day's rate": rates,
        "other amount": ~(equal | rounded | rates),
        "distance of amounts": np.minimum(np.abs(np.log(c.usd[g] / c.usd[s])), 3),
        "more than half apart": np.abs(np.log(c.usd[g] / c.usd[s])) > 0.4,
    }


def _times(c: Columns, s: np.ndarray, g: np.ndarray) -> dict[str, np.ndarray]:
    both = ~np.isnan(c.first_year[s]) & ~np.isnan(c.first_year[g])
    apart = both & ((c.last_year[s] < c.first_year[g]) | (c.last_year[g] < c.first_year[s]))
    same = both & (c.first_year[s] == c.first_year[g]) & (c.last_year[s] == c.last_year[g])
    inside = both & ~same & (c.first_year[s] >= c.first_year[g]) & (c.last_year[s] <= c.last_year[g])
    within, far = np.zeros(len(s), dtype=bool), np.zeros(len(s), dtype=bool)
    for one, other in ((s, g), (g, s)):
        told = ~np.isnan(c.first_year[one]) & np.isnan(c.first_year[other])
        # promises are told for years, a payment undated is one of about the time of its report
        paid = (c.stage[one] == _PAID) & (c.stage[other] == _PAID)
        near = (c.told_year[other] >= c.first_year[one] - 1) & (~paid | (c.told_year[other] <= c.last_year[one] + 1))
        within |= told & (c.told_year[other] >= c.first_year[one]) & (c.told_year[other] <= c.last_year[one])
        far |= told & ~near & ~np.isnan(c.told_year[other])
        # a payment of a named day was not told of before it, nor is it news long after; a promise is
        day = ~np.isnan(c.day[one]) & np.isnan(c.day[other]) & ((c.stage[one] == _PAID) | (c.stage[one] < 0))
        far |= day & ((c.told[other] < c.day[one]) | (c.told[other] > c.day[one] + 60))
    days = np.abs(c.told[s] - c.told[g])
    return {
        "same years": same,
        "years apart": apart,
        "within the larger one's years": inside,
        "told in the other one's year": within,
        "year does not fit the other report": far,
        "no year told": ~both,
        "time between reports": np.log1p(days) / 8,
        "soon after each other": days <= 31,
        "more than a year between": days > 400,
        "other day": np.abs(c.day[s] - c.day[g]) > 3,
        "smaller is later": c.told[s] > c.told[g],
    }


def _purposes(c: Columns, s: np.ndarray, g: np.ndarray) -> dict[str, np.ndarray]:
    one, other = c.words[s], c.words[g]
    shared = np.bitwise_count(one & other).astype(np.float64)
    either = np.bitwise_count(one | other).astype(np.float64)
    least = np.minimum(np.bitwise_count(one), np.bitwise_count(other))
    alike = np.where(least > 0, np.maximum(shared / np.maximum(either, 1), 0.8 * shared / np.maximum(least, 1)), 0.0)
    sectors = ~np.isnan(c.sector[s]) & ~np.isnan(c.sector[g])
    same_sector = sectors & (c.sector[s] == c.sector[g])
    has_s, has_g = (one > 0) | ~np.isnan(c.sector[s]), (other > 0) | ~np.isnan(c.sector[g])
    return {
        "purposes alike": alike,
        "same sector": same_sector,
        "other sector": sectors & (c.sector[s] // 10 != c.sector[g] // 10),
        "purpose is one of the larger's": (least > 0) & (one & other == one) & (one != other),
        "purposes differ": has_s & has_g & (alike == 0) & ~same_sector,
        "no word shared": has_s & has_g & (alike == 0),
        "only the smaller has a purpose": has_s & ~has_g,
        "only the larger has a purpose": has_g & ~has_s,
        "no purpose told": ~has_s & ~has_g,
    }


def _kinds(c: Columns, s: np.ndarray, g: np.ndarray) -> dict[str, np.ndarray]:
    told = (c.finance[s] != "any") & (c.finance[g] != "any")
    known = (c.stage[s] >= 0) & (c.stage[g] >= 0)
    undone = (c.stage[s] == len(STAGES)) != (c.stage[g] == len(STAGES))
    later = np.where(c.told[s] > c.told[g], s, g)
    one_paper = (c.publisher[s] == c.publisher[g]) & (c.publisher[s] >= 0)
    one_report = c.document[s] == c.document[g]
    return {
        "other kind of finance": told & (c.finance[s] != c.finance[g]),
        "same kind of finance": told & (c.finance[s] == c.finance[g]),
        "same stage": known & (c.stage[s] == c.stage[g]),
        "smaller is further on": known & (c.stage[s] > c.stage[g]) & ~undone,
        "larger is further on": known & (c.stage[s] < c.stage[g]) & ~undone,
        "the larger is only asked for": c.stage[g] == 0,
        "one undoes": undone,
        "told as a further one": c.is_sequel[later] | (one_report & (c.is_sequel[s] | c.is_sequel[g])),
        "smaller is cumulative": c.is_cumulative[s],
        "larger is cumulative": c.is_cumulative[g],
        "larger is told as a total": c.is_total[g],
        "adds up with others to what is told as a total": np.array(
            [a in c.fits.get(b, ()) for a, b in zip(s.tolist(), g.tolist(), strict=True)], dtype=bool
        ),
        "one is a yearly rate": c.is_rate[s] | c.is_rate[g],
        "same document": one_report,
        "same paper": one_paper & ~one_report,
        "linked by its text": c.part_of[s] == g,
        "paper corrects itself": one_paper & c.is_correction[later],
    }


def _is_precise(amount: np.ndarray) -> np.ndarray:
    """Whether an amount has three or more significant digits: such sums seldom meet by chance."""
    with np.errstate(invalid="ignore", divide="ignore"):
        scale = 10 ** (np.floor(np.log10(amount)) - 1)
        return np.asarray(np.abs(amount / scale - np.round(amount / scale)) > 1e-6)


def matrix(features: dict[str, np.ndarray]) -> np.ndarray:
    """Shape (pairs, features), columns in the order of the dict."""
    return np.column_stack(list(features.values())) if features else np.zeros((0, 0))
