"""Which trigger a verb, adjective or noun is: by lemma, particle, object and company."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.events.company import is_met
from pipelines.extract.syntax import is_of_time, object_of
from pipelines.language.parse import Token
from pipelines.reference.plover import Trigger, triggers

_PREPOSITIONS = frozenset({"for", "on", "upon", "with", "by", "behind"})
# Types whose objects count by their heads alone: to cut a "trade surplus" is not to cut trade, "water leases" are no water.
_OF_HEADS = frozenset({"SANCTION", "CONCEDE", "AID"})
# Types whose objects may stand behind a preposition too: "provided Chad with food".
_OF_OBJECTS = frozenset({"SANCTION", "CONCEDE"})
_PARTITIVE = frozenset([
    "hundred", "thousand", "dozen", "score", "number", "group", "majority", "total", "all", "some", "many", "most",
    "one", "two", "three", "four", "five", "several", "half", "rest", "couple", "handful", "series", "batch", "crew",
    "day", "week", "month", "year", "decade"
])  # fmt: skip
_PARTICLES = frozenset({"off", "down", "away", "out", "up", "back"})
# Verbs that a particle makes another one of: "give up", "back down", "put off".
_OTHER_WITH_PARTICLE = frozenset([
    "give", "get", "make", "take", "hold", "call", "put", "set", "go", "come", "turn", "bring", "let", "throw", "back",
    "break", "stand", "lay", "pay", "send", "march", "beat"
])  # fmt: skip
# Verbs that have behind a preposition what others have as object: "hit them with sanctions", "put them on a blacklist".
_WITH_MEANS = frozenset(["break", "hit", "slap", "punish", "target", "add", "put", "place"])
# Heads that say little beside the word before them: "aid deliveries", "mediation efforts".
_OF_CONTENT = frozenset([
    "effort", "delivery", "shipment", "process", "program", "programme", "package", "mission",
    "material", "kit", "parcel", "item", "service", "list"
])  # fmt: skip
# Nouns that say a verb is meant as a figure of speech or of the market.
_FIGURATIVE = frozenset([
    "market", "price", "stock", "share", "profit", "rate", "currency", "dollar", "virus", "disease", "storm",
    "hurricane", "earthquake", "flood", "ball", "goal", "record", "score", "nail", "chord", "balance", "note",
    "cord", "heart", "problem", "inflation", "deadline", "road", "milestone", "low", "high",
    "opportunity", "chance", "moment", "initiative"
])  # fmt: skip


def verb_trigger(verb: Token, actors: DocumentActors) -> Trigger | None:
    """The trigger that a verb is, with what it needs around it, or None."""
    known = triggers("verb")
    lemma = verb.lemma.lower()
    read: dict[str, set[str]] = {}  # complements, which many triggers of a verb ask for
    for trigger in known.get(lemma, ()):
        if trigger.particle and not _has_particle(verb, trigger.particle):
            continue
        if trigger.particle is None and lemma in _OTHER_WITH_PARTICLE and _is_another_verb(verb):
            continue
        if trigger.objects:
            if trigger.type not in read:
                read[trigger.type] = _complements(verb, trigger.type)
            if trigger.objects.isdisjoint(read[trigger.type]):
                continue
        if trigger.needs and not is_met(trigger, verb, actors):
            continue
        if not trigger.objects and trigger.type != "AID" and _is_figurative(verb):
            continue
        return trigger
    return None


def is_imperative(verb: Token) -> bool:
    """Whether a verb tells somebody to act: a bare infinitive without a subject or auxiliary."""
    return (
        verb.tag == "VB"
        and verb.dep in ("ROOT", "ccomp", "parataxis")
        and verb.child("nsubj", "nsubjpass", "aux", "auxpass") is None
    )


def adjective_trigger(word: Token, actors: DocumentActors) -> Trigger | None:
    """The trigger that an adjective is ("willing to withdraw"), or None."""
    if word.dep not in ("acomp", "ccomp", "advcl", "ROOT", "conj"):
        return None
    for trigger in triggers("adj").get(word.lemma.lower(), ()):
        if is_met(trigger, word, actors):
            return trigger
    return None


def is_gerund_noun(token: Token) -> bool:
    """Whether what the tagger takes for a verb is a noun of the list: "fighting between A and B erupted"."""
    return (
        token.tag == "VBG"
        and token.pos == "VERB"
        and token.dep in ("nsubj", "nsubjpass", "pobj", "dobj")
        and token.lower in triggers("noun")
        and any(
            c.dep in ("compound", "poss") or (c.dep == "prep" and c.lower in ("between", "among", "of"))
            for c in token.children
        )
    )


def noun_trigger(noun: Token) -> Trigger | None:
    """The trigger that a noun is by its lemma, or None; whether it is an event by itself its sides decide."""
    found = triggers("noun").get(noun.lower if is_gerund_noun(noun) else noun.lemma.lower())
    if found and found[0].lemma == "demand" and noun.tag == "NN" and noun.child("acl", "ccomp") is None:
        return None  # of a market: "domestic demand"
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


def holders_of(noun: Token) -> list[Token]:
    """Nouns that a noun hangs on by prepositions: a participle behind "sanctions against Iran" may be of either."""
    found: list[Token] = []
    while noun.dep == "pobj" and noun.head.dep == "prep" and noun.head.head.pos == "NOUN" and len(found) < 3:
        noun = noun.head.head
        found.append(noun)
    return found


def _is_another_verb(verb: Token) -> bool:
    """Whether a particle makes it another verb, however the parser hangs it: "backed off of his claims"."""
    return any(
        c.dep == "prt"
        or (c.index == verb.index + 1 and (c.lower == "off" or (c.dep == "advmod" and c.lower in _PARTICLES)))
        for c in verb.children
    )


def _has_particle(verb: Token, particle: str) -> bool:
    # "gave in" has a particle, "gave aid in March" a preposition: only some triggers are verb and preposition.
    # "Pulled its troops out of the valley": the parser takes "out" for a preposition.
    relations = ("prt", "prep", "advmod") if particle in _PREPOSITIONS or particle == "out" else ("prt", "advmod")
    return any(c.lower == particle and c.dep in relations and not is_of_time(c) for c in verb.children)


def _complements(verb: Token, kind: str) -> set[str]:
    """Lemmas that can be what a trigger of a type asks for: objects, what they are made of, and governed verbs."""
    with_modifiers = kind not in _OF_HEADS
    found: set[str] = set()
    heads: list[Token] = []
    head = object_of(verb)
    if head is not None:
        heads += head.conjuncts()
        if verb.dep == "acl":
            heads += holders_of(head)
    for child in verb.children:
        if (child.dep in ("dobj", "dative", "oprd", "attr", "xcomp", "acomp") and child is not head) or (
            child.dep == "ccomp" and (child.tag == "VB" or child.pos == "ADJ")
        ):
            heads.append(child)
        elif (
            child.dep == "prep"
            and (kind not in _OF_OBJECTS or verb.lemma in _WITH_MEANS)
            and child.lower in ("with", "for", "in", "on", "to", "from", "under", "into")
        ):
            inner = child.child("pobj")
            if inner is not None:
                heads += inner.conjuncts()
        elif child.lower == "out":  # "walked out of the talks"
            heads += [i for c in child.children_by("prep") if (i := c.child("pobj")) is not None]
    for token in heads:
        found.add(token.lemma.lower())
        for child in token.children:
            if (with_modifiers or token.lemma in _OF_CONTENT) and child.dep in ("compound", "amod", "nmod"):
                # "planned rallies" are no plans: a participle counts as it stands.
                found.add(child.lower if child.tag in ("VBN", "VBG") else child.lemma.lower())
            elif child.dep in ("quantmod", "nummod") and kind not in _OF_OBJECTS:
                found.update((child.lemma.lower(), *(c.lemma.lower() for c in child.children)))
            elif child.dep == "prep" and child.lower in ("of", "in", "worth"):
                inner = child.child("pobj")
                if inner is not None and (kind != "RETREAT" or token.pos == "NUM" or token.lemma.lower() in _PARTITIVE):
                    found.update(t.lemma.lower() for t in inner.conjuncts())
                    found.update(c.lemma.lower() for c in inner.children if c.dep in ("compound", "amod"))
    return found


def _is_figurative(verb: Token) -> bool:
    subject = verb.child("nsubj", "nsubjpass")
    head = verb.child("dobj")
    return any(t is not None and t.lemma.lower() in _FIGURATIVE for t in (subject, head))
