"""What is told in the words of an act and is none: rules, habits, questions, conditions, wishes, accidents, opinions.

Each refusal is a principle of its own, asked of the parse around the predicate; `is_no_event` asks them all. Classes of
words: pipelines/reference/refused_words.csv.
"""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.events.wording import is_of_class
from pipelines.extract.facts import Participant
from pipelines.extract.factuality import is_conditional
from pipelines.extract.syntax import REPORTING, agent_of, clause_of, is_passive, object_of, subject_of
from pipelines.language.parse import Parse, Token
from pipelines.reference.plover import Trigger, triggers
from pipelines.reference.roles import actor_nouns, role_nouns

_OPEN_CLAUSES = frozenset({"if", "unless", "lest", "whenever"})
_EVENTS_APART = frozenset({"after", "following", "since", "despite", "over", "amid", "because"})
_OBLIGING = frozenset({"should", "ought"})
_UNREAL = frozenset({"would", "could", "might"})
_MAYBE = _UNREAL | _OBLIGING | {"may", "must", "can"}
_HABITUAL = frozenset([
    "typically", "usually", "often", "frequently", "routinely", "generally", "always", "normally",
    "sometimes", "rarely", "seldom", "occasionally", "traditionally", "customarily", "habitually"
])  # fmt: skip
_PRESENT = frozenset({"VBZ", "VBP"})
_DEMANDING = frozenset(["demand", "insist", "urge", "ask", "request", "propose", "recommend", "order"])
_ANY = frozenset({"any", "every", "whoever", "anyone", "everyone", "anybody", "those"})
# What others are to do, or somebody would like to: the wish is no act, and what is wished none either.
_WISHING = frozenset([
    "want", "wish", "lobby", "hector", "encourage", "beg", "like", "prefer", "need", "advise", "recommend",
    "dream", "hope", "love", "tempt", "pretend"
])  # fmt: skip
# Acts of saying, which a thing does not do: "the drought threatens to".
_OF_PERSONS = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE"})
_RULED = frozenset({"AGREE", "COERCE", "SANCTION", "REJECT", "CONCEDE", "AID", "COOPERATE", "RETREAT", "ASSAULT"})
_ABSTRACT = ("tion", "sion", "ment", "ness", "ity", "ence", "ance", "ism", "cline", "crease", "ncy", "ure")
_ATTITUDES = frozenset({"SUPPORT", "REJECT", "ACCUSE", "AGREE", "REQUEST"})
# Names that nobody can hurt: laws, works of art, events, languages.
_UNHARMED = frozenset({"LAW", "WORK_OF_ART", "EVENT", "LANGUAGE", "MONEY", "PERCENT", "DATE", "TIME"})


def is_no_event(token: Token, trigger: Trigger, sources: list[Participant], actors: DocumentActors) -> bool:
    """Whether a predicate with its trigger tells of nothing that somebody did, does or is to do to somebody."""
    return refusal(token, trigger, sources, actors) is not None


def refusal(token: Token, trigger: Trigger, sources: list[Participant], actors: DocumentActors) -> str | None:
    """Name of the principle by which a predicate is no event, or None."""
    if is_open(token):
        return "open"
    if _is_asked(token, actors.parse):
        return "asked"
    if _is_mood(token, trigger, sources, actors):
        return "mood"
    for principle in _OF_ALL if token.pos != "VERB" else (*_OF_ALL, *_OF_VERBS):
        if principle(token, trigger):
            return principle.__name__.removeprefix("_is_")
    return None


def is_open(token: Token) -> bool:
    """Whether it stands in a clause that leaves open whether it is so: "if talks fail".

    What such a clause takes for granted is not open: "if it retaliates for the attack".
    """
    if _is_taken_for_granted(token):
        return False
    current = token
    while True:
        if any(c.dep in ("mark", "advmod") and c.lower in _OPEN_CLAUSES for c in current.children):
            return True
        if current.is_root:
            return False
        if _is_whenever(current):
            return True
        if current.dep in ("relcl", "acl", "ccomp", "advcl", "parataxis", "appos"):
            return current.dep in ("acl", "ccomp") and current.tag == "VB" and is_open(current.head)
        if current.dep == "prep" and current.lower in _EVENTS_APART:
            return False
        if current.dep == "conj" and current.child("nsubj", "nsubjpass") is not None:
            return False
        current = current.head


