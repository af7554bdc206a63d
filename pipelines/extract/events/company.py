"""What must stand beside a trigger: the conditions that a row of the trigger list can name in its column `needs`."""

from __future__ import annotations

from collections.abc import Callable

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.events import company_clauses as clauses
from pipelines.extract.events import company_doers as doers
from pipelines.extract.events import company_objects as objects
from pipelines.language.parse import Token
from pipelines.reference.plover import Trigger, object_classes, triggers

_HOSTILE = frozenset({"ASSAULT", "SANCTION", "COERCE"})


def is_met(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    """Whether all that a trigger needs is there."""
    return all(_NEEDS[need](trigger, verb, actors) for need in trigger.needs)


def _always(trigger: Trigger, verb: Token, actors: DocumentActors) -> bool:
    return True


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


# What a row of the trigger list can ask for in its column `needs`.
_NEEDS: dict[str, Callable[[Trigger, Token, DocumentActors], bool]] = {
    "inverted": _always,  # the subject is the recipient: "received aid from"
    "frame": _always,  # the recipient is told in the frame, or there is no event: "spoke with"
    "mutual": _always,  # several do it among themselves: "the two restored relations", "failed to agree"
    "land": _always,  # done to a land and its people, where it lies
    "confers": objects.confers,
    "in words": doers.in_words,
    "officials": doers.by_officials_alone,
    "actor": objects.to_an_actor,
    "person": objects.to_a_person,
    "place": objects.at_a_place,
    "ground": objects.takes_ground,
    "phoned": objects.by_phone,
    "entry": objects.keeps_out,
    "to_do": clauses.is_to_do,
    "target": objects.has_target,
    "fighters": doers.by_fighters,
    "asks": clauses.asks_for_something,
    "terms": clauses.comes_to_terms,
    "refuses": clauses.refuses_an_act,
    "gives way": clauses.gives_way,
    "alone": clauses.stands_alone,
    "object": objects.has_object,
    "leaves": doers.leaves,
    "future": clauses.is_to_come,
    "head": objects.is_head,
    "claims": clauses.claims,
    "out": clauses.goes_out,
    "verbal": objects.speaks_harshly,
    "stoppage": doers.is_stoppage,
    "test": objects.is_test,
    "peace": doers.keeps_peace,
    "harm": clauses.means_harm,
    "harms": _is_to_harm,
    "urges": clauses.urges_an_act,
    "arms": doers.moves_arms,
    "by arms": doers.by_arms,
    "disputed": clauses.is_disputed,
    "routs": objects.routs,
    "out of": clauses.goes_out_of,
    "funds": doers.is_money_that_goes,
    "forces": doers.by_forces,
    "people": doers.by_people,
    "political": doers.by_officials,
    "political_or_state": doers.by_a_state,
}
