"""Fingerprints: short hashes of the code, data and libraries that a stage's result depends on."""

from __future__ import annotations

import ast
import contextlib
import hashlib
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

from pipelines.warehouse import files

PACKAGE = Path(__file__).resolve().parent.parent
# What of the package can decide a result: code, reference data, weights of models.
COUNTED = frozenset({".py", ".csv", ".npz", ".json", ".onnx", ".txt", ".tsv", ".toml"})


def digest(*parts: object) -> str:
    """12 hex digits over the parts."""
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=6).hexdigest()


def files_of(places: tuple[str, ...], package: Path | None = None) -> list[Path]:
    """Files under the given places of the package that count, sorted. A place with `!` in front is left out.

    Raises FileNotFoundError for a place that is not there: a moved module must not fall out of a fingerprint unseen.
    """
    package = package or PACKAGE
    found: set[Path] = set()
    left_out: set[Path] = set()
    for place in places:
        path = package / place.removeprefix("!")
        if not path.exists():
            raise FileNotFoundError(f"The plan of stages names {place}, which is not in {package}: see stages/plan.py.")
        chosen = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file() and p.suffix in COUNTED]
        (left_out if place.startswith("!") else found).update(chosen)
    return sorted(found - left_out)


@cache
def code_version(*places: str, by_meaning: bool = False) -> str:
    """Version of the code and data under the given places of the package, by their content.

    Taken from the files and not from a number that somebody must remember to raise: a changed rule, list or weight
    re-runs its stage, always. `by_meaning` leaves out comments, docstrings and layout: for stages so expensive that an edited
    comment must not ask for hours.
    """
    found = hashlib.blake2b(digest_size=6)
    kept = _kept_meanings() if by_meaning else {}
    known = len(kept)
    for file in files_of(places):
        found.update(file.relative_to(PACKAGE).as_posix().encode())
        content = file.read_bytes()
        if by_meaning and file.suffix == ".py":
            plain = hashlib.blake2b(content, digest_size=16).hexdigest()
            if plain not in kept:
                kept[plain] = hashlib.blake2b(meaning(content).encode(), digest_size=16).hexdigest()
            content = kept[plain].encode()
        found.update(content)
    if len(kept) > known:
        _keep_meanings(kept)
    return found.hexdigest()


# Taking code apart costs half a second a start: what files of a content mean is kept where Python keeps what it compiled.
_KEPT = Path(__file__).resolve().parent / "__pycache__" / f"meanings-{sys.implementation.cache_tag}.json"


@cache
def _kept_meanings() -> dict[str, str]:
    """Hash of a file's content -> hash of its meaning."""
    try:
        return dict(files.read_json(_KEPT) or {})
    except (OSError, ValueError):
        return {}


def _keep_meanings(kept: dict[str, str]) -> None:
    with contextlib.suppress(OSError):  # installed where nobody may write: worked out anew each time
        files.write_json(kept, _KEPT)


def meaning(source: bytes) -> str:
    """Python source without comments and docstrings, laid out in one way."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.body:
            first = node.body[0]
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


@cache  # asked for each batch, and each answer takes half a millisecond of parsing
def library_version(distribution: str) -> str:
    """Version of an installed distribution; "absent" for an optional one that is not there, which decides results too."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "absent"
