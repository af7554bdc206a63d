"""What is no event although it has a trigger: nobody acts, nothing that can be harmed, business, sport or private life."""

from __future__ import annotations

import re

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.events.matching import noun_trigger
from pipelines.extract.events.together import side_of
from pipelines.extract.facts import Participant
from pipelines.extract.syntax import is_passive, object_of, subject_of
from pipelines.language.parse import Token
from pipelines.reference.plover import Trigger, object_classes
from pipelines.reference.roles import actor_nouns, role_nouns

_POLITICAL = frozenset(
    {"country", "government_body", "armed_forces", "igo", "armed_group", "political_party", "population"}
)
# Types that make no sense without a recipient or a second side.
_TWO_SIDED = frozenset({"CONSULT", "COOPERATE", "ACCUSE", "SUPPORT", "AID", "REQUEST", "THREATEN"})
_SYMMETRIC = frozenset({"CONSULT", "COOPERATE"})
_BUSINESS = re.compile(
    r"\b(?:executive|chairman|chairwoman|manag|analyst|economist|trader|dealer|broker|owner|founder|coach|financial)",
    re.IGNORECASE,
)
_ASKING = frozenset(["call", "appeal", "push", "press", "ask", "plea", "demand", "plead", "lobby", "campaign", "hope"])
# Things that are attacked, beside those that stand for actors.
_HARMED = frozenset([
    "bus", "car", "train", "vehicle", "truck", "tower", "bridge", "road", "dam", "line", "square", "cargo", "fire",
    "gunfire", "ceasefire", "cease-fire", "truce", "hostage", "captive", "bomb", "device", "grenade", "victim",
    "hundred", "thousand", "dozen", "other", "none", "one", "number", "mine", "explosive", "restaurant", "cafe",
    "hotel", "stadium", "theater", "concert", "club", "bar", "shrine", "temple", "synagogue", "office", "wedding"
])  # fmt: skip


def is_political(
    trigger: Trigger, sources: list[Participant], recipients: list[Participant], actors: DocumentActors
) -> bool:
    """Whether the sides make it a political interaction and not business, sport or private life."""
    both = [*sources, *recipients]
    if not both:
        return False
    if trigger.type == "AID" and sources and all(actors.entities[p.entity].actor_type == "company" for p in sources):
        return False
    if trigger.type in _TWO_SIDED and not (sources and recipients):
        if trigger.type in _SYMMETRIC and len({side_of(p, actors) for p in both}) > 1:
            return True
        if not (
            trigger.type in ("SUPPORT", "ACCUSE", "REQUEST", "THREATEN", "AID")
            and sources
            and counts(sources[0], actors)
        ):
            return False
    return any(counts(p, actors) for p in both)


def counts(participant: Participant, actors: DocumentActors) -> bool:
    """Whether somebody is a political actor: a state, its organs and people, a body of politics, a person with an office."""
    entity = actors.entities[participant.entity]
    if entity.actor_type == "person":
        return bool(entity.country or (entity.role and not _BUSINESS.search(entity.role)))
    return entity.actor_type in _POLITICAL and not actors.is_unnamed(participant.entity)


def has_target(verb: Token, trigger: Trigger, recipients: list[Participant], actors: DocumentActors) -> bool:
    """Whether it is somebody or something that can be harmed; not "kill a deal between Chad and Kenya"."""
    if trigger.objects or trigger.mode == "seize":
        return True
    target = object_of(verb)
    if _may_be_attacked(target):
        return True
    return bool(recipients) and (target is None or target.pos != "NOUN" or actors.entity_at(target) is not None)


def is_of_captives(release: Token, actors: DocumentActors) -> bool:
    """Whether it is somebody who is released, and no statement or book."""
    held = [c.child("pobj") for c in release.children if c.dep == "prep" and c.lower == "of"]
    return any(
        t is not None and (_is_somebody(t.lemma.lower()) or _is_person(t, actors))
        for t in (*held, release.child("poss"))
    )


def _is_person(token: Token, actors: DocumentActors) -> bool:
    entity = actors.entity_at(token)
    return entity is not None and entity.actor_type in ("person", "population")


def something_else_acts(verb: Token, trigger: Trigger) -> bool:
    """Whether a thing and not somebody does it: "heavy rain hit the coast", "the plan won support".

    A weapon or an attack does what those do who use it ("a roadside bomb killed").
    """
    if is_passive(verb):
        return False
    doer = verb.child("nsubj")
    if doer is None or doer.pos not in ("NOUN", "PROPN") or doer.entity in ("PERSON", "ORG", "GPE", "NORP"):
        return False
    lemma = doer.lemma.lower()
    if trigger.type == "ASSAULT":
        if lemma in object_classes()["arms"]:
            return False
        inner = noun_trigger(doer)
        if inner is not None and inner.type == "ASSAULT":
            return False
    if "funds" in trigger.needs:
        return False
    return lemma not in actor_nouns() and lemma not in role_nouns() and doer.pos == "NOUN"


def is_without_subject(verb: Token) -> bool:
    """Whether nothing in its clause says who acts: "a bill to ban", "slapping tariffs on"."""
    if is_passive(verb) or verb.child("nsubj") is not None or verb.dep in ("conj", "relcl"):
        return False
    return verb.dep != "xcomp" or subject_of(verb) is None


def _may_be_attacked(target: Token | None) -> bool:
    """Whether an object can be harmed: somebody, a place or a thing of use, not "the bill" or "the deal"."""
    if target is None or target.lower.endswith(("self", "selves")):
        return False
    lemma = target.lemma.lower()
    return (
        target.pos in ("PROPN", "NUM", "PRON")
        or lemma in actor_nouns()
        or lemma in role_nouns()
        or lemma in _HARMED
        or lemma in object_classes()["buildings"]
    )


def only_describes(verb: Token) -> bool:
    """Whether a participle without a doer tells apart who or what is meant: "the men arrested in Bali"."""
    return verb.dep == "acl" and verb.tag == "VBN" and verb.head.pos in ("NOUN", "PROPN")


def _is_somebody(lemma: str) -> bool:
    """Whether a noun is somebody who can be held, or a ship with its crew."""
    return lemma in object_classes()["captives"] or actor_nouns().get(lemma) in (
        "people",
        "officials",
        "forces",
        "asset",
    )


def is_to_blame(verb: Token) -> bool:
    """ "The army is to blame": nobody blames it by that."""
    return verb.tag == "VB" and verb.lemma == "blame" and verb.child("dobj") is None


def is_for_the_press(conference: Token) -> bool:
    """ "A news conference with the minister" is held for reporters."""
    return conference.lemma == "conference" and any(
        c.dep == "compound" and c.lower in ("news", "press") for c in conference.children
    )


def is_called_for(noun: Token) -> bool:
    """Whether an act is only asked for: "called for a condemnation of Chad"."""
    if noun.dep != "pobj" or noun.head.lower != "for":
        return False
    return noun.head.head.lemma.lower() in _ASKING


def is_mutual(trigger: Trigger, sources: list[Participant]) -> bool:
    """Whether several do it among themselves: "the two restored relations"."""
    return len(sources) > 1 and "mutual" in trigger.needs
