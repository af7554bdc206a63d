"""The rows that hang on a row, by the kind of row that it is."""

from __future__ import annotations

from typing import Any

import duckdb

from pipelines.codes import FigureKind
from pipelines.query.output import shown
from pipelines.query.passages import passage
from pipelines.query.published import rows
from pipelines.query.traced import KEYS, Link, Trace

LINKS_SHOWN = 12


def _actor(con: duckdb.DuckDBPyConnection, traced: Trace, relation: str, actor_id: str | None) -> None:
    if actor_id is None:
        return
    for a in rows(con, "select * from actors where actor_id = ?", actor_id):
        country = f", {a['country']}" if a["country"] else ""
        traced.links.append(Link(relation, actor_id, f"{a['name']} ({a['actor_type']}{country})"))


def _figures(con: duckdb.DuckDBPyConnection, traced: Trace, relation: str, where: str, value: object) -> None:
    for f in _some(con, traced, relation, "financial_figures", where, value):
        amount = shown(f["amount"]) or f"{shown(f['amount_low'])} to {shown(f['amount_high'])}"
        says = f"{f['text']} ({amount} {f['currency'] or ''}".rstrip() + f"), {f['figure_kind']}"
        says += f", for {f['purpose']}" if f["purpose"] else ""
        traced.links.append(Link(relation, f["figure_id"], says))


def _events(con: duckdb.DuckDBPyConnection, traced: Trace, relation: str, where: str, value: object) -> None:
    for e in _some(con, traced, relation, "events", where, value):
        when = f", {e['date_start']}" if e["date_start"] else ""
        traced.links.append(
            Link(relation, e["event_id"], f"{e['event_type']} “{e['trigger']}” ({e['factuality']}{when})")
        )


def _some(
    con: duckdb.DuckDBPyConnection, traced: Trace, relation: str, table: str, where: str, value: object
) -> list[dict[str, Any]]:
    order = next(key for name, key in KEYS.values() if name == table)
    placed = "document_id, start_char, " if table != "actors" else ""
    found = rows(con, f"select * from {table} where {where} order by {placed}{order} limit {LINKS_SHOWN}", value)
    if len(found) == LINKS_SHOWN:
        count = rows(con, f"select count(*) as n from {table} where {where}", value)[0]["n"]
        if count > LINKS_SHOWN:
            traced.left_out[relation] = count - LINKS_SHOWN
    return found


def _of_figure(con: duckdb.DuckDBPyConnection, traced: Trace) -> None:
    row = traced.row
    # One speaks of donors and recipients of aid and loans; the ends of other money pay and are paid.
    is_given = row["figure_kind"] in (FigureKind.AID, FigureKind.LOAN) or row["finance_type"] is not None
    _actor(con, traced, "donor" if is_given else "payer", row["payer_id"])
    _actor(con, traced, "recipient" if is_given else "payee", row["payee_id"])
    if row["part_of_figure_id"]:
        _figures(con, traced, "part of", "figure_id = ?", row["part_of_figure_id"])
    _figures(con, traced, "its part", "part_of_figure_id = ?", traced.row_id)
    _actor(con, traced, "reported by", row["attributed_to"])


def _of_event(con: duckdb.DuckDBPyConnection, traced: Trace) -> None:
    for p in rows(
        con,
        """
        select p.role, p.actor_id, p.mention_id, m.text
        from event_actors as p left join mentions as m on p.mention_id = m.mention_id
        where p.event_id = ? order by p.role desc, m.start_char, p.actor_id
        """,
        traced.row_id,
    ):
        _actor(con, traced, p["role"], p["actor_id"])
        if p["mention_id"]:
            traced.links.append(Link(f"{p['role']}'s words", p["mention_id"], f"“{p['text']}”"))
    _actor(con, traced, "reported by", traced.row["attributed_to"])
    story = traced.row.get("story_event_id")
    if story:
        traced.links.append(Link("same event", story, "the story event that this report belongs to"))


