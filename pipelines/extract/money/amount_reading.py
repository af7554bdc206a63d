"""Amounts of money in a sentence: where, how much, in which unit.

Reads lexemes only; which of several dollars or pounds is meant is decided in `currency_choice`, who pays whom elsewhere.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from pipelines.extract.money.amount_evidence import is_money, with_point_thousands
from pipelines.extract.money.amount_links import inherit, inherit_left, join_ranges
from pipelines.extract.money.amounts import Amount, amount_of
from pipelines.extract.money.elided import Decide, is_elided_money
from pipelines.extract.money.lexemes import Lexeme, lex, sign_codes, text_at
from pipelines.extract.money.number import Number
from pipelines.extract.money.number_words import NUMBER_WORDS
from pipelines.extract.money.numbers import read_number
from pipelines.extract.money.price_bases import without_price_bases
from pipelines.extract.money.qualifiers import qualify
from pipelines.extract.money.scales import HYPHENS, SCALES, past_of
from pipelines.extract.money.spent import DOLLARS, is_spent
from pipelines.extract.money.unit_before import unit_before
from pipelines.extract.money.units import (
    BEFORE_LARGE_NUMBERS,
    MINOR_UNITS,
    UNITS_BEFORE_NUMBERS,
    Unit,
    read_unit,
    scaled_code,
)


def read_amounts(
    text: str, start: int, end: int, known: Unit | None, cue: bool, decide: Decide = is_elided_money
) -> list[Amount]:
    """Amounts of text[start:end], in order.

    `known` is the unit of a figure shortly before, which a number with a scale but no unit may inherit, as `decide` says;
    `cue`: the sentence speaks of money.
    """
    lexemes = lex(text, start, end)
    atoms = _atoms(lexemes)
    inherit_left(text, lexemes, atoms)
    found = join_ranges(text, lexemes, atoms, start)
    found = without_price_bases(text, inherit(text, lexemes, found, known, cue, decide), start)
    for amount in found:
        if amount.implied and known is not None and known.factor == 1:
            amount.unit = known
        qualify(text, amount, start, end)
    return found


def _atoms(lexemes: list[Lexeme]) -> list[Amount]:
    """Numbers with or without a unit, in order, before ranges are put together."""
    found: list[Amount] = []
    i = 0
    # A unit before its number may be of several words ("Malaysian ringgit 42"): then any word may begin an amount.
    anywhere = any(
        x.low in UNITS_BEFORE_NUMBERS
        or (x.low in BEFORE_LARGE_NUMBERS and (following.kind == "num" or following.low in NUMBER_WORDS))
        for x, following in pairwise(lexemes)
    )
    while i < len(lexemes):
        if not anywhere and not _may_begin(lexemes[i]):
            i += 1
            continue
        atom = unit_before(lexemes, i) or _suffixed(lexemes, i) or _single_unit(lexemes, i)
        if atom is None:
            i += 1
            continue
        atom = _with_minor(lexemes, atom)
        found.append(atom)
        i = max(atom.last, i + 1)
    return found


def _may_begin(lexeme: Lexeme) -> bool:
    """Whether an amount can begin here. Nine lexemes in ten are plain words: they are turned away by one look-up."""
    if lexeme.kind == "word":
        return _word_may_begin(lexeme.text)
    return lexeme.kind != "mark"


@lru_cache(maxsize=20_000)
def _word_may_begin(text: str) -> bool:
    word = Lexeme("word", 0, len(text), text, text.lower())
    return word.low in NUMBER_WORDS or bool(sign_codes(word)) or scaled_code(word) is not None


def _suffixed(lexemes: list[Lexeme], i: int) -> Amount | None:
    """ "92 mln euros", "half a billion dollars", "10M RMB", "320 USD million"; a number without unit as a bare one."""
    number = read_number(lexemes, i)
    if number is None:
        return None
    first, j = i, number.last
    joined = lexemes[i - 1] if i else None
    negative = False
    if joined is not None and joined.end == lexemes[i].start:
        if joined.text in "-−" and (i == 1 or lexemes[i - 2].end < joined.start):
            negative = True
        elif joined.kind == "word" or joined.text in ("#", "/"):
            return None  # "HD200", "#34784"
    if j < len(lexemes) and lexemes[j].text == "%":
        return None
    k = j
    if k + 1 < len(lexemes) and lexemes[k].text in HYPHENS and lexemes[k].start == lexemes[k - 1].end:
        k += 1
    hyphened = k > j
    if number.vague and text_at(lexemes, k) == "of":
        k += 1
    k = past_of(lexemes, k)
    unit = read_unit(lexemes, k, before=False) or _slash(lexemes, k) or _described(lexemes, k, number)
    if unit is not None and is_money(lexemes, number, unit[0], unit[1], hyphened):
        u, last = unit
        # "320 USD million"
        if (
            u.sign
            and not number.scaled
            and text_at(lexemes, last) in SCALES
            and SCALES[text_at(lexemes, last)] >= 10**6
        ):
            scale = Decimal(SCALES[text_at(lexemes, last)])
            number = replace(number, value=(number.value or Decimal(0)) * scale, scale=scale)
            last += 1
        if negative:
            first = i - 1
        number = with_point_thousands(lexemes, number, u, last)
        atom = amount_of(lexemes, first, last, number, u, "number before unit")
        if negative and atom.amount is not None:
            atom.amount = -atom.amount
        return atom
    if number.vague and is_spent(lexemes, i, number.last):
        spent = amount_of(lexemes, first, number.last, number, DOLLARS, "millions that are spent")
        spent.implied = True
        return spent
    bare = amount_of(lexemes, first, number.last, number, None, "number with scale, unit from a neighbour")
    bare.bare = True
    return bare


def _described(lexemes: list[Lexeme], i: int, number: Number) -> tuple[Unit, int] | None:
    """The dollars that a word behind their number tells the kind of: "billions of federal dollars", "millions in tax dollars"."""
    if not number.scaled:
        return None
    i += number.vague and text_at(lexemes, i) == "in"
    if text_at(lexemes, i + 1) not in ("dollars", "dlrs") or lexemes[i].kind != "word" or lexemes[i].low in _NO_KIND:
        return None
    return read_unit(lexemes, i + 1, before=False) if lexemes[i].text.islower() else None


_NO_KIND = frozenset(["in", "of", "and", "or", "to", "for", "from", "people", "a", "the", "with", "by", "cost"])


def _slash(lexemes: list[Lexeme], i: int) -> tuple[Unit, int] | None:
    """The shilling's "/-" or "/=" behind its number ("30bn/-"), as East Africa writes it."""
    if text_at(lexemes, i) == "/" and text_at(lexemes, i + 1) in ("-", "=") and lexemes[i].start == lexemes[i - 1].end:
        return Unit("/-", ("TZS", "KES", "UGX"), sign=True, needs_state=True), i + 2
    return None


