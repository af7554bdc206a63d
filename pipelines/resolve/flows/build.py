"""Makes the tables `aid_flows` and `aid_flow_reports` from figures, documents and actors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from pipelines.identifiers import stable_id
from pipelines.reference import rows as reference_rows
from pipelines.resolve.flows import purposes
from pipelines.resolve.flows import reports as reading
from pipelines.resolve.flows.decision import CLASSES, Scored, score
from pipelines.resolve.flows.ends import Ends
from pipelines.resolve.flows.grouping import Groups, group
from pipelines.resolve.flows.summary import summaries
from pipelines.resolve.flows.totals import NOTHING_LEFT, Group, Tree, parts
from pipelines.tables.flows import AidFlowReports, AidFlows

_CENTS = 2
CITIES = pl.Schema({"document_id": pl.String(), "actor_id": pl.String(), "city": pl.String()})


@dataclass(frozen=True)
class Flows:
    """Both tables, and actors that had to be made: states for which a named agency acts."""

    flows: pl.DataFrame
    reports: pl.DataFrame
    added_actors: pl.DataFrame


@dataclass(frozen=True)
class Told:
    """What reports say together: their scored pairs, groups, what each group sums up to, and which is part of which."""

    scored: Scored
    groups: Groups
    summary: dict[int, dict[str, Any]]
    known: dict[int, Group]
    tree: Tree

    def relation(self, small: int, large: int) -> str:
        """same, part or different, of two reports by row number."""
        a, b = int(self.groups.of[small]), int(self.groups.of[large])
        if a == b:
            return "same"
        later = self.tree.superseded_by.get(a, a)
        return "part" if b in (self.tree.parent.get(later), later) else "different"


def told_by(rows: pl.DataFrame) -> Told:
    """Group reports (`schema.REPORTS`) into flows, and totals into their parts."""
    scored = score(rows)
    groups = group(rows.height, scored)
    table = summaries(rows.with_columns(group=pl.Series(groups.of)))
    summary = {row["group"]: row for row in table.iter_rows(named=True)}
    known = {
        number: Group(
            number,
            row["usd"],
            row["status"],
            row["is_cumulative"],
            row["first_told"],
            row["last_told"],
            row["donor"] is not None and row["recipient"] is not None,
            None if row["is_contested"] else row["told"],
            row["currency"],
        )
        for number, row in summary.items()
    }
    return Told(scored, groups, summary, known, parts(known, groups.of, scored))


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
    flows, links = _Maker(rows, told_by(rows)).make()
    for flow in flows:
        code = flow["purpose_code"]
        flow["sector"] = code and code[:3]
        flow["purpose_name"], flow["sector_name"] = _code_names().get(code), _code_names().get(flow["sector"])
    links += [
        {"flow_id": None, "figure_id": f, "role": "rejected", "reason": r, "confidence": c}
        for f, c, r in rejected.select("figure_id", "confidence", "reason").iter_rows()
    ]
    for link in links:
        link["report_id"] = stable_id("fr", link["flow_id"], link["figure_id"])
    used = {flow[name] for flow in flows for name in ("donor_id", "recipient_id") if flow[name]}
    return Flows(
        _frame(flows, AidFlows.create_empty().schema).sort("flow_id"),
        _frame(links, AidFlowReports.create_empty().schema).sort("figure_id", "flow_id", nulls_last=True),
        ends.added.filter(pl.col("actor_id").is_in(list(used))),
    )


@cache
def _code_names() -> dict[str | None, str]:
    """OECD DAC sectors and CRS purposes by code."""
    return {row["code"]: row["name"] for row in reference_rows("dac_purposes.csv")}


def _frame(rows: list[dict[str, Any]], schema: Any) -> pl.DataFrame:
    plain = {name: pl.String() if isinstance(dtype, pl.Enum) else dtype for name, dtype in schema.items()}
    return pl.DataFrame(rows, schema=plain, orient="row") if rows else pl.DataFrame(schema=plain)


class _Maker:
    """Rows of both tables, one group of reports after the other."""

    def __init__(self, rows: pl.DataFrame, told: Told) -> None:
        self.scored, self.groups, self.tree = scored, groups, tree = told.scored, told.groups, told.tree
        self.summary, self.known = told.summary, told.known
        self.figure = rows["figure_id"].to_list()
        joined = np.unique(groups.pair[groups.pair >= 0])
        parts_of = np.unique(np.array(list(tree.pair.values()), dtype=np.int64))
        self.reasons = {"same": scored.reasons(joined, "same"), "part": scored.reasons(parts_of, "part")}
        self.flows: list[dict[str, Any]] = []
        self.links: list[dict[str, Any]] = []

    def make(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        for number, row in self.summary.items():
            if number in self.tree.superseded_by:
                self._superseded(number)
            else:
                self._flow(number, row)
        return self.flows, self.links

    def _id(self, number: int) -> str:
        return stable_id("fl", self.summary[number]["anchor"])

    def _flow(self, number: int, row: dict[str, Any]) -> None:
        """The flow of a group: what its parts leave of it, or all of it; and its reports."""
        children = self.tree.children.get(number, [])
        left = self.tree.left(self.known, number)
        gone = bool(children) and left <= NOTHING_LEFT * row["usd"]
        if not gone:
            self.flows.append(self._flow_row(number, row, left / row["usd"] if children else 1.0))
            for child in children:
                self._link(number, self.summary[child]["counted"], "part", self._part_reason(child), child)
        # Where the parts leave nothing, the best report stands beside each part, those that retell it beside the first.
        for place, report in enumerate(row["members"]):
            role, why = self._role(row, place, bool(children))
            if not gone:
                self._add(number, report, role, why, self._chance(report, row))
                continue
            for target in children if place == 0 else children[:1]:
                self._add(target, report, "total" if place == 0 else role, why, self._chance(report, row))
        if not gone:
            for child in children:
                why = f"the whole of {row['usd']:,.0f} dollars that this is a part of: {self._part_reason(child)}"
                self._add(child, row["counted"], "total", why, self._part_chance(child))

    def _flow_row(self, number: int, row: dict[str, Any], share: float) -> dict[str, Any]:
        whole = self.summary[self.tree.parent[number]] if number in self.tree.parent else {}
        stages = set(row["stages"]) | set(whole.get("stages") or ())
        usd = None if row["amount_usd"] is None else round(float(row["amount_usd"]) * share, _CENTS)

        def scaled(name: str) -> float | None:
            return None if row[name] is None else round(float(row[name]) * share, _CENTS)

        def of(name: str) -> Any:
            return row[name] if row[name] is not None else whole.get(name)

        return {
            "flow_id": self._id(number), "donor_id": row["donor"], "recipient_id": row["recipient"],
            "donor_agency_id": of("agency"), "channel_id": of("channel"), "joint_donor_ids": row["joint"] or [],
            "donor_kind": row["donor_kind"], "status": self._status(number, row),
            "finance_type": whole["finance"] if row["finance"] == "other" and whole else row["finance"],
            "amount": None if row["is_contested"] else scaled("amount"), "currency": row["currency"],
            "amount_usd": usd, "amount_usd_low": scaled("usd_low"), "amount_usd_high": scaled("usd_high"),
            "amount_usd_constant": scaled("amount_usd_constant"),
            "pledged_usd": usd if "pledged" in stages else None,
            "committed_usd": usd if "committed" in stages else None,
            "disbursed_usd": usd if self._status(number, row) in ("disbursed", "repaid") else None,
            "year_start": of("year_start"), "year_end": row["year_end"] if row["year_start"] else whole.get("year_end"),
            "purpose": of("purpose") if row["purpose_code"] is None else row["purpose"],
            "purpose_code": of("purpose_code") if row["purpose"] is None else row["purpose_code"],
            "part_of_flow_id": self._whole(number),
            "is_cumulative": self.tree.is_running(self.known, number),
            "is_contested": row["is_contested"], "first_reported_on": row["first_reported_on"],
            "last_reported_on": row["last_reported_on"], "report_count": row["report_count"],
            "source_count": row["source_count"],
        }  # fmt: skip

    def _status(self, number: int, row: dict[str, Any]) -> str | None:
        """How far a flow has come. What payments leave of a promise is still promised, whoever calls all of it given."""
        paid = any(self.known[child].status == "disbursed" for child in self.tree.children.get(number, ()))
        promised = [stage for stage in ("committed", "pledged") if stage in row["stages"]]
        return promised[0] if paid and promised and row["status"] == "disbursed" else row["status"]

    def _whole(self, number: int) -> str | None:
        """Id of the whole that a flow is part of, or that others are part of."""
        top = number
        while top in self.tree.parent:
            top = self.tree.parent[top]
        return self._id(top) if top != number or self.tree.children.get(number) else None

    def _role(self, row: dict[str, Any], n: int, has_parts: bool) -> tuple[str, str]:
        """Role and reason of the report in place `n` of its group."""
        report = row["members"][n]
        if report == row["counted"]:
            if has_parts:
                return "total", "its parts are flows of their own; what they leave of it is counted here"
            if self.tree.is_running(self.known, row["group"]):
                return "cumulative", "a running total of years: not added to anything"
            alone = len(row["members"]) == 1
            return "counted", "the only report" if alone else f"the best of {len(row['members'])} reports of it"
        why = self._same_reason(report)
        if row["superseded"][n]:
            return "superseded", f"the paper corrected it later ({why})"
        if row["disagrees"][n]:
            return "contested", f"the same flow with another amount ({why})"
        return "same", why

    def _superseded(self, number: int) -> None:
        by = self.tree.superseded_by[number]
        for report in self.summary[number]["members"]:
            self._add(by, report, "superseded", "a later running total of payments holds it", 1.0)

    def _link(self, number: int, report: int, role: str, why: str, child: int) -> None:
        self._add(number, report, role, why, self._part_chance(child))

    def _add(self, number: int, report: int, role: str, why: str, chance: float) -> None:
        self.links.append(
            {"flow_id": self._id(number), "figure_id": self.figure[report], "role": role, "reason": why,
             "confidence": round(chance, 3)}
        )  # fmt: skip

    def _same_reason(self, report: int) -> str:
        pair = int(self.groups.pair[report])
        return self._told(pair, "same", report) if pair >= 0 else "in one group"

    def _part_reason(self, child: int) -> str:
        return self._told(self.tree.pair[child], "part", None)

    def _told(self, pair: int, label: str, report: int | None) -> str:
        small, large = int(self.scored.small[pair]), int(self.scored.large[pair])
        other = self.figure[large if report == small or report is None else small]
        chance = self.scored.probabilities[pair, CLASSES.index(label)]
        relation = "same as" if label == "same" else "part of"
        return f"{relation} {other} ({chance:.2f}): {self.reasons[label][pair]}"

    def _chance(self, report: int, row: dict[str, Any]) -> float:
        pair = int(self.groups.pair[report])
        if report == row["counted"] or pair < 0:
            return float(row["confidence"])
        return float(self.scored.probabilities[pair, CLASSES.index("same")])

    def _part_chance(self, child: int) -> float:
        return float(self.scored.probabilities[self.tree.pair[child], CLASSES.index("part")])
