"""Tests that look at every row must see that there are rows: `all` over nothing is true, a loop over nothing asserts nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1]
# Never empty by what they are: constants of a module (upper case), literals, ranges, dictionaries of those.
_WRAPPERS = {
    "enumerate",
    "zip",
    "sorted",
    "reversed",
    "list",
    "tuple",
    "set",
    "items",
    "values",
    "keys",
    "range",
    "product",
}


def _named(node: ast.expr) -> str | None:
    """What must not be empty: the source of the iterable, without what keeps its length; None where it cannot be empty."""
    if isinstance(node, ast.Call):
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name == "range":
            return None
        if name in _WRAPPERS:
            inner = function.value if isinstance(function, ast.Attribute) else node.args[0]
            return _named(inner)
    if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict | ast.Constant):
        return None
    if isinstance(node, ast.BinOp):
        return _named(node.left) and _named(node.right)
    if isinstance(node, ast.Name) and node.id.isupper():
        return None
    return ast.unparse(node)


def _asserted(function: ast.AST, before: int) -> str:
    """All that plain assertions of a function say before a line."""
    told = []
    for node in ast.walk(function):
        if isinstance(node, ast.Assert) and node.lineno < before and not _is_all(node.test):
            told.append(ast.unparse(node.test))
    return "\n".join(told)


def _is_all(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "all"


def _fixed(function: ast.AST) -> set[str]:
    """Names that a function binds to literals or to parameters of `parametrize`."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(
            node.value, ast.Tuple | ast.List | ast.Dict | ast.Set | ast.Constant
        ):
            found |= {t.id for t in node.targets if isinstance(t, ast.Name)}
        if isinstance(node, ast.FunctionDef):
            given = " ".join(ast.unparse(d) for d in node.decorator_list)
            found |= {
                a.arg for a in node.args.args if f"'{a.arg}'" in given or f"{a.arg}," in given or f" {a.arg}'" in given
            }
    return found


def vacuous(source: str) -> Iterator[tuple[int, str]]:
    """Line and name of what a test walks through without having seen that it holds something."""
    for function in ast.walk(ast.parse(source)):
        if not (isinstance(function, ast.FunctionDef) and function.name.startswith("test_")):
            continue
        if any(ast.unparse(d).startswith("given(") for d in function.decorator_list):
            continue  # of arbitrary texts some hold nothing
        fixed = _fixed(function)
        walks: list[tuple[int, ast.expr]] = []
        for node in ast.walk(function):
            if isinstance(node, ast.Assert) and _is_all(node.test):
                given = node.test.args[0]  # type: ignore[attr-defined]
                if isinstance(given, ast.GeneratorExp | ast.ListComp):
                    walks.append((node.lineno, given.generators[0].iter))
            elif isinstance(node, ast.For) and any(isinstance(n, ast.Assert) for n in node.body):
                walks.append((node.lineno, node.iter))
        for line, walked in walks:
            name = _named(walked)
            if name is None or name in fixed or name.partition(".")[0] in fixed:
                continue
            if name not in _asserted(function, line):
                yield line, name


def test_what_is_walked_through_was_seen_to_hold_something() -> None:
    files = sorted(TESTS.rglob("test_*.py"))
    assert len(files) > 50
    found = [
        f"{file.relative_to(TESTS)}:{line}: assert that {name} holds something"
        for file in files
        for line, name in vacuous(file.read_text(encoding="utf8"))
    ]
    assert found == []


def test_the_finder_finds() -> None:
    loop = "def test_a():\n    rows = read()\n    {}\n    for row in rows:\n        assert row.ok\n"
    every = "def test_a():\n    rows = read()\n    {}\n    assert all(r.ok for r in rows)\n"
    for source in (loop, every):
        assert list(vacuous(source.format("pass"))) == [(4, "rows")]
        assert list(vacuous(source.format("assert rows"))) == []
