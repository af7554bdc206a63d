"""Whom "I" and "we" mean in a direct quotation: its speaker, or the state or body that he speaks for."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import Participant, Quote

_ALONE = frozenset(["i", "me", "my", "myself"])
_TOGETHER = frozenset(["we", "us", "our", "ours", "ourselves"])


def settle_first_persons(quotes: list[Quote], actors: DocumentActors) -> None:
    """Note for each first person in direct quotations whom it stands for.

    "We" of somebody who holds an office is his state ("we condemn the attack"), of anybody else himself.
    """
    for quote in quotes:
        assert quote.speaker is not None
        for token in actors.parse.tokens_in(quote.start_char, quote.end_char):
            if token.tag not in ("PRP", "PRP$") or token.lower not in _ALONE | _TOGETHER:
                continue
            meant = quote.speaker if token.lower in _ALONE else _spoken_for(quote.speaker, actors)
            actors.settle(token, [Participant(meant, None, 0.6)])


def _spoken_for(speaker: int, actors: DocumentActors) -> int:
    entity = actors.entities[speaker]
    if entity.actor_type == "person" and entity.country and entity.role:
        return actors.state(entity.country)
    return speaker
