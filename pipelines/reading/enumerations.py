"""Entries of a numbered or lettered list among blocks of text: "(c) Togo repays Japan" between (b) and (d) reserves no rights."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

# The style of a marker is its letters and signs, so that "(b)" goes before "(c)" and not before "3.".
_MARKER = re.compile(
    r"(?P<open>[(\[]?)(?:(?P<number>\d{1,3})|(?P<letter>[A-Za-z])|(?P<roman>[ivxIVX]{1,5}))(?P<close>[.)\]:]{1,2})\s+\S"
)
_ROMAN = {"i": 1, "v": 5, "x": 10}


def entries(blocks: Sequence[str]) -> frozenset[int]:
    """Which blocks are entries of a list: their marker goes on from that of the entry before, or the next goes on from theirs.

    Paragraphs without a marker may stand between two entries; a list needs two.
    """
    marked = [(n, marks) for n, block in enumerate(blocks) if (marks := _markers(block))]
    found: set[int] = set()
    for (n, marks), (following, behind) in pairwise(marked):
        if any((style, place + 1) in behind for style, place in marks):
            found |= {n, following}
    return frozenset(found)


def _markers(block: str) -> frozenset[tuple[str, int]]:
    """(style, place in the list) of a block's marker; "(i)" is a letter and a number."""
    marker = _MARKER.match(block)
    if marker is None:
        return frozenset()
    signs = f"{marker['open']}%{marker['close']}"
    if marker["number"]:
        return frozenset([(f"{signs}1", int(marker["number"]))])
    word = marker["letter"] or marker["roman"]
    case = "a" if word.islower() else "A"
    found = {(f"{signs}{case}", ord(word.lower()) - ord("a") + 1)} if marker["letter"] else set()
    if set(word.lower()) <= set(_ROMAN):
        found.add((f"{signs}{case}i", _of_roman(word.lower())))
    return frozenset(found)


def _of_roman(word: str) -> int:
    values = [_ROMAN[c] for c in word]
    return sum(-v if any(w > v for w in values[n + 1 : n + 2]) else v for n, v in enumerate(values))
