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

from pipelines.extract.money.numerals import NUMERAL, parts_with_commas, value_of
from pipelines.reference.currency_letters import Letters, letters
from pipelines.reference.currency_units import code_by_sign, codes_by_sign, codes_by_word, currencies
from pipelines.reference.word_lists import word_list


@dataclass(slots=True)
class Lexeme:
    """`kind`: num, word, sign, mark. `value` of a numeral; `low` is the text in lower case. Offsets into the document."""

    kind: str
    start: int
    end: int
    text: str
    low: str
    value: Decimal | None = None


# ISO codes that are everyday words in capitals: never read as money.
_NO_CODES = word_list("sum_words.csv", "codes that are words")
_SMALL_CODES = word_list("sum_words.csv", "codes in small letters")
_RARE_CODES = word_list("sum_words.csv", "codes beside a scaled number")


@cache
def iso_codes() -> frozenset[str]:
    """Three-letter codes that may be read beside a number."""
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
    initials = (
        {c for s in symbols for c in (s[0], s[0].lower(), s[0].upper())}
        | set("UuAaCc¥¢=")
        | {c[0] for c in codes_by_word()["dollar"]}
    )
    first = re.escape("".join(sorted(initials)))
    plain = "".join(c for c in ascii_lowercase if c not in initials)
    dollars = "|".join(codes_by_word()["dollar"])
    return re.compile(
        rf"(?P<plain>[{plain}][a-z]{{0,38}}(?![A-Za-zÀ-ɏ\u0B80-\u0BFF]))"
        rf"|(?P<sign>(?=[{first}])(?:(?<![A-Za-z])[Uu][Ss][Dd]\$|(?<![A-Za-z])[Aa][Uu][Dd]\$|(?<![A-Za-z])[Cc][Aa][Dd]\$|(?<![A-Za-z])(?:{dollars})\$|(?<![A-Za-z])c\s?\$|{signs}|¥|¢))"
        rf"|(?P<num>{NUMERAL})"
        r"|(?P<word>(?:U\.S\.A?\.?|US-[Dd]ollars?|U\.K\.|H\.K\.|N\.Z\.|[A-Z]\.[A-Z]\.(?=\s?\d)|[A-Za-zÀ-ɏ\u0B80-\u0BFF]{1,40}\.?(?:(?<=Rs\.)|(?<=SFr\.)|(?<!\.))))"
        r"|(?P<mark>--|[^\s])"
    )


@lru_cache(maxsize=512)  # money and quantities read the same sentences
def lex(text: str, start: int, end: int) -> list[Lexeme]:
    """Lexemes of text[start:end], in order. The list is shared: it is to be read only."""
    found: list[Lexeme] = []
    commas = parts_with_commas(text)
    for m in _pattern().finditer(text, start, end):
        kind = m.lastgroup or "mark"
        piece = m.group()
        if kind == "plain":
            first, last = m.span()
            found.append(Lexeme("word", first, last, piece, piece))
            continue
        value = None
        if kind == "num":
            value = value_of(piece, commas)
            if value is None:
                kind = "mark"
        found.append(Lexeme(kind, m.start(), m.end(), piece, piece.lower(), value))
    return found


def sign_codes(lexeme: Lexeme) -> tuple[str, ...]:
    """Currencies that a lexeme may be as a sign or a letter code, the likeliest first; none where it is neither."""
    if lexeme.kind == "sign":
        compact = "".join(lexeme.text.split())
        table = codes_by_sign()
        if len(compact) == 4 and compact[:3] in currencies():  # "SBD$5 million"
            return (compact[:3],)
        return (
            table.get(compact)
            or table.get(lexeme.text)
            or table.get(compact.upper())
            or table.get(compact[0].upper() + compact[1:])
            or (letters()[compact].codes if compact in letters() else ())
        )
    if lexeme.kind == "word":
        if rule := letters_of(lexeme):
            return rule.codes
        text = lexeme.text.rstrip(".")
        if text in iso_codes() or text in rare_codes():
            return (text,)
        code = code_by_sign().get(text)
        if code and len(text) > 1:
            return (code,)
        if lexeme.low in _SMALL_CODES:
            return (code_by_sign().get(lexeme.low.upper()) or lexeme.low.upper(),)
    return ()


def letters_of(lexeme: Lexeme) -> Letters | None:
    """What letters that are a sign need beside them ("R5bn", "kr 50 million"); None for other signs and words."""
    if lexeme.kind != "word":
        return None
    text = lexeme.text.rstrip(".")
    return letters().get(text.replace(".", "") if len(text) == 3 else text)  # "K.D. 5 million"


def text_at(lexemes: list[Lexeme], i: int) -> str:
    """Lower-case text of a lexeme, or nothing beyond the ends."""
    return lexemes[i].low if 0 <= i < len(lexemes) else ""
