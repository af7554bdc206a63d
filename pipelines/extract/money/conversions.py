"""Conversions that the text itself gives: "100 million euros ($107 million)"."""

from __future__ import annotations

import re

from pipelines.extract.facts import Figure
from pipelines.language.parse import Parse

_OPENS = re.compile(
    r"\s{0,2}(?:[(\[/~]|,? (?:or|equivalent to|equal to|which is|worth|approximately))\s{0,2}(?:(?:~|about|approx\.?|approximately|around|or|some|roughly|equivalent to|over|nearly|US)\s{0,2}){0,2}",
    re.IGNORECASE,
)


def state_usd(parse: Parse, figures: list[Figure]) -> None:
    """Sets `usd_stated` of a foreign amount where the next figure is the same money in dollars, or the one before it."""
    for left, right in zip(figures, figures[1:], strict=False):
        if left.sentence_index != right.sentence_index or not _OPENS.fullmatch(
            parse.text[left.end_char : right.start_char]
        ):
            continue
        if left.currency == right.currency or left.amount is None or right.amount is None:
            continue
        if right.currency == "USD":
            left.usd_stated = right.amount
        elif left.currency == "USD":
            right.usd_stated = left.amount
