"""Rows that differ between two published warehouses, with the sentences they stand in.

Rows are matched by where their words stand, not by ids, which are made of what may differ. Actors are compared by name, sides
of an event as part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.query.output import shown
from pipelines.query.published import QueryProblem, database_path
from pipelines.tables import REFERENCES, RUN_COLUMNS, WAREHOUSE_TABLES

TABLES = ("events", "financial_figures")
ONLY_A, ONLY_B, DIFFERS = "only in A", "only in B", "differs"
# What is no statement about the text: keys, places within a document, and how a row was made.
_LEFT_OUT = frozenset({"sentence_index", "story_event_id", "rule"})
_PLACE = ("document_id", "start_char", "end_char")
SCHEMA = pa.schema(
    [
        (name, pa.int64() if name.endswith("_char") else pa.string())
        for name in (
            "table", "change", "fields", "in_a", "in_b", "words", "sentence", "external_id", "document_id",
            "start_char", "end_char", "id_in_a", "id_in_b",
        )
    ]
)  # fmt: skip


@dataclass
class Comparison:
    """What differs. `counts`: by table, how many rows are the same, differ, are only in A or only in B."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    documents: int = 0  # in both
    documents_only_in: tuple[int, int] = (0, 0)

    def reader(self) -> pa.RecordBatchReader:
        """The rows as a result that `save.write` takes."""
        table = pa.Table.from_pylist(self.rows, schema=SCHEMA)
        return pa.RecordBatchReader.from_batches(SCHEMA, table.to_batches())


def comparable() -> list[str]:
    """Tables whose rows stand at a place in a document."""
    return [name for name, table in WAREHOUSE_TABLES.items() if set(_PLACE) <= set(table.columns())]


def compare(a: Path, b: Path, tables: Sequence[str] = TABLES) -> Comparison:
    """Compare two warehouses over the documents that both have.

    Raises QueryProblem where one is not published or a table is not one that can be compared.
    """
    for table in tables:
        if table not in comparable():
            raise QueryProblem(f"Rows of {table!r} cannot be compared: name one of {', '.join(comparable())}.")
    with attached(a, b) as con:
        found = Comparison()
        documents = con.execute(
            "select count(*) filter (a.document_id is not null and b.document_id is not null),"
            " count(*) filter (b.document_id is null), count(*) filter (a.document_id is null)"
            " from a.documents a full join b.documents b using (document_id)"
        ).fetchone()
        assert documents is not None
        found.documents, *only = documents
        found.documents_only_in = (only[0], only[1])
        for table in tables:
            _compare_table(con, table, found)
    return found


