"""What the clause below a word must say for it to be a trigger: an act asked for, refused, to come; conditions of `company`."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.events.company_doers import doer_of
from pipelines.extract.events.company_objects import to_an_actor
from pipelines.extract.events.modes import mode_of
from pipelines.extract.syntax import is_of_time, is_passive, object_of
from pipelines.language.parse import Token
from pipelines.reference.plover import Trigger
from pipelines.reference.roles import actor_nouns

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
_MARCHING = frozenset(["go", "move", "march", "deploy", "advance", "patrol", "take", "enter", "sail", "mobilize", "be"])


def is_to_do(trigger: Trigger, word: Token, actors: DocumentActors) -> bool:
    """Whether it governs an infinitive: "agreed to withdraw"."""
    return any(
        c.dep in ("xcomp", "ccomp", "advcl") and c.tag == "VB" and any(a.lower == "to" for a in c.children_by("aux"))
        for c in word.children
    )


def asks_for_something(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether an act is asked for: to do, for a thing, or that it be done; a question asks for none."""
    if is_to_do(trigger, verb, actors):
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


def refuses_an_act(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether an act or offer is refused: not "declined to comment", nor an index that "declined nine percent"."""
    what = verb.child("xcomp")
    if what is not None:
        told = what.child("dobj")
        return what.lemma.lower() not in _TO_SPEAK and (told is None or told.lemma.lower() not in _TOLD)
    head = verb.child("dobj")
    if head is not None and any(t.lemma.lower() in _TO_SPEAK for p in head.children_by("prep") for t in p.children):
        return False  # "declined requests for comment"
    return is_passive(verb) or head is not None or verb.child("ccomp") is not None


def gives_way(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether somebody yields to somebody or something, rather than yields a result or admits that it is so."""
    if verb.child("ccomp") is not None:
        return False
    return verb.child("dobj") is None or any(c.lower == "to" and c.dep in ("prep", "dative") for c in verb.children)


def comes_to_terms(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether somebody agrees to something, rather than shares an opinion ("agreed that it was late", "with him").

    What is told in the present is an opinion ("they agree on one thing").
    """
    if verb.tag in ("VBP", "VBZ") and verb.lemma == "agree":
        return False
    if is_passive(verb) or any(c.dep in ("xcomp", "dobj") or c.lower in ("on", "upon", "to") for c in verb.children):
        return True
    clause = verb.child("ccomp")
    return clause is not None and any(c.lower in ("will", "would", "shall") for c in clause.children_by("aux"))


def stands_alone(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether a verb has no object or clause: "demonstrated in the capital", not "demonstrated that"."""
    return verb.child("dobj", "ccomp", "xcomp") is None


def means_harm(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether a warning threatens: with force or sanctions, or a state that is not the speaker's own is warned."""
    head, doer = object_of(verb), doer_of(verb)
    if head is not None and are_own_people(head, doer, actors):
        return False
    if mode_of(verb, trigger, [], []) is not None:
        return True
    if head is None or doer is None:
        return False
    states = {actors.entities[p.entity].country for p in actors.participants(head)}
    own = {actors.entities[p.entity].country for p in actors.participants(doer)}
    return bool(states - own - {None})


def are_own_people(head: Token, doer: Token | None, actors: DocumentActors) -> bool:
    """Whether those warned are the speaker's own, or people of no named state: "warned residents to take cover"."""
    states = {actors.entities[p.entity].country for p in actors.participants(head)}
    if not states:
        return actor_nouns().get(head.lemma.lower()) == "people"
    own = {actors.entities[p.entity].country for p in actors.participants(doer)} if doer is not None else set()
    return states <= own and head.pos == "NOUN"


def is_disputed(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether fire is criticism: "came under fire over the deal", "for saying"."""
    return any(c.dep == "prep" and c.lower in ("over", "for") and not is_of_time(c) for c in verb.children)


def goes_out_of(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether those who go leave: "pulled out of the town", "pulled back"."""
    return any(c.lower in ("out", "back") and c.dep in ("prt", "prep", "advmod") for c in verb.children)


def goes_out(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether forces are told to go somewhere, rather than to do or stop something ("ordered troops to stop")."""
    what = verb.child("xcomp", "ccomp")
    return what is None or what.lemma.lower() in _MARCHING


def claims(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether it is charged that something is so: "charged that Chad had broken the treaty"."""
    return verb.child("ccomp") is not None and not is_passive(verb)


def is_to_come(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether what is vowed is still to be done: not "vowed that it had kept the treaty"."""
    clause = verb.child("ccomp")
    return clause is None or clause.tag == "VB" or any(c.dep == "aux" and c.tag == "MD" for c in clause.children)


def urges_an_act(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether somebody is warned to do something, which asks it of him; warned not to do it, he is threatened."""
    what, head = verb.child("xcomp"), object_of(verb)
    return (
        to_an_actor(trigger, verb, actors)
        and head is not None
        and not are_own_people(head, doer_of(verb), actors)
        and is_to_do(trigger, verb, actors)
        and what is not None
        and what.child("neg") is None
        and not any(c.dep == "neg" for c in verb.children)
    )
