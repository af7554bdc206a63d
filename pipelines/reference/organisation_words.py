"""Words in names of organisations that tell what kind they are."""

from __future__ import annotations

from functools import cache

from pipelines.reference import rows, split


@cache
def type_words() -> tuple[tuple[str, frozenset[str]], ...]:
    """(actor type, words of names), in the order in which they decide: the first row of which a name has a word."""
    return tuple((row["actor_type"], frozenset(split(row["words"]))) for row in rows("organisation_words.csv"))
