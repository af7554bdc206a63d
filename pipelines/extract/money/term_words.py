"""The words of `reference/money_terms.csv`, by where each may stand, and whether they stand in a stretch of a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipelines.language.parse import Token
from pipelines.reference import rows, split


@dataclass(frozen=True, slots=True)
class Term:
    """Words that set a field of terms to a value ("" for a flag)."""

    field: str
    value: str
    words: tuple[str, ...]


@cache
def lexicon() -> dict[str, tuple[Term, ...]]:
    """place -> its terms, in the file's order: of several kinds of finance the first found counts."""
    found: dict[str, list[Term]] = {}
    for row in rows("money_terms.csv"):
        for words in split(row["words"]):
            found.setdefault(row["place"], []).append(Term(row["field"], row["value"], tuple(words.split(" "))))
    return {place: tuple(terms) for place, terms in found.items()}


def lemmas(tokens: list[Token]) -> list[str]:
    """Base forms, in small letters."""
    return [token.lemma.lower() for token in tokens]


def printed(tokens: list[Token]) -> list[str]:
    """Words as they are printed, in small letters."""
    return [token.lower for token in tokens]


def stands_in(told: list[str], words: tuple[str, ...]) -> bool:
    """Whether the words stand together in what is told."""
    size = len(words)
    return any(tuple(told[n : n + size]) == words for n in range(len(told) - size + 1))


def all_those(tokens: list[Token], told: list[str], words: tuple[str, ...]) -> list[list[Token]]:
    """Every place where the tokens' lemmas are these words."""
    size = len(words)
    return [tokens[n : n + size] for n in range(len(told) - size + 1) if tuple(told[n : n + size]) == words]


def those(tokens: list[Token], told: list[str], words: tuple[str, ...]) -> list[Token]:
    """The first tokens whose lemmas are these words."""
    return next(iter(all_those(tokens, told, words)), [])


def verb_forms(verb: Token | None) -> set[str]:
    """A verb alone and with its particle: "write", "write off"."""
    if verb is None:
        return set()
    lemma = verb.lemma.lower()
    with_particle = {
        f"{lemma} {c.lemma.lower()}" for c in verb.children if c.dep in ("prt", "advmod", "acomp", "xcomp")
    }
    return with_particle or {lemma} if with_particle & _particle_verbs() else {lemma} | with_particle


@cache
def _particle_verbs() -> frozenset[str]:
    return frozenset(" ".join(term.words) for term in lexicon()["verb"] if len(term.words) > 1)
