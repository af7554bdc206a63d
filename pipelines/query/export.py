"""A table or mart as a file for other programs: CSV, Parquet, Excel or Stata, with labels, a codebook and citations.

CSV, Parquet and Stata files get a codebook beside them (`NAME.codebook.csv`), Excel files a sheet of it. What a program
cannot hold (lists, decimals in Stata) is written as text or double, which the codebook says.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

import duckdb
import polars as pl
import pyarrow as pa

from pipelines.query.output import as_json
from pipelines.query.published import QueryProblem, opened
from pipelines.warehouse.files import atomic_write

Form = Literal["csv", "parquet", "xlsx", "dta"]
_AT_ONCE = 50_000  # rows
EXCEL_ROWS, EXCEL_CELL = 1_048_575, 32_767
# Stata 14: longest label of a column and of a file.
STATA_LABEL, STATA_NAME = 80, 32
_CITED = """
select rows.*, concat_ws(', ', documents.publisher, '"' || documents.title || '"', documents.published_on::varchar, documents.url)
    || '; sentence ' || rows.sentence_index || '; text sha256 ' || left(documents.text_sha256, 16)
    || '; newsledger ' || (select version from runs order by started_at desc limit 1) as citation
from {table} as rows left join documents using (document_id)
"""


def export(warehouse: Path, table: str, form: Form | None, file: Path | None) -> list[Path]:
    """Write a table or view of the published database; returns the files written. Each is there whole or not at all.

    The form follows from the file's ending where it is not given; csv where neither is. Raises QueryProblem where
    the table or the form is unknown, or the rows do not fit.
    """
    form = form or (form_of(file) if file else "csv")
    file = file or Path(f"{table}.{form}")
    with opened(warehouse) as con:
        known = [str(row[0]) for row in con.execute("select table_name from information_schema.tables").fetchall()]
        if table not in known:
            raise QueryProblem(f"There is no table or mart {table}. There are: {', '.join(sorted(known))}.")
        columns = [str(row[0]) for row in con.execute(f"describe {table}").fetchall()]
        cited = {"document_id", "sentence_index"} <= set(columns)
        query = _CITED.format(table=table) if cited else f"select * from {table}"
        book = _codebook(con, table, query)
        written = [file]
        with atomic_write(file) as temporary:
            if form == "csv":
                _csv(con.sql(query).to_arrow_reader(_AT_ONCE), temporary)
            else:
                _write(con.sql(query).pl(), book, table, form, temporary)
    if form != "xlsx":
        written.append(file.with_suffix(".codebook.csv"))
        with atomic_write(written[-1]) as temporary:
            book.write_csv(temporary)
    return written


def form_of(file: Path) -> Form:
    """The form that a file's ending names. Raises QueryProblem where it names none."""
    found = file.suffix.lower().removeprefix(".")
    if found not in get_args(Form):
        raise QueryProblem(f"{file} ends in none of {', '.join(get_args(Form))}: say which it shall be with --to.")
    return found  # type: ignore[return-value]


def _codebook(con: duckdb.DuckDBPyConnection, table: str, query: str) -> pl.DataFrame:
    """column, type, description (with allowed values), filled (share of rows), distinct values; counted by the database."""
    rows = con.sql(query)
    kinds = dict(zip(rows.columns, map(str, rows.types), strict=True))
    counts = con.execute(
        f"select count(*), {', '.join(f'count("{name}"), count(distinct "{name}")' for name in kinds)} from ({query})"
    ).fetchone()
    assert counts is not None
    height, filled, distinct = (
        counts[0],
        dict(zip(kinds, counts[1::2], strict=True)),
        dict(zip(kinds, counts[2::2], strict=True)),
    )
    sql = "select column_name, data_type, comment from duckdb_columns() where table_name = ?"
    described = {name: (kind, comment) for name, kind, comment in con.execute(sql, [table]).fetchall()}
    described["citation"] = (
        "VARCHAR",
        "How to cite the row: outlet, title, day, address, sentence, hash of the text, version.",
    )
    return pl.DataFrame(
        [
            {
                "column": name,
                "type": described.get(name, (kind, ""))[0].lower(),
                "description": described.get(name, ("", ""))[1] or "",
                "filled": round(filled[name] / height, 4) if height else None,
                "distinct": None if kind.endswith("[]") else distinct[name] + (filled[name] < height),
            }
            for name, kind in kinds.items()
        ],
        schema={
            "column": pl.String, "type": pl.String, "description": pl.String, "filled": pl.Float64, "distinct": pl.Int64,
        },
    )  # fmt: skip


