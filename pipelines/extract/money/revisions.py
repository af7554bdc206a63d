"""Promises that are changed: "lowered its promise of 40 million euros to 25 million euros", "raised its appeal from $5 million to $8 million".

The sum before holds no longer, the sum after stands for it. Sums of two years that are compared ("rose from $5 million in 2003 to
$8 million") are two sums: a promise or request alone is changed, and one that tells no time.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.extract.evidence import put
from pipelines.extract.facts import FieldEvidence, Figure
from pipelines.extract.money.term_words import lexicon, verb_forms
from pipelines.language.parse import Parse, Token

_GIVEN = frozenset({"aid", "loan"})
_PROMISED = frozenset({"pledged", "committed", "requested"})
# Between "to" and the sum: "to only about $8 million".
_NEAR = 3


def read_revisions(parse: Parse, figures: list[Figure], verbs: Mapping[int, Token | None]) -> None:
    """Mark the sum that a promise was changed from as withdrawn, and the sum that it was changed to as what corrects it.

    `verbs`: of each figure by its id the verb that governs it.
    """
    told = {" ".join(term.words) for term in lexicon()["revising verb"]}
    for n, after in enumerate(figures):
        if not _may_be_changed(after) or not _stands_behind_to(parse, after):
            continue
        before = next((f for f in reversed(figures[:n]) if _is_other_sum(f, after)), None)
        if before is None:
            continue
        # One verb for both: "Norway pledged $10 million and Sweden raised its pledge to $20 million" changes none of Norway's.
        verb = verbs.get(id(after))
        if verb is None or verbs.get(id(before)) is not verb or not verb_forms(verb) & told:
            continue
        before.terms.is_withdrawn = after.terms.is_correction = True
        _take_as_standing(after, verb)
        if after.part_of is not None and figures[after.part_of] is before:
            after.part_of = None
            after.evidence = [e for e in after.evidence if e.field != "part_of"]


def _take_as_standing(figure: Figure, verb: Token) -> None:
    """What a promise was cut to is still promised, though the verb of cutting has it read as denied."""
    if figure.factuality == "negated":
        figure.factuality = "actual"
        put(
            figure.evidence,
            FieldEvidence("factuality", "actual", "words of money's terms", None, verb.start, verb.end),
        )


def _may_be_changed(figure: Figure) -> bool:
    return figure.figure_kind in _GIVEN and figure.flow_stage in _PROMISED and figure.amount is not None


def _is_other_sum(before: Figure, after: Figure) -> bool:
    return (
        before.sentence_index == after.sentence_index
        and _may_be_changed(before)
        and before.currency == after.currency
        and before.amount != after.amount
        and before.period_start is None
        and before.period_end is None
    )


def _stands_behind_to(parse: Parse, figure: Figure) -> bool:
    """Whether "to" stands close before a sum, and no other noun or verb between."""
    first = parse.tokens_in(figure.start_char, figure.end_char)[0].index
    for token in reversed(parse.tokens[max(parse.sentences[figure.sentence_index].first, first - _NEAR) : first]):
        if token.lower == "to":
            return True
        if token.pos in ("NOUN", "PROPN", "VERB"):
            return False
    return False
