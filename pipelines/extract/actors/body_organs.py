"""Organs of a body that are called by what they are alone: "the Executive Board" behind the IMF, "the Bank's Board", "the Secretariat".

They act in the name of their body and are that actor, as "the ministry" is its state's government; which body, the words before them tell.
"""

from __future__ import annotations

from collections.abc import Callable

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.organisation_names import body_words
from pipelines.extract.facts import Entity
from pipelines.language.parse import Token
from pipelines.reference.word_lists import word_list

_ORGANS = word_list("actor_words.csv", "organs of bodies")
_LONGEST = max(len(phrase.split()) for phrase in _ORGANS)
_WITH_ORGANS = frozenset({"igo", "ngo", "company", "other_organization"})
# Whose organ it is told outright may be a state's bank or agency too.
_OWNERS = _WITH_ORGANS | {"government_body", "political_party", "media"}
# Sentences before an organ in which its body is looked for, where nothing tells of it and where a noun does ("the Bank's"); words at most.
_REACH, _REACH_OF_NOUNS, _MOST_WORDS = 3, 20, 600

Find = Callable[[str], Entity | None]


def organ_of(name: str) -> tuple[str, str] | None:
    """What stands before an organ's own words in a name, and those words: ("IMF", "executive board"); None where it ends in no organ."""
    words = name.replace("’", "'").split()
    low = [w.lower() for w in words]
    for n in range(min(_LONGEST, len(words)), 0, -1):
        if " ".join(low[-n:]) in _ORGANS:
            before = words[: len(words) - n]
            before = before[1:] if before[:1] in (["the"], ["The"]) else before
            return " ".join(before).removesuffix("'s").removesuffix("'").strip(), " ".join(low[-n:])
    return None


def body_of(actors: DocumentActors, tokens: list[Token], name: str, find: Find) -> Entity | None:
    """The body whose organ a name tells; None where it is no organ or nothing tells whose it is.

    `find` gives the entity of a body by name, where the text or the list of bodies has it.
    """
    found = organ_of(name)
    if found is None:
        return None
    before, _ = found
    if before:
        body = find(before) or _called(actors, tokens[0], before.lower())
        return body if body is not None and body.actor_type in _OWNERS else None
    all_tokens = actors.parse.tokens
    first, last = tokens[0].index, tokens[-1].index
    if first > 1 and all_tokens[first - 1].tag == "POS":  # "the World Bank's Board"
        owner = actors.entity_at(all_tokens[first - 2])
        if owner is not None:
            return owner if owner.actor_type in _OWNERS else None
        return _called(actors, tokens[0], all_tokens[first - 2].lower)
    if last + 2 < len(all_tokens) and all_tokens[last + 1].lower == "of":  # "the Board of Governors of the IAEA"
        at = last + 2 + (all_tokens[last + 2].lower == "the")
        owner = actors.entity_at(all_tokens[at]) if at < len(all_tokens) else None
        return owner if owner is not None and owner.actor_type in _OWNERS else None
    return _last(actors, tokens[0], lambda entity: entity.actor_type in _WITH_ORGANS)


def ending_in(actors: DocumentActors, at: Token, words: str) -> Entity | None:
    """The body named last before a word whose own name ends in an organ's words: the "Iowa Utilities Board" of "the Board"."""
    return _last(actors, at, lambda e: e.name.lower().endswith(f" {words}"), _REACH_OF_NOUNS)


def _called(actors: DocumentActors, at: Token, word: str) -> Entity | None:
    """The body named last that may be called by one word: "the Bank" of the World Bank."""
    return _last(actors, at, lambda e: e.actor_type in _OWNERS and word in body_words(e.name), _REACH_OF_NOUNS)


def _last(actors: DocumentActors, at: Token, fits: Callable[[Entity], bool], reach: int = _REACH) -> Entity | None:
    """The fitting entity of the nearest sentence up to a word, there the subject before others and the later before the earlier."""
    tokens = actors.parse.tokens
    best: tuple[int, bool, Entity] | None = None
    for index in range(at.index - 1, max(-1, at.index - _MOST_WORDS), -1):
        sentence = tokens[index].sentence
        if at.sentence - sentence > reach or (best is not None and sentence < best[0]):
            break
        for mention in actors.mentions_at(tokens[index]):
            entity = actors.entities[mention.entity]
            if not fits(entity):
                continue
            is_subject = actors.is_subject(mention)
            if best is None or (is_subject and not best[1]):
                best = sentence, is_subject, entity
    return best[2] if best else None
