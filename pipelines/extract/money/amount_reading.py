"""Amounts of money in a sentence: where, how much, in which unit, how exactly.

Reads lexemes only; which of several dollars or pounds is meant is decided in `currency_choice`, who pays whom elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from pipelines.extract.money.lexemes import Lexeme, is_glued_only, lex, rare_codes, sign_code
from pipelines.extract.money.numbers import NUMBER_WORDS, SCALES, Number, read_number
from pipelines.extract.money.units import MINOR_UNITS, UNITS_BEFORE_NUMBERS, Unit, read_unit

_HYPHENS = frozenset("-‐‑–")
_THOUSAND = Decimal(1000)


@dataclass(slots=True)
class Amount:
    """A figure of money over characters start:end. A range has low and high and no amount.

    `unit` is what the text writes ("$", "dollars"); `currency` is set once it is chosen. `per` is the unit of a
    price ("barrel"). `rule` names the reading that made it.
    """

    start: int
    end: int
    amount: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: Unit | None
    rule: str
    scale: Decimal | None = None
    qualifier: str = "exact"
    per: str | None = None
    currency: str | None = None
    first: int = 0
    last: int = 0
    bare: bool = False

    @property
    def value(self) -> Decimal:
        """Its size for comparisons: the amount, or the upper end of a range."""
        return self.amount if self.amount is not None else (self.high or Decimal(0))


def read_amounts(text: str, start: int, end: int, known: Unit | None, cue: bool) -> list[Amount]:
    """Amounts of text[start:end], in order.

    `known` is the unit of a figure shortly before, which a number with a scale but no unit may inherit if the sentence
    speaks of money (`cue`).
    """
    lexemes = lex(text, start, end)
    atoms = _atoms(lexemes)
    _inherit_left(text, lexemes, atoms)
    found = _ranges(text, lexemes, atoms, start)
    found = _inherit(text, lexemes, found, known, cue)
    for amount in found:
        _qualify(text, amount, start, end)
    return found


def _atoms(lexemes: list[Lexeme]) -> list[Amount]:
    """Numbers with or without a unit, in order, before ranges are put together."""
    found: list[Amount] = []
    i = 0
    # A unit before its number may be of several words ("Malaysian ringgit 42"): then any word may begin an amount.
    anywhere = any(x.low in UNITS_BEFORE_NUMBERS for x in lexemes)
    while i < len(lexemes):
        if not anywhere and not _may_begin(lexemes[i]):
            i += 1
            continue
        atom = _prefixed(lexemes, i) or _suffixed(lexemes, i) or _single_unit(lexemes, i)
        if atom is None:
            i += 1
            continue
        atom = _with_minor(lexemes, atom)
        found.append(atom)
        i = max(atom.last, i + 1)
    return found


def _may_begin(lexeme: Lexeme) -> bool:
    """Whether an amount can begin here. Nine lexemes in ten are plain words: they are turned away by one look-up."""
    if lexeme.kind == "word":
        return _word_may_begin(lexeme.text)
    return lexeme.kind != "mark"


@lru_cache(maxsize=20_000)
def _word_may_begin(text: str) -> bool:
    low = text.lower()
    return low in NUMBER_WORDS or sign_code(Lexeme("word", 0, len(text), text, low)) is not None


def _amount(lexemes: list[Lexeme], first: int, last: int, number: Number, unit: Unit | None, rule: str) -> Amount:
    factor = unit.factor if unit else Decimal(1)

    def scaled(x: Decimal | None) -> Decimal | None:
        return None if x is None else x * factor

    amount = Amount(
        lexemes[first].start, lexemes[last - 1].end, scaled(number.value), scaled(number.low), scaled(number.high), unit,
        rule, number.scale, first=first, last=last,
    )  # fmt: skip
    if number.plus:
        amount.qualifier = "at_least" if number.plus == "plus" else "approximately"
    if number.vague:
        amount.qualifier = "approximately"
    return amount


def _prefixed(lexemes: list[Lexeme], i: int) -> Amount | None:
    """ "$49 million", "USD 20 million", "Rs 5 crore", "ringgit 42"."""
    code = sign_code(lexemes[i])
    unit: Unit | None = None
    j = i + 1
    if code and lexemes[i].text != "¢":
        unit = Unit(lexemes[i].text, (code,), sign=True)
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
    if (
        j < len(lexemes)
        and lexemes[j].text == "."
        and lexemes[j].start == lexemes[j - 1].end
        and lexemes[i].text in ("Rs", "Fr", "Sfr")
    ):
        j += 1
    if is_glued_only(lexemes[i]) and (j >= len(lexemes) or lexemes[j].start != lexemes[i].end):
        return None
    number = read_number(lexemes, j, after_sign=True)
    if number is None or (number.worded and number.value is not None and number.value < 100):
        if number is None or lexemes[i].kind != "sign":
            return None
    if lexemes[i].kind == "word" and lexemes[i].text in rare_codes() and not number.scaled:
        return None
    if (
        lexemes[i].text == "R"
        and not number.scaled
        and not set(lexemes[j].text) & set(".,")
        and len(lexemes[j].text) < 4
    ):
        return None  # "R18" is a rating, "R5" a road
    last = number.last
    # the unit once more: "$2.93 billion dollars", "$5.4 million USD", "$3.5 billion U.S."
    again = read_unit(lexemes, last, before=False)
    if again and not set(again[0].codes) & set(unit.codes) and not again[0].state:
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
        and _text(lexemes, last + 1) in ("", ",", ".", ";", "per", ")")
    ):
        unit, last = Unit("US$", ("USD",), sign=True), last + 1
    atom = _amount(lexemes, i, last, number, unit, "sign before number")
    if negative and atom.amount is not None:
        atom.amount = -atom.amount
    return atom


def _text(lexemes: list[Lexeme], i: int) -> str:
    return lexemes[i].low if 0 <= i < len(lexemes) else ""


def _suffixed(lexemes: list[Lexeme], i: int) -> Amount | None:
    """ "92 mln euros", "half a billion dollars", "10M RMB", "320 USD million"; a number without unit as a bare one."""
    number = read_number(lexemes, i)
    if number is None:
        return None
    first, j = i, number.last
    joined = lexemes[i - 1] if i else None
    negative = False
    if joined is not None and joined.end == lexemes[i].start:
        if joined.text in "-−" and (i == 1 or lexemes[i - 2].end < joined.start):
            negative = True
        elif joined.kind == "word" or joined.text in ("#", "/"):
            return None  # "HD200", "#34784"
    if j < len(lexemes) and lexemes[j].text == "%":
        return None
    k = j
    if k + 1 < len(lexemes) and lexemes[k].text in _HYPHENS and lexemes[k].start == lexemes[k - 1].end:
        k += 1
    hyphened = k > j
    if number.vague and _text(lexemes, k) == "of":
        k += 1
    if _text(lexemes, k) == "in" and number.vague:
        pass
    unit = read_unit(lexemes, k, before=False)
    if unit is not None and _is_money(lexemes, number, unit[0], unit[1], hyphened):
        u, last = unit
        # "320 USD million"
        if u.sign and not number.scaled and _text(lexemes, last) in SCALES and SCALES[_text(lexemes, last)] >= 10**6:
            scale = Decimal(SCALES[_text(lexemes, last)])
            number = replace(number, value=(number.value or Decimal(0)) * scale, scale=scale)
            last += 1
        if negative:
            first = i - 1
        atom = _amount(lexemes, first, last, number, u, "number before unit")
        if negative and atom.amount is not None:
            atom.amount = -atom.amount
        return atom
    bare = _amount(lexemes, first, number.last, number, None, "number with scale, unit from a neighbour")
    bare.bare = True
    return bare


_ONE = {"a", "an", "another", "every", "each", "per"}
_AFTER_A_DOLLAR = {"", ".", ",", ";", "a", "per", "and", "each", "for", "in", "to", "or", ")", "out", "at"}


def _single_unit(lexemes: list[Lexeme], i: int) -> Amount | None:
    """ "a dollar a day", "a dollar and 42 cents"."""
    if lexemes[i].low not in ("a", "one"):
        return None
    if _text(lexemes, i + 1) not in ("dollar", "euro") or _text(lexemes, i + 2) not in _AFTER_A_DOLLAR:
        return None
    if _text(lexemes, i + 2) in ("in", "to", "for", "at", "or", "out"):
        return None
    unit = read_unit(lexemes, i + 1, before=False)
    if unit is None:
        return None
    return _amount(lexemes, i, unit[1], Number(i, i + 1, Decimal(1), worded=True), unit[0], "one unit")


# Unit words that are everyday words or weights: read only with a scale, a state's name, or a numeral this large.
_RISKY = frozenset([
    "pound", "pounds", "mark", "marks", "real", "won", "som", "sum", "lat", "lats", "crown", "crowns", "colon",
    "sol", "soles", "dong", "kip", "lek", "leks", "inti", "tala", "leone", "lev", "leva", "pula", "tolar", "punt",
    "kina", "leu", "lei", "riel", "taka", "sucre", "rand", "birr", "quid", "buck", "bucks", "guarani", "dram",
    "drams", "kuna", "lari", "cordoba", "shilling", "lari", "manat", "colones"
])  # fmt: skip
_RISKY_NEVER_SMALL = frozenset([
    "real", "won", "som", "sum", "lat", "lats", "colon", "sol", "lek", "leks", "inti", "tala", "lev", "pula",
    "punt", "kip", "dong", "leone", "kina", "dram", "drams", "crown", "leu"
])  # fmt: skip
_WEIGHT_AFTER = frozenset([
    "of", "per", "foot", "feet", "force", "torque", "bag", "bags", "man", "woman", "weight", "heavier", "lighter",
    "each", "overweight", "a", "baby", "ball", "class"
])  # fmt: skip


def _is_money(lexemes: list[Lexeme], number: Number, unit: Unit, last: int, hyphened: bool) -> bool:
    word = unit.text.lower()
    if unit.sign:
        code_word = lexemes[last - 1]
        if code_word.kind == "word" and code_word.text in rare_codes():
            return number.scaled
        return True
    if unit.state or word not in _RISKY:
        return True
    big = number.scaled and (number.scale or Decimal(0)) >= 10**5
    after = _text(lexemes, last)
    if word in ("pound", "pounds"):
        if after == "sterling" or (big and not (after in _WEIGHT_AFTER and after != "a")):
            return after != "of" or _money_of(lexemes, last)
        return False if after in _WEIGHT_AFTER or after in _HYPHENS or hyphened else unit.likely
    if word in _RISKY_NEVER_SMALL:
        return big
    return big or (number.value is not None and number.value >= 50 and not number.worded) or unit.likely


def _money_of(lexemes: list[Lexeme], last: int) -> bool:
    return _text(lexemes, last + 1) in (
        "aid",
        "debt",
        "assistance",
        "damage",
        "funding",
        "investment",
        "losses",
        "loans",
        "credit",
        "savings",
        "public",
        "taxpayers",
    )


def _with_minor(lexemes: list[Lexeme], atom: Amount) -> Amount:
    """Adds cents told after the main unit: "13 dollars and 45 cents", "$20 and 43c", "15 dollars 50"."""
    if atom.bare or atom.amount is None or atom.scale is not None or (atom.unit and atom.unit.factor != 1):
        return atom
    j = atom.last
    joined = _text(lexemes, j) == "and"
    k = j + 1 if joined else j
    number = read_number(lexemes, k)
    if (
        number is None
        or number.value is None
        or number.value >= 100
        or number.value != int(number.value)
        or atom.amount != int(atom.amount)
    ):
        return atom
    after = _text(lexemes, number.last)
    if after in MINOR_UNITS and (
        after not in ("c", "p", "m") or lexemes[number.last].start == lexemes[number.last - 1].end
    ):
        last = number.last + 1
    elif (
        (lexemes[k].kind == "num" or lexemes[k].low in _SPELT)
        and after in ("", ".", "more", "and", "of")
        and (joined or number.value >= 10)
        and (lexemes[k].kind == "word" or len(lexemes[k].text) == 2)
    ):
        if (after == "and" and not number.worded) or after == "of":
            return atom
        last = number.last
    else:
        return atom
    return replace(atom, amount=atom.amount + number.value / 100, end=lexemes[last - 1].end, last=last)


_SPELT = frozenset([
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
    "sixty", "seventy", "eighty", "ninety"
])  # fmt: skip
_LINK = re.compile(r"\s{0,3}(?:(?P<to>to|through|-|–|—|‑|‐)|(?P<or>or)|(?P<and>and))\s{0,3}", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|betwixt)\b[^.;]{0,24}$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s(?:\S{1,14}\s){0,3}$", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:ris|rose|fall|fell|increas|decreas|drop|cut|grow|grew|climb|jump|declin|lower|rais|reduc|expand|slash|doubl|tripl|shr[iau]nk|"
    r"go(?:es|ing|ne)? |went|soar|surg|slid|slip|plung|plummet|tumbl|boost|chang|rebound|up |down |revis|improv|swell|advance|lift|upgrad|trim|halv|hik|eas)",
    re.IGNORECASE,
)


_YEAR = re.compile(r"(?:19|20)\d\d")


def _inherit_left(text: str, lexemes: list[Lexeme], atoms: list[Amount]) -> None:
    """Gives a left neighbour the scale and unit that only the right one states: "20 and 30 million euros", "$25-30bn"."""
    for left, right in zip(reversed(atoms[:-1]), reversed(atoms[1:]), strict=True):
        between = text[left.end : right.start]
        link = _LINK.fullmatch(between)
        listed = between.strip() == ","
        if not (link or listed) or left.amount is None:
            continue
        if (right.bare and _is_year(text, right) and left.scale is not None) or (
            left.bare and _is_year(text, left) and right.scale is not None
        ):
            continue  # "8.9 billion dlrs through 1992", "in 1986 to 607 billion rupiah"
        if right.bare and left.unit is not None and right.amount is not None:
            # "$40 to 50 billion", "$25-30 billion"
            if link and not (link["and"] and not _BETWEEN.search(text[max(0, left.start - 40) : left.start])):
                if right.scale is None and not _plain_end(lexemes, right):
                    continue
                right.unit, right.bare = left.unit, False
                right.rule = "range, unit from its other end"
        if right.unit is None:
            continue
        if left.bare and (left.scale is not None or right.unit is not None):
            if left.scale is None and listed:
                continue
            left.unit, left.bare = right.unit, False
            left.amount *= right.unit.factor
            left.rule = "unit from the figure after it"
            if left.scale is None and right.scale is not None and left.amount < _THOUSAND:
                left.amount, left.scale = left.amount * right.scale, right.scale
        elif left.scale is None and right.scale is not None and right.scale >= _THOUSAND and left.unit is not None:
            if _same(left.unit, right.unit) and left.amount < _THOUSAND and (listed or link):
                if listed and not (right.unit.sign and left.unit.sign):
                    continue
                if (
                    link
                    and (link["and"] or listed)
                    and left.amount > (right.amount or right.high or Decimal(0)) / right.scale * 20
                ):
                    continue
                if (
                    link
                    and link["and"]
                    and right.rule.startswith("sign")
                    and not _BETWEEN.search(text[max(0, left.start - 40) : left.start])
                ):
                    continue
                left.amount, left.scale = left.amount * right.scale, right.scale


def _is_year(text: str, atom: Amount) -> bool:
    return atom.scale is None and _YEAR.fullmatch(text, atom.start, atom.end) is not None


def _plain_end(lexemes: list[Lexeme], right: Amount) -> bool:
    """Whether nothing that is counted follows the right end of "$50-60"."""
    after = lexemes[right.last] if right.last < len(lexemes) else None
    return after is None or after.kind == "mark" or after.low in _MONEY_FOLLOWS


def _same(a: Unit | None, b: Unit | None) -> bool:
    return a is not None and b is not None and (a.codes == b.codes or a.text == b.text)


def _ranges(text: str, lexemes: list[Lexeme], atoms: list[Amount], start: int) -> list[Amount]:
    """Joins the two ends of a range into one figure; "from X to Y" told as a change stays two."""
    found: list[Amount] = []
    i = 0
    while i < len(atoms):
        left = atoms[i]
        right = atoms[i + 1] if i + 1 < len(atoms) else None
        if (
            right is None
            or left.unit is None
            or right.unit is None
            or not _same(left.unit, right.unit)
            or left.amount is None
        ):
            found.append(left)
            i += 1
            continue
        # "$50, $60, $70 billion"
        run = i
        while (
            run + 1 < len(atoms)
            and text[atoms[run].end : atoms[run + 1].start].strip() == ","
            and _rising(atoms[run], atoms[run + 1])
            and run - i < 3
        ):
            run += 1
        if run - i >= 2 and left.scale is not None:
            found.append(_join(left, atoms[run]))
            i = run + 1
            continue
        link = _LINK.fullmatch(text[left.end : right.start])
        if link is None and (
            m := re.fullmatch(
                r"\s{0,2}(?:to|and|or)\s(?:as much as|as many as|about|around|perhaps|even|some)\s",
                text[left.end : right.start],
            )
        ):
            link = _LINK.match(text[left.end : right.start]) if m and "to " in m.group() else None
        before = text[max(start, left.start - 90) : left.start]
        upper = right.amount if right.amount is not None else right.high
        if link is None or upper is None:
            found.append(left)
            i += 1
            continue
        is_range = False
        if _BETWEEN.search(before[-40:]):
            is_range = left.amount < upper
        elif link["to"]:
            if _FROM.search(before) and link["to"].isalpha():
                is_range = left.amount < upper and not _CHANGE.search(before) and right.amount is not None
            else:
                # "rose $43 million to $419 million" is a change too
                changed = link["to"].isalpha() and _CHANGE.search(before[-28:])
                is_range = left.amount < upper and right.amount is not None and not changed
        elif link["or"]:
            is_range = left.amount < upper <= left.amount * 3
        if is_range:
            found.append(_join(left, right))
            i += 2
        else:
            found.append(left)
            i += 1
    return found


def _rising(a: Amount, b: Amount) -> bool:
    return (
        a.amount is not None and b.amount is not None and _same(a.unit, b.unit) and a.amount < b.amount <= 2 * a.amount
    )


def _join(left: Amount, right: Amount) -> Amount:
    return replace(
        left, end=right.end, amount=None, low=left.amount, high=right.amount if right.amount is not None else right.high,
        scale=right.scale, last=right.last, rule="range", unit=left.unit if left.unit and left.unit.sign else right.unit,
    )  # fmt: skip


_MONEY_FOLLOWS = frozenset([
    "for", "from", "in", "to", "was", "were", "is", "are", "and", "or", "as", "at", "by", "on", "over", "up",
    "down", "after", "before", "this", "last", "next", "a", "per", "annually", "yearly", "each", "the", "more",
    "less", "had", "has", "have", "will", "would", "with", "which", "that", "than", "against", "vs", "versus",
    "compared", "came", "went", "goes", "remained", "to", "toward", "towards", "during", "since", "until", "under",
    "would", "could", "should", "may", "might", "if", "when", "while", "because", "but", "who", "whose", "between",
    "within", "through", "net", "gross", "pretax", "respectively", "only", "also", "so", "far", "year-earlier",
    "earlier", "later", "today", "yesterday", "among", "excluding", "including", "ended", "due"
])  # fmt: skip


def _inherit(text: str, lexemes: list[Lexeme], atoms: list[Amount], known: Unit | None, cue: bool) -> list[Amount]:
    """Keeps figures with a unit, and numbers with a scale that a neighbour's unit and the words about show to be money."""
    found: list[Amount] = []
    own = next((a.unit for a in atoms if a.unit is not None), None)
    last_unit: Unit | None = None
    counted_before = False
    for n, atom in enumerate(atoms):
        if atom.unit is not None:
            last_unit, counted_before = atom.unit, False
            found.append(atom)
            continue
        after = lexemes[atom.last] if atom.last < len(lexemes) else None
        unit = last_unit or known or own
        if unit is None or unit.factor != 1:
            continue
        nxt = atoms[n + 1] if n + 1 < len(atoms) else None
        converted = (
            nxt is not None and nxt.unit is not None and text[atom.end : nxt.start].strip() == "(" and atom.scale is None
            and atom.amount is not None and atom.amount >= 1000 and not _same(unit, nxt.unit) and last_unit is not None
        )  # fmt: skip
        if converted:
            earlier = next(
                (a.unit for a in reversed(found) if a.unit and not _same(a.unit, nxt.unit if nxt else None)), None
            )
            if earlier is not None:
                atom.unit, atom.bare = earlier, False
                found.append(atom)
                continue
        if atom.scale is None or atom.scale < 10**5:
            continue
        plain = (
            after is None or (after.kind == "mark" and after.text not in ("%", "-", "°")) or after.low in _MONEY_FOLLOWS
        )
        if not plain:
            counted_before = True
            continue
        speaks = cue if last_unit is None else (cue or atom.amount is not None)
        if counted_before or not speaks or _COUNT_BEFORE.search(text[max(0, atom.start - 40) : atom.start]):
            continue
        if last_unit is None and known is None and own is None:
            continue
        atom.unit, atom.bare = unit, False
        found.append(atom)
    return found


