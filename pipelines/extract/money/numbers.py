"""Numbers as news writes them: "7.1", "2 1/2 million", "2 million, 400 thousand", "half a billion".

Reads a number at a place in a list of lexemes. Knows no currencies and no units; `quantities` reads with it too.
"""

from __future__ import annotations

from decimal import Decimal

from pipelines.extract.money.lexemes import Lexeme, text_at
from pipelines.extract.money.number import Number
from pipelines.extract.money.number_words import fraction_after_and, read_words
from pipelines.extract.money.scales import scales, skip_hyphen

_HALVES = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3}


def read_number(lex: list[Lexeme], i: int, after_sign: bool = False, indian: bool = False) -> Number | None:
    """The number that begins at lexeme `i`, the longest reading; None where none does.

    `after_sign`: a currency's sign stands before it, so that single letters may be scales ("$5 m"); `indian`: that of a
    rupee or taka.
    """
    if i >= len(lex):
        return None
    first = lex[i]
    if first.kind == "num":
        return _numeral(lex, i, after_sign, indian)
    return read_words(lex, i) if first.kind == "word" else None


def _numeral(lex: list[Lexeme], i: int, after_sign: bool, indian: bool) -> Number | None:
    value = lex[i].value
    assert value is not None
    j = i + 1
    if (quote := _two_sided(lex, i)) is not None:
        return quote
    # "2 1/2 million", "7-1/2"
    k = skip_hyphen(lex, j)
    if (
        k + 2 < len(lex)
        and lex[k].kind == "num"
        and lex[k + 1].text == "/"
        and lex[k + 2].kind == "num"
        and "." not in lex[i].text
    ):
        top, bottom = lex[k].value or Decimal(0), lex[k + 2].value or Decimal(0)
        if 0 < top < bottom <= 64 and lex[k].end == lex[k + 1].start:
            value, j = value + top / bottom, k + 3
    elif j + 1 < len(lex) and lex[j].text == "/" and lex[j + 1].kind == "num" and lex[j].start == lex[i].end:
        top, bottom = value, lex[j + 1].value or Decimal(0)
        if 0 < top < bottom <= 8:
            value, j = top / bottom, j + 2
    elif j < len(lex) and lex[j].text in _HALVES:
        value, j = value + _HALVES[lex[j].text], j + 1
    elif (
        text_at(lex, skip_hyphen(lex, j)) == "and"
        and (half := fraction_after_and(lex, skip_hyphen(lex, j))) is not None
        and value == int(value)
    ):
        part, end = half
        value, j = value + part, end
    plus = None
    k = skip_hyphen(lex, j)
    if k > j and text_at(lex, k) in ("odd", "plus"):
        plus, j = text_at(lex, k), k + 1
    elif text_at(lex, j) == "+" and lex[j].start == lex[j - 1].end:
        plus, j = "plus", j + 1
    scale, j = scales(lex, j, after_sign, numeral=True, indian=indian)
    if scale is not None:
        value *= scale
        if text_at(lex, j) == "+" and lex[j].start == lex[j - 1].end and plus is None:
            plus, j = "plus", j + 1
        # "2 million, 400 thousand"; "Rs 2 crore and 50 lakh"; "$1.5 billion and 340 million above the plan" are two sums
        k = j + 1 if text_at(lex, j) == "," or (text_at(lex, j) == "and" and (indian or not after_sign)) else j
        if "." not in lex[i].text and k < len(lex) and lex[k].kind == "num" and (lex[k].value or 0) < 1000:
            smaller, end = scales(lex, k + 1, False, numeral=True)
            if smaller is not None and smaller < scale and smaller >= 1000 and (lex[k].value or 0) * smaller < scale:
                value, j = value + (lex[k].value or Decimal(0)) * smaller, end
    return Number(i, j, value, scale=scale, plus=plus)


def _two_sided(lex: list[Lexeme], i: int) -> Number | None:
    """What dealers bid and ask: "1.6195/05" (to 1.6205), "422.25/423.25"."""
    bid = lex[i].text
    whole, _, digits = bid.partition(".")
    if i + 2 >= len(lex) or lex[i + 1].text != "/" or lex[i + 2].kind != "num" or len(digits) < 2:
        return None
    ask = lex[i + 2].text
    if lex[i].end != lex[i + 1].start or lex[i + 1].end != lex[i + 2].start:
        return None
    low = Decimal(bid.replace(",", ""))
    if "." in ask:
        high = Decimal(ask.replace(",", ""))
    elif len(ask) == 2 and whole:
        high = Decimal(f"{bid[:-2]}{ask}".replace(",", ""))
        high += Decimal(100).scaleb(-len(digits)) if high < low else 0
    else:
        return None
    return Number(i, i + 3, None, low, high) if low < high < low * 2 else None