def _is_whenever(verb: Token) -> bool:
    """Whether it is a case that may come up: "would be deported when the state declares"."""
    if verb.dep != "advcl" or verb.tag not in _PRESENT or not any(c.lower == "when" for c in verb.children):
        return False
    above, steps = verb.head, 0
    while steps < 3:
        if any(c.dep == "aux" and c.lower in _MAYBE for c in above.children):
            return True
        if above.is_root:
            return False
        above, steps = above.head, steps + 1
    return False


def _is_taken_for_granted(token: Token) -> bool:
    """Whether a noun tells of what is known: "the agreement", "their attack"."""
    return token.pos == "NOUN" and any(
        c.dep == "poss" or (c.dep == "det" and c.lower in ("the", "this", "that", "these", "those"))
        for c in token.children
    )


def _is_asked(token: Token, parse: Parse) -> bool:
    """Whether it is what a question asks: "Will Chad attack?", not what it takes for granted ("after it attacked")."""
    marks = [t.lower for t in parse.sentence_tokens(token.sentence)[-3:]]
    if "?" not in marks or _is_taken_for_granted(token):
        return False
    current = token
    while not current.is_root:
        if current.dep in ("relcl", "acl", "advcl", "ccomp", "parataxis"):
            return False
        if current.dep == "prep" and (current.lower in _EVENTS_APART or current.head.pos == "NOUN"):
            return False
        current = current.head
    return True


def _is_obliged(token: Token, trigger: Trigger) -> bool:
    """Whether somebody thinks that it ought to be done: "the state should release them"."""
    if trigger.type == "REQUEST":
        return False
    current = token
    while True:
        if any(c.dep == "aux" and c.lower in _OBLIGING for c in current.children):
            return True
        if current.is_root or current.dep not in ("xcomp", "conj", "pcomp", "prep", "dobj"):
            return False
        if current.dep == "conj" and current.child("nsubj", "nsubjpass", "aux") is not None:
            return False
        if current.pos == "NOUN" and current.dep != "dobj":
            return False
        current = current.head


def _is_unreal(token: Token, trigger: Trigger) -> bool:
    """Whether it would be so only if something else were: "would shoot if", "would have attacked"."""
    if token.pos != "VERB":
        return False
    auxiliaries = {c.lower for c in token.children_by("aux")}
    own = token.child("nsubj", "nsubjpass")
    if own is not None and any(c.lower in ("had", "were") and c.dep in ("aux", "auxpass") and c.index < own.index for c in token.children):
        return True  # "had he pledged"
    if not auxiliaries & _UNREAL:
        return False
    if "would" in auxiliaries and "have" in auxiliaries:
        return True
    # "It said it would attack if necessary" is what it said: "we will attack".
    is_reported = token.dep == "ccomp" and token.head.lemma in REPORTING and token.head.tag == "VBD"
    return is_conditional(token) and not is_reported


def _is_habit(verb: Token, trigger: Trigger) -> bool:
    """Whether it is told as what somebody does again and again: "often criticizes"."""
    current = verb
    while current.dep in ("conj", "xcomp", "advcl") and current.tag in ("VBG", "VB") and not current.is_root:
        current = current.head
    if current.tag not in _PRESENT:
        return False
    return any(c.dep == "advmod" and c.lower in _HABITUAL for t in (verb, current) for c in t.children)


def _is_general(verb: Token, trigger: Trigger) -> bool:
    """Whether it is said of whoever does it: "any country that refuses"."""
    if verb.dep != "relcl":
        return False
    return verb.head.lower in _ANY or any(c.dep == "det" and c.lower in _ANY for c in verb.head.children)


def _is_wish(verb: Token, trigger: Trigger) -> bool:
    """Whether it is only wished or aimed at: "wants to help", "lobbied the state to ban", "To free them, he ..."."""
    if verb.tag != "VB" or verb.is_root:
        return False
    if verb.dep == "advcl":
        return verb.index < verb.head.index and any(c.dep == "aux" and c.lower == "to" for c in verb.children)
    return verb.dep in ("xcomp", "ccomp") and verb.head.lemma.lower() in _WISHING


