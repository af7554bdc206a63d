"""Who a statement is attributed to: the innermost speaker whose words a predicate stands in."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import Participant
from pipelines.extract.syntax import REPORTING, antecedent, subject_of
from pipelines.language.parse import Token

_CLIMBS = frozenset([
    "ccomp", "xcomp", "advcl", "conj", "relcl", "acl", "pcomp", "prep", "dobj", "pobj", "nsubj", "nsubjpass",
    "attr", "acomp", "appos", "agent", "dative", "oprd", "csubj", "parataxis", "compound", "amod", "poss", "nmod",
    "dep", "npadvmod"
])  # fmt: skip


_PAPERS = frozenset(["statement", "communique", "report", "announcement", "document", "release", "dispatch"])
_APART = frozenset({",", "--", "—", "–"})
_TOKENS_BACK = 250
# "Expressed optimism that": the noun says what is held, its verb's subject who holds it.
_HELD = frozenset([
    "optimism", "hope", "belief", "confidence", "view", "claim", "opinion", "fear", "concern", "conviction",
    "assertion", "allegation", "statement", "report", "announcement", "suspicion", "warning"
])  # fmt: skip


def attribution_of(token: Token, actors: DocumentActors) -> int | None:
    """Entity index of the speaker or agency that a predicate is attributed to, or None.

    "AP quoted the ministry as saying that X": the ministry. "According to Y, X", "X, Y said": Y.
    """
    found = speaker_token(token)
    if found is None:
        return None
    for participant in actors.participants(antecedent(found), conjuncts=False):
        return participant.entity
    if found.lemma.lower() in _PAPERS:
        return _author_of(found, actors)
    return None


def attribution_of_act(token: Token, sources: list[Participant], is_speech: bool, actors: DocumentActors) -> int | None:
    """Whom an act is attributed to: who tells of it. Who praises or threatens by saying so (`is_speech`) does not report it.

    What a speaker takes for granted he does not report: "(their attack) crosses a line, she said", and what the narrator
    adds behind a comma neither ("said it had reached a deal on the city, from which troops withdrew").
    """
    found = attribution_of(token, actors)
    if found is None or (is_speech and found in {p.entity for p in sources}):
        return None
    speaker = speaker_token(token)
    if speaker is None:
        return None
    current = token
    while not current.is_root:
        if current.dep == "relcl" and _is_added(current) and all(t is not speaker for t in current.subtree()):
            return None
        if current.pos == "VERB" and current.dep == "ccomp":
            break
        if current.dep == "nsubj" and current is token and token.pos == "NOUN" and _is_definite(token):
            return None
        current = current.head
    return found


def _is_added(clause: Token) -> bool:
    """Whether a relative clause stands behind a comma."""
    first = min(clause.subtree(), key=lambda t: t.index)
    return any(c.lower in _APART and c.index == first.index - 1 for c in clause.head.children)


def _is_definite(noun: Token) -> bool:
    return any(c.dep == "poss" or (c.dep == "det" and c.lower in ("the", "this", "that")) for c in noun.children)


def _author_of(paper: Token, actors: DocumentActors) -> int | None:
    """Who made "the statement" or "the report" that speaks: its owner, else who spoke last before it."""
    for child in paper.children:
        if child.dep in ("poss", "compound", "amod", "nmod"):
            for participant in actors.participants(child, conjuncts=False):
                return participant.entity
    tokens = actors.parse.tokens
    for i in range(paper.index - 1, max(-1, paper.index - _TOKENS_BACK), -1):
        before = tokens[i]
        if before.dep == "nsubj" and before.head.lemma in REPORTING and before.sentence < paper.sentence:
            for participant in actors.participants(antecedent(before), conjuncts=False):
                return participant.entity
    return None


def speaker_token(token: Token) -> Token | None:
    """Head of the words that name the speaker of a clause, or None."""
    current = token
    for _ in range(14):
        according = _according_to(current)
        if according is not None:
            return according
        beside = current.child("parataxis")
        if beside is not None and beside.lemma in REPORTING and (own := beside.child("nsubj")) is not None:
            return own
        if current.is_root:
            return None
        head = current.head
        if (
            current.dep in ("acl", "ccomp")
            and head.lemma.lower() in _HELD
            and current.tag != "VBN"
            and head.dep == "dobj"
            and head.head.pos == "VERB"
        ):
            return subject_of(head.head)
        if (
            head.pos == "VERB"
            and (head.lemma in REPORTING or _foretells(head, current))
            and current.dep in ("ccomp", "parataxis", "advcl", "xcomp", "dobj")
            and (current.dep in ("ccomp", "parataxis") or (current.dep == "xcomp" and current.tag not in ("VB",)))
        ):
            return _speaker_of(head)
        if current.dep not in _CLIMBS:
            return None
        current = head
    return None


def _foretells(verb: Token, clause: Token) -> bool:
    """Whether somebody warns of or predicts what another does: "warned that Chad might attack"."""
    return verb.lemma in ("warn", "predict", "charge", "fear") and clause.dep == "ccomp" and clause.tag != "VB"


def _speaker_of(verb: Token) -> Token | None:
    """Speaker of a reporting verb; "was quoted as saying" and "quoted X as saying" give whom they quote."""
    quoting = verb.head.head if verb.dep == "pcomp" and verb.head.lower == "as" else None
    if quoting is not None and quoting.lemma in ("quote", "cite"):
        return quoting.child("dobj") or quoting.child("nsubjpass") or subject_of(quoting)
    own = verb.child("nsubj", "nsubjpass")
    if own is not None:
        return own
    if verb.dep == "acl":
        return None
    return subject_of(verb)


def _according_to(verb: Token) -> Token | None:
    for child in verb.children:
        if child.lower == "according":
            to = child if child.child("pobj") else child.child("prep")
            return to.child("pobj") if to is not None else None
    return None
