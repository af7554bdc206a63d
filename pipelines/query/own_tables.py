"""A user's own CSV or Parquet files to join with: read here, outside the sandbox, and handed to it as rows."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from pipelines.query.published import QueryProblem

_NAME = re.compile(r"[A-Za-z_]\w{0,62}")


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
