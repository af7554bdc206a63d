"""Where a known name is not that name: beside which words, and in texts whose capitals tell nothing."""

from __future__ import annotations

from functools import cache

from pipelines.reference import rows, split


@cache
def words(where: str) -> frozenset[str]:
    """Words of a row of the list that holds for all names: `where` as the list has it."""
    found = frozenset(
        word for row in rows("name_contexts.csv") if row["not_where"] == where for word in split(row["words"])
    )
    if not found:
        raise KeyError(f"name_contexts.csv has no row {where!r}")
    return found


@cache
def beside(where: str) -> dict[str, frozenset[str]]:
    """Name, lower-cased, to the words beside which it is another: `where` is "before the name" or "behind the name"."""
    return {
        row["name"]: frozenset(split(row["words"])) for row in rows("name_contexts.csv") if row["not_where"] == where
    }
