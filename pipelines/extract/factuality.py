"""Whether a predicate is told as actual, planned, possible or negated."""

from __future__ import annotations

from pipelines.extract.syntax import subject_of
from pipelines.language.parse import Token

_NEGATIONS = frozenset(["not", "n't", "never", "no", "neither", "nor", "without", "hardly"])
_MODALS_POSSIBLE = frozenset(["may", "might", "could", "can", "ca"])
_MODALS_PLANNED = frozenset(["will", "shall", "wo", "'ll", "’ll"])
_MODALS_WISHED = frozenset(["would", "should", "must", "ought"])
_POSSIBLE_ADVERBS = frozenset(["possibly", "perhaps", "maybe", "allegedly", "potentially"])
_POSSIBLE_BEFORE_NOUN = frozenset(["possible", "potential", "alleged", "suspected", "threatened"])
_PLANNED_BEFORE_NOUN = frozenset(["planned", "proposed", "future", "upcoming", "scheduled", "expected"])

# Verbs and nouns that put what they govern into another light.
_PLANNING = frozenset([
    "plan", "intend", "expect", "schedule", "agree", "promise", "pledge", "vow", "prepare", "decide", "offer",
    "seek", "propose", "hope", "due", "set", "aim", "commit", "want", "undertake", "threaten", "warn", "ready",
    "order", "authorize", "approve", "ask", "urge", "call", "request", "demand", "invite", "tell", "require",
    "need", "instruct", "plan", "promise", "pledge", "intention", "decision", "proposal", "offer", "threat",
    "agreement", "commitment", "vote", "effort", "willingness", "readiness", "order", "willing", "prepared", "poised", "poise"
])  # fmt: skip
_DENYING = frozenset([
    "deny", "refuse", "reject", "decline", "fail", "forget", "rule", "cancel", "postpone", "abandon", "avoid",
    "refusal", "failure", "inability", "stop", "prevent", "block", "oppose", "suspend", "halt", "lack"
])  # fmt: skip
_DOUBTING = frozenset([
    "allow", "permit", "enable", "consider", "discuss", "weigh", "believe", "suspect", "allege", "accuse", "think",
    "suggest", "fear", "speculate", "contemplate", "possible", "likely", "unlikely", "ability", "able"
])  # fmt: skip
# "Aimed at", "bent on", "plans on" tell a purpose; the noun plan does not ("a plan on the use of a grant").
_PURPOSE = frozenset({"aim", "bent", "intend", "intent", "insist"})
_PURPOSE_VERBS = _PURPOSE | {"plan"}
# What is said with these verbs above a that-clause is held to be so, wished for, or denied.
_CHARGES = frozenset({"accusation", "allegation", "claim", "charge", "report", "suggestion", "rumor", "rumour"})
_DENIED = frozenset({"deny", "doubt"})
_HELD_POSSIBLE = frozenset(["allege", "suspect", "fear", "suggest", "believe", "speculate"])
_WISHED = frozenset([
    "hope", "expect", "propose", "demand", "request", "urge", "ask", "insist", "order", "recommend", "want"
])  # fmt: skip
# Verbs whose noun object is not done yet: "plans a visit", "threatened sanctions".
_OF_FUTURE_THINGS = frozenset([
    "plan", "propose", "schedule", "promise", "pledge", "threaten", "seek", "demand", "want", "expect", "prepare",
    "request", "urge", "offer"
])  # fmt: skip
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_PHASES = frozenset({"begin", "start", "continue"})
_GOVERNED = frozenset([
    "xcomp", "acl", "pcomp", "prep", "dobj", "pobj", "nsubjpass", "oprd", "attr", "acomp", "compound"
])  # fmt: skip
_NOBODY = frozenset({"none", "nobody", "neither"})
# Prepositions that bring in an event of its own: any, or behind a noun.
_AFTERWARDS = frozenset(["after", "over", "following", "since", "despite", "amid"])
_APART = frozenset(["for", "before", "from", "during", "against"])
_CONDITIONS = frozenset({"if", "unless", "whether", "should"})
_PROVISOS = frozenset({"if", "unless"})


