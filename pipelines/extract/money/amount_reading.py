"""Amounts of money in a sentence: where, how much, in which unit.

Reads lexemes only; which of several dollars or pounds is meant is decided in `currency_choice`, who pays whom elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from pipelines.extract.money.amount_links import inherit, inherit_left, join_ranges
from pipelines.extract.money.amounts import Amount
from pipelines.extract.money.lexemes import Lexeme, is_glued_only, lex, rare_codes, sign_code
from pipelines.extract.money.numbers import NUMBER_WORDS, SCALES, Number, read_number
from pipelines.extract.money.qualifiers import qualify
from pipelines.extract.money.units import MINOR_UNITS, UNITS_BEFORE_NUMBERS, Unit, read_unit

_HYPHENS = frozenset("-‐‑–")


def read_amounts(text: str, start: int, end: int, known: Unit | None, cue: bool) -> list[Amount]:
    """Amounts of text[start:end], in order.

    `known` is the unit of a figure shortly before, which a number with a scale but no unit may inherit if the sentence
    speaks of money (`cue`).
    """
    lexemes = lex(text, start, end)
    atoms = _atoms(lexemes)
    inherit_left(text, lexemes, atoms)
    found = join_ranges(text, lexemes, atoms, start)
    found = inherit(text, lexemes, found, known, cue)
    for amount in found:
        qualify(text, amount, start, end)
    return found


def _atoms(lexemes: list[Lexeme]) -> list[Amount]:
    """Numbers with or without a unit, in order, before ranges are put together."""
    found: list[Amount] = []
    i = 0
    # A unit before its number may be of several words ("Malaysian ringgit 42"): then any word may begin an amount.
    anywhere = any(x.low in UNITS_BEFORE_NUMBERS for x in lexemes)
    while i < len(lexemes):
        if not anywhere and not _may_begin(lexemes[i]):
            i += 1
            continue
        atom = _prefixed(lexemes, i) or _suffixed(lexemes, i) or _single_unit(lexemes, i)
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
    low = text.lower()
    return low in NUMBER_WORDS or sign_code(Lexeme("word", 0, len(text), text, low)) is not None


def _amount(lexemes: list[Lexeme], first: int, last: int, number: Number, unit: Unit | None, rule: str) -> Amount:
    factor = unit.factor if unit else Decimal(1)

    def scaled(x: Decimal | None) -> Decimal | None:
        return None if x is None else x * factor

    amount = Amount(
        lexemes[first].start, lexemes[last - 1].end, scaled(number.value), scaled(number.low), scaled(number.high), unit,
        rule, number.scale, first=first, last=last,
    )  # fmt: skip
    if number.plus:
        amount.qualifier = "at_least" if number.plus == "plus" else "approximately"
    if number.vague:
        amount.qualifier = "approximately"
    return amount


def _prefixed(lexemes: list[Lexeme], i: int) -> Amount | None:
    """ "$49 million", "USD 20 million", "Rs 5 crore", "ringgit 42"."""
    code = sign_code(lexemes[i])
    unit: Unit | None = None
    j = i + 1
    if code and lexemes[i].text != "¢":
        unit = Unit(lexemes[i].text, (code,), sign=True)
    elif lexemes[i].kind == "word":
        prefix = read_unit(lexemes, i, before=True)
        if prefix is None:
            return None
        unit, j = prefix
    else:
        return None
    negative = False
    if j + 1 < len(lexemes) and lexemes[j].text in "-−" and lexemes[j].end == lexemes[j + 1].start:
        negative, j = True, j + 1
    if (
        j < len(lexemes)
        and lexemes[j].text == "."
        and lexemes[j].start == lexemes[j - 1].end
        and lexemes[i].text in ("Rs", "Fr", "Sfr")
    ):
        j += 1
    if is_glued_only(lexemes[i]) and (j >= len(lexemes) or lexemes[j].start != lexemes[i].end):
        return None
    number = read_number(lexemes, j, after_sign=True)
    if number is None or (number.worded and number.value is not None and number.value < 100):
        if number is None or lexemes[i].kind != "sign":
            return None
    if lexemes[i].kind == "word" and lexemes[i].text in rare_codes() and not number.scaled:
        return None
    if is_glued_only(lexemes[i]) and not number.scaled and not set(lexemes[j].text) & set(".,"):
        digits = len(lexemes[j].text)
        if digits < 2 or (lexemes[i].text == "R" and digits < 4):
            return None  # "PS4" is a thing to play on, "R18" a rating, "R5" a road
    last = number.last
    # the unit once more: "$2.93 billion dollars", "$5.4 million USD", "$3.5 billion U.S."
    again = read_unit(lexemes, last, before=False)
    if again and not set(again[0].codes) & set(unit.codes) and not again[0].state:
        again = None
    if (
        again
        and lexemes[i].text in ("$", "£", "¥", "R", "US$", "USD")
        and (again[0].sign is False or lexemes[last].kind == "word")
    ):
        unit, last = (again[0] if lexemes[i].text in ("$", "£", "¥") else unit), again[1]
    elif (
        last < len(lexemes)
        and lexemes[last].low in ("u.s", "u.s.", "us")
        and lexemes[i].text == "$"
        and _text(lexemes, last + 1) in ("", ",", ".", ";", "per", ")")
    ):
        unit, last = Unit("US$", ("USD",), sign=True), last + 1
    atom = _amount(lexemes, i, last, number, unit, "sign before number")
    if negative and atom.amount is not None:
        atom.amount = -atom.amount
    return atom


def _text(lexemes: list[Lexeme], i: int) -> str:
    return lexemes[i].low if 0 <= i < len(lexemes) else ""


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
    if k + 1 < len(lexemes) and lexemes[k].text in _HYPHENS and lexemes[k].start == lexemes[k - 1].end:
        k += 1
    hyphened = k > j
    if number.vague and _text(lexemes, k) == "of":
        k += 1
    if _text(lexemes, k) == "in" and number.vague:
        pass
    unit = read_unit(lexemes, k, before=False)
    if unit is not None and _is_money(lexemes, number, unit[0], unit[1], hyphened):
        u, last = unit
        # "320 USD million"
        if u.sign and not number.scaled and _text(lexemes, last) in SCALES and SCALES[_text(lexemes, last)] >= 10**6:
            scale = Decimal(SCALES[_text(lexemes, last)])
            number = replace(number, value=(number.value or Decimal(0)) * scale, scale=scale)
            last += 1
        if negative:
            first = i - 1
        atom = _amount(lexemes, first, last, number, u, "number before unit")
        if negative and atom.amount is not None:
            atom.amount = -atom.amount
        return atom
    bare = _amount(lexemes, first, number.last, number, None, "number with scale, unit from a neighbour")
    bare.bare = True
    return bare


_AFTER_A_DOLLAR = {"", ".", ",", ";", "a", "per", "and", "each", "for", "in", "to", "or", ")", "out", "at"}


def _single_unit(lexemes: list[Lexeme], i: int) -> Amount | None:
    """ "a dollar a day", "a dollar and 42 cents"."""
    if lexemes[i].low not in ("a", "one"):
        return None
    if _text(lexemes, i + 1) not in ("dollar", "euro") or _text(lexemes, i + 2) not in _AFTER_A_DOLLAR:
        return None
    if _text(lexemes, i + 2) in ("in", "to", "for", "at", "or", "out"):
        return None
    unit = read_unit(lexemes, i + 1, before=False)
    if unit is None:
        return None
    return _amount(lexemes, i, unit[1], Number(i, i + 1, Decimal(1), worded=True), unit[0], "one unit")


# Unit words that are everyday words or weights: read only with a scale, a state's name, or a numeral this large.
_RISKY = frozenset([
    "pound", "pounds", "mark", "marks", "real", "won", "som", "sum", "lat", "lats", "crown", "crowns", "colon",
    "sol", "soles", "dong", "kip", "lek", "leks", "inti", "tala", "leone", "lev", "leva", "pula", "tolar", "punt",
    "kina", "leu", "lei", "riel", "taka", "sucre", "rand", "birr", "quid", "buck", "bucks", "guarani", "dram",
    "drams", "kuna", "lari", "cordoba", "shilling", "lari", "manat", "colones"
])  # fmt: skip
_RISKY_NEVER_SMALL = frozenset([
    "real", "won", "som", "sum", "lat", "lats", "colon", "sol", "lek", "leks", "inti", "tala", "lev", "pula",
    "punt", "kip", "dong", "leone", "kina", "dram", "drams", "crown", "leu"
])  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d\d")
_WEIGHTS = frozenset(
    ["ton", "tons", "tonne", "tonnes", "kg", "kilo", "kilos", "kilogram", "kilograms", "kgs", "ounces", "lbs"]
)
_WEIGHT_AFTER = frozenset([
    "of", "per", "foot", "feet", "force", "torque", "bag", "bags", "man", "woman", "weight", "heavier", "lighter",
    "each", "overweight", "a", "baby", "ball", "class"
])  # fmt: skip


def _is_money(lexemes: list[Lexeme], number: Number, unit: Unit, last: int, hyphened: bool) -> bool:
    word = unit.text.lower()
    if unit.sign:
        code_word = lexemes[last - 1]
        if code_word.kind == "word" and code_word.text in rare_codes():
            return number.scaled
        return True
    if unit.state or word not in _RISKY:
        return True
    if _YEAR.fullmatch(lexemes[last - 2].text) and lexemes[last - 1].text[:1].isupper():
        return False  # "the 2014 Rand study"
    big = number.scaled and (number.scale or Decimal(0)) >= 10**5
    after = _text(lexemes, last)
    if word in ("pound", "pounds"):
        if after != "sterling" and any(x.low in _WEIGHTS for x in lexemes):
            return False  # "1,200 tonnes, or 2.6 million pounds"
        if after == "sterling" or (big and not (after in _WEIGHT_AFTER and after != "a")):
            return after != "of" or _money_of(lexemes, last)
        return False if after in _WEIGHT_AFTER or after in _HYPHENS or hyphened else unit.likely
    if word in _RISKY_NEVER_SMALL:
        return big
    return big or (number.value is not None and number.value >= 50 and not number.worded) or unit.likely


def _money_of(lexemes: list[Lexeme], last: int) -> bool:
    return _text(lexemes, last + 1) in (
        "aid",
        "debt",
        "assistance",
        "damage",
        "funding",
        "investment",
        "losses",
        "loans",
        "credit",
        "savings",
        "public",
        "taxpayers",
    )


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
    joined = _text(lexemes, j) == "and"
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
    after = _text(lexemes, number.last)
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
