"""Conversions that the text itself gives: "100 million euros ($107 million)"."""

from __future__ import annotations

import re

from pipelines.extract.facts import Figure
from pipelines.language.parse import Parse

_OPENS = re.compile(
    r"\s{0,2}(?:[(\[/~]|,? (?:or|equivalent to|equal to|which is|worth|approximately))\s{0,2}(?:(?:~|about|approx\.?|approximately|around|or|some|roughly|equivalent to|over|nearly|US)\s{0,2}){0,2}",
    re.IGNORECASE,
)


def is_restated(parse: Parse, left: Figure, right: Figure) -> bool:
    """Whether a figure is the one before it in another currency."""
    return (
        left.currency != right.currency
        and left.amount is not None
        and right.amount is not None
        and _OPENS.fullmatch(parse.text, left.end_char, right.start_char) is not None
    )


def state_usd(parse: Parse, figures: list[Figure]) -> None:
    """Sets `usd_stated` of a foreign amount where the next figure is the same money in dollars, or the one before it."""
    for left, right in zip(figures, figures[1:], strict=False):
        if left.sentence_index != right.sentence_index or not is_restated(parse, left, right):
            continue
        if right.currency == "USD":
            left.usd_stated = right.amount
        elif left.currency == "USD":
            right.usd_stated = left.amount
