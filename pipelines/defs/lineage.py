"""Column lineage: which columns of which assets a published column is made from, as Dagster draws it."""

from __future__ import annotations

from typing import Any

import dagster as dg

from pipelines.extract.frames import FACT_SCHEMAS
from pipelines.stages.document_schema import DOCUMENT_SCHEMA
from pipelines.stages.fingerprints import digest
from pipelines.tables import WAREHOUSE_TABLES
from pipelines.warehouse import files, sql_models
from pipelines.warehouse.sql_models import SqlModel, models, sql_folder

# Reading lineage out of SQL takes seconds: it is kept beside the marts, and a test holds it against them.
LINEAGE = "lineage.json"

# What `resolve` makes of several columns; everything else keeps its name on the way from the facts.
_IDENTITY = [
    ("entities", c) for c in ("name", "actor_type", "country", "role", "aliases", "abbreviation", "wikidata_id")
]
_DAY = [("documents", "published_on")]
_USD = ["amount", "amount_low", "amount_high", "currency", "usd_stated", "period_start", "period_end"]
_STORY = ["event_id", "event_type", "factuality", "date_start", "date_end", "date_precision"]
_MADE: dict[tuple[str, str], list[tuple[str, str]]] = {
    ("documents", "char_count"): [("documents", "text")],
    ("documents", "word_count"): [("documents", "text")],
    ("documents", "duplicate_of"): [
        ("documents", c) for c in ("document_id", "minhash", "shingles", "text_sha256", "published_on")
    ],
    ("actors", "actor_id"): [*_IDENTITY, *_DAY],
    ("actors", "first_seen_on"): _DAY,
    ("actors", "last_seen_on"): _DAY,
    ("events", "story_event_id"): [
        *(("events", c) for c in _STORY), *(("event_actors", c) for c in ("entity", "role")), *_IDENTITY
    ],
    ("events", "is_sure"): [("events", "confidence")],
    ("financial_figures", "is_sure"): [("financial_figures", "confidence")],
    ("events", "best_date"): [("events", "date_start"), *_DAY],
    ("events", "best_date_basis"): [("events", "date_start"), ("events", "date_precision"), *_DAY],
    ("financial_figures", "amount_usd"): [*(("financial_figures", c) for c in _USD), *_DAY],
    ("financial_figures", "usd_basis"): [*(("financial_figures", c) for c in _USD), *_DAY],
    ("financial_figures", "amount_usd_constant"): [*(("financial_figures", c) for c in _USD), *_DAY],
    ("financial_figures", "usd_constant_basis"): [*(("financial_figures", c) for c in _USD), *_DAY],
}  # fmt: skip
# What a flow's columns come from beside the amounts, times and purposes by which its reports are matched.
_MATCHED = [
    "amount_usd",
    "currency",
    "period_start",
    "period_end",
    "purpose",
    "purpose_code",
    "flow_stage",
    "part_of_figure_id",
]
_FLOW = {
    "donor_id": ["payer_entity"], "recipient_id": ["payee_entity"], "donor_agency_id": ["payer_entity"],
    "donor_kind": ["payer_entity"], "channel_id": ["channel_entity"], "joint_donor_ids": ["joint_entities"],
    "finance_type": ["figure_kind", "finance_type"], "status": ["flow_stage", "direction", "factuality"],
    "amount": ["amount", "rate_times"], "currency": ["currency"], "year_start": ["period_start"],
    "year_end": ["period_end", "rate_times"], "purpose": ["purpose"], "purpose_code": ["purpose_code"], "purpose_name": ["purpose_code"], "sector": ["purpose_code"],
    "sector_name": ["purpose_code"],
    "is_cumulative": ["is_cumulative", "period_start", "period_end"],
}  # fmt: skip
# Columns of document-local entities that become actor ids: (table, column) -> column of the facts.
_ENTITIES = {
    ("mentions", "actor_id"): "entity",
    ("event_actors", "actor_id"): "entity",
    ("events", "attributed_to"): "attributed_entity",
    ("financial_figures", "payer_id"): "payer_entity",
    ("financial_figures", "payee_id"): "payee_entity",
    ("financial_figures", "channel_id"): "channel_entity",
    ("financial_figures", "joint_donor_ids"): "joint_entities",
    ("financial_figures", "donor_id"): "payer_entity",
    ("financial_figures", "recipient_id"): "payee_entity",
    ("financial_figures", "attributed_to"): "attributed_entity",
    ("quotes", "speaker_id"): "speaker_entity",
}


