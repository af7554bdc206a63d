"""How a row was made is told to people and decides nothing: no code and no query reads `rule` or what made a field."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from pipelines.warehouse import sql_models

PACKAGE = Path(__file__).parents[2] / "pipelines"
PROVENANCE = frozenset({"rule", "made_by"})
# Where it is put into words and columns.
WRITERS = {
    "extract/evidence.py", "extract/frames.py", "extract/money/assemble.py", "query/explain.py", "query/trace_view.py",
}  # fmt: skip
# `rule` of the library of contracts, and the column that is declared by it.
_DECLARING = frozenset({"dy", "columns"})


def readers(source: str) -> set[int]:
    """Lines that read the attribute of an object."""
    return {
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr in PROVENANCE
        and isinstance(node.ctx, ast.Load)
        and not (isinstance(node.value, ast.Name) and node.value.id in _DECLARING)
    }


def deciders(source: str) -> set[int]:
    """Lines that compare it, search in it or branch by it."""
    deciding = (ast.Compare, ast.BoolOp, ast.If, ast.IfExp, ast.While, ast.Match, ast.comprehension)
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            tests: list[ast.AST] = [node.func.value]  # made_by.startswith(...)
        elif isinstance(node, ast.If | ast.IfExp | ast.While):
            tests = [node.test]
        elif isinstance(node, ast.comprehension):
            tests = list(node.ifs)
        else:
            tests = [node] if isinstance(node, deciding) else []
        found |= {n.lineno for t in tests for n in ast.walk(t) if isinstance(n, ast.Attribute) and n.attr in PROVENANCE}
    return found


def test_no_code_reads_how_a_row_was_made() -> None:
    sources = {p.relative_to(PACKAGE).as_posix(): p.read_text(encoding="utf8") for p in PACKAGE.rglob("*.py")}
    assert len(sources) > 300
    reading = {name for name, source in sources.items() if readers(source)}
    assert reading == WRITERS
    assert {name: lines for name, source in sources.items() if (lines := deciders(source))} == {}


def test_no_query_asks_how_a_row_was_made() -> None:
    queries = [m for kind in ("intermediate", "marts", "checks", "warnings") for m in sql_models.models(kind)]
    assert len(queries) > 20
    asking = [q.name for q in queries if PROVENANCE & set(re.findall(r"[a-z_]+", re.sub(r"--.*", "", q.query)))]
    assert sorted(asking) == ["sure_events", "sure_figures"], "which only hand on the columns of their tables"


def test_the_finders_find() -> None:
    assert readers("x = row.rule") == {1}
    assert readers("rule = columns.rule()\nrow.rule = 'x'") == set()
    for line in (
        "if e.made_by == 'reader': x = 1",
        "x = 1 if e.rule else 2",
        "x = e.rule.startswith('a')",
        "x = [e for e in rows if 'a' in e.made_by]",
    ):
        assert deciders(line) == {1}, line
    assert deciders("x = f'{e.made_by}'") == set()
