"""Whether a predicate is told as actual, planned, possible or negated."""

from __future__ import annotations

from pipelines.extract.syntax import subject_of
from pipelines.language.parse import Token

_NEGATIONS = frozenset(["not", "n't", "never", "no", "neither", "nor", "without", "hardly"])
_MODALS_POSSIBLE = frozenset(["may", "might", "could", "can", "ca"])
_MODALS_PLANNED = frozenset(["will", "shall", "wo", "'ll", "’ll"])
_MODALS_WISHED = frozenset(["would", "should", "must", "ought"])
_POSSIBLE_ADVERBS = frozenset(["possibly", "perhaps", "maybe", "allegedly", "reportedly", "potentially"]) - {
    "reportedly"
}

# Verbs and nouns that put what they govern into another light.
_PLANNING = frozenset([
    "plan", "intend", "expect", "schedule", "agree", "promise", "pledge", "vow", "prepare", "decide", "offer",
    "seek", "propose", "hope", "due", "set", "aim", "commit", "want", "undertake", "threaten", "warn", "ready",
    "order", "authorize", "approve", "ask", "urge", "call", "request", "demand", "invite", "tell", "require",
    "need", "instruct", "plan", "promise", "pledge", "intention", "decision", "proposal", "offer", "threat",
    "agreement", "commitment", "effort", "willingness", "readiness", "order", "willing", "prepared", "poised"
])  # fmt: skip
_DENYING = frozenset([
    "deny", "refuse", "reject", "decline", "fail", "forget", "rule", "cancel", "postpone", "abandon", "avoid",
    "stop", "prevent", "block", "oppose", "suspend", "halt", "lack"
])  # fmt: skip
_DOUBTING = frozenset([
    "allow", "permit", "enable", "consider", "discuss", "weigh", "believe", "suspect", "allege", "accuse", "think",
    "suggest", "fear", "speculate", "contemplate", "possible", "likely", "unlikely", "ability", "able"
])  # fmt: skip
_PURPOSE = frozenset({"aim", "bent", "intend", "intent", "plan", "insist"})
_NOBODY = frozenset({"none", "nobody", "neither"})
_CONDITIONS = frozenset({"if", "unless", "whether", "should"})


def factuality_of(predicate: Token) -> str:
    """Factuality of a verb or event noun: its own auxiliaries first, then what governs it, as far as the clause goes."""
    current: Token = predicate
    found = "actual"
    passed_negation = _is_of_nobody(predicate)
    for depth in range(7):
        own = _own(current)
        if own == "negated":
            passed_negation = not passed_negation
        elif own != "actual" and found == "actual":
            found = own
        if current.is_root:
            break
        head = current.head
        governed = _governed(current, head)
        if governed == "negated":
            passed_negation = not passed_negation
        elif governed == "stop":
            break
        elif governed != "actual" and found == "actual":
            found = governed
        if current.dep == "conj" and head.pos != current.pos and depth:
            break
        current = head
    if passed_negation:
        return "negated"
    return found


def _is_of_nobody(predicate: Token) -> bool:
    """Whether nobody does it or has it done to him: "no shots were fired", "none of the ships was hit"."""
    if predicate.pos != "VERB":
        return False
    subject = subject_of(predicate)
    return subject is not None and (
        subject.lower in _NOBODY or any(c.dep == "det" and c.lower == "no" for c in subject.children)
    )


def _own(token: Token) -> str:
    """What a predicate's own auxiliaries and adverbs say."""
    found = "actual"
    for child in token.children:
        word = child.lower
        if child.dep == "neg" or (word in _NEGATIONS and child.dep in ("det", "advmod", "preconj")):
            return "negated"
        if child.dep == "aux" or child.tag == "MD":
            if word in _MODALS_PLANNED:
                found = "planned"
            elif word in _MODALS_POSSIBLE or word in _MODALS_WISHED:
                have = any(c.dep == "aux" and c.lemma == "have" for c in token.children)
                found = "planned" if word == "would" and not have else "possible"
        elif (word in _POSSIBLE_ADVERBS and child.dep == "advmod") or (child.dep == "mark" and word in _CONDITIONS):
            found = "possible"
        elif child.dep in ("amod", "compound") and word in (
            "planned",
            "proposed",
            "possible",
            "potential",
            "future",
            "upcoming",
            "scheduled",
            "expected",
        ):
            found = "possible" if word in ("possible", "potential") else "planned"
    return found


def _governed(token: Token, head: Token) -> str:
    """What the word above a predicate makes of it."""
    dep, lemma = token.dep, head.lemma.lower()
    if dep in ("ccomp",) and head.pos == "VERB":
        if lemma == "deny" or lemma == "doubt":
            return "negated"
        if lemma in ("allege", "suspect", "fear", "suggest", "believe", "speculate", "claim") and lemma not in (
            "claim",
        ):
            return "possible"
        if lemma in (
            "hope",
            "expect",
            "propose",
            "demand",
            "request",
            "urge",
            "ask",
            "insist",
            "order",
            "recommend",
            "want",
        ):
            return (
                "planned"
                if token.tag in ("VB", "VBP", "VBZ") or any(c.dep == "aux" for c in token.children)
                else "stop"
            )
        return "stop"
    if dep in ("relcl", "advcl", "parataxis"):
        return "stop"
    if dep in ("xcomp", "acl", "pcomp", "prep", "dobj", "pobj", "nsubjpass", "oprd", "attr", "acomp", "compound"):
        if dep == "acl" and token.tag != "VB":
            return "stop"
        if head.pos in ("VERB", "AUX", "ADJ", "NOUN"):
            to_do = dep in ("xcomp", "acl") or (dep in ("dobj", "pobj", "pcomp", "nsubjpass") and token.pos == "NOUN")
            if lemma in _DENYING and (to_do or dep == "pcomp"):
                return "negated"
            if dep == "xcomp" and (lemma in _PLANNING or lemma in ("begin", "start", "continue")):
                return "planned" if lemma in _PLANNING else "actual"
            if lemma in _PLANNING and (
                dep == "acl"
                or (
                    to_do
                    and head.pos == "VERB"
                    and lemma
                    in (
                        "plan",
                        "propose",
                        "schedule",
                        "promise",
                        "pledge",
                        "threaten",
                        "seek",
                        "demand",
                        "want",
                        "expect",
                        "prepare",
                        "request",
                        "urge",
                        "offer",
                    )
                )
            ):
                return "planned"
            if lemma in _DOUBTING and to_do:
                return "possible"
            if dep == "prep" and lemma in _PURPOSE and token.lower in ("at", "on", "of"):
                return "planned"
            if dep == "acl":
                return "planned"
        return "actual" if dep != "nsubjpass" or lemma in _DENYING else "stop"
    if dep == "conj":
        return "actual"
    return "stop"
