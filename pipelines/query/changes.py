"""What changed since an earlier version: documents, events and figures that are new, gone or revised, and flows whose sums moved.

Rows of documents that both versions have are matched by the place of their words (`compare`); flows by their ids, which stay
as reports arrive.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.query.compare import DIFFERS, ONLY_A, attached, compare
from pipelines.query.published import QueryProblem
from pipelines.warehouse.versions import all_versions, current

NEW, GONE, REVISED = "new", "gone", "revised"
SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("table", "change", "fields", "was", "now", "title", "publisher")]
    + [("published_on", pa.date32())]
    + [(name, pa.string()) for name in ("sentence", "document_id", "id")]
)
_DOCUMENTS = """
    select 'documents' as "table", '{change}' as change, null as fields,
        {was} as was, {now} as now, title, publisher, published_on, null as sentence, document_id, document_id as id
    from {side}.documents anti join {other}.documents using (document_id)
"""
_ROWS = """
    select '{table}' as "table", '{change}' as change, null as fields, {was} as was, {now} as now, d.title, d.publisher,
        d.published_on, substr(d.text, s.start_char + 1, s.end_char - s.start_char) as sentence, t.document_id,
        t.{key} as id
    from {side}.{table} t
    join (from {side}.documents anti join {other}.documents using (document_id)) d using (document_id)
    left join {side}.sentences s using (document_id, sentence_index)
"""
# What a flow says, in one line; two lines that differ are a revision.
_FLOW = """
    concat_ws(' ', coalesce(g.name, '?'), 'to', coalesce(r.name, '?') || ':', f.finance_type, coalesce(f.status, ''),
        f.amount_usd::decimal(28, 0), 'USD', coalesce(f.year_start::varchar, ''))
"""
_FLOWS = f"""
    with a_told as (
        select f.flow_id, {_FLOW} as summary from a.aid_flows f
        left join a.actors g on g.actor_id = f.donor_id left join a.actors r on r.actor_id = f.recipient_id
    ), b_told as (
        select f.flow_id, {_FLOW} as summary from b.aid_flows f
        left join b.actors g on g.actor_id = f.donor_id left join b.actors r on r.actor_id = f.recipient_id
    )
    select 'aid_flows' as "table", case when a.summary is null then '{NEW}' when b.summary is null then '{GONE}' else '{REVISED}' end,
        null as fields, a.summary as was, b.summary as now, null as title, null as publisher, null::date as published_on,
        null as sentence, null as document_id, flow_id as id
    from a_told a full join b_told b using (flow_id)
    where a.summary is distinct from b.summary
"""
_SAID = {
    "events": ("event_id", "concat_ws(' ', t.event_type, t.factuality, t.date_start)"),
    "financial_figures": ("figure_id", "concat_ws(' ', t.text, t.figure_kind, t.flow_stage)"),
}


def earlier(warehouse: Path, since: str | None) -> Path:
    """The folder of the version to compare with: a number, the folder of a copy, or None for the one before the current.

    Raises QueryProblem where it is not there; the text says which versions are kept.
    """
    now = current(warehouse)
    kept = {v.number: v.path for v in all_versions(warehouse) if now is not None and v.number < now.number}
    if since is None and kept:
        return kept[max(kept)]
    if since is not None and since.isdecimal() and int(since) in kept:
        return kept[int(since)]
    if since is not None and not since.isdecimal() and Path(since).expanduser().is_dir():
        return Path(since).expanduser()
    missing = "no earlier version" if since is None else f"no version {since}"
    raise QueryProblem(
        f"There is {missing} at {warehouse}; earlier versions kept: {', '.join(map(str, kept)) or 'none'}.\n"
        "NEWSLEDGER_KEEP_VERSIONS keeps more; --since also takes the folder of a copy."
    )


def changes(warehouse: Path, since: Path) -> pa.Table:
    """Everything that changed, as a table of `SCHEMA`: by table, in it what is gone, new and revised, then by title, document and id."""
    rows: list[dict[str, Any]] = []
    with attached(since, warehouse) as con:
        for change, side, other in ((NEW, "b", "a"), (GONE, "a", "b")):
            rows += _asked(con, _DOCUMENTS, change, side, other, said="title")
            for table, (key, said) in _SAID.items():
                rows += _asked(con, _ROWS, change, side, other, said, table=table, key=key)
        rows += _dicts(con, _FLOWS)
        about = _titles(con)
    for row in compare(since, warehouse).rows:
        change = REVISED if row["change"] == DIFFERS else GONE if row["change"] == ONLY_A else NEW
        title, publisher, published_on = about.get(row["document_id"], (None, None, None))
        rows.append(
            {
                "table": row["table"], "change": change, "fields": row["fields"], "was": row["in_a"], "now": row["in_b"],
                "title": title, "publisher": publisher, "published_on": published_on, "sentence": row["sentence"],
                "document_id": row["document_id"], "id": row["id_in_b"] or row["id_in_a"],
            }
        )  # fmt: skip
    rows.sort(key=lambda r: (r["table"], r["change"], r["title"] or "", r["document_id"] or "", r["id"] or ""))
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _asked(
    con: duckdb.DuckDBPyConnection, query: str, change: str, side: str, other: str, said: str, **names: str
) -> list[dict[str, Any]]:
    was, now = ("null", said) if change == NEW else (said, "null")
    return _dicts(con, query.format(change=change, side=side, other=other, was=was, now=now, **names))


def _dicts(con: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    return [dict(zip(SCHEMA.names, row, strict=True)) for row in con.execute(query).fetchall()]


def _titles(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[Any, ...]]:
    """Title, publisher and day of the documents that both versions have and that hold a differing row."""
    found = con.execute(
        "select document_id, title, publisher, published_on from b.documents semi join a.documents using (document_id)"
    )
    return {key: (title, publisher, day) for key, title, publisher, day in found.fetchall()}
