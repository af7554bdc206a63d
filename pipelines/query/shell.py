"""The interactive SQL shell: statements end with `;`, commands begin with a dot."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from pipelines.query.published import QueryProblem, opened, rows
from pipelines.query.terminal import harmless

HELP = """\
End a statement with ; to run it. Every statement has a connection of its own.
.tables         tables and views
.schema TABLE   columns of a table, with what they hold
.examples       questions with their SQL; .examples NAME runs one
.quit           leave (Ctrl-D does too)"""
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/|\$\$.*?\$\$", re.DOTALL)


def is_complete(text: str) -> bool:
    """Whether the text ends with a `;` that is not inside a string or a comment."""
    rest = _QUOTED.sub(" ", text)
    return rest.rstrip().endswith(";") and "'" not in rest and '"' not in rest and "/*" not in rest


def run_shell(
    warehouse: Path, run: Callable[[str], None], console: Console, read: Callable[[str], str] = input
) -> None:
    """Read statements and dot-commands until the end of input; `run` runs a statement and prints its result."""
    history = _load_history()
    console.print("newsledger SQL, read-only. .help tells more.", style="dim")
    held = ""
    while True:
        try:
            line = read("   ...> " if held else "newsledger> ")
        except EOFError:
            break
        except KeyboardInterrupt:
            console.print()
            held = ""
            continue
        if not held and line.strip() in {".quit", ".exit", "exit", "quit"}:
            break
        try:
            if not held and line.lstrip().startswith("."):
                dot_command(warehouse, line.split(), run, console)
                continue
            held = f"{held}\n{line}" if held else line
            if is_complete(held):
                statement, held = held, ""
                run(statement)
            elif not held.strip():
                held = ""
        except QueryProblem as problem:
            console.print(harmless(str(problem)), style="red", markup=False, highlight=False)
        except KeyboardInterrupt:
            console.print("stopped", style="dim")
    _save_history(history)


def dot_command(warehouse: Path, words: list[str], run: Callable[[str], None], console: Console) -> None:
    """Run `.tables`, `.schema TABLE`, `.examples [NAME]` or `.help`."""
    match words:
        case [".tables"]:
            run(
                "select table_name as name, comment from (select table_name, comment from duckdb_tables() "
                "union all select view_name, comment from duckdb_views() where not internal) order by name"
            )
        case [".schema", table]:
            with opened(warehouse) as con:
                known = [
                    r["t"] for r in rows(con, "select distinct table_name t from duckdb_columns() where not internal")
                ]
            if table not in known:
                raise QueryProblem(f"There is no table {table}. Tables: {', '.join(sorted(known))}.")
            run(
                "select column_name as name, lower(data_type) as type, comment from duckdb_columns() "
                f"where table_name = '{table}' order by column_index"
            )
        case [".examples"]:
            for name, (question, _) in examples().items():
                console.print(f"[bold]{name}[/bold]  {question}")
        case [".examples", name]:
            found = examples()
            if name not in found:
                raise QueryProblem(f"There is no example {name}. Examples: {', '.join(found)}.")
            console.print(found[name][1], style="dim", markup=False, highlight=False)
            run(found[name][1])
        case _:
            console.print(HELP, markup=False, highlight=False)


def examples() -> dict[str, tuple[str, str]]:
    """Name, question and SQL of the files in `sql/examples`."""
    from pipelines.warehouse.sql_models import models  # slow to import, and seldom asked for

    return {model.name: (model.question, model.query) for model in models("examples")}


def _history_file() -> Path:
    state = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return Path(state).expanduser() / "newsledger" / "sql_history"


def _load_history() -> Path:
    file = _history_file()
    with contextlib.suppress(ImportError, OSError):
        import readline

        readline.read_history_file(file)
    return file


def _save_history(file: Path) -> None:
    with contextlib.suppress(ImportError, OSError):
        import readline

        file.parent.mkdir(parents=True, exist_ok=True)
        readline.set_history_length(2000)
        readline.write_history_file(file)
