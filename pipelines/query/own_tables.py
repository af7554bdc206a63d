"""A user's own CSV or Parquet files to join with: read here, outside the sandbox, and handed to it as rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from pipelines.query.published import QueryProblem, opened

_NAME = re.compile(r"[A-Za-z_]\w{0,62}")


def own_tables(warehouse: Path, given: Sequence[str]) -> dict[str, pa.Table]:
    """Rows by name of each NAME=FILE. Raises QueryProblem as `own_table` does, and where the warehouse or another has the name."""
    found: dict[str, pa.Table] = {}
    for one in given:
        name, rows = own_table(one)
        if name.lower() in map(str.lower, found):
            raise QueryProblem(f"--join {one}: another --join has the name {name}.")
        found[name] = rows
    if found:
        with opened(warehouse) as con:
            taken = {
                str(row[0]).lower()
                for row in con.execute("select table_name from information_schema.tables").fetchall()
            }
        for name in found:
            if name.lower() in taken:
                raise QueryProblem(
                    f"--join {name}=…: the warehouse has a table {name}, which yours would hide. Give it another name, such as my_{name}."
                )
    return found


def own_table(given: str) -> tuple[str, pa.Table]:
    """Name and rows of NAME=FILE. Raises QueryProblem where it is not of that form, or the file cannot be read."""
    name, _, path = given.partition("=")
    if not path or not _NAME.fullmatch(name):
        raise QueryProblem(f"--join {given}: write NAME=FILE, such as --join gdp=gdp.csv, and query the table NAME.")
    file = Path(path)
    if not file.is_file():
        raise QueryProblem(f"--join {given}: there is no file {file}.")
    try:
        if file.suffix.lower() == ".parquet":
            return name, pq.read_table(file)
        return name, pyarrow.csv.read_csv(file)
    except (pa.ArrowInvalid, OSError) as error:
        raise QueryProblem(f"--join {given}: {file} is no CSV with a header, nor Parquet: {error}") from error