def _of_story(con: duckdb.DuckDBPyConnection, traced: Trace) -> None:
    kept = ("event_type", "plover_type", "date_start", "date_end")
    traced.row = {"story_event_id": traced.row_id} | {k: traced.row.get(k) for k in kept}
    traced.document = None
    _events(con, traced, "reported as", "story_event_id = ?", traced.row_id)


def _of_actor(con: duckdb.DuckDBPyConnection, traced: Trace) -> None:
    for relation, direction in (("first mention", "asc"), ("last mention", "desc")):
        found = rows(
            con,
            f"""
            select m.* from mentions as m inner join documents as d on m.document_id = d.document_id
            where m.actor_id = ?
            order by d.published_on {direction} nulls last, d.document_id {direction}, m.start_char {direction}
            limit 1
            """,
            traced.row_id,
        )
        for m in found:
            if any(link.row_id == m["mention_id"] for link in traced.links):
                continue
            about = rows(con, "select title, published_on from documents where document_id = ?", m["document_id"])[0]
            says = " · ".join(str(v) for v in (about["published_on"], about["title"]) if v)
            traced.links.append(Link(relation, m["mention_id"], says, passage(con, m)))
    took_part = "event_id in (select event_id from event_actors where actor_id = ?)"
    _events(con, traced, "takes part in", took_part, traced.row_id)
    _figures(con, traced, "gives or pays", "payer_id = ?", traced.row_id)
    _figures(con, traced, "receives", "payee_id = ?", traced.row_id)
    for q in _some(con, traced, "says", "quotes", "speaker_id = ?", traced.row_id):
        traced.links.append(Link("says", q["quote_id"], f"“{q['text']}”"))


def _of_mention(con: duckdb.DuckDBPyConnection, traced: Trace) -> None:
    _actor(con, traced, "stands for", traced.row["actor_id"])
    _events(
        con, traced, "seen in", "event_id in (select event_id from event_actors where mention_id = ?)", traced.row_id
    )


def _of_quote(con: duckdb.DuckDBPyConnection, traced: Trace) -> None:
    _actor(con, traced, "speaker", traced.row["speaker_id"])


def _of_quantity(con: duckdb.DuckDBPyConnection, traced: Trace) -> None:
    """Nothing hangs on a quantity."""


def _of_document(con: duckdb.DuckDBPyConnection, traced: Trace) -> None:
    text = traced.row.pop("text")
    traced.row["text"] = text if len(text) <= 300 else text[:300] + "…"
    copy = traced.row["duplicate_of"]
    if copy:
        traced.links.append(Link("copy of", copy, "the earliest document with the same text"))
    _figures(con, traced, "figure", "document_id = ?", traced.row_id)
    _events(con, traced, "event", "document_id = ?", traced.row_id)
    for q in _some(con, traced, "quote", "quotes", "document_id = ?", traced.row_id):
        traced.links.append(Link("quote", q["quote_id"], f"“{q['text']}”"))


def _of_flow(con: duckdb.DuckDBPyConnection, traced: Trace) -> None:
    """The figures that speak of a flow, and what part each plays."""
    query = """
    select reports.role, reports.figure_id, reports.reason, figures.text
    from aid_flow_reports as reports inner join financial_figures as figures using (figure_id)
    where reports.flow_id = ? order by reports.role, reports.figure_id
    """
    found = rows(con, query, traced.row_id)
    for r in found[:LINKS_SHOWN]:
        traced.links.append(Link(r["role"], r["figure_id"], f"{r['text']}: {r['reason']}"))
    if len(found) > LINKS_SHOWN:
        traced.left_out["figure"] = len(found) - LINKS_SHOWN


def add_links(con: duckdb.DuckDBPyConnection, traced: Trace, kind: str) -> None:
    """Add the rows that hang on a traced one; `kind` is that of its id (`traced.KEYS`)."""
    _LINKS[kind](con, traced)


_LINKS = {
    "doc": _of_document,
    "ac": _of_actor,
    "mn": _of_mention,
    "ev": _of_event,
    "fg": _of_figure,
    "fl": _of_flow,
    "qt": _of_quote,
    "qn": _of_quantity,
    "st": _of_story,
}
