"""The recipient of an act that a verb tells: where its trigger's frame has it, else the likeliest place in the clause."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.unnamed import group_at, is_somebody
from pipelines.extract.events.arguments import WHERE, below, is_deverbal, nouns_inside, of_place, owners, without
from pipelines.extract.events.matching import holders_of, noun_trigger
from pipelines.extract.facts import Participant
from pipelines.extract.syntax import antecedent, is_passive, object_of, prepositional, shared_object, subject_of
from pipelines.language.parse import Token
from pipelines.reference.plover import Trigger
from pipelines.reference.roles import actor_nouns

_COMPLEMENTS = frozenset(["dobj", "dative", "prep", "pobj", "pcomp", "xcomp", "attr", "oprd", "prt", "agent", "acl"])
_ASIDE = frozenset([
    "during", "after", "before", "since", "by", "following", "amid", "despite", "without", "because", "unless",
    "until", "when", "while", "as", "although", "though", "according", "under", "including", "like", "unlike",
    "besides"
])  # fmt: skip
_DONE_TO_PLACES = frozenset({"ASSAULT", "AID", "COERCE", "MOBILIZE", "CONCEDE"})
# Types whose clause says what is to be done, and so to whom.
_OF_CONTENT = frozenset({"THREATEN", "AGREE", "REJECT"})
_ADDRESSED = frozenset({"country", "government_body", "armed_group", "population", "igo"})
_TOWARDS_OTHERS = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "ACCUSE", "AID", "AGREE"})
_TO_COUNTER = frozenset(
    ["counter", "deter", "confront", "oppose", "contain", "face", "repel", "resist", "intimidate", "pressure"]
)
_TOGETHER = frozenset({"CONSULT", "AGREE", "COOPERATE"})
# Types whose object is what is promised, given or moved, and not to whom.
_ABOUT_THINGS = frozenset({"AGREE", "AID", "MOBILIZE", "RETREAT"})


# Who can be meant by where something is done: "attacked positions at Rama", which is no actor.
_HOLDING_GROUND = frozenset({"country", "government_body", "armed_forces", "armed_group", "population", "igo"})
# What is given up, given or sent is one's own: "lay down their arms", "opened its borders".
_OF_OWN_THINGS = frozenset({"RETREAT", "AID", "AGREE", "MOBILIZE", "CONCEDE"})


_NEEDING = frozenset(["need", "want", "require", "seek", "request", "ask"])


def by_frame(verb: Token, trigger: Trigger, actors: DocumentActors, sources: list[Participant]) -> list[Participant]:
    """Recipient by the places where the trigger has it, best first; a place that holds the source alone is passed over."""
    head = (object_of(verb) or shared_object(verb)) if not is_passive(verb) else None
    nouns = [t for t in (head, verb.child("nsubjpass")) if t is not None]
    if verb.dep == "acl" and is_passive(verb):  # "sanctions against Iran imposed by": hung on either noun
        nouns = [*holders_of(verb.head), verb.head]
    inner = [i for noun in nouns for i in nouns_inside(noun)]
    alone = trigger.type in _TOGETHER or "mutual" in trigger.needs
    for found in _candidates(
        verb, head, nouns, inner, trigger, actors, sources, alone and _are_several(sources, actors)
    ):
        if found is None:
            return []
        fresh = without(found, sources, actors)
        if fresh:
            return fresh
    if "frame" in trigger.needs or trigger.type == "MOBILIZE":
        return []
    if alone and _are_several(sources, actors):
        return []
    found = _anywhere_below(verb, trigger, actors)
    if not found and trigger.type in _OF_CONTENT:
        found = _in_content(verb, sources, actors)
    return _abroad(found, sources, actors) if trigger.type in _TOWARDS_OTHERS else found


def _of_parts(head: Token, actors: DocumentActors) -> list[Participant]:
    """Whose somebody is by what he is of: "a mission of observers from the OSCE"."""
    inside = (found for inner in nouns_inside(head) if (found := actors.participants(inner)))
    return next(inside, []) or (below(head.head, "from", actors) if head.dep == "dobj" else [])


def _is_reciprocal(head: Token) -> bool:
    """ "Each other", "one another": who they are is told as the source."""
    if head.lower == "one" and any(c.lower == "another" for c in head.children):
        return True
    return head.lemma.lower() in ("other", "another") and any(
        t.lower in ("each", "one") and t.index == head.index - 1 for t in head.subtree()
    )


def unnamed(head: Token, actors: DocumentActors) -> list[Participant]:
    """Groups without name or owner that a noun and those coordinated with it stand for."""
    return [p for each in antecedent(head).conjuncts() for p in group_at(actors, each)]


def _in_content(verb: Token, sources: list[Participant], actors: DocumentActors) -> list[Participant]:
    """The first other state or group that what is threatened, promised or refused speaks of."""
    own = {actors.entities[p.entity].country or p.entity for p in sources}
    for clause in verb.children_by("ccomp", "xcomp"):
        for token in clause.subtree():
            if token.index < verb.index or token.dep == "nsubj":
                continue
            for mention in actors.mentions_at(token):
                entity = actors.entities[mention.entity]
                if entity.actor_type in _ADDRESSED and (entity.country or entity.index) not in own:
                    return [Participant(mention.entity, mention.index, 0.4)]
    return []


def _abroad(found: list[Participant], sources: list[Participant], actors: DocumentActors) -> list[Participant]:
    """Those that are not the state of who acts: what is merely near his words is seldom done to his own."""
    own = {actors.entities[p.entity].country for p in sources} - {None}
    return [
        p
        for p in found
        if actors.entities[p.entity].actor_type != "country" or actors.entities[p.entity].country not in own
    ]


def _told(found: list[Participant], sources: list[Participant], actors: DocumentActors) -> list[Participant]:
    """Those that words name, and others where they are not the state of who acts ("agreed to send troops")."""
    return [p for p in found if p.mention is not None] or _abroad(found, sources, actors)


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
    sources: list[Participant],
    in_frame_alone: bool,
) -> Iterator[list[Participant] | None]:
    """What each place holds; None where somebody stands there whom no words tell apart: nobody else is meant."""
    if trigger.type == "ACCUSE" and (told := verb.child("ccomp")) is not None:
        doer = subject_of(told)  # "complained to the council that Chad had": of Chad
        yield actors.participants(doer) if doer is not None and head is None else []
    if trigger.type in ("ACCUSE", "PROTEST", "REJECT") and head is not None and is_deverbal(head):
        yield below(head, "by", actors)  # "condemned the murder of the mayor by the rebels"
        doer = prepositional(head, "by")
        if doer is not None and (is_somebody(doer) or actor_nouns().get(doer.lemma.lower()) == "forces"):
            yield unnamed(doer, actors)
            yield None
        act = noun_trigger(head)
        if act is not None and head.child("poss") is None:
            yield below(verb, "by", actors)  # hung on the verb
        if act is not None and act.type == "ASSAULT" and act.arguments == 1:
            yield None  # "denounced the senator's assassination": he is the victim
    if trigger.type == "AID" and head is not None:  # "provide the support that Ukraine needs"
        for clause in head.children_by("relcl"):
            needy = clause.child("nsubj") if clause.lemma.lower() in _NEEDING else None
            yield actors.participants(needy) if needy is not None else []
    for place in trigger.frame:
        if place == "obj":
            if head is not None:
                found = actors.participants(antecedent(head))
                yield found
                if not found and is_somebody(antecedent(head)) and trigger.type not in _ABOUT_THINGS:
                    group = owners(head, actors) or _of_parts(head, actors) or unnamed(head, actors)
                    yield group
                    if group or trigger.type not in _DONE_TO_PLACES:
                        yield None
            if head is None and "phoned" in trigger.needs and (called := verb.child("oprd")) is not None:
                yield actors.participants(called)
            if head is not None and _is_reciprocal(head):
                yield None
            for child in verb.children_by("conj"):  # "defend itself, as well as Japan": hung on the verb
                if child.pos in ("NOUN", "PROPN"):
                    yield actors.participants(child)
            if head is not None and head.lower.endswith(("self", "selves")):
                yield None
            if head is None and (small := verb.child("ccomp", "oprd")) is not None and small.pos == "ADJ":
                # "found him guilty": what is said of the object makes a clause of it.
                doer = small.child("nsubj")
                yield actors.participants(doer) if doer is not None else []
        elif place == "dative":
            yield of_place(verb, "dative", actors)
        else:
            # What is demanded is somebody's by "of", and from a place by "from": "the withdrawal of A from B".
            of_noun_first = trigger.type == "REQUEST" and place == "from"
            for holder in (verb, *nouns, *inner):
                if of_noun_first and holder is not verb:
                    yield below(holder, "of", actors) or below(holder, "by", actors)
                yield below(holder, place, actors)
    for place in trigger.frame:  # "called on tobacco companies": nobody with a name stands there
        there = prepositional(verb, place)
        if there is not None and is_somebody(there):
            yield unnamed(there, actors)
    if "frame" in trigger.needs:
        return
    if trigger.mode == "seize" and head is not None:  # "seized arms that the rebels had hidden"
        for clause in head.children_by("relcl"):
            keeper = clause.child("nsubj")
            yield actors.participants(keeper) if keeper is not None else []
    if not in_frame_alone:
        for holder in (*nouns, *inner):
            yield owners(holder, actors, pronouns=trigger.type not in _OF_OWN_THINGS)
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
                    yield of_place(child, place, actors)
        elif is_to_do(child) and trigger.type in ("AGREE", "REJECT", "THREATEN", "REQUEST", "SUPPORT"):
            let = child.child("ccomp")
            if let is not None and (doer := let.child("nsubj")) is not None:  # "refused to allow planes to land"
                yield actors.participants(doer)
            for place in ("dative", "to", "with", "against", "obj", "for", "from", "on"):
                found = of_place(child, place, actors)
                yield _abroad(found, sources, actors) if trigger.type == "AGREE" else _told(found, sources, actors)
    if trigger.type in _TOGETHER or (trigger.type == "ASSAULT" and not trigger.objects):
        yield below(verb, "with", actors)


def is_to_do(clause: Token) -> bool:
    """Whether a clause is what somebody agrees, threatens or refuses to do ("to impose restrictions")."""
    return clause.dep == "xcomp" or (
        clause.dep == "advcl"
        and clause.tag == "VB"
        and any(c.dep == "aux" and c.lower == "to" for c in clause.children)
    )


def located(recipients: list[Participant], verb: Token, actors: DocumentActors) -> list[Participant]:
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
    queue = [
        (c, 0)
        for c in verb.children
        if c.dep in _COMPLEMENTS and c.index > verb.index and not (c.dep == "xcomp" and trigger.type == "SUPPORT")
    ]
    while queue:
        token, depth = queue.pop(0)
        if token.dep == "prep" and (
            token.lower in _ASIDE
            or (token.lower == "between" and trigger.type not in _TOGETHER)
            or (token.lower == "with" and trigger.type == "ASSAULT")
            or (token.lower == "against" and trigger.type == "SUPPORT")
            or (token.lower in WHERE and not _may_be_done_in(token, trigger))
        ):
            continue
        if token.pos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
            if token.pos != "PRON":
                found = [p for p in actors.participants(token) if p.entity not in taken]
                found = found or owners(token, actors, pronouns=False)
                if token.dep == "pobj" and token.head.lower == "on":  # "on Capitol Hill"
                    found = [
                        p for p in found if p.mention is None or actors.mentions[p.mention].mention_type != "metonym"
                    ]
                if token.dep == "pobj" and token.head.lower in WHERE:
                    found = [p for p in found if actors.entities[p.entity].actor_type in _HOLDING_GROUND]
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
