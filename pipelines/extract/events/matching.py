"""Which trigger a verb or noun is: by lemma, particle, object and company."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.syntax import agent_of, is_passive, object_of, subject_of
from pipelines.language.parse import Token
from pipelines.reference.plover import Trigger, triggers
from pipelines.reference.roles import actor_nouns

_ARMED = frozenset({"armed_forces", "armed_group", "country", "government_body", "population"})
_PREPOSITIONS = frozenset({"for", "on", "upon", "with", "by"})
_PEOPLE = frozenset({"person", "population"})
# Nouns that say a verb is meant as a figure of speech or of the market.
_FIGURATIVE = frozenset(
    [
        "market",
        "price",
        "stock",
        "share",
        "profit",
        "rate",
        "currency",
        "dollar",
        "virus",
        "disease",
        "storm",
        "hurricane",
        "earthquake",
        "flood",
        "ball",
        "goal",
        "record",
        "score",
        "nail",
        "chord",
        "balance",
        "note",
        "cord",
        "heart",
        "problem",
        "inflation",
        "deadline",
        "road",
        "milestone",
        "low",
        "high",
    ]
)


def verb_trigger(verb: Token, actors: DocumentActors) -> Trigger | None:
    """The trigger that a verb is, with what it needs around it, or None."""
    for trigger in triggers("verb").get(verb.lemma.lower(), ()):
        if trigger.particle and not _has_particle(verb, trigger.particle):
            continue
        if trigger.objects and not trigger.objects.intersection(_complements(verb)):
            continue
        if trigger.needs and not _meets(trigger, verb, actors):
            continue
        if not trigger.objects and _is_figurative(verb):
            continue
        return trigger
    return None


def noun_trigger(noun: Token) -> Trigger | None:
    """The trigger that a noun is by its lemma, or None; whether it is an event by itself its sides decide."""
    found = triggers("noun").get(noun.lemma.lower())
    return found[0] if found else None


def light_verb_nouns(verb: Token) -> Iterator[Token]:
    """The nouns that a trigger verb has used up as its objects ("held *talks*")."""
    head = object_of(verb)
    if head is not None:
        yield from head.conjuncts()
        for preposition in head.children_by("prep"):
            inner = preposition.child("pobj")
            if inner is not None:
                yield inner


def _has_particle(verb: Token, particle: str) -> bool:
    # "gave in" has a particle, "gave aid in March" a preposition: only some triggers are verb and preposition.
    relations = ("prt", "prep", "advmod") if particle in _PREPOSITIONS else ("prt", "advmod")
    return any(c.lower == particle and c.dep in relations for c in verb.children)


def _complements(verb: Token) -> set[str]:
    """Lemmas that can be what a trigger asks for: objects, what they are made of, and governed verbs."""
    found: set[str] = set()
    heads: list[Token] = []
    head = object_of(verb)
    if head is not None:
        heads += head.conjuncts()
    for child in verb.children:
        if child.dep in ("dobj", "dative", "oprd", "attr", "xcomp", "ccomp", "acomp") and child is not head:
            heads.append(child)
        elif child.dep == "prep" and child.lower in ("with", "for", "in", "on", "to", "from"):
            inner = child.child("pobj")
            if inner is not None:
                heads += inner.conjuncts()
    for token in heads:
        found.add(token.lemma.lower())
        for child in token.children:
            if child.dep in ("compound", "amod", "nmod", "quantmod"):
                found.add(child.lemma.lower())
            elif child.dep == "prep" and child.lower in ("of", "in", "worth"):
                inner = child.child("pobj")
                if inner is not None:
                    found.update(t.lemma.lower() for t in inner.conjuncts())
                    found.update(c.lemma.lower() for c in inner.children if c.dep in ("compound", "amod"))
    return found


def _meets(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    need = trigger.needs
    if need == "inverted":
        return True
    if need == "place":
        return any(
            (inner := child.child("pobj")) is not None and _names_place(inner, actors)
            for child in verb.children
            if child.dep == "prep" and child.lower in trigger.frame
        )
    if need in ("actor", "person"):
        head = object_of(verb)
        if head is None:
            return False
        if need == "person":
            kinds = {actors.entities[p.entity].actor_type for p in actors.participants(head)}
            return bool(kinds & _PEOPLE) or actor_nouns().get(head.lemma.lower()) in (
                "people",
                "officials",
                "armed",
                "forces",
            )
        return bool(actors.participants(head)) or head.lemma.lower() in actor_nouns()
    doer = subject_of(verb)
    if is_passive(verb):
        doer = agent_of(verb)
    if doer is None:
        return False
    kinds = {actors.entities[p.entity].actor_type for p in actors.participants(doer)}
    noun = actor_nouns().get(doer.lemma.lower())
    if need == "forces":
        return (bool(kinds & _ARMED) and noun in (None, "forces", "armed", "government")) or noun in ("forces", "armed")
    if need == "people":
        return noun == "people" or "population" in kinds
    if need == "political":
        return noun in ("officials", "government") or any(
            actors.entities[p.entity].role or actors.entities[p.entity].actor_type == "government_body"
            for p in actors.participants(doer)
        )
    return True


def _names_place(noun: Token, actors: DocumentActors) -> bool:
    """Whether a noun is a state or place, or one that belongs to it ("Kazakhstan's capital, Astana")."""
    return any(
        actors.place_at(t) is not None or actors.entity_at(t) is not None
        for t in (noun, *(c for c in noun.children if c.dep in ("poss", "appos", "compound")))
    )


def _is_figurative(verb: Token) -> bool:
    subject = verb.child("nsubj", "nsubjpass")
    head = verb.child("dobj")
    return any(t is not None and t.lemma.lower() in _FIGURATIVE for t in (subject, head))
