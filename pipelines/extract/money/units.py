"""Unit words of money: "dollars", "Australian dollars", "CFA francs", "mln stg", cents.

Reads which currencies a unit can be; which it is, where there are several, `currency_choice` decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pipelines.extract.money.lexemes import Lexeme, sign_code
from pipelines.reference.countries import words as state_words
from pipelines.reference.currency_units import codes_by_word, currencies

# Hundredths: word to the main unit's word, whose currency they share.
MINOR_UNITS = {
    "cent": "dollar", "cents": "dollar", "cts": "dollar", "ct": "dollar", "¢": "dollar", "c": "dollar", "p": "pound", "pence": "pound", "penny": "pound",
    "kopeck": "ruble", "kopecks": "ruble", "kopek": "ruble", "kopeks": "ruble", "kopiykas": "hryvnia", "sen": "ringgit", "sens": "ringgit",
    "paise": "rupee", "centavos": "peso", "centimes": "franc", "pfennig": "mark", "pfennigs": "mark", "mao": "yuan",
}  # fmt: skip
# Minor units that are read only after their main unit: letters and words of other meanings.
_NOT_ALONE = frozenset({"c", "p", "sen", "sens", "mao", "penny"})
UNITS_BEFORE_NUMBERS = frozenset([
    "ringgit", "ringgits", "rupees", "rupee", "rupiah", "taka", "naira", "cedis", "shillings", "birr", "baht",
    "kwacha"
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written. `codes` are the currencies it may be, `state` the issuing state the text names (alpha-3).

    `factor` is 0.01 for cents. `sign`: written as a sign or letter code. `likely`: the text leaves no doubt it is money.
    """

    text: str
    codes: tuple[str, ...]
    state: str | None = None
    factor: Decimal = Decimal(1)
    sign: bool = False
    likely: bool = False


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
        return _unit_word(lexemes, i, before=True)
    if lexeme.text == "¢":
        return Unit("¢", ("USD", "EUR", "AUD", "CAD"), factor=Decimal("0.01")), i + 1
    if lexeme.kind == "word":
        found = _unit_word(lexemes, i, before=False)
        if found:
            return found
        # "30 MUSD"
        if (
            len(lexeme.text) == 4
            and lexeme.text[0] in "MBk"
            and lexeme.text[1:] in ("USD", "EUR", "GBP", "CHF", "SEK", "NOK", "DKK")
        ):
            return Unit(
                lexeme.text,
                (lexeme.text[1:],),
                factor=Decimal({"M": 10**6, "B": 10**9, "k": 1000}[lexeme.text[0]]),
                sign=True,
            ), i + 1
    code = sign_code(lexeme)
    if code and (
        lexeme.kind == "sign"
        or lexeme.text not in ("SR", "LE", "Ft", "PS", "FF", "Dh", "Bs", "Kz", "R")
        or lexeme.text == "R"
    ):
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
        return Unit(lexeme.text, (code,), sign=True), last
    return None


def _unit_word(lexemes: list[Lexeme], i: int, before: bool) -> tuple[Unit, int] | None:
    table = codes_by_word()
    low = [x.low.rstrip(".") if x.kind == "word" else "" for x in lexemes[i : i + 6]]
    if not low or not low[0]:
        return None
    if low[0] in _first_words():
        for size in (4, 3, 2, 1):
            phrase = " ".join(low[:size])
            if size <= len(low) and phrase in table:
                if before and phrase not in UNITS_BEFORE_NUMBERS:
                    return None
                end = i + size
                if end < len(lexemes) and lexemes[end].low == "sterling" and phrase in ("pound", "pounds"):
                    return Unit(phrase, ("GBP",), likely=True), end + 1
                return Unit(phrase, table[phrase]), end
        main = MINOR_UNITS.get(low[0])
        if main and not before and low[0] not in _NOT_ALONE:
            codes = ("GBP",) if main == "pound" else table[main]
            return Unit(low[0], codes, factor=Decimal("0.01")), i + 1
    if lexemes[i].kind != "word":
        return None
    # "Australian dollars", "Hong Kong dollars", "U.S. dollars", "new Israeli shekels", "Swiss francs"
    for size in (1, 2, 3):
        if size >= len(low) or not low[size]:
            break
        word = next((" ".join(low[size : size + k]) for k in (2, 1) if " ".join(low[size : size + k]) in table), None)
        if word is None:
            continue
        phrase = " ".join(low[:size])
        named = (
            state_words().get(phrase)
            or state_words().get(phrase.replace(".", ""))
            or state_words().get(" ".join(x.text for x in lexemes[i : i + size]).lower())
        )
        if phrase in ("us", "u.s", "american"):
            state: str | None = "USA"
        else:
            state = named.iso3 if named and named.kind in ("name", "adjective") else None
        if state is None:
            if phrase in ("new", "old", "convertible", "hard", "taxpayer", "federal") or phrase.startswith("convertib"):
                continue
            return None
        if before and word not in UNITS_BEFORE_NUMBERS:
            return None
        codes = tuple(c for c in table[word] if any(t.state == state for t in currencies()[c].circulation))
        return Unit(word, codes or table[word], state, likely=True), i + size + len(word.split())
    return None
