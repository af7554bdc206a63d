"""Questions to the dependency tree that several extractors ask: subjects, objects, clauses, speech verbs."""

from __future__ import annotations

from pipelines.language.parse import Token
from pipelines.reference.word_lists import word_list

SPEECH_VERBS = word_list("speech_words.csv", "verbs of speech")
# Speech verbs that report what somebody holds to be so, not what he asks, promises or threatens.
REPORTING = SPEECH_VERBS - word_list("speech_words.csv", "asking and promising")


def subject_of(verb: Token, depth: int = 0) -> Token | None:
    """Who a verb's subject is: its own, or that of the clause it shares one with (conjuncts, participles, control)."""
    own = verb.child("nsubj", "nsubjpass", "csubj", "expl")
    if own is not None and own.dep != "expl":
        if own.lower in _RELATIVES and verb.dep == "relcl":
            return _before_relative(verb, own)
        return own
    if depth > 4 or verb.is_root:
        return None
    if verb.dep == "relcl":
        return verb.head if verb.child("dobj", "pobj") is None or not _has_relative_object(verb) else None
    if verb.dep == "acl":
        # "talks aimed at", "soldiers killed in": the noun is what the participle is said of.
        return verb.head if verb.head.pos in ("NOUN", "PROPN", "PRON") else subject_of(verb.head, depth + 1)
    if verb.dep == "xcomp":
        head = verb.head
        if (called := _called_on(verb, head)) is not None:
            return called
        # "asked Iran to stop": the object does it; "agreed to stop": the subject does.
        object_ = head.child("dobj") if head.pos in ("VERB", "AUX") else None
        if object_ is not None and object_.index < verb.index and head.lemma not in _SUBJECT_CONTROL:
            return object_
        return subject_of(head, depth + 1) if head.pos in ("VERB", "AUX", "ADJ") else None
    if verb.dep in ("conj", "advcl", "pcomp", "prep", "aux", "acomp", "ccomp", "oprd", "parataxis", "dep"):
        head = verb.head
        if verb.dep == "ccomp" and verb.tag not in ("VB", "VBG"):
            return None
        while head.dep in ("prep", "agent") and not head.is_root:
            head = head.head
        if head.pos in ("VERB", "AUX"):
            if (called := _called_on(verb, head)) is not None:
                return called
            if verb.dep == "pcomp" and verb.head.lower in _OF_DEED and head.lemma.lower() in _OBJECT_DOES:
                # "accused Russia of arming rebels": the accused does it.
                return object_of(head) or subject_of(head, depth + 1)
            return subject_of(head, depth + 1)
        if head.pos in ("NOUN", "PROPN") and verb.dep == "conj":
            return None
    return None


def _called_on(verb: Token, head: Token) -> Token | None:
    """Who is called on to do something: "called on Chad to withdraw", "appealed to both sides to stop"."""
    if verb.tag != "VB" or head.lemma.lower() not in ("call", "appeal", "prevail"):
        return None
    for child in head.children:
        if child.dep == "prep" and child.lower in ("on", "upon", "to") and child.index < verb.index:
            return child.child("pobj")
    return None


_RELATIVES = frozenset({"who", "which", "that", "whom"})


def _before_relative(verb: Token, pronoun: Token) -> Token:
    """What a relative clause is about: the name right before its comma, rather than a common noun further off.

    The parser hangs ", which" on the first noun of a phrase: "the pace set by Germany, which welcomed".
    """
    head = verb.head
    if head.pos != "NOUN" or not any(c.lower == "," and c.index == pronoun.index - 1 for c in head.children):
        return head
    last = max((t for t in head.subtree() if t.index < pronoun.index - 1), key=lambda t: t.index, default=head)
    return last if last.pos == "PROPN" else head


_OF_DEED = frozenset({"of", "for", "from", "with"})
_OBJECT_DOES = word_list("speech_words.csv", "verbs whose object does it")
_SUBJECT_CONTROL = word_list("speech_words.csv", "verbs whose subject does it")


def _has_relative_object(verb: Token) -> bool:
    return any(c.dep in ("dobj", "pobj") and c.lower in ("which", "that", "whom") for c in verb.children)


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive: by auxiliary, or as a participle behind its noun ("killed by")."""
    if any(c.dep in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    if verb.dep == "conj" and verb.tag == "VBN" and verb.child("aux", "nsubj") is None:
        above = verb.head
        if above.pos in ("ADJ", "ADV") and above.dep in ("acomp", "advmod"):
            return above.head.lemma == "be"  # "was present or invited"
        return above.tag == "VBN" and is_passive(above)  # "was arrested and charged"
    return (
        verb.tag == "VBN"
        and (verb.dep == "acl" or verb.child("agent") is not None)
        and not any(c.dep == "aux" and c.lemma in ("have",) for c in verb.children)
    )


def object_of(verb: Token) -> Token | None:
    """Direct object, or the subject of a passive."""
    found = verb.child("dobj", "dative")
    if found is not None and found.pos != "ADP":
        return antecedent(found) if verb.dep == "relcl" else found
    if is_passive(verb):
        return verb.child("nsubjpass") or (verb.head if verb.dep in ("acl", "relcl") else None)
    if found is None and verb.dep == "relcl" and not verb.is_root:
        own = verb.child("nsubj")
        if own is not None and own.lower not in _RELATIVES:  # "the talks he had with", "a deal they worked out"
            return verb.head
    return None


def clause_of(token: Token) -> Token:
    """The verb of the clause that a token stands in (the token itself where it is one)."""
    while token.pos not in ("VERB", "AUX") and not token.is_root:
        token = token.head
    return token


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for, else the token."""
    if token.lower in ("who", "which", "that", "whom") and token.pos in ("PRON", "DET", "SCONJ"):
        verb = clause_of(token)
        if verb.dep == "relcl":
            return _person_before(verb.head) if token.lower in ("who", "whom") else verb.head
    return token


def _person_before(head: Token) -> Token:
    """Whom "who" takes up: not the state that the parser hangs it on ("the ambassador to Chad, who was killed")."""
    holder = head.head.head
    if head.entity in ("GPE", "LOC") and head.dep == "pobj" and head.head.dep == "prep" and holder.pos in _NOMINAL:
        return holder
    return head


_NOMINAL = frozenset({"NOUN", "PROPN"})
