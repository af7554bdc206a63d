"""Figures as reports of flows: made comparable, between states and bodies; and which figures can be no such report, and why.

Not here: whether two reports speak of one flow (`decision`), who acts for which state (`ends`).
"""

from __future__ import annotations

import re
from typing import Any

import polars as pl

from pipelines.reference.countries import lookup
from pipelines.reference.seats import seats
from pipelines.resolve.flows.ends import Ends
from pipelines.resolve.flows.known_ends import with_known_ends
from pipelines.resolve.flows.schema import REPORTS
from pipelines.resolve.usd import rate_on
from pipelines.tables.flows import UNDONE
from pipelines.tables.money import MONEY_PRECISION, MONEY_SCALE

# An amount told as about so much may be this much less or more.
ABOUT = 0.08
# "Billions of dollars" (1 to 10 billion) says too little to be matched or added.
VAGUE = 4.0
# A past period at least this long that ends with the report is a running total, not a year's money.
RUNNING_DAYS = 550
_MONEY = pl.Decimal(MONEY_PRECISION, MONEY_SCALE)
# Actors that money reaches others through.
_BODIES = ("igo", "ngo", "other_organization", "company")
_WORD = re.compile(r"[a-z]{3,}")
_STEM = 5
_EMPTY_WORDS = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "from",
        "into",
        "other",
        "their",
        "its",
        "this",
        "that",
        "those",
        "these",
        "new",
        "help",
        "helping",
        "support",
        "supporting",
        "aid",
        "assistance",
        "program",
        "programs",
        "programme",
        "programmes",
        "project",
        "projects",
        "grant",
        "loan",
        "money",
        "funds",
        "fund",
        "year",
        "years",
        "also",
        "more",
        "than",
        "about",
        "million",
        "billion",
        "were",
        "was",
        "are",
        "has",
        "have",
        "been",
        "will",
        "would",
        "which",
        "who",
        "whose",
        "all",
        "some",
        "under",
        "over",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)


def words_of(purpose: str | None) -> list[str]:
    """Stems of the words that tell one purpose from another: the first letters of each, empty words left out.

    >>> words_of("rural health clinics in 2021")
    ['clini', 'healt', 'rural']
    """
    found = {word[:_STEM] for word in _WORD.findall((purpose or "").lower()) if word not in _EMPTY_WORDS}
    return sorted(found)


def states_named(figures: pl.DataFrame, actors: pl.DataFrame) -> pl.DataFrame:
    """figure_id, iso3 of aid to a body whose purpose names one state: "to UNICEF to vaccinate children in Chad" is aid to Chad."""
    bodies = actors.filter(pl.col("actor_type").is_in(_BODIES))["actor_id"]
    asked = figures.filter(
        (pl.col("figure_kind") == "aid") & pl.col("purpose").is_not_null() & pl.col("payee_id").is_in(bodies.implode())
    )
    return asked.select(
        "figure_id", iso3=pl.col("purpose").map_elements(_one_state, return_dtype=pl.String, skip_nulls=False)
    ).drop_nulls()


def _one_state(purpose: str) -> str | None:
    told = purpose.split()
    found = {
        word.iso3
        for n in range(len(told))
        for size in (3, 2, 1)
        if (word := lookup(" ".join(told[n : n + size]).strip(".,;:()"))) is not None and word.kind == "name"
    }
    return found.pop() if len(found) == 1 else None


