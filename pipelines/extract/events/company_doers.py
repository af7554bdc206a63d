"""Who must do it for a word to be a trigger: forces, people, officials, a state; conditions of `company`."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.syntax import agent_of, is_passive, object_of, subject_of
from pipelines.language.parse import Token
from pipelines.reference.plover import Trigger, object_classes
from pipelines.reference.roles import actor_nouns

_ARMED = frozenset({"armed_forces", "armed_group", "country", "population"})
_STATES = _ARMED | {"government_body"}
_OF_FORCE = frozenset({"asset", "forces", "armed", "people"})
_AT_PEACE = frozenset(["peacekeeper", "police", "policeman"])
_WARLIKE = frozenset([
    "air", "retaliatory", "preemptive", "pre-emptive", "nuclear", "precision", "military", "cruise", "aerial",
    "cyber", "surgical", "deadly"
])  # fmt: skip
_OF_PEACE = frozenset(["peacekeeper", "peacekeeping", "peace-keeping", "peacekeep", "observer", "peace"])
_BLOWING_UP = frozenset(["bomb", "device", "grenade", "mine", "explosive", "bomber"])
_FUNDS = frozenset(["aid", "assistance", "fund", "grant", "loan", "credit", "funding"])


def moves_arms(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether it is forces or arms that move."""
    doer = subject_of(verb)
    return doer is not None and doer.lemma.lower() in object_classes()["military"] - _AT_PEACE


def is_money_that_goes(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether it is a sum or aid that goes somewhere."""
    doer = subject_of(verb)
    if doer is None:
        return False
    words = {doer.lemma.lower(), *(c.lemma.lower() for c in doer.children if c.dep in ("nummod", "quantmod", "amod"))}
    return bool(words & (object_classes()["sums"] | _FUNDS))


def doer_of(verb: Token) -> Token | None:
    """Who does it: the subject, or the agent of a passive."""
    return agent_of(verb) if is_passive(verb) else subject_of(verb)


def kinds_of(doer: Token, actors: DocumentActors) -> set[str]:
    """The types of the actors that a doer stands for."""
    return {actors.entities[p.entity].actor_type for p in actors.participants(doer)}


def by_forces(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether armed people or a state do it."""
    doer = doer_of(verb)
    if doer is None:
        return False
    noun = actor_nouns().get(doer.lemma.lower())
    if noun in ("forces", "armed"):
        return True
    return bool(kinds_of(doer, actors) & _ARMED) and noun in (None, "government", "state")


def by_people(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether people or armed men do it."""
    doer = doer_of(verb)
    if doer is None:
        return False
    return actor_nouns().get(doer.lemma.lower()) in ("people", "armed") or "population" in kinds_of(doer, actors)


def by_officials(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether a government, its officials or a body of it do it."""
    doer = doer_of(verb)
    if doer is None:
        return False
    entities = [actors.entities[p.entity] for p in actors.participants(doer)]
    if actor_nouns().get(doer.lemma.lower()) in ("officials", "government"):
        return not entities or any(e.country for e in entities)
    return any((e.role and e.country) or e.actor_type == "government_body" for e in entities)


def by_officials_alone(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether a government or its officials protest, which is done by note and not in the street."""
    doer = doer_of(verb)
    if doer is None or actor_nouns().get(doer.lemma.lower()) in ("people", "armed", "party"):
        return False
    entities = [actors.entities[p.entity] for p in actors.participants(doer)]
    return bool(entities) and all(
        e.actor_type in ("country", "government_body") or (e.actor_type == "person" and e.role) for e in entities
    )


def in_words(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether named persons or parties attack others: with words, where no weapon is told."""
    doer, target = doer_of(verb), object_of(verb)
    if doer is None or (target is not None and actor_nouns().get(target.lemma.lower()) in _OF_FORCE):
        return False
    kinds = kinds_of(doer, actors)
    if kinds - {"person", "political_party"} or not (kinds or doer.lower in ("he", "she")):
        return False
    return not any(t.lemma.lower() in object_classes()["arms"] for t in verb.subtree())


def by_a_state(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether a state, its forces or somebody in office does it."""
    doer = doer_of(verb)
    if doer is None:
        return False
    entities = [actors.entities[p.entity] for p in actors.participants(doer)]
    return any(e.actor_type in _STATES or (e.actor_type == "person" and e.country and e.role) for e in entities)


def by_fighters(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether forces or people do it, or a passive leaves open who does."""
    return (
        (is_passive(verb) and doer_of(verb) is None)
        or by_forces(trigger, verb, actors)
        or by_people(trigger, verb, actors)
    )


def is_stoppage(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether a strike is one of workers and not of warplanes."""
    head = object_of(verb)
    if head is not None and any(c.lemma.lower() in _WARLIKE | object_classes()["arms"] for c in head.children):
        return False
    doer = doer_of(verb)
    if doer is None:
        return True
    noun = actor_nouns().get(doer.lemma.lower())
    return noun not in ("forces", "armed") and (noun is not None or "country" not in kinds_of(doer, actors))


def by_arms(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether a bomb does it: "a car bomb exploded outside the embassy"."""
    doer = verb.child("nsubj")
    return doer is not None and doer.lemma.lower() in _BLOWING_UP and verb.child("dobj") is None


def keeps_peace(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether troops are sent to keep peace or to observe, which is aid."""
    if any(t.lemma.lower() in _OF_PEACE for t in verb.subtree()):
        return True
    doer = subject_of(verb)
    return doer is not None and any(t.lemma.lower() in _OF_PEACE for t in doer.subtree())


def leaves(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether those who withdraw go themselves, and persons from somewhere: not "pulled out a gun", "he retreated"."""
    if verb.child("dobj") is not None:
        return False
    doer = subject_of(verb)
    kinds = kinds_of(doer, actors) if doer is not None else set()
    return kinds != {"person"} or any(c.lower == "from" for c in verb.children)
