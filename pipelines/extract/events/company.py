"""What must stand beside a trigger: the conditions that a row of the trigger list can name in its column `needs`."""

from __future__ import annotations

from collections.abc import Callable

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.events.modes import mode_of
from pipelines.extract.syntax import agent_of, is_of_time, is_passive, object_of, subject_of
from pipelines.language.parse import Token
from pipelines.reference.plover import Trigger, object_classes, triggers
from pipelines.reference.roles import actor_nouns, role_nouns

_ARMED = frozenset({"armed_forces", "armed_group", "country", "population"})
_STATES = _ARMED | {"government_body"}
_PEOPLE = frozenset({"person", "population"})
_KINDS_OF_PEOPLE = frozenset({"people", "officials", "armed", "forces"})
_OF_FORCE = frozenset({"asset", "forces", "armed", "people"})
_COMING_IN = frozenset(["enter", "come", "return", "visit", "land", "cross", "travel", "entry", "entrance"])
_TO_SPEAK = frozenset(
    [
        "comment",
        "say",
        "elaborate",
        "identify",
        "speculate",
        "disclose",
        "specify",
        "reveal",
        "predict",
        "discuss",
        "answer",
        "confirm",
        "name",
        "interview",
        "quote",
        "describe",
        "explain",
        "speak",
        "talk",
    ]
)
_TOLD = frozenset(["detail", "information", "name", "comment", "figure", "reason", "explanation", "answer", "estimate"])
_PLACE_NOUNS = frozenset([
    "capital", "city", "town", "port", "region", "province", "border", "island", "coast", "territory", "area",
    "base", "camp", "airport", "airfield", "village", "harbor", "harbour", "bridge"
])  # fmt: skip
_HOSTILE = frozenset({"ASSAULT", "SANCTION", "COERCE"})
_AT_PEACE = frozenset(["peacekeeper", "police", "policeman"])
_VERBAL = frozenset([
    "scathing", "blistering", "verbal", "outspoken", "fierce", "stinging", "withering", "bitter", "personal",
    "rhetorical", "extraordinary", "angry", "strongly-worded", "sharp", "partisan", "political"
])  # fmt: skip
_WARLIKE = frozenset([
    "air", "retaliatory", "preemptive", "pre-emptive", "nuclear", "precision", "military", "cruise", "aerial",
    "cyber", "surgical", "deadly"
])  # fmt: skip
_MARCHING = frozenset(["go", "move", "march", "deploy", "advance", "patrol", "take", "enter", "sail", "mobilize", "be"])
_USES = frozenset(["attack", "strike", "raid", "assault", "offensive", "fire", "barrage", "salvo", "operation", "war"])
_OF_PEACE = frozenset(["peacekeeper", "peacekeeping", "peace-keeping", "peacekeep", "observer", "peace"])
_LISTENERS = frozenset(
    ["reporter", "journalist", "newsman", "press", "crowd", "audience", "correspondent", "parliament", "supporter"]
)
_BLOWING_UP = frozenset(["bomb", "device", "grenade", "mine", "explosive", "bomber"])
_FUNDS = frozenset(["aid", "assistance", "fund", "grant", "loan", "credit", "funding"])


