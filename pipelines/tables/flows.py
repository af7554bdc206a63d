"""Contracts of flows of aid and loans, and of which figure reports which of them."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from pipelines import codes
from pipelines.codes import FlowStatus
from pipelines.tables import columns
from pipelines.tables.money import money

# How far money has come; what undoes it stands apart.
STAGES = (FlowStatus.REQUESTED, FlowStatus.PLEDGED, FlowStatus.COMMITTED, FlowStatus.DISBURSED)
UNDONE = (FlowStatus.SUSPENDED, FlowStatus.CANCELLED, FlowStatus.REPAID)


class AidFlows(dy.Schema):
    """Grants, loans, pledges and payments in the world, each once: rows may be added up within a finance type and status, cumulative ones never."""

    flow_id = dy.String(primary_key=True, description="Flow, by a hash of the figure that reported it first.")
    donor_id = columns.actor("State or body that gives or lends; of a repaid loan the lender")
    recipient_id = columns.actor("State or body that receives; of a repaid loan the borrower")
    donor_agency_id = columns.actor("Agency, ministry or organ that gives for the donor, where told")
    channel_id = columns.actor("Through whom the money goes (via UNICEF), where told")
    joint_donor_ids = dy.List(
        dy.String(nullable=True),
        nullable=False,
        description="Further donors of one undivided sum (keys of actors); the first is donor_id.",
    )
    donor_kind = dy.Enum(
        codes.DonorKind,
        nullable=True,
        description="state, igo (intergovernmental body), private, or group: several together, none of them named (donors).",
    )
    finance_type = dy.Enum(
        codes.FinanceType, nullable=False, description="What kind of money; other is aid of which no more is told."
    )
    status = dy.Enum(
        FlowStatus,
        nullable=True,
        description="The furthest that it has come; suspended, cancelled and repaid money is not given.",
    )
    amount = money("Amount in main units of the currency; null where reports disagree.")
    currency = dy.String(nullable=True, regex=r"^[A-Z]{3}$", description="Currency (ISO 4217).")
    amount_usd = money(
        "Amount in nominal US dollars, without parts that are flows of their own; the middle of a contested one."
    )
    amount_usd_low = money("Least amount that a report gives.")
    amount_usd_high = money("Largest amount that a report gives.")
    amount_usd_constant = money("amount_usd in dollars of one year's prices (see financial_figures).")
    pledged_usd = money("amount_usd where it, or the whole that it is part of, was pledged.")
    committed_usd = money("amount_usd where it, or the whole that it is part of, was committed.")
    disbursed_usd = money("amount_usd where it was paid out.")
    year_start = dy.Int32(nullable=True, description="First year that the money is told to cover or move in.")
    year_end = dy.Int32(nullable=True, description="Last such year.")
    purpose = dy.String(nullable=True, description="What it is for, in a report's words.")
    purpose_code = dy.String(
        nullable=True, regex=r"^\d{3}(\d{2})?$", description="OECD DAC sector (3 digits) or CRS purpose (5 digits)."
    )
    purpose_name = dy.String(nullable=True, description="Name of purpose_code.")
    sector = dy.String(
        nullable=True, regex=r"^\d{3}$", description="OECD DAC sector: the first 3 digits of purpose_code."
    )
    sector_name = dy.String(nullable=True, description="Name of the sector.")
    part_of_flow_id = dy.String(
        nullable=True,
        description="The whole that it is a payment, year or purpose of: flows of one whole share it; null for a flow of its own.",
    )
    is_cumulative = dy.Bool(nullable=False, description="A running total of years (since 1991): never added.")
    is_contested = dy.Bool(nullable=False, description="Whether reports give amounts that exclude each other.")
    first_reported_on = dy.Date(nullable=True, description="Publication day of the first report.")
    last_reported_on = dy.Date(nullable=True, description="Publication day of the last report.")
    report_count = dy.Int64(nullable=False, min=1, description="Documents that report it.")
    source_count = dy.Int64(nullable=False, min=1, description="Publishers that report it.")

    @dy.rule()
    def interval_is_in_order(cls) -> pl.Expr:
        return pl.col("amount_usd_low") <= pl.col("amount_usd_high")

    @dy.rule()
    def years_are_in_order(cls) -> pl.Expr:
        return pl.col("year_start") <= pl.col("year_end")


class AidFlowReports(dy.Schema):
    """Which figure speaks of which flow, and as what; figures of aid and loans that speak of none have no flow and say why."""

    report_id = dy.String(primary_key=True, description="Figure and flow together.")
    flow_id = dy.String(nullable=True, description="Flow (key of aid_flows); null where the figure is rejected.")
    figure_id = dy.String(
        nullable=False, description="Figure (key of financial_figures); a total speaks of several flows."
    )
    role = dy.Enum(
        codes.FlowRole,
        nullable=False,
        description="counted gives the amount; same retells it; total holds it; part is held by it; cumulative, superseded, "
        "contested, rejected are not added.",
    )
    reason = dy.String(nullable=False, description="Why, in words.")
    confidence = dy.Float64(
        nullable=False,
        min=0.0,
        max=1.0,
        description="Of a report that gives the amount, how sure its figure is; of others, the chance that it speaks of this flow in "
        "this role, as the decision on flows gives it.",
    )
