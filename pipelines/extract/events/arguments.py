"""Which actors stand where in a clause or noun phrase: behind a preposition, as owner, in its setting."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import Participant
from pipelines.extract.syntax import object_of, prepositional
from pipelines.language.parse import Token
from pipelines.reference.plover import object_classes
from pipelines.reference.roles import actor_nouns

OWNERS = ("poss", "compound", "amod", "nmod")
_MADE_SOMEWHERE = frozenset(
    ["agreement", "accord", "treaty", "pact", "deal", "convention", "protocol", "declaration", "summit", "conference"]
)
# Nouns that make one preposition with "in" and what follows.
_MANNERS = frozenset([
    "breach", "violation", "response", "defiance", "exchange", "accordance", "line", "return", "reaction", "reply",
    "retaliation", "connection", "compliance", "keeping", "protest", "addition", "contrast", "revenge", "contravention"
])  # fmt: skip
_LAWS = frozenset(["bill", "act", "law", "amendment", "legislation", "resolution", "doctrine", "plan"])
WHERE = frozenset(["in", "at", "near", "outside"])

_MEANS = frozenset({"help", "assistance", "support", "backing", "cooperation", "aid", "blessing", "approval"})
_BORDERS = frozenset({"border", "frontier", "borderline", "boundary"})


def below(holder: Token, preposition: str, actors: DocumentActors) -> list[Participant]:
    """Actors, places and owners behind a preposition of a verb or noun."""
    if preposition == "from" and (out := next((c for c in holder.children if c.lower == "out"), None)) is not None:
        return below(out, "of", actors)
    for child in holder.children:
        if child.lower == preposition and child.dep in ("prep", "dative", "agent", "prt"):
            inner = child.child("pobj")
            if inner is None or (preposition == "with" and inner.lemma.lower() in _MEANS):
                continue  # "with the help of Chad": no other side
            found = actors.participants(inner)
            if preposition == "between":  # the parser may hang both on it, instead of the one on the other
                known = {p.entity for p in found}
                others = [c for c in child.children if c.dep == "pobj" and c is not inner]
                found = found + [p for o in others for p in actors.participants(o) if p.entity not in known]
            if not found and (iso3 := actors.place_at(inner)):
                found = [Participant(actors.state(iso3), None, 0.7)]
            if not found:
                found = owners(inner, actors)
            if found:
                return found
    if preposition == "by" and holder.pos == "NOUN":  # "the murder of a priest by the army": hung on the priest
        inner = prepositional(holder, "of")
        return below(inner, "by", actors) if inner is not None else []
    return []


def of_place(verb: Token, place: str, actors: DocumentActors) -> list[Participant]:
    """Actors in one place of a verb's frame: "obj", "dative" or a preposition, of its object too."""
    if place in ("obj", "dative"):
        head = object_of(verb) if place == "obj" else verb.child("dative")
        if head is None:
            return []
        if head.pos == "ADP":
            head = head.child("pobj") or head
        return actors.participants(head)
    head = object_of(verb)
    return below(verb, place, actors) or (below(head, place, actors) if head is not None else [])


def aimed_at(verb: Token, actors: DocumentActors) -> list[Participant]:
    """Against whom the measures go that somebody asks for or refuses: "opposed sanctions on Chad" says nothing to Chad."""
    behind = [verb, *verb.children_by("prep")]
    nouns = [t for b in behind if (t := object_of(b) if b is verb else b.child("pobj")) is not None]
    return [
        p
        for noun in nouns
        if noun.lemma.lower() in object_classes()["sanctions"]
        for preposition in ("on", "against")
        for p in below(noun, preposition, actors)
    ]


def of_border(verb: Token, actors: DocumentActors) -> list[Participant]:
    """States on whose border something is done: "massed troops on the border with Chad", "near the Chadian border"."""
    holders = [verb, *(t for t in (object_of(verb),) if t is not None)]
    for place in (i for h in holders for p in h.children_by("prep") if (i := p.child("pobj")) is not None):
        if place.lemma.lower() in _BORDERS:
            return below(place, "with", actors) or owners(place, actors) or below(verb, "with", actors)
    return []


