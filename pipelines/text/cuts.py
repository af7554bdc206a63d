"""The blocks of a document while it is cleaned: which stay, and why each of the others does not. Nothing is thrown away unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

REPEATED, KNOWN = "repeated by the publisher", "known of the publisher"
FURNITURE, HEADING, ASIDE = "page furniture", "title between paragraphs", "aside of the page"
_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class PlacedCut:
    """Text that cleaning left out: why, and at which character of the cleaned text it stood."""

    reason: str
    text: str
    at_char: int


class Parts:
    """Blocks in order. Those that are not cut so far are addressed by their place among each other."""

    def __init__(self, blocks: list[str]) -> None:
        self._blocks = list(blocks)
        self._reasons: dict[int, str] = {}
        self._before: dict[int, tuple[str, str]] = {}
        self._behind: dict[int, tuple[str, str]] = {}
        self._live = list(range(len(blocks)))

    def kept(self) -> list[str]:
        """Blocks that are left, in order."""
        return [self._blocks[i] for i in self._live]

    def cut(self, reasons: Mapping[int, str]) -> None:
        """Leave out blocks: place among those that are left -> reason."""
        for place, reason in reasons.items():
            self._reasons[self._live[place]] = reason
        self._live = [i for i in self._live if i not in self._reasons]

    def cut_where(self, is_none: Callable[[str], bool], reason: str) -> None:
        """Leave out the blocks that a test picks."""
        self.cut({place: reason for place, block in enumerate(self.kept()) if is_none(block)})

    def shorten(self, place: int, rest: str, reason: str) -> None:
        """Keep but the beginning or the end of a block."""
        i = self._live[place]
        block, self._blocks[i] = self._blocks[i], rest
        if block == rest:
            return
        if block.endswith(rest):
            self._before[i] = (reason, block[: len(block) - len(rest)].strip())
        else:
            self._behind[i] = (reason, block[len(rest) :].strip())

    def has_cut(self, *reasons: str) -> bool:
        """Whether a block was left out for one of the reasons."""
        return any(reason in reasons for reason in self._reasons.values())

    def cuts(self) -> list[PlacedCut]:
        """What was left out, in the order of the document, with its place in the blocks that are left, a blank line between."""
        found: list[PlacedCut] = []
        at = 0
        for i, block in enumerate(self._blocks):
            if i in self._reasons:
                found.append(PlacedCut(self._reasons[i], block, at))
                continue
            if i in self._before:
                found.append(PlacedCut(*self._before[i], at))
            if i in self._behind:
                found.append(PlacedCut(*self._behind[i], at + len(block)))
            at += len(block) + len(_BETWEEN)
        end = max(at - len(_BETWEEN), 0)
        return [c if c.at_char <= end else PlacedCut(c.reason, c.text, end) for c in found]