def _is_demanded(verb: Token, trigger: Trigger) -> bool:
    """Whether it is what is demanded: "insisted that the rebels end hostilities"."""
    if verb.dep != "ccomp" or verb.tag not in ("VB", "VBP") or verb.child("aux") is not None:
        return False
    return verb.head.lemma.lower() in _DEMANDING and verb.head.tag in ("VBD", "VBN") and verb.child("mark") is not None


def _is_power(verb: Token, trigger: Trigger) -> bool:
    """Whether somebody only has the power or right to do it: "authority to detain"."""
    return verb.dep == "acl" and verb.tag == "VB" and is_of_class("powers", verb.head)


def _is_called_so(verb: Token, trigger: Trigger) -> bool:
    """Whether somebody is only taken for something: "dismissed as a gadfly"."""
    return trigger.lemma == "dismiss" and any(c.dep == "prep" and c.lower == "as" for c in verb.children)


def _is_opposite(verb: Token, trigger: Trigger) -> bool:
    """Whether it tells what somebody stands for: "is inherently opposed to"."""
    return (
        trigger.lemma == "oppose"
        and verb.tag == "VBN"
        and agent_of(verb) is None
        and any(c.dep == "prep" and c.lower == "to" for c in verb.children)
    )


def _is_part(verb: Token, trigger: Trigger) -> bool:
    """Whether somebody had a part in what was done, and nobody was helped: "helped shepherd the bill"."""
    return trigger.lemma in ("help", "assist") and verb.child("dobj", "dative") is None and verb.child("xcomp", "ccomp") is not None


def _is_campaign(verb: Token, trigger: Trigger) -> bool:
    """Whether a rally is one of candidates, and no protest."""
    what = verb.child("dobj") if trigger.type == "PROTEST" else None
    return what is not None and what.lemma == "rally" and any(is_of_class("campaigns", t) for t in what.subtree())


def _is_reason(verb: Token, trigger: Trigger) -> bool:
    """Whether a critic or admirer gives it as his reason: "blasted Chad for ignoring"; deeds are told by that, words are not."""
    if trigger.type not in _OF_PERSONS or verb.dep != "pcomp" or verb.head.lower != "for":
        return False
    above = verb.head.head
    return above.pos == "VERB" and any(t.type in ("ACCUSE", "SUPPORT") for t in triggers("verb").get(above.lemma, ()))


def _is_supposed(verb: Token, trigger: Trigger) -> bool:
    """Whether it tells what something may be: "might be bombs planted by"."""
    if verb.dep != "acl" or verb.head.dep != "attr":
        return False
    return any(c.dep == "aux" and c.lower in ("may", "might", "could") for c in verb.head.head.children)


def _is_result(verb: Token, trigger: Trigger) -> bool:
    """Whether a thing is only brought into a state: "slammed the door shut", "blasted it open"."""
    return trigger.type in ("ACCUSE", "ASSAULT") and any(
        c.lower in ("shut", "open", "apart", "loose") for c in verb.children
    )


def _is_leaving(verb: Token, trigger: Trigger) -> bool:
    """Whether what is left is no place: "left a body in the car", "all they have left"."""
    if trigger.type != "RETREAT" or trigger.lemma != "leave":
        return False
    what = verb.child("dobj")
    if what is None:
        return verb.dep == "relcl"
    return what.pos == "NOUN" and not is_of_class("places", what)


def _is_ability(verb: Token, trigger: Trigger) -> bool:
    """Whether somebody only can or cannot do it: "I can travel", "they could not leave"; what cannot be accepted is refused."""
    if trigger.type in _OF_PERSONS and verb.child("neg") is not None:
        return False
    told = {c.lower for c in verb.children_by("aux")}
    return bool(told & {"can", "ca"}) or ("could" in told and verb.child("neg") is not None)


def _is_rule(verb: Token, trigger: Trigger) -> bool:
    """Whether a law or treaty says so: "the constitution bans", "British law prohibits"."""
    if trigger.type not in _RULED or not (
        verb.tag in _PRESENT or (verb.tag == "VB" and verb.child("aux") is None and verb.dep != "xcomp")
    ):
        return False
    doer, target = subject_of(verb), verb.child("dobj")
    return doer is not None and is_of_class("rules", doer) and not (target is not None and target.pos == "PROPN")


