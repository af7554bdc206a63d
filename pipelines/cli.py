"""The command `newsledger`. Each command imports what it needs when it runs, so that all of them start at once."""

from __future__ import annotations

import os
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, Parameter
from rich.console import Console

from pipelines.errors import Explained
from pipelines.interrupts import LINE, ended_by_ctrl_c
from pipelines.settings import Settings, WrongFolder, check_folders

if TYPE_CHECKING:
    from pipelines.defs.launch import RunSummary
    from pipelines.query.sandbox import Limits

app = App(
    name="newsledger",
    help="Turns raw news text into a DuckDB warehouse of events, actors and financial figures that can be cited.",
    version=lambda: version("newsledger"),
    help_epilogue="Folders default to raw/ and warehouse/ of the checkout, or NEWSLEDGER_RAW and NEWSLEDGER_WAREHOUSE. "
    "--debug on any command shows the traceback of an error.",
)
Warehouse = Annotated[Path | None, Parameter(help="Folder of the warehouse.")]
Raw = Annotated[str | None, Parameter(help="Folder of raw files, or the URL of one in an object store (s3://, gs://).")]
Format = Literal["table", "csv", "json", "parquet"]


def _settings(**given: object) -> Settings:
    return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]


def _stdout() -> Console:
    return Console(highlight=False, markup=True)


def _stderr() -> Console:
    return Console(stderr=True, highlight=False)


@app.command
def run(
    *,
    raw: Raw = None,
    warehouse: Warehouse = None,
    full: bool = False,
    since: date | None = None,
    select: tuple[str, ...] = (),
    accept_removed: bool = False,
    engine: Literal["serial", "local", "ray"] | None = None,
    workers: int | None = None,
) -> int:
    """Bring the warehouse up to date with everything under raw: new, changed and removed files.

    Parameters
    ----------
    full
        Do every stage of every file again, reading included, whatever is there already.
    since
        Look only at raw files changed, and do again only batches read, on or after this day (YYYY-MM-DD, UTC).
    select
        Stages to do again: records, documents, annotations, readings, facts or tables; with + also all after it (`facts+`).
    accept_removed
        Believe that files were removed where so many are gone that a run stops: an unmounted or another folder looks so too.
    engine
        `serial` works in this process, `local` on several, `ray` on a cluster (deploy/README.md).
    workers
        Processes of the local engine.
    """
    import warnings

    from pipelines.query.run_view import RunProgress

    if workers is not None and workers < 1:
        raise WrongFolder(f"--workers {workers}: one worker at least is needed; `--engine serial` works without any.")
    settings = _settings(raw=raw, warehouse=warehouse, engine=engine, workers=workers)
    check_folders(settings)  # told before the pipeline is loaded, which takes seconds
    with ended_by_ctrl_c(), RunProgress(_stderr()) as watcher:
        watcher("start", 0, None, "loading the pipeline")
        warnings.simplefilter("ignore")  # Dagster calls stable use of its newer parameters beta
        from pipelines import logs
        from pipelines.defs.launch import Scope, run_pipeline

        logs.configure(settings.log, settings.log_level)
        watcher("start", 1, 1, "")
        summary = run_pipeline(settings, watcher=watcher, scope=Scope.of(select, since, full, accept_removed))
    _show_summary(summary, settings)
    return 0


