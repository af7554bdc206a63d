"""The contracts of the warehouse's tables: one dataframely schema each, with types, keys, rules and a description
of every column. What the tables hold is decided here; how they are filled is not."""

from __future__ import annotations

import dataframely as dy

from pipelines.tables.actors import Actors, Mentions
from pipelines.tables.documents import DocumentCuts, Documents, Quarantine, RawFiles, Sentences
from pipelines.tables.events import EventActors, Events
from pipelines.tables.evidence import Evidence
from pipelines.tables.flows import AidFlowReports, AidFlows
from pipelines.tables.money import FinancialFigures, Quantities
from pipelines.tables.quotes import Quotes, TimeExpressions
from pipelines.tables.runs import Runs

# In the order in which they are written: a table comes after those that its keys point to.
WAREHOUSE_TABLES: dict[str, type[dy.Schema]] = {
    "raw_files": RawFiles,
    "quarantine": Quarantine,
    "documents": Documents,
    "document_cuts": DocumentCuts,
    "sentences": Sentences,
    "actors": Actors,
    "mentions": Mentions,
    "events": Events,
    "event_actors": EventActors,
    "financial_figures": FinancialFigures,
    "aid_flows": AidFlows,
    "aid_flow_reports": AidFlowReports,
    "evidence": Evidence,
    "quotes": Quotes,
    "time_expressions": TimeExpressions,
    "quantities": Quantities,
    "runs": Runs,
}

# Columns that point to another table's key: (table, column) -> (table, column).
REFERENCES: dict[tuple[str, str], tuple[str, str]] = {
    ("documents", "duplicate_of"): ("documents", "document_id"),
    ("document_cuts", "document_id"): ("documents", "document_id"),
    ("sentences", "document_id"): ("documents", "document_id"),
    ("mentions", "document_id"): ("documents", "document_id"),
    ("mentions", "actor_id"): ("actors", "actor_id"),
    ("events", "document_id"): ("documents", "document_id"),
    ("events", "attributed_to"): ("actors", "actor_id"),
    ("event_actors", "event_id"): ("events", "event_id"),
    ("event_actors", "actor_id"): ("actors", "actor_id"),
    ("event_actors", "mention_id"): ("mentions", "mention_id"),
    ("financial_figures", "document_id"): ("documents", "document_id"),
    ("financial_figures", "donor_id"): ("actors", "actor_id"),
    ("financial_figures", "recipient_id"): ("actors", "actor_id"),
    ("financial_figures", "attributed_to"): ("actors", "actor_id"),
    ("financial_figures", "part_of_figure_id"): ("financial_figures", "figure_id"),
    ("financial_figures", "payer_id"): ("actors", "actor_id"),
    ("financial_figures", "payee_id"): ("actors", "actor_id"),
    ("financial_figures", "channel_id"): ("actors", "actor_id"),
    ("aid_flows", "donor_id"): ("actors", "actor_id"),
    ("aid_flows", "recipient_id"): ("actors", "actor_id"),
    ("aid_flows", "donor_agency_id"): ("actors", "actor_id"),
    ("aid_flows", "channel_id"): ("actors", "actor_id"),
    ("aid_flow_reports", "flow_id"): ("aid_flows", "flow_id"),
    ("aid_flow_reports", "figure_id"): ("financial_figures", "figure_id"),
    ("evidence", "document_id"): ("documents", "document_id"),
    ("quotes", "document_id"): ("documents", "document_id"),
    ("quotes", "speaker_id"): ("actors", "actor_id"),
    ("time_expressions", "document_id"): ("documents", "document_id"),
    ("quantities", "document_id"): ("documents", "document_id"),
}

# Tables whose rows have evidence, and their key: `evidence.row_id` points to one of them.
EVIDENCE_OF: dict[str, str] = {"events": "event_id", "financial_figures": "figure_id"}

# Columns that tell of the run that loaded a row, not of the text: they differ where the facts are the same.
RUN_COLUMNS: dict[str, tuple[str, ...]] = {
    "raw_files": ("modified_at", "batch", "seen_at"),
    "quarantine": ("seen_at",),
    "documents": ("batch", "ingested_at"),
}

# Tables whose start_char:end_char must slice back to their text column.
EVIDENCE_TEXT: dict[str, str] = {
    "mentions": "text",
    "events": "trigger",
    "financial_figures": "text",
    "quotes": "text",
    "time_expressions": "text",
    "quantities": "text",
}