def _is_attitude(verb: Token, trigger: Trigger) -> bool:
    """Whether a share of people is of an opinion: "most Chadians support", "60 percent oppose"."""
    doer = subject_of(verb)
    if trigger.type not in _ATTITUDES or doer is None:
        return False
    told = (doer, *(c for c in doer.children if c.dep in ("amod", "nummod", "det")))
    return any(is_of_class("shares", t) for t in told) or (
        verb.tag in _PRESENT and any(t.lower in ("many", "few", "some") for t in told)
    )


def _is_mood(token: Token, trigger: Trigger, sources: list[Participant], actors: DocumentActors) -> bool:
    """Whether it is said of a whole people, in the present: "Chadians demand peace"."""
    if trigger.type not in _ATTITUDES or token.tag not in _PRESENT:
        return False
    return bool(sources) and all(actors.entities[p.entity].actor_type == "population" for p in sources)


def _is_inward(verb: Token, trigger: Trigger) -> bool:
    """Whether what is refused is a feeling, an idea or what is said, and nobody's offer: "could not resist his instinct"."""
    if trigger.type != "REJECT":
        return False
    what = object_of(verb)
    if what is None:
        return False
    if is_of_class("thoughts", what) and (verb.child("neg") is not None or what.child("acl", "relcl", "ccomp") is not None):
        return True
    return is_of_class("feelings", what) or (verb.lemma != "refuse" and is_of_class("talk", what))


def _is_appeal(verb: Token, trigger: Trigger) -> bool:
    """Whether hearers are only asked to see or think of something: "I ask you to look at what we reached"."""
    if trigger.type != "REQUEST":
        return False
    what = verb.child("xcomp", "ccomp")
    if what is not None and what.tag == "VB" and is_of_class("seeing", what):
        return True
    inner = [p for c in verb.children if c.lower == "for" and (p := c.child("pobj")) is not None]
    return any(is_of_class("answers", t) for t in inner)


def _is_resolve(verb: Token, trigger: Trigger) -> bool:
    """Whether what is vowed is only not to have something done to oneself: "vowed not to be distracted"."""
    what = verb.child("xcomp") if trigger.type == "AGREE" else None
    return what is not None and is_passive(what)


def _is_of_words(verb: Token, trigger: Trigger) -> bool:
    """Whether what is given is said: "offered his own definition", "giving the proper credit"."""
    if trigger.type not in ("AGREE", "AID"):
        return False
    what = verb.child("dobj")
    return what is not None and is_of_class("spoken", what) and verb.child("xcomp") is None


def _is_of_things(verb: Token, trigger: Trigger) -> bool:
    """Whether a thing or a deed does what persons do by speaking: "the decline threatens to", "trumpeting war offers"."""
    if not (trigger.type in _OF_PERSONS or trigger.type == "AID") or is_passive(verb) or "inverted" in trigger.needs:
        return False
    doer = verb.child("nsubj", "csubj")
    if doer is None:
        return False
    if doer.pos == "VERB" or doer.dep == "csubj":
        return True
    lemma = doer.lemma.lower()
    if is_of_class("things", doer):
        return True
    return (
        doer.pos == "NOUN"
        and doer.text.islower()
        and lemma.endswith(_ABSTRACT)
        and not (lemma in actor_nouns() or lemma in role_nouns() or is_of_class("voices", doer) or doer.entity)
        and not any(c.dep == "amod" and c.entity == "NORP" for c in doer.children)
    )


def _is_kept(verb: Token, trigger: Trigger) -> bool:
    """Whether it is a word or request that is honoured, and nobody: "honored the request"."""
    what = verb.child("dobj") if trigger.type == "SUPPORT" and trigger.lemma in ("honor", "honour") else None
    return what is not None and is_of_class("kept", what)


def _is_private_journey(verb: Token, trigger: Trigger) -> bool:
    """Whether those who travel are people and no officials: "refugees are returning to Chad"."""
    if trigger.type != "CONSULT" or trigger.mode != "visit":
        return False
    if any(c.dep == "advmod" and c.lower == "far" for c in verb.children):
        return True  # "went too far"
    doer = subject_of(verb)
    return doer is not None and actor_nouns().get(doer.lemma.lower()) == "people"


def _is_total(verb: Token, trigger: Trigger) -> bool:
    """Whether it sums up what happened over a time: "900 have been killed since 1978"."""
    if trigger.type not in ("ASSAULT", "COERCE") or not is_passive(verb):
        return False
    perfect = agent_of(verb) is None and any(c.dep == "aux" and c.lemma == "have" for c in verb.children)
    return perfect and any(
        c.lower == "since" and (inner := c.child("pobj")) is not None and inner.entity == "DATE" for c in verb.children
    )


