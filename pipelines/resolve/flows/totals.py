"""Totals and their parts: which group of reports tells a part of what another tells, and what is left of the total then.

A part is a purpose within a whole, a payment of what was promised, a year of a programme. Running totals of payments ("so far")
replace each other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from pipelines.resolve.flows.decision import CLASSES, THRESHOLD, Scored

# Parts may add up to this much more than their total (rounding); what is left below the rest is nothing.
SLACK = 1.02
NOTHING_LEFT = 0.02
# Days between reports of a part and of a whole whose years it is not of.
FAR = 400
_PART = CLASSES.index("part")
_ASKED, _UNDONE = "requested", ("suspended", "cancelled", "repaid")


@dataclass
class Group:
    """What its reports say together of one flow: dollars, the sum told in its currency where they agree on one, and how many
    times that sum its parts may make (more than 1 where it is told as "about" or "more than")."""

    number: int
    usd: float
    status: str | None
    is_cumulative: bool
    first_reported: int
    last_reported: int
    has_both_ends: bool = True
    stated: float | None = None
    currency: str | None = None
    room: float = 1.0

    def size_in(self, whole: Group) -> float:
        """Dollars of this group within a whole: in their currency where both have one, since each has the dollars of its day."""
        if self.currency == whole.currency and self.stated and whole.stated:
            return whole.usd * self.stated / whole.stated
        return self.usd


@dataclass
class Tree:
    """Parents and children of groups; `pair` is the pair of reports that made a group a part of its parent, `size` its dollars within it."""

    parent: dict[int, int] = field(default_factory=dict)
    size: dict[int, float] = field(default_factory=dict)
    children: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    pair: dict[int, int] = field(default_factory=dict)
    superseded_by: dict[int, int] = field(default_factory=dict)

    def top(self, number: int) -> int:
        """The whole of wholes that a group is part of; itself where it is none."""
        while number in self.parent:
            number = self.parent[number]
        return number


def parts(groups: dict[int, Group], of: np.ndarray, scored: Scored) -> Tree:
    """Make groups parts of others: the surest total of each, as long as all parts fit into it."""
    tree = Tree()
    chance = np.where(_surely_apart(scored, of), 0.0, scored.probabilities[:, _PART])
    is_linked = scored.columns.part_of[scored.small] == scored.large
    wanted: dict[int, tuple[float, int, int]] = {}
    for pair in np.flatnonzero(chance >= THRESHOLD).tolist():
        small, large = int(of[scored.small[pair]]), int(of[scored.large[pair]])
        if small == large or not _may_be_part(groups[small], groups[large], bool(is_linked[pair])):
            continue
        offer = (float(chance[pair]), -large, pair)
        if small not in wanted or offer > wanted[small]:
            wanted[small] = offer
    by_parent: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
    for small, (p, large, pair) in wanted.items():
        by_parent[-large].append((p, small, pair))
    for large, offers in sorted(by_parent.items()):
        _take(tree, groups, large, sorted(offers, key=lambda o: (-o[0], o[1])))
    return tree


def _surely_apart(scored: Scored, of: np.ndarray) -> np.ndarray:
    """Pairs that are no part and whole, shape (pairs,): the sums of two named givers where no report of the whole tells that several give it; one
    figure's sums of two who each give it; a sum told long before or after the years of a whole that no text links it to."""
    c, s, g = scored.columns, scored.small, scored.large
    is_joint = np.isin(of[g], of[c.is_joint])
    of_others = (c.giver[s] >= 0) & (c.giver[g] >= 0) & (c.giver[s] != c.giver[g]) & ~is_joint
    told = np.where(np.isnan(c.first_year[s]), c.year[s], c.first_year[s])
    of_other_time = (told > c.last_year[g] + 1) & (np.abs(c.published[s] - c.published[g]) > FAR) & (c.part_of[s] != g)
    return np.asarray(of_others | of_other_time | (c.figure[s] == c.figure[g]))


def _may_be_part(small: Group, large: Group, is_linked: bool) -> bool:
    if small.size_in(large) >= large.usd or large.status in _UNDONE or small.status in _UNDONE:
        return False
    # Of what is asked for a part is asked for, where the text says so ("$4.6 billion, including $3.2 billion in grants").
    if (large.status == _ASKED or small.status == _ASKED) and not (is_linked and large.status == small.status):
        return False
    # Where an end is unknown, two sums may be of two ends, unless their text says that one is of the other.
    if not is_linked and not (small.has_both_ends and large.has_both_ends):
        return False
    return not large.is_cumulative or small.is_cumulative


def _take(tree: Tree, groups: dict[int, Group], large: int, offers: list[tuple[float, int, int]]) -> None:
    offers = _latest_of_running(tree, groups, offers)
    sum_of_parts = 0.0
    for _, small, pair in offers:
        size = groups[small].size_in(groups[large])
        if sum_of_parts + size > max(SLACK, groups[large].room) * groups[large].usd:
            continue
        sum_of_parts += size
        tree.parent[small], tree.pair[small], tree.size[small] = large, pair, size
        tree.children[large].append(small)


def _latest_of_running(
    tree: Tree, groups: dict[int, Group], offers: list[tuple[float, int, int]]
) -> list[tuple[float, int, int]]:
    """The parts without payments that a later running total of payments holds already."""
    running = [small for _, small, _ in offers if groups[small].is_cumulative]
    if not running:
        return offers
    latest = max(running, key=lambda n: (groups[n].last_reported, groups[n].usd))
    kept = []
    for offer in offers:
        group = groups[offer[1]]
        held = group.is_cumulative or group.status == "disbursed"
        if (
            offer[1] != latest
            and held
            and group.first_reported <= groups[latest].last_reported
            and group.usd <= groups[latest].usd
        ):
            tree.superseded_by[offer[1]] = latest
        else:
            kept.append(offer)
    return kept
