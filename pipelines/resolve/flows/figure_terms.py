"""What one figure tells of a flow: the whole sum, how far it has come, its years and kind; and why a figure can be no report of one."""

from __future__ import annotations

import polars as pl

from pipelines.resolve.usd import rate_on
from pipelines.tables.flows import STAGES, UNDONE
from pipelines.tables.money import MONEY_PRECISION, MONEY_SCALE

# An amount told as about so much may be this much less or more.
ABOUT = 0.08
# "Billions of dollars" (1 to 10 billion) says too little to be matched or added.
VAGUE = 4.0
# A past period at least this long that ends with the report is a running total, not a year's money.
RUNNING_DAYS = 550
# A yearly sum is told of no more years than these.
MOST_YEARS = 10
# What is asked for or promised can be changed, what was paid cannot.
UNPAID = STAGES[:3]
_MONEY = pl.Decimal(MONEY_PRECISION, MONEY_SCALE)


def range_rates(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `_rate`: US dollars for one unit of a range's currency on its day, since its ends have no dollars of their own."""
    days = (
        rows.filter(pl.col("amount").is_null())
        .select("currency", "published_on")
        .drop_nulls()
        .unique(maintain_order=True)
    )
    found = [rate_on(currency, day) if currency != "USD" else None for currency, day in days.iter_rows()]
    rates = [1.0 if of == "USD" else rate and rate.usd for of, rate in zip(days["currency"], found, strict=True)]
    rated = days.with_columns(_rate=pl.Series(rates, dtype=pl.Float64), _is_range=pl.lit(True))
    return (
        rows.with_columns(_is_range=pl.col("amount").is_null())
        .join(rated, on=["currency", "published_on", "_is_range"], how="left", maintain_order="left")
        .drop("_is_range")
    )


def years_of_whole(rows: pl.DataFrame) -> pl.DataFrame:
    """Give a yearly sum whose years are not told those that its text's whole has of it: "$10 million over five years, about $2
    million a year" is one sum told twice, and no part of itself."""
    whole = rows.select(
        "payer_id", "payee_id", "currency", part_of_figure_id="figure_id", _whole="amount", _whole_rate="rate_times"
    )
    keys = ["part_of_figure_id", "payer_id", "payee_id", "currency"]
    found = rows.join(whole.unique(keys), on=keys, how="left", maintain_order="left", nulls_equal=True)
    times = pl.col("_whole").cast(pl.Float64) / pl.col("amount").cast(pl.Float64)
    is_of_years = (
        pl.col("part_of_figure_id").is_not_null() & (pl.col("rate_times") == 1) & ~_is_of_instalments() & pl.col("_whole_rate").is_null()
        & (times >= 2) & (times <= MOST_YEARS) & ((times - times.round()).abs() < 0.01)
    ).fill_null(False)  # fmt: skip
    return found.with_columns(
        rate_times=pl.when(is_of_years)
        .then(times.round().cast(pl.Int64))
        .otherwise(pl.col("rate_times").cast(pl.Int64)),
        part_of_figure_id=pl.when(~is_of_years).then("part_of_figure_id"),
    ).drop("_whole", "_whole_rate")


def _times() -> pl.Expr:
    """How many times a sum is given: of a yearly one its years, told in words or by the time that it covers."""
    stated = pl.col("rate_times").fill_null(1)
    years = pl.col("period_end").dt.year() - pl.col("period_start").dt.year() + 1
    spans = (
        (pl.col("rate_times") == 1) & ~_is_of_instalments() & (years > 1) & ~pl.col("is_cumulative").fill_null(False)
    )
    return pl.when(stated > 1).then(stated).when(spans).then(years).otherwise(1).cast(pl.Int64)


def amounts() -> dict[str, pl.Expr]:
    """The whole sum in the figure's currency and in dollars: ranges by their middle, yearly rates times their years."""
    times = _times()
    is_range = pl.col("amount").is_null() & pl.col("_rate").is_not_null()
    is_about = (pl.col("qualifier") == "approximately").fill_null(False)
    least, most = pl.when(is_about).then(1 - ABOUT).otherwise(1.0), pl.when(is_about).then(1 + ABOUT).otherwise(1.0)
    # "More than $10 billion" leaves room for parts that make a little more.
    room = pl.when((pl.col("qualifier") == "at_least").fill_null(False)).then(1 + ABOUT).otherwise(most)
    low, high = (pl.col(name).cast(pl.Float64) * times for name in ("amount_low", "amount_high"))
    stated = pl.col("amount").cast(pl.Float64) * times
    usd = pl.col("amount_usd").cast(pl.Float64) * times
    whole = pl.when(is_range).then((low + high) / 2 * pl.col("_rate")).otherwise(usd)
    return {
        "stated": pl.when(is_range).then((low + high) / 2).otherwise(stated),
        "stated_low": pl.when(is_range).then(low).otherwise(stated) * least,
        "stated_high": pl.when(is_range).then(high).otherwise(stated) * most,
        "low": pl.when(is_range).then(low * pl.col("_rate")).otherwise(usd) * least,
        "high": pl.when(is_range).then(high * pl.col("_rate")).otherwise(usd) * most,
        "usd": whole,
        "room": room,
        "amount": (pl.col("amount") * times).cast(_MONEY),
        "amount_usd": whole.round(2).cast(_MONEY),
        "amount_usd_constant": (pl.col("amount_usd_constant").cast(pl.Float64) * times).round(2).cast(_MONEY),
        "is_rate": pl.col("rate_times").is_not_null() & ~_is_of_instalments(),
        "is_approximate": pl.col("qualifier") == "approximately",
    }


def _is_of_instalments() -> pl.Expr:
    """Whether a sum comes so many times in instalments, not in so many years."""
    return pl.col("is_instalment").fill_null(False)


def is_instalment() -> pl.Expr:
    """Whether a figure is paid of a debt and of no kind of money: a report of a flow only where its whole is one."""
    return (pl.col("figure_kind") == "debt") & pl.col("finance_type").is_null()


def meaning() -> dict[str, pl.Expr]:
    """How far the sum has come, its kind and years, and what the report's paper says of an earlier one."""
    start, end = pl.col("period_start"), pl.col("period_end")
    is_paid = pl.col("flow_stage") == "disbursed"
    running = is_paid & (
        (start.is_null() & end.is_not_null())
        | (
            ((end - start).dt.total_days() >= RUNNING_DAYS)
            & ((pl.col("published_on") - end).dt.total_days().abs() <= 31)
        )
    )
    # "Lent $4 billion since 1957" has no end told, and is no one loan of these years.
    since = (
        pl.col("flow_stage").is_in(["disbursed", "committed"])
        & (pl.col("factuality") == "actual")
        & end.is_null()
        & ((pl.col("published_on") - start).dt.total_days() >= RUNNING_DAYS)
    )
    running |= since.fill_null(False)
    cumulative = pl.col("is_cumulative").fill_null(False) | running.fill_null(False)
    planned = pl.col("factuality") == "planned"
    stage = (
        pl.when(pl.col("direction").is_in(UNDONE))
        .then("direction")
        .when(planned & pl.col("flow_stage").is_in(["disbursed", "unspecified"]))
        .then(pl.lit("pledged"))
        .when(pl.col("flow_stage") != "unspecified")
        .then("flow_stage")
        .when(is_instalment() & (pl.col("factuality") == "actual"))
        .then(pl.lit("disbursed"))
    )
    # What was paid already did not move in a year to come: that is the year of something else.
    to_come = is_paid & (pl.col("factuality") == "actual") & (start.dt.year() > pl.col("published_on").dt.year())
    open_start = (start.is_null() & end.is_not_null()) | to_come.fill_null(False)
    years = pl.when(~_is_of_instalments()).then("rate_times").fill_null(1)
    rate_end = start.dt.year() + years - 1
    return {
        "status": stage,
        "finance": pl.coalesce(
            "finance_type",
            # a total of loans and grants is of neither kind
            pl.when((pl.col("figure_kind") == "loan") & ~pl.col("is_total").fill_null(False))
            .then(pl.lit("loan"))
            .otherwise(pl.lit("other")),
        ),
        "is_cumulative": cumulative,
        "year_start": pl.when(~open_start).then(pl.coalesce(start, end).dt.year()),
        "year_end": pl.when(~open_start).then(pl.max_horizontal(pl.coalesce(end, start).dt.year(), rate_end)),
        "day": pl.when((start == end) & ~open_start).then(start),
        "channel": pl.col("channel_id"),
        "joint": pl.col("joint_donor_ids"),
        "is_correction": pl.col("is_withdrawn").any().over("document_id").fill_null(False)
        | pl.col("is_correction").fill_null(False),
        # Where the text tells the sum that holds no longer, it is that alone which was changed.
        "is_change": pl.col("is_correction").fill_null(False)
        & stage.is_in(UNPAID).fill_null(False)
        & ~pl.col("is_withdrawn").any().over("document_id").fill_null(False),
        "takes_back": pl.col("amount").filter(pl.col("is_withdrawn")).first().over("document_id"),
    }


def no_report() -> pl.Expr:
    """Why a figure is no report of a flow, in words; null where it may be one."""
    undone = pl.col("direction").is_in(UNDONE)
    checks = [
        (pl.col("duplicate_of").is_not_null(), "its document is a copy of another, whose figures count"),
        (pl.col("is_withdrawn").fill_null(False), "the paper itself says that this sum was wrong"),
        ((pl.col("factuality") == "negated") & ~undone.fill_null(False), "the text denies it"),
        (pl.col("factuality") == "possible", "told as possible only"),
        (pl.col("is_conditional").fill_null(False) & ~undone.fill_null(False), "promised on a condition"),
        (pl.col("direction") == "diverted", "stolen or lost out of money that was given: no further flow"),
        (pl.col("usd").is_null() | (pl.col("usd") <= 0), "no amount in dollars is known"),
        (pl.col("high") > VAGUE * pl.col("low"), "too vague an amount to be matched or added"),
        (pl.col("donor").is_null() & pl.col("recipient").is_null(), "neither giver nor receiver is told"),
        (pl.col("donor") == pl.col("recipient"), "giver and receiver belong to one state"),
        (pl.col("is_at_home"), "giver and receiver belong to one state"),
        (pl.col("is_supply_of_money"), "a central bank supplies its own market with money"),
    ]
    found = pl.lit(None, pl.String)
    for check, words in reversed(checks):
        found = pl.when(check.fill_null(False)).then(pl.lit(words)).otherwise(found)
    return found
