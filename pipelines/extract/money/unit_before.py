"""Amounts whose unit stands before the number: "$49 million", "USD 20 million", "Rs 5 crore", "ringgit 42"."""

from __future__ import annotations

import re

from pipelines.extract.money.amount_evidence import state_before, state_behind, with_point_thousands
from pipelines.extract.money.amounts import Amount, amount_of
from pipelines.extract.money.lexemes import Lexeme, letters_of, rare_codes, sign_codes, text_at
from pipelines.extract.money.numbers import read_number
from pipelines.extract.money.scales import HYPHENS
from pipelines.extract.money.units import Unit, read_unit
from pipelines.reference.currency_units import codes_by_word


def unit_before(lexemes: list[Lexeme], i: int) -> Amount | None:
    """ "$49 million", "USD 20 million", "Rs 5 crore", "ringgit 42"."""
    codes = sign_codes(lexemes[i])
    rule = letters_of(lexemes[i])
    unit: Unit | None = None
    j = i + 1
    if lexemes[i].text == "¢" and j < len(lexemes) and lexemes[j].start == lexemes[i].end:
        unit = Unit("¢", ("GHS", "GHC", "CRC"), sign=True, needs_state=True, needs_large=True)
    elif codes and lexemes[i].text != "¢":
        unit = Unit(lexemes[i].text, codes, sign=True, needs_state=bool(rule and rule.state))
        if lexemes[i].text == "$" and (state := state_before(lexemes, i)):
            unit = state
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
    stopped = rule is not None or lexemes[i].text in ("Rs", "Fr", "Sfr")
    if j < len(lexemes) and lexemes[j].text == "." and lexemes[j].start == lexemes[j - 1].end and stopped:
        j += 1
    if rule and rule.touching and (j >= len(lexemes) or lexemes[j].start != lexemes[i].end):
        return None
    number = read_number(lexemes, j, after_sign=True, indian=not _INDIAN.isdisjoint(unit.codes))
    if number is None or (number.worded and number.value is not None and number.value < 100):
        if number is None or lexemes[i].kind != "sign":
            return None
    if lexemes[i].kind == "word" and lexemes[i].text in rare_codes() and not number.scaled:
        return None
    large = number.scaled or _LARGE.fullmatch(lexemes[j].text) is not None or _is_scaled_range(lexemes, number.last)
    spaced = lexemes[j].start > lexemes[j - 1].end
    if (unit.needs_large or (rule and rule.large and (rule.touching or spaced))) and lexemes[j].text.isdigit():
        large = (number.scaled and number.scale != 1000) or _is_scaled_range(
            lexemes, number.last
        )  # no "Y2K", no "N2000"
    if not large and ((rule and (rule.large or (rule.touching and len(lexemes[j].text) < 2))) or unit.needs_large):
        return None  # "PS4" is a thing to play on, "R18" a rating, "Euro 2016" is played
    if unit.needs_large and read_unit(lexemes, number.last, before=False):
        return None
    last = number.last
    # the unit once more: "$2.93 billion dollars", "$5.4 million USD", "$3.5 billion U.S."
    again = read_unit(lexemes, last, before=False)
    # "$3.000.000 pesos" too: Latin America writes its money with the dollar's sign
    dollars = lexemes[i].text == "$" and again is not None and not _DOLLARS.isdisjoint(again[0].codes)
    if again and not set(again[0].codes) & set(unit.codes) and not again[0].state and not dollars:
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
        and text_at(lexemes, last + 1) in ("", ",", ".", ";", "per", ")")
    ):
        unit, last = Unit("US$", ("USD",), sign=True), last + 1
    elif lexemes[i].kind == "sign" and (behind := state_behind(lexemes, last, unit)):
        unit, last = behind
    number = with_point_thousands(lexemes, number, unit, last)
    atom = amount_of(lexemes, i, last, number, unit, "sign before number")
    atom.unit_leads = True
    if negative and atom.amount is not None:
        atom.amount = -atom.amount
    return atom


# Numerals that no model, road or page has: thousands marked, or a fraction of two digits.
_LARGE = re.compile(
    r"\d{4,}(?:\.\d+)?|\d{1,3}(?:[,.'’`´ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d{2,}[.,]\d{2}|\d{1,2}(?:,\d{2})+,\d{3}"
)
_DOLLARS = frozenset({*codes_by_word()["dollar"], *codes_by_word()["peso"]})
_INDIAN = frozenset({"INR", "BDT", "NPR", "PKR", "LKR"})


def _is_scaled_range(lexemes: list[Lexeme], i: int) -> bool:
    """Whether "-7bn" or "to 7 billion" follows a number that ends before lexeme `i`."""
    if i + 1 < len(lexemes) and (lexemes[i].text in HYPHENS or lexemes[i].low == "to"):
        upper = read_number(lexemes, i + 1, after_sign=True)
        return upper is not None and upper.scaled
    return False