def _is_noun(verb: Token, trigger: Trigger) -> bool:
    """Whether a participle stands for those it is said of: "the dead and wounded"."""
    if verb.tag == "VBN" and verb.dep in ("pobj", "dobj"):
        return True
    return verb.dep == "conj" and not verb.children and verb.head.pos in ("ADJ", "NOUN")


def _is_accident(token: Token, trigger: Trigger) -> bool:
    """Whether a mishap or nature does the harm: "a plane crashed, killing", "killed in a landslide"."""
    if trigger.type != "ASSAULT":
        return False
    if token.pos != "VERB":
        return any(_is_accident_noun(c) for c in token.children if c.dep in ("compound", "amod"))
    doer = None if is_passive(token) else subject_of(token)
    if doer is not None and _is_accident_noun(doer):
        return True
    if token.dep in ("advcl", "conj", "xcomp") and is_of_class("mishaps", token.head):
        return True
    if token.dep == "advcl" and token.tag == "VBG":  # "what caused a plane to crash, killing": wherever it is hung
        before = (t for t in token.head.subtree() if t.index < token.index)
        if any(is_of_class("mishaps", t) or _is_accident_noun(t) for t in before):
            return True
    if any(_is_mishap_clause(c) for c in token.children_by("advcl")):
        return True
    return any(
        (inner := c.child("pobj")) is not None and _is_accident_noun(inner)
        for c in token.children
        if c.dep in ("prep", "agent") and c.lower in ("in", "by", "during")
    )


def _is_mishap_clause(verb: Token) -> bool:
    """Whether things went wrong by themselves: "when a plane crashed", not "when a bomber crashed his car"."""
    doer = verb.child("nsubj")
    if doer is None or not is_of_class("mishaps", verb) or verb.child("dobj") is not None:
        return False
    return doer.pos == "NOUN" and not _is_somebody(doer)


def _is_somebody(noun: Token) -> bool:
    lemma = noun.lemma.lower()
    return actor_nouns().get(lemma, "asset") != "asset" or lemma in role_nouns() or is_of_class("attackers", noun)


def _is_accident_noun(token: Token) -> bool:
    return token.pos in ("NOUN", "PROPN") and is_of_class("accidents", token)


def _is_unharmed(token: Token, trigger: Trigger) -> bool:
    """Whether a name is attacked that is no body, place or thing: "would kill Roe v. Wade"."""
    target = object_of(token) if token.pos == "VERB" and trigger.type == "ASSAULT" else None
    return target is not None and target.pos == "PROPN" and target.entity in _UNHARMED


def _is_contest(token: Token, trigger: Trigger) -> bool:
    """Whether a battle is fought with words, votes or laws: "a battle over duties", "fights for the bill"."""
    if trigger.type != "ASSAULT":
        return False
    if any(c.dep in ("compound", "amod") and is_of_class("of contests", c) for c in token.children):
        return token.pos == "NOUN"
    beside = [c for c in token.children if c.dep == "prep" and c.lower in ("over", "for", "about")]
    inner = [p for c in beside if (p := c.child("pobj")) is not None]
    return any(is_of_class("contested", t) or is_of_class("contested", m) for t in inner for m in (t, *t.children))


def _is_by_ballot(token: Token, trigger: Trigger) -> bool:
    """Whether voters decide, which is neither expulsion nor refusal: "ousted in the elections", "opposed him in the primary"."""
    return (trigger.mode == "expel" or trigger.lemma == "oppose") and any(
        is_of_class("ballots", t) for t in clause_of(token).subtree() if t.dep == "pobj"
    )


_OF_ALL = (_is_obliged, _is_unreal, _is_accident, _is_unharmed, _is_contest, _is_by_ballot)
_OF_VERBS = (
    _is_habit, _is_general, _is_wish, _is_demanded, _is_power, _is_called_so, _is_opposite, _is_part, _is_campaign, _is_reason, _is_supposed, _is_ability, _is_result, _is_leaving, _is_rule, _is_attitude, _is_inward, _is_appeal, _is_resolve, _is_of_words,
    _is_of_things, _is_kept, _is_private_journey, _is_total, _is_noun
)  # fmt: skip
