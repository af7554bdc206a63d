"""Warnings about a publication that is unlike those before it."""

from datetime import UTC, datetime, timedelta

import polars as pl

from pipelines.tables.runs import Runs
from pipelines.warehouse.anomalies import find


def _runs(*added: int, events: int = 2, last_events: int | None = None, last_quarantined: int = 0) -> pl.DataFrame:
    start, total, all_events, rows = datetime(2024, 1, 1, tzinfo=UTC), 0, 0, []
    for number, documents in enumerate(added):
        is_last = number == len(added) - 1
        total += documents
        all_events += documents * (last_events if is_last and last_events is not None else events)
        rows.append(
            {
                "run_id": str(number), "started_at": start, "finished_at": start + timedelta(hours=number),
                "seconds": 1.0, "status": "published", "documents_added": documents, "documents_total": total,
                "files_new": 1, "files_changed": 0, "files_removed": 0,
                "quarantined": last_quarantined if is_last else 0, "events_total": all_events,
                "financial_figures_total": 0, "quotes_total": 0, "version": "1",
            }
        )  # fmt: skip
    return pl.DataFrame(rows, schema=Runs.create_empty().schema)


def test_usual_runs_raise_nothing() -> None:
    assert find(_runs(100)) == {}
    assert find(_runs(100, 120, 90, 110, 80, 100)) == {}
    assert find(_runs(100, 120, 90, 110, 80, 0)) == {}


def test_a_source_that_came_ten_times_over_is_told() -> None:
    assert set(find(_runs(100, 100, 100, 100, 100, 5000))) == {"volume_is_usual"}


def test_documents_that_went_are_told() -> None:
    assert "300 of 1,000 documents went" in find(_runs(500, 500, -300))["volume_is_usual"]
    assert find(_runs(500, 500, -30)) == {}


def test_documents_that_give_no_events_are_told() -> None:
    assert "0.00 events a document, 2.00 is usual" in find(_runs(100, 100, last_events=0))["yield_is_usual"]


def test_much_in_quarantine_is_told() -> None:
    assert "60 of 160 new inputs" in find(_runs(100, 100, last_quarantined=60))["quarantine_is_usual"]
    assert find(_runs(100, 100, last_quarantined=5)) == {}
