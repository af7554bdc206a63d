"""Rows of `aid_flow_reports`: the role that each report plays for each flow that it speaks of, and why."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.identifiers import stable_id
from pipelines.resolve.flows.decision import CLASSES, Scored
from pipelines.resolve.flows.grouping import Groups

_COLUMNS = ["flow_id", "figure_id", "role", "reason", "confidence"]


def report_rows(groups: pl.DataFrame, figures: pl.Series, scored: Scored, of: Groups) -> pl.DataFrame:
    """flow_id, figure_id, role, reason, confidence of all reports in groups (`flow_rows.with_wholes`); `figures` are the
    figure ids by row number."""
    parts = _with_reasons(_parts(groups), figures, scored)
    return pl.concat(
        [_of_superseded(groups, figures), _of_members(groups, figures, scored, of, parts), *_between(figures, parts)],
        how="vertical_relaxed",
    )


def with_report_ids(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `report_id`."""
    ids = [stable_id("fr", flow, figure) for flow, figure in rows.select("flow_id", "figure_id").iter_rows()]
    return rows.with_columns(report_id=pl.Series(ids, dtype=pl.String))


def _parts(groups: pl.DataFrame) -> pl.DataFrame:
    """One row a part: its flow and counted report, and those of its whole; `whole_usd`, and whether the whole is gone."""
    parts = groups.filter(pl.col("parent").is_not_null()).select(
        "parent", "place", "part_pair", part_flow="flow_id", part_report="counted"
    )
    wholes = groups.select("is_gone", parent="group", whole_flow="flow_id", whole_report="counted", whole_usd="usd")
    return parts.join(wholes, on="parent", maintain_order="left")


def _with_reasons(parts: pl.DataFrame, figures: pl.Series, scored: Scored) -> pl.DataFrame:
    """Add `why` and `chance` to parts."""
    pairs = parts["part_pair"].to_numpy().astype(np.int64)
    chance, why = _chance_and_reasons(pairs, "part", scored)
    words = [f"part of {figure}{text}" for figure, text in zip(figures.gather(scored.large[pairs]), why, strict=True)]
    return parts.with_columns(chance=pl.Series(chance, dtype=pl.Float64), why=pl.Series(words, dtype=pl.String))


def _chance_and_reasons(pairs: np.ndarray, label: str, scored: Scored) -> tuple[np.ndarray, list[str]]:
    """Of pairs the chance of a label, and why: " (0.93): what speaks for it"."""
    chance = scored.probabilities[pairs, CLASSES.index(label)]
    reasons = scored.reasons(np.unique(pairs), label)
    return chance, [f" ({p:.2f}): {reasons[pair]}" for p, pair in zip(chance.tolist(), pairs.tolist(), strict=True)]


def _named(rows: pl.DataFrame, figures: pl.Series) -> pl.DataFrame:
    """Rows with the figure of each report, chances rounded."""
    return rows.with_columns(
        figure_id=figures.gather(rows["report"]), confidence=pl.col("confidence").cast(pl.Float64).round(3)
    ).select(_COLUMNS)


def _of_superseded(groups: pl.DataFrame, figures: pl.Series) -> pl.DataFrame:
    """Reports of running totals that a later one holds stand with that."""
    later = groups.select("flow_id", superseded_by="group")
    rows = groups.select("superseded_by", report="members").drop_nulls("superseded_by")
    rows = rows.join(later, on="superseded_by", maintain_order="left").explode("report")
    return _named(
        rows.with_columns(
            role=pl.lit("superseded"),
            reason=pl.lit("a later running total of payments holds it"),
            confidence=pl.lit(1.0),
        ),
        figures,
    )


