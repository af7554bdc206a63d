"""Commands on whole tables: sql, export, report, dictionary."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipelines.commands.app import Format, Warehouse, Whole, app, settings_of, stderr, stdout
from pipelines.settings import Settings

if TYPE_CHECKING:
    from pipelines.query.sandbox import Limits


@app.command
def sql(
    query: str | None = None,
    /,
    *,
    file: Path | None = None,
    warehouse: Warehouse = None,
    format: Format | None = None,  # noqa: A002 - the option's name
    output: Path | None = None,
    join: tuple[str, ...] = (),
    timeout: float = 60.0,
    memory: Whole = 3072,
) -> int:
    """Run read-only SQL over the warehouse, also while a run is going on; without QUERY an interactive shell.

    Parameters
    ----------
    query
        SQL; several statements are parted by `;`. Without it statements come from a shell, or from stdin.
    file
        File of SQL to run.
    format
        csv, json and parquet hold all rows (of the last statement), table the first 200. Without it the ending of
        --output decides.
    output
        File to write to in place of stdout.
    join
        NAME=FILE: a CSV or Parquet file of yours to join with, as table NAME. That file is read, no other.
    timeout
        Seconds a query may take.
    memory
        Megabytes its process may use.
    """
    from pipelines.query.published import QueryProblem
    from pipelines.query.sandbox import Limits
    from pipelines.query.save import form_of

    settings = settings_of(warehouse=warehouse)
    limits = Limits(timeout, memory)
    form = format or form_of(output)
    if file is not None:
        if query is not None:
            raise QueryProblem("Give SQL as an argument or with --file, not both.")
        query = file.read_text(encoding="utf8")
    if query is None and sys.stdin.isatty():
        from pipelines.query.published import database_path
        from pipelines.query.shell import run_shell

        database_path(settings.warehouse)
        run_shell(settings.warehouse, lambda text: _run_sql(settings, text, form, output, limits, join), stdout())
        return 0
    query = sys.stdin.read() if query is None else query
    if query.lstrip().startswith("."):
        from pipelines.query.shell import dot_command

        for line in query.strip().splitlines():
            dot_command(
                settings.warehouse,
                line.split(),
                lambda text: _run_sql(settings, text, form, output, limits, join),
                stdout(),
            )
        return 0
    _run_sql(settings, query, form, output, limits, join)
    return 0


def _run_sql(
    settings: Settings, query: str, form: Format, output: Path | None, limits: Limits, join: tuple[str, ...] = ()
) -> None:
    from pipelines.query.own_tables import own_tables
    from pipelines.query.published import QueryProblem
    from pipelines.query.sandbox import results
    from pipelines.query.save import write

    if form == "parquet" and output is None and sys.stdout.isatty():
        raise QueryProblem("Parquet is no text for a terminal: name a file with --output, or redirect it.")
    own = own_tables(settings.warehouse, join)
    with results(settings.warehouse, query, limits, last_only=form != "table", own=own) as found:
        for result in found:
            write(result, form, output, stderr())


@app.command
def export(
    table: str,
    /,
    *,
    to: Literal["csv", "parquet", "xlsx", "dta"] | None = None,
    out: Path | None = None,
    warehouse: Warehouse = None,
) -> int:
    """Write a table or mart for other programs, with labels, a codebook and a citation for each row.

    Parameters
    ----------
    table
        Name of a table or mart.
    to
        csv, parquet, xlsx (Excel) or dta (Stata); without it the ending of --out decides, else csv.
    out
        File to write; without it TABLE.csv (or as --to says) in this folder.
    """
    from pipelines.query.export import export as write_table

    for file in write_table(settings_of(warehouse=warehouse).warehouse, table, to, out):
        stdout().print(f"{file}", markup=False, soft_wrap=True)
    return 0


@app.command
def report(*, out: Path = Path("report"), warehouse: Warehouse = None) -> int:
    """Write a web page of what the warehouse holds: charts, tables, and the sentences behind each flow of money and event.

    One file with everything in it, to open, mail or archive; nothing in it is fetched or run.

    Parameters
    ----------
    out
        Folder to write `index.html` into.
    """
    from pipelines.query.report import write_report

    stdout().print(f"{write_report(settings_of(warehouse=warehouse).warehouse, out)}", markup=False, soft_wrap=True)
    return 0


@app.command
def dictionary(*, out: Path | None = None, warehouse: Warehouse = None) -> int:
    """Write the data dictionary: every table, mart and column in words, with rows and fill of the published version.

    Parameters
    ----------
    out
        Markdown file to write; without it stdout.
    """
    from pipelines.query.dictionary import of_warehouse

    page = of_warehouse(settings_of(warehouse=warehouse).warehouse)
    if out is None:
        stdout().print(page, markup=False, soft_wrap=True)
    else:
        from pipelines.warehouse.files import atomic_write

        with atomic_write(out) as temporary:
            temporary.write_text(page, encoding="utf8")
    return 0