def nouns_inside(noun: Token) -> list[Token]:
    """Nouns that a noun phrase holds below of, in, for: "millions of dollars in aid to Kenya"."""
    found = []
    for preposition in noun.children_by("prep"):
        inner = preposition.child("pobj")
        if inner is not None and not _is_manner(inner):
            found.append(inner)
            found += [i for p in inner.children_by("prep") if (i := p.child("pobj")) is not None]
    return found


def owners(noun: Token, actors: DocumentActors, pronouns: bool = True, doers: bool = True) -> list[Participant]:
    """Actors that a noun belongs to: "Iran's offer", "the Israeli attack", "the offer of Iran".

    With `pronouns` also "its offer", with `doers` "the offer by Iran", which goes before all.
    """
    if noun.lemma.lower() in ("country", "nation") and (state := actors.participants(noun, conjuncts=False)):
        return state  # "this Asian country" is not Asia's
    found: list[Participant] = []
    if doers and is_deverbal(noun) and (named := below(noun, "by", actors)):
        return named  # "the decision by Brazil", whoever else its words name
    for child in noun.children:
        if child.dep in OWNERS and child.index < noun.index:
            if _names_a_law(child, noun, actors):
                continue
            if child.index not in actors.not_owners and not _names_a_pact(child, noun, actors):
                found.extend(Participant(m.entity, m.index, 0.75) for m in actors.mentions_at(child))
            if not found and child.dep == "poss" and (pronouns or child.tag != "PRP$"):
                found = actors.participants(child)
        elif child.dep == "prep" and child.lower == "of" and not found:
            inner = child.child("pobj")
            if inner is not None:
                found = actors.participants(inner)
    return found


def _is_manner(noun: Token) -> bool:
    """ "In breach of", "in response to": how something is done, and not to whom."""
    return noun.head.lower == "in" and noun.lemma.lower() in _MANNERS


def is_deverbal(noun: Token) -> bool:
    """Whether a noun has its doer behind "by": not "the house by the river"."""
    return noun.pos == "NOUN" and actor_nouns().get(noun.lemma.lower()) is None


def _names_a_law(person: Token, noun: Token, actors: DocumentActors) -> bool:
    """Whether persons name a bill that they wrote: "the Cox-Wyden bill" is about something else."""
    if person.dep not in ("compound", "nmod") or noun.lemma.lower() not in _LAWS:
        return False
    entity = actors.entity_at(person)
    return entity is not None and entity.actor_type == "person"


def _names_a_pact(place: Token, noun: Token, actors: DocumentActors) -> bool:
    """Whether a town names what was agreed in it: "the Paris climate accord" is not France's."""
    if place.dep not in ("compound", "nmod") or noun.lemma.lower() not in _MADE_SOMEWHERE:
        return False
    return all(m.mention_type == "metonym" for m in actors.mentions_at(place))


def setting(verb: Token, actors: DocumentActors) -> list[Participant]:
    """The state in which the places of a clause lie."""
    for clause in (verb, verb.head) if verb.dep == "advcl" and verb.tag == "VBG" else (verb,):
        for token in clause.subtree():
            if token.dep != "pobj" or token.head.lower not in WHERE:
                continue
            near = (token, *token.children)  # "in the Kenyan city of Mombasa"
            if iso3 := next((found for t in near if (found := actors.place_at(t))), None):
                return [Participant(actors.state(iso3), None, 0.4)]
    return []


def without(participants: list[Participant], others: list[Participant], actors: DocumentActors) -> list[Participant]:
    """Participants that are not on the other side too.

    A state can be on both by its people ("Palestinian police ... Palestinian groups"), where a demonym tells so.
    """
    taken = {p.entity: p.mention for p in others}
    return [p for p in participants if p.entity not in taken or _is_other_group(p, taken[p.entity], actors)]


def _is_other_group(participant: Participant, other: int | None, actors: DocumentActors) -> bool:
    if participant.mention is None or other is None or participant.mention == other:
        return False
    here, there = actors.mentions[participant.mention], actors.mentions[other]
    return here.mention_type == "nominal" and here.sentence_index == there.sentence_index
