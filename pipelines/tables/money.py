"""Contracts of amounts of money and of other quantities."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from pipelines import codes
from pipelines.tables import columns

# 24 digits before the point: more than any sum of money ever printed in earnest.
MONEY_PRECISION, MONEY_SCALE = 28, 4
# Prices of this year are those of `amount_usd_constant`: changing it changes every such amount, so it is done seldom.
CONSTANT_USD_YEAR = 2025


def as_money(amount: pl.Expr) -> pl.Expr:
    """A computed amount in the columns' type, to the cent; null where it does not fit, for which polars would end the run."""
    largest = 10.0 ** (MONEY_PRECISION - MONEY_SCALE)
    return pl.when(amount.abs() < largest).then(amount).round(2).cast(pl.Decimal(MONEY_PRECISION, MONEY_SCALE))


def money(description: str) -> dy.Decimal:
    return dy.Decimal(MONEY_PRECISION, MONEY_SCALE, nullable=True, description=description)


class FinancialFigures(dy.Schema):
    """Amounts of money: how much, who pays whom, for what, when, at what stage, and part of which total."""

    figure_id = dy.String(primary_key=True, description="Figure as one document reports it.")
    document_id = columns.document_id()
    sentence_index = columns.sentence_index()
    start_char = columns.start_char()
    end_char = columns.end_char()
    text = dy.String(nullable=False, description="The words of the amount.")
    amount = money("Amount in main units of the currency; null for a range.")
    amount_low = money("Lower end of a range.")
    amount_high = money("Upper end of a range.")
    currency = dy.String(nullable=True, regex=r"^[A-Z]{3}$", description="Currency (ISO 4217, historic codes too).")
    amount_usd = money("Amount in nominal US dollars; null where no rate is known.")
    usd_basis = dy.String(
        nullable=True,
        description="Basis of amount_usd: same currency, stated in the text, rate of a day, month or year, mean of a period's; or why none.",
    )
    amount_usd_constant = money(
        f"amount_usd in dollars of {CONSTANT_USD_YEAR} by the US consumer price index; null where no index is known."
    )
    usd_constant_basis = dy.String(
        nullable=True, description="Basis of amount_usd_constant: index and years; or why none."
    )
    qualifier = columns.qualifier()
    figure_kind = dy.Enum(codes.FigureKind, nullable=False, description="What the money is.")
    flow_stage = dy.Enum(codes.FlowStage, nullable=False, description="How far an aid flow or loan has come.")
    payer_id = columns.actor("Who pays or lends: the giving end of any kind of money")
    payee_id = columns.actor("Who is paid: the receiving end of any kind of money")
    donor_id = columns.actor("The same as payer_id, of any kind of money; donors proper are those of aid_flows")
    recipient_id = columns.actor("The same as payee_id, of any kind of money; recipients proper are those of aid_flows")
    finance_type = dy.Enum(
        codes.FinanceType,
        nullable=True,
        description="Kind of aid or loan, where words tell: grant, in_kind, concessional_loan, loan, guarantee, export_credit, "
        "debt_relief, military.",
    )
    direction = dy.Enum(
        codes.Direction,
        nullable=True,
        description="suspended, cancelled, repaid or diverted (stolen) money; null where it is given, promised or asked for.",
    )
    rate_times = dy.Int32(
        nullable=True,
        min=1,
        description="The amount is one year's, for so many years, or one of so many equal instalments; 1 where their number is not told.",
    )
    channel_id = columns.actor("Through whom the money goes (via UNICEF)")
    joint_donor_ids = dy.List(
        dy.String(nullable=True),
        nullable=False,
        description="Further payers of one undivided sum, or of a sum each (keys of actors).",
    )
    is_conditional = dy.Bool(nullable=False, description="Promised on a condition (if reforms go on).")
    is_cumulative = dy.Bool(nullable=False, description="A running total (so far, since 1991).")
    is_total = dy.Bool(nullable=False, description="Told as a total (in all, altogether).")
    is_sequel = dy.Bool(nullable=False, description="Told as a further one (another, the second payment).")
    is_instalment = dy.Bool(nullable=False, description="Told as an instalment of a larger sum (the first tranche).")
    is_each = dy.Bool(nullable=False, description="Each of the payers gives this sum (joint_donor_ids are the others).")
    is_correction = dy.Bool(
        nullable=False,
        description="Stands in a report that corrects an earlier one, or is what a promise or request was changed to.",
    )
    is_withdrawn = dy.Bool(nullable=False, description="The report says that this sum was wrong, or holds no longer.")
    purpose = dy.String(nullable=True, description="What it is for, in the text's words.")
    purpose_code = dy.String(
        nullable=True,
        regex=r"^\d{3}(\d{2})?$",
        description="OECD DAC sector (3 digits) or CRS purpose (5 digits).",
    )
    purpose_name = dy.String(nullable=True, description="Name of purpose_code.")
    period_start = dy.Date(nullable=True, description="First day of the time that the money covers or moved in.")
    period_end = dy.Date(nullable=True, description="Last day of that time.")
    part_of_figure_id = dy.String(nullable=True, description="The stated total of which this is a part.")
    factuality = columns.factuality()
    attributed_to = columns.actor("Who reports it, where the text says so")
    confidence = columns.confidence()
    is_sure = columns.is_sure()
    rule = columns.rule()

    @dy.rule()
    def constant_dollars_are_of_dollars(cls) -> pl.Expr:
        return pl.col("amount_usd_constant").is_null() | pl.col("amount_usd").is_not_null()


class Quantities(dy.Schema):
    """Counts and measures that are not money."""

    quantity_id = dy.String(primary_key=True, description="Quantity.")
    document_id = columns.document_id()
    sentence_index = columns.sentence_index()
    start_char = columns.start_char()
    end_char = columns.end_char()
    text = dy.String(nullable=False, description="The words.")
    value = dy.Float64(nullable=True, description="Number; null for a range.")
    value_low = dy.Float64(nullable=True, description="Lower end of a range.")
    value_high = dy.Float64(nullable=True, description="Upper end of a range.")
    unit = dy.String(nullable=True, description="Unit of measure, where it is one.")
    counted = dy.String(nullable=True, description="What is counted.")
    qualifier = columns.qualifier()
