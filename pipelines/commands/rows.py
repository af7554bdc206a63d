"""Commands on single rows: trace, explain, changes, compare."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from pipelines.commands.app import Format, Warehouse, app, settings_of, stderr, stdout
from pipelines.settings import Settings


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

    trace_view.show(look_up(settings_of(warehouse=warehouse).warehouse, row_id), stdout())
    return 0


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

    explaining.show(explaining.explain(text, settings_of().reader, published), stdout())
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

    folder = settings_of(warehouse=warehouse).warehouse
    found = changed(folder, earlier(folder, since))
    write(found.to_reader(), format or form_of(output), output, stderr())
    counts = found.group_by(["table", "change"], use_threads=False).aggregate([([], "count_all")]).to_pylist()
    for row in counts:
        stderr().print(f"{row['table']}: {row['count_all']:,} {row['change']}", style="dim", markup=False)
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
        Folders of warehouses; or readers (`encoder`, `small`, `none`, the folder of another release), which then extract from the
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

    settings = settings_of(warehouse=warehouse)
    with tempfile.TemporaryDirectory(prefix="newsledger-compare-") as temporary:
        sides = [_side(settings, name, (work or Path(temporary)).expanduser().absolute()) for name in (a, b)]
        found = differences(sides[0], sides[1], table)
        write(found.reader(), format, output, stderr())
    only_a, only_b = found.documents_only_in
    stderr().print(f"{found.documents:,} documents in both, {only_a:,} only in A, {only_b:,} only in B", style="dim")
    for name, counts in found.counts.items():
        summary = ", ".join(f"{count:,} {what}" for what, count in counts.items())
        stderr().print(f"{name}: {summary}", style="dim", markup=False)
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

    with RunProgress(stderr()) as watcher:
        watcher("start", 0, None, f"extracting with {name}")
        warnings.simplefilter("ignore")
        from pipelines.defs.shadow import extract_beside

        watcher("start", 1, 1, "")
        # By its content: releases may have one folder name, and a path is no name below `work`.
        return extract_beside(settings, name, work / (fingerprint or NO_READER), watcher)
