"""What tells that two warehouses hold the same: rows and a sum over the rows of each table, in any order.

The sum adds DuckDB's 64-bit hash of each row as a 128-bit number: it does not depend on the order of rows, takes no
memory and reads three million rows in a third of a second. It is made by whoever compares, never stored, since
another version of DuckDB may hash otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from pipelines.tables import RUN_COLUMNS, WAREHOUSE_TABLES


def of_relation(con: duckdb.DuckDBPyConnection, relation: str, columns: Sequence[str]) -> str:
    """`<rows>-<sum, hex>` over the given columns of a table, or of a query in brackets."""
    row = ", ".join(columns)
    query = f"select count(*), coalesce(sum(hash({row})::hugeint), 0) from {relation}"
    found = con.execute(query).fetchone()
    assert found is not None
    return f"{found[0]}-{found[1]:x}"


def of_tables(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Checksum of every table, without the columns that tell of the run (when, in which batch) and not of the text."""
    return {
        name: of_relation(con, name, [c for c in schema.columns() if c not in RUN_COLUMNS.get(name, ())])
        for name, schema in WAREHOUSE_TABLES.items()
        if name != "runs"
    }
