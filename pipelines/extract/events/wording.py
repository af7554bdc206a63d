"""Classes of words that tell what only sounds like an act, by lemma (pipelines/reference/refused_words.csv)."""

from __future__ import annotations

from functools import cache

from pipelines.language.parse import Token
from pipelines.reference import rows, split


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of a class."""
    return next(frozenset(split(row["words"])) for row in rows("refused_words.csv") if row["class"] == name)


def is_of_class(name: str, token: Token) -> bool:
    """Whether a token is one of the words of a class, by its lemma or as it stands."""
    known = words_of(name)
    return token.lemma.lower() in known or token.lower in known
