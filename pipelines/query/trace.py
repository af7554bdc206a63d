"""Where a row comes from: its document and file, the sentence with the words marked, what made it, what hangs on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from pipelines.codes import FigureKind
from pipelines.query.output import shown
from pipelines.query.published import QueryProblem, opened, rows
from pipelines.tables import EVIDENCE_OF

# Kind of id: (table, key column). Story events are no table: `st_` ids stand in events.story_event_id.
KEYS = {
    "doc": ("documents", "document_id"),
    "ac": ("actors", "actor_id"),
    "mn": ("mentions", "mention_id"),
    "ev": ("events", "event_id"),
    "fg": ("financial_figures", "figure_id"),
    "fl": ("aid_flows", "flow_id"),
    "qt": ("quotes", "quote_id"),
    "qn": ("quantities", "quantity_id"),
    "st": ("events", "story_event_id"),
}
LINKS_SHOWN = 12
_PLACED = ("sentence_index", "start_char", "end_char")


@dataclass(frozen=True)
class Passage:
    """A sentence cut around the words that are the evidence, and the sentences next to it."""

    before: str
    left: str
    words: str
    right: str
    after: str
    sentence_index: int
    start_char: int
    end_char: int


@dataclass(frozen=True)
class Link:
    """Another row: how it is related, its id (None where it has none) and what it says."""

    relation: str
    row_id: str | None
    says: str
    passage: Passage | None = None


@dataclass(frozen=True)
class Reason:
    """What one field rests on; `words` are cut out of the document's text."""

    field: str
    value: str | None
    made_by: str
    probability: float | None
    runner_up: str | None
    words: str | None


@dataclass
class Trace:
    """All there is to show of one row. Values are as in the database."""

    table: str
    row_id: str
    row: dict[str, Any]
    document: dict[str, Any] | None = None
    passage: Passage | None = None
    confidence: float | None = None
    reasons: list[Reason] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)


def trace(warehouse: Path, asked: str) -> Trace:
    """Look up an id, or the beginning of one that only one row has. Raises QueryProblem where that finds nothing."""
    asked = asked.strip().lower()
    kind = asked.partition("_")[0]
    if kind not in KEYS:
        kinds = ", ".join(f"{k}_ ({'story events' if k == 'st' else t})" for k, (t, _) in KEYS.items())
        raise QueryProblem(f"{asked!r} is no id: an id begins with one of {kinds}.")
    table, key = KEYS[kind]
    with opened(warehouse) as con:
        found = rows(
            con, f"select distinct {key} as id from {table} where starts_with({key}, ?) order by 1 limit 6", asked
        )
        ids = [r["id"] for r in found]
        if not ids:
            raise QueryProblem(
                f"No row of {table} has the id {asked}. Ids change only with the input or the version: "
                f'`newsledger sql "select {key} from {table} limit 5"` shows some.'
            )
        if len(ids) > 1 and asked not in ids:
            more = ", …" if len(ids) > 5 else ""
            raise QueryProblem(f"Several ids begin with {asked}: {', '.join(ids[:5])}{more}. Give more of it.")
        row_id = asked if asked in ids else ids[0]
        row = rows(con, f"select * from {table} where {key} = ? order by 1 limit 1", row_id)[0]
        traced = Trace("story_events" if kind == "st" else table, row_id, row)
        _add_origin(con, traced, kind)
        _LINKS[kind](con, traced)
        return traced


def _add_origin(con: duckdb.DuckDBPyConnection, traced: Trace, kind: str) -> None:
    row = traced.row
    if "document_id" in row:
        found = rows(con, "select * exclude (text) from documents where document_id = ?", row["document_id"])
        traced.document = found[0] if found else None
    if kind in {"doc", "st"}:
        return
    if set(_PLACED) <= row.keys():
        traced.passage = passage(con, row)
    if traced.table in EVIDENCE_OF:
        traced.reasons = reasons(con, traced.row_id)
    traced.confidence = row.get("confidence")


def reasons(con: duckdb.DuckDBPyConnection, row_id: str) -> list[Reason]:
    """What each field of an event or a figure rests on, in the order in which it was made."""
    found = rows(
        con,
        """
        select
            e.field, e.value, e.made_by, e.probability, e.runner_up,
            substr(d.text, e.start_char + 1, e.end_char - e.start_char) as words
        from evidence as e inner join documents as d on e.document_id = d.document_id
        where e.row_id = ? order by e.evidence_index
        """,
        row_id,
    )
    return [Reason(**row) for row in found]


def passage(con: duckdb.DuckDBPyConnection, row: dict[str, Any]) -> Passage | None:
    """The sentence of a row with offsets, and one sentence on each side."""
    start, end, index = row["start_char"], row["end_char"], row["sentence_index"]
    found = rows(
        con,
        """
        select s.sentence_index, s.start_char, s.end_char, d.text
        from documents as d left join sentences as s
            on d.document_id = s.document_id and s.sentence_index between ? - 1 and ? + 1
        where d.document_id = ? order by s.sentence_index
        """,
        index,
        index,
        row["document_id"],
    )
    if not found:
        return None
    text: str = found[0]["text"]
    spans = {f["sentence_index"]: (f["start_char"], f["end_char"]) for f in found}
    first, last = spans.get(index, (start, end))
    # Evidence may run on into the next sentence (a quotation of two): show all of it.
    first, last = min(first, start), max(last, end)
    return Passage(
        before=_cut(text, spans.get(index - 1)),
        left=text[first:start],
        words=text[start:end],
        right=text[end:last],
        after=_cut(text, spans.get(index + 1), last),
        sentence_index=index,
        start_char=start,
        end_char=end,
    )


def _cut(text: str, span: tuple[int, int] | None, at_least: int = 0) -> str:
    return text[max(span[0], at_least) : span[1]].strip() if span else ""


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
