"""What decides that a number with a unit is money, and whose: risky words ("2 million pounds" of copper), the dollar of a
state that is named beside the sign, points between thousands."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from pipelines.extract.money.lexemes import Lexeme, rare_codes, sign_codes, text_at
from pipelines.extract.money.number import Number
from pipelines.extract.money.number_words import NUMBER_WORDS
from pipelines.extract.money.numerals import may_be_thousands
from pipelines.extract.money.scales import HYPHENS
from pipelines.extract.money.spent import MONEY_NOUNS
from pipelines.extract.money.units import Unit
from pipelines.reference.countries import lookup
from pipelines.reference.currency_units import codes_by_word, currencies
from pipelines.reference.word_lists import word_list

# Unit words that are everyday words or weights: read only with a scale, a state's name, or a numeral this large.
_RISKY = word_list("sum_words.csv", "units that are everyday words")
_RISKY_NEVER_SMALL = word_list("sum_words.csv", "units of large sums")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DETERMINERS = frozenset(["the", "a", "an", "another", "its", "their", "his", "her", "our", "this", "that", "one"])
# Unit words that are names of people and places where they are written with a capital.
_NAMES = word_list("sum_words.csv", "units that are names")
# Unit words that are verbs and nouns of everyday speech behind a number of people.
_VERBS = word_list("sum_words.csv", "units that are verbs")
_WEIGHTS = word_list("sum_words.csv", "weights")
_WEIGHT_AFTER = word_list("sum_words.csv", "behind weights")

# Words close before a few pounds that make them money ("paid", "a grant of"), and how many words away they may be.
_MONEY_BEFORE = word_list("sum_words.csv", "before pounds of money")
_WEIGHT_BEFORE = word_list("sum_words.csv", "before pounds of weight")
_GIVEN = frozenset(["gave", "give", "given", "gives", "giving"])
_TIMES = frozenset(["year", "month", "week", "day", "hour", "term"])
_NEAR = 5


def is_money(lexemes: list[Lexeme], number: Number, unit: Unit, last: int, hyphened: bool) -> bool:
    """Whether a number and the unit that ends before lexeme `last` are money."""
    word = unit.text.lower()
    if unit.sign:
        code_word = lexemes[last - 1]
        if code_word.kind == "word" and code_word.text in rare_codes():
            return number.scaled
        is_year = not number.scaled and _YEAR.fullmatch(lexemes[last - 2].text) is not None
        # "the 1994 CFA devaluation", but "a 2000 EUR grant"
        is_named = _is_noun_of(lexemes, last) and text_at(lexemes, last) not in MONEY_NOUNS
        return not (is_year and code_word.kind == "word" and is_named)
    year = not unit.state and not number.scaled and _YEAR.fullmatch(lexemes[last - 2].text) is not None
    if year and (lexemes[last - 1].text[:1].isupper() or (not word.endswith("s") and _is_noun_of(lexemes, last))):
        return False  # "the 2014 Rand study", "the 2012 rand crisis"
    if word in ("dollar", "cent") and lexemes[last - 1].text[:1].isupper() and text_at(lexemes, last):
        # of headlines, "5 Million Dollar Loan" is a sum and "Six Million Dollar Man" is none
        is_sum = number.scaled and (not number.worded or text_at(lexemes, last) in MONEY_NOUNS)
        if word == "cent" or ((hyphened or lexemes[last].text[:1].isupper()) and not is_sum):
            return False  # "50 Cent"
    if lexemes[last - 1].text[:1].isupper() and word in _NAMES:
        is_named = not unit.state and _is_noun_of(lexemes, last) and text_at(lexemes, last) not in MONEY_NOUNS
        if is_named or not number.scaled:
            return False  # "500 Cordoba residents"
    if unit.state or word not in _RISKY:
        return True
    after = text_at(lexemes, last)
    if not number.scaled and _YEAR.fullmatch(lexemes[last - 2].text) and _goes_on(lexemes, last):
        return False  # "2022 marks the 30th anniversary", "2020 marks South Africa's return"
    if word == "mark" and not hyphened and number.value != 1:
        # "at the 2,000 mark", "passed the 50 million mark", but "a 480 mln mark loss"
        return number.scaled and (number.scale or 0) >= 10**6 and _is_noun_of(lexemes, last)
    big = number.scaled and (number.scale or Decimal(0)) >= 10**5
    big = big or (
        not number.worded and (number.value or 0) >= 10**5 and not (word in _VERBS and _goes_on(lexemes, last))
    )
    if word in ("pounds", "marks") and not hyphened and _is_rate(lexemes, number, word, last):
        return True
    if word in ("pound", "pounds"):
        if after != "sterling" and any(x.low in _WEIGHTS for x in lexemes):
            return False  # "1,200 tonnes, or 2.6 million pounds"
        if after == "sterling" or (big and not (after in _WEIGHT_AFTER and after not in ("a", "of"))):
            return after != "of" or text_at(lexemes, last + 1) in MONEY_NOUNS
        if after in HYPHENS or hyphened:
            return False
        if after in _WEIGHT_AFTER:
            return _is_pay(lexemes, number, last)
        return unit.likely or _is_told_as_money(lexemes, number)
    if word in _RISKY_NEVER_SMALL:
        return big
    return big or (number.value is not None and number.value >= 50 and not number.worded) or unit.likely


def _is_told_as_money(lexemes: list[Lexeme], number: Number) -> bool:
    """Whether a few pounds stand close behind a word of money: "paid 25,000 pounds", "a grant of 25,000 pounds", and behind "gave" in a
    sentence of Britain; elsewhere pounds that are given, sold or carried are of food as often."""
    before = [x.low for x in lexemes[max(0, number.first - _NEAR) : number.first]]
    for mark in (",", ";", ":", "."):
        if mark in before:
            before = before[len(before) - before[::-1].index(mark) :]
    if not _WEIGHT_BEFORE.isdisjoint(before):
        return False
    if not _MONEY_BEFORE.isdisjoint(before):
        return True
    if _GIVEN.isdisjoint(before):
        return False
    return any(x.kind == "word" and (s := lookup(x.text)) is not None and s.iso3 == "GBR" for x in lexemes)


def _is_pay(lexemes: list[Lexeme], number: Number, last: int) -> bool:
    """Whether pounds before "a year", "each" or "of" are money: behind a word of money, and of a time, each, or of a noun of money."""
    after, behind = text_at(lexemes, last), text_at(lexemes, last + 1)
    fits = after == "each" or (after in ("a", "per") and behind in _TIMES) or (after == "of" and behind in MONEY_NOUNS)
    return fits and _is_told_as_money(lexemes, number)


def _is_rate(lexemes: list[Lexeme], number: Number, word: str, last: int) -> bool:
    """Whether a few pounds or marks are what a dollar costs: "2.5 pounds to the dollar", "the dollar was sold at 1.8218 marks"."""
    if number.low is not None and not number.scaled:
        return True  # "1.8205/15 marks"
    behind = [x.low for x in lexemes[last : last + 4]]
    if len(behind) > 2 and behind[0] in ("to", "per", "against", "for") and _DOLLAR.intersection(behind):
        return True
    digits = lexemes[last - 2].text.partition(".")[2]
    if word == "marks":
        return len(digits) >= 2 and any(x.low == "dollar" for x in lexemes)
    has_dollar = any(a.low == "the" and b.low == "dollar" for a, b in pairwise(lexemes))
    return has_dollar and text_at(lexemes, last) not in _WEIGHT_AFTER


_DOLLAR = frozenset(["dollar", "dlr", "$", "u.s.", "u.s", "us$"])


def _goes_on(lexemes: list[Lexeme], i: int) -> bool:
    """Whether a clause goes on at lexeme `i` with what a verb would have: a determiner, a number or a name."""
    if i >= len(lexemes):
        return False
    following = lexemes[i]
    return (
        following.low in _DETERMINERS
        or following.kind == "num"
        or following.low in NUMBER_WORDS
        or (following.kind == "word" and following.text[:1].isupper())
        or following.low in ("in", "on", "seats", "asylum", "refuge", "medals", "through", "back")
    )


def _is_noun_of(lexemes: list[Lexeme], i: int) -> bool:
    """Whether a noun stands right behind a unit, as behind an adjective: no mark, preposition or conjunction."""
    return i < len(lexemes) and lexemes[i].kind == "word" and lexemes[i].low not in _BEHIND_MONEY


# What stands behind a sum that a noun does not.
_BEHIND_MONEY = frozenset(
    [
        "in",
        "on",
        "to",
        "for",
        "from",
        "at",
        "by",
        "of",
        "with",
        "and",
        "or",
        "but",
        "a",
        "an",
        "the",
        "per",
        "each",
        "as",
        "after",
        "before",
        "during",
        "since",
        "until",
        "was",
        "were",
        "is",
        "are",
        "had",
        "has",
        "have",
        "will",
        "would",
        "who",
        "which",
        "that",
        "it",
    ]
)


def state_before(lexemes: list[Lexeme], i: int) -> Unit | None:
    """The dollar of the state named right before a "$" ("Canadian $5 million"), which is not the U.S. dollar."""
    for size in (2, 1):
        words = [x.text for x in lexemes[max(0, i - size) : i]]
        named = lookup(" ".join(words)) if len(words) == size and words[0][:1].isupper() else None
        # "gave Fiji $5 million" names who gets it, "a Hong Kong $5 million grant" the dollar
        is_its = named is not None and (named.kind == "adjective" or text_at(lexemes, i - size - 1) in ("a", "an"))
        if named is not None and is_its and named.iso3 != "USA" and named.kind in ("name", "adjective"):
            codes = tuple(
                code
                for code in codes_by_word()["dollar"]
                if any(c.state == named.iso3 for c in currencies()[code].circulation)
            )
            return Unit("$", codes, named.iso3, sign=True, likely=True) if codes and "USD" not in codes else None
    return None


def state_behind(lexemes: list[Lexeme], i: int, unit: Unit) -> tuple[Unit, int] | None:
    """ "$5 million Canadian", "$5 million (AUD)": the dollar (or pound) that is named behind its number, in a mark or at an end."""
    bracket = text_at(lexemes, i) == "("
    at = i + bracket
    if bracket and text_at(lexemes, at + 1) == ")" and (codes := sign_codes(lexemes[at])) and len(unit.text) == 1:
        return Unit(lexemes[at].text, codes, sign=True), at + 2
    if unit.text != "$":
        return None
    if text_at(lexemes, at) == "cdn":
        return Unit("Cdn$", ("CAD",), sign=True), at + 1 + bracket
    named = lookup(lexemes[at].text) if at < len(lexemes) and lexemes[at].kind == "word" else None
    if (
        named is None
        or named.kind != "adjective"
        or (text_at(lexemes, at + 1) not in (")", ",", ".", ";", "", "a", "in", "for", "to"))
    ):
        return None
    if bracket and text_at(lexemes, at + 1) != ")":
        return None
    codes = tuple(
        c
        for c in ("CAD", "AUD", "NZD", "SGD", "USD")
        if any(x.state == named.iso3 for x in currencies()[c].circulation)
    )
    return (Unit("$", codes, named.iso3, sign=True, likely=True), at + 1 + bracket) if codes else None


# Currencies of countries that part thousands with a point; rates and prices of fuel have three places of decimals too.
_POINTS = frozenset([
    "EUR", "ITL", "ESP", "PTE", "DEM", "FRF", "BEF", "NLG", "GRD", "ATS", "BRL", "ARS", "COP", "CLP", "UYU", "PYG", "CRC", "IDR", "VND", "DKK", "NOK",
    "SEK", "ISK", "TRY", "TRL", "RSD", "HRK", "PLN", "HUF", "RON", "CZK"
])  # fmt: skip
_RATES = frozenset(["per", "a", "an", "/", "to", "against", "each"])


def with_point_thousands(lexemes: list[Lexeme], number: Number, unit: Unit, last: int) -> Number:
    """A number like "3.500" with such a currency as three thousand five hundred, where it has no scale and is no rate."""
    if number.value is None or _POINTS.isdisjoint(unit.codes[:1]):
        return number
    piece = lexemes[number.first].text
    if number.scale == 10**6 and may_be_thousands(piece) and piece.endswith("00"):
        return replace(number, value=number.value * 1000)  # "EUR1.200m"; "EUR1.250m" is a million and a quarter
    if number.scaled or number.last != number.first + 1:
        return number
    if not may_be_thousands(piece) or number.value >= 1000 or text_at(lexemes, last) in _RATES:
        return number
    return replace(number, value=number.value * 1000)