def _of_members(
    groups: pl.DataFrame, figures: pl.Series, scored: Scored, of: Groups, parts: pl.DataFrame
) -> pl.DataFrame:
    """Reports of each flow. Where its parts leave nothing, the best stands beside each part, those that retell it beside the first."""
    rows = (
        groups.filter(pl.col("superseded_by").is_null())
        .select(
            "group", "flow_id", "is_gone", "has_parts", "is_running", "confidence", "superseded", "disagrees",
            report="members", size=pl.col("members").list.len(), nth=pl.int_ranges(pl.col("members").list.len()),
        )
        .explode("report", "superseded", "disagrees", "nth")
    )  # fmt: skip
    rows = _with_roles(rows, figures, scored, of)
    stay = rows.filter(~pl.col("is_gone"))
    targets = parts.select("place", group="parent", flow_id="part_flow")
    moved = (
        rows.filter("is_gone")
        .drop("flow_id")
        .join(targets, on="group", maintain_order="left")
        .filter((pl.col("nth") == 0) | (pl.col("place") == 0))
        .with_columns(role=pl.when(pl.col("nth") == 0).then(pl.lit("total")).otherwise("role"))
    )
    return pl.concat([_named(stay, figures), _named(moved, figures)])


def _with_roles(rows: pl.DataFrame, figures: pl.Series, scored: Scored, of: Groups) -> pl.DataFrame:
    """Add role, reason and confidence to the reports of groups; the first of each is the one that is counted."""
    pair = of.pair[rows["report"].to_numpy()]
    is_paired = pair >= 0
    pairs, report = pair[is_paired], rows["report"].to_numpy()[is_paired]
    chance, why = _chance_and_reasons(pairs, "same", scored)
    other = np.where(scored.small[pairs] == report, scored.large[pairs], scored.small[pairs])
    scores = pl.DataFrame(
        {
            "_row": np.flatnonzero(is_paired),
            "_chance": chance,
            "_why": [f"same as {figure}{text}" for figure, text in zip(figures.gather(other), why, strict=True)],
        },
        schema={"_row": pl.Int64, "_chance": pl.Float64, "_why": pl.String},
    )
    rows = (
        rows.with_row_index("_row").cast({"_row": pl.Int64}).join(scores, on="_row", how="left", maintain_order="left")
    )
    why_same = pl.col("_why").fill_null("in one group")
    first = pl.col("nth") == 0
    cases = [
        (first & pl.col("has_parts"), "total", pl.lit("its parts are flows of their own; what they leave of it is counted here")),
        (first & pl.col("is_running"), "cumulative", pl.lit("a running total of years: not added to anything")),
        (first & (pl.col("size") == 1), "counted", pl.lit("the only report")),
        (first, "counted", pl.format("the best of {} reports of it", "size")),
        (pl.col("superseded"), "superseded", pl.format("the paper corrected it later ({})", why_same)),
        (pl.col("disagrees"), "contested", pl.format("the same flow with another amount ({})", why_same)),
    ]  # fmt: skip
    role, reason = pl.lit("same"), why_same
    for condition, name, words in reversed(cases):
        role = pl.when(condition).then(pl.lit(name)).otherwise(role)
        reason = pl.when(condition).then(words).otherwise(reason)
    confidence = pl.when(first).then("confidence").otherwise(pl.coalesce("_chance", "confidence"))
    return rows.with_columns(role=role, reason=reason, confidence=confidence)


def _between(figures: pl.Series, parts: pl.DataFrame) -> list[pl.DataFrame]:
    """Each part's report beside its whole, and the whole's beside each part, where something is left of the whole."""
    rows = parts.filter(~pl.col("is_gone"))
    sums = [f"the whole of {usd:,.0f} dollars that this is a part of: " for usd in rows["whole_usd"]]
    below = rows.select(
        flow_id="whole_flow", report="part_report", role=pl.lit("part"), reason="why", confidence="chance"
    )
    above = rows.select(
        flow_id="part_flow",
        report="whole_report",
        role=pl.lit("total"),
        reason=pl.Series(sums, dtype=pl.String) + rows["why"],
        confidence="chance",
    )
    return [_named(below, figures), _named(above, figures)]
