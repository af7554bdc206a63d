"""Numerals as the world writes them: 1,500,000.50 and 1.500.000,50, 1'500'000, 1 500 000, 12,34,567, 1,5 million.

Which of point and comma parts the fraction is told by the numeral itself where it can be ("3.500.000"), else by the
other numerals of the text. Knows no words, scales or currencies.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

# What follows a fraction of one or two digits behind a comma, so that it is no list ("pages 1,2 and 3").
_COUNTED = (
    r"(?i:[\s\-]?(?:k|m|mn|mln|mio|mia|mill|milj|mi|b|bn|bln|bi|mrd|mdr|mds?|mlrd|mld|tsd|tn|trn|trln|cr|crores?|lakhs?|thousands?|millions?|billions?|trillions?|milliards?|milli[oa]rden"
    r"|millionen|mily[oa]n|milyar|miljo\w{1,6}|mil[jl]ard\w{0,3}|millioner|milion[óůy]\w?|milh(?:ão|ões)|bilh(?:ão|ões)|mill(?:ón|ones)|miliardi?|milioni?|[€$£¥₹₽₺]|euros?|eur|usd|chf|[sdn]kr|kr|per ?cent|percent|%)"
    r"(?![^\W\d_]))"
)
# The upper end of a range, which is counted for both ("1,5-2 billion").
_UPPER_END = rf"(?: ?[-–—] ?|(?i: (?:to|or|and) ))\d{{1,5}}(?:[.,]\d{{1,2}})?{_COUNTED}"
NUMERAL = (
    r"\d{1,3}['’]\d{3},\d{3}(?!\d)|\d{1,3}(?:['’`´]\d{3}){1,5}(?:[.,]\d{1,2})?(?!\d)"
    r"|\d{1,3}(?:\.\d{3}){2,5}(?:,\d{1,2})?(?![\d])|\d{1,3}\.\d{3},\d{1,2}(?!\d)"
    rf"|\d{{1,5}},\d{{1,2}}(?!\d)(?={_COUNTED}|[€£]|{_UPPER_END})"
    r"|\d{1,3}(?:,\d{2,3}){1,6}(?:\.\d{1,4})?(?![\d])"
    r"|\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,4}(?:,\d{1,2}(?!\d))?(?![\d,.]\d)(?!\d)"
    r"|\d{1,18}(?:\.\d{1,8})?|(?<![\d.A-Za-z])\.\d{1,8}"
)
_ONE_POINT_GROUP = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_ONE_COMMA_GROUP = re.compile(r"\d{1,3},\d{3}")
_CONTINENTAL = re.compile(rf"\d\.\d{{3}}\.\d{{3}}(?!\d)|\d\.\d{{3}},\d|(?<![\d.,])\d{{1,4}},\d{{1,2}}(?={_COUNTED})")
_ENGLISH = re.compile(
    r"\d,\d{3},\d{3}(?!\d)|\d,\d{3}\.\d|(?<![\d.,])\d{1,4}\.\d{1,2}(?![\d.])|(?<![\d.,])\d{1,3},\d{3}(?![\d,])"
)
_DIGITS = frozenset("0123456789")


@lru_cache(maxsize=64)
def parts_with_commas(text: str) -> bool:
    """Whether a text parts fractions with a comma and thousands with a point, as its sure numerals show."""
    shown = sum(1 for _ in _CONTINENTAL.finditer(text))
    return shown > 0 and shown > sum(1 for _ in _ENGLISH.finditer(text))


def value_of(piece: str, commas: bool) -> Decimal | None:
    """Value of a numeral that NUMERAL matched; None where it is no number. `commas` as of `parts_with_commas`."""
    for mark in "'’`´":
        if mark in piece:
            end = "" if re.search(r",\d{3}$", piece) else "."  # "1'250,000", as Mexico writes it
            return Decimal(_bare(piece.replace(mark, "").replace(",", end)))
    if "," not in piece:
        if piece.count(".") > 1 or (commas and _ONE_POINT_GROUP.fullmatch(piece)):
            piece = piece.replace(".", "")
        return Decimal(_bare(piece))
    point, comma = piece.rfind("."), piece.rfind(",")
    groups = piece.split(",")
    if 0 <= point < comma or (len(groups) == 2 and (" " in piece or "\u00a0" in piece or "\u202f" in piece)):
        return Decimal(_bare(piece.replace(".", "").replace(",", ".")))
    if commas and _ONE_COMMA_GROUP.fullmatch(piece):
        return Decimal(piece.replace(",", "."))
    whole = piece[:point] if point > 0 else piece
    groups = whole.split(",")
    if len(groups[-1]) != 3:
        # "1,5" and "12,50" with one comma are fractions
        return Decimal(f"{groups[0]}.{groups[1]}") if len(groups) == 2 and point < 0 else None
    return Decimal("".join(groups) + (piece[point:] if point > 0 else ""))


def may_be_thousands(piece: str) -> bool:
    """Whether a numeral may have a point between thousands: what is counted with it decides ("€3.500" is no price of fuel)."""
    return _ONE_POINT_GROUP.fullmatch(piece) is not None


def _bare(piece: str) -> str:
    return "".join(c for c in piece if c in _DIGITS or c == ".")