def is_met(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether all that a trigger needs is there."""
    return all(_NEEDS[need](trigger, verb, actors) for need in trigger.needs)


def _always(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    return True


def _at_a_place(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    return any(
        (inner := child.child("pobj")) is not None and _names_place(inner, actors)
        for child in verb.children
        if child.dep == "prep" and child.lower in trigger.frame
    )


def _takes_ground(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether it is a place that is taken, which is fighting; somebody or his goods are arrested or confiscated."""
    head = object_of(verb)
    if head is None:
        return False
    lemma = head.lemma.lower()
    if lemma in _PLACE_NOUNS | object_classes()["buildings"]:
        return True
    return any(t.entity == "GPE" or _names_ground(t, actors) for t in (head, *head.children_by("appos")))


def _names_ground(token: Token, actors: DocumentActors) -> bool:
    """Whether a word names a state or place, and is not a thing of its: "a Kenyan ship"."""
    mention = actors.mention_at(token)
    if mention is None:
        return actors.place_at(token) is not None
    return mention.mention_type != "nominal" and actors.entities[mention.entity].actor_type == "country"


def _to_an_actor(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    head = object_of(verb)
    if head is None:
        return False
    return bool(actors.participants(head)) or head.lemma.lower() in actor_nouns() or head.lemma.lower() in role_nouns()


def _to_a_person(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    head = object_of(verb)
    if head is None:
        return False
    if {actors.entities[p.entity].actor_type for p in actors.participants(head)} & _PEOPLE:
        return True
    lemma = head.lemma.lower()
    return actor_nouns().get(lemma) in _KINDS_OF_PEOPLE or lemma in role_nouns() or head.entity == "PERSON"


def _by_phone(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
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
    return "person" in kinds and not behind


def _keeps_out(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether it is coming in that somebody is kept from: "barred reporters from entering"."""
    for child in verb.children_by("prep"):
        if child.lower == "from" and (inner := child.child("pcomp", "pobj")) is not None:
            return inner.lemma.lower() in _COMING_IN
    head = verb.child("dobj")
    return head is not None and head.lemma.lower() in ("entry", "entrance", "admission")


def _is_to_do(trigger: Trigger, word: Token, actors: DocumentActors) -> bool:
    return any(
        c.dep in ("xcomp", "ccomp", "advcl") and c.tag == "VB" and any(a.lower == "to" for a in c.children_by("aux"))
        for c in word.children
    )


def _moves_arms(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    doer = subject_of(verb)
    return doer is not None and doer.lemma.lower() in object_classes()["military"] - _AT_PEACE


def _has_target(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    holders = [verb, *(t for t in (object_of(verb),) if t is not None)]
    return any(
        c.dep in ("prep", "prt") and c.lower in trigger.frame and not is_of_time(c)
        for holder in holders
        for c in holder.children
    )


def _is_money_that_goes(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    doer = subject_of(verb)
    if doer is None:
        return False
    words = {doer.lemma.lower(), *(c.lemma.lower() for c in doer.children if c.dep in ("nummod", "quantmod", "amod"))}
    return bool(words & (object_classes()["sums"] | _FUNDS))


def _doer(verb: Token) -> Token | None:
    return agent_of(verb) if is_passive(verb) else subject_of(verb)


def _doer_kinds(doer: Token, actors: DocumentActors) -> set[str]:
    return {actors.entities[p.entity].actor_type for p in actors.participants(doer)}


def _by_forces(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    doer = _doer(verb)
    if doer is None:
        return False
    noun = actor_nouns().get(doer.lemma.lower())
    if noun in ("forces", "armed"):
        return True
    return bool(_doer_kinds(doer, actors) & _ARMED) and noun in (None, "government", "state")


def _by_people(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    doer = _doer(verb)
    if doer is None:
        return False
    return actor_nouns().get(doer.lemma.lower()) in ("people", "armed") or "population" in _doer_kinds(doer, actors)


def _by_officials(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    doer = _doer(verb)
    if doer is None:
        return False
    entities = [actors.entities[p.entity] for p in actors.participants(doer)]
    if actor_nouns().get(doer.lemma.lower()) in ("officials", "government"):
        return not entities or any(e.country for e in entities)
    return any((e.role and e.country) or e.actor_type == "government_body" for e in entities)


def _by_officials_alone(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether a government or its officials protest, which is done by note and not in the street."""
    doer = _doer(verb)
    if doer is None or actor_nouns().get(doer.lemma.lower()) in ("people", "armed", "party"):
        return False
    entities = [actors.entities[p.entity] for p in actors.participants(doer)]
    return bool(entities) and all(
        e.actor_type in ("country", "government_body") or (e.actor_type == "person" and e.role) for e in entities
    )


def _in_words(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether named persons or parties attack others: with words, where no weapon is told."""
    doer, target = _doer(verb), object_of(verb)
    if doer is None or (target is not None and actor_nouns().get(target.lemma.lower()) in _OF_FORCE):
        return False
    kinds = _doer_kinds(doer, actors)
    if kinds - {"person", "political_party"} or not (kinds or doer.lower in ("he", "she")):
        return False
    return not any(t.lemma.lower() in object_classes()["arms"] for t in verb.subtree())


def _confers(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether somebody speaks with an equal, and not to the press or a crowd."""
    heads = [verb.child("dobj"), *(c.child("pobj") for c in verb.children if c.lower in ("to", "with"))]
    return not any(t is not None and t.lemma.lower() in _LISTENERS for t in heads)


def _by_a_state(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    doer = _doer(verb)
    if doer is None:
        return False
    entities = [actors.entities[p.entity] for p in actors.participants(doer)]
    return any(e.actor_type in _STATES or (e.actor_type == "person" and e.country and e.role) for e in entities)


def _by_fighters(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether forces or people do it, or a passive leaves open who does."""
    return (
        (is_passive(verb) and _doer(verb) is None)
        or _by_forces(trigger, verb, actors)
        or _by_people(trigger, verb, actors)
    )


def _asks_for_something(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether an act is asked for: to do, for a thing, or that it be done; a question asks for none."""
    if _is_to_do(trigger, verb, actors):
        return True
    head = object_of(verb)
    if any(
        c.lower == "for" and c.dep == "prep" for holder in (verb, head) if holder is not None for c in holder.children
    ):
        return True
    return any(
        c.dep == "ccomp" and c.tag == "VB" and any(m.dep == "mark" and m.lower == "that" for m in c.children)
        for c in verb.children
    )


def _refuses_an_act(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether an act or offer is refused: not "declined to comment", nor an index that "declined nine percent"."""
    what = verb.child("xcomp")
    if what is not None:
        told = what.child("dobj")
        return what.lemma.lower() not in _TO_SPEAK and (told is None or told.lemma.lower() not in _TOLD)
    head = verb.child("dobj")
    if head is not None and any(t.lemma.lower() in _TO_SPEAK for p in head.children_by("prep") for t in p.children):
        return False  # "declined requests for comment"
    return is_passive(verb) or head is not None or verb.child("ccomp") is not None


def _gives_way(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether somebody yields to somebody or something, rather than yields a result or admits that it is so."""
    if verb.child("ccomp") is not None:
        return False
    return verb.child("dobj") is None or any(c.lower == "to" and c.dep in ("prep", "dative") for c in verb.children)


def _comes_to_terms(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether somebody agrees to something, rather than shares an opinion ("agreed that it was late", "with him").

    What is told in the present is an opinion ("they agree on one thing").
    """
    if verb.tag in ("VBP", "VBZ") and verb.lemma == "agree":
        return False
    if is_passive(verb) or any(c.dep in ("xcomp", "dobj") or c.lower in ("on", "upon", "to") for c in verb.children):
        return True
    clause = verb.child("ccomp")
    return clause is not None and any(c.lower in ("will", "would", "shall") for c in clause.children_by("aux"))


def _stands_alone(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether a verb has no object or clause: "demonstrated in the capital", not "demonstrated that"."""
    return verb.child("dobj", "ccomp", "xcomp") is None


def _has_object(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    return object_of(verb) is not None


def _means_harm(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether a warning threatens: with force or sanctions, or a state that is not the speaker's own is warned."""
    head, doer = object_of(verb), _doer(verb)
    if head is not None and _are_own_people(head, doer, actors):
        return False
    if mode_of(verb, trigger, [], []) is not None:
        return True
    if head is None or doer is None:
        return False
    states = {actors.entities[p.entity].country for p in actors.participants(head)}
    own = {actors.entities[p.entity].country for p in actors.participants(doer)}
    return bool(states - own - {None})


def _are_own_people(head: Token, doer: Token | None, actors: DocumentActors) -> bool:
    """Whether those warned are the speaker's own, or people of no named state: "warned residents to take cover"."""
    states = {actors.entities[p.entity].country for p in actors.participants(head)}
    if not states:
        return actor_nouns().get(head.lemma.lower()) == "people"
    own = {actors.entities[p.entity].country for p in actors.participants(doer)} if doer is not None else set()
    return states <= own and head.pos == "NOUN"


def _speaks_harshly(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether an attack is one of words: "launched a scathing attack on the prime minister"."""
    head = object_of(verb)
    return head is not None and any(c.lemma.lower() in _VERBAL for c in head.children)


def _is_stoppage(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether a strike is one of workers and not of warplanes."""
    head = object_of(verb)
    if head is not None and any(c.lemma.lower() in _WARLIKE | object_classes()["arms"] for c in head.children):
        return False
    doer = _doer(verb)
    if doer is None:
        return True
    noun = actor_nouns().get(doer.lemma.lower())
    return noun not in ("forces", "armed") and (noun is not None or "country" not in _doer_kinds(doer, actors))


def _is_test(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether a weapon is tried out and not used: "launched a missile", not "a missile attack" nor "missiles at Iran"."""
    head = object_of(verb)
    aims = [i for c in verb.children if c.dep == "prep" and c.lower in ("at", "on") and (i := c.child("pobj"))]
    if any(actors.participants(aim) or actors.place_at(aim) for aim in aims):
        return False
    return head is None or head.lemma.lower() not in _USES


def _is_disputed(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether fire is criticism: "came under fire over the deal", "for saying"."""
    return any(c.dep == "prep" and c.lower in ("over", "for") and not is_of_time(c) for c in verb.children)


def _by_arms(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether a bomb does it: "a car bomb exploded outside the embassy"."""
    doer = verb.child("nsubj")
    return doer is not None and doer.lemma.lower() in _BLOWING_UP and verb.child("dobj") is None


def _routs(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether somebody is driven out of a place: "drove the rebels out of the town"."""
    head = object_of(verb)
    if head is None or not (trigger.particle or any(c.lower in ("out", "from") for c in verb.children)):
        return False
    return actor_nouns().get(head.lemma.lower()) in ("forces", "armed") or bool(_doer_kinds(head, actors) & _ARMED)


def _goes_out_of(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    return any(c.lower in ("out", "back") and c.dep in ("prt", "prep", "advmod") for c in verb.children)


def _keeps_peace(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether troops are sent to keep peace or to observe, which is aid."""
    if any(t.lemma.lower() in _OF_PEACE for t in verb.subtree()):
        return True
    doer = subject_of(verb)
    return doer is not None and any(t.lemma.lower() in _OF_PEACE for t in doer.subtree())


def _goes_out(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether forces are told to go somewhere, rather than to do or stop something ("ordered troops to stop")."""
    what = verb.child("xcomp", "ccomp")
    return what is None or what.lemma.lower() in _MARCHING


def _claims(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether it is charged that something is so: "charged that Chad had broken the treaty"."""
    return verb.child("ccomp") is not None and not is_passive(verb)


def _is_head(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether the object itself is one of those asked for: "announced aid", not "announced a suspension of aid"."""
    head = object_of(verb)
    return head is not None and head.lemma.lower() in trigger.objects


def _is_to_come(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether what is vowed is still to be done: not "vowed that it had kept the treaty"."""
    clause = verb.child("ccomp")
    return clause is None or clause.tag == "VB" or any(c.dep == "aux" and c.tag == "MD" for c in clause.children)


def _is_to_harm(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether what is vowed is hostile: "vowed to crack down on the militants", "promised to punish"."""
    what = verb.child("xcomp")
    if what is None or what.tag != "VB" or what.child("neg") is not None:
        return False
    return (
        any(t.type in _HOSTILE and _fits(t, what, actors) for t in triggers("verb").get(what.lemma.lower(), ()))
        or what.lemma.lower() in object_classes()["revenge"]
    )


def _fits(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether a verb has the particle and company that a trigger without objects asks for."""
    particle = trigger.particle is None or any(c.lower == trigger.particle for c in verb.children)
    return particle and not trigger.objects and is_met(trigger, verb, actors)


def _urges_an_act(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether somebody is warned to do something, which asks it of him; warned not to do it, he is threatened."""
    what, head = verb.child("xcomp"), object_of(verb)
    return (
        _to_an_actor(trigger, verb, actors)
        and head is not None
        and not _are_own_people(head, _doer(verb), actors)
        and _is_to_do(trigger, verb, actors)
        and what is not None
        and what.child("neg") is None
        and not any(c.dep == "neg" for c in verb.children)
    )


def _leaves(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether those who withdraw go themselves, and persons from somewhere: not "pulled out a gun", "he retreated"."""
    if verb.child("dobj") is not None:
        return False
    doer = subject_of(verb)
    kinds = _doer_kinds(doer, actors) if doer is not None else set()
    return kinds != {"person"} or any(c.lower == "from" for c in verb.children)


# What a row of the trigger list can ask for in its column `needs`.
_NEEDS: dict[str, Callable[[Trigger, Token, DocumentActors], bool]] = {
    "inverted": _always,  # the subject is the recipient: "received aid from"
    "frame": _always,  # the recipient is told in the frame, or there is no event: "spoke with"
    "mutual": _always,  # several do it among themselves: "the two restored relations", "failed to agree"
    "land": _always,  # done to a land and its people, where it lies
    "confers": _confers,
    "in words": _in_words,
    "officials": _by_officials_alone,
    "actor": _to_an_actor,
    "person": _to_a_person,
    "place": _at_a_place,
    "ground": _takes_ground,
    "phoned": _by_phone,
    "entry": _keeps_out,
    "to_do": _is_to_do,
    "target": _has_target,
    "fighters": _by_fighters,
    "asks": _asks_for_something,
    "terms": _comes_to_terms,
    "refuses": _refuses_an_act,
    "gives way": _gives_way,
    "alone": _stands_alone,
    "object": _has_object,
    "leaves": _leaves,
    "future": _is_to_come,
    "head": _is_head,
    "claims": _claims,
    "out": _goes_out,
    "verbal": _speaks_harshly,
    "stoppage": _is_stoppage,
    "test": _is_test,
    "peace": _keeps_peace,
    "harm": _means_harm,
    "harms": _is_to_harm,
    "urges": _urges_an_act,
    "arms": _moves_arms,
    "by arms": _by_arms,
    "disputed": _is_disputed,
    "routs": _routs,
    "out of": _goes_out_of,
    "funds": _is_money_that_goes,
    "forces": _by_forces,
    "people": _by_people,
    "political": _by_officials,
    "political_or_state": _by_a_state,
}


def _names_place(noun: Token, actors: DocumentActors) -> bool:
    """Whether a noun is a state or place, or one that belongs to it ("Kazakhstan's capital, Astana")."""
    near = [noun, *noun.children_by("appos")]
    if noun.lemma.lower() in _PLACE_NOUNS:
        near += noun.children_by("poss", "compound", "amod")
    return any(actors.place_at(t) is not None or actors.entity_at(t) is not None for t in near)
