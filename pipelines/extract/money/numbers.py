"""Numbers as news writes them: "7.1", "half a billion", "tens of thousands", "2 million, 400 thousand".

Reads a number at a place in a list of lexemes. Knows no currencies and no units; `quantities` reads with it too.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipelines.extract.money.lexemes import Lexeme

_UNITS = {w: Decimal(n) for n, w in enumerate(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
)}  # fmt: skip
_TENS = {
    w: Decimal(10 * n)
    for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
SCALES = {
    "hundred": 10**2, "thousand": 10**3, "thousands": 10**3, "lakh": 10**5, "lakhs": 10**5, "lac": 10**5, "crore": 10**7, "crores": 10**7,
    "million": 10**6, "millions": 10**6, "mln": 10**6, "mlns": 10**6, "mil": 10**6, "mn": 10**6, "mio": 10**6, "billion": 10**9,
    "billions": 10**9, "bln": 10**9, "blns": 10**9, "bn": 10**9, "bil": 10**9, "mrd": 10**9, "milliard": 10**9, "trillion": 10**12,
    "trillions": 10**12, "trn": 10**12, "tn": 10**12, "tln": 10**12, "quadrillion": 10**15,
}  # fmt: skip
# Letters that are a scale only when they touch the numeral or follow a currency sign.
GLUED_SCALES = {"k": 10**3, "m": 10**6, "mm": 10**6, "b": 10**9, "bn": 10**9, "t": 10**12}
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
_HYPHENS = frozenset("-‐‑–")


@dataclass(slots=True)
class Number:
    """A number read from lexemes first:last. `value` is None for an order of magnitude, which has low and high.

    `scaled`: it carries its own scale word; `scale` is that. `worded`: no digits in it.
    """

    first: int
    last: int
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    scale: Decimal | None = None
    worded: bool = False
    vague: bool = False
    plus: str | None = None

    @property
    def scaled(self) -> bool:
        return self.scale is not None


def read_number(lex: list[Lexeme], i: int, after_sign: bool = False) -> Number | None:
    """The number that begins at lexeme `i`, the longest reading; None where none does."""
    if i >= len(lex):
        return None
    first = lex[i]
    if first.kind == "num":
        return _numeral(lex, i, after_sign)
    if first.kind != "word" or first.low not in NUMBER_WORDS:
        return None
    return _vague(lex, i) or _fraction(lex, i) or _words(lex, i)


def _at(lex: list[Lexeme], i: int) -> str:
    return lex[i].low if 0 <= i < len(lex) else ""


def _skip_hyphen(lex: list[Lexeme], i: int) -> int:
    """Past a hyphen that touches both neighbours."""
    if (
        0 < i < len(lex) - 1
        and lex[i].text in _HYPHENS
        and lex[i].start == lex[i - 1].end
        and lex[i].end == lex[i + 1].start
    ):
        return i + 1
    return i


def _scales(lex: list[Lexeme], i: int, after_sign: bool, numeral: bool) -> tuple[Decimal | None, int]:
    """Product of the scale words from lexeme `i` on, and the place after them."""
    scale: Decimal | None = None
    for _ in range(2):
        j = _skip_hyphen(lex, i)
        # "$170-odd billion", "$190-plus billion": the word between is the caller's qualifier
        word = _at(lex, j).rstrip(".")
        if j < len(lex) and lex[j].kind == "word":
            if word in SCALES and not (scale is None and word in ("hundred",) and not numeral):
                scale = (scale or Decimal(1)) * SCALES[word]
                i = j + 1
                continue
            touching = lex[j].start == lex[j - 1].end
            if numeral and word in GLUED_SCALES and (touching or after_sign) and scale is None and (lex[j].text != "t"):
                return Decimal(GLUED_SCALES[word]), j + 1
        break
    return scale, i


def _numeral(lex: list[Lexeme], i: int, after_sign: bool) -> Number | None:
    value = lex[i].value
    assert value is not None
    j = i + 1
    # "2 1/2 million", "7-1/2"
    k = _skip_hyphen(lex, j)
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
    plus = None
    k = _skip_hyphen(lex, j)
    if k > j and _at(lex, k) in ("odd", "plus"):
        plus, j = _at(lex, k), k + 1
    elif _at(lex, j) == "+" and lex[j].start == lex[j - 1].end:
        plus, j = "plus", j + 1
    scale, j = _scales(lex, j, after_sign, numeral=True)
    if scale is not None:
        value *= scale
        # "2 million, 400 thousand"
        k = j + 1 if _at(lex, j) in (",", "and") else j
        if k < len(lex) and lex[k].kind == "num" and (lex[k].value or 0) < 1000:
            smaller, end = _scales(lex, k + 1, False, numeral=True)
            if smaller is not None and smaller < scale and smaller >= 1000 and (lex[k].value or 0) * smaller < scale:
                value, j = value + (lex[k].value or Decimal(0)) * smaller, end
    return Number(i, j, value, scale=scale, plus=plus)


def _vague(lex: list[Lexeme], i: int) -> Number | None:
    """ "tens of thousands", "several hundred million", "billions": an order of magnitude."""
    word = _at(lex, i)
    if word in _VAGUE:
        low, j = Decimal(_VAGUE[word]), i + 1
        if _at(lex, j) == "of" and (_at(lex, j + 1) in _VAGUE or _at(lex, j + 1) in SCALES):
            low *= Decimal(SCALES.get(_at(lex, j + 1)) or _VAGUE[_at(lex, j + 1)])
            j += 2
        elif _at(lex, j) in ("million", "billion", "thousand", "trillion"):
            low *= SCALES[_at(lex, j)]
            j += 1
        elif word in ("tens", "dozens", "scores"):
            return None
        high = low * 10
        return Number(i, j, None, low, high, scale=low, worded=True, vague=True)
    few = {"several": 2, "few": 2, "couple": 2, "many": 2}.get(word)
    if few:
        j = i + 1
        if word == "couple" and _at(lex, j) == "of":
            j += 1
        scale, end = _scales(lex, j, False, numeral=True)
        if scale is None:
            return None
        return Number(i, end, None, few * scale, 10 * scale, scale=scale, worded=True, vague=True)
    return None


def _fraction(lex: list[Lexeme], i: int) -> Number | None:
    """ "half a billion", "a half million", "one-half billion", "three quarters of a million"."""
    j, times = i, Decimal(1)
    if _at(lex, j) in ("a", "an", "one", "three", "two"):
        times = {"three": Decimal(3), "two": Decimal(2)}.get(_at(lex, j), Decimal(1))
        j = _skip_hyphen(lex, j + 1)
    if _at(lex, j) not in _FRACTIONS:
        return None
    top, bottom = _FRACTIONS[_at(lex, j)]
    j = _skip_hyphen(lex, j + 1)
    if _at(lex, j) == "of":
        j += 1
    if _at(lex, j) in ("a", "an"):
        j = _skip_hyphen(lex, j + 1)
    scale, end = _scales(lex, j, False, numeral=True)
    if scale is None or scale < 1000:
        return None
    return Number(i, end, times * top / bottom * scale, scale=scale, worded=True)


def _words(lex: list[Lexeme], i: int) -> Number | None:
    """ "forty-five", "one hundred and twenty million", "a million", "a dozen million", "one and a half million"."""
    total, current, j, seen = Decimal(0), Decimal(0), i, False
    largest: Decimal | None = None
    if _at(lex, i) in ("a", "an", "another"):
        k = i + 1
        if _at(lex, k) == "dozen":
            scale, end = _scales(lex, k + 1, False, numeral=True)
            return (
                Number(i, end, 12 * scale, scale=scale, worded=True)
                if scale
                else Number(i, k + 1, Decimal(12), worded=True)
            )
        if _at(lex, k) not in SCALES or _at(lex, k).endswith("s"):
            return None
        # the article belongs to the number, "another" does not
        start = i if _at(lex, i) != "another" else k
        current, j, seen, i = Decimal(1), k, True, start
    while j < len(lex):
        word = _at(lex, j)
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
                break
            total, current, largest = total + (current or Decimal(1)) * scale, Decimal(0), scale
        elif (
            word == "and"
            and seen
            and current
            and _at(lex, j + 1) == "a"
            and _at(lex, j + 2) == "half"
            and current < 100
        ):
            scale2, end = _scales(lex, j + 3, False, numeral=True)
            if scale2 is None:
                break
            return Number(i, end, (current + Decimal("0.5")) * scale2, scale=scale2, worded=True)
        elif (
            word == "and"
            and seen
            and (current % 100 == 0 or current == 0)
            and (_at(lex, j + 1) in _UNITS or _at(lex, j + 1) in _TENS)
        ):
            if not (current >= 100 or (current == 0 and largest)):
                break
            j += 1
            continue
        elif (
            lex[j].text in _HYPHENS
            and seen
            and _skip_hyphen(lex, j) > j
            and (_at(lex, j + 1) in _UNITS or _at(lex, j + 1) in _TENS or _at(lex, j + 1) in SCALES)
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
