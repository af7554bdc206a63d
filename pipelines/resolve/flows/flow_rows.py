"""Rows of `aid_flows`: what each group of reports leaves to be counted beside its parts, with what its whole tells of it."""

from __future__ import annotations

import polars as pl

from pipelines.identifiers import stable_id
from pipelines.reference import rows as reference_rows
from pipelines.resolve.flows.totals import NOTHING_LEFT, Tree

_CENTS = 2
_PARTS = pl.Schema(
    {
        "group": pl.Int64(),
        "parent": pl.Int64(),
        "part_pair": pl.Int64(),
        "part_usd": pl.Float64(),
        "place": pl.Int64(),
        "top": pl.Int64(),
    }
)
# What a part does not tell itself, its whole may.
_OF_WHOLE = [
    "agency",
    "channel",
    "finance",
    "stages",
    "year_start",
    "year_end",
    "purpose",
    "purpose_code",
    "is_cumulative",
]


def with_wholes(summaries: pl.DataFrame, tree: Tree) -> pl.DataFrame:
    """Add to groups (`summaries`) their flow's id and where they stand among totals and parts.

    `superseded_by`, `parent`, `part_pair` (the pair that made it a part), `part_usd` (its dollars within the whole), `place`
    among its whole's parts and `top`, the whole of wholes, are of the group; `has_parts`, `left` (dollars that its parts
    leave), `is_gone` (they leave nothing) and `has_paid_part` of its parts; columns with `_whole` are its whole's.
    """
    ids = [stable_id("fl", anchor) for anchor in summaries["anchor"]]
    groups = summaries.with_columns(pl.col("group").cast(pl.Int64), flow_id=pl.Series(ids, dtype=pl.String))
    superseded = pl.DataFrame(
        list(tree.superseded_by.items()),
        schema={"group": pl.Int64, "superseded_by": pl.Int64},
        orient="row",
    )
    parts = pl.DataFrame(
        [
            (part, whole, tree.pair[part], tree.size[part], place, tree.top(part))
            for whole, children in tree.children.items()
            for place, part in enumerate(children)
        ],
        schema=_PARTS,
        orient="row",
    )
    wholes = groups.select("flow_id", *_OF_WHOLE, parent="group")
    groups = (
        groups.join(superseded, on="group", how="left", maintain_order="left")
        .join(parts, on="group", how="left", maintain_order="left")
        .join(wholes, on="parent", how="left", maintain_order="left", suffix="_whole")
    )
    of_parts = (
        groups.filter(pl.col("parent").is_not_null())
        .group_by(group="parent")
        .agg(
            _parts=pl.col("part_usd").sum(),
            has_paid_part=(pl.col("status") == "disbursed").any(),
        )
    )
    groups = groups.join(of_parts, on="group", how="left", maintain_order="left").with_columns(
        has_parts=pl.col("_parts").is_not_null(),
        left=pl.col("usd") - pl.col("_parts").fill_null(0),
        has_paid_part=pl.col("has_paid_part").fill_null(False),
        is_running=pl.col("is_cumulative") & pl.col("is_cumulative_whole").fill_null(True),
    )
    return groups.with_columns(is_gone=pl.col("has_parts") & (pl.col("left") <= NOTHING_LEFT * pl.col("usd")))


def flow_rows(groups: pl.DataFrame) -> pl.DataFrame:
    """Columns of `aid_flows` from groups (`with_wholes`): those of which something is left."""
    kept = groups.filter(pl.col("superseded_by").is_null() & ~pl.col("is_gone"))
    share = pl.when("has_parts").then(pl.col("left") / pl.col("usd")).otherwise(1.0)
    tops = groups.select(top="group", _top_id="flow_id")
    kept = kept.join(tops, on="top", how="left", maintain_order="left").with_columns(
        status=_status(),
        # `finance` of a part that names none is that of its whole
        finance=pl.when(pl.col("finance") == "other")
        .then(pl.coalesce("finance_whole", "finance"))
        .otherwise("finance"),
        **{
            name: (pl.col(name).cast(pl.Float64) * share).round(_CENTS)
            for name in ("amount", "amount_usd", "usd_low", "usd_high", "amount_usd_constant")
        },
    )
    stages = pl.concat_list("stages", pl.col("stages_whole").fill_null([]))
    is_paid = pl.col("status").is_in(["disbursed", "repaid"])
    no_code, no_words = pl.col("purpose_code").is_null(), pl.col("purpose").is_null()
    rows = kept.select(
        "flow_id", "donor_kind", "status", "currency", "amount_usd", "amount_usd_constant",
        "is_contested", "first_reported_on", "last_reported_on", "report_count", "source_count",
        donor_id="donor", recipient_id="recipient", finance_type="finance",
        donor_agency_id=_or_whole("agency"), channel_id=_or_whole("channel"),
        joint_donor_ids=pl.col("joint").fill_null([]),
        amount=pl.when(~pl.col("is_contested")).then("amount"),
        amount_usd_low="usd_low", amount_usd_high="usd_high",
        pledged_usd=pl.when(stages.list.contains("pledged")).then("amount_usd"),
        committed_usd=pl.when(stages.list.contains("committed")).then("amount_usd"),
        disbursed_usd=pl.when(is_paid).then("amount_usd"),
        year_start=_or_whole("year_start"),
        year_end=pl.when(pl.col("year_start").is_not_null()).then("year_end").otherwise("year_end_whole"),
        purpose=pl.when(no_code).then(_or_whole("purpose")).otherwise("purpose"),
        purpose_code=pl.when(no_words).then(_or_whole("purpose_code")).otherwise("purpose_code"),
        part_of_flow_id=pl.coalesce("_top_id", pl.when("has_parts").then("flow_id")),
        is_cumulative="is_running",
    )  # fmt: skip
    return _with_code_names(rows)


def _or_whole(name: str) -> pl.Expr:
    return pl.coalesce(name, f"{name}_whole")


def _status() -> pl.Expr:
    """How far a flow has come. What payments leave of a promise is still promised, whoever calls all of it given."""
    promised = (
        pl.when(pl.col("stages").list.contains("committed"))
        .then(pl.lit("committed"))
        .when(pl.col("stages").list.contains("pledged"))
        .then(pl.lit("pledged"))
    )
    is_promise = pl.col("has_paid_part") & (pl.col("status") == "disbursed").fill_null(False)
    return pl.when(is_promise).then(pl.coalesce(promised, "status")).otherwise("status")


def _with_code_names(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the sector of a purpose code, and the names of both (OECD DAC sectors and CRS purposes)."""
    names = {row["code"]: row["name"] for row in reference_rows("dac_purposes.csv")}

    def named(column: str) -> pl.Expr:
        return pl.col(column).replace_strict(names, default=None, return_dtype=pl.String)

    return rows.with_columns(sector=pl.col("purpose_code").str.slice(0, 3)).with_columns(
        purpose_name=named("purpose_code"), sector_name=named("sector")
    )
