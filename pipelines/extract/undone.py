"""Gifts, loans and sums that come to nothing by what their sentence says above them: a report that is a hoax, a plan that fell through, a loan
that was shelved.

The reader says whether something happened by the words beside it; what stands a clause away it often misses.
"""

from __future__ import annotations

from pipelines.extract.events.plover_type import plover_type
from pipelines.extract.evidence import put
from pipelines.extract.facts import Event, FieldEvidence, Figure
from pipelines.language.parse import Parse, Token
from pipelines.reference.word_lists import word_list

_FILE, _MADE_BY, _NEGATED = "event_words.csv", "words of what comes to nothing", "negated"
_REACH = 6  # steps up the tree
_CLAUSES = ("acl", "relcl", "ccomp", "prep", "pcomp")
_DEBTS = frozenset({"debt", "arrears"})


def deny_undone_sums(figures: list[Figure], parse: Parse) -> None:
    """Sums of what came to nothing are negated."""
    for figure in figures:
        if figure.factuality == _NEGATED:
            continue
        tokens = parse.tokens_in(figure.start_char, figure.end_char)
        word = undone_by(parse.head_of(tokens)) if tokens else None
        if word is not None:
            figure.factuality = _NEGATED
            put(figure.evidence, FieldEvidence("factuality", _NEGATED, _MADE_BY, None, word.start, word.end))


def deny_undone_gifts(events: list[Event], parse: Parse) -> None:
    """Gifts and loans that came to nothing are negated.

    Of 14,480 labelled events these words deny six, three of them rightly: a plan that stalled was outlined all the same. Other
    acts are left to the reader.
    """
    for event in events:
        token = parse.token_at(event.start_char)
        if token is None or event.factuality == _NEGATED or event.event_type != "AID":
            continue
        word = undone_by(token)
        if word is not None:
            event.factuality = _NEGATED
            event.plover_type = plover_type(event.event_type, _NEGATED)
            put(event.evidence, FieldEvidence("factuality", _NEGATED, _MADE_BY, None, word.start, word.end))


def undone_by(token: Token) -> Token | None:
    """The word that says that what a token tells of came to nothing, or None.

    A debt that is given up is a gift. What a relative clause tells of a thing that was given up did happen.
    """
    below, is_told_of_it = token, False
    for one in (token, *token.ancestors())[:_REACH]:
        is_given_up = _is(one, "given up") and _is_done(one) and (one is token or below.dep in ("dobj", "nsubjpass"))
        if is_given_up and not is_told_of_it and not any(t.lemma.lower() in _DEBTS for t in one.subtree()):
            return one
        is_told_of_it |= one.dep in ("relcl", "acl")
        if one is not token and below.dep in _CLAUSES and one.dep in ("nsubj", "nsubjpass"):
            word = _verdict(one, one.head)
            if word is not None:
                return word
        below = one
    return None


def _verdict(noun: Token, verb: Token) -> Token | None:
    """What a verb says of its subject, a report or a plan, that makes it nothing."""
    if not _is_done(verb):
        return None
    if _is(noun, "reports"):
        return next((c for c in verb.children if c.dep in ("attr", "acomp", "oprd") and _is(c, "false")), None)
    if _is(noun, "plans"):
        through = any(c.lower in ("through", "apart") for c in verb.children)
        return verb if _is(verb, "falls") or (verb.lemma.lower() == "fall" and through) else None
    return None


def _is(token: Token, name: str) -> bool:
    return token.lemma.lower() in word_list(_FILE, name)


def _is_done(verb: Token) -> bool:
    """Whether a verb tells of what is so: no "not", "will", "may" with it."""
    told = ("has", "have", "had", "is", "are", "was", "were", "been", "'s", "'ve", "be")
    return not any(c.dep == "neg" or (c.dep in ("aux", "auxpass") and c.lower not in told) for c in verb.children)
