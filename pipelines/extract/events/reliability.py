"""What speaks for or against a row of an event as a whole: how its sides were found, and how the sentence tells the act.

Names of what is so, each with a weight in the model of `confidence`. They ask nothing that only one corpus has, and hold
where more ways to find a side are added.
"""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import Entity, Participant
from pipelines.extract.syntax import agent_of, clause_of, is_passive, object_of, subject_of
from pipelines.language.parse import Sentence, Token
from pipelines.reference.plover import Trigger

_STATES = frozenset({"country", "government_body", "armed_forces", "igo"})
_GROUPS = frozenset({"armed_group", "political_party", "population"})
_NEAR, _FAR = 6, 20
_LONG = 45
_FEW, _MANY = 2, 5
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "agent"})
_TELLING = frozenset({"ROOT", "ccomp", "parataxis"})
_TOLD_OF = frozenset({"relcl", "acl", "advcl", "xcomp", "pcomp"})


def row_features(
    token: Token,
    trigger: Trigger,
    sources: list[Participant],
    recipients: list[Participant],
    factuality: str,
    actors: DocumentActors,
    sentence: Sentence,
) -> list[str]:
    """Names of what is so of a row; each has a weight in the model."""
    found = ["bias", f"type:{trigger.type}", f"clause:{_place(token)}"]
    if factuality != "actual":
        found.append(f"factuality:{factuality}")
    for side, participants in (("source", sources), ("recipient", recipients)):
        found += [f"{side}:{name}" for name in _of_side(token, participants, actors)]
    if sources and recipients:
        here, there = ({_state(actors.entities[p.entity]) for p in side} for side in (sources, recipients))
        found.append("within a state" if here & there else "between states")
    elif not sources and token.pos == "VERB" and is_passive(token) and agent_of(token) is None:
        found.append("passive without agent")
    found += _arguments(token, trigger, sources, recipients, actors)
    named = {m.entity for m in actors.mentions if m.sentence_index == token.sentence}
    found.append("few actors" if len(named) <= _FEW else "many actors" if len(named) >= _MANY else "some actors")
    if trigger.objects:
        found.append("with object")
    if sentence.last - sentence.first > _LONG:
        found.append("long sentence")
    if _depth(token) > 2:
        found.append("deep")
    return found


def _arguments(
    token: Token, trigger: Trigger, sources: list[Participant], recipients: list[Participant], actors: DocumentActors
) -> list[str]:
    """Whether subject and object of a verb are its sides, or others were taken, or nobody."""
    found: list[str] = []
    if not recipients:
        found.append(f"{trigger.type} at nobody")
    if not sources:
        found.append(f"{trigger.type} by nobody")
    if token.pos != "VERB":
        return found
    doer = agent_of(token) if is_passive(token) else subject_of(token)
    target = object_of(token)
    if doer is not None:
        if doer.pos == "PRON":
            found.append("subject pronoun")
        elif not _covers(sources, doer, actors):
            found.append("subject not taken")
    if not is_passive(token) and token.child("nsubj") is None:
        found.append("subject of another verb")
    if target is not None and target.pos in ("NOUN", "PROPN") and not _covers(recipients, target, actors):
        found.append("object passed over" if recipients else "object not taken")
    return found


def _covers(participants: list[Participant], token: Token, actors: DocumentActors) -> bool:
    """Whether a word is in the mention of one of them."""
    spans = [actors.mentions[p.mention] for p in participants if p.mention is not None]
    return any(m.start_char <= token.start < m.end_char for m in spans)


def _place(token: Token) -> str:
    """Where the trigger stands: as what the sentence tells, in a clause of it, joined on, or as a noun."""
    if token.pos == "NOUN":
        return "noun"
    if token.dep in _TELLING:
        return "main"
    return "below" if token.dep in _TOLD_OF else "joined"


def _of_side(token: Token, participants: list[Participant], actors: DocumentActors) -> list[str]:
    if not participants:
        return ["none"]
    first = participants[0]
    found = [_kind(actors.entities[first.entity])]
    if len(participants) > 1:
        found.append("several")
    if max(p.confidence for p in participants) < 0.6:
        found.append("unsure")
    if first.mention is None:
        return [*found, "inferred"]
    mention = actors.mentions[first.mention]
    found.append(f"by {mention.mention_type}")
    if mention.sentence_index != token.sentence:
        return [*found, "elsewhere"]
    head = actors.parse.head_of(actors.parse.tokens_in(mention.start_char, mention.end_char))
    if (head.head is token and head.dep in _ARGUMENTS) or (
        head.head.head is token and head.head.dep in ("agent", "prep")
    ):
        return [*found, "argument"]
    distance = abs(head.index - token.index)
    found.append("near" if distance <= _NEAR else "far" if distance > _FAR else "in reach")
    if clause_of(head) is not clause_of(token):
        found.append("of another clause")
    return found


def _kind(entity: Entity) -> str:
    if entity.actor_type == "person":
        return "person of a state" if entity.country else "person"
    return "state" if entity.actor_type in _STATES else "group" if entity.actor_type in _GROUPS else "other"


def _state(entity: Entity) -> str:
    return entity.country or entity.name


def _depth(token: Token) -> int:
    """How many clauses the trigger's own stands in."""
    return sum(t.dep in _TOLD_OF or t.dep == "ccomp" for t in (token, *token.ancestors()))
