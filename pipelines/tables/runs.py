"""Contract of the run ledger."""

from __future__ import annotations

import dataframely as dy


class Runs(dy.Schema):
    """Every run that published, oldest first: what it found and what it cost."""

    run_id = dy.String(primary_key=True, description="Run (Dagster's id).")
    started_at = dy.Datetime(time_unit="us", time_zone="UTC", nullable=False, description="Start of the run.")
    finished_at = dy.Datetime(
        time_unit="us", time_zone="UTC", nullable=False, description="When its tables were ready."
    )
    seconds = dy.Float64(nullable=False, description="Wall time until then.")
    status = dy.String(nullable=False, description="published, or why not.")
    documents_added = dy.Int64(nullable=False, description="Documents more than in the version before.")
    documents_total = dy.Int64(nullable=False, description="Documents in the version published.")
    files_new = dy.Int64(nullable=False, description="Files that were new.")
    files_changed = dy.Int64(nullable=False, description="Files whose content had changed.")
    files_removed = dy.Int64(nullable=False, description="Files that were gone.")
    quarantined = dy.Int64(nullable=False, description="Rows in quarantine in the version published.")
    events_total = dy.Int64(nullable=True, min=0, description="Events of the published version.")
    financial_figures_total = dy.Int64(nullable=True, min=0, description="Financial figures of the published version.")
    quotes_total = dy.Int64(nullable=True, min=0, description="Quotes of the published version.")
    reader = dy.String(
        nullable=True,
        description="Release of the reader that the version's events and figures were read by, and its fingerprint; null without one.",
    )
    version = dy.String(nullable=False, description="Version of newsledger.")
