"""Lists of words that decide what another word beside them is, one row a list."""

from __future__ import annotations

from functools import cache

from pipelines.reference import rows, split


@cache
def word_list(file: str, name: str) -> frozenset[str]:
    """The words of a list of a file here (columns `list`, `decides`, `words`). Raises KeyError where there is no such list."""
    for row in rows(file):
        if row["list"] == name:
            return frozenset(split(row["words"]))
    raise KeyError(f"{file} has no list {name!r}")
