"""Demands without a word for them: what a speaker says that somebody else must do."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.attribution import speaker_token
from pipelines.extract.facts import Participant
from pipelines.extract.syntax import antecedent, is_passive
from pipelines.language.parse import Token
from pipelines.reference.plover import Trigger

DEMAND = Trigger("must", None, "verb", "REQUEST", None, frozenset(), (), (), 0, "request:must")


def demand_of(verb: Token, actors: DocumentActors) -> tuple[list[Participant], list[Participant]] | None:
    """(who demands, of whom) where a verb is what a named speaker says that another has to do, else None.

    "Must" demands; "should" advises, and is none. Demands of oneself are none.
    """
    modal = next((c for c in verb.children if c.dep == "aux" and c.lower == "must"), None)
    if modal is None or any(c.dep == "aux" and c.lemma == "have" for c in verb.children):
        return None
    doer = verb.child("nsubj", "nsubjpass")
    if doer is None or is_passive(verb):
        return None
    speaker = speaker_token(verb)
    if speaker is None:
        return None
    sources = actors.participants(antecedent(speaker), conjuncts=False)
    recipients = actors.participants(antecedent(doer))
    mine = {_side(p, actors) for p in sources}
    others = [p for p in recipients if _side(p, actors) not in mine and not _is_at_home(p, actors)]
    return (sources, others) if sources and others and doer.tag != "PRP" else None


def _side(participant: Participant, actors: DocumentActors) -> str:
    """The state that somebody speaks for; a rebel group speaks for itself.

    What a state's own politicians tell each other that they must do is debate, and no demand.
    """
    entity = actors.entities[participant.entity]
    return entity.country if entity.country and entity.actor_type != "armed_group" else entity.name


def _is_at_home(participant: Participant, actors: DocumentActors) -> bool:
    """Whether it is a body of no named state, which is the speaker's own: "Parliament must act"."""
    entity = actors.entities[participant.entity]
    return entity.actor_type == "government_body" and entity.country is None
