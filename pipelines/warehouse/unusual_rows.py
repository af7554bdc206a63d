"""What the queries of `sql/warnings` find in a database: rows that deserve a look and keep nothing back.

What a query finds in the documents of a month is kept beside the database, so that the next version asks it of the months that changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import duckdb
import polars as pl

from pipelines.warehouse import changed_checks, checks, database, files, sql_models
from pipelines.warehouse.part_changes import PartChanges

NOTED = "warnings.json"
# Month -> number of rows, and the first of them as text.
ByMonth = dict[str, tuple[int, list[list[str]]]]


def find(file: Path, changes: PartChanges | None) -> dict[str, tuple[int, list[tuple[object, ...]]]]:
    """How many rows each query finds, and some of them; of documents by month, the first months first.

    `changes`: since the version that this database goes on from, None where it was made anew.
    """
    asked = sql_models.models("warnings")
    made_by = hashlib.blake2b(
        "\n".join(f"{one.name}\n{one.query}" for one in asked).encode(), digest_size=8
    ).hexdigest()
    noted = (files.read_json(changes.before.parent / NOTED) or {}) if changes is not None else {}
    if changes is not None and noted.get("made_by") == made_by:
        known: Mapping[str, ByMonth] = noted["found"]
        with changed_checks.opened(file, changes) as con:
            found = {one.name: _by_month(con, one.query) for one in asked if one.is_of_documents}
        found = {
            name: {month: told for month, told in known[name].items() if month not in changes.months} | now
            for name, now in found.items()
        }
    else:
        with duckdb.connect(str(file), read_only=True, config=database.LOCKED) as con:
            found = {one.name: _by_month(con, one.query) for one in asked if one.is_of_documents}
    files.write_json({"made_by": made_by, "found": found}, file.parent / NOTED)
    shown: dict[str, tuple[int, list[tuple[object, ...]]]] = {}
    with duckdb.connect(str(file), read_only=True, config=database.LOCKED) as con:
        for one in asked:
            if one.is_of_documents:
                months = [found[one.name][month] for month in sorted(found[one.name])]
                rows: list[tuple[object, ...]] = [tuple(row) for _, some in months for row in some]
                shown[one.name] = sum(number for number, _ in months), rows[: checks.EXAMPLES]
            else:
                all_rows = con.execute(one.query).fetchall()
                shown[one.name] = len(all_rows), all_rows[: checks.EXAMPLES]
    return shown


def _by_month(con: duckdb.DuckDBPyConnection, query: str) -> ByMonth:
    rows = con.sql(query).pl()
    if rows.is_empty():
        return {}
    month = "coalesce(strftime(published_on, '%Y-%m'), 'undated') as month"
    of = con.sql(
        f"select document_id, {month} from documents where document_id in (select document_id from ({query}))"
    ).pl()
    told = rows.cast(pl.String).join(of, on="document_id", how="left", maintain_order="left")
    return {
        str(month): (some.height, [list(row) for row in some.drop("month").head(checks.EXAMPLES).rows()])
        for (month,), some in told.group_by("month", maintain_order=True)
    }
