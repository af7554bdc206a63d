"""Unit words of money: "dollars", "Australian dollars", "CFA francs", "mln stg", cents.

Reads which currencies a unit can be; which it is, where there are several, `currency_choice` decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pipelines.extract.money.lexemes import Lexeme, iso_codes, letters_of, sign_codes
from pipelines.reference.countries import words as state_words
from pipelines.reference.currency_letters import letters
from pipelines.reference.currency_units import codes_by_word, currencies
from pipelines.reference.minor_units import minor_units
from pipelines.reference.word_lists import word_list

# Smaller units: word to the main unit's word.
MINOR_UNITS = {word: unit.of for word, unit in minor_units().items()}
# Units that stand before any number, and those that do so only before a large one ("Euro 5 million"; "Euro 2016" is played).
UNITS_BEFORE_NUMBERS = word_list("sum_words.csv", "units before any number")
BEFORE_LARGE_NUMBERS = word_list("sum_words.csv", "units before large numbers")


# Letters that stand behind their number too ("5 million kr", "FCFA", "2,000 Ft").
_LETTERS_AFTER = word_list("sum_words.csv", "letters behind numbers")
# The same with the crown: "450 tkr", "25 mkr", "3 mdkr".
_SCALED_CROWNS = {"tkr": 10**3, "mkr": 10**6, "mnkr": 10**6, "mdkr": 10**9}
_SCALED_CODES = {"M": 10**6, "m": 10**6, "B": 10**9, "k": 1000, "K": 1000, "T": 1000}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written. `codes` are the currencies it may be, `state` the issuing state the text names (alpha-3).

    `factor` is 0.01 for cents. `sign`: written as a sign or letter code. `likely`: the text leaves no doubt it is money.
    `needs_state`: money only where a state with one of the currencies is named near. `needs_large`: before large numbers only.
    """

    text: str
    codes: tuple[str, ...]
    state: str | None = None
    factor: Decimal = Decimal(1)
    sign: bool = False
    likely: bool = False
    needs_state: bool = False
    needs_large: bool = False


@cache
def _first_words() -> frozenset[str]:
    return frozenset(word.split()[0] for word in codes_by_word()) | frozenset(MINOR_UNITS)


def read_unit(lexemes: list[Lexeme], i: int, before: bool) -> tuple[Unit, int] | None:
    """The unit that begins at lexeme `i` and the place after it. `before`: it stands before its number."""
    if i >= len(lexemes):
        return None
    lexeme = lexemes[i]
    if lexeme.kind not in ("sign", "word") and lexeme.text != "¢":
        return None
    if before:
        return _unit_word(lexemes, i, before=True) or ((unit, i + 1) if (unit := scaled_code(lexeme)) else None)
    if lexeme.text == "¢":
        return Unit("¢", ("USD", "EUR", "AUD", "CAD"), factor=Decimal("0.01")), i + 1
    if lexeme.kind == "word":
        found = _unit_word(lexemes, i, before=False)
        if found:
            return found
        if scaled := scaled_code(lexeme):
            return scaled, i + 1
    codes = sign_codes(lexeme)
    rule = letters_of(lexeme)
    if codes and (rule is None or lexeme.text == "R" or lexeme.text.rstrip(".") in _LETTERS_AFTER):
        nxt = lexemes[i + 1] if i + 1 < len(lexemes) else None
        # a sign that belongs to the number after it: "10 $ 30 $" has it behind, "and $5" before
        if nxt is not None and nxt.kind == "num" and nxt.start == lexeme.end:
            return None
        if lexeme.text == "R" and nxt is not None and nxt.text not in ".,;)":
            return None
        if (
            lexeme.text in ("$", "£", "¥")
            and lexeme.start > lexemes[i - 1].end
            and nxt is not None
            and nxt.kind == "num"
            and (i < 2 or lexemes[i - 2].kind != "sign")
            and not (i + 2 < len(lexemes) and lexemes[i + 2].text == lexeme.text)
        ):
            return None
        last = i + 1
        if nxt is not None and nxt.text == "$" and nxt.start == lexeme.end:
            last += 1
        if nxt is not None and nxt.text == "=" and nxt.start == lexeme.end:
            last += 1
        return Unit(lexeme.text, codes, sign=True, needs_state=bool(rule and rule.state)), last
    return None


