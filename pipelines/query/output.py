"""Writes the results of a query: a table to look at, CSV, JSON or Parquet."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.query.terminal import harmless

TABLE_ROWS = 200
CELL_CHARACTERS = 300
# A column narrower than this shows nothing of use: rows go one below the other then.
NARROWEST_COLUMN = 9
# Spreadsheets take a cell that begins so for a formula; the full-width forms count in some locales.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_QUOTED = re.compile(r"[,\"\r\n]")


def value_rows(batch: pa.RecordBatch) -> Iterator[tuple[Any, ...]]:
    """Rows as tuples: column names may occur twice in a result."""
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)


def shown(value: object) -> str:
    """A value for people: decimals without trailing noughts, lists and structs as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, (list, tuple, dict, bytes)):
        return as_json(value)
    return str(value)


def as_json(value: object) -> str:
    """JSON: dates in ISO form, decimals with all their digits, bytes as hex, NaN and infinity as null."""
    match value:
        case None | bool() | int():
            return json.dumps(value)
        case float():
            return json.dumps(value) if math.isfinite(value) else "null"
        case Decimal():
            return f"{value:f}" if value.is_finite() else "null"
        case datetime() | date() | time():
            return json.dumps(value.isoformat())
        case bytes():
            return json.dumps(value.hex())
        case list() | tuple():
            return "[" + ", ".join(map(as_json, value)) + "]"
        case dict():
            return "{" + ", ".join(f"{json.dumps(str(k))}: {as_json(v)}" for k, v in value.items()) + "}"
        case _:
            return json.dumps(str(value), ensure_ascii=False)


def write_csv(result: pa.RecordBatchReader, output: TextIO) -> None:
    """RFC 4180 with a header. Text that a spreadsheet would take for a formula gets a ' in front; numbers do not."""
    output.write(_csv_line([_defused(name) for name in result.schema.names]))
    for batch in result:
        output.writelines(_csv_line([_csv_cell(v) for v in row]) for row in value_rows(batch))


def _csv_line(cells: list[str]) -> str:
    # Python's csv leaves a lone carriage return unquoted where lines end in a line feed: readers break the row there.
    if len(cells) == 1 and not cells[0]:
        return '""\n'
    return ",".join('"' + c.replace('"', '""') + '"' if _QUOTED.search(c) else c for c in cells) + "\n"


def _csv_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, list | tuple | dict | bytes):
        return _defused(as_json(value))
    return _defused(str(value))


def _defused(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA) else text


def write_json(result: pa.RecordBatchReader, output: TextIO) -> None:
    """An array of objects, one a line."""
    names = [json.dumps(name, ensure_ascii=False) for name in _distinct(result.schema.names)]
    before = "[\n"
    for batch in result:
        for row in value_rows(batch):
            fields = ", ".join(f"{name}: {as_json(value)}" for name, value in zip(names, row, strict=True))
            output.write(f"{before}{{{fields}}}")
            before = ",\n"
    output.write("[]\n" if before == "[\n" else "\n]\n")


def _distinct(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    distinct = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        distinct.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return distinct


def write_parquet(result: pa.RecordBatchReader, output: BinaryIO | Path) -> None:
    """zstd Parquet with the result's types and checksums of its pages."""
    schema = pa.schema([f.with_name(n) for f, n in zip(result.schema, _distinct(result.schema.names), strict=True)])
    target = str(output) if isinstance(output, Path) else output
    with pq.ParquetWriter(target, schema, compression="zstd", write_page_checksum=True) as writer:
        for batch in result:
            writer.write_batch(pa.RecordBatch.from_arrays(batch.columns, schema=schema))


def write_table(result: pa.RecordBatchReader, console: Console, notices: Console) -> None:
    """A table of the first rows; what is left out is told on `notices`. Too many columns: a row below the other."""
    names = result.schema.names
    kept: list[tuple[Any, ...]] = []
    count = 0
    for batch in result:
        count += batch.num_rows
        if len(kept) < TABLE_ROWS:
            kept += list(value_rows(batch.slice(0, TABLE_ROWS - len(kept))))
    cells = [[_cell(value) for value in row] for row in kept]
    if console.is_terminal and len(names) * (NARROWEST_COLUMN + 3) > console.width:
        _write_records(names, cells, console)
    else:
        _write_grid(result.schema, names, cells, console)
    plural = "" if count == 1 else "s"
    if count > len(kept):
        notices.print(f"{len(kept):,} of {count:,} rows shown; --format csv writes them all.", style="dim")
    else:
        notices.print(f"{count:,} row{plural}", style="dim")


def _cell(value: object) -> str:
    text = harmless(shown(value))
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - 1] + "…"


def _write_grid(schema: pa.Schema, names: list[str], cells: list[list[str]], console: Console) -> None:
    table = Table(header_style="bold")
    for field in schema:
        number = pa.types.is_integer(field.type) or pa.types.is_decimal(field.type) or pa.types.is_floating(field.type)
        table.add_column(Text(harmless(field.name)), justify="right" if number else "left", overflow="fold")
    for row in cells:
        table.add_row(*(Text(c) for c in row))
    if console.is_terminal:
        console.print(table)
    else:
        # In a file or pipe every row is one line, as wide as it needs be.
        width = sum(max([len(n), *(len(r[i]) for r in cells)]) + 3 for i, n in enumerate(names)) + 1
        Console(file=console.file, width=max(width, 20), highlight=False).print(table)


def _write_records(names: list[str], cells: list[list[str]], console: Console) -> None:
    label = max(map(len, names))
    for number, row in enumerate(cells, 1):
        console.print(Text(f"── row {number} ", style="bold"))
        for name, cell in zip(names, row, strict=True):
            if cell:
                console.print(Text(f"{harmless(name):<{label}}  ", style="cyan").append(cell, style="default"))
