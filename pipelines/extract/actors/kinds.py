"""The kind of a body whose name does not tell it, by the company it keeps: "EPS soldiers", "PKK guerrillas"."""

from __future__ import annotations

from collections import Counter

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.language.parse import Token
from pipelines.reference.roles import actor_nouns
from pipelines.reference.word_lists import word_list

# Of the nouns for forces those that are people under command; a ship or a jet may be a company's make.
_UNDER_COMMAND = word_list("actor_words.csv", "people under command")
_IRREGULARS = frozenset(["fighter"])


def tell_kinds(actors: DocumentActors) -> None:
    """Make bodies of unknown kind armed forces or armed groups where the text speaks of their soldiers or guerrillas."""
    votes: dict[int, Counter[str]] = {}
    for mention in actors.mentions:
        entity = actors.entities[mention.entity]
        if entity.actor_type != "other_organization" or mention.mention_type != "name":
            continue
        tokens = actors.mention_tokens(mention)
        for word in (tokens[-1], _owned_by(tokens[-1])):
            if word is not None and (kind := _kind(word)) and (word is not tokens[0]):
                votes.setdefault(mention.entity, Counter())[kind] += 1
    for index, counts in votes.items():
        actors.entities[index].actor_type = counts.most_common(1)[0][0]


def _owned_by(last: Token) -> Token | None:
    """What stands behind a name as its own: "EPS *soldiers*", "the FARC's *fighters*"."""
    return last.head if last.dep in ("compound", "nmod", "amod", "poss") and last.head.index > last.index else None


def _kind(word: Token) -> str | None:
    lemma = word.lemma.lower()
    if lemma in _UNDER_COMMAND:
        return "armed_forces"
    return "armed_group" if lemma in _IRREGULARS or actor_nouns().get(lemma) == "armed" else None
