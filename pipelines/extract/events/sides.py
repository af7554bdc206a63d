"""Who takes part in an event: source and recipient, from the clause or the noun phrase that tells it."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.events.matching import holders_of
from pipelines.extract.facts import Participant
from pipelines.extract.syntax import agent_of, antecedent, clause_of, is_passive, object_of, subject_of
from pipelines.language.parse import Token
from pipelines.reference.plover import Trigger
from pipelines.reference.roles import actor_nouns, role_nouns

_OWNERS = ("poss", "compound", "amod", "nmod")
_COMPLEMENTS = frozenset(["dobj", "dative", "prep", "pobj", "pcomp", "xcomp", "attr", "oprd", "prt", "agent", "acl"])
_WHERE = frozenset(["in", "at", "near", "outside"])
_ASIDE = frozenset(
    [
        "during",
        "after",
        "before",
        "since",
        "by",
        "following",
        "amid",
        "despite",
        "without",
        "because",
        "unless",
        "until",
        "when",
        "while",
        "as",
        "although",
        "though",
        "according",
        "under",
        "including",
        "like",
        "unlike",
        "besides",
    ]
)
_DONE_TO_PLACES = frozenset({"ASSAULT", "AID", "COERCE", "MOBILIZE", "CONCEDE"})
_KEEPERS_OF_ORDER = frozenset(["police", "policeman", "court", "authority", "judge", "prosecutor", "soldier", "troop"])
_PAPERS = frozenset(
    [
        "resolution",
        "statement",
        "report",
        "letter",
        "bill",
        "law",
        "declaration",
        "communique",
        "document",
        "article",
        "editorial",
        "message",
        "note",
        "petition",
        "decree",
        "legislation",
    ]
)
_TO_COUNTER = frozenset(
    ["counter", "deter", "confront", "oppose", "contain", "face", "repel", "resist", "intimidate", "pressure"]
)
_TOGETHER = frozenset({"CONSULT", "AGREE", "COOPERATE"})


def of_verb(verb: Token, trigger: Trigger, actors: DocumentActors) -> tuple[list[Participant], list[Participant]]:
    """(sources, recipients) of an event told by a verb."""
    if is_passive(verb):
        agent = agent_of(verb)
        sources = actors.participants(agent) if agent is not None else []
        undergoer = object_of(verb) or subject_of(verb)
        if trigger.type == "MOBILIZE":  # who is deployed belongs to him who deploys
            if not sources and undergoer is not None:
                sources = actors.participants(antecedent(undergoer)) or owners(undergoer, actors)
            return sources, _without(_by_frame(verb, trigger, actors, sources), sources, actors)
        recipients = _of_undergoer(undergoer, verb, trigger, actors, sources)
    else:
        doer = subject_of(verb)
        sources = actors.participants(antecedent(doer)) if doer is not None else []
        if not sources and doer is not None:
            sources = owners(doer, actors) or _of_document(doer, actors)
        recipients = _by_frame(verb, trigger, actors, sources)
    recipients = _located(recipients, verb, actors)
    if "inverted" in trigger.needs:
        recipients, sources = sources, recipients
    return sources, _without(recipients, sources, actors)


def _of_document(doer: Token, actors: DocumentActors) -> list[Participant]:
    """Who adopts, votes on or issues the paper that speaks: "the Assembly passed a resolution calling on"."""
    if doer.lemma.lower() not in _PAPERS:
        return []
    verb = clause_of(doer)
    author = subject_of(verb) if verb.pos in ("VERB", "AUX") and verb.index < doer.index else None
    if author is None or author is doer:
        return []
    return [Participant(p.entity, p.mention, p.confidence * 0.8) for p in actors.participants(antecedent(author))]


def _of_undergoer(
    undergoer: Token | None, verb: Token, trigger: Trigger, actors: DocumentActors, sources: list[Participant]
) -> list[Participant]:
    """Recipient of a passive: its subject, or for "sanctions were imposed on Iran" what the frame says."""
    if undergoer is None:
        return []
    if trigger.objects and (found := _by_frame(verb, trigger, actors, sources)):
        return found
    undergoer = antecedent(undergoer)
    found = actors.participants(undergoer) or owners(undergoer, actors)
    if not found and trigger.type in ("ASSAULT", "COERCE"):  # "a camp for Congolese refugees was attacked"
        for inner in _inside(undergoer):
            found = found or actors.participants(inner)
    return found


def _by_frame(verb: Token, trigger: Trigger, actors: DocumentActors, sources: list[Participant]) -> list[Participant]:
    """Recipient by the places where the trigger has it, best first; a place that holds the source alone is passed over."""
    head = object_of(verb) if not is_passive(verb) else None
    nouns = [t for t in (head, verb.child("nsubjpass")) if t is not None]
    if verb.dep == "acl" and is_passive(verb):  # "sanctions against Iran imposed by": hung on either noun
        nouns = [*holders_of(verb.head), verb.head]
    inner = [i for noun in nouns for i in _inside(noun)]
    alone = trigger.type in _TOGETHER or "mutual" in trigger.needs
    for found in _candidates(verb, head, nouns, inner, trigger, actors, alone and _are_several(sources, actors)):
        fresh = _without(found, sources, actors)
        if fresh:
            return fresh
    if "frame" in trigger.needs or trigger.type == "MOBILIZE":
        return []
    if alone and _are_several(sources, actors):
        return []
    return _anywhere_below(verb, trigger, actors)


def _may_be_done_in(preposition: Token, trigger: Trigger) -> bool:
    """Whether where something is tells to whom it is done: an attack in a place, a loan for a project in a country."""
    if trigger.type in _DONE_TO_PLACES:
        return True
    holder = preposition.head
    if trigger.type not in _TOGETHER:
        return preposition.lower == "in" and holder.pos == "NOUN" and holder.dep == "dobj"
    return trigger.type == "AGREE" and holder.dep == "pobj" and holder.head.lower == "for"


def _are_several(sources: list[Participant], actors: DocumentActors) -> bool:
    """Whether those who act together are of more than one state: nobody else need be looked for."""
    return len({actors.entities[p.entity].country or p.entity for p in sources}) > 1


def _candidates(
    verb: Token,
    head: Token | None,
    nouns: list[Token],
    inner: list[Token],
    trigger: Trigger,
    actors: DocumentActors,
    in_frame_alone: bool,
) -> Iterator[list[Participant]]:
    for place in trigger.frame:
        if place == "obj":
            if head is not None:
                yield actors.participants(antecedent(head))
            for child in verb.children_by("conj"):  # "defend itself, as well as Japan": hung on the verb
                if child.pos in ("NOUN", "PROPN"):
                    yield actors.participants(child)
            if head is None and (small := verb.child("ccomp", "oprd")) is not None and small.pos == "ADJ":
                # "found him guilty": what is said of the object makes a clause of it.
                doer = small.child("nsubj")
                yield actors.participants(doer) if doer is not None else []
        elif place == "dative":
            yield _simple(verb, "dative", actors)
        else:
            # What is demanded is somebody's by "of", and from a place by "from": "the withdrawal of A from B".
            of_noun_first = trigger.type == "REQUEST" and place == "from"
            for holder in (verb, *nouns, *inner):
                if of_noun_first and holder is not verb:
                    yield _below(holder, "of", actors) or _below(holder, "by", actors)
                yield _below(holder, place, actors)
    if "frame" in trigger.needs:
        return
    if not in_frame_alone:
        for holder in (*nouns, *inner):
            yield owners(holder, actors)
    # What is asked, threatened or agreed: "demanded that Iran stop", "agreed to help Iraq".
    if trigger.type == "REQUEST":
        for noun in nouns:
            for clause in noun.children:
                if clause.dep in ("acl", "relcl", "ccomp") and (doer := clause.child("nsubj")) is not None:
                    yield actors.participants(doer)  # "sought assurances the U.S. remained committed"
    for child in verb.children:
        if trigger.type == "MOBILIZE" and child.dep in ("advcl", "xcomp") and child.lemma.lower() in _TO_COUNTER:
            what = object_of(child)
            if what is not None:
                yield actors.participants(what) or owners(what, actors)
        if child.dep == "ccomp" and trigger.type in ("REQUEST", "ACCUSE", "THREATEN"):
            doer = subject_of(child)
            if doer is not None:
                yield actors.participants(doer)
            if trigger.type == "THREATEN":
                for place in ("on", "against", "to", "obj"):
                    yield _simple(child, place, actors)
        elif is_to_do(child) and trigger.type in ("AGREE", "REJECT", "THREATEN", "REQUEST", "SUPPORT"):
            let = child.child("ccomp")
            if let is not None and (doer := let.child("nsubj")) is not None:  # "refused to allow planes to land"
                yield actors.participants(doer)
            for place in ("dative", "to", "with", "against", "obj", "for", "from", "on"):
                yield _simple(child, place, actors)
    if trigger.type in ("CONSULT", "AGREE", "COOPERATE", "ASSAULT"):
        yield _below(verb, "with", actors)


def at_home(sources: list[Participant], actors: DocumentActors) -> list[Participant]:
    """The state of those who protest, against which they do where the text names nobody else."""
    states = dict.fromkeys(actors.entities[p.entity].country for p in sources)
    taken = {p.entity for p in sources}
    return [
        Participant(actors.state(s), None, 0.4)
        for s in states
        if s and (actors.state(s) not in taken or len(states) == 1)
    ]


def of_people(verb: Token, actors: DocumentActors) -> list[Participant]:
    """People of the state where a clause is set, where its subject are people of no named state ("students in Nepal")."""
    doer = subject_of(verb)
    if doer is None or actor_nouns().get(doer.lemma.lower()) not in ("people", "armed"):
        return []
    return _set_in(verb, actors)


def of_unnamed(verb: Token, trigger: Trigger, sources: list[Participant], actors: DocumentActors) -> list[Participant]:
    """State of unnamed people to whom something is done: of the place that the clause names, else of the police who do it.

    Curfews and martial law are laid on a state's own people.
    """
    undergoer = object_of(verb)
    if trigger.mode == "martial-law" or "curfew" in {t.lemma.lower() for t in verb.subtree()}:
        return _set_in(verb, actors) or at_home(sources, actors)
    if undergoer is None or trigger.type == "THREATEN":
        return []
    lemma = undergoer.lemma.lower()
    if actor_nouns().get(lemma) not in ("people", "officials", "armed") and lemma not in role_nouns():
        return []
    if place := _set_in(verb, actors):
        return place
    doer = subject_of(verb)
    return at_home(sources, actors) if doer is not None and doer.lemma.lower() in _KEEPERS_OF_ORDER else []


def _set_in(verb: Token, actors: DocumentActors) -> list[Participant]:
    """The state in which the places of a clause lie."""
    for token in verb.subtree():
        if token.dep == "pobj" and token.head.lower in _WHERE and (iso3 := actors.place_at(token)):
            return [Participant(actors.state(iso3), None, 0.4)]
    return []


def of_promise(what: Token, sources: list[Participant], actors: DocumentActors) -> list[Participant]:
    """To or against whom it is that somebody is willing to do something: the recipient of what is to be done."""
    for place in ("dative", "to", "with", "against", "obj", "for", "from", "on"):
        if found := _without(_simple(what, place, actors), sources, actors):
            return found
    return []


def is_to_do(clause: Token) -> bool:
    """Whether a clause is what somebody agrees, threatens or refuses to do ("to impose restrictions")."""
    return clause.dep == "xcomp" or (
        clause.dep == "advcl"
        and clause.tag == "VB"
        and any(c.dep == "aux" and c.lower == "to" for c in clause.children)
    )


def _located(recipients: list[Participant], verb: Token, actors: DocumentActors) -> list[Participant]:
    """People of no known state are taken for the state they are in: "refugees fleeing the war in Liberia"."""
    if not recipients or any(
        actors.entities[p.entity].country
        or actors.entities[p.entity].actor_type not in ("population", "other_organization")
        for p in recipients
    ):
        return recipients
    for token in verb.subtree():
        if token.dep == "pobj" and token.head.lower in ("in", "from") and (iso3 := actors.place_at(token)):
            return [Participant(actors.state(iso3), None, 0.5)]
    return recipients


def _anywhere_below(verb: Token, trigger: Trigger, actors: DocumentActors) -> list[Participant]:
    """The first actor in what a verb governs, outside clauses of their own: who is left when no frame tells.

    Where something happens, or when, is no recipient, but for acts that are done to a place.
    """
    subject = subject_of(verb)
    taken = {p.entity for p in actors.participants(subject)} if subject is not None else set()
    queue = [(c, 0) for c in verb.children if c.dep in _COMPLEMENTS and c.index > verb.index]
    while queue:
        token, depth = queue.pop(0)
        if token.dep == "prep" and (
            token.lower in _ASIDE or (token.lower in _WHERE and not _may_be_done_in(token, trigger))
        ):
            continue
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
            if child.index not in actors.not_owners:
                found.extend(Participant(m.entity, m.index, 0.75) for m in actors.mentions_at(child))
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
        if not found and noun.dep == "pobj" and preposition != "of" and noun.head.index < noun.index:
            # "in a call on Tuesday to the minister": the parser hangs the second preposition on the first.
            found = _below(noun.head, preposition, actors)
        if found:
            if preposition in ("between", "among") or (preposition == "of" and trigger.type == "CONSULT"):
                sources = sources + [p for p in found if p.entity not in {s.entity for s in sources}]
            else:
                recipients = found
            break
    if not sources and trigger.type in ("CONSULT", "AGREE", "COOPERATE", "ASSAULT", "AID", "SUPPORT"):
        verb = clause_of(noun)
        if verb.pos in ("VERB", "AUX") and (doer := subject_of(verb)) is not None and not _is_within(noun, doer):
            sources = [
                Participant(p.entity, p.mention, p.confidence * 0.8) for p in actors.participants(antecedent(doer))
            ]
    return sources, _without(recipients, sources, actors)


def _is_within(token: Token, head: Token) -> bool:
    return token is head or any(a is head for a in token.ancestors())


def _without(participants: list[Participant], others: list[Participant], actors: DocumentActors) -> list[Participant]:
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