def of_table(table: str) -> dg.TableColumnLineage:
    """Lineage of a table of the warehouse: to the facts and the clean documents."""
    found: dict[str, list[dg.TableColumnDep]] = {}
    for column in WAREHOUSE_TABLES[table].columns():
        sources = _MADE.get((table, column), [])
        if (table, column) in _ENTITIES:
            sources = [(table, _ENTITIES[table, column]), *_IDENTITY]
        elif table in ("aid_flows", "aid_flow_reports"):
            sources = _of_flow(column)
        elif not sources and table == "actors":
            sources = [s for s in _IDENTITY if s[1] == column] or (
                [("entities", "mention_count")] if column == "mention_count" else []
            )
        elif not sources and table == "documents":
            sources = [("documents", column)] if column in DOCUMENT_SCHEMA else []
        elif not sources and column in FACT_SCHEMAS.get(table, ()):
            sources = [(table, column)]
        found[column] = [dg.TableColumnDep(_stage_asset(name), source) for name, source in sources]
    return dg.TableColumnLineage({column: deps for column, deps in found.items() if deps})


def _of_flow(column: str) -> list[tuple[str, str]]:
    if column in ("first_reported_on", "last_reported_on"):
        return _DAY
    if column == "source_count":
        return [("documents", "publisher")]
    if column == "confidence":
        return [("financial_figures", "confidence")]
    own = [c for c in _FLOW.get(column, _MATCHED) if c in FACT_SCHEMAS["financial_figures"]]
    named = _IDENTITY if any(c.endswith(("_entity", "_entities")) for c in own) else []
    return [*(("financial_figures", c) for c in own), *named]


def _stage_asset(name: str) -> dg.AssetKey:
    return dg.AssetKey(["documents"]) if name == "documents" else dg.AssetKey(["facts", name])


def of_mart(mart: SqlModel) -> dg.TableColumnLineage:
    """Lineage of a mart."""
    kept = _kept()
    return dg.TableColumnLineage(
        {
            column: [dg.TableColumnDep(dg.AssetKey(["tables", table]), source) for table, source in found]
            for column, found in (kept[mart.name]["columns"] if kept else _sources(mart)).items()
        }
    )


def tables_of(mart: SqlModel) -> list[str]:
    """The warehouse tables that a mart rests on, also through other models."""
    kept = _kept()
    return list(kept[mart.name]["tables"]) if kept else sql_models.tables_of(mart)


def _kept() -> dict[str, dict[str, Any]] | None:
    """What `sql/marts/lineage.json` says of each mart; None where the SQL has changed since, which is then read anew."""
    kept = files.read_json(sql_folder() / "marts" / LINEAGE) or {}
    return kept["marts"] if kept.get("version") == _version() else None


def of_all_marts() -> dict[str, object]:
    """What `sql/marts/lineage.json` has to hold: `python -m pipelines.defs.lineage` writes it."""
    marts = {m.name: {"tables": sql_models.tables_of(m), "columns": _sources(m)} for m in models("marts")}
    return {"version": _version(), "marts": marts}


def _version() -> str:
    """Digest of all models: a mart's columns come through others too."""
    return digest(*(model.query for folder in sql_models.VIEW_FOLDERS for model in models(folder)))


def _sources(mart: SqlModel) -> dict[str, list[list[str]]]:
    """Column -> (table, column) of all that its value comes from."""
    from sqlglot import exp  # seldom needed, and seconds to load
    from sqlglot.lineage import lineage

    schema = {name: dict.fromkeys(table.columns(), "text") for name, table in WAREHOUSE_TABLES.items()}
    sources = {view.name: view.query for view in sql_models.models_of(mart)}
    found: dict[str, list[list[str]]] = {}
    for column in mart.columns:
        leaves = set()
        for node in lineage(column, mart.query, schema=schema, sources=sources, dialect="duckdb").walk():
            source = node.name.rpartition(".")[2].strip('"')
            if (
                isinstance(node.expression, exp.Table)
                and node.expression.name in schema
                and source in schema[node.expression.name]
            ):
                leaves.add((node.expression.name, source))
        if leaves:
            found[column] = [list(leaf) for leaf in sorted(leaves)]
    return found


if __name__ == "__main__":
    files.write_json(of_all_marts(), sql_folder() / "marts" / LINEAGE)
