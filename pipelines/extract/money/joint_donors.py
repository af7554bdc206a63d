"""Who gives one sum together with its giver: "Norway and Sweden will give $12 million"."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import Figure
from pipelines.language.parse import Token

_GIVEN = frozenset({"aid", "loan"})


def joint_donors(figure: Figure, actors: DocumentActors) -> list[int]:
    """Who else gives the same undivided sum: what is joined by "and" to the giver's name in the figure's sentence."""
    if figure.payer is None or figure.figure_kind not in _GIVEN:
        return []
    found: list[int] = []
    for mention in actors.mentions:
        if mention.entity != figure.payer or mention.sentence_index != figure.sentence_index:
            continue
        head = actors.parse.head_of(actors.mention_tokens(mention))
        for other in _joined(head):
            named = actors.mention_at(other)
            if named is not None and named.entity not in (figure.payer, figure.payee, *found):
                if actors.entities[named.entity].actor_type != "person":
                    found.append(named.entity)
    return found


def _joined(head: Token) -> Iterator[Token]:
    """The other members of a list that a subject heads or stands in."""
    first = head
    while first.dep == "conj" and not first.is_root:
        first = first.head
    if first.dep in ("nsubj", "nsubjpass", "agent", "pobj"):
        yield from (token for token in first.conjuncts() if token is not head)
