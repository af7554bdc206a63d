"""Triggers of PLOVER events: which verb or noun, with which object or company, tells of which act."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipelines.reference import rows, split


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row of the list.

    `objects`: lemmas of which one must be object or complement (empty: none needed). `needs`: what must be there
    beside (actor, person, place, forces, people, political; "inverted" where the subject is the recipient).
    `frame`: where the recipient stands, best first ("obj", "dative" or a preposition). `arguments`: how many sides a
    noun needs to count as an event by itself.
    """

    lemma: str
    particle: str | None
    pos: str
    type: str
    mode: str | None
    objects: frozenset[str]
    needs: str
    frame: tuple[str, ...]
    arguments: int
    rule: str


@cache
def triggers(pos: str) -> dict[str, tuple[Trigger, ...]]:
    """Triggers of a part of speech (verb, noun) by lemma: those that ask for more come first."""
    found: dict[str, list[Trigger]] = {}
    for row in rows("plover_triggers.csv"):
        if row["pos"] != pos:
            continue
        lemma, _, particle = row["trigger"].partition(" ")
        trigger = Trigger(
            lemma, particle or None, pos, row["type"], row["mode"] or None, frozenset(split(row["objects"])),
            row["needs"], tuple(split(row["frame"])), int(row["arguments"] or 0), f"{row['type'].lower()}:{row['trigger']}",
        )  # fmt: skip
        found.setdefault(lemma, []).append(trigger)
    return {
        lemma: tuple(sorted(group, key=lambda t: (t.particle is None, not t.objects, not t.needs)))
        for lemma, group in found.items()
    }
