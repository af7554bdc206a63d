"""The mean of the weights of several runs of one shape, as a run: what each learnt last weighs less, what they share stays.

    python -m training.reader.average OUT RUN/model.pt RUN/model.pt …

After Wortsman et al. 2022 (model soups): runs that went on from one another, or from one start, lie so near that the mean of
their weights is a reader too, mostly a better one on text that none has seen. The content beside the weights is the first run's.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch


def mean_of(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A run from the contents of several `model.pt`. Raises ValueError where their shapes, or the layers kept as published, differ."""
    first = runs[0]
    for other in runs[1:]:
        if (other["shape"], other["frozen"]) != (first["shape"], first["frozen"]):
            raise ValueError(f"These runs are of two shapes and have no mean: {first['shape']}, {other['shape']}.")
    weights = {
        name: torch.stack([r["model"][name].float() for r in runs]).mean(0).to(value.dtype)
        if value.is_floating_point()
        else value
        for name, value in first["model"].items()
    }
    return first | {"model": weights}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("out", type=Path)
    ask.add_argument("runs", type=Path, nargs="+")
    given = ask.parse_args()
    content = mean_of([torch.load(path, weights_only=True) for path in given.runs])
    given.out.mkdir(parents=True, exist_ok=True)
    torch.save(content, given.out / "model.pt")


if __name__ == "__main__":
    main()
