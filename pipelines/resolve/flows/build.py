"""Makes the tables `aid_flows` and `aid_flow_reports` from figures, documents and actors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from pipelines.resolve.flows import purposes
from pipelines.resolve.flows import reports as reading
from pipelines.resolve.flows.decision import CLASSES, THRESHOLD, Scored, score
from pipelines.resolve.flows.ends import Ends
from pipelines.resolve.flows.flow_rows import flow_rows, with_wholes
from pipelines.resolve.flows.grouping import Groups, group
from pipelines.resolve.flows.report_rows import report_rows, with_report_ids
from pipelines.resolve.flows.summary import summaries
from pipelines.resolve.flows.totals import Group, Tree, parts
from pipelines.tables.flows import AidFlowReports, AidFlows

CITIES = pl.Schema({"document_id": pl.String(), "actor_id": pl.String(), "city": pl.String()})


@dataclass(frozen=True)
class Flows:
    """Both tables, and actors that had to be made: states for which a named agency acts."""

    flows: pl.DataFrame
    reports: pl.DataFrame
    added_actors: pl.DataFrame


@dataclass(frozen=True)
class GroupedReports:
    """What reports say together: their scored pairs, groups, what each group sums up to (`summaries`), and which is part of which."""

    scored: Scored
    groups: Groups
    summaries: pl.DataFrame
    tree: Tree

    def relation(self, small: int, large: int) -> str:
        """same, part or different, of two reports by row number."""
        a, b = int(self.groups.of[small]), int(self.groups.of[large])
        if a == b:
            return "same"
        later = self.tree.superseded_by.get(a, a)
        return "part" if b in (self.tree.parent.get(later), later) else "different"


def grouped_reports(rows: pl.DataFrame) -> GroupedReports:
    """Group reports (`schema.REPORTS`) into flows, and totals into their parts."""
    scored = score(rows)
    groups = group(rows.height, scored)
    table = summaries(rows.with_columns(group=pl.Series(groups.of)))
    return GroupedReports(scored, groups, table, parts(_that_may_be_parts(table, groups, scored), groups.of, scored))


def _that_may_be_parts(table: pl.DataFrame, groups: Groups, scored: Scored) -> dict[int, Group]:
    """The groups that hold a report which is scored as a part or as a total of one."""
    chosen = scored.probabilities[:, CLASSES.index("part")] >= THRESHOLD
    numbers = np.unique(groups.of[np.concatenate([scored.small[chosen], scored.large[chosen]])])
    rows = table.filter(pl.col("group").is_in(pl.Series(numbers).implode())).select(
        "group", "usd", "status", "is_cumulative", "first_reported", "last_reported",
        pl.all_horizontal(pl.col("donor", "recipient").is_not_null()),
        pl.when(~pl.col("is_contested")).then("stated").alias("_stated"), "currency", "room",
    )  # fmt: skip
    return {row[0]: Group(*row) for row in rows.iter_rows()}


def build(
    figures: pl.DataFrame,
    documents: pl.DataFrame,
    actors: pl.DataFrame,
    officials: pl.Series,
    cities: pl.DataFrame | None = None,
) -> Flows:
    """All flows that the figures tell of. Pure: the same rows in any order give the same tables.

    Takes financial_figures as in the warehouse; documents (document_id, publisher, published_on, duplicate_of); actors; the
    actor ids of persons in office; cities (document_id, actor_id, city): actors whom a document calls by a city alone.
    """
    named = purposes.states_named(figures, actors)
    ends = Ends(actors, officials, frozenset(named["iso3"]))
    cities = pl.DataFrame(schema=CITIES) if cities is None else cities
    rows, rejected = reading.read(figures, documents, ends, named, cities)
    grouped = grouped_reports(rows)
    groups = with_wholes(grouped.summaries, grouped.tree)
    flows = flow_rows(groups)
    none = rejected.select(
        "figure_id", "reason", "confidence", flow_id=pl.lit(None, pl.String), role=pl.lit("rejected")
    )
    links = report_rows(groups, rows["figure_id"], grouped.scored, grouped.groups)
    links = pl.concat([links, none.select(links.columns)], how="vertical_relaxed")
    # A sum that each of several gives has a report for each: two of them may come to lie in one flow.
    links = with_report_ids(links.unique(["flow_id", "figure_id"], keep="first", maintain_order=True))
    used = pl.concat([flows["donor_id"], flows["recipient_id"]]).drop_nulls()
    return Flows(
        _conform(flows, AidFlows.create_empty().schema).sort("flow_id"),
        _conform(links, AidFlowReports.create_empty().schema).sort("figure_id", "flow_id", nulls_last=True),
        ends.added.filter(pl.col("actor_id").is_in(used.implode())),
    )


def _conform(rows: pl.DataFrame, schema: Any) -> pl.DataFrame:
    """Columns and types of a table; codes stay text."""
    return rows.select(
        pl.col(name).cast(pl.String() if isinstance(dtype, pl.Enum) else dtype) for name, dtype in schema.items()
    )