def factuality_of(predicate: Token) -> str:
    """Factuality of a verb or event noun: its own auxiliaries first, then what governs it, as far as the clause goes."""
    current: Token = predicate
    found = "actual"
    passed_negation = _is_of_nobody(predicate)
    shares = True  # whether the auxiliaries of `current` are the predicate's too
    for depth in range(7):
        own = _own(current) if shares else "actual"
        if own == "negated":
            passed_negation = not passed_negation
        elif own != "actual" and (found == "actual" or own == "possible"):
            found = own
        if current.is_root:
            break
        head = current.head
        if head.dep == "prep" and (
            head.lower in _AFTERWARDS or (head.lower in _APART and head.head.pos in ("NOUN", "PROPN"))
        ):
            break  # "possible retaliation for the attack": the attack is no mere possibility
        governed = _governed(current, head)
        if governed == "denied":
            passed_negation = not passed_negation
            break
        if governed == "negated":
            passed_negation = not passed_negation
        elif governed == "stop":
            break
        elif governed != "actual" and found == "actual":
            found = governed
        if current.dep == "conj" and head.pos != current.pos and depth:
            break
        shares = current.dep != "conj" or _shares_auxiliaries(current, head)
        current = head
    if passed_negation:
        return "negated"
    return found


def is_condition(predicate: Token) -> bool:
    """Whether a clause is open: "whether they decide to strike", "if they attack or bomb"."""
    while True:
        if any(c.dep == "mark" and c.lower in ("if", "whether", "unless") for c in predicate.children):
            return True
        if predicate.is_root or predicate.dep not in ("conj", "xcomp"):
            return False
        predicate = predicate.head


def _is_of_nobody(predicate: Token) -> bool:
    """Whether nobody does it or has it done to him: "no shots were fired", "none of the ships was hit"."""
    if predicate.pos != "VERB":
        return False
    target = predicate.child("dobj")
    if target is not None and any(
        (c.dep == "det" and c.lower == "no") or (c.dep in ("nummod", "amod") and c.lower == "zero")
        for c in target.children
    ):
        return True  # "made no concessions"
    subject = subject_of(predicate)
    return subject is not None and (
        subject.lower in _NOBODY or any(c.dep == "det" and c.lower == "no" for c in subject.children)
    )


def _shares_auxiliaries(conjunct: Token, head: Token) -> bool:
    """Whether "will" or "not" before one verb is said of the one joined to it: "will meet and sign", not "and signed"."""
    if conjunct.pos not in ("VERB", "AUX"):
        return True
    if conjunct.tag in _FINITE or any(c.dep in ("aux", "nsubj", "nsubjpass") for c in conjunct.children):
        return False
    return not any(c.lower == "but" for c in head.children if c.dep == "cc")


def is_conditional(verb: Token) -> bool:
    """Whether it happens only if something else does: "will leave if", "would shoot, if necessary"."""
    return any(
        c.dep in ("advcl", "prep", "mark")
        and (c.lower in _PROVISOS or any(m.dep == "mark" and m.lower in _PROVISOS for m in c.children))
        for c in verb.children
    )


def _is_not_only(negation: Token, token: Token) -> bool:
    """Whether it denies that this was all: "not only ignored it but"."""
    beside = (*token.children, *negation.children)
    return negation.lower == "not" and any(
        c.lower in ("only", "just", "merely", "simply") and c.index - negation.index in (1, -1) for c in beside
    )


def is_decided(predicate: Token) -> bool:
    """Whether somebody has decided on it, which is the act where it takes no more: "decided to suspend", "the decision to bar"."""
    head = predicate.head
    if predicate.tag != "VB" or predicate.child("neg") is not None:
        return False
    if predicate.dep == "acl":
        return head.lemma.lower() in ("decision", "move") and not any(
            c.lower in _POSSIBLE_BEFORE_NOUN | _PLANNED_BEFORE_NOUN for c in head.children
        )
    if predicate.dep != "xcomp" or head.lemma.lower() != "decide" or head.tag not in ("VBD", "VBN"):
        return False
    return factuality_of(head) == "actual"


