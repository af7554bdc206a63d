"""What an act must be done to for a word to be a trigger: ground, persons, something at all; conditions of `company`."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.events.company_doers import kinds_of
from pipelines.extract.syntax import is_of_time, is_passive, object_of
from pipelines.language.parse import Token
from pipelines.reference.plover import Trigger, object_classes
from pipelines.reference.roles import actor_nouns, role_nouns

_ARMED = frozenset({"armed_forces", "armed_group", "country", "population"})
_PEOPLE = frozenset({"person", "population"})
_KINDS_OF_PEOPLE = frozenset({"people", "officials", "armed", "forces"})
_COMING_IN = frozenset(["enter", "come", "return", "visit", "land", "cross", "travel", "entry", "entrance"])
_PLACE_NOUNS = frozenset([
    "capital", "city", "town", "port", "region", "province", "border", "island", "coast", "territory", "area",
    "base", "camp", "airport", "airfield", "village", "harbor", "harbour", "bridge"
])  # fmt: skip
_VERBAL = frozenset([
    "scathing", "blistering", "verbal", "outspoken", "fierce", "stinging", "withering", "bitter", "personal",
    "rhetorical", "extraordinary", "angry", "strongly-worded", "sharp", "partisan", "political"
])  # fmt: skip
_USES = frozenset(["attack", "strike", "raid", "assault", "offensive", "fire", "barrage", "salvo", "operation", "war"])
_LISTENERS = frozenset(
    ["reporter", "journalist", "newsman", "press", "crowd", "audience", "correspondent", "parliament", "supporter"]
)
_QUOTES = frozenset(['"', "“", "``", "‘", "'"])


def at_a_place(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether a place stands behind one of the prepositions of the frame."""
    return any(
        (inner := child.child("pobj")) is not None and names_place(inner, actors)
        for child in verb.children
        if child.dep == "prep" and child.lower in trigger.frame
    )


def takes_ground(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether it is a place that is taken, which is fighting; somebody or his goods are arrested or confiscated."""
    head = object_of(verb)
    if head is None:
        return False
    lemma = head.lemma.lower()
    if lemma in _PLACE_NOUNS | object_classes()["buildings"]:
        return True
    return any(t.entity == "GPE" or names_ground(t, actors) for t in (head, *head.children_by("appos")))


def names_ground(token: Token, actors: DocumentActors) -> bool:
    """Whether a word names a state or place, and is not a thing of its: "a Kenyan ship"."""
    mention = actors.mention_at(token)
    if mention is None:
        return actors.place_at(token) is not None
    return mention.mention_type != "nominal" and actors.entities[mention.entity].actor_type == "country"


def to_an_actor(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether somebody is the object."""
    head = object_of(verb)
    if head is None:
        return False
    return bool(actors.participants(head)) or head.lemma.lower() in actor_nouns() or head.lemma.lower() in role_nouns()


def to_a_person(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether a person or people are the object."""
    head = object_of(verb)
    if head is None:
        return False
    if {actors.entities[p.entity].actor_type for p in actors.participants(head)} & _PEOPLE:
        return True
    lemma = head.lemma.lower()
    return actor_nouns().get(lemma) in _KINDS_OF_PEOPLE or lemma in role_nouns() or head.entity == "PERSON"


def by_phone(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether somebody is called up and not called something: a person as object, and no name for him behind."""
    head = verb.child("dobj")
    if head is None and not is_passive(verb):
        head = verb.child("oprd")  # as the parser takes "called President Ali Warsame"
    elif verb.child("oprd", "attr") is not None:
        return False
    if head is None or verb.child("ccomp", "prt") is not None:
        return False
    behind = [c for c in head.children if c.dep in ("appos", "oprd") and c.tag in ("NN", "JJ")]
    kinds = {actors.entities[p.entity].actor_type for p in actors.participants(head, conjuncts=False)}
    following = actors.parse.tokens[head.index + 1 : head.index + 2]
    is_quoted = any(t.text in _QUOTES and t.start - head.end <= 1 for t in following)  # called him "a gift"
    return "person" in kinds and not behind and not is_quoted


def keeps_out(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether it is coming in that somebody is kept from: "barred reporters from entering"."""
    for child in verb.children_by("prep"):
        if child.lower == "from" and (inner := child.child("pcomp", "pobj")) is not None:
            return inner.lemma.lower() in _COMING_IN
    head = verb.child("dobj")
    return head is not None and head.lemma.lower() in ("entry", "entrance", "admission")


def has_target(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether somebody or something stands behind one of the prepositions of the frame."""
    holders = [verb, *(t for t in (object_of(verb),) if t is not None)]
    return any(
        c.dep in ("prep", "prt") and c.lower in trigger.frame and not is_of_time(c)
        for holder in holders
        for c in holder.children
    )


def confers(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether somebody speaks with an equal, and not to the press or a crowd."""
    heads = [verb.child("dobj"), *(c.child("pobj") for c in verb.children if c.lower in ("to", "with"))]
    return not any(t is not None and t.lemma.lower() in _LISTENERS for t in heads)


def has_object(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether there is an object at all."""
    return object_of(verb) is not None


def speaks_harshly(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether an attack is one of words: "launched a scathing attack on the prime minister"."""
    head = object_of(verb)
    return head is not None and any(c.lemma.lower() in _VERBAL for c in head.children)


def is_test(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether a weapon is tried out and not used: "launched a missile", not "a missile attack" nor "missiles at Iran"."""
    head = object_of(verb)
    aims = [i for c in verb.children if c.dep == "prep" and c.lower in ("at", "on") and (i := c.child("pobj"))]
    if any(actors.participants(aim) or actors.place_at(aim) for aim in aims):
        return False
    return head is None or head.lemma.lower() not in _USES


def routs(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether somebody is driven out of a place: "drove the rebels out of the town"."""
    head = object_of(verb)
    if head is None or not (trigger.particle or any(c.lower in ("out", "from") for c in verb.children)):
        return False
    return actor_nouns().get(head.lemma.lower()) in ("forces", "armed") or bool(kinds_of(head, actors) & _ARMED)


def is_head(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether the object itself is one of those asked for: "announced aid", not "announced a suspension of aid"."""
    head = object_of(verb)
    return head is not None and head.lemma.lower() in trigger.objects


def names_place(noun: Token, actors: DocumentActors) -> bool:
    """Whether a noun is a state or place, or one that belongs to it ("Kazakhstan's capital, Astana")."""
    near = [noun, *noun.children_by("appos")]
    if noun.lemma.lower() in _PLACE_NOUNS:
        near += noun.children_by("poss", "compound", "amod")
    return any(actors.place_at(t) is not None or actors.entity_at(t) is not None for t in near)
