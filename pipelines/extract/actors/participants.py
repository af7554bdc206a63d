"""Lists of participants: without doubles, and with less confidence where the evidence is less."""

from __future__ import annotations

from pipelines.extract.facts import Participant


def lowered(found: list[Participant], factor: float) -> list[Participant]:
    """The same participants at a share of their confidence."""
    return [Participant(p.entity, p.mention, round(p.confidence * factor, 3)) for p in found]


def unique(found: list[Participant]) -> list[Participant]:
    """The first of each actor, in order."""
    seen: dict[int, Participant] = {}
    for participant in found:
        seen.setdefault(participant.entity, participant)
    return list(seen.values())