def _own(token: Token) -> str:
    """What a predicate's own auxiliaries and adverbs say."""
    found = "actual"
    for child in token.children:
        word = child.lower
        if child.dep == "neg" or (word in _NEGATIONS and child.dep in ("det", "advmod", "preconj")):
            if _is_not_only(child, token):
                continue
            return "negated"
        if child.dep == "aux" or child.tag == "MD":
            if word in _MODALS_PLANNED:
                found = "possible" if is_conditional(token) else "planned"
            elif word in _MODALS_POSSIBLE or word in _MODALS_WISHED:
                have = any(c.dep == "aux" and c.lemma == "have" for c in token.children)
                found = "planned" if word == "would" and not have and not is_conditional(token) else "possible"
        elif (word in _POSSIBLE_ADVERBS and child.dep == "advmod") or (child.dep == "mark" and word in _CONDITIONS):
            found = "possible"
        elif child.dep in ("amod", "compound"):
            if word in _POSSIBLE_BEFORE_NOUN:
                found = "possible"
            elif word in _PLANNED_BEFORE_NOUN:
                found = "planned"
    return found


def _governed(token: Token, head: Token) -> str:
    """What the word above a predicate makes of it; "stop" where what stands above says nothing of it, "denied" where it denies it."""
    dep, lemma = token.dep, head.lemma.lower()
    if (
        dep in ("acl", "ccomp")
        and lemma in _CHARGES
        and token.child("mark") is not None
        and head.dep in ("dobj", "nsubjpass")
    ):
        return "denied" if head.head.lemma.lower() in _DENIED | {"reject", "dismiss", "refute"} else "stop"
    if dep == "ccomp" and head.pos == "VERB":
        if lemma in _DENIED:
            return "negated"
        if lemma in _HELD_POSSIBLE:
            return "possible"
        if lemma in _WISHED and (token.tag in ("VB", "VBP", "VBZ") or any(c.dep == "aux" for c in token.children)):
            return "planned"
        return "stop"
    if dep == "conj":
        return "actual"
    if dep == "advcl" and token.tag == "VB" and any(c.dep == "aux" and c.lower == "to" for c in token.children):
        return "actual" if head.tag != "VBN" else "stop"  # "will act to hit them": as sure as what serves it
    if dep == "pobj" and head.lower in ("toward", "towards"):
        return "planned"  # "are moving towards talks"
    if dep == "xcomp" and lemma == "go" and head.tag == "VBG":
        return "planned"  # "is going to send"
    if dep == "xcomp" and lemma == "be" and token.tag == "VB" and head.child("acomp", "attr") is None:
        return "planned"  # "is to visit"
    if dep == "acl" and token.tag != "VB":
        return "stop"
    if dep not in _GOVERNED:
        return "stop"
    if head.pos not in ("VERB", "AUX", "ADJ", "NOUN"):
        return "actual" if dep != "nsubjpass" or lemma in _DENYING else "stop"
    is_noun_object = dep in ("dobj", "pobj", "pcomp", "nsubjpass") and token.pos == "NOUN"
    to_do = dep in ("xcomp", "acl") or is_noun_object
    if lemma in _DENYING and (to_do or dep == "pcomp"):
        return "negated"
    if dep == "xcomp" and (lemma in _PLANNING or lemma in _PHASES):
        return "planned" if lemma in _PLANNING else "actual"
    if lemma in _PLANNING and (dep == "acl" or (is_noun_object and head.pos == "VERB" and lemma in _OF_FUTURE_THINGS)):
        return "planned"
    if lemma in _DOUBTING and to_do:
        return "possible"
    if dep == "prep" and token.lower in ("at", "on", "of"):
        return "planned" if lemma in (_PURPOSE if head.pos == "NOUN" else _PURPOSE_VERBS) else "actual"
    if dep == "acl":
        return "planned"
    return "actual" if dep != "nsubjpass" or lemma in _DENYING else "stop"
