"""A published warehouse of two made-up articles, small enough to know every row of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.identifiers import stable_id
from pipelines.tables import WAREHOUSE_TABLES
from pipelines.warehouse import database

LEAD = "Ruritania signed an accord on Monday. "
MONEY = "Ruritania will give Elbonia $30 million, of which $12 million is for border posts. "
LAST = "“We are grateful,” said Elbonian President Ana Petrov."
TEXT = LEAD + MONEY + LAST
HOSTILE = '=HYPERLINK("x") \x1b[31mred'
SEEN = datetime(2024, 3, 6, 4, 0, tzinfo=UTC)


def hexes(kind: str, number: int) -> str:
    """An id: kind and 16 hex digits."""
    return f"{kind}_{number:016x}"


DOC, COPY = hexes("doc", 1), hexes("doc", 2)
RURITANIA, ELBONIA, PETROV = hexes("ac", 0xA1), hexes("ac", 0xA2), hexes("ac", 0xB3)
TOTAL, PART = hexes("fg", 0x10), hexes("fg", 0x20)
FLOW_REST, FLOW_PART = hexes("fl", 1), hexes("fl", 2)
EVENT, STORY, QUOTE, QUANTITY = hexes("ev", 1), hexes("st", 1), hexes("qt", 1), hexes("qn", 1)
MENTION_GIVER, MENTION_TAKER, MENTION_SPEAKER = hexes("mn", 1), hexes("mn", 2), hexes("mn", 3)


def placed(words: str, sentence: int) -> dict[str, Any]:
    """Offsets of words in TEXT."""
    start = TEXT.index(words, (0, len(LEAD), len(LEAD + MONEY))[sentence])
    return {
        "document_id": DOC, "sentence_index": sentence, "start_char": start, "end_char": start + len(words),
        "text": words,
    }  # fmt: skip


def _document(document_id: str, title: str, path: str, **other: Any) -> dict[str, Any]:
    return {
        "document_id": document_id, "external_id": path, "source_path": path, "record_index": 0,
        "publisher": "The Strelsau Courier", "url": "https://courier.example/1", "title": title,
        "published_on": date(2024, 3, 5), "published_on_basis": "metadata", "text": TEXT,
        "char_count": len(TEXT), "word_count": len(TEXT.split()), "text_sha256": "0" * 64, "batch": "b1",
        "repairs": [],
        "ingested_at": SEEN,
    } | other  # fmt: skip


def _figure(figure_id: str, words: str, amount: int, **other: Any) -> dict[str, Any]:
    return {
        "figure_id": figure_id, **placed(words, 1), "amount": Decimal(amount), "currency": "USD",
        "amount_usd": Decimal(amount), "amount_usd_constant": Decimal(amount), "qualifier": "exact", "figure_kind": "aid", "flow_stage": "pledged",
        "payer_id": RURITANIA, "payee_id": ELBONIA, "joint_donor_ids": [],
        **dict.fromkeys(("is_conditional", "is_cumulative", "is_total", "is_sequel", "is_instalment", "is_each", "is_correction", "is_withdrawn"), False),
        "donor_id": RURITANIA, "recipient_id": ELBONIA, "period_start": date(2024, 1, 1),
        "period_end": date(2024, 12, 31), "factuality": "actual", "confidence": 0.8, "is_sure": True, "rule": "give-amount",
    } | other  # fmt: skip


def _flow(flow_id: str, amount: int, **other: Any) -> dict[str, Any]:
    usd = Decimal(amount)
    return {
        "flow_id": flow_id, "donor_id": RURITANIA, "recipient_id": ELBONIA, "joint_donor_ids": [], "donor_kind": "state",
        "finance_type": "other", "status": "pledged", "amount": usd, "currency": "USD", "amount_usd": usd,
        "amount_usd_low": usd, "amount_usd_high": usd, "amount_usd_constant": usd, "pledged_usd": usd,
        "year_start": 2024, "year_end": 2024, "part_of_flow_id": FLOW_REST, "is_cumulative": False,
        "is_contested": False, "first_reported_on": date(2024, 3, 5), "last_reported_on": date(2024, 3, 5),
        "report_count": 1, "source_count": 1,
    } | other  # fmt: skip


def _report(flow_id: str, figure_id: str, role: str) -> dict[str, Any]:
    return {
        "report_id": stable_id("fr", flow_id, figure_id), "flow_id": flow_id, "figure_id": figure_id, "role": role,
        "reason": "as the text says", "confidence": 0.8,
    }  # fmt: skip


def _actor(actor_id: str, name: str, kind: str, country: str, aliases: list[str]) -> dict[str, Any]:
    return {
        "actor_id": actor_id, "name": name, "actor_type": kind, "country": country, "aliases": aliases,
        "mention_count": 1, "first_seen_on": date(2024, 3, 5), "last_seen_on": date(2024, 3, 5),
        "country_basis": "told",
    }  # fmt: skip


def _mention(mention_id: str, words: str, sentence: int, actor: str) -> dict[str, Any]:
    return {
        "mention_id": mention_id, **placed(words, sentence), "mention_type": "name", "actor_id": actor,
        "confidence": 1.0,
    }  # fmt: skip


def _evidence(
    row_id: str, index: int, field: str, value: str, probability: float, words: str | None = None, **other: Any
) -> dict[str, Any]:
    place = placed(words, 1) if words else {}
    return {
        "row_id": row_id, "evidence_index": index, "document_id": DOC, "field": field, "value": value,
        "made_by": "reader test", "probability": probability, "start_char": place.get("start_char"),
        "end_char": place.get("end_char"),
    } | other  # fmt: skip


def table_rows() -> dict[str, list[dict[str, Any]]]:
    """Rows of every table that has some."""
    ends = (len(LEAD) - 1, len(LEAD + MONEY) - 1, len(TEXT))
    starts = (0, len(LEAD), len(LEAD + MONEY))
    event = placed("give", 1)
    return {
        "documents": [
            _document(DOC, "Border aid", "wire/border.txt"),
            _document(COPY, HOSTILE, "wire/copy.txt", duplicate_of=DOC),
        ],
        "sentences": [
            {"document_id": DOC, "sentence_index": i, "start_char": s, "end_char": e}
            for i, (s, e) in enumerate(zip(starts, ends, strict=True))
        ],
        "actors": [
            _actor(RURITANIA, "Ruritania", "country", "RUR", []),
            _actor(ELBONIA, "Elbonia", "country", "ELB", ["the Elbonians"]),
            _actor(PETROV, "Ana Petrov", "person", "ELB", ["President Petrov"]),
        ],
        "mentions": [
            _mention(MENTION_GIVER, "Ruritania", 1, RURITANIA),
            _mention(MENTION_TAKER, "Elbonia", 1, ELBONIA),
            _mention(MENTION_SPEAKER, "Ana Petrov", 2, PETROV),
        ],
        "events": [
            {
                "event_id": EVENT, **{k: v for k, v in event.items() if k != "text"}, "trigger": "give",
                "event_type": "AID", "plover_type": "AGREE", "rule": "verb:give", "date_precision": "unknown",
                "factuality": "actual", "confidence": 0.7, "is_sure": True, "story_event_id": STORY,
                "best_date": date(2024, 3, 5), "best_date_basis": "publication",
            }
        ],
        "event_actors": [
            {"event_id": EVENT, "actor_id": RURITANIA, "role": "source", "mention_id": MENTION_GIVER},
            {"event_id": EVENT, "actor_id": ELBONIA, "role": "recipient", "mention_id": MENTION_TAKER},
        ],
        "financial_figures": [
            _figure(TOTAL, "$30 million", 30_000_000),
            _figure(PART, "$12 million", 12_000_000, purpose="border posts", part_of_figure_id=TOTAL),
        ],
        "evidence": [
            _evidence(EVENT, 0, "event_type", "AID", 0.91, "give", runner_up="COOPERATE .06"),
            _evidence(EVENT, 1, "source", "Ruritania", 0.88, "Ruritania"),
            _evidence(EVENT, 2, "factuality", "actual", 0.97),
            _evidence(TOTAL, 0, "amount", "$30 million", 1.0, "$30 million"),
            _evidence(PART, 0, "purpose", "border posts", 0.8, "border posts"),
        ],
        "aid_flows": [
            _flow(FLOW_REST, 18_000_000),
            _flow(FLOW_PART, 12_000_000, purpose="border posts"),
        ],
        "aid_flow_reports": [
            _report(FLOW_REST, TOTAL, "total"),
            _report(FLOW_REST, PART, "part"),
            _report(FLOW_PART, PART, "counted"),
            _report(FLOW_PART, TOTAL, "total"),
        ],
        "quotes": [
            {
                "quote_id": QUOTE, **placed("We are grateful,", 2), "speaker_id": PETROV,
                "speaker_text": "Elbonian President Ana Petrov", "is_direct": True,
            }
        ],
        "quantities": [{"quantity_id": QUANTITY, **placed("30", 1), "value": 30.0, "qualifier": "exact"}],
        "quarantine": [
            {
                "source_path": name, "record_index": index, "stage": "read", "reason": reason,
                "detail": "Nothing but blanks.", "seen_at": SEEN,
            }
            for name, index, reason in (("a.txt", None, "empty"), ("b.jsonl", 4, "empty"), ("c.bin", None, "binary"))
        ],
        "raw_files": [
            {
                "source_path": "wire/border.txt", "sha256": "1" * 64, "size_bytes": 5, "modified_at": SEEN,
                "records": 4, "loaded": 1, "quarantined": 0, "duplicates": 3, "status": "ok", "batch": "b1",
            }
        ],
        "runs": [
            {
                "run_id": "run-1", "started_at": SEEN, "finished_at": SEEN, "seconds": 2.5, "status": "published",
                "documents_added": 2, "documents_total": 2, "files_new": 2, "files_changed": 0, "files_removed": 0,
                "quarantined": 3, "reader": "2026-12-a (205d2ec4b821)", "version": "0.1.0",
            }
        ],
    }  # fmt: skip


def build(warehouse: Path) -> Path:
    """Publish the small warehouse at a folder; returns it."""
    tables = warehouse / "tables"
    tables.mkdir(parents=True)
    given = table_rows()
    for name, schema in WAREHOUSE_TABLES.items():
        empty = schema.create_empty()
        pl.DataFrame(given.get(name, []), schema=empty.schema, orient="row").write_parquet(tables / f"{name}.parquet")
    database.build(warehouse / "newsledger.duckdb", tables)
    return warehouse
