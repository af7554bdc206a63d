"""What the reports of one flow say together: amount or interval, furthest stage, years, purpose, who reported it first and last."""

from __future__ import annotations

import polars as pl

from pipelines.resolve.flows.figure_terms import UNPAID
from pipelines.tables.flows import STAGES, UNDONE

# Days within which a promise that is changed is the one told before: next year's is another.
CHANGED_WITHIN = 183
# Amounts of one currency further apart than this contradict each other; of two currencies, this.
APART, APART_ACROSS = 1.1, 1.25
_STAGE = {name: n for n, name in enumerate(STAGES)}


def summaries(reports: pl.DataFrame) -> pl.DataFrame:
    """One row a group of reports (`schema.REPORTS` and `group`), by the group's number.

    `members` are row numbers, the best report first; `superseded` and `disagrees` say of each whether the paper took it back
    and whether its amount is another than the counted one's.
    """
    ranked = _ranked(_superseded(reports.with_row_index("row")))
    valid = ~pl.col("superseded")
    counted = pl.col("row").first()
    table = ranked.group_by("group", maintain_order=True).agg(
        counted=counted,
        members=pl.col("row"),
        superseded="superseded",
        disagrees="disagrees",
        anchor=pl.col("anchor").sort_by("published_on", "figure_id", nulls_last=True).first(),
        usd_low=pl.col("usd").filter(valid & pl.col("disagrees") | (pl.col("row") == counted)).min(),
        usd_high=pl.col("usd").filter(valid & pl.col("disagrees") | (pl.col("row") == counted)).max(),
        is_contested=(pl.col("disagrees") & valid).any(),
        stages=pl.col("status").filter(valid).drop_nulls().unique().sort(),
        _stage=pl.col("status").filter(valid & pl.col("status").is_in(STAGES)).sort_by(pl.col("_stage").filter(valid & pl.col("status").is_in(STAGES))).last(),
        _corrected=pl.col("status").filter(~valid & pl.col("status").is_in(STAGES)).sort_by(pl.col("_stage").filter(~valid & pl.col("status").is_in(STAGES))).last(),
        _undone=pl.col("status").filter(pl.col("status").is_in(UNDONE)).last(),
        _undone_on=pl.col("published_on").filter(pl.col("status").is_in(UNDONE)).max(),
        _went_on=pl.col("published_on").filter(pl.col("status").is_in(STAGES[2:])).max(),
        is_cumulative=pl.col("is_cumulative").first(),
        first_reported_on=pl.col("published_on").min(),
        last_reported_on=pl.col("published_on").max(),
        report_count=pl.col("document_id").n_unique(),
        source_count=pl.coalesce("publisher", "document_id").n_unique(),
        finance=pl.col("finance").filter(pl.col("finance") != "other").first(),
        joint=pl.col("joint").drop_nulls().first(),
        purpose=pl.col("purpose").filter(valid).drop_nulls().first(),
        purpose_code=pl.col("purpose_code").filter(valid & pl.col("purpose").is_not_null()).drop_nulls().first(),
        _any_code=pl.col("purpose_code").filter(valid).drop_nulls().first(),
        year_start=pl.col("year_start").filter(valid).drop_nulls().first(),
        year_end=pl.col("year_end").filter(valid).drop_nulls().first(),
        **{name: pl.col(name).drop_nulls().first() for name in ("donor", "recipient", "agency", "channel", "donor_kind")},
        **{name: pl.col(name).first() for name in ("amount", "currency", "stated", "room", "usd", "amount_usd", "amount_usd_constant", "confidence")},
    )  # fmt: skip
    middle = (pl.col("usd_low") + pl.col("usd_high")) / 2
    undone = pl.col("_undone").is_not_null() & ~(pl.col("_went_on") > pl.col("_undone_on")).fill_null(False)
    contested = pl.col("is_contested")
    return table.with_columns(
        status=pl.when(undone)
        .then("_undone")
        # who corrects a sum that was given does not ask for it
        .when(pl.col("_stage") == STAGES[0])
        .then(pl.coalesce("_corrected", "_stage"))
        .otherwise("_stage"),
        finance=pl.col("finance").fill_null("other"),
        purpose_code=pl.coalesce("purpose_code", "_any_code"),
        amount_usd_constant=pl.when(contested)
        .then(pl.col("amount_usd_constant").cast(pl.Float64) * middle / pl.col("usd"))
        .otherwise(pl.col("amount_usd_constant").cast(pl.Float64)),
        amount_usd=pl.when(contested).then(middle).otherwise(pl.col("amount_usd").cast(pl.Float64)),
        usd=pl.when(contested).then(middle).otherwise("usd"),
        first_reported=pl.col("first_reported_on").cast(pl.Int32).fill_null(0),
        last_reported=pl.col("last_reported_on").cast(pl.Int32).fill_null(0),
    ).select(pl.exclude("^_.*$"))


