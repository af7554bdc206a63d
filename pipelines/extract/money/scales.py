"""Scale words and letters behind a number: "million", "lakh crore", "bn", "20 M€", "Rs 120 cr".

Which number they scale is read in `numbers`.
"""

from __future__ import annotations

from decimal import Decimal

from pipelines.extract.money.lexemes import Lexeme, sign_codes, text_at
from pipelines.extract.money.units import read_unit
from pipelines.reference.word_lists import word_list

SCALES = {
    "hundred": 10**2, "thousand": 10**3, "thousands": 10**3, "lakh": 10**5, "lakhs": 10**5, "lac": 10**5, "crore": 10**7, "crores": 10**7,
    "million": 10**6, "millions": 10**6, "mln": 10**6, "mlns": 10**6, "mil": 10**6, "mn": 10**6, "mio": 10**6, "billion": 10**9,
    "billions": 10**9, "bln": 10**9, "blns": 10**9, "bn": 10**9, "bil": 10**9, "mrd": 10**9, "milliard": 10**9, "trillion": 10**12,
    "trillions": 10**12, "trn": 10**12, "tn": 10**12, "tln": 10**12, "quadrillion": 10**15, "milliards": 10**9,
    # as reports quote them from other languages
    "millionen": 10**6, "milliarden": 10**9, "milhão": 10**6, "milhões": 10**6, "bilhão": 10**9, "bilhões": 10**9, "trilhão": 10**12,
    "trilhões": 10**12, "millón": 10**6, "millones": 10**6, "milioni": 10**6, "miliardi": 10**9, "miliar": 10**9, "miljoen": 10**6, "miljard": 10**9,
    "triliun": 10**12, "juta": 10**6, "mlrd": 10**9, "mld": 10**9, "trln": 10**12, "arab": 10**9, "kharab": 10**11, "crs": 10**7, "lacs": 10**5,
    "milyon": 10**6, "milyar": 10**9, "milliárd": 10**9, "milionów": 10**6, "miliardów": 10**9, "milionů": 10**6, "miljon": 10**6,
    "miljoner": 10**6, "miljarder": 10**9, "millioner": 10**6, "milliarder": 10**9, "miljoonaa": 10**6, "miljardia": 10**9, "milj": 10**6,
    "mdr": 10**9, "tsd": 10**3, "arba": 10**9, "kharba": 10**11,
}  # fmt: skip
# Abbreviations that carry a full stop ("5 mln. euros").
_STOPPED = frozenset(
    [
        "mln",
        "bln",
        "mn",
        "bn",
        "mio",
        "mrd",
        "mlrd",
        "mld",
        "trn",
        "tn",
        "mil",
        "bil",
        "cr",
        "crs",
        "milj",
        "mdr",
        "tsd",
    ]
)
# Abbreviations that are other things elsewhere (mills, miles, a name, Maryland): read behind a currency or before its unit
# ("NOK 200 mill.", "2,5 mia. kr.", "5 Md€", "R$ 40 mi").
_OF_SUMS = {"mill": 10**6, "bill": 10**9, "mia": 10**9, "md": 10**9, "mds": 10**9, "mi": 10**6, "bi": 10**9}
# Behind a rupee or taka: "Rs 120 cr", "Rs 5L", "Tk 3 cr".
INDIAN_SCALES = {"cr": 10**7, "crs": 10**7, "l": 10**5, "lk": 10**5, "lkh": 10**5}
# Letters that are a scale only when they touch the numeral or follow a currency sign.
GLUED_SCALES = {"k": 10**3, "m": 10**6, "mm": 10**6, "b": 10**9, "bn": 10**9, "t": 10**12}
HYPHENS = frozenset("-‐‑–")
# Units that a letter before them makes no sum of: "swam 100 m won by".
_EVERYDAY = word_list("sum_words.csv", "units that are everyday words") - {"pound", "pounds"}


def skip_hyphen(lex: list[Lexeme], i: int) -> int:
    """Past a hyphen that touches both neighbours."""
    if (
        0 < i < len(lex) - 1
        and lex[i].text in HYPHENS
        and lex[i].start == lex[i - 1].end
        and lex[i].end == lex[i + 1].start
    ):
        return i + 1
    return i


