"""What speaks for and against two reports telling of one flow, as numbers: one row a pair, one column a feature.

A pair is put in order first: the smaller sum, then the larger; of equal ones the earlier report first. So "part of" has one
direction. All of it is columnar: purposes are compared as sets of stems, hashed to bits.
"""

from __future__ import annotations

import hashlib

import numpy as np
import polars as pl

from pipelines.codes import DonorKind
from pipelines.resolve.flows.fits import fitting_parts
from pipelines.resolve.flows.schema import FINANCE_CLASSES
from pipelines.tables.flows import STAGES, UNDONE

_EQUAL = 0.005
_ROUNDED = 0.065  # 9.4 told as 9 or 10
_RATES = 0.2  # rates of the day and rounding together
_NEVER = -10_000
_ALIKE = 0.5  # purposes that share half of their stems, or all of the shorter one's
# Goods are told of when they are promised and when they arrive, within so many days.
_SHIPPED = 120
# Bits that stems are hashed to: two of ten stems on one bit are one pair of purposes in a hundred.
_BITS = 1024
_ASKED, _PAID = STAGES.index("requested"), STAGES.index("disbursed")
_CLASSES = sorted(set(FINANCE_CLASSES.values()))
_FINANCE = {name: _CLASSES.index(kind) for name, kind in FINANCE_CLASSES.items()}
_ANY = _CLASSES.index("any")