def _superseded(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `superseded`: another amount that the same paper told before it corrected itself, the very sum that any took back, and another
    that was promised before the promise was changed."""
    corrections = rows.filter("is_correction")
    own = corrections.group_by("group", "publisher").agg(
        _amount=pl.col("amount").first(), _on=pl.col("published_on").max()
    )
    back = (
        corrections.drop_nulls("takes_back")
        .group_by("group", amount="takes_back")
        .agg(_back_on=pl.col("published_on").max())
    )
    changes = rows.filter("is_change").sort("published_on", "figure_id", nulls_last=False)
    last = changes.group_by("group").agg(
        _changed_to=pl.col("amount").last(),
        _changed_on=pl.col("published_on").last(),
        _of_year=pl.col("year_start").last(),
    )
    rows = rows.join(last, on="group", how="left", maintain_order="left")
    found = rows.join(own, on=["group", "publisher"], how="left", maintain_order="left")
    found = found.join(back, on=["group", "amount"], how="left", maintain_order="left")
    by_paper = (pl.col("amount") != pl.col("_amount")) & (pl.col("published_on") <= pl.col("_on"))
    taken_back = pl.col("published_on") <= pl.col("_back_on")
    # The last change holds, and what it changed may be a change itself.
    changed = pl.col("status").is_in(UNPAID) & (pl.col("amount") != pl.col("_changed_to"))
    days = (pl.col("_changed_on") - pl.col("published_on")).dt.total_days()
    changed &= days.is_between(1, CHANGED_WITHIN) & (pl.col("year_start") == pl.col("_of_year")).fill_null(True)
    return found.with_columns(
        superseded=((by_paper.fill_null(False) | taken_back.fill_null(False)) & ~pl.col("is_correction"))
        | changed.fill_null(False)
    )


def _ranked(rows: pl.DataFrame) -> pl.DataFrame:
    """Reports of each group, the one to count first: exact, with its year, told by most, earliest."""
    sources = pl.coalesce("publisher", "document_id").n_unique().over("group", "currency", "amount")
    ranked = rows.with_columns(
        _sources=sources,
        _timeless=pl.col("year_start").is_null(),
        _undone=pl.col("status").is_in(UNDONE).fill_null(False),
        _stage=pl.col("status").replace_strict(_STAGE, default=-1, return_dtype=pl.Int64),
    ).sort(
        ["group", "superseded", "is_approximate", "_undone", "_timeless", "_sources", "published_on", "figure_id"],
        descending=[False, False, False, False, False, True, False, False],
        nulls_last=True,
    )
    first_usd, first_currency = pl.col("usd").first().over("group"), pl.col("currency").first().over("group")
    bound = pl.when(pl.col("currency") == first_currency).then(APART).otherwise(APART_ACROSS)
    hedged = pl.col("is_approximate") | pl.col("is_approximate").first().over("group")
    bound = pl.when(hedged).then(APART_ACROSS).otherwise(bound)
    ratio = pl.max_horizontal(pl.col("usd") / first_usd, first_usd / pl.col("usd"))
    # The same sum of one currency told on two days has two rates and is no contradiction.
    amount, first_amount = pl.col("amount").cast(pl.Float64), pl.col("amount").cast(pl.Float64).first().over("group")
    ratio = (
        pl.when(pl.col("currency") == first_currency)
        .then(pl.max_horizontal(amount / first_amount, first_amount / amount).fill_null(ratio))
        .otherwise(ratio)
    )
    return ranked.with_columns(disagrees=(ratio > bound) & ~pl.col("superseded"))
