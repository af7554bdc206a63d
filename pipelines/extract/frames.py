"""The facts of documents as columns: `Facts` in, one polars frame a table out, with ids.

Actors are still document-local (`*_entity` columns, indices into `entities` of the same document); `resolve`
turns them into actor ids. Everything else is as in the warehouse's tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from pipelines.extract.evidence import rendered
from pipelines.extract.facts import Facts, FieldEvidence
from pipelines.extract.words import in_order
from pipelines.identifiers import stable_id
from pipelines.language.parse import Parse
from pipelines.tables.money import MONEY_PRECISION, MONEY_SCALE

_EVIDENCE = {
    "document_id": pl.String(),
    "sentence_index": pl.Int32(),
    "start_char": pl.Int32(),
    "end_char": pl.Int32(),
}
_MONEY = pl.Decimal(MONEY_PRECISION, MONEY_SCALE)
# Beyond this an "amount" is a telephone number or a hoax, and would not fit the column.
LARGEST_AMOUNT = Decimal(10) ** 20
_CENT = Decimal(1).scaleb(-MONEY_SCALE)

FACT_SCHEMAS: dict[str, pl.Schema] = {
    "sentences": pl.Schema(_EVIDENCE),
    "entities": pl.Schema(
        {
            "document_id": pl.String(), "entity_index": pl.Int32(), "name": pl.String(), "actor_type": pl.String(),
            "country": pl.String(), "role": pl.String(), "aliases": pl.List(pl.String), "abbreviation": pl.String(),
            "wikidata_id": pl.String(), "mention_count": pl.Int32(), "country_basis": pl.String(),
        }
    ),
    "mentions": pl.Schema(
        {
            "mention_id": pl.String(), **_EVIDENCE, "text": pl.String(), "mention_type": pl.String(),
            "entity": pl.Int32(), "role": pl.String(), "confidence": pl.Float64(),
        }
    ),
    "events": pl.Schema(
        {
            "event_id": pl.String(), **_EVIDENCE, "trigger": pl.String(), "event_type": pl.String(),
            "event_mode": pl.String(), "plover_type": pl.String(), "rule": pl.String(), "date_start": pl.Date(),
            "date_end": pl.Date(), "date_precision": pl.String(), "date_basis": pl.String(), "place": pl.String(),
            "place_country": pl.String(), "factuality": pl.String(), "attributed_entity": pl.Int32(),
            "confidence": pl.Float64(),
        }
    ),
    "event_actors": pl.Schema(
        {
            "event_id": pl.String(), "document_id": pl.String(), "entity": pl.Int32(), "role": pl.String(),
            "mention_id": pl.String(),
        }
    ),
    "financial_figures": pl.Schema(
        {
            "figure_id": pl.String(), **_EVIDENCE, "text": pl.String(), "amount": _MONEY, "amount_low": _MONEY,
            "amount_high": _MONEY, "currency": pl.String(), "usd_stated": _MONEY, "qualifier": pl.String(),
            "figure_kind": pl.String(), "flow_stage": pl.String(), "payer_entity": pl.Int32(),
            "payee_entity": pl.Int32(), "purpose": pl.String(), "purpose_code": pl.String(),
            "purpose_name": pl.String(), "period_start": pl.Date(), "period_end": pl.Date(),
            "part_of_figure_id": pl.String(), "factuality": pl.String(), "attributed_entity": pl.Int32(),
            "confidence": pl.Float64(), "rule": pl.String(), "finance_type": pl.String(), "direction": pl.String(),
            "rate_times": pl.Int32(), "channel_entity": pl.Int32(), "joint_entities": pl.List(pl.Int32),
            "is_conditional": pl.Boolean(), "is_cumulative": pl.Boolean(), "is_total": pl.Boolean(),
            "is_sequel": pl.Boolean(), "is_instalment": pl.Boolean(), "is_each": pl.Boolean(), "is_correction": pl.Boolean(), "is_withdrawn": pl.Boolean(),
        }
    ),
    "evidence": pl.Schema(
        {
            "row_id": pl.String(), "evidence_index": pl.Int32(), "document_id": pl.String(), "field": pl.String(),
            "value": pl.String(), "made_by": pl.String(), "probability": pl.Float64(), "runner_up": pl.String(),
            "start_char": pl.Int32(), "end_char": pl.Int32(),
        }
    ),
    "quotes": pl.Schema(
        {
            "quote_id": pl.String(), **_EVIDENCE, "text": pl.String(), "speaker_entity": pl.Int32(),
            "speaker_text": pl.String(), "is_direct": pl.Boolean(),
        }
    ),
    "time_expressions": pl.Schema(
        {**_EVIDENCE, "text": pl.String(), "value": pl.String(), "date_start": pl.Date(), "date_end": pl.Date()}
    ),
    "quantities": pl.Schema(
        {
            "quantity_id": pl.String(), **_EVIDENCE, "text": pl.String(), "value": pl.Float64(),
            "value_low": pl.Float64(), "value_high": pl.Float64(), "unit": pl.String(), "counted": pl.String(),
            "qualifier": pl.String(),
        }
    ),
}  # fmt: skip


class FactRows:
    """Gathers the facts of documents, one after the other, and hands them out as frames."""

    def __init__(self) -> None:
        self._rows: dict[str, list[dict[str, Any]]] = {table: [] for table in FACT_SCHEMAS}

    def add(self, facts: Facts, parse: Parse) -> list[str]:
        """Add all that one document yielded; returns the words of amounts that no table can hold, which are left out."""
        doc = facts.document_id
        number = _Numbering()
        self._rows["sentences"] += [
            {"document_id": doc, "sentence_index": s.index, "start_char": s.start, "end_char": s.end}
            for s in parse.sentences
        ]
        counts = Counter(m.entity for m in facts.mentions)
        taking_part = _taking_part(facts)
        self._rows["entities"] += [
            {
                "document_id": doc, "entity_index": e.index, "name": e.name, "actor_type": e.actor_type,
                "country": e.country, "role": e.role, "aliases": e.aliases, "abbreviation": e.abbreviation,
                "wikidata_id": e.wikidata_id, "mention_count": counts[e.index],
                "country_basis": e.country_basis if e.country else None,
            }
            for e in facts.entities
            if counts[e.index] or e.index in taking_part
        ]  # fmt: skip
        mention_ids = [
            number("mn", doc, m.start_char, m.end_char, facts.entities[m.entity].name) for m in facts.mentions
        ]
        self._rows["mentions"] += [
            _evidence(m, doc) | {
                "mention_id": i, "text": m.text, "mention_type": m.mention_type, "entity": m.entity,
                "role": m.role, "confidence": m.confidence,
            }
            for m, i in zip(facts.mentions, mention_ids, strict=True)
        ]  # fmt: skip
        self._add_events(facts, number, mention_ids)
        too_large = self._add_figures(facts, number)
        self._rows["quotes"] += [
            _evidence(q, doc) | {
                "quote_id": number("qt", doc, q.start_char, q.end_char, q.is_direct), "text": q.text,
                "speaker_entity": q.speaker, "speaker_text": q.speaker_text, "is_direct": q.is_direct,
            }
            for q in facts.quotes
        ]  # fmt: skip
        seen: set[tuple[int, int]] = set()
        for t in facts.time_expressions:
            if (t.start_char, t.end_char) not in seen:
                seen.add((t.start_char, t.end_char))
                start, end = (t.date_start, t.date_end) if in_order(t.date_start, t.date_end) else (None, None)
                self._rows["time_expressions"].append(
                    _evidence(t, doc) | {"text": t.text, "value": t.value, "date_start": start, "date_end": end}
                )
        self._rows["quantities"] += [
            _evidence(q, doc) | {
                "quantity_id": number("qn", doc, q.start_char, q.end_char), "text": q.text,
                "value": _number(q.value), "value_low": _number(q.value_low), "value_high": _number(q.value_high),
                "unit": q.unit, "counted": q.counted, "qualifier": q.qualifier,
            }
            for q in facts.quantities
        ]  # fmt: skip
        return too_large

    def _add_events(self, facts: Facts, number: _Numbering, mention_ids: list[str]) -> None:
        doc = facts.document_id
        for e in facts.events:
            sides = [("source", p) for p in e.sources] + [("recipient", p) for p in e.recipients]
            names = sorted(f"{role}:{facts.entities[p.entity].name}" for role, p in sides)
            event_id = number("ev", doc, e.start_char, e.end_char, e.event_type, *names)
            self._rows["events"].append(
                _evidence(e, doc) | {
                    "event_id": event_id, "trigger": e.trigger, "event_type": e.event_type,
                    "event_mode": e.event_mode, "plover_type": e.plover_type, "rule": rendered(e.evidence),
                    "date_start": e.date_start, "date_end": e.date_end, "date_precision": e.date_precision,
                    "date_basis": e.date_basis, "place": e.place, "place_country": e.place_country,
                    "factuality": e.factuality, "attributed_entity": e.attributed_to,
                    "confidence": e.confidence,
                }
            )  # fmt: skip
            self._add_evidence(event_id, doc, e.evidence)
            for role, p in sides:
                self._rows["event_actors"].append(
                    {
                        "event_id": event_id, "document_id": doc, "entity": p.entity, "role": role,
                        "mention_id": None if p.mention is None else mention_ids[p.mention],
                    }
                )  # fmt: skip

    def _add_figures(self, facts: Facts, number: _Numbering) -> list[str]:
        doc = facts.document_id
        ids = [number("fg", doc, f.start_char, f.end_char) for f in facts.figures]
        kept = [_fits(f.amount) and _fits(f.amount_low) and _fits(f.amount_high) for f in facts.figures]
        for f, figure_id, fits in zip(facts.figures, ids, kept, strict=True):
            if not fits:
                continue
            total = f.part_of if f.part_of is not None and kept[f.part_of] else None
            self._rows["financial_figures"].append(
                _evidence(f, doc) | {
                    "figure_id": figure_id, "text": f.text, "amount": _money(f.amount),
                    "amount_low": _money(f.amount_low), "amount_high": _money(f.amount_high),
                    "currency": f.currency, "usd_stated": _money(f.usd_stated), "qualifier": f.qualifier,
                    "figure_kind": f.figure_kind, "flow_stage": f.flow_stage, "payer_entity": f.payer,
                    "payee_entity": f.payee, "purpose": f.purpose, "purpose_code": f.purpose_code,
                    "purpose_name": f.purpose_name, "period_start": f.period_start,
                    "period_end": f.period_end,
                    "part_of_figure_id": None if total is None else ids[total],
                    "factuality": f.factuality, "attributed_entity": f.attributed_to,
                    "confidence": f.confidence, "rule": rendered(f.evidence), "finance_type": f.terms.finance_type,
                    "direction": f.terms.direction, "rate_times": f.terms.rate_times,
                    "channel_entity": f.terms.channel, "joint_entities": f.terms.joint_donors,
                    "is_conditional": f.terms.is_conditional, "is_cumulative": f.terms.is_cumulative,
                    "is_total": f.terms.is_total, "is_sequel": f.terms.is_sequel,
                    "is_instalment": f.terms.is_instalment, "is_each": f.terms.is_each,
                    "is_correction": f.terms.is_correction, "is_withdrawn": f.terms.is_withdrawn,
                }
            )  # fmt: skip
            self._add_evidence(figure_id, doc, f.evidence)
        return [f.text for f, fits in zip(facts.figures, kept, strict=True) if not fits]

    def _add_evidence(self, row_id: str, document_id: str, evidence: Sequence[FieldEvidence]) -> None:
        self._rows["evidence"] += [
            {
                "row_id": row_id, "evidence_index": index, "document_id": document_id, "field": e.field, "value": e.value,
                "made_by": e.made_by, "probability": e.probability, "runner_up": e.runner_up,
                "start_char": e.start_char, "end_char": e.end_char,
            }
            for index, e in enumerate(evidence)
        ]  # fmt: skip

    def frames(self) -> dict[str, pl.DataFrame]:
        """One frame a table, rows in the order of documents and text."""
        return {
            table: pl.DataFrame(self._rows[table], schema=schema, orient="row")
            for table, schema in FACT_SCHEMAS.items()
        }


def _taking_part(facts: Facts) -> set[int]:
    """Entities that rows name; others without a mention (a state that lies somewhere in the text) are no actors of it."""
    found = {q.speaker for q in facts.quotes}
    for f in facts.figures:
        found |= {f.payer, f.payee, f.attributed_to}
    for e in facts.events:
        found |= {e.attributed_to, *(p.entity for p in (*e.sources, *e.recipients))}
    return {i for i in found if i is not None}


class _Numbering:
    """Ids by content; what would give the same id again gets its number of occurrence in the hash."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def __call__(self, kind: str, *parts: object) -> str:
        first = stable_id(kind, *parts)
        self._seen[first] += 1
        return first if self._seen[first] == 1 else stable_id(kind, *parts, self._seen[first])


def _evidence(row: Any, document_id: str) -> dict[str, Any]:
    return {
        "document_id": document_id,
        "sentence_index": row.sentence_index,
        "start_char": row.start_char,
        "end_char": row.end_char,
    }


def _fits(amount: Decimal | None) -> bool:
    return amount is None or (amount.is_finite() and abs(amount) < LARGEST_AMOUNT)


def _money(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(_CENT)


def _number(value: Decimal | None) -> float | None:
    return None if value is None or not value.is_finite() else float(value)
