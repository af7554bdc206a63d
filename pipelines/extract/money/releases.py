"""Money that was held back and is given after all: "released the $26 million that it froze in September", "paid the frozen 19 million pounds"."""

from __future__ import annotations

from pipelines.extract.evidence import put
from pipelines.extract.facts import FieldEvidence, Figure
from pipelines.extract.money.term_words import lexicon, verb_forms
from pipelines.language.parse import Token

_MADE_BY = "words of money's terms"
# Relative clauses and participles beside a sum or the nouns above it ("the 19 million pounds of aid that it had frozen").
_BESIDE = ("relcl", "acl", "amod")


def take_release(figure: Figure, verb: Token | None, tokens: list[Token]) -> None:
    """Money that is paid or released is given, though the words beside it say that it was held back before."""
    if verb is None or figure.factuality != "negated" or not _is_done(verb):
        return
    if not verb_forms(verb) & _words("verb of an instalment"):
        return
    held = _held_back(tokens, verb)
    if held is None:
        return
    figure.factuality, figure.flow_stage, figure.terms.direction = "actual", "disbursed", None
    put(figure.evidence, FieldEvidence("factuality", "actual", _MADE_BY, None, verb.start, verb.end))
    put(figure.evidence, FieldEvidence("flow_stage", "disbursed", _MADE_BY, None, verb.start, verb.end))


def _is_done(verb: Token) -> bool:
    """Whether a verb tells of what happened: no "not", "will", "would" or the like with it."""
    return not any(
        c.dep == "neg" or (c.dep == "aux" and c.lower not in ("has", "have", "had", "'s", "'ve")) for c in verb.children
    )


def _words(place: str) -> set[str]:
    return {" ".join(term.words) for term in lexicon()[place]}


def _held_back(tokens: list[Token], verb: Token) -> Token | None:
    """The word beside a sum that says it was suspended before."""
    told = {" ".join(t.words) for place in ("verb", "participle") for t in lexicon()[place] if t.value == "suspended"}
    above = [t for token in tokens for t in (token, *token.ancestors()) if verb.index < t.index]
    for noun in above:
        for beside in noun.children:
            if beside.dep in _BESIDE and (verb_forms(beside) & told or beside.lemma.lower() in told):
                return beside
    return None
