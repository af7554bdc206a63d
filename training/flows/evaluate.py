"""How many labelled sets come out right as a whole: who is grouped with whom, and what is part of what.

`python -m training.flows.evaluate [FILE …]` prints each set that does not. `fresh.psv` was written after the features and
patterns were settled, and has not been learnt from or looked at since.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from itertools import combinations

import numpy as np

from pipelines.resolve.flows.build import grouped_reports
from pipelines.resolve.flows.decision import CLASSES
from training.flows import dataset


def right_sets(lines: list[dict[str, str]]) -> dict[str, list[str]]:
    """Set -> what is wrong in it, in words; empty where all is right."""
    groups = grouped_reports(dataset.reports(lines))
    rows: dict[str, list[int]] = defaultdict(list)
    for n, line in enumerate(lines):
        rows[line["set"]].append(n)
    wrong: dict[str, list[str]] = {name: [] for name in rows}
    columns = groups.scored.columns
    for name, members in rows.items():
        pairs = np.array(list(combinations(members, 2)), dtype=np.uint32).reshape(-1, 2)
        small, large = columns.ordered(pairs)
        for a, b, label in zip(small, large, dataset.labels(lines, small, large), strict=True):
            found = groups.relation(int(a), int(b))
            if found != CLASSES[label]:
                wrong[name].append(f"{lines[a]['amount']} and {lines[b]['amount']}: {CLASSES[label]}, told {found}")
    return wrong


def main(names: list[str]) -> None:
    for name in names or ["sets.psv", "desk.psv", "fresh.psv"]:
        found = right_sets(dataset.read(name))
        print(f"{name}: {sum(not w for w in found.values())} of {len(found)} sets right")
        for key, wrong in found.items():
            for text in wrong:
                print(f"   {key}: {text}")


if __name__ == "__main__":
    main(sys.argv[1:])
