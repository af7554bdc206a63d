"""Who takes part in an event: source and recipient, from the clause or the noun phrase that tells it."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import Participant
from pipelines.extract.syntax import agent_of, antecedent, clause_of, is_passive, object_of, subject_of
from pipelines.language.parse import Token
from pipelines.reference.plover import Trigger

_OWNERS = ("poss", "compound", "amod", "nmod")
_COMPLEMENTS = frozenset("dobj dative prep pobj pcomp xcomp attr oprd prt agent acl".split())
_BETWEEN = frozenset({"between", "among", "with"})


def of_verb(verb: Token, trigger: Trigger, actors: DocumentActors) -> tuple[list[Participant], list[Participant]]:
    """(sources, recipients) of an event told by a verb."""
    if is_passive(verb):
        agent = agent_of(verb)
        sources = actors.participants(agent) if agent is not None else []
        undergoer = object_of(verb) or subject_of(verb)
        recipients = _of_undergoer(undergoer, verb, trigger, actors)
    else:
        doer = subject_of(verb)
        sources = actors.participants(antecedent(doer)) if doer is not None else []
        if not sources and doer is not None:
            sources = owners(doer, actors)
        recipients = _by_frame(verb, trigger, actors)
    if trigger.needs == "inverted":
        recipients, sources = sources, recipients
    return sources, _without(recipients, sources)


def _of_undergoer(
    undergoer: Token | None, verb: Token, trigger: Trigger, actors: DocumentActors
) -> list[Participant]:
    """Recipient of a passive: its subject, or for "sanctions were imposed on Iran" what the frame says."""
    if undergoer is None:
        return []
    if trigger.objects and (found := _by_frame(verb, trigger, actors)):
        return found
    undergoer = antecedent(undergoer)
    return actors.participants(undergoer) or owners(undergoer, actors)


def _by_frame(verb: Token, trigger: Trigger, actors: DocumentActors) -> list[Participant]:
    """Recipient by the places where the trigger has it, best first."""
    head = object_of(verb) if not is_passive(verb) else None
    nouns = [t for t in (head, verb.child("nsubjpass")) if t is not None]
    for place in trigger.frame:
        if place == "obj":
            if head is not None:
                found = actors.participants(antecedent(head))
                if found:
                    return found
        elif place == "dative":
            dative = verb.child("dative")
            if dative is not None:
                inner = dative if dative.pos != "ADP" else dative.child("pobj")
                if inner is not None and (found := actors.participants(inner)):
                    return found
        else:
            for holder in (verb, *nouns, *(n for noun in nouns for n in _inside(noun))):
                found = _below(holder, place, actors)
                if found:
                    return found
    for holder in nouns:
        if found := owners(holder, actors):
            return found
        for inner in _inside(holder):
            if found := owners(inner, actors):
                return found
    # What is asked or agreed: "demanded that Iran stop", "agreed to help Iraq", "called on X to".
    for child in verb.children:
        if child.dep == "ccomp" and trigger.type in ("REQUEST", "ACCUSE", "THREATEN"):
            doer = subject_of(child)
            if doer is not None and (found := actors.participants(doer)):
                return found
        if child.dep == "xcomp" and trigger.type in ("AGREE", "REJECT", "THREATEN", "REQUEST", "SUPPORT"):
            for place in ("dative", "obj", "with", "to", "for", "from", "against", "on"):
                found = _simple(child, place, actors)
                if found:
                    return found
    if trigger.type in ("CONSULT", "AGREE", "COOPERATE", "ASSAULT") and (found := _below(verb, "with", actors)):
        return found
    return _anywhere_below(verb, actors)


def _anywhere_below(verb: Token, actors: DocumentActors) -> list[Participant]:
    """The first actor in what a verb governs, outside clauses of their own: who is left when no frame tells."""
    subject = subject_of(verb)
    taken = {p.entity for p in actors.participants(subject)} if subject is not None else set()
    queue = [(c, 0) for c in verb.children if c.dep in _COMPLEMENTS and c.index > verb.index]
    while queue:
        token, depth = queue.pop(0)
        if token.pos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
            if token.pos != "PRON":
                found = [p for p in actors.participants(token) if p.entity not in taken] or owners(token, actors)
                found = [p for p in found if p.entity not in taken]
                if found:
                    return [Participant(p.entity, p.mention, p.confidence * 0.7) for p in found]
                if token.dep == "pobj" and (iso3 := actors.place_at(token)):
                    state = actors.state(iso3)
                    if state not in taken:
                        return [Participant(state, None, 0.5)]
        if depth < 5:
            queue += [(c, depth + 1) for c in token.children if c.dep in _COMPLEMENTS]
    return []


def _simple(verb: Token, place: str, actors: DocumentActors) -> list[Participant]:
    if place in ("obj", "dative"):
        head = object_of(verb) if place == "obj" else verb.child("dative")
        if head is None:
            return []
        if head.pos == "ADP":
            head = head.child("pobj") or head
        return actors.participants(head)
    head = object_of(verb)
    return _below(verb, place, actors) or (_below(head, place, actors) if head is not None else [])


def _inside(noun: Token) -> list[Token]:
    """Nouns that a noun phrase holds below of, in, for: "millions of dollars in aid to Kenya"."""
    found = []
    for preposition in noun.children_by("prep"):
        inner = preposition.child("pobj")
        if inner is not None:
            found.append(inner)
            found += [i for p in inner.children_by("prep") if (i := p.child("pobj")) is not None]
    return found


def _below(holder: Token, preposition: str, actors: DocumentActors) -> list[Participant]:
    for child in holder.children:
        if child.lower == preposition and child.dep in ("prep", "dative", "agent", "prt"):
            inner = child.child("pobj")
            if inner is None:
                continue
            found = actors.participants(inner)
            if not found and (iso3 := actors.place_at(inner)):
                found = [Participant(actors.state(iso3), None, 0.7)]
            if not found:
                found = owners(inner, actors)
            if found:
                return found
    return []


def owners(noun: Token, actors: DocumentActors) -> list[Participant]:
    """Actors that a noun belongs to by name: "Iran's offer", "the Israeli attack", "the offer of Iran"."""
    found: list[Participant] = []
    for child in noun.children:
        if child.dep in _OWNERS and child.index < noun.index:
            for mention in actors.mentions_at(child):
                found.append(Participant(mention.entity, mention.index, 0.75))
            if not found and child.dep == "poss":
                found = actors.participants(child)
        elif child.dep == "prep" and child.lower == "of" and not found:
            inner = child.child("pobj")
            if inner is not None:
                found = actors.participants(inner)
    return found


def of_noun(noun: Token, trigger: Trigger, actors: DocumentActors) -> tuple[list[Participant], list[Participant]]:
    """(sources, recipients) of an event told by a noun: "the U.S. attack on Iraq", "talks between A and B"."""
    sources: list[Participant] = []
    for child in noun.children:
        if child.dep in _OWNERS and child.index < noun.index and not sources:
            sources = [Participant(m.entity, m.index, 0.85) for m in actors.mentions_at(child)]
            if not sources and child.dep == "poss":
                sources = actors.participants(child)
    by = _below(noun, "by", actors)
    sources = by or sources
    recipients: list[Participant] = []
    for preposition in trigger.frame:
        if preposition == "by":
            continue
        found = _below(noun, preposition, actors)
        if found:
            if preposition in ("between", "among") or (preposition == "of" and trigger.type == "CONSULT"):
                sources = sources + [p for p in found if p.entity not in {s.entity for s in sources}]
            else:
                recipients = found
            break
    if not sources and trigger.type in ("CONSULT", "AGREE", "COOPERATE", "ASSAULT", "AID", "SUPPORT"):
        verb = clause_of(noun)
        if verb.pos in ("VERB", "AUX") and (doer := subject_of(verb)) is not None and not _is_within(noun, doer):
            sources = [Participant(p.entity, p.mention, p.confidence * 0.8) for p in actors.participants(antecedent(doer))]
    return sources, _without(recipients, sources)


def _is_within(token: Token, head: Token) -> bool:
    return token is head or any(a is head for a in token.ancestors())


def _without(participants: list[Participant], others: list[Participant]) -> list[Participant]:
    taken = {p.entity for p in others}
    return [p for p in participants if p.entity not in taken]