_AFTER_A_DOLLAR = {"", ".", ",", ";", "a", "per", "and", "each", "for", "in", "to", "or", ")", "out", "at"}


def _single_unit(lexemes: list[Lexeme], i: int) -> Amount | None:
    """ "a dollar a day", "a dollar and 42 cents"."""
    if lexemes[i].low not in ("a", "one"):
        return None
    if text_at(lexemes, i + 1) not in ("dollar", "euro") or text_at(lexemes, i + 2) not in _AFTER_A_DOLLAR:
        return None
    if text_at(lexemes, i + 2) in ("in", "to", "for", "at", "or", "out"):
        return None
    unit = read_unit(lexemes, i + 1, before=False)
    if unit is None:
        return None
    return amount_of(lexemes, i, unit[1], Number(i, i + 1, Decimal(1), worded=True), unit[0], "one unit")


_SPELT = frozenset([
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
    "sixty", "seventy", "eighty", "ninety"
])  # fmt: skip


def _with_minor(lexemes: list[Lexeme], atom: Amount) -> Amount:
    """Adds cents told after the main unit: "13 dollars and 45 cents", "$20 and 43c", "15 dollars 50"."""
    if atom.bare or atom.amount is None or atom.scale is not None or (atom.unit and atom.unit.factor != 1):
        return atom
    j = atom.last
    joined = text_at(lexemes, j) == "and"
    k = j + 1 if joined else j
    number = read_number(lexemes, k)
    if (
        number is None
        or number.value is None
        or number.value >= 100
        or number.value != int(number.value)
        or atom.amount != int(atom.amount)
    ):
        return atom
    after = text_at(lexemes, number.last)
    if after in MINOR_UNITS and (
        after not in ("c", "p", "m") or lexemes[number.last].start == lexemes[number.last - 1].end
    ):
        last = number.last + 1
    elif (
        (lexemes[k].kind == "num" or lexemes[k].low in _SPELT)
        and after in ("", ".", "more", "and", "of")
        and (joined or number.value >= 10)
        and (lexemes[k].kind == "word" or len(lexemes[k].text) == 2)
    ):
        if (after == "and" and not number.worded) or after == "of":
            return atom
        last = number.last
    else:
        return atom
    return replace(atom, amount=atom.amount + number.value / 100, end=lexemes[last - 1].end, last=last)