_COUNT_BEFORE = re.compile(
    r"\b(?:population|people|viewers|users|barrels|tonnes|tons|jobs|members|customers|workers|votes|units|shares)\b[^,;:]{0,30}$",
    re.IGNORECASE,
)

_MARKS = r"(?:(?:a|the|an|its|their|just|that|only|well|far|in)\s{1,2}){0,2}$"
_LEFT = [
    ("at_most", re.compile(r"\b(?:no|not)\s(?:more|greater|higher)\sthan\s" + _MARKS, re.I)),
    ("at_least", re.compile(r"\b(?:no|not)\s(?:less|fewer|lower)\sthan\s" + _MARKS, re.I)),
    ("at_least", re.compile(r"\b(?:more than|over|at least|in excess of|exceed(?:s|ed|ing)?|above|upwards? of|north of|a minimum of|minimum|greater than|higher than|surpass(?:es|ed|ing)?|topp(?:ed|ing)|tops|beyond|better than|excess of)\s" + _MARKS, re.I)),
    ("at_most", re.compile(r"\b(?:up to|less than|under|below|at most|as much as|as high as|as many as|a maximum of|maximum of|maximum|ceiling of|capped at|fewer than|lower than|limit of|cap of|could reach|not exceeding|within)\s" + _MARKS, re.I)),
    ("approximately", re.compile(r"(?:\b(?:about|around|approximately|approx\.?|roughly|some|nearly|almost|estimated(?: at)?|close to|circa|an estimated|on the order of|in the region of|in the neighbou?rhood of|just short of|something like|reported|near|or so|reportedly|virtually)\s|~\s?)" + _MARKS, re.I)),
]  # fmt: skip
_RIGHT = [
    ("at_least", re.compile(r"\s{0,2}(?:or more|or above|and up|and above|or higher|plus\b|-plus|\+)", re.I)),
    ("at_most", re.compile(r"\s{0,2}(?:or less|or under|or fewer|at most)", re.I)),
    ("approximately", re.compile(r"\s{0,2}(?:or so|-odd|odd\b|or thereabouts|give or take)", re.I)),
]
_PER = re.compile(
    r"\s{0,2}(?:U\.?S\.?\s)?(?:(?:a|an|per|each|for each|for every|for a|every|/)\s{0,1}|-a-|/)"
    r"(barrels?|bbl|share|tonnes?|ton|metric ton|ounce|oz|pound|lb|bushel|gallon|lit(?:re|er)|kg|kilo(?:gram)?|head|person|copy|ticket|unit|mmbtu|mwh|kwh|square\s\w{1,6}|acre|hectare|dozen|bottle|piece|seat|night|bale|carat|troy ounce|word|page|hour|day|week|month|head)\b",
    re.I,
)
_TIME_RATES = frozenset(["hour", "day", "week", "month"])


def _qualify(text: str, amount: Amount, start: int, end: int) -> None:
    """Sets the qualifier from the words beside the figure, and the unit of a price."""
    before = text[max(start, amount.start - 45) : amount.start]
    after = text[amount.end : min(end, amount.end + 32)]
    if amount.qualifier == "exact":
        for value, pattern in _LEFT:
            if pattern.search(before):
                amount.qualifier = value
                break
        else:
            for value, pattern in _RIGHT:
                if pattern.match(after):
                    amount.qualifier = value
                    break
    per = _PER.match(after)
    if per:
        amount.per = per[1].lower()


def is_price(amount: Amount) -> bool:
    """Whether it is a price for one of something, not a rate in time."""
    return amount.per is not None and amount.per not in _TIME_RATES
