"""A sentence as lexemes for reading amounts: numerals, words, currency signs and marks.

The parser's tokens are of no use here: "$25-30bn", "R51.5-million" and "10M RMB" come apart differently each time.
All patterns have bounded quantifiers: the text is untrusted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from string import ascii_lowercase

from pipelines.reference.currency_units import code_by_sign, codes_by_word


@dataclass(slots=True)
class Lexeme:
    """`kind`: num, word, sign, mark. `value` of a numeral; `low` is the text in lower case. Offsets into the document."""

    kind: str
    start: int
    end: int
    text: str
    low: str
    value: Decimal | None = None


# Letters that are a currency only when glued to, or directly before, a numeral.
_LETTER_SIGNS = frozenset(
    {"R", "RM", "Rs", "Rs.", "DM", "PS", "FF", "Tk", "Ft", "SR", "QR", "LE", "Dh", "Dhs", "Kz", "Bs", "Rp", "N$"}
)
# ISO codes that are everyday words in capitals: never read as money.
_NO_CODES = frozenset({"ALL", "TOP", "CUP", "PEN", "SOS", "MOP", "BAM", "BOB", "COP", "TRY", "MAD", "GEL", "ANG", "MOB", "RON", "LAK", "BAN", "ARM", "BAD", "CUC", "AMD", "SIT", "CDF", "STN", "GIP", "IMP", "AFA", "LSM", "MTP", "CHE", "COU", "BOV", "USS", "USN", "LUC", "ESA", "ESB", "BEC", "SUR", "DDM", "SCR", "BIF", "LTT", "LEU", "ALK"})  # fmt: skip
_RARE_CODES = frozenset(
    {"GEL", "LAK", "MAD", "COP", "TRY", "PEN", "BOB", "AMD", "RON", "ALL", "CDF", "SCR", "BIF", "STN"}
)


@cache
def iso_codes() -> frozenset[str]:
    """Three-letter codes that may be read beside a number."""
    from pipelines.reference.currency_units import currencies

    return frozenset(c for c in currencies() if c not in _NO_CODES)


@cache
def rare_codes() -> frozenset[str]:
    """Codes that are words too: read only beside a number with a scale ("9 million GEL")."""
    return _RARE_CODES


@cache
def _pattern() -> re.Pattern[str]:
    symbols = sorted((s for s in code_by_sign() if not s.isalnum()), key=len, reverse=True)
    signs = "|".join(
        (r"(?<![A-Za-z])" if s[0].isalpha() else "")
        + re.escape(s).replace(r"\ ", r"\s?")
        + (r"(?![a-z])" if s[-1].isalpha() else "")
        for s in symbols
        if s not in ("Rs.", "SFr.", "A $")  # "A $3 billion package" has an article
    )
    # Most lexemes are plain words that can begin no sign, as their first letter tells: those are turned away at once.
    initials = {c for s in symbols for c in (s[0], s[0].lower(), s[0].upper())} | set("UuAaCc¥¢")
    first = re.escape("".join(sorted(initials)))
    plain = "".join(c for c in ascii_lowercase if c not in initials)
    return re.compile(
        rf"(?P<plain>[{plain}][a-z]{{0,38}}(?![A-Za-zÀ-ɏ\u0B80-\u0BFF]))"
        rf"|(?P<sign>(?=[{first}])(?:(?<![A-Za-z])[Uu][Ss][Dd]\$|(?<![A-Za-z])[Aa][Uu][Dd]\$|(?<![A-Za-z])[Cc][Aa][Dd]\$|(?<![A-Za-z])c\s?\$|{signs}|¥|¢))"
        r"|(?P<num>\d{1,3}(?:,\d{2,3}){1,6}(?:\.\d{1,4})?(?![\d])|\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,4}(?![\d,.]\d)(?!\d)|\d{1,18}(?:\.\d{1,8})?|(?<![\d.])\.\d{1,8})"
        r"|(?P<word>(?:U\.S\.A?\.?|U\.K\.|[A-Za-zÀ-ɏ\u0B80-\u0BFF]{1,40}\.?(?:(?<=Rs\.)|(?<=SFr\.)|(?<!\.))))"
        r"|(?P<mark>--|[^\s])"
    )


@lru_cache(maxsize=512)  # money and quantities read the same sentences
def lex(text: str, start: int, end: int) -> list[Lexeme]:
    """Lexemes of text[start:end], in order. The list is shared: it is to be read only."""
    found: list[Lexeme] = []
    for m in _pattern().finditer(text, start, end):
        kind = m.lastgroup or "mark"
        piece = m.group()
        if kind == "plain":
            first, last = m.span()
            found.append(Lexeme("word", first, last, piece, piece))
            continue
        value = None
        if kind == "num":
            value = _decimal(piece)
            if value is None:
                kind = "mark"
        found.append(Lexeme(kind, m.start(), m.end(), piece, piece.lower(), value))
    return found


def _decimal(piece: str) -> Decimal | None:
    if "," in piece:
        whole, _, fraction = piece.partition(".")
        groups = whole.split(",")
        if len(groups[-1]) != 3:
            # "1,5" and "12,50" with one comma are decimals written the continental way
            return Decimal(f"{groups[0]}.{groups[1]}") if len(groups) == 2 and not fraction else None
        piece = "".join(groups) + (f".{fraction}" if fraction else "")
    return Decimal("".join(c for c in piece if c in "0123456789."))


def sign_code(lexeme: Lexeme) -> str | None:
    """Currency code of a lexeme that is a sign or a letter code, whatever stands beside it; None if it is none."""
    if lexeme.kind == "sign":
        compact = "".join(lexeme.text.split())
        table = code_by_sign()
        return (
            table.get(compact)
            or table.get(lexeme.text)
            or table.get(compact.upper())
            or table.get(compact[0].upper() + compact[1:])
        )
    if lexeme.kind == "word":
        text = lexeme.text.rstrip(".") if lexeme.text != "Rs." else "Rs"
        if text in iso_codes() or text in rare_codes():
            return text
        code = code_by_sign().get(text)
        if code and (len(text) > 1 or text == "R"):
            return code
        if lexeme.low in ("usd", "eur", "gbp", "rmb", "cny", "aud", "cad", "inr", "jpy", "chf", "btc"):
            return code_by_sign().get(lexeme.low.upper()) or lexeme.low.upper()
    return None


def is_glued_only(lexeme: Lexeme) -> bool:
    """Whether a letter sign must touch the number ("R5", "PS2.7m") to be one."""
    return (
        lexeme.kind == "word"
        and lexeme.text in _LETTER_SIGNS
        and lexeme.text not in ("RM", "Rs", "Rs.", "DM", "Tk", "Rp", "Dhs")
    )


@cache
def unit_words() -> frozenset[str]:
    """Single unit words and first words of longer ones, in lower case."""
    return frozenset(word.split()[0] for word in codes_by_word())