def _bits(words: pl.Series) -> np.ndarray:
    """Sets of stems as bits, shape (reports, _BITS / 64), uint64: each stem sets the bit that its hash gives it, the same in every run."""
    each = pl.DataFrame({"words": words}).with_row_index("row").explode("words").drop_nulls()
    stems = each["words"].unique()
    places = [int.from_bytes(hashlib.blake2b(stem.encode(), digest_size=4).digest()) % _BITS for stem in stems]
    of_stem = pl.DataFrame(
        {"words": stems, "place": pl.Series(places, dtype=pl.Int64)}, schema={"words": pl.String, "place": pl.Int64}
    )
    found = each.join(of_stem, on="words").select("row", "place").to_numpy()
    sets = np.zeros((len(words), _BITS // 64), dtype=np.uint64)
    np.bitwise_or.at(sets, (found[:, 0], found[:, 1] // 64), np.uint64(1) << (found[:, 1] % 64).astype(np.uint64))
    return sets


def _size(sets: np.ndarray) -> np.ndarray:
    """How many bits are set in each set."""
    return np.asarray(np.bitwise_count(sets).sum(axis=1), dtype=np.int64)


class Columns:
    """Reports as numpy columns, each of shape (reports,)."""

    def __init__(self, reports: pl.DataFrame) -> None:
        def number(name: str, missing: float = np.nan) -> np.ndarray:
            return reports[name].cast(pl.Float64).fill_null(missing).fill_nan(missing).to_numpy()

        def code(name: str | pl.Expr) -> np.ndarray:
            """Equal values share a number; missing is -1."""
            return reports.select(name).to_series().rank("dense").cast(pl.Int64).fill_null(-1).to_numpy()

        self.usd, self.low, self.high = number("usd"), number("low"), number("high")
        self.amount, self.currency = number("amount"), code("currency")
        self.stated, self.stated_low, self.stated_high = number("stated"), number("stated_low"), number("stated_high")
        self.first_year, self.last_year = number("year_start"), number("year_end")
        self.published = reports["published_on"].cast(pl.Int32).cast(pl.Float64).fill_null(_NEVER).to_numpy()
        self.year = reports["published_on"].dt.year().cast(pl.Float64).fill_null(np.nan).to_numpy()
        self.day = reports["day"].cast(pl.Int32).cast(pl.Float64).fill_null(np.nan).to_numpy()
        self.words = _bits(reports["words"])
        purpose = reports["purpose_code"].replace("998", None)
        self.sector = purpose.str.slice(0, 3).cast(pl.Float64, strict=False).fill_null(np.nan).to_numpy()
        is_exact = (purpose.str.len_chars() == 5).fill_null(False)
        self.exact_purpose = np.where(
            is_exact, purpose.cast(pl.Float64, strict=False).fill_null(np.nan).to_numpy(), np.nan
        )
        stages = {name: n for n, name in enumerate(STAGES)} | dict.fromkeys(UNDONE, len(STAGES))
        self.stage = reports["status"].replace_strict(stages, default=-1, return_dtype=pl.Int64).to_numpy()
        is_food = reports["purpose_code"].str.starts_with("520").fill_null(False)
        self.is_goods = ((reports["finance"] == "in_kind") | is_food).to_numpy()
        self.finance = reports["finance"].replace_strict(_FINANCE, return_dtype=pl.Int64).to_numpy()

        def flag(name: str) -> np.ndarray:
            return reports[name].fill_null(False).to_numpy().copy()

        self.is_approximate, self.is_cumulative = flag("is_approximate"), flag("is_cumulative")
        self.is_total, self.is_rate = flag("is_total"), flag("is_rate")
        self.is_sequel, self.is_correction = flag("is_sequel"), flag("is_correction")
        self.is_instalment, self.is_change = flag("is_instalment"), flag("is_change")
        self.takes_back = number("takes_back")
        self.document, self.publisher = code("document_id"), code("publisher")
        self.figure, self.agency = code("figure_id"), code("agency")
        self.is_joint = (reports["joint"].list.len() > 0).fill_null(False).to_numpy()
        # -1 where no giver is named: "donors" are whoever gave.
        self.giver = code(pl.when(pl.col("donor_kind").ne_missing(DonorKind.GROUP.value)).then("donor"))
        self.start = number("start_char", 0)
        rows = reports.select("part_of").join(
            reports.select("figure_id", row=pl.int_range(pl.len(), dtype=pl.Int64)).unique("figure_id", keep="first"),
            left_on="part_of", right_on="figure_id", how="left", maintain_order="left",
        )  # fmt: skip
        self.part_of = rows["row"].fill_null(-1).to_numpy()
        fits = fitting_parts(reports)
        self.is_total[fits["total"].to_numpy()] = True
        # One number a pair of part and total, sorted: looked up for all pairs at once.
        self.size = reports.height
        self.fits = np.unique(fits["total"].to_numpy().astype(np.int64) * self.size + fits["part"].to_numpy())

    def of_two_agencies(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Whether two reports are one figure's sums of two agencies that each give it: neither is the state itself, named once more."""
        is_each = (self.figure[a] == self.figure[b]) & (self.agency[a] != self.agency[b])
        return np.asarray(is_each & (self.agency[a] >= 0) & (self.agency[b] >= 0))

    def ordered(self, pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Row numbers of the smaller and of the larger sum of each pair; equal ones by time."""
        a, b = pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64)
        distance = self.distance(a, b)
        close = np.abs(distance) < _EQUAL
        later = (self.published[a] > self.published[b]) | (
            (self.published[a] == self.published[b]) & (self.start[a] > self.start[b])
        )
        swap = np.where(close, later, distance < 0)
        return np.where(swap, b, a), np.where(swap, a, b)

    def distance(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """How much larger `b` is than `a`, as a natural logarithm: in their currency where they share it, else in dollars."""
        with np.errstate(invalid="ignore", divide="ignore"):
            dollars = np.log(self.usd[b] / self.usd[a])
            stated = np.log(self.stated[b] / self.stated[a])
        return np.asarray(np.where((self.currency[a] == self.currency[b]) & np.isfinite(stated), stated, dollars))


def pair_features(c: Columns, small: np.ndarray, large: np.ndarray) -> dict[str, np.ndarray]:
    """Feature name -> float column of shape (pairs,), in a fixed order (`FEATURES`)."""
    s, g = small, large
    with np.errstate(invalid="ignore", divide="ignore"):
        f = _amounts(c, s, g) | _times(c, s, g) | _purposes(c, s, g) | _kinds(c, s, g)
    same, other, clash = f["same amount"], f["other amount"], f["purposes differ"]
    paid = (c.stage[s] == _PAID) & (c.stage[g] == _PAID)
    f["purpose is one of the larger's"] &= other
    f["same amount, precise"] = same * _is_precise(c.amount[s])
    f["same amount, years told apart"] = same * f["years apart"]
    f["same amount, purposes differ"] = same * clash
    against = clash | f["years apart"] | f["other kind of finance"] | f["told as a further one"] | f["other day"]
    f["same amount, no word against it"] = same * ~against
    f["same amount, further payment told"] = same * f["told as a further one"]
    f["same amount, other kind of finance"] = same * f["other kind of finance"]
    f["same amount, given and undone"] = same * f["one undoes"]
    f["same amount, both paid, a year and more between"] = same * paid * (np.abs(c.published[s] - c.published[g]) > 330)
    f["same amount, year does not fit"] = same * f["year does not fit the other report"]
    f["about the same amount and purpose"] = (f["about the same amount"] | f["same amount at the day's rate"]) * ~clash
    f["other amount, same purpose and time"] = (
        other * f["purposes alike"] * f["soon after each other"] * ~f["years apart"]
    )
    f["other amount, given and undone"] = other * f["one undoes"]
    f["other amount, year does not fit"] = other * f["year does not fit the other report"]
    f["other amount, years apart"] = other * f["years apart"]
    f["payment after a promise"] = f["smaller is further on"] * f["smaller is later"] * other * ~clash
    f["instalment of a promise"] = f["smaller is an instalment"] * _is_promise(c, g) * other
    f["two instalments"] = paid * c.is_instalment[s] * c.is_instalment[g]
    f["payment of another year"] = f["payment after a promise"] * f["years apart"]
    f["payment after a running total"] = other * f["smaller is cumulative"] * f["smaller is further on"]
    unpaid = _is_unpaid(c, s) & _is_unpaid(c, g)
    f["promise that was changed"] = f["told as a changed promise"] * unpaid * other * ~clash * ~f["years apart"]
    f["not of a running total"] = other * f["larger is cumulative"] * ~f["smaller is cumulative"]
    f["linked, but each has a purpose"] = f["linked by its text"] * clash
    f["purpose within a whole"] = f["only the smaller has a purpose"] * f["same years"] * other
    f["smaller of another purpose"] = clash * other
    f["two given, both with a purpose"] = other * paid * ~f["only the smaller has a purpose"] * ~f["linked by its text"]
    return {name: np.nan_to_num(column.astype(np.float64)) for name, column in f.items()}


def _amounts(c: Columns, s: np.ndarray, g: np.ndarray) -> dict[str, np.ndarray]:
    one_currency = c.currency[s] == c.currency[g]
    # of what both may mean
    gap = np.maximum(np.log(c.low[g] / c.high[s]), np.log(c.low[s] / c.high[g]))
    in_currency = np.maximum(np.log(c.stated_low[g] / c.stated_high[s]), np.log(c.stated_low[s] / c.stated_high[g]))
    gap = np.maximum(np.where(one_currency & np.isfinite(in_currency), in_currency, gap), 0)
    distance = np.abs(c.distance(s, g))
    is_vague = (c.low[s] < c.high[s]) | (c.low[g] < c.high[g])
    equal = one_currency & (np.abs(c.amount[s] - c.amount[g]) <= _EQUAL * c.amount[g])
    rounded = ~equal & one_currency & (distance < _ROUNDED)
    rates = ~equal & ~one_currency & (gap < _RATES)
    about = rounded | (~equal & (gap <= 0) & is_vague)
    return {
        "same amount": equal,
        "about the same amount": about,
        "same amount at the day's rate": rates,
        "other amount": ~(equal | about | rates),
        "distance of amounts": np.minimum(distance, 3),
        "more than half apart": distance > 0.4,
    }


def _is_unpaid(c: Columns, n: np.ndarray) -> np.ndarray:
    return np.asarray((c.stage[n] >= 0) & (c.stage[n] < _PAID))


def _is_promise(c: Columns, n: np.ndarray) -> np.ndarray:
    """Pledged or committed: what is only asked for is no promise."""
    return np.asarray(_is_unpaid(c, n) & (c.stage[n] > _ASKED))


def _times(c: Columns, s: np.ndarray, g: np.ndarray) -> dict[str, np.ndarray]:
    both = ~np.isnan(c.first_year[s]) & ~np.isnan(c.first_year[g])
    apart = both & ((c.last_year[s] < c.first_year[g]) | (c.last_year[g] < c.first_year[s]))
    same = both & (c.first_year[s] == c.first_year[g]) & (c.last_year[s] == c.last_year[g])
    inside = both & ~same & (c.first_year[s] >= c.first_year[g]) & (c.last_year[s] <= c.last_year[g])
    within, far = np.zeros(len(s), dtype=bool), np.zeros(len(s), dtype=bool)
    for one, other in ((s, g), (g, s)):
        is_dated = ~np.isnan(c.first_year[one]) & np.isnan(c.first_year[other])
        # promises are told for years, a payment undated is one of about the time of its report, and a promise told of long
        # after a payment is no promise of that
        paid = (c.stage[one] == _PAID) & ((c.stage[other] == _PAID) | _is_promise(c, other))
        near = (c.year[other] >= c.first_year[one] - 1) & (~paid | (c.year[other] <= c.last_year[one] + 1))
        within |= is_dated & (c.year[other] >= c.first_year[one]) & (c.year[other] <= c.last_year[one])
        far |= is_dated & ~near & ~np.isnan(c.year[other])
        # a payment of a named day was not told of before it, nor is it news long after; a promise is
        undated = np.isnan(c.day[other]) & np.isnan(c.first_year[other])
        day = ~np.isnan(c.day[one]) & undated & ((c.stage[one] == _PAID) | (c.stage[one] < 0))
        before = np.where(c.is_goods[one] & c.is_goods[other], c.day[one] - _SHIPPED, c.day[one])
        far |= day & ((c.published[other] < before) | (c.published[other] > c.day[one] + 60))
    # What is promised anew holds nothing of the years before.
    before = _is_promise(c, g) & np.isnan(c.first_year[g]) & (c.last_year[s] < c.year[g])
    days = np.abs(c.published[s] - c.published[g])
    return {
        "same years": same,
        "years apart": apart,
        "within the larger one's years": inside,
        "told in the other one's year": within,
        "year does not fit the other report": far,
        "smaller is of years before the larger's promise": before,
        "no year told": ~both,
        "time between reports": np.log1p(days) / 8,
        "soon after each other": days <= 31,
        "more than a year between": days > 400,
        # one loan is asked for on one day, promised on another and signed on a third; two payments have two days
        "other day": (np.abs(c.day[s] - c.day[g]) > 3) & ~(_is_unpaid(c, s) & _is_unpaid(c, g)),
        "smaller is later": c.published[s] > c.published[g],
    }


def _purposes(c: Columns, s: np.ndarray, g: np.ndarray) -> dict[str, np.ndarray]:
    one, other = c.words[s], c.words[g]
    size_s, size_g = _size(one), _size(other)
    shared = _size(one & other).astype(np.float64)
    either = _size(one | other).astype(np.float64)
    least = np.minimum(size_s, size_g)
    alike = np.where(least > 0, np.maximum(shared / np.maximum(either, 1), 0.8 * shared / np.maximum(least, 1)), 0.0)
    sectors = ~np.isnan(c.sector[s]) & ~np.isnan(c.sector[g])
    same_sector = sectors & (c.sector[s] == c.sector[g])
    # A sector without words is that of the text around it: it tells no purpose of the sum.
    has_s, has_g = size_s > 0, size_g > 0
    within = ~np.isnan(c.exact_purpose[s]) & ~np.isnan(c.exact_purpose[g]) & same_sector
    other_within = within & (c.exact_purpose[s] != c.exact_purpose[g]) & has_s & has_g & (shared == 0)
    return {
        "purposes alike": alike,
        "same sector": same_sector,
        # the sector is inferred from the words: where those are alike, another one is a slip of the inference
        "other sector": sectors & has_s & has_g & (c.sector[s] // 10 != c.sector[g] // 10) & (alike < _ALIKE),
        "other purpose within the sector": other_within,
        "purpose is one of the larger's": (least > 0) & (shared == size_s) & (size_s < size_g),
        "purposes differ": (has_s & has_g & (alike == 0) & ~same_sector) | other_within,
        "no word shared": has_s & has_g & (alike == 0),
        "only the smaller has a purpose": has_s & ~has_g,
        "only the larger has a purpose": has_g & ~has_s,
        "no purpose told": ~has_s & ~has_g,
    }


def _kinds(c: Columns, s: np.ndarray, g: np.ndarray) -> dict[str, np.ndarray]:
    both_known = (c.finance[s] != _ANY) & (c.finance[g] != _ANY)
    known = (c.stage[s] >= 0) & (c.stage[g] >= 0)
    undone = (c.stage[s] == len(STAGES)) != (c.stage[g] == len(STAGES))
    later = np.where(c.published[s] > c.published[g], s, g)
    s_first, g_first = c.published[s] < c.published[g], c.published[g] < c.published[s]
    one_paper = (c.publisher[s] == c.publisher[g]) & (c.publisher[s] >= 0)
    one_report = c.document[s] == c.document[g]
    return {
        "other kind of finance": both_known & (c.finance[s] != c.finance[g]),
        "same kind of finance": both_known & (c.finance[s] == c.finance[g]),
        "same stage": known & (c.stage[s] == c.stage[g]),
        "smaller is further on": known & (c.stage[s] > c.stage[g]) & ~undone,
        "larger is further on": known & (c.stage[s] < c.stage[g]) & ~undone,
        "the larger is only asked for": c.stage[g] == _ASKED,
        "one undoes": undone,
        "told as a further one": c.is_sequel[later] | (one_report & (c.is_sequel[s] | c.is_sequel[g])),
        "told as a changed promise": c.is_change[later] & (s_first | g_first),
        "smaller is cumulative": c.is_cumulative[s],
        "larger is cumulative": c.is_cumulative[g],
        "larger is told as a total": c.is_total[g],
        "adds up with others to what is told as a total": np.isin(g * c.size + s, c.fits),
        "smaller is an instalment": c.is_instalment[s],
        "one is a yearly rate": c.is_rate[s] | c.is_rate[g],
        "same document": one_report,
        "same paper": one_paper & ~one_report,
        "linked by its text": c.part_of[s] == g,
        "paper corrects itself": one_paper & ((c.is_correction[s] & ~s_first) | (c.is_correction[g] & ~g_first)),
    }


def _is_precise(amount: np.ndarray) -> np.ndarray:
    """Whether an amount has three or more significant digits: such sums seldom meet by chance."""
    with np.errstate(invalid="ignore", divide="ignore"):
        scale = 10 ** (np.floor(np.log10(amount)) - 1)
        return np.asarray(np.abs(amount / scale - np.round(amount / scale)) > 1e-6)


def matrix(features: dict[str, np.ndarray]) -> np.ndarray:
    """Shape (pairs, features), columns in the order of the dict."""
    return np.column_stack(list(features.values())) if features else np.zeros((0, 0))
