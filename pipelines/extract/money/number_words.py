"""Numbers written in words: "half a billion", "tens of thousands", "one hundred and twenty million", "three point two".

Reads at a place in a list of lexemes; numerals are `numbers`' matter, which asks here for all others.
"""

from __future__ import annotations

from decimal import Decimal

from pipelines.extract.money.lexemes import Lexeme, text_at
from pipelines.extract.money.number import Number
from pipelines.extract.money.scales import HYPHENS, SCALES, scales, skip_hyphen

_UNITS = {w: Decimal(n) for n, w in enumerate(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
)} | {"nought": Decimal(0), "naught": Decimal(0)}  # fmt: skip
_TENS = {
    w: Decimal(10 * n)
    for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_VAGUE = {
    "tens": 10,
    "dozens": 12,
    "scores": 20,
    "hundreds": 100,
    "thousands": 10**3,
    "millions": 10**6,
    "billions": 10**9,
    "trillions": 10**12,
}
_FRACTIONS = {"half": (1, 2), "quarter": (1, 4), "third": (1, 3), "quarters": (1, 4), "thirds": (1, 3)}
# Words that a number written without numerals can begin with.
NUMBER_WORDS = frozenset(
    [*_UNITS, *_TENS, *SCALES, *_VAGUE, *_FRACTIONS, "a", "an", "another", "several", "few", "couple", "many"]
)


def read_words(lex: list[Lexeme], i: int) -> Number | None:
    """The number in words that begins at lexeme `i`; None where none does."""
    if lex[i].low not in NUMBER_WORDS:
        return None
    return _vague(lex, i) or _fraction(lex, i) or _words(lex, i)


def fraction_after_and(lex: list[Lexeme], j: int) -> tuple[Decimal, int] | None:
    """The fraction of "2 and a half million", "three-and-a-half billion", and the place after it, before a scale."""
    k = skip_hyphen(lex, j + 1)
    times = {"a": 1, "one": 1, "two": 2, "three": 3}.get(text_at(lex, k))
    k = skip_hyphen(lex, k + 1)
    if times is None or text_at(lex, k) not in _FRACTIONS:
        return None
    top, bottom = _FRACTIONS[text_at(lex, k)]
    end = skip_hyphen(lex, k + 1)
    return (Decimal(times * top) / bottom, end) if text_at(lex, end) in SCALES else None


def _vague(lex: list[Lexeme], i: int) -> Number | None:
    """ "tens of thousands", "several hundred million", "billions": an order of magnitude."""
    word = text_at(lex, i)
    if word in _VAGUE:
        low, j = Decimal(_VAGUE[word]), i + 1
        high, j = _or_more(lex, j) or (low, j)
        if text_at(lex, j) == "of" and (text_at(lex, j + 1) in _VAGUE or text_at(lex, j + 1) in SCALES):
            times = Decimal(SCALES.get(text_at(lex, j + 1)) or _VAGUE[text_at(lex, j + 1)])
            low, high = low * times, high * times
            j += 2
        elif text_at(lex, j) in ("million", "billion", "thousand", "trillion"):
            low, high = low * SCALES[text_at(lex, j)], high * SCALES[text_at(lex, j)]
            j += 1
        elif word in ("tens", "dozens", "scores"):
            return None
        return Number(i, j, None, low, high * 10, scale=low, worded=True, vague=True)
    few = {"several": 2, "few": 2, "couple": 2, "many": 2}.get(word)
    if few:
        j = i + 1
        if word == "couple" and text_at(lex, j) == "of":
            j += 1
        scale, end = scales(lex, j, False, numeral=True)
        if scale is None:
            return None
        return Number(i, end, None, few * scale, 10 * scale, scale=scale, worded=True, vague=True)
    return None


def _or_more(lex: list[Lexeme], j: int) -> tuple[Decimal, int] | None:
    """The larger word of "tens or hundreds of millions", "tens, if not hundreds, of millions", and the place after it."""
    k = j + (text_at(lex, j) == ",")
    if text_at(lex, k) == "if" and text_at(lex, k + 1) == "not":
        k += 2
    elif text_at(lex, k) in ("or", "to"):
        k += 1 + (text_at(lex, k + 1) in ("even", "perhaps", "maybe"))
    else:
        return None
    if text_at(lex, k) not in _VAGUE:
        return None
    end = k + 1 + (text_at(lex, k + 1) == ",")
    return (Decimal(_VAGUE[text_at(lex, k)]), end) if text_at(lex, end) == "of" else None


def _fraction(lex: list[Lexeme], i: int) -> Number | None:
    """ "half a billion", "a half million", "one-half billion", "three quarters of a million"."""
    j, times = i, Decimal(1)
    if text_at(lex, j) in ("a", "an", "one", "three", "two"):
        times = {"three": Decimal(3), "two": Decimal(2)}.get(text_at(lex, j), Decimal(1))
        j = skip_hyphen(lex, j + 1)
    if text_at(lex, j) not in _FRACTIONS:
        return None
    top, bottom = _FRACTIONS[text_at(lex, j)]
    j = skip_hyphen(lex, j + 1)
    if text_at(lex, j) == "of":
        j += 1
    if text_at(lex, j) in ("a", "an"):
        j = skip_hyphen(lex, j + 1)
    scale, end = scales(lex, j, False, numeral=True)
    if scale is None or scale < 1000:
        return None
    return Number(i, end, times * top / bottom * scale, scale=scale, worded=True)


def _words(lex: list[Lexeme], i: int) -> Number | None:
    """ "forty-five", "one hundred and twenty million", "a million", "a dozen million", "one and a half million"."""
    total, current, j, seen = Decimal(0), Decimal(0), i, False
    largest: Decimal | None = None
    if text_at(lex, i) in ("a", "an", "another"):
        k = i + 1
        if text_at(lex, k) == "dozen":
            scale, end = scales(lex, k + 1, False, numeral=True)
            return (
                Number(i, end, 12 * scale, scale=scale, worded=True)
                if scale
                else Number(i, k + 1, Decimal(12), worded=True)
            )
        if text_at(lex, k) not in SCALES or text_at(lex, k).endswith("s"):
            return None
        # the article belongs to the number, "another" does not
        start = i if text_at(lex, i) != "another" else k
        current, j, seen, i = Decimal(1), k, True, start
    elif (
        text_at(lex, i) == "hundred"
        and SCALES.get(text_at(lex, i + 1), 0) >= 1000
        and not text_at(lex, i + 1).endswith("s")
    ):
        current, j, seen = Decimal(100), i + 1, True
    while j < len(lex):
        word = text_at(lex, j)
        if word in _UNITS and (
            current == 0 or current % 100 == 0 or (current % 10 == 0 and current % 100 >= 20 and _UNITS[word] < 10)
        ):
            current += _UNITS[word]
        elif word in _TENS and current % 100 == 0:
            current += _TENS[word]
        elif word == "hundred" and 0 < current < 100:
            current *= 100
        elif word in SCALES and SCALES[word] >= 1000 and seen and not word.endswith("s"):
            scale = Decimal(SCALES[word])
            if largest is not None and scale >= largest:
                if largest != 1000 or scale == largest:
                    break
                # "one thousand five hundred million"
                total, current, largest = (total + current) * scale, Decimal(0), scale
            else:
                total, current, largest = total + (current or Decimal(1)) * scale, Decimal(0), scale
        elif word == "and" and current and current < 100 and (half := fraction_after_and(lex, j)) is not None:
            scale2, end = scales(lex, half[1], False, numeral=True)
            return Number(i, end, (current + half[0]) * (scale2 or 1), scale=scale2, worded=True)
        elif (
            word == "and"
            and largest is not None
            and not current
            and text_at(lex, j + 1) == "a"
            and text_at(lex, j + 2) == "half"
        ):
            total += largest / 2  # "a million and a half"
            j += 3
            break
        elif word == "point" and seen and largest is None and text_at(lex, j + 1) in _UNITS:
            return _with_point(lex, i, j + 1, current)
        elif (
            word == "and"
            and seen
            and (current % 100 == 0 or current == 0)
            and (text_at(lex, j + 1) in _UNITS or text_at(lex, j + 1) in _TENS)
            and not (largest is not None and SCALES.get(text_at(lex, j + 2), 0) >= largest)
        ):
            if not (current >= 100 or (current == 0 and largest)):
                break
            j += 1
            continue
        elif (
            lex[j].text in HYPHENS
            and seen
            and skip_hyphen(lex, j) > j
            and (
                text_at(lex, j + 1) in _UNITS
                or text_at(lex, j + 1) in _TENS
                or text_at(lex, j + 1) in SCALES
                or (text_at(lex, j + 1) == "and" and fraction_after_and(lex, j + 1) is not None)
            )
        ):
            j += 1
            continue
        else:
            break
        seen = True
        j += 1
    if not seen or j <= i:
        return None
    return Number(i, j, total + current, scale=largest, worded=True)


def _with_point(lex: list[Lexeme], i: int, j: int, whole: Decimal) -> Number:
    """ "one point five million", "three point two five": digits in words from lexeme `j` on, behind the point."""
    digits = ""
    while text_at(lex, j) in _UNITS and _UNITS[text_at(lex, j)] < 10:
        digits += str(_UNITS[text_at(lex, j)])
        j += 1
    value = whole + (Decimal(f"0.{digits}") if digits else Decimal(0))
    scale, j = scales(lex, j, False, numeral=True)
    return Number(i, j, value * (scale or 1), scale=scale, worded=True)
