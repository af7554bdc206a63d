"""Money that is told as hearsay or as what is called for: "allegedly gave", "rumours say", "it is time to give".

The reader knows such words where they were labelled; they are few in any set, and each makes money that nobody gave.
"""

from __future__ import annotations

from pipelines.extract.evidence import put
from pipelines.extract.facts import FieldEvidence, Figure
from pipelines.language.parse import Token
from pipelines.reference.word_lists import word_list

_MADE_BY = "words of hearsay"
_ADVERBS = word_list("sum_words.csv", "adverbs of hearsay")
_VERBS = word_list("sum_words.csv", "verbs of hearsay")
_ACCUSING = word_list("sum_words.csv", "verbs of accusing")
_NOUNS = word_list("sum_words.csv", "nouns of hearsay")
_UNSURE = word_list("sum_words.csv", "adjectives of hearsay")
# How the verb of giving hangs on the word that tells it.
_TOLD = ("ccomp", "xcomp", "acl", "relcl", "pcomp", "advcl")


def take_hearsay(figure: Figure, verb: Token | None) -> None:
    """What the reader takes for a fact is possible where it is but said to be, and requested where it is called for."""
    if verb is None or figure.factuality != "actual":
        return
    word = _hearsay(verb)
    if word is not None:
        figure.factuality = "possible"
        put(figure.evidence, FieldEvidence("factuality", "possible", _MADE_BY, None, word.start, word.end))
    elif (called := _called_for(verb)) is not None and figure.flow_stage is not None:
        figure.flow_stage = "requested"
        put(figure.evidence, FieldEvidence("flow_stage", "requested", _MADE_BY, None, called.start, called.end))


def _hearsay(verb: Token) -> Token | None:
    """The word that tells a verb as hearsay; None where none does."""
    for child in verb.children:
        if child.dep == "advmod" and child.lower in _ADVERBS:
            return child
    above = verb.head
    if verb.is_root or verb.dep not in _TOLD:
        return None
    if verb.dep == "pcomp" and above.head.lemma.lower() in _ACCUSING:  # "accused Norway of giving"
        return above.head
    if above.lemma.lower() in _NOUNS:  # "rumours that Norway gave"
        return above
    is_passive = any(c.dep == "auxpass" for c in above.children)
    if above.lemma.lower() in _VERBS and is_passive:  # "is rumoured to have given"
        return above
    for child in above.children:
        if child.dep in ("nsubj", "nsubjpass") and verb.dep == "ccomp":
            unsure = [c for c in child.children if c.dep == "amod" and c.lower in _UNSURE]
            if child.lemma.lower() in _NOUNS or unsure:  # "rumours say", "unconfirmed reports say"
                return child
    return None


def _called_for(verb: Token) -> Token | None:
    """The noun of "it is time for Norway to give"; None where there is none ("the first time for Norway to give", "found time to give")."""
    noun = verb.head
    if verb.dep not in _TOLD or verb.tag != "VB" or noun.lemma.lower() != "time":
        return None
    is_bare = not any(c.dep in ("det", "amod", "nummod", "poss") and c.lower != "high" for c in noun.children)
    is_it = noun.head.lemma.lower() == "be" and any(c.lower == "it" for c in noun.head.children)
    return noun if is_bare and is_it else None
