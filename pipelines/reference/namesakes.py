"""Names that several states, or a state and something else, bear: what tells in a text which is meant."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipelines.reference import rows


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word may mean: a state (ISO 3166-1 alpha-3), a place in it, or no name at all (`iso3` None).

    `told_by` are strings of texts that mean it.
    """

    iso3: str | None
    is_place: bool
    told_by: tuple[str, ...]


@cache
def namesakes() -> dict[str, tuple[Sense, ...]]:
    """Word, lower-cased, to its senses; the first is the one of a text that tells nothing."""
    found: dict[str, tuple[Sense, ...]] = {}
    for row in rows("namesakes.csv"):
        # Spaces count: " Ga." is an abbreviation, "Ga." also the end of a word.
        sense = Sense(row["iso3"] or None, row["stands_for"] == "place", tuple(filter(None, row["told_by"].split(";"))))
        for word in row["word"].lower().split(";"):
            found[word] = (*found.get(word, ()), sense)
    return found


def senses(name: str) -> tuple[Sense, ...]:
    """What a name may mean, with or without its article; nothing where it is no namesake."""
    return namesakes().get(name.lower().removeprefix("the "), ())


def meant(word: str, text: str) -> Sense:
    """The sense of a namesake in a text: the one of whose strings it has most, the earlier one where two have as many."""
    return max(senses(word), key=lambda sense: sum(map(text.count, sense.told_by)))
