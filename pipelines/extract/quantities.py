"""Counts and measures that are neither money nor time: "some 30 peacekeeping troops", "5 to 7 percent", "400 km"."""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal

from pipelines.extract.facts import Figure, Quantity, TimeExpression
from pipelines.extract.measures import MEASURES
from pipelines.extract.money.lexemes import Lexeme, lex
from pipelines.extract.money.number import Number
from pipelines.extract.money.numbers import read_number
from pipelines.language.parse import Parse, Sentence, Token

_HEDGES = (
    ("at_least", re.compile(r"(?:more than|over|at least|in excess of|exceeding|upwards of|above|no fewer than|no less than)\s*$", re.I)),
    ("at_most", re.compile(r"(?:up to|as many as|as much as|less than|fewer than|under|below|at most|no more than)\s*$", re.I)),
    ("approximately", re.compile(r"(?:about|around|approximately|roughly|some|nearly|almost|close to|an estimated|estimated)\s*$", re.I)),
)  # fmt: skip
_RANGE = re.compile(r"\s*(?:to|-|–|or|and)\s*", re.IGNORECASE)
_LONGEST_GAP = 6
# Labels under which the model saw a number that names something else: a flight, a law, an address.
_NAMES = frozenset({"PRODUCT", "LAW", "FAC", "WORK_OF_ART", "DATE", "TIME", "MONEY", "ORG", "GPE", "PERSON", "EVENT"})
_ARTICLES = frozenset({"a", "an", "one"})


def find_quantities(parse: Parse, figures: list[Figure], times: list[TimeExpression]) -> list[Quantity]:
    """Quantities of a document in text order, outside amounts of money and time expressions."""
    taken = sorted([(f.start_char, f.end_char) for f in figures] + [(t.start_char, t.end_char) for t in times])
    starts = [start for start, _ in taken]
    found: list[Quantity] = []
    for sentence in parse.sentences:
        for token in parse.tokens[sentence.first : sentence.last]:
            if token.pos == "NUM" or token.text[0].isdigit():
                found += _of_sentence(parse, sentence, taken, starts)
                break
    return found


def _of_sentence(parse: Parse, sentence: Sentence, taken: list[tuple[int, int]], starts: list[int]) -> list[Quantity]:
    lexemes = lex(parse.text, sentence.start, sentence.end)
    found: list[Quantity] = []
    i = 0
    while i < len(lexemes):
        number = read_number(lexemes, i)
        if number is None:
            i += 1
            continue
        last = number
        end = lexemes[number.last - 1].end
        following = _range_end(parse.text, lexemes, number, end)
        if following is not None:
            last, end = following, lexemes[following.last - 1].end
        start = lexemes[number.first].start
        i = max(last.last, i + 1)
        if _overlaps(start, end, taken, starts):
            continue
        quantity = _quantity(parse, sentence, start, end, number, following)
        if quantity is not None:
            found.append(quantity)
    return found


def _range_end(text: str, lexemes: list[Lexeme], number: Number, end: int) -> Number | None:
    """The second number of "5 to 7", where the first is smaller."""
    for j in range(number.last, min(number.last + 2, len(lexemes))):
        link = text[end : lexemes[j].start]
        if _RANGE.fullmatch(text[end : lexemes[j].start]) or (j > number.last and _RANGE.fullmatch(link)):
            second = read_number(lexemes, j)
            if (
                second is not None and number.value is not None and second.value is not None
                and number.value < second.value and link.strip().lower() != "and"
            ):  # fmt: skip
                return second
    return None


def _overlaps(start: int, end: int, taken: list[tuple[int, int]], starts: list[int]) -> bool:
    at = bisect_right(starts, end - 1) - 1
    return any(s < end and start < e for s, e in taken[max(0, at - 2) : at + 1])


def _quantity(
    parse: Parse, sentence: Sentence, start: int, end: int, number: Number, second: Number | None
) -> Quantity | None:
    tokens = parse.tokens_in(start, end)
    if not tokens or tokens[-1].entity in _NAMES or tokens[0].entity in _NAMES:
        return None
    after = parse.tokens[tokens[-1].index + 1] if tokens[-1].index + 1 < len(parse.tokens) else None
    after = after if after is not None and after.sentence == sentence.index else None
    unit, counted, stop = _unit_and_noun(parse, tokens, after, end)
    if unit is None and counted is None:
        return None
    if counted in ("times", "kinds", "ways", "reasons"):
        return None
    if number.worded and tokens[0].lower in _ARTICLES and unit is None:
        return None
    value, low, high = number.value, number.low, number.high
    if second is not None and second.value is not None and value is not None:
        scale = Decimal(second.scale) if second.scale and not number.scaled else Decimal(1)
        low, high = value * scale, second.value
        value = None
    return Quantity(
        sentence.index, start, stop, parse.text[start:stop], value, low, high, unit, counted,
        _hedge(parse.text, sentence.start, start),
    )  # fmt: skip


def _unit_and_noun(
    parse: Parse, tokens: list[Token], after: Token | None, end: int
) -> tuple[str | None, str | None, int]:
    """(unit, what is counted, end of the quantity's words)."""
    last = tokens[-1]
    word = last.lower.lstrip("0123456789.,-")
    unit = MEASURES.get(word) if word else None
    stop = end
    holder = last
    if unit is None and after is not None:
        form = after.lower.strip("-")
        if form == "per" and parse.text[after.end : after.end + 5].strip().lower().startswith("cent"):
            return "percent", None, parse.text.find("nt", after.end) + 2
        unit = MEASURES.get(form)
        if unit is not None:
            stop, holder = after.end, after
    if unit is not None:
        of = next((c for c in holder.children if c.dep == "prep" and c.lower == "of"), None)
        noun = of.child("pobj") if of is not None else None
        return unit, _noun_phrase(parse, noun) if noun is not None else None, stop
    head = last.head
    if (
        last.dep in ("nummod", "quantmod", "compound")
        and head.pos in ("NOUN", "PROPN")
        and 0 < head.index - last.index <= _LONGEST_GAP
    ):
        if head.tag in ("NNS", "NNPS") or head.lower in ("people", "percent", "police"):
            return None, _noun_phrase(parse, head), stop
    return None, None, stop


def _noun_phrase(parse: Parse, noun: Token) -> str:
    """A noun with the nouns and adjectives before it: "peacekeeping troops"."""
    first = noun.index
    for child in noun.children:
        if (
            child.dep in ("amod", "compound", "nmod")
            and child.index < noun.index
            and child.pos in ("NOUN", "ADJ", "PROPN", "VERB")
        ):
            first = min(first, child.index)
    return parse.text[parse.tokens[first].start : noun.end]


def _hedge(text: str, begin: int, start: int) -> str:
    before = text[max(begin, start - 24) : start]
    return next((name for name, pattern in _HEDGES if pattern.search(before)), "exact")
