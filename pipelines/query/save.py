"""Sends a result to stdout or to a file, in the format asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import pyarrow as pa
from rich.console import Console

from pipelines.query.output import write_csv, write_json, write_parquet, write_table
from pipelines.query.published import QueryProblem


def form_of(file: Path | None) -> Literal["table", "csv", "json", "parquet"]:
    """The format that a file's ending names; table where there is no file. Raises QueryProblem on an unknown ending."""
    if file is None:
        return "table"
    match file.suffix.lower():
        case ".csv":
            return "csv"
        case ".json":
            return "json"
        case ".parquet":
            return "parquet"
        case ".txt" | ".md" | "":
            return "table"
    raise QueryProblem(f"{file} ends in none of .csv, .json, .parquet and .txt: say what to write with --format.")


def write(
    result: pa.RecordBatchReader,
    form: Literal["table", "csv", "json", "parquet"],
    file: Path | None,
    notices: Console,
) -> None:
    """Write one result. A file is there whole or not at all. Raises QueryProblem where values do not fit the format."""
    try:
        if file is None:
            _to_stdout(result, form, notices)
        else:
            from pipelines.warehouse.files import atomic_write  # brings polars: not for every query

            with atomic_write(file) as temporary:
                _to_file(result, form, temporary, notices)
    except (OverflowError, pa.ArrowNotImplementedError, pa.ArrowTypeError) as error:
        raise QueryProblem(f"A value cannot be written as {form}: {error}. Cast the column to varchar.") from error


def _to_stdout(result: pa.RecordBatchReader, form: str, notices: Console) -> None:
    match form:
        case "csv":
            write_csv(result, sys.stdout)
        case "json":
            write_json(result, sys.stdout)
        case "parquet":
            write_parquet(result, sys.stdout.buffer)
        case _:
            write_table(result, Console(highlight=False), notices)


def _to_file(result: pa.RecordBatchReader, form: str, file: Path, notices: Console) -> None:
    if form == "parquet":
        write_parquet(result, file)
        return
    with file.open("w", encoding="utf8", newline="") as output:
        match form:
            case "csv":
                write_csv(result, output)
            case "json":
                write_json(result, output)
            case _:
                write_table(result, Console(file=output, highlight=False), notices)