def _show_summary(summary: RunSummary, settings: Settings) -> None:
    console = _stdout()

    def line(text: str) -> None:
        console.print(text, markup=False, soft_wrap=True)

    files = ", ".join(f"{count:,} {word}" for word, count in summary.files.items() if count) or "nothing new"
    state = f"version {summary.version} published" if summary.published else "nothing to publish"
    line(f"Files      {files}")
    line(f"Documents  {summary.documents_added:+,}, {summary.documents:,} in all")
    named = ("events", "financial_figures", "actors", "quotes")
    line("Rows       " + ", ".join(f"{summary.rows.get(n, 0):,} {n.replace('_', ' ')}" for n in named))
    total = sum(count for _, _, count in summary.quarantined)
    line(f"Quarantine {total:,}" + "".join(f"\n           {n:,} × {s}/{r}" for s, r, n in summary.quarantined[:5]))
    line(f"Done       {state} in {summary.seconds:.1f} s")
    line(f"Next       newsledger sql · newsledger status · {settings.warehouse / 'newsledger.duckdb'}")


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
    memory: int = 3072,
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

    settings = _settings(warehouse=warehouse)
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
        run_shell(settings.warehouse, lambda text: _run_sql(settings, text, form, output, limits, join), _stdout())
        return 0
    query = sys.stdin.read() if query is None else query
    if query.lstrip().startswith("."):
        from pipelines.query.shell import dot_command

        for line in query.strip().splitlines():
            dot_command(
                settings.warehouse,
                line.split(),
                lambda text: _run_sql(settings, text, form, output, limits, join),
                _stdout(),
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
            write(result, form, output, _stderr())


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

    for file in write_table(_settings(warehouse=warehouse).warehouse, table, to, out):
        _stdout().print(f"{file}", markup=False, soft_wrap=True)
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

    _stdout().print(f"{write_report(_settings(warehouse=warehouse).warehouse, out)}", markup=False, soft_wrap=True)
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

    page = of_warehouse(_settings(warehouse=warehouse).warehouse)
    if out is None:
        _stdout().print(page, markup=False, soft_wrap=True)
    else:
        from pipelines.warehouse.files import written_aside

        with written_aside(out) as aside:
            aside.write_text(page, encoding="utf8")
    return 0


@app.command
def trace(row_id: Annotated[str, Parameter(name="ID")], /, *, warehouse: Warehouse = None) -> int:
    """Show where a row comes from: the file, the sentence with the words marked, the rule or model that made it.

    Parameters
    ----------
    row_id
        Any id of the warehouse (doc_, ac_, mn_, ev_, fg_, fl_, qt_, qn_, st_), or the beginning of one.
    """
    from pipelines.query import trace_view
    from pipelines.query.trace import trace as look_up

    trace_view.show(look_up(_settings(warehouse=warehouse).warehouse, row_id), _stdout())
    return 0


@app.command
def compare(
    a: str,
    b: str,
    /,
    *,
    warehouse: Warehouse = None,
    table: tuple[str, ...] = ("events", "financial_figures"),
    format: Format = "table",  # noqa: A002 - the option's name
    output: Path | None = None,
    work: Path | None = None,
) -> int:
    """Show the rows that differ between two warehouses, or between two readers on one, with their sentences.

    Parameters
    ----------
    a, b
        Folders of warehouses; or readers (`encoder`, `none`, the folder of another release), which then extract from the
        parses of the warehouse into folders of their own.
    table
        Tables to compare: any whose rows stand at a place in a document.
    format
        csv, json and parquet hold all rows, table the first 200.
    output
        File to write to in place of stdout.
    work
        Folder for what the readers make, kept for a second look; without it a temporary one.
    """
    import tempfile

    from pipelines.query.compare import compare as differences
    from pipelines.query.save import write

    settings = _settings(warehouse=warehouse)
    with tempfile.TemporaryDirectory(prefix="newsledger-compare-") as temporary:
        sides = [_side(settings, name, (work or Path(temporary)).expanduser().absolute()) for name in (a, b)]
        found = differences(sides[0], sides[1], table)
        write(found.reader(), format, output, _stderr())
    only_a, only_b = found.documents_only_in
    _stderr().print(f"{found.documents:,} documents in both, {only_a:,} only in A, {only_b:,} only in B", style="dim")
    for name, counts in found.counts.items():
        told = ", ".join(f"{count:,} {what}" for what, count in counts.items())
        _stderr().print(f"{name}: {told}", style="dim", markup=False)
    return 0


@app.command
def changes(
    *,
    since: str | None = None,
    warehouse: Warehouse = None,
    format: Format | None = None,  # noqa: A002 - the option's name
    output: Path | None = None,
) -> int:
    """Show what changed since an earlier version: documents, events and figures that are new, gone or revised, and flows of aid.

    Parameters
    ----------
    since
        Number of the earlier version, or the folder of a copy of the warehouse; without it the version before the current.
    format
        csv, json and parquet hold all rows, table the first 200; without it, what the ending of --output says.
    output
        File to write to in place of stdout.
    """
    from pipelines.query.changes import changes as changed
    from pipelines.query.changes import earlier
    from pipelines.query.save import form_of, write

    folder = _settings(warehouse=warehouse).warehouse
    found = changed(folder, earlier(folder, since))
    write(found.to_reader(), format or form_of(output), output, _stderr())
    counts = found.group_by(["table", "change"], use_threads=False).aggregate([([], "count_all")]).to_pylist()
    for row in counts:
        _stderr().print(f"{row['table']}: {row['count_all']:,} {row['change']}", style="dim", markup=False)
    return 0


def _side(settings: Settings, name: str, work: Path) -> Path:
    """The warehouse that a side of a comparison names; what a reader finds is extracted first."""
    from pipelines.query.published import DATABASE, QueryProblem
    from pipelines.reader.interface import NO_READER, NoSuchReader, reader_fingerprint

    folder = Path(name).expanduser()
    if (folder / DATABASE).exists():
        return folder
    try:
        fingerprint = reader_fingerprint(name)
    except NoSuchReader as error:
        raise QueryProblem(f"{name} is neither the folder of a published warehouse nor a reader. {error}") from error
    import warnings

    from pipelines.query.run_view import RunProgress

    with RunProgress(_stderr()) as watcher:
        watcher("start", 0, None, f"extracting with {name}")
        warnings.simplefilter("ignore")
        from pipelines.defs.shadow import extract_beside

        watcher("start", 1, 1, "")
        # By its content: releases may have one folder name, and a path is no name below `work`.
        return extract_beside(settings, name, work / (fingerprint or NO_READER), watcher)


@app.command
def explain(text: str, /, *, published: date | None = None) -> int:
    """Read a sentence with the reader of today: what it makes of it and why, and what it leaves out; no warehouse is needed.

    Parameters
    ----------
    text
        One sentence or more.
    published
        Day of the text (YYYY-MM-DD), which words like "on Monday" are counted from.
    """
    from pipelines.query import explain as explaining

    explaining.show(explaining.explain(text, _settings().reader, published), _stdout())
    return 0


def _wait_for_run(owner: str) -> None:
    _stderr().print(f"waiting for a run to end ({owner})", markup=False)


@app.command
def rollback(*, to: int | None = None, warehouse: Warehouse = None) -> int:
    """Make an earlier published version current again, whole; `status` lists those that are kept.

    The next run publishes again only when files or rules have changed.

    Parameters
    ----------
    to
        Number of the version; without it the one before the current.
    """
    from pipelines.warehouse import lease, remote
    from pipelines.warehouse.lock import run_lock
    from pipelines.warehouse.versions import roll_back

    settings = _settings(warehouse=warehouse)
    # Both before anything changes: a run elsewhere that publishes at the URL must not put its version over the one returned to.
    with run_lock(settings.warehouse, _wait_for_run), lease.held(settings.publish_to, _wait_for_run):
        version = roll_back(settings.warehouse, to)
        if settings.publish_to:
            remote.publish(version, settings.publish_to, settings.keep_versions)
    _stdout().print(f"Version {version.number} is current again: {version.database}", soft_wrap=True)
    return 0


@app.command
def fetch(url: str, /, *, warehouse: Warehouse = None) -> int:
    """Bring the version that is published at a URL (NEWSLEDGER_PUBLISH_TO of another machine) into a warehouse here.

    Every file is held against its SHA-256; nothing is read where it is here already.

    Parameters
    ----------
    url
        Of the prefix that it was published at: s3://bucket/newsledger. Credentials come from the environment.
    """
    from pipelines.warehouse.lock import run_lock
    from pipelines.warehouse.remote import fetch as bring

    settings = _settings(warehouse=warehouse)
    with run_lock(settings.warehouse, _wait_for_run):
        version = bring(url, settings.warehouse, settings.keep_versions)
    _stdout().print(f"Version {version.number} is current: {version.database}", soft_wrap=True)
    return 0


@app.command
def verify(*, warehouse: Warehouse = None) -> int:
    """Check that the published files are as they were written and that every rule of the tables holds.

    Exits with 1 and the list where something is wrong.
    """
    from pipelines.query.verify import problems

    folder = _settings(warehouse=warehouse).warehouse
    found = problems(folder)
    for problem in found:
        _stdout().print(problem, style="red", markup=False, soft_wrap=True)
    if not found:
        _stdout().print("The published version is whole and every check holds.")
    return 1 if found else 0


@app.command
def status(*, warehouse: Warehouse = None, raw: Raw = None) -> int:
    """Show what is loaded, what is new under raw, what is quarantined and why, versions, checksums and last runs."""
    from pipelines.query import status_view
    from pipelines.query.status import read_status

    settings = _settings(warehouse=warehouse, raw=raw)
    status_view.show(read_status(settings.warehouse, settings.raw), _stdout())
    return 0


@app.command
def ui(*, host: str = "127.0.0.1", port: int = 3000, warehouse: Warehouse = None, raw: Raw = None) -> int:
    """Open Dagster's UI over this project, schedule and sensors on.

    Parameters
    ----------
    host
        Address to listen at. Dagster asks for no password: other than the default opens it to the network.
    port
        Port to listen at.
    """
    from pipelines.dagster_ui import serve

    console = _stdout()
    serve(_settings(warehouse=warehouse, raw=raw), host, port, lambda text: console.print(text, soft_wrap=True))
    return 0


def main(arguments: list[str] | None = None) -> None:
    """Run a command and exit: 0 if all went well, 1 with the reason on stderr if not, 130 when interrupted.

    `--debug` anywhere on the line, or NEWSLEDGER_DEBUG, shows the traceback too.
    """
    words = sys.argv[1:] if arguments is None else arguments
    debug = bool(os.environ.get("NEWSLEDGER_DEBUG")) or "--debug" in words
    # A query that begins with a comment is no option.
    words = [f"\n{word}" if word.startswith("--") and ("\n" in word or " " in word) and "=" not in word.split(" ")[0] else word
             for word in words if word != "--debug"]  # fmt: skip
    try:
        code = app(words, result_action="return_value")
        sys.stdout.flush()
    except KeyboardInterrupt:
        _stderr().print(LINE if words[:1] == ["run"] else "interrupted", markup=False, soft_wrap=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader (head, a pager) has seen enough; Python must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if debug:
            raise
        from pipelines.query.terminal import harmless

        text = harmless(str(error)) or type(error).__name__
        if not _is_explained(error):
            text = f"{type(error).__name__}: {text}\nRun it again as `newsledger --debug …` to see where."
        _stderr().print(f"error: {text}", style="red", markup=False, soft_wrap=True)
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _is_explained(error: Exception) -> bool:
    """Whether the message was written for the user: our own errors, wrong settings, and files that are not there."""
    if isinstance(error, Explained | OSError):
        return True
    from pydantic import ValidationError

    return isinstance(error, ValidationError)


if __name__ == "__main__":
    main()
