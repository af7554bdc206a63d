"""Where a row comes from: its document and file, the sentence with the words marked, what made it, what hangs on it."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.query.passages import passage
from pipelines.query.published import QueryProblem, opened, rows
from pipelines.query.trace_links import add_links
from pipelines.query.traced import KEYS, Reason, Trace
from pipelines.tables import EVIDENCE_OF

_PLACED = ("sentence_index", "start_char", "end_char")


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
        add_links(con, traced, kind)
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
        traced.release = _release(con)
    traced.confidence = row.get("confidence")


def _release(con: duckdb.DuckDBPyConnection) -> str | None:
    """The release that read for what is published; None where none did, or where an earlier version did not note it."""
    try:
        found = con.execute("select reader from runs order by finished_at desc limit 1").fetchone()
    except duckdb.BinderException:
        return None
    return None if found is None or found[0] is None else str(found[0])


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
