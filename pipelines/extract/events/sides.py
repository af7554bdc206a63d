"""Who takes part in an event: source and recipient, from the clause or the noun phrase that tells it."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.unnamed import is_somebody
from pipelines.extract.events.arguments import OWNERS, below, nouns_inside, of_place, owners, setting, without
from pipelines.extract.events.recipients import by_frame, located, unnamed
from pipelines.extract.facts import Participant
from pipelines.extract.syntax import BLAMING, agent_of, antecedent, clause_of, is_passive, object_of, subject_of
from pipelines.language.parse import Token
from pipelines.reference.plover import Trigger
from pipelines.reference.roles import actor_nouns, role_nouns

_KEEPERS_OF_ORDER = frozenset(["police", "policeman", "court", "authority", "judge", "prosecutor", "soldier", "troop"])
_UNNAMED = frozenset({"people", "officials", "armed", "party", "group"})
# Modes of acts that states alone do on their own ground.
_BY_STATES = frozenset(["expel", "arrest", "deport", "convict", "censor"])
_HELD = frozenset(["abduct", "arrest", "hostage"])
_PLANS = frozenset(["decision", "plan", "effort", "attempt", "move", "offer", "promise", "pledge", "threat", "refusal"])
_HAVING_PLANS = frozenset([
    "have", "announce", "make", "drop", "abandon", "unveil", "backtrack", "outline", "reveal", "pursue", "confirm",
    "launch", "begin", "start", "scrap", "shelve", "renew", "step", "reaffirm", "reiterate", "express"
])  # fmt: skip
# Acts told by a noun that the subject of its clause does.
_ACTS_OF_THE_SUBJECT = frozenset({"CONSULT", "AGREE", "COOPERATE", "ASSAULT", "AID", "SUPPORT"})
_CARRYING_OUT = frozenset(
    ["announce", "order", "begin", "start", "complete", "launch", "authorize", "conduct", "declare"]
)
_ATTACKING = frozenset([
    "make", "stage", "mount", "carry", "wage", "plan", "threaten", "lead", "continue", "resume", "intensify", "suspend",
    "halt", "stop", "plot", "direct", "mastermind", "order", "prepare", "coordinate", "claim", "admit", "commit", "perpetrate", "attempt", "renew", "step", "pursue", "use", "open", "unleash"
])  # fmt: skip
_CLAIMED = frozenset(["responsibility", "credit", "responsible", "prepare", "ready", "prepared"])
_GAINING = frozenset([
    "have", "win", "gain", "get", "receive", "enjoy", "boast", "secure", "obtain", "earn", "draw", "attract", "seek", "lose",
    "need", "want", "garner", "keep", "retain"
])  # fmt: skip
_BESIDE = frozenset(["after", "before", "following", "since", "amid", "despite", "because", "over", "against"])
_LEAVING = frozenset(["withdrawal", "pullout"])
_PAPERS = frozenset([
    "resolution", "statement", "report", "letter", "bill", "law", "declaration", "communique", "document",
    "article", "editorial", "message", "note", "petition", "decree", "legislation"
])  # fmt: skip
# Types whose noun has what is promised, asked or refused behind it.
_OF_CONTENT = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})


def of_verb(verb: Token, trigger: Trigger, actors: DocumentActors) -> tuple[list[Participant], list[Participant]]:
    """(sources, recipients) of an event told by a verb."""
    if is_passive(verb):
        agent = agent_of(verb)
        sources = actors.participants(agent) if agent is not None else []
        undergoer = object_of(verb) or subject_of(verb)
        if trigger.type == "MOBILIZE":  # who is deployed belongs to him who deploys
            if not sources and undergoer is not None:
                sources = actors.participants(antecedent(undergoer)) or owners(undergoer, actors)
            return sources, without(by_frame(verb, trigger, actors, sources), sources, actors)
        recipients = _of_undergoer(undergoer, verb, trigger, actors, sources)
        if agent is None and trigger.mode in _HELD and verb.dep == "relcl":
            sources = _of_release(verb, actors)
        if agent is None and not sources and trigger.mode in _BY_STATES and verb.dep != "acl":
            sources = _state_that_does(verb, recipients, actors)
    else:
        doer = subject_of(verb)
        sources = _of_plan_before(verb, actors)
        if not sources and doer is not None:
            sources = actors.participants(antecedent(doer))
        if not sources and doer is not None:
            sources = owners(doer, actors)
            if not sources and verb.dep == "acl":
                sources = below(doer, "from", actors)  # "threats from Iran to restart"
            sources = sources or _of_document(doer, actors) or _of_planner(verb, doer, actors)
        recipients = by_frame(verb, trigger, actors, sources)
        if trigger.type == "CONSULT" and recipients:
            recipients = recipients + without(_alongside(verb, actors), recipients, actors)
    recipients = located(recipients, verb, actors)
    if "inverted" in trigger.needs:
        recipients, sources = sources, recipients
    return sources, without(recipients, sources, actors)


def _of_plan_before(verb: Token, actors: DocumentActors) -> list[Participant]:
    """Whose decision or plan it is, where the parser hangs its content on the verb: "follows the decision by Chad to halt"."""
    above = verb.head
    if verb.dep != "advcl" or verb.tag != "VB" or above.pos != "VERB":
        return []
    plan = above.child("dobj")
    if plan is None or plan.index > verb.index or plan.lemma.lower() not in _PLANS:
        return []
    return owners(plan, actors)


def _of_release(verb: Token, actors: DocumentActors) -> list[Participant]:
    """Who frees somebody has held him: "rebels released three engineers who were kidnapped in May"."""
    held = verb.head
    above = held.head
    if held.dep != "dobj" or above.lemma.lower() not in ("release", "free", "exchange", "swap"):
        return []
    holder = subject_of(above) if not is_passive(above) else agent_of(above)
    return [Participant(p.entity, p.mention, p.confidence * 0.8) for p in actors.participants(holder)] if holder else []


def _state_that_does(verb: Token, recipients: list[Participant], actors: DocumentActors) -> list[Participant]:
    """Who expels, arrests or tries somebody where only the place is told: "was expelled from Chad", "arrested in Chad"."""
    for child in verb.children_by("prep"):
        inner = child.child("pobj")
        if inner is None or child.lower not in ("from", "in", "by"):
            continue
        if iso3 := actors.place_at(inner):
            return [Participant(actors.state(iso3), None, 0.4)]
    return []


def _alongside(verb: Token, actors: DocumentActors) -> list[Participant]:
    """Who else is met: "met the rebels, along with envoys of Chad"."""
    for child in verb.children:
        if child.lower in ("along", "together") and child.dep in ("prep", "advmod"):
            return below(child, "with", actors)
    return []


def _of_planner(verb: Token, plan: Token, actors: DocumentActors) -> list[Participant]:
    """Whose plan it is to do something, where the noun has no owner: "the state gave up plans to withdraw"."""
    above = clause_of(plan)
    if verb.dep != "acl" or verb.tag != "VB" or above.lemma.lower() not in _HAVING_PLANS:
        return []
    holder = subject_of(above)
    if holder is None or holder is plan:
        return []
    return [Participant(p.entity, p.mention, p.confidence * 0.8) for p in actors.participants(antecedent(holder))]


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
    who = antecedent(undergoer)
    if is_somebody(who) and not trigger.objects:
        return actors.participants(who) or owners(who, actors, doers=False) or unnamed(who, actors)
    if trigger.objects and (found := by_frame(verb, trigger, actors, sources)):
        return found
    undergoer = who
    found = actors.participants(undergoer) or owners(undergoer, actors, doers=False)
    if not found and trigger.type in ("ASSAULT", "COERCE"):  # "a camp for Congolese refugees was attacked"
        for inner in nouns_inside(undergoer):
            found = found or actors.participants(inner)
    return found or unnamed(undergoer, actors)


def of_unnamed_doers(verb: Token, recipients: list[Participant], actors: DocumentActors) -> list[Participant]:
    """The group without a name that does it: "Jewish groups issued calls", "was killed by gunmen"."""
    if is_passive(verb) or verb.dep == "acl":
        doer = agent_of(verb)
    else:
        doer = subject_of(verb)
    return without(unnamed(doer, actors), recipients, actors) if doer is not None else []


def against(verb: Token, actors: DocumentActors) -> list[Participant]:
    """Against whom something is done, wherever its clause says so: "threw stones during demonstrations against Chad"."""
    for token in verb.subtree():
        if token.dep == "prep" and token.lower == "against" and (inner := token.child("pobj")) is not None:
            if found := actors.participants(inner) or owners(inner, actors):
                return found
    return []


def at_home(sources: list[Participant], actors: DocumentActors) -> list[Participant]:
    """The state of those who protest, against which they do where the text names nobody else."""
    states = dict.fromkeys(actors.entities[p.entity].country for p in sources)
    taken = {p.entity for p in sources}
    return [
        Participant(actors.state(s), None, 0.4)
        for s in states
        if s and (actors.state(s) not in taken or len(states) == 1)
    ]


def are_at_home(
    trigger: Trigger, sources: list[Participant], recipients: list[Participant], actors: DocumentActors
) -> bool:
    """Whether somebody only goes about in his own state, and visits nobody: "the president returned to the capital"."""
    if trigger.mode != "visit" or not sources or not recipients:
        return False
    hosts = [actors.entities[p.entity] for p in recipients]
    own = {actors.entities[p.entity].country for p in sources}
    return len(own) == 1 and all(h.actor_type == "country" and h.country in own for h in hosts)


def of_people(verb: Token, actors: DocumentActors) -> list[Participant]:
    """People of the state where a clause is set, where its subject are people of no named state ("students in Nepal")."""
    doer = subject_of(verb)
    if doer is None or actor_nouns().get(doer.lemma.lower()) not in ("people", "armed"):
        return []
    return setting(verb, actors)


def of_unnamed(verb: Token, trigger: Trigger, sources: list[Participant], actors: DocumentActors) -> list[Participant]:
    """State of unnamed people to whom something is done: of the place that the clause names, else of the police who do it.

    Curfews and martial law are laid on a state's own people.
    """
    undergoer = object_of(verb)
    if trigger.mode == "martial-law" or "curfew" in {t.lemma.lower() for t in verb.subtree()}:
        return setting(verb, actors) or at_home(sources, actors)
    if undergoer is None or trigger.type == "THREATEN":
        return []
    lemma = undergoer.lemma.lower()
    if actor_nouns().get(lemma) not in _UNNAMED and lemma not in role_nouns():
        return []
    if place := setting(verb, actors):
        return place
    doer = subject_of(verb)
    return at_home(sources, actors) if doer is not None and doer.lemma.lower() in _KEEPERS_OF_ORDER else []


def of_promise(what: Token, sources: list[Participant], actors: DocumentActors) -> list[Participant]:
    """To or against whom it is that somebody is willing to do something: the recipient of what is to be done."""
    for place in ("dative", "to", "with", "against", "obj", "for", "from", "on"):
        if found := without(of_place(what, place, actors), sources, actors):
            return found
    return []


def of_noun(noun: Token, trigger: Trigger, actors: DocumentActors) -> tuple[list[Participant], list[Participant]]:
    """(sources, recipients) of an event told by a noun: "the U.S. attack on Iraq", "talks between A and B"."""
    sources: list[Participant] = []
    for child in noun.children:
        if child.dep in OWNERS and child.index < noun.index and not sources:
            # Both of "Kenyan-Norwegian talks", which the tokenizer takes apart.
            pair = (
                [c for c in child.children if c.dep == "amod" and c.index == child.index - 2]
                if trigger.arguments > 1
                else []
            )
            sources = [Participant(m.entity, m.index, 0.85) for t in (*pair, child) for m in actors.mentions_at(t)]
            if not sources and child.dep == "poss":
                sources = actors.participants(child)
    if trigger.arguments == 1 and sources and noun.child("poss") is None and _are_persons(sources, actors):
        return below(noun, "by", actors), sources  # "the Moro killing": the victim
    by = below(noun, "by", actors)
    if not by and trigger.arguments == 1:  # "the arrest of two men by the police": hung on the men
        by = [p for c in noun.children_by("prep") if (i := c.child("pobj")) is not None for p in below(i, "by", actors)]
    recipients: list[Participant] = []
    if trigger.type == "SUPPORT" and not (by or sources) and (gained := _of_gainer(noun, actors)):
        return below(noun, "of", actors) or below(noun, "from", actors), gained
    if trigger.lemma in _LEAVING:  # "the withdrawal of A from B": those who leave are told by "of"
        sources = by or below(noun, "of", actors) or sources
        return sources, without(below(noun, "from", actors), sources, actors)
    if (
        trigger.arguments == 1
        and not by
        and sources
        and noun.child("poss") is not None
        and not below(noun, "of", actors)
        and (trigger.type != "ASSAULT" or not _are_killers(sources, actors))
    ):
        return [], sources  # "the minister's murder"
    sources = by or sources or _accused_of(noun, actors)
    for preposition in trigger.frame:
        if preposition == "by":
            continue
        found = below(noun, preposition, actors)
        if not found and noun.dep == "pobj" and preposition != "of" and noun.head.index < noun.index:
            # "in a call on Tuesday to the minister": the parser hangs the second preposition on the first.
            found = below(noun.head, preposition, actors)
            above = noun.head.head
            if not found and trigger.type == "CONSULT" and above.pos == "VERB" and preposition == "with":
                # "spoke after a meeting in Oslo with": hung on the verb
                found = below(above, preposition, actors) if _comes_after(above, preposition, noun) else []
        if found:
            if preposition in ("between", "among", "amongst") or (preposition == "of" and trigger.type == "CONSULT"):
                sources = sources + [p for p in found if p.entity not in {s.entity for s in sources}]
            else:
                recipients = found
            break
    if not sources and (
        _is_carried_out(noun)
        or (
            trigger.arguments > 1
            and trigger.type in _ACTS_OF_THE_SUBJECT
            and (recipients or not _is_aside(noun))
            and (trigger.type != "ASSAULT" or _is_of_subject(noun))
        )
    ):
        verb = clause_of(noun)
        if (
            verb.pos in ("VERB", "AUX")
            and (doer := subject_of(verb)) is not None
            and (verb.dep in ("relcl", "acl") or not _is_within(noun, doer))
        ):
            sources = [
                Participant(p.entity, p.mention, p.confidence * 0.8) for p in actors.participants(antecedent(doer))
            ]
    if not recipients and (what := content_of(noun, trigger)) is not None:
        recipients = of_promise(what, sources, actors)
    if not recipients and trigger.type == "ASSAULT" and (victim := _died_in(noun)) is not None:
        recipients = actors.participants(victim)
    return sources, without(recipients, sources, actors)


def content_of(noun: Token, trigger: Trigger) -> Token | None:
    """The verb that says what a threat, pledge, request or refusal is about: "the threat to *attack* Chad"."""
    if trigger.type not in _OF_CONTENT:
        return None
    return next(
        (
            c
            for c in noun.children
            if c.dep == "acl" and c.tag == "VB" and any(a.lower == "to" for a in c.children_by("aux"))
        ),
        None,
    )


def _are_persons(sources: list[Participant], actors: DocumentActors) -> bool:
    return all(actors.entities[p.entity].actor_type == "person" for p in sources)


def _died_in(attack: Token) -> Token | None:
    """Who lost his life in an attack: "six soldiers died in an attack by rebels"."""
    if attack.dep != "pobj" or attack.head.lower not in ("in", "during"):
        return None
    verb = attack.head.head
    return verb.child("nsubj") if verb.lemma in ("die", "perish") else None


def _are_killers(sources: list[Participant], actors: DocumentActors) -> bool:
    """Whether a murder or abduction that is somebody's was done by him: "the cartel's murders", not "the minister's murder"."""
    return not any(actors.entities[p.entity].actor_type in ("person", "population") for p in sources)


