"""The SQL models of `sql/`: read, and put in the order of what they read.

`sql/intermediate` holds views that marts share, `sql/marts` the views that analysts ask. A model may read tables of the
warehouse and any other model that does not lead back to it; which ones is read out of its SQL, so no list can be wrong.
Not here: running them (`database`), and what their columns come from (`defs.lineage`).
"""

from __future__ import annotations

import importlib.resources
import re
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from pipelines.tables import WAREHOUSE_TABLES

VIEW_FOLDERS = ("intermediate", "marts")


@dataclass(frozen=True)
class SqlModel:
    """One file of `sql/`: a SELECT. Its leading comment is the question it answers, `name: text` lines its columns."""

    name: str
    query: str
    question: str
    columns: dict[str, str]
    folder: str = ""

    @property
    def reads(self) -> frozenset[str]:
        """Names of all tables and models that its SQL reads, its own common table expressions left out."""
        return _reads(self.query)

    @property
    def is_of_documents(self) -> bool:
        """Whether it tells of documents one by one: it gives document_id, and reads nothing for it but rows of that document."""
        return "document_id" in _columns(self.query)


@cache
def _reads(query: str) -> frozenset[str]:
    import sqlglot  # a tenth of a second, which the commands of every day need not wait for
    from sqlglot import exp

    tree = sqlglot.parse_one(query, dialect="duckdb")
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    return frozenset(table.name for table in tree.find_all(exp.Table)) - own


@cache
def _columns(query: str) -> tuple[str, ...]:
    import sqlglot
    from sqlglot import exp

    tree = sqlglot.parse_one(query, dialect="duckdb")
    return tuple(tree.named_selects) if isinstance(tree, exp.Query) else ()


class ModelsInCircle(Exception):
    """Models read each other in a circle, so none of them can be made first."""


def sql_folder() -> Path:
    """The folder `sql/`: of the checkout, or the copy inside an installed package."""
    checkout = Path(__file__).resolve().parents[2] / "sql"
    return checkout if checkout.is_dir() else Path(str(importlib.resources.files("pipelines"))) / "_sql"


def read_model(file: Path) -> SqlModel:
    """Read one SQL file."""
    query = file.read_text(encoding="utf8").strip().rstrip(";")
    header = [line[2:].strip() for line in _header(query)]
    found = [re.fullmatch(r"(\w+): (.+)", line) for line in header]
    columns = {m[1]: m[2] for m in found if m}
    question = " ".join(line for line in header if not re.match(r"\w+: ", line))
    return SqlModel(file.stem, query, question, columns, file.parent.name)


def _header(query: str) -> list[str]:
    lines = []
    for line in query.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line)
    return lines


def models(folder: str) -> list[SqlModel]:
    """The SQL files of one folder of `sql/` (intermediate, marts, checks, examples …), by name."""
    return list(_models(folder))


def views() -> list[SqlModel]:
    """Intermediate models and marts, each after all that it reads. Raises ModelsInCircle."""
    return list(_views())


# Once a process, as code is: a run asks for them a hundred times.
@cache
def _models(folder: str) -> tuple[SqlModel, ...]:
    return tuple(read_model(f) for f in sorted((sql_folder() / folder).glob("*.sql")))


@cache
def _views() -> tuple[SqlModel, ...]:
    return tuple(in_order([model for folder in VIEW_FOLDERS for model in models(folder)]))


def in_order(found: list[SqlModel]) -> list[SqlModel]:
    """Models in the order of what they read; those that do not depend on each other stay as given."""
    by_name = {model.name: model for model in found}
    graph = {name: model.reads & by_name.keys() for name, model in by_name.items()}
    sorter = TopologicalSorter(graph)
    try:
        sorter.prepare()
    except CycleError as error:
        raise ModelsInCircle(f"SQL models read each other in a circle: {' < '.join(error.args[1])}.") from error
    ordered: list[SqlModel] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=list(by_name).index)
        ordered += [by_name[name] for name in ready]
        sorter.done(*ready)
    return ordered


def tables_of(model: SqlModel) -> list[str]:
    """The warehouse tables that a model reads, also through other models."""
    found = set(model.reads).union(*(other.reads for other in models_of(model)))
    return [table for table in WAREHOUSE_TABLES if table in found]


def models_of(model: SqlModel) -> list[SqlModel]:
    """The models that a model reads, also through others, in the order in which they are made."""
    ordered = views()
    found, wanted = [], set(model.reads)
    for view in reversed(ordered):
        if view.name in wanted:
            found.append(view)
            wanted |= view.reads
    return found[::-1]
