"""Triggers of PLOVER events: which verb, adjective or noun, with which object or company, tells of which act."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipelines.reference import rows, split


@dataclass(frozen=True, slots=True)
class Trigger:
    """One word of one row of the list.

    `objects`: lemmas of which one must be object or complement (empty: none needed); `@name` in the list stands for
    a class of `plover_objects.csv`. `needs`: what must be there beside it, asked in the list's order (an answer may add
    a pronoun's mention), see `extract.events.matching`.
    `frame`: where the recipient stands, best first ("obj", "dative" or a preposition). `arguments`: how many sides a
    noun needs to count as an event by itself.
    """

    lemma: str
    particle: str | None
    pos: str
    type: str
    mode: str | None
    objects: frozenset[str]
    needs: tuple[str, ...]
    frame: tuple[str, ...]
    arguments: int
    rule: str


@cache
def object_classes() -> dict[str, frozenset[str]]:
    """Nouns that make a light or ambiguous verb an act ("impose" + sanctions), by the name of their class."""
    return {row["class"]: frozenset(split(row["nouns"])) for row in rows("plover_objects.csv")}


@cache
def triggers(pos: str) -> dict[str, tuple[Trigger, ...]]:
    """Triggers of a part of speech (verb, adj, noun) by lemma: those that ask for more come first."""
    found: dict[str, list[Trigger]] = {}
    for row in rows("plover_triggers.csv"):
        if row["pos"] != pos:
            continue
        for name in split(row["triggers"]):
            lemma, _, particle = name.partition(" ")
            found.setdefault(lemma, []).append(
                Trigger(
                    lemma, particle or None, pos, row["type"], row["mode"] or None, _objects(row["objects"]),
                    tuple(split(row["needs"])), tuple(split(row["frame"])), int(row["arguments"] or 0),
                    f"{row['type'].lower()}:{name}",
                )
            )  # fmt: skip
    return {
        lemma: tuple(sorted(group, key=lambda t: (t.particle is None, not t.objects, not t.needs)))
        for lemma, group in found.items()
    }


def _objects(cell: str) -> frozenset[str]:
    words: set[str] = set()
    for name in split(cell):
        words |= object_classes()[name[1:]] if name.startswith("@") else {name}
    return frozenset(words)