def _comes_after(verb: Token, preposition: str, noun: Token) -> bool:
    return any(c.dep == "prep" and c.lower == preposition and c.index > noun.index for c in verb.children)


def _is_carried_out(noun: Token) -> bool:
    """Whether the subject does what the noun tells: "announced the release of", "ordered a withdrawal"."""
    return noun.dep == "dobj" and noun.head.lemma in _CARRYING_OUT


def _is_of_subject(noun: Token) -> bool:
    """Whether an attack is the subject's act: his object, or by what he acts, not what he counters or speaks of."""
    if any(c.dep == "prep" and c.lower == "with" for c in noun.children):
        return True  # "clashes with guerrillas"
    if noun.dep == "dobj":
        return noun.head.lemma.lower() in _CARRYING_OUT | _ATTACKING
    if noun.dep == "pobj" and noun.head.lower == "for":
        return noun.head.head.lemma.lower() in _CLAIMED
    return noun.dep == "pobj" and noun.head.lower in ("with", "by", "through", "in") and noun.head.head.pos == "VERB"


def _accused_of(noun: Token, actors: DocumentActors) -> list[Participant]:
    """Who is said to have done it: "blamed Chad for the bombing", "accused Chad of an attack"."""
    if noun.dep != "pobj" or noun.head.lower not in ("for", "of") or noun.head.head.lemma.lower() not in BLAMING:
        return []
    accused = object_of(noun.head.head)
    return actors.participants(accused) if accused is not None else []


def _of_gainer(noun: Token, actors: DocumentActors) -> list[Participant]:
    """Who has somebody's support: "won the backing of the union", "the Senate, with the backing of the president"."""
    if noun.child("prep") is None:
        return []
    if noun.dep == "dobj" and noun.head.lemma.lower() in _GAINING:
        holder = subject_of(noun.head)
    elif noun.dep == "pobj" and noun.head.lower in ("with", "without"):
        above = noun.head.head
        holder = subject_of(above) if above.pos in ("VERB", "AUX") else above
    else:
        return []
    return actors.participants(antecedent(holder)) if holder is not None else []


def _is_aside(noun: Token) -> bool:
    """Whether a noun tells what else happened: "left after the attack", "acted amid talks"."""
    return (
        noun.dep == "pobj"
        and noun.head.lower in _BESIDE
        and not any(c.dep == "prep" and c.lower == "with" for c in noun.children)
    )


def _is_within(token: Token, head: Token) -> bool:
    return token is head or any(a is head for a in token.ancestors())
