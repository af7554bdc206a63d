"""Figures as reports of flows: made comparable, between states and bodies; and which figures can be no such report, and why.

Not here: whether two reports speak of one flow (`decision`), who acts for which state (`ends`).
"""

from __future__ import annotations

import re

import polars as pl

from pipelines.resolve.flows.ends import Ends
from pipelines.resolve.flows.schema import REPORTS
from pipelines.tables.flows import UNDONE
from pipelines.tables.money import MONEY_PRECISION, MONEY_SCALE

# An amount told as about so much may be this much less or more.
ABOUT = 0.08
# "Billions of dollars" (1 to 10 billion) says too little to be matched or added.
VAGUE = 4.0
# A past period at least this long that ends with the report is a running total, not a year's money.
RUNNING_DAYS = 550
# Days within which two reports of one sum speak of one flow though one tells only one end.
ABOUT_THE_TIME = "60d"
_MONEY = pl.Decimal(MONEY_PRECISION, MONEY_SCALE)
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


def read(figures: pl.DataFrame, documents: pl.DataFrame, ends: Ends) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Figures of aid, loans and debt relief as reports, and (figure_id, confidence, reason) of those that are none.

    Figures need the columns of the table `financial_figures`; documents document_id, publisher, published_on and
    duplicate_of. Other kinds of figures (prices, budgets, trade …) are in neither. Rows come sorted by figure_id.
    """
    told = figures.filter(pl.col("figure_kind").is_in(["aid", "loan"]) | (pl.col("finance_type").is_not_null())).sort(
        "figure_id"
    )
    rows = ends.of(
        told.join(documents, on="document_id", how="left", maintain_order="left")
        .with_columns(**_amounts())
        .with_columns(**_meaning())
    )
    rows = rows.with_columns(reason=_reason())
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
    kept = _with_known_ends(_without_sums_by_chance(kept))
    return kept.select(REPORTS.names()).cast(REPORTS), rejected


def _without_sums_by_chance(rows: pl.DataFrame) -> pl.DataFrame:
    """Drop links to a total of another sentence where both have a purpose of their own and share no word of it.

    Three grants told one after the other, the last of which happens to be the sum of the others, are three grants.
    """
    totals = rows.select(part_of="figure_id", _words="words", _sentence="sentence_index", _is_total="is_total")
    shares = pl.col("words").list.set_intersection("_words").list.len()
    by_chance = (
        (pl.col("_sentence") != pl.col("sentence_index"))
        & (pl.col("words").list.len() > 0)
        & (pl.col("_words").list.len() > 0)
        & (shares == 0)
        & ~pl.col("_is_total")
    )
    return rows.join(totals, on="part_of", how="left", maintain_order="left").with_columns(
        part_of=pl.when(by_chance.fill_null(False)).then(None).otherwise("part_of")
    )


def _with_known_ends(rows: pl.DataFrame) -> pl.DataFrame:
    """Give a report that tells only one end the other, where just one other end is told for the same sum about that time."""
    for missing, known in (("donor", "recipient"), ("recipient", "donor")):
        same = [known, "currency", "amount"]
        full = (
            rows.filter(pl.all_horizontal(pl.col(missing, "published_on").is_not_null()))
            .filter(pl.col(missing).n_unique().over(same) == 1)
            .select(*same, "published_on", _end=missing, _kind="donor_kind")
            .sort("published_on")
        )
        wanted = rows.filter(pl.col(missing).is_null() & pl.col("published_on").is_not_null())
        found = (
            wanted.select("figure_id", *same, "published_on")
            .sort("published_on")
            .join_asof(
                full, on="published_on", by=same, strategy="nearest", tolerance=ABOUT_THE_TIME, check_sortedness=False
            )
            .select("figure_id", "_end", "_kind")
        )
        rows = (
            rows.join(found, on="figure_id", how="left", maintain_order="left")
            .with_columns(pl.coalesce(missing, "_end").alias(missing), donor_kind=pl.coalesce("donor_kind", "_kind"))
            .drop("_end", "_kind")
        )
    return rows


def _amounts() -> dict[str, pl.Expr]:
    """The whole sum in the figure's currency and in dollars: ranges by their middle, yearly rates times their years."""
    times = pl.when(pl.col("rate_times").fill_null(1) > 1).then("rate_times").otherwise(1).cast(pl.Int64)
    middle = (pl.col("amount_low").cast(pl.Float64) + pl.col("amount_high").cast(pl.Float64)) / 2
    is_range = pl.col("amount").is_null() & (pl.col("currency") == "USD")
    usd = pl.col("amount_usd").cast(pl.Float64)
    return {
        "low": pl.when(is_range).then(pl.col("amount_low").cast(pl.Float64)).otherwise(usd) * times,
        "high": pl.when(is_range).then(pl.col("amount_high").cast(pl.Float64)).otherwise(usd) * times,
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
