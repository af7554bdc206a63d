"""Puts reports of one flow together: pairs scored as the same are joined, surest first, unless that would join two that surely differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.resolve.flows.decision import CLASSES, THRESHOLD, Scored

# Two reports at least this sure to differ are never in one flow, whatever stands between them.
SURELY_DIFFERENT = 0.8
# Amounts further apart (natural logarithm) are no roundings of each other.
ROUNDED = 0.07
# Amounts told with more digits than this are told in full.
MOST_DIGITS = 4
_SAME, _DIFFERENT = CLASSES.index("same"), CLASSES.index("different")


@dataclass(frozen=True)
class Groups:
    """`of`: group of each report (its smallest row number), shape (reports,). `pair`: the pair of `Scored` that speaks most
    for a report's place in its group, -1 where it is alone."""

    of: np.ndarray
    pair: np.ndarray


class _Forest:
    """Union-find that remembers which groups must not be joined."""

    def __init__(self, size: int) -> None:
        self.root = list(range(size))
        self.apart: dict[int, set[int]] = {}

    def find(self, n: int) -> int:
        while self.root[n] != n:
            self.root[n] = self.root[self.root[n]]
            n = self.root[n]
        return n

    def keep_apart(self, a: int, b: int) -> None:
        self.apart.setdefault(a, set()).add(b)
        self.apart.setdefault(b, set()).add(a)

    def join(self, a: int, b: int) -> bool:
        """Join two groups; False where they must stay apart."""
        a, b = self.find(a), self.find(b)
        if a == b:
            return True
        one, other = self.apart.get(a, set()), self.apart.get(b, set())
        if len(one) < len(other):
            a, b, one, other = b, a, other, one
        if b in one or a in other:
            return False
        self.root[b] = a
        for third in other:
            self.apart[third].discard(b)
            self.apart[third].add(a)
        if other:
            self.apart.setdefault(a, set()).update(other)
            self.apart.pop(b, None)
        return True


def _contradicting(scored: Scored) -> np.ndarray:
    """Pairs of other amounts in one document: a report contradicts others, not itself. And one figure's sums of two who each give it."""
    c, a, b = scored.columns, scored.small, scored.large
    is_far = np.abs(np.log(c.usd[a] / c.usd[b])) > ROUNDED
    is_exact = ~c.is_approximate[a] & ~c.is_approximate[b] & (c.currency[a] == c.currency[b])
    # "3.6 billion" and "3.7 billion" may be one sum told twice, 1.83 and 1.95 billion are not.
    is_exact &= (_digits(c.amount[a]) > 2) & (_digits(c.amount[b]) > 2)
    is_other = is_exact & (c.amount[a] != c.amount[b]) & ~is_rounding(c.amount[a], c.amount[b])
    return np.asarray(((c.document[a] == c.document[b]) & (is_far | is_other)) | c.of_two_agencies(a, b))


def is_rounding(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Whether one of two amounts is the other rounded to fewer digits (9 of 9.4, 1.9 of 1.85); true where one is not known."""
    found = np.isnan(a) | np.isnan(b)
    for coarse, fine in ((a, b), (b, a)):
        for digits in range(1, MOST_DIGITS + 1):
            with np.errstate(invalid="ignore", divide="ignore"):
                step = 10 ** (np.floor(np.log10(coarse)) - digits + 1)
                has_digits = np.abs(coarse / step - np.round(coarse / step)) < 1e-6
                found |= has_digits & (np.abs(fine - coarse) <= step / 2 * (1 + 1e-6)) & (digits < _digits(fine))
    return found


def _digits(amount: np.ndarray) -> np.ndarray:
    """How many digits an amount is told with: 2 of 9.4 million, `MOST_DIGITS` + 1 at most."""
    found = np.full(amount.shape, MOST_DIGITS + 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        for digits in range(MOST_DIGITS, 0, -1):
            step = 10 ** (np.floor(np.log10(amount)) - digits + 1)
            found[np.abs(amount / step - np.round(amount / step)) < 1e-6] = digits
    return found


def _of_other_givers(scored: Scored) -> np.ndarray:
    """Pairs that name two givers: who gave one sum is one, and of two who are asked for the same sum each is asked for it."""
    giver_a, giver_b = scored.columns.giver[scored.small], scored.columns.giver[scored.large]
    return np.asarray((giver_a >= 0) & (giver_b >= 0) & (giver_a != giver_b))


def _taken_back(scored: Scored) -> np.ndarray:
    """Pairs of a report and a later one that takes back the very sum which it told: wrong, or a promise that was changed."""
    c, a, b = scored.columns, scored.small, scored.large
    by_b = c.is_correction[b] & (c.takes_back[b] == c.amount[a]) & (c.published[a] <= c.published[b])
    by_a = c.is_correction[a] & (c.takes_back[a] == c.amount[b]) & (c.published[b] <= c.published[a])
    return np.asarray((c.currency[a] == c.currency[b]) & (by_a | by_b))


def group(size: int, scored: Scored) -> Groups:
    """Groups of the reports 0 to `size`. The same pairs in any order give the same groups."""
    forest = _Forest(size)
    taken_back, apart = _taken_back(scored), _contradicting(scored) | _of_other_givers(scored)
    surely = (scored.probabilities[:, _DIFFERENT] >= SURELY_DIFFERENT) & ~taken_back
    chance = np.where(apart, 0.0, scored.probabilities[:, _SAME])
    chance[taken_back] = 1.0
    wanted = np.flatnonzero(chance >= THRESHOLD)
    # Only reports that are to be joined with some other need to be kept apart from any.
    joins = np.zeros(size, dtype=bool)
    joins[scored.small[wanted]] = joins[scored.large[wanted]] = True
    for pair in np.flatnonzero((surely | apart) & joins[scored.small] & joins[scored.large]).tolist():
        forest.keep_apart(int(scored.small[pair]), int(scored.large[pair]))
    best = np.full(size, -1, dtype=np.int64)
    for pair in wanted[np.lexsort((scored.large[wanted], scored.small[wanted], -chance[wanted]))].tolist():
        small, large = int(scored.small[pair]), int(scored.large[pair])
        if forest.join(small, large):
            for report in (small, large):
                if best[report] < 0:
                    best[report] = pair
    roots = np.array([forest.find(n) for n in range(size)], dtype=np.int64)
    smallest = np.full(size, size, dtype=np.int64)
    np.minimum.at(smallest, roots, np.arange(size))
    return Groups(smallest[roots], best)
