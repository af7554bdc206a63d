"""Every SQL model against the rows beside it: `sql/<folder>/<model>.cases.yml` says what goes in and what must come out.

A case gives rows of tables (columns that it does not name are null, empty or false) or rows of models that the model reads,
which then take the models' place; and the rows that the model must give, in any order, by the columns that they name.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
import yaml

from pipelines.tables import WAREHOUSE_TABLES
from pipelines.warehouse import sql_models

_CASES = [
    (file, case)
    for folder in sql_models.VIEW_FOLDERS
    for file in sorted((sql_models.sql_folder() / folder).glob("*.cases.yml"))
    for case in yaml.safe_load(file.read_text(encoding="utf8"))
]


def _table(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = WAREHOUSE_TABLES[name].create_empty().schema
    plain = {c: pl.String() if isinstance(t, pl.Enum) else t for c, t in schema.items()}
    missing = {c: False if t == pl.Boolean() else [] if isinstance(t, pl.List) else None for c, t in plain.items()}
    unknown = {c for row in rows for c in row} - plain.keys()
    assert not unknown, f"{name} has no column {unknown}"
    return pl.DataFrame([missing | row for row in rows], schema=plain, orient="row", strict=False)


def _run(model: sql_models.SqlModel, given: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    views = sql_models.models_of(model)
    with duckdb.connect(":memory:") as con:
        for name in WAREHOUSE_TABLES:
            con.register(f"_{name}", _table(name, given.get(name, [])).to_arrow())
            con.execute(f"create table {name} as select * from _{name}")
        for view in [*views, model]:
            if view.name in given and view.name != model.name:
                frame = pl.DataFrame(given[view.name])
                con.register(f"_{view.name}", frame.to_arrow())
                empty = f"select * from ({view.query}) limit 0"
                con.execute(
                    f"create table {view.name} as select * from ({empty}) union all by name select * from _{view.name}"
                )
            else:
                con.execute(f"create view {view.name} as {view.query}")
        found = con.execute(f"select * from {model.name}")
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _plain(value: object) -> object:
    """Numbers and days as YAML writes them."""
    if isinstance(value, list):
        return [_plain(v) for v in value]
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return round(float(value), 6) if is_number else value  # type: ignore[arg-type]


@pytest.mark.parametrize(("file", "case"), _CASES, ids=[f"{f.stem.split('.')[0]}: {c['case']}" for f, c in _CASES])
def test_rows_in_rows_out(file: Path, case: dict[str, Any]) -> None:
    model = next(v for v in sql_models.views() if v.name == file.name.removesuffix(".cases.yml"))
    expected = case["expect"]
    columns = sorted({column for row in expected for column in row})
    rows = [{c: _plain(row[c]) for c in columns} for row in _run(model, case["given"])]
    wanted = [{c: _plain(row.get(c)) for c in columns} for row in expected]
    assert sorted(map(repr, rows)) == sorted(map(repr, wanted))


def test_every_model_has_rows_beside_it() -> None:
    views = sql_models.views()
    assert views
    described = {file.name.removesuffix(".cases.yml") for file, _ in _CASES}
    assert {view.name for view in views} <= described
