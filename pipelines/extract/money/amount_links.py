"""What amounts of a sentence lend each other: scale and unit along lists, the two ends of ranges."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from pipelines.extract.money.amounts import Amount
from pipelines.extract.money.elided import Decide, counts_things, evidence_of, is_elided_money
from pipelines.extract.money.lexemes import Lexeme
from pipelines.extract.money.units import Unit
from pipelines.reference.months import MONTHS

_THOUSAND = Decimal(1000)
_LINK = re.compile(r"\s{0,3}(?:(?P<to>to|through|-|–|—|‑|‐)|(?P<or>or)|(?P<and>and))\s{0,3}", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|betwixt)\b[^.;]{0,24}$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s(?:\S{1,14}\s){0,3}$", re.IGNORECASE)
_BY = re.compile(r"\bby\s(?:\S{1,14}\s){0,3}$", re.IGNORECASE)
_DAY = re.compile(rf"\b(?:{'|'.join(MONTHS)})\.?\s$", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:ris|rose|fall|fell|increas|decreas|drop|cut|grow|grew|climb|jump|declin|lower|rais|reduc|expand|slash|doubl|tripl|shr[iau]nk|"
    r"go(?:es|ing|ne)? |went|soar|surg|slid|slip|plung|plummet|tumbl|boost|chang|rebound|up |down |revis|improv|swell|advance|lift|upgrad|trim|halv|hik|eas)",
    re.IGNORECASE,
)


_YEAR = re.compile(r"(?:19|20)\d\d")


def inherit_left(text: str, lexemes: list[Lexeme], atoms: list[Amount]) -> None:
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
        if left.bare and left.scale is None and _DAY.search(text, max(0, left.start - 12), left.start):
            continue  # "December 31 and 79 mln dlrs"
        if right.bare and left.unit is not None and right.amount is not None:
            # "$40 to 50 billion", "$25-30 billion"
            if link and not (link["and"] and not _BETWEEN.search(text[max(0, left.start - 40) : left.start])):
                if right.scale is None and not _plain_end(lexemes, right):
                    continue
                right.unit, right.bare = left.unit, False
                right.made_by = "range, unit from its other end"
        if right.unit is None:
            continue
        if left.bare and (left.scale is not None or right.unit is not None):
            if left.scale is None and listed:
                continue
            left.unit, left.bare = right.unit, False
            left.amount *= right.unit.factor
            left.made_by, left.shares_unit = "unit from the figure after it", left.scale is None
            if left.scale is None and right.scale is not None and _shares_scale(left, right, link is not None):
                left.amount, left.scale = left.amount * _shared_scale(text, left, right), right.scale
        elif left.scale is None and right.scale is not None and right.scale >= _THOUSAND and left.unit is not None:
            if _same(left.unit, right.unit) and _shares_scale(left, right, link is not None) and (listed or link):
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
                    and right.unit_leads
                    and not _BETWEEN.search(text[max(0, left.start - 40) : left.start])
                ):
                    continue
                left.amount, left.scale = left.amount * _shared_scale(text, left, right), right.scale


def _shares_scale(left: Amount, right: Amount, linked: bool) -> bool:
    """Whether a number without a scale is so small, or so near the next one's numeral, that it has its scale ("5,000-6,000 crore")."""
    assert left.amount is not None
    assert right.scale is not None
    if left.amount < _THOUSAND:
        return True
    return linked and right.amount is not None and left.amount < right.amount / right.scale <= 20 * left.amount


def _shared_scale(text: str, left: Amount, right: Amount) -> Decimal:
    """The scale that the left end takes from the right one: "two to three hundred million" shares the hundred too."""
    assert right.scale is not None
    words = text[right.start : right.end].lower().split()
    hundred = len(words) > 1 and words[1] == "hundred" and left.amount is not None and left.amount < 10
    return right.scale * 100 if hundred and not text[left.start : left.end].isdigit() else right.scale


def _is_year(text: str, atom: Amount) -> bool:
    return atom.scale is None and _YEAR.fullmatch(text, atom.start, atom.end) is not None


def _plain_end(lexemes: list[Lexeme], right: Amount) -> bool:
    """Whether nothing that is counted follows the right end of "$50-60"."""
    after = lexemes[right.last] if right.last < len(lexemes) else None
    return after is None or after.kind == "mark" or after.low in _MONEY_FOLLOWS


def _same(a: Unit | None, b: Unit | None) -> bool:
    return a is not None and b is not None and (a.codes == b.codes or a.text == b.text)


