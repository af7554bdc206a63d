"""The data dictionary: every table, mart and column in words, made from the contracts and the SQL, so that it cannot go stale.

`docs/data_dictionary.md` is what this makes without a warehouse; `newsledger dictionary` adds rows and how far columns are filled.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import dataframely as dy

from pipelines.query.published import opened
from pipelines.tables import REFERENCES, WAREHOUSE_TABLES
from pipelines.tables.columns import allowed_values
from pipelines.warehouse.sql_models import SqlModel, models

HEAD = """# Data dictionary

Made by `newsledger dictionary` from the contracts of the tables and the comments of the SQL: change those, not this page.
Null means that no report tells it (never nought) unless a column says otherwise. Money is decimal, in main units. Ids are
stable: the same input gives the same id. Amounts of `financial_figures` are told, and told again: add up `aid_flows` and marts.
"""
Fill = Mapping[str, Mapping[str, float]]


def page(fill: Fill | None = None, counts: Mapping[str, int] | None = None) -> str:
    """The whole page, Markdown. `fill`: table -> column -> share of rows that are not null."""
    parts = [HEAD, "## Tables\n"]
    for name, schema in WAREHOUSE_TABLES.items():
        parts.append(_table(name, schema, (fill or {}).get(name), (counts or {}).get(name)))
    for title, folder in (("Marts", "marts"), ("Models that marts share", "intermediate")):
        parts.append(f"## {title}\n")
        parts += [_model(m, (fill or {}).get(m.name), (counts or {}).get(m.name)) for m in models(folder)]
    return "\n".join(parts)


def of_warehouse(warehouse: Path) -> str:
    """The page with the rows and fill of the published version."""
    counts: dict[str, int] = {}
    fill: dict[str, dict[str, float]] = {}
    with opened(warehouse) as con:
        names = [str(row[0]) for row in con.execute("select table_name from information_schema.tables").fetchall()]
        for name in names:
            columns = [str(row[0]) for row in con.execute(f"describe {name}").fetchall()]
            found = con.execute(f"select count(*), {', '.join(f'count({c})' for c in columns)} from {name}").fetchone()
            assert found
            counts[name] = int(found[0])
            if found[0]:
                fill[name] = {c: n / found[0] for c, n in zip(columns, found[1:], strict=True)}
    return page(fill, counts)


def _table(name: str, schema: type[dy.Schema], fill: Mapping[str, float] | None, count: int | None) -> str:
    doc = " ".join((schema.__doc__ or "").split())
    keys = ", ".join(schema.primary_key()) or "none"
    lines = [f"### {name}", "", f"{doc} Key: {keys}.{_rows(count)}", "", _header(fill)]
    for column, definition in schema.columns().items():
        target = REFERENCES.get((name, column))
        values = allowed_values(definition)
        remarks = [
            definition.description or "",
            f"Key of {target[0]}." if target and "key of" not in (definition.description or "") else "",
            f"One of: {', '.join(values)}." if values else "",
            "" if definition.nullable else "Never null.",
        ]
        lines.append(_line(column, type(definition).__name__.lower(), " ".join(t for t in remarks if t), fill))
    return "\n".join(lines) + "\n"


def _model(model: SqlModel, fill: Mapping[str, float] | None, count: int | None) -> str:
    lines = [
        f"### {model.name}",
        "",
        f"{model.question}{_rows(count)} Made from: {', '.join(sorted(model.reads))}.",
        "",
    ]
    lines.append(_header(fill))
    lines += [_line(column, "", text, fill) for column, text in model.columns.items()]
    return "\n".join(lines) + "\n"


def _rows(count: int | None) -> str:
    return "" if count is None else f" Rows here: {count:,}."


def _header(fill: Mapping[str, float] | None) -> str:
    return (
        "| column | type | what it is |\n|---|---|---|"
        if fill is None
        else "| column | type | filled | what it is |\n|---|---|---|---|"
    )


def _line(column: str, kind: str, text: str, fill: Mapping[str, float] | None) -> str:
    text = text.replace("|", "\\|")
    if fill is None:
        return f"| {column} | {kind} | {text} |"
    return f"| {column} | {kind} | {fill.get(column, 0):.0%} | {text} |"
