"""Harm that nobody did: mishaps, nature, disease."""

from __future__ import annotations

from pipelines.extract.events.wording import is_of_class
from pipelines.extract.syntax import is_passive, subject_of
from pipelines.language.parse import Token
from pipelines.reference.plover import Trigger
from pipelines.reference.roles import actor_nouns, role_nouns


def is_accident(token: Token, trigger: Trigger) -> bool:
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
