"""Whether a number with a scale and no unit ("from 15.3 mln reported a year earlier") is money, as a sum near it is.

The words beside it tell, and what the number before it was; what each is worth is learnt (`learnt`).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipelines.extract.measures import MEASURES
from pipelines.extract.money.amounts import Amount
from pipelines.extract.money.learnt import chance
from pipelines.extract.money.lexemes import Lexeme
from pipelines.reference.word_lists import word_list

DECISION = "elided_unit"
LIKELY = 0.6  # chosen with the weights, on documents that these had not seen
Decide = Callable[[Amount, dict[str, float]], bool]
_COUNT_BEFORE = re.compile(
    rf"\b(?:{'|'.join(sorted(word_list('sum_words.csv', 'what is counted')))})\b[^,;:]{{0,30}}$", re.IGNORECASE
)


def is_elided_money(amount: Amount, evidence: dict[str, float]) -> bool:
    """Whether the evidence of `evidence_of` speaks for money."""
    return chance(DECISION, evidence) >= LIKELY


def evidence_of(
    text: str, lexemes: list[Lexeme], atom: Amount, before: tuple[Amount, bool] | None, unit_is_near: bool, cue: bool
) -> dict[str, float]:
    """What speaks for and against a number being money.

    `before`: the number before it in its sentence, and whether that is money; `unit_is_near`: a unit stands before it in its
    sentence; `cue`: the sentence speaks of money.
    """
    found = {"vague": float(atom.amount is None), "unit before": float(unit_is_near), "words of money": float(cue)}
    after = lexemes[atom.last] if atom.last < len(lexemes) else None
    if after is None or after.kind == "mark":
        found[f"behind: {after.text if after is not None and after.text in '%-°)' else 'end'}"] = 1.0
    elif after.kind == "word":
        found[f"behind: {after.low}"] = 1.0
        found["capital behind"] = float(after.text[0].isupper())
        found["plural behind"] = float(after.low.endswith("s") and len(after.low) > 3)
        found["word behind"] = 1.0
        found["plural soon behind"] = float(_plural_behind(lexemes, atom.last + 1))
    else:
        found["number behind"] = 1.0
    first = lexemes[atom.first - 1] if atom.first else None
    found[f"before: {first.low if first is not None and first.kind == 'word' else 'mark'}"] = 1.0
    if before is not None:
        between = text[before[0].end : atom.start]
        found["a sum before" if before[1] else "a count before"] = 1.0
        if len(between) < 12:
            found["right behind a sum" if before[1] else "right behind a count"] = 1.0
    return found


def _plural_behind(lexemes: list[Lexeme], i: int) -> bool:
    """Whether one of the next words of a phrase looks like a plural: "32 mln new shares"."""
    for lexeme in lexemes[i : i + 3]:
        if lexeme.kind != "word" or lexeme.low in _ENDS:
            return False
        if lexeme.low.endswith("s") and len(lexeme.low) > 3:
            return True
    return False


_ENDS = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "that", "the", "to", "with"]
)


# Measures that are a currency or an everyday word as well.
_NO_MEASURES = frozenset({"in", "pound", "pounds", "point", "points"})
_LEAST_VAGUE = 10**6
_GLUED = re.compile(r"\d[kmbt]$")


def counts_things(text: str, lexemes: list[Lexeme], atom: Amount) -> bool:
    """Whether the words beside a number say plainly that it is no money: "avg shrs 16.0 mln", "18.5 mln bpd", "hundreds of thousands"."""
    after = lexemes[atom.last].low if atom.last < len(lexemes) else ""
    if (after in MEASURES and after not in _NO_MEASURES) or _GLUED.search(text[atom.start : atom.end]):
        return True
    if atom.amount is None and (atom.scale or 0) < _LEAST_VAGUE:
        return True
    return _COUNT_BEFORE.search(text[max(0, atom.start - 40) : atom.start]) is not None