def scaled_code(lexeme: Lexeme) -> Unit | None:
    """A code with its scale in one, as the companies and funds of the north write it: "30 MUSD", "MEUR 5", "TSEK 450"."""
    text = lexeme.text
    if lexeme.kind == "word" and lexeme.low.rstrip(".") in _SCALED_CROWNS:
        factor = Decimal(_SCALED_CROWNS[lexeme.low.rstrip(".")])
        return Unit(text, letters()["kr"].codes, factor=factor, sign=True, needs_state=True)
    if lexeme.kind != "word" or len(text) != 4 or text[0] not in _SCALED_CODES or text[1:] not in iso_codes():
        return None
    return Unit(text, (text[1:],), factor=Decimal(_SCALED_CODES[text[0]]), sign=True)


def _unit_word(lexemes: list[Lexeme], i: int, before: bool) -> tuple[Unit, int] | None:
    table = codes_by_word()
    low = [x.low.rstrip(".") if x.kind == "word" else "" for x in lexemes[i : i + 6]]
    if not low or not low[0]:
        return None
    if low[0] in _first_words():
        for size in (4, 3, 2, 1):
            phrase = " ".join(low[:size])
            if size <= len(low) and phrase in table:
                large = phrase not in UNITS_BEFORE_NUMBERS
                if before and large and phrase not in BEFORE_LARGE_NUMBERS:
                    return None
                end = i + size
                if phrase == "euro" and end < len(lexemes) and lexemes[end].low in ("cent", "cents"):
                    return Unit("cents", ("EUR",), factor=Decimal("0.01")), end + 1
                if end < len(lexemes) and lexemes[end].low == "sterling" and phrase in ("pound", "pounds"):
                    return Unit(phrase, ("GBP",), likely=True), end + 1
                return Unit(phrase, table[phrase], needs_large=before and large), end
        minor = minor_units().get(low[0])
        if minor and not before and minor.is_read_alone:
            codes = minor.currencies or (("GBP",) if minor.of == "pound" else table[minor.of])
            return Unit(low[0], codes, factor=minor.factor), i + 1
    if lexemes[i].kind != "word":
        return None
    # "Australian dollars", "Hong Kong dollars", "U.S. dollars", "new Israeli shekels", "Swiss francs"
    for size in (1, 2, 3):
        if size >= len(low) or not low[size]:
            break
        word = next((" ".join(low[size : size + k]) for k in (2, 1) if " ".join(low[size : size + k]) in table), None)
        cents = low[size] if low[size] in ("cent", "cents") else None
        if word is None and cents is None:
            continue
        word = word or "dollar"
        phrase = " ".join(low[:size])
        named = (
            state_words().get(phrase)
            or state_words().get(phrase.replace(".", ""))
            or state_words().get(" ".join(x.text for x in lexemes[i : i + size]).lower())
        )
        issuer = named.iso3 if named and named.kind in ("name", "adjective") else None
        state = _SHORT_STATES.get(phrase, issuer)
        if state is None:
            if phrase in ("new", "old", "convertible", "hard", "taxpayer", "federal") or phrase.startswith("convertib"):
                continue
            return None if before else _named_in_full(low, i)
        large = word not in UNITS_BEFORE_NUMBERS
        if before and large and word not in BEFORE_LARGE_NUMBERS:
            return None
        codes = tuple(c for c in table[word] if any(t.state == state for t in currencies()[c].circulation))
        if cents and codes and not before:
            return Unit(cents, codes, state, factor=Decimal("0.01"), likely=True), i + size + 1
        if cents:
            return None
        if not codes and word in _RIALS:
            codes = tuple(c for c in currencies() if any(t.state == state for t in currencies()[c].circulation))
        if before and not codes:
            return None  # "gave Togo euro 5 million": the state is no part of the unit
        unit = Unit(word, codes or table[word], state, likely=True, needs_large=before and large)
        return unit, i + size + len(word.split())
    return None if before else _named_in_full(low, i)


_SHORT_STATES = {"us": "USA", "u.s": "USA", "american": "USA", "h.k": "HKG", "n.z": "NZL"}
# Spelt either way, whatever the state's own spelling is.
_RIALS = frozenset(["rial", "rials", "riyal", "riyals"])


@cache
def _full_names() -> dict[str, str]:
    """Names of currencies whose first word names no state that we know ("Bermudan dollar"), one and several, to codes."""
    found: dict[str, str] = {}
    for code, currency in currencies().items():
        name = currency.name.lower()
        if (
            " " in name
            and "(" not in name
            and name.split()[0] not in state_words()
            and name.split()[-1] in codes_by_word()
        ):
            found |= {name: code, f"{name}s": code}
    return found


def _named_in_full(low: list[str], i: int) -> tuple[Unit, int] | None:
    for size in (4, 3, 2):
        if code := _full_names().get(" ".join(low[:size])):
            return Unit(low[size - 1], (code,), likely=True), i + size
    return None