def _write(rows: pl.DataFrame, book: pl.DataFrame, table: str, form: Form, file: Path) -> None:
    """Forms that need all rows at once."""
    match form:
        case "parquet":
            labels = {f"label:{column}": text for column, text in book.select("column", "description").iter_rows()}
            rows.write_parquet(file, metadata={"table": table, **labels})
        case "xlsx":
            _excel(rows, book, table, file)
        case "dta":
            _stata(rows, book, table, file)


def _csv(rows: pa.RecordBatchReader, file: Path) -> None:
    """Written as it comes: a table of millions of rows is never held."""
    with file.open("wb") as output:
        _plain(_rows_of(rows.schema.empty_table())).write_csv(output)
        for batch in rows:
            _plain(_rows_of(pa.Table.from_batches([batch]))).write_csv(output, include_header=False)


def _rows_of(table: pa.Table) -> pl.DataFrame:
    found = pl.from_arrow(table)
    assert isinstance(found, pl.DataFrame)
    return found


def _plain(rows: pl.DataFrame) -> pl.DataFrame:
    """Lists and structs as JSON; text that a spreadsheet would take for a formula with a ' in front."""
    nested = [name for name, kind in rows.schema.items() if kind.is_nested()]
    texts = [name for name, kind in rows.schema.items() if kind == pl.String]
    rows = rows.with_columns(
        pl.Series(name, [None if v is None else as_json(v) for v in rows[name].to_list()], dtype=pl.String)
        for name in nested
    )
    return rows.with_columns(
        pl.when(pl.col(name).str.contains(r"^[=+\-@\t\r\n＝＋－＠]"))
        .then(pl.lit("'") + pl.col(name))
        .otherwise(name)
        .alias(name)
        for name in texts
    )


def _excel(rows: pl.DataFrame, book: pl.DataFrame, table: str, file: Path) -> None:
    import xlsxwriter

    if rows.height > EXCEL_ROWS:
        raise QueryProblem(
            f"{table} has {rows.height:,} rows, an Excel sheet holds {EXCEL_ROWS:,}: use csv or parquet."
        )
    zoned = [name for name, kind in rows.schema.items() if isinstance(kind, pl.Datetime) and kind.time_zone]
    rows = _plain(rows).with_columns(pl.col(zoned).dt.replace_time_zone(None))
    rows = rows.with_columns(pl.col(pl.String).str.slice(0, EXCEL_CELL), pl.col(pl.Decimal).cast(pl.Float64))
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(file), options) as workbook:
        rows.write_excel(workbook, worksheet=table[:31])
        book.write_excel(workbook, worksheet="codebook")


def _stata(rows: pl.DataFrame, book: pl.DataFrame, table: str, file: Path) -> None:
    import pyreadstat

    zoned = [name for name, kind in rows.schema.items() if isinstance(kind, pl.Datetime)]
    rows = _plain(rows).with_columns(
        pl.col(pl.Decimal).cast(pl.Float64), pl.col(pl.Boolean).cast(pl.Int8), pl.col(zoned).dt.date()
    )
    # What is null in every row has no type that Stata knows.
    rows = rows.with_columns(pl.col(pl.Null).cast(pl.String))
    labels = [text[:STATA_LABEL] for text in book["description"].to_list()]
    rows = rows.rename({name: name[:STATA_NAME] for name in rows.columns})
    pyreadstat.write_dta(
        rows, str(file), file_label=f"newsledger {table}"[:STATA_LABEL], column_labels=labels, version=14
    )
