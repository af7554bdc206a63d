"""Orders of magnitude that are money without a unit where they are spent ("spent billions", "millions in aid"), and nouns for money."""

from __future__ import annotations

from pipelines.extract.money.lexemes import Lexeme, text_at
from pipelines.extract.money.units import Unit
from pipelines.reference.currency_units import codes_by_word
from pipelines.reference.word_lists import word_list

SPENT_SCALES = frozenset({"millions", "billions", "trillions"})
# Theirs, as long as the text has no other unit.
DOLLARS = Unit("dollars", codes_by_word()["dollars"])
# What is counted in money: behind its sum ("a 10 million mark loan"), and behind "in" or "of" ("2 million pounds of aid").
MONEY_NOUNS = word_list("sum_words.csv", "nouns of money")
# What millions that are told "in" it are, without a unit: not all of what money is counted in ("millions in the public sector").
_SPENT_IN = word_list("sum_words.csv", "nouns of money itself")
_SPENDING = word_list("sum_words.csv", "verbs of spending")


def is_spent(lexemes: list[Lexeme], i: int, last: int) -> bool:
    """Whether "millions" from lexeme `i` to before `last` are money, as the verb before or the noun behind shows."""
    if text_at(lexemes, i) not in SPENT_SCALES:
        return False
    j = last + (text_at(lexemes, last) == "more")
    behind = [text_at(lexemes, k) for k in range(j + 1, j + 4)]
    if text_at(lexemes, j) == "in" and not _SPENT_IN.isdisjoint(behind):
        return True
    return text_at(lexemes, i - 1) in _SPENDING and text_at(lexemes, last) != "of"
