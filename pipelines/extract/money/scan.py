"""Amounts of a whole document: which sentences to read, and the currency of each figure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipelines.extract.money.amount_reading import read_amounts
from pipelines.extract.money.amounts import Amount
from pipelines.extract.money.currency_choice import CurrencyChooser
from pipelines.extract.money.elided import Decide, is_elided_money
from pipelines.extract.money.scales import GLUED_SCALES, SCALES
from pipelines.extract.money.spent import SPENT_SCALES
from pipelines.extract.money.units import Unit
from pipelines.language.parse import Article, Parse
from pipelines.reference.currency_letters import letters
from pipelines.reference.currency_units import codes_by_sign, codes_by_word, currencies
from pipelines.reference.minor_units import minor_units
from pipelines.reference.word_lists import word_list

_SCALED = re.compile(r"\d\s?(?:mln|bln|million|billion|trillion)\b|\b(?:millions|billions)\b", re.IGNORECASE)
_CUE = re.compile(
    rf"\b(?:aid\b|{'|'.join(sorted(word_list('sum_words.csv', 'beginnings of words of money')))})", re.IGNORECASE
)


@cache
def _anchor_words() -> frozenset[str]:
    words = {w.split()[-1] for w in codes_by_word()} | {w.split()[0] for w in codes_by_word()}
    words |= {word for word, unit in minor_units().items() if unit.is_read_alone}
    words |= {c.lower() for c in currencies()} - word_list("sum_words.csv", "codes that are words in small letters")
    return frozenset(words) | {"usd$"}


@cache
def _signs() -> re.Pattern[str]:
    """Signs wherever they stand, and letters that are one right before or behind a numeral."""
    symbols = "".join(
        sorted({c for sign in codes_by_sign() for c in sign if not c.isalnum() and not c.isspace() and c not in ".=/"})
    )
    names = {s for s in codes_by_sign() if s.isalnum()} | set(letters())
    names |= {s for s in codes_by_sign() if set("./") & set(s) and s[0].isalpha() and "$" not in s}  # "S/.", "NAf."
    longest_first = _either(names)
    scale = _either({*SCALES, *GLUED_SCALES, "M", "K"})
    return re.compile(
        rf"[{re.escape(symbols)}]|ரூ|=N=|/[-=]|\bd['’]euros?\b|\bEuros?\d|\b[A-Z]\.[A-Z]\.\s?\d|Y=\s?\d|\b[MmBkKT]?[A-Z]{{3}}\s?\d|\d\s?(?:[tTmM]|mn|md)kr\b|(?<![^\W_])(?:{longest_first})\.?\s?[-.]?\d"
        rf"|\d\s?(?:(?:{scale})\.?)?\s?(?:{longest_first}|[MmBkKT]?[A-Z]{{3}})(?![^\W_])"
    )


def _either(words: Iterable[str]) -> str:
    """Alternatives of a pattern, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w)))


def scan_amounts(article: Article, parse: Parse, decide: Decide = is_elided_money) -> list[tuple[int, Amount]]:
    """Amounts with the sentence that each is in, in text order, currencies chosen.

    `decide` says of a number without unit whether it is money (training puts the labels in its place).
    """
    text = parse.text
    anchors = _anchor_words()
    signs = letters()
    hit: set[int] = {
        t.sentence
        for t in parse.tokens
        if t.lower in anchors or t.lower in SPENT_SCALES or (len(t.text) > 1 and t.text.rstrip(".") in signs)
    }
    for m in _signs().finditer(text):
        token = parse.token_at(m.start()) or parse.token_at(m.end() - 1)
        if token is not None:
            hit.add(token.sentence)
    if not hit:
        return []
    chooser = CurrencyChooser(article, parse)
    found: list[tuple[int, Amount]] = []
    known: Unit | None = None
    known_at = -9
    for index, sentence in enumerate(parse.sentences):
        if index not in hit:
            if known is None or index - known_at > 3 or not _SCALED.search(text, sentence.start, sentence.end):
                continue
        cue = bool(_CUE.search(text, sentence.start, sentence.end))
        near = known if index - known_at <= 3 else None
        for amount in read_amounts(text, sentence.start, sentence.end, near, cue, decide):
            if amount.unit is None:
                continue
            amount.currency = chooser.choose(amount.unit, index, amount.start)
            if amount.currency is None and amount.unit.needs_state:
                continue
            found.append((index, amount))
            if amount.unit.factor == 1:
                known, known_at = amount.unit, index
    return found