@contextmanager
def attached(a: Path, b: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with both databases, read-only; after that it can open nothing else."""
    with duckdb.connect() as con:
        for name, warehouse in (("a", a), ("b", b)):
            path = str(database_path(warehouse)).replace("'", "''")
            try:
                con.execute(f"attach '{path}' as {name} (read_only)")
            except duckdb.Error as error:
                raise QueryProblem(f"{path} cannot be opened: {error}") from error
        con.execute("set enable_external_access = false")
        con.execute("set lock_configuration = true")
        yield con


def _compare_table(con: duckdb.DuckDBPyConnection, table: str, found: Comparison) -> None:
    columns = _columns(con, table)
    for name in ("a", "b"):
        con.execute(f"create or replace temp table {name}_said as {_said(name, table, columns)}")
    counts = con.execute("select (select count(*) from a_said), (select count(*) from b_said)").fetchone()
    assert counts is not None
    names = [*_PLACE, "row_id", *columns]
    select = ", ".join(f"x.{name}" for name in names)
    differing = {
        side: con.execute(
            f"select {select} from {side}_said x anti join {other}_said y using (said, number) order by {select}"
        ).fetchall()
        for side, other in (("a", "b"), ("b", "a"))
    }
    tally = dict.fromkeys(("same", DIFFERS, ONLY_A, ONLY_B), 0)
    tally["same"] = counts[0] - len(differing["a"])
    in_a, in_b = (_by_place(differing[side], names) for side in ("a", "b"))
    changed: list[dict[str, Any]] = []
    for place in sorted(in_a.keys() | in_b.keys()):
        for one, other in _pairs(in_a.get(place, []), in_b.get(place, []), columns):
            row = _row(table, one, other, columns)
            tally[row["change"]] += 1
            changed.append(row)
    _add_words(con, changed)
    found.rows += changed
    found.counts[table] = tally


def _columns(con: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """Columns to compare: those that both have and that say something of the text."""
    found = con.execute(
        "select column_name from duckdb_columns() where table_name = ? and database_name in ('a', 'b')"
        " group by column_name having count(*) = 2",
        [table],
    ).fetchall()
    there = {name for (name,) in found}
    keys = set(WAREHOUSE_TABLES[table].primary_key())
    left_out = {*_LEFT_OUT, *_PLACE, *keys, *RUN_COLUMNS.get(table, ())}
    columns = [c for c in WAREHOUSE_TABLES[table].columns() if c in there - left_out]
    return [*columns, "sources", "recipients"] if table == "events" else columns


def _said(name: str, table: str, columns: Sequence[str]) -> str:
    """SQL for the rows of one side: place, id, columns as words, a hash of them all, and its number among equals."""
    values = ", ".join(f"{_value(name, table, column)} as {column}" for column in columns)
    key = next(iter(WAREHOUSE_TABLES[table].primary_key()))
    row_id = f"t.{key}" if key not in _PLACE else "null::varchar"
    said = ", ".join((*_PLACE, *columns))
    return f"""
        with shared as (
            select t.document_id, t.start_char, t.end_char, {row_id} as row_id, {values}
            from {name}.{table} t
            where t.document_id in (select document_id from a.documents)
                and t.document_id in (select document_id from b.documents)
        ), hashed as (select *, hash({said}) as said from shared)
        select *, row_number() over (partition by said order by row_id) as number from hashed
    """


def _value(name: str, table: str, column: str) -> str:
    if column in ("sources", "recipients"):
        return (
            f"(select list(distinct n.name order by n.name) from {name}.event_actors s"
            f" join {name}.actors n on n.actor_id = s.actor_id"
            f" where s.event_id = t.event_id and s.role = '{column.removesuffix('s')}')"
        )
    match REFERENCES.get((table, column)):
        case ("actors", "actor_id"):
            return f"(select n.name from {name}.actors n where n.actor_id = t.{column})"
        case ("financial_figures", "figure_id"):
            return f"(select n.text from {name}.financial_figures n where n.figure_id = t.{column})"
    return f"round(t.{column}, 2)" if column == "confidence" else f"t.{column}"


type _Row = dict[str, Any]


def _by_place(rows: list[tuple[Any, ...]], names: Sequence[str]) -> dict[tuple[Any, ...], list[_Row]]:
    width = len(_PLACE)
    return {
        place: [dict(zip(names, row, strict=True)) for row in of_place]
        for place, of_place in groupby(rows, key=lambda row: row[:width])
    }


def _pairs(a: list[_Row], b: list[_Row], columns: Sequence[str]) -> Iterator[tuple[_Row | None, _Row | None]]:
    """Rows of one place, each with the one most like it of the other side; what is over stands alone."""
    left = list(b)
    for one in a:
        if left:
            other = max(left, key=lambda row: sum(row[c] == one[c] for c in columns))
            left.remove(other)
            yield one, other
        else:
            yield one, None
    for other in left:
        yield None, other


def _row(table: str, a: _Row | None, b: _Row | None, columns: Sequence[str]) -> dict[str, Any]:
    place = a or b
    assert place is not None
    if a is None or b is None:
        change = ONLY_A if b is None else ONLY_B
        fields = [c for c in columns if place[c] not in (None, [])]
    else:
        change = DIFFERS
        fields = [c for c in columns if a[c] != b[c]]
    return {
        "table": table,
        "change": change,
        "fields": ", ".join(fields) if change == DIFFERS else None,
        "in_a": None if a is None else _in_words(a, fields),
        "in_b": None if b is None else _in_words(b, fields),
        **{name: place[name] for name in _PLACE},
        "id_in_a": a and a["row_id"],
        "id_in_b": b and b["row_id"],
    }


def _in_words(row: _Row, fields: Sequence[str]) -> str:
    return "; ".join(f"{name}: {shown(row[name]) or '-'}" for name in fields)


def _add_words(con: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]]) -> None:
    """Words, sentence and the document's own id, from A, which has all documents that are compared."""
    places = pa.Table.from_pylist(
        [{"n": n, **{name: row[name] for name in _PLACE}} for n, row in enumerate(rows)],
        schema=pa.schema(
            [("n", pa.int64()), ("document_id", pa.string()), ("start_char", pa.int64()), ("end_char", pa.int64())]
        ),
    )
    con.register("places", places)
    found = con.execute(
        """
        select p.n, d.external_id, substr(d.text, p.start_char + 1, p.end_char - p.start_char),
            substr(d.text, s.start_char + 1, s.end_char - s.start_char)
        from places p
        join a.documents d on d.document_id = p.document_id
        left join a.sentences s on s.document_id = p.document_id
            and s.start_char <= p.start_char and p.start_char < s.end_char
        """
    ).fetchall()
    con.unregister("places")
    for n, external_id, words, sentence in found:
        rows[n] |= {"external_id": external_id, "words": words, "sentence": sentence}
