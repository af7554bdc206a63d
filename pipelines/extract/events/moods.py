"""Acts told as nobody's deed yet: conditions, questions, duties, habits, wishes, powers, rules."""

from __future__ import annotations

from pipelines.extract.events.wording import is_of_class
from pipelines.extract.factuality import is_conditional
from pipelines.extract.syntax import REPORTING, subject_of
from pipelines.language.parse import Parse, Token
from pipelines.reference.plover import Trigger

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
_THINKING = frozenset({"believe", "think", "expect", "suppose", "imagine"})
_DEMANDING = frozenset(["demand", "insist", "urge", "ask", "request", "propose", "recommend", "order"])
_ANY = frozenset({"any", "every", "whoever", "anyone", "everyone", "anybody", "those"})
_WISHING = frozenset([
    "want", "wish", "lobby", "hector", "encourage", "beg", "like", "prefer", "need", "advise", "recommend",
    "dream", "hope", "love", "tempt", "pretend"
])  # fmt: skip
_OF_PERSONS = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE"})
_RULED = frozenset({"AGREE", "COERCE", "SANCTION", "REJECT", "CONCEDE", "AID", "COOPERATE", "RETREAT", "ASSAULT"})


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
    when = next((c for c in verb.children if c.lower == "when"), None)
    if when is None or verb.tag not in _PRESENT:
        return False
    if any(t.lower == "only" and t.head in (when, verb) for t in verb.subtree()):
        return True
    if verb.dep != "advcl":
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


def is_asked(token: Token, parse: Parse) -> bool:
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
    if own is not None and any(
        c.lower in ("had", "were") and c.dep in ("aux", "auxpass") and c.index < own.index for c in token.children
    ):
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


def _is_judged(verb: Token, trigger: Trigger) -> bool:
    """Whether somebody only says what it is, or would be, to do it: "it is rare to oppose", "the aim is to reach"."""
    above = verb.head
    if verb.tag != "VB" or verb.dep not in ("xcomp", "ccomp", "advcl"):
        return False
    if is_of_class("hard or easy", above):
        return True  # "made it harder for them to stop"
    own = above.child("nsubj", "expl")
    if above.lemma != "be" or own is None:
        return False
    return (own.lower == "it" and above.child("acomp") is not None) or is_of_class("aims", own)


def _is_demanded(verb: Token, trigger: Trigger) -> bool:
    """Whether it is what is demanded: "insisted that the rebels end hostilities"."""
    if verb.dep == "acl" and verb.tag == "VB":
        return is_of_class("requests made", verb.head)
    if verb.dep != "ccomp" or verb.tag not in ("VB", "VBP") or verb.child("aux") is not None:
        return False
    return verb.head.lemma.lower() in _DEMANDING and verb.head.tag in ("VBD", "VBN") and verb.child("mark") is not None


def _is_disbelieved(verb: Token, trigger: Trigger) -> bool:
    """Whether somebody only does not think so: "do not believe that Chad will attack"."""
    above = verb.head
    return verb.dep == "ccomp" and above.lemma.lower() in _THINKING and above.child("neg") is not None


def _is_power(verb: Token, trigger: Trigger) -> bool:
    """Whether somebody only has the power or right to do it: "authority to detain"."""
    first = verb.head if verb.dep == "conj" and verb.tag == "VB" and not verb.is_root else verb
    return first.dep == "acl" and first.tag == "VB" and is_of_class("powers", first.head)


def _is_supposed(verb: Token, trigger: Trigger) -> bool:
    """Whether it tells what something may be: "might be bombs planted by"."""
    if verb.dep != "acl" or verb.head.dep != "attr":
        return False
    return any(c.dep == "aux" and c.lower in ("may", "might", "could") for c in verb.head.head.children)


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


# Asked of any trigger, and of verbs alone.
OF_ALL = (_is_obliged, _is_unreal)
OF_VERBS = (
    _is_habit, _is_general, _is_wish, _is_judged, _is_demanded,
    _is_disbelieved, _is_power, _is_supposed, _is_ability, _is_rule
)  # fmt: skip
