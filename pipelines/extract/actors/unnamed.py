"""Groups that common nouns alone tell: "protesters", "tobacco companies"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.extract.facts import Participant
from pipelines.language.parse import Token
from pipelines.reference.roles import actor_nouns, role_nouns

if TYPE_CHECKING:
    from pipelines.extract.actors.document_actors import DocumentActors

_SOMEBODY = frozenset({"people", "officials", "armed"})
_MEDIA = frozenset({"press", "media"})


def is_somebody(head: Token) -> bool:
    """Whether a common noun is somebody: people, officials, armed men, the press."""
    if head.pos != "NOUN":
        return False
    lemma = head.lemma.lower()
    return actor_nouns().get(lemma) in _SOMEBODY or lemma in role_nouns() or lemma in _MEDIA


def group_at(actors: DocumentActors, head: Token) -> list[Participant]:
    """Whom a common noun that is somebody stands for."""
    return actors.participants(head, conjuncts=False) if is_somebody(head) else []
