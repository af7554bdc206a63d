"""The columns that the modules of flows hand to each other."""

from __future__ import annotations

import polars as pl

from pipelines.tables.money import MONEY_PRECISION, MONEY_SCALE

_MONEY = pl.Decimal(MONEY_PRECISION, MONEY_SCALE)

# One row a figure that may speak of a flow; of a sum that several each give, one a giver (`anchor` tells them apart). `low` and `high` bound what is told, in US dollars, `stated_low` and `stated_high` in the
# currency (`told` is their middle); `room` is how many times the sum its parts may make; `status` is null where the
# text does not tell; `day` is the day that a payment is told to have been made on; `words` are the stems of the purpose,
# `to_several` says that no one state gets it (several, or nobody named), `is_change` that it is what a promise or request was changed to, `takes_back` the sum that the report's paper says was wrong or holds no longer.
REPORTS = pl.Schema(
    {
        "figure_id": pl.String(), "anchor": pl.String(), "document_id": pl.String(), "start_char": pl.Int32(), "published_on": pl.Date(),
        "publisher": pl.String(), "donor": pl.String(), "recipient": pl.String(), "agency": pl.String(),
        "channel": pl.String(), "to_several": pl.Boolean(), "joint": pl.List(pl.String), "donor_kind": pl.String(), "finance": pl.String(),
        "status": pl.String(), "amount": _MONEY, "currency": pl.String(), "usd": pl.Float64(), "low": pl.Float64(),
        "high": pl.Float64(), "stated": pl.Float64(), "stated_low": pl.Float64(), "stated_high": pl.Float64(), "room": pl.Float64(), "amount_usd": _MONEY, "amount_usd_constant": _MONEY, "is_approximate": pl.Boolean(),
        "year_start": pl.Int32(), "year_end": pl.Int32(), "day": pl.Date(), "purpose": pl.String(),
        "purpose_code": pl.String(), "words": pl.List(pl.String), "is_cumulative": pl.Boolean(),
        "is_total": pl.Boolean(), "is_rate": pl.Boolean(), "is_sequel": pl.Boolean(), "is_instalment": pl.Boolean(), "is_correction": pl.Boolean(), "is_change": pl.Boolean(), "takes_back": _MONEY,
        "part_of": pl.String(), "confidence": pl.Float64(),
    }
)  # fmt: skip

# Kinds of finance that one flow can be told as. "other" is aid of which no more is told.
FINANCE_CLASSES = {
    "grant": "gift", "in_kind": "gift", "military": "gift", "other": "any", "concessional_loan": "loan",
    "loan": "loan", "guarantee": "guarantee", "export_credit": "loan", "debt_relief": "relief",
}  # fmt: skip