def read(
    figures: pl.DataFrame, documents: pl.DataFrame, ends: Ends, named: pl.DataFrame, cities: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Figures of aid, loans and debt relief as reports, and (figure_id, confidence, reason) of those that are none.

    Figures need the columns of the table `financial_figures`; documents document_id, publisher, published_on and
    duplicate_of; `named` is what `states_named` gives; cities (document_id, actor_id, city) are actors whom a document
    calls by a city alone. Other kinds of figures (prices, budgets, trade …) are in neither. Rows come sorted by figure_id.
    """
    told = figures.filter(_is_given() | _is_budget_of(figures)).sort("figure_id")
    rows = ends.of(
        told.join(documents, on="document_id", how="left", maintain_order="left")
        .with_columns(_rate=_rates())
        .with_columns(**_amounts())
        .with_columns(**_meaning())
    )
    rows = _of_cities(_to_states(rows, ends, named), ends, cities).with_columns(reason=_reason())
    rejected = rows.filter(pl.col("reason").is_not_null()).select("figure_id", "confidence", "reason")
    kept = rows.filter(pl.col("reason").is_null()).with_columns(
        low=pl.when(pl.col("qualifier") == "approximately").then(pl.col("low") * (1 - ABOUT)).otherwise("low"),
        high=pl.when(pl.col("qualifier") == "approximately").then(pl.col("high") * (1 + ABOUT)).otherwise("high"),
        words=pl.col("purpose").map_elements(words_of, return_dtype=pl.List(pl.String), skip_nulls=False),
        part_of="part_of_figure_id",
    )
    # "In aid" names no purpose, and a code made of such words says nothing either.
    empty = pl.col("purpose").is_not_null() & (pl.col("words").list.len() == 0)
    kept = kept.with_columns(
        pl.when(empty.fill_null(False)).then(None).otherwise(name).alias(name) for name in ("purpose", "purpose_code")
    )
    kept = with_known_ends(kept)
    return kept.select(REPORTS.names()).cast(REPORTS), rejected


def _is_given() -> pl.Expr:
    return pl.col("figure_kind").is_in(["aid", "loan"]) | pl.col("finance_type").is_not_null()


def _is_budget_of(figures: pl.DataFrame) -> pl.Expr:
    """Money that one report calls spent or needed, and another given: the whole of given parts, or the same sum and ends."""
    given = figures.filter(_is_given() & pl.col("factuality").is_in(["actual", "planned"]))
    wholes = given["part_of_figure_id"].drop_nulls().implode()
    ends = pl.struct("payer_id", "payee_id", "currency", "amount")
    same = (
        given.drop_nulls(["payer_id", "payee_id", "currency", "amount"]).select(ends.alias("_ends"))["_ends"].implode()
    )
    return (
        (pl.col("figure_kind") == "budget")
        & pl.col("payer_id").is_not_null()
        & (pl.col("figure_id").is_in(wholes) | ends.is_in(same))
    )


def _to_states(rows: pl.DataFrame, ends: Ends, named: pl.DataFrame) -> pl.DataFrame:
    """Aid to a body for one state is aid to that state through the body."""
    states = named.with_columns(_state=pl.col("iso3").replace_strict(ends.states, default=None, return_dtype=pl.String))
    is_through = pl.col("_state").is_not_null() & (pl.col("_state") != pl.col("donor")).fill_null(True)
    return (
        rows.join(states.select("figure_id", "_state"), on="figure_id", how="left", maintain_order="left")
        .with_columns(
            channel=pl.when(is_through).then(pl.coalesce("channel", "recipient")).otherwise("channel"),
            recipient=pl.when(is_through).then("_state").otherwise("recipient"),
        )
        .drop("_state")
    )


def _of_cities(rows: pl.DataFrame, ends: Ends, cities: pl.DataFrame) -> pl.DataFrame:
    """Add `seat_of`: the body that the giver's city may mean as well as its state."""
    bodies = {city: ends.bodies.get(seat.body) for city, seat in seats().items()}
    seat = cities.select(
        "document_id",
        payer_id="actor_id",
        seat_of=pl.col("city").replace_strict(bodies, default=None, return_dtype=pl.String),
    )
    return rows.join(seat, on=["document_id", "payer_id"], how="left", maintain_order="left")


def _rates() -> pl.Expr:
    """US dollars for one unit of a range's currency on its day: its ends have no dollars of their own."""
    asked = pl.struct("currency", "published_on", "amount")
    return asked.map_elements(_rate_of_range, return_dtype=pl.Float64, skip_nulls=False)


def _rate_of_range(told: dict[str, Any]) -> float | None:
    if told["amount"] is not None or told["currency"] is None or told["published_on"] is None:
        return None
    if told["currency"] == "USD":
        return 1.0
    rate = rate_on(told["currency"], told["published_on"])
    return None if rate is None else rate.usd


def _amounts() -> dict[str, pl.Expr]:
    """The whole sum in the figure's currency and in dollars: ranges by their middle, yearly rates times their years."""
    times = pl.when(pl.col("rate_times").fill_null(1) > 1).then("rate_times").otherwise(1).cast(pl.Int64)
    low, high = (pl.col(name).cast(pl.Float64) * pl.col("_rate") for name in ("amount_low", "amount_high"))
    middle = (low + high) / 2
    is_range = pl.col("amount").is_null() & pl.col("_rate").is_not_null()
    usd = pl.col("amount_usd").cast(pl.Float64)
    return {
        "low": pl.when(is_range).then(low).otherwise(usd) * times,
        "high": pl.when(is_range).then(high).otherwise(usd) * times,
        "usd": pl.when(is_range).then(middle).otherwise(usd) * times,
        "amount": (pl.col("amount") * times).cast(_MONEY),
        "amount_usd": pl.when(is_range).then(middle.round(2)).otherwise(usd * times).round(2).cast(_MONEY),
        "amount_usd_constant": (pl.col("amount_usd_constant").cast(pl.Float64) * times).round(2).cast(_MONEY),
        "is_rate": pl.col("rate_times").is_not_null(),
        "is_approximate": pl.col("qualifier") == "approximately",
    }


def _meaning() -> dict[str, pl.Expr]:
    start, end = pl.col("period_start"), pl.col("period_end")
    is_paid = pl.col("flow_stage") == "disbursed"
    running = is_paid & (
        (start.is_null() & end.is_not_null())
        | (
            ((end - start).dt.total_days() >= RUNNING_DAYS)
            & ((pl.col("published_on") - end).dt.total_days().abs() <= 31)
        )
    )
    cumulative = pl.col("is_cumulative").fill_null(False) | running.fill_null(False)
    planned = pl.col("factuality") == "planned"
    stage = (
        pl.when(pl.col("direction").is_in(UNDONE))
        .then("direction")
        .when(planned & pl.col("flow_stage").is_in(["disbursed", "unspecified"]))
        .then(pl.lit("pledged"))
        .when(pl.col("flow_stage") != "unspecified")
        .then("flow_stage")
    )
    open_start = start.is_null() & end.is_not_null()
    rate_end = start.dt.year() + pl.col("rate_times").fill_null(1) - 1
    return {
        "status": stage,
        "finance": pl.coalesce(
            "finance_type", pl.when(pl.col("figure_kind") == "loan").then(pl.lit("loan")).otherwise(pl.lit("other"))
        ),
        "is_cumulative": cumulative,
        "year_start": pl.when(~open_start).then(pl.coalesce(start, end).dt.year()),
        "year_end": pl.when(~open_start).then(pl.max_horizontal(pl.coalesce(end, start).dt.year(), rate_end)),
        "day": pl.when(start == end).then(start),
        "channel": pl.col("channel_id"),
        "joint": pl.col("joint_donor_ids"),
        "is_correction": pl.col("is_withdrawn").any().over("document_id").fill_null(False)
        | pl.col("is_correction").fill_null(False),
        "takes_back": pl.col("amount").filter(pl.col("is_withdrawn")).first().over("document_id"),
    }


def _reason() -> pl.Expr:
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
    ]
    found = pl.lit(None, pl.String)
    for check, words in reversed(checks):
        found = pl.when(check.fill_null(False)).then(pl.lit(words)).otherwise(found)
    return found
