"""Sums that are paid of a larger one bit by bit: which sum is an instalment, whether it was paid, how many times an equal one comes.

The words are those of `reference/money_terms.csv` at the places "instalment" and "verb of an instalment".
"""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.extract.evidence import put
from pipelines.extract.facts import FieldEvidence, Figure
from pipelines.extract.money.term_words import all_those, lexicon, verb_forms
from pipelines.extract.money.terms_evidence import TermSpans
from pipelines.language.parse import Parse, Token

NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
MOST_TIMES = 100
_GIVEN = frozenset({"aid", "loan", "debt"})
_FURTHER = frozenset({"second", "third", "fourth", "fifth", "further", "another"})
_EACH = frozenset({"each", "apiece"})
# Between "instalment" and the sum that it is: "an instalment of about $5 million".
_REACH = 4


def read_instalments(
    parse: Parse, figures: list[Figure], verbs: Mapping[int, Token | None], spans: Mapping[int, TermSpans]
) -> None:
    """Set `is_instalment`, the stage of what was paid so, and `rate_times` of equal instalments.

    `verbs` and `spans`: of each figure by its id what governs it, and the words that told its terms (filled here).
    """
    for sentence in sorted({f.sentence_index for f in figures}):
        here = [f for f in figures if f.sentence_index == sentence and id(f) in spans and f.figure_kind in _GIVEN]
        tokens = parse.sentence_tokens(sentence)
        for words in _said(tokens):
            figure = _sum_of(words, tokens, here)
            if figure is None:
                continue
            figure.terms.is_instalment = True
            spans[id(figure)].setdefault(("is_instalment", "true"), (words[0].start, words[-1].end))
            figure.terms.is_sequel |= _is_further(words)
            _take_stage(figure, verbs.get(id(figure)))
            figure.terms.rate_times = _times(figure, words, tokens) or figure.terms.rate_times


def _said(tokens: list[Token]) -> list[list[Token]]:
    lemmas = [token.lemma.lower() for token in tokens]
    found = [words for term in lexicon()["instalment"] for words in all_those(tokens, lemmas, term.words)]
    return sorted(found, key=lambda words: words[0].index)


def _sum_of(words: list[Token], tokens: list[Token], figures: list[Figure]) -> Figure | None:
    """The sum that is an instalment: behind "instalment of", unless "of a", "of its" leads to the whole; else the one told last."""
    behind = [f for f in figures if f.start_char >= words[-1].end]
    before = [f for f in figures if f.end_char <= words[0].start]
    if behind:
        between = [t for t in tokens if words[-1].end <= t.start < behind[0].start_char]
        is_close = len(between) <= _REACH and bool(between) and between[0].lower == "of"
        if is_close and not any(t.pos in ("DET", "PRON") for t in between):
            return behind[0]
    # "approved a $90 million loan, to be paid in three tranches", "and will release the first tranche": the whole is no instalment.
    between = [t for t in tokens if before and before[-1].end_char <= t.start < words[0].start]
    whole = any(t.pos == "VERB" or t.lower == "in" for t in between)
    of_which = [t.lower for t in tokens if t.start >= words[-1].end][:2] == ["of", "which"] and not behind
    return before[-1] if before and not whole and not of_which else None


def _is_further(words: list[Token]) -> bool:
    """Whether it is "a second instalment" or "another tranche"."""
    return not _FURTHER.isdisjoint(t.lower for t in (*words, *words[-1].children))


def _take_stage(figure: Figure, verb: Token | None) -> None:
    """An instalment that is told as paid or received was paid, whatever has been agreed on the whole."""
    if verb is None or figure.factuality != "actual" or figure.flow_stage == "disbursed":
        return
    if figure.figure_kind == "debt" or figure.terms.direction is not None:
        return
    told = {" ".join(term.words) for term in lexicon()["verb of an instalment"]}
    if verb_forms(verb) & told:
        figure.flow_stage = "disbursed"
        put(
            figure.evidence,
            FieldEvidence("flow_stage", "disbursed", "words of money's terms", None, verb.start, verb.end),
        )


def _times(figure: Figure, words: list[Token], tokens: list[Token]) -> int | None:
    """How often an equal sum comes: "three instalments of $5 million each"; None where it comes once or is not told."""
    if figure.start_char < words[-1].end:
        return None
    before = [t for t in tokens if t.end <= words[0].start][-2:]
    behind = [t.lower for t in tokens if t.start >= figure.end_char][:2]
    if _EACH.isdisjoint(behind) and "equal" not in [t.lower for t in before]:
        return None
    for token in reversed(before):
        number = NUMBERS.get(token.lower) or (int(token.lower) if token.lower.isdecimal() else 0)
        if 1 < number < MOST_TIMES:
            return number
    return None
