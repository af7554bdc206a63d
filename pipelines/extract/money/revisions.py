"""Promises that are changed: "lowered its promise of 40 million euros to 25 million euros", "raised its appeal to $8 million from $5 million".

The sum before holds no longer, the sum after stands for it. Sums of two years that are compared ("rose from $5 million in 2003 to
$8 million") are two sums: a promise or request alone is changed, and one that tells no time or that of the sum after; what was paid
only where both are told to be of one time. "Doubled its pledge to $30 million" does not tell what it was before: other reports may.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.extract.evidence import put
from pipelines.extract.facts import FieldEvidence, Figure
from pipelines.extract.money.term_words import lexicon, verb_forms
from pipelines.language.parse import Parse, Token

_GIVEN = frozenset({"aid", "loan"})
_PROMISED = frozenset({"pledged", "committed", "requested"})
# "Its pledge", "the appeal", "Canada's aid": what was told of before.
_KNOWN = ("poss", "det")
_A = frozenset({"a", "an", "another", "some", "any"})
# Between "to" or "from" and the sum: "to only about $8 million".
_NEAR = 3


def read_revisions(parse: Parse, figures: list[Figure], verbs: Mapping[int, Token | None]) -> None:
    """Mark the sum that a promise was changed from as withdrawn, and the sum that it was changed to as what corrects it.

    `verbs`: of each figure by its id the verb that governs it.
    """
    told = {" ".join(term.words) for term in lexicon()["revising verb"]}
    for after in figures:
        if not _may_be_changed(after) or not _stands_behind(parse, after, "to"):
            continue
        verb = _revising(parse, figures, after, verbs.get(id(after)), told)
        if verb is None:
            continue
        # One verb for both: "Norway pledged $10 million and Sweden raised its pledge to $20 million" changes none of Norway's.
        others = [
            f for f in figures if _is_other_sum(f, after) and (verbs.get(id(f)) is verb or _is_from_to(parse, f, after))
        ]
        # "from $5 million to $8 million", or "to $8 million from $5 million"
        told_first = [f for f in others if f.end_char <= after.start_char]
        told_behind = [f for f in others if f.start_char >= after.end_char and _stands_behind(parse, f, "from")]
        before = next(iter([*reversed(told_first), *told_behind]), None)
        if before is None:
            after.terms.is_correction |= after.flow_stage in _PROMISED and _is_of_known_promise(verb)
            continue
        before.terms.is_withdrawn = after.terms.is_correction = True
        _take_as_standing(after, verb)
        for one, other in ((after, before), (before, after)):
            if one.part_of is not None and figures[one.part_of] is other:
                one.part_of = None
                one.evidence = [e for e in one.evidence if e.field != "part_of"]


def _revising(parse: Parse, figures: list[Figure], after: Figure, verb: Token | None, told: set[str]) -> Token | None:
    """The verb of changing above a sum: the one that governs it, or, where "from" and "to" stand side by side, one above whose object
    tells more by a verb of its own ("reduces the line authorized for sales to $5 million from $20 million")."""
    if verb_forms(verb) & told:
        return verb
    if not any(_is_other_sum(f, after) and _is_from_to(parse, f, after) for f in figures):
        return None
    head = parse.head_of(parse.tokens_in(after.start_char, after.end_char))
    for above in head.ancestors():
        if above.pos == "VERB" and verb_forms(above) & told:
            return above
        if above.pos == "VERB" and above.dep not in ("acl", "relcl"):  # "plans to reduce hunger by giving …"
            return None
    return None


def _is_from_to(parse: Parse, before: Figure, after: Figure) -> bool:
    """Whether nothing but "from" and "to" stands with two sums: "from $4 million to $2 million", "to $2 million from $4 million"."""
    first, second = sorted((before, after), key=lambda f: f.start_char)
    between = parse.tokens_in(first.end_char, second.start_char)
    joint = "to" if second is after else "from"
    return [t.lower for t in between if t.pos != "PUNCT"] == [joint] and _stands_behind(
        parse, first, "from" if joint == "to" else "to"
    )


def _take_as_standing(figure: Figure, verb: Token) -> None:
    """What a promise was cut to is still promised, though the verb of cutting has it read as denied."""
    if figure.factuality == "negated":
        figure.factuality = "actual"
        put(
            figure.evidence,
            FieldEvidence("factuality", "actual", "words of money's terms", None, verb.start, verb.end),
        )


def _may_be_changed(figure: Figure) -> bool:
    is_changeable = figure.flow_stage in _PROMISED or figure.period_start is not None
    return figure.figure_kind in _GIVEN and is_changeable and figure.amount is not None


def _is_of_known_promise(verb: Token) -> bool:
    """Whether what is raised or cut is a promise, request or help told of before: "its pledge", not "a loan"."""
    promised = {" ".join(term.words) for term in lexicon()["revised noun"]}
    return any(
        noun.lemma.lower() in promised and any(c.dep in _KNOWN and c.lower not in _A for c in noun.children)
        for noun in verb.children_by("dobj", "nsubjpass")
    )


def _is_other_sum(before: Figure, after: Figure) -> bool:
    is_of_one_time = (before.period_start, before.period_end) == (after.period_start, after.period_end)
    is_promised = before.flow_stage in _PROMISED and after.flow_stage in _PROMISED
    return (
        before.sentence_index == after.sentence_index
        and _may_be_changed(before)
        and before.currency == after.currency
        and before.amount != after.amount
        and (is_of_one_time or (is_promised and before.period_start is None and before.period_end is None))
    )


def _stands_behind(parse: Parse, figure: Figure, word: str) -> bool:
    """Whether a word stands close before a sum, and no other noun or verb between."""
    first = parse.tokens_in(figure.start_char, figure.end_char)[0].index
    for token in reversed(parse.tokens[max(parse.sentences[figure.sentence_index].first, first - _NEAR) : first]):
        if token.lower == word:
            return True
        if token.pos in ("NOUN", "PROPN", "VERB"):
            return False
    return False