def scales(
    lex: list[Lexeme], i: int, after_sign: bool, numeral: bool, indian: bool = False
) -> tuple[Decimal | None, int]:
    """Product of the scale words from lexeme `i` on, and the place after them."""
    scale: Decimal | None = None
    for _ in range(2):
        j = skip_hyphen(lex, i)
        # "$170-odd billion", "$190-plus billion": the word between is the caller's qualifier
        word = text_at(lex, j).rstrip(".")
        if j < len(lex) and lex[j].kind == "word":
            if word in SCALES and not (scale is None and word in ("hundred",) and not numeral):
                scale = (scale or Decimal(1)) * SCALES[word]
                i = _past_stop(lex, j)
                continue
            if numeral and scale is None and word in _OF_SUMS:
                stop = text_at(lex, j + 1) == "." and lex[j + 1].start == lex[j].end
                # "a $100 bill." is a note, "a $5 bi-weekly fee" no billion, "the $300 mill" makes paper, "$3 mi." is a fare
                of_sign = after_sign and word != "bill" and skip_hyphen(lex, j + 1) == j + 1
                of_sign &= (stop or word != "mill") and (word not in ("mi", "bi") or _is_real(lex, j - 1))
                of_unit = word != "mi" and _is_unit_after(lex, j + stop)
                if of_sign or of_unit:
                    return Decimal(_OF_SUMS[word]), j + 1 + stop
            touching = lex[j].start == lex[j - 1].end
            before_crore = text_at(lex, j + 1).rstrip(".") in ("cr", "crs", "crore", "crores")
            if indian and numeral and word in INDIAN_SCALES and (touching or before_crore or word != "l"):
                scale = (scale or Decimal(1)) * INDIAN_SCALES[word]
                i = _past_stop(lex, j)
                continue
            # "20 M€", "5 m euros": the letter stands beside a unit
            beside = lex[j].text in "mMbBkK" and _is_unit_after(lex, j)
            if (
                numeral
                and word in GLUED_SCALES
                and (touching or after_sign or beside)
                and scale is None
                and (lex[j].text != "t")
            ):
                return Decimal(GLUED_SCALES[word]), j + 1
        break
    return scale, i


def _is_real(lex: list[Lexeme], number: int) -> bool:
    """Whether the sign before a number is Brazil's, where "mi" and "bi" are scales."""
    return "r$" in (text_at(lex, number - 1), text_at(lex, number - 2) + text_at(lex, number - 1))


# Words of other languages that stand between a scale and its unit: "12 millions d'euros", "30 milliards de FCFA".
_OF = frozenset(["de", "di", "do", "d"])


def past_of(lex: list[Lexeme], j: int) -> int:
    """The place after "de" or "d'" at `j`, where a scale word stands before it."""
    before = text_at(lex, j - 2 if text_at(lex, j - 1) == "." else j - 1)
    if text_at(lex, j) not in _OF or (before not in SCALES and before not in _OF_SUMS):
        return j
    if text_at(lex, j) == "d":
        return j + 2 if j + 1 < len(lex) and lex[j + 1].text in "'’" else j
    return j + 1


def _past_stop(lex: list[Lexeme], j: int) -> int:
    """The place after a scale word at `j` and the full stop that shortens it, where the sentence goes on behind it."""
    k = j + 1
    if k + 1 < len(lex) and lex[k].text == "." and lex[k].start == lex[j].end and lex[j].low in _STOPPED:
        following = lex[k + 1]
        if following.kind == "sign" or (
            following.kind == "word"
            and (following.text[0].islower() or sign_codes(following) or read_unit(lex, k + 1, before=False))
        ):
            return k + 1
    return k


def _is_unit_after(lex: list[Lexeme], j: int) -> bool:
    """Whether a currency stands right behind the abbreviation at `j`: its sign, or its name, also behind "d'" and "de"."""
    if j + 1 >= len(lex):
        return False
    if text_at(lex, j + 1) in _OF:
        j += 2 if text_at(lex, j + 2) in ("'", "’") else 1
    following = lex[j + 1] if j + 1 < len(lex) else None
    after = lex[j + 2] if j + 2 < len(lex) else None
    if following is not None and following.kind == "sign":  # and not the sign of the next number
        return after is None or after.kind != "num" or following.start == lex[j].end
    return following is not None and following.low not in _EVERYDAY and read_unit(lex, j + 1, before=False) is not None