def join_ranges(text: str, lexemes: list[Lexeme], atoms: list[Amount], start: int) -> list[Amount]:
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
        if run - i >= 2 and left.scale is not None and not _ends_in_and(text, atoms, run):
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
        if left.scale == right.scale and upper < left.amount and text[left.end : right.start] in ("-", "–"):
            found.append(replace(_join(left, right), low=upper, high=left.amount))  # "Rs 9-7 lakh"
            i += 2
            continue
        if _BETWEEN.search(before[-40:]):
            is_range = left.amount < upper
        elif link["to"]:
            if _FROM.search(before) and link["to"].isalpha():
                is_range = left.amount < upper and not _CHANGE.search(before) and right.amount is not None
            else:
                # "rose $43 million to $419 million" is a change too
                changed = link["to"].isalpha() and _CHANGE.search(before[-28:])
                # "fell by $15 million to $20 million": two ends so near are how much, not from where to where
                # one number alone has not changed: "raise a 30 to 35 million dollar loan"
                changed = changed and not left.shares_unit
                by = _BY.search(before) is not None
                changed = (changed and not by) or (by and upper > left.amount * 2 and not left.shares_unit)
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


def _ends_in_and(text: str, atoms: list[Amount], run: int) -> bool:
    """Whether a list goes on behind an element with "and" and its last one: "$2 million, $3 million, $4 million and $5 million" are four."""
    return run + 1 < len(atoms) and text[atoms[run].end : atoms[run + 1].start].strip(" ,") == "and"


def _rising(a: Amount, b: Amount) -> bool:
    return (
        a.amount is not None and b.amount is not None and _same(a.unit, b.unit) and a.amount < b.amount <= 2 * a.amount
    )


def _join(left: Amount, right: Amount) -> Amount:
    return replace(
        left, end=right.end, amount=None, low=left.amount, high=right.amount if right.amount is not None else right.high,
        scale=right.scale, last=right.last, made_by="range", unit=left.unit if left.unit and left.unit.sign else right.unit,
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


def inherit(
    text: str,
    lexemes: list[Lexeme],
    atoms: list[Amount],
    known: Unit | None,
    cue: bool,
    decide: Decide = is_elided_money,
) -> list[Amount]:
    """Keeps figures with a unit, and numbers with a scale that are money as a sum near them is, as `decide` says."""
    found: list[Amount] = []
    own = next((a.unit for a in atoms if a.unit is not None), None)
    last_unit: Unit | None = None
    before: tuple[Amount, bool] | None = None
    for n, atom in enumerate(atoms):
        if atom.unit is not None:
            last_unit, before = atom.unit, (atom, True)
            found.append(atom)
            continue
        unit = last_unit or known or own
        if unit is None or unit.factor != 1:
            continue
        nxt = atoms[n + 1] if n + 1 < len(atoms) else None
        if nxt is not None and last_unit is not None and _is_converted(text, atom, nxt, unit):
            earlier = next((a.unit for a in reversed(found) if a.unit and not _same(a.unit, nxt.unit)), None)
            if earlier is not None:
                atom.unit, atom.bare = earlier, False
                found.append(atom)
                continue
        if atom.low is not None and atom.scale is None and found and found[-1].scale is None and last_unit is not None:
            atom.unit, atom.bare = unit, False  # "1.8205/15 marks from an early 1.8230/40"
            found.append(atom)
            continue
        if atom.scale is None or atom.scale < 10**5:
            continue
        is_money = not counts_things(text, lexemes, atom) and decide(
            atom, evidence_of(text, lexemes, atom, before, last_unit is not None, cue)
        )
        before = (atom, is_money)
        if is_money:
            atom.unit, atom.bare = unit, False
            found.append(_with_lower_end(text, atoms[n - 1] if n else None, atom))
    return found


def _is_converted(text: str, atom: Amount, behind: Amount, unit: Unit) -> bool:
    """Whether a number without unit is told again in another currency behind it: "2,380,000 ($21,972)"."""
    return (
        behind.unit is not None
        and text[atom.end : behind.start].strip() == "("
        and atom.scale is None
        and atom.amount is not None
        and atom.amount >= 1000
        and not _same(unit, behind.unit)
    )


def _with_lower_end(text: str, left: Amount | None, right: Amount) -> Amount:
    """A sum whose unit a neighbour lends, as a range where its lower end stands before it: "between 200 and 300 million"."""
    if left is None or not left.bare or left.scale is not None or left.amount is None:
        return right
    if right.amount is None or right.scale is None or _is_year(text, left):
        return right
    link = _LINK.fullmatch(text[left.end : right.start])
    between = _BETWEEN.search(text[max(0, left.start - 40) : left.start]) is not None
    if link is None or not (between or link["to"]) or not left.amount * right.scale < right.amount:
        return right
    return _join(replace(left, amount=left.amount * right.scale, unit=right.unit), right)
