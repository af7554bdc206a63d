"""Windows with their targets in one .npz: ragged rows as flat arrays with offsets.

Written by `prepare` and read by `train`, in different environments: numpy alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np


class Writer:
    """Gathers windows and their anchors (triggers and amounts)."""

    def __init__(self, relations: Sequence[str]) -> None:
        self._relations = list(relations)
        self._windows: list[dict[str, Any]] = []
        self._anchors: list[dict[str, Any]] = []

    def window(self, **row: Any) -> None:
        """Add a window; what follows by `anchor` belongs to it."""
        self._windows.append(row)

    def anchor(self, links: Mapping[str, list[int] | None], **row: Any) -> None:
        """Add an anchor of the last window. `links` tells, a relation, the words it leads to; [] none, None or absent unknown."""
        words = len(self._windows[-1]["types"])
        target = np.full((len(self._relations), words), -1, dtype=np.int8)
        for r, relation in enumerate(self._relations):
            found = links.get(relation)
            if found is not None:
                target[r] = 0
                target[r, found] = 1
        self._anchors.append(row | {"window": len(self._windows) - 1, "target": target.T})

    def save(self, path: Path) -> None:
        """Write all."""
        flat: dict[str, np.ndarray] = {"relations": np.array(self._relations)}
        for name in ("pieces", "word_of", "codes", "types", "weight", "mention", "sentence"):
            flat[name] = np.concatenate([w[name] for w in self._windows])
        for name in ("fold", "document", "first"):
            flat[f"window_{name}"] = np.array([w[name] for w in self._windows])
        flat["piece_offsets"] = np.cumsum([0, *(len(w["pieces"]) for w in self._windows)])
        flat["word_offsets"] = np.cumsum([0, *(len(w["types"]) for w in self._windows)])
        for name in ("window", "word", "type", "mode", "kind", "stage", "sector", "factuality", "weight"):
            flat[f"anchor_{name}"] = np.array([a[name] for a in self._anchors])
        flat["anchor_paths"] = np.concatenate([a["paths"] for a in self._anchors])
        flat["anchor_target"] = np.concatenate([a["target"] for a in self._anchors])
        flat["anchor_offsets"] = np.cumsum([0, *(len(a["paths"]) for a in self._anchors)])
        np.savez_compressed(path, allow_pickle=False, **flat)


@dataclass
class Example:
    """One window: arrays of pieces and words, and its anchors."""

    document: str
    fold: int
    first: int
    pieces: np.ndarray
    word_of: np.ndarray
    codes: np.ndarray
    types: np.ndarray
    weight: np.ndarray
    mention: np.ndarray
    sentence: np.ndarray
    anchors: list[dict[str, Any]]


def read(path: Path) -> list[Example]:
    """The windows of a file, each with its anchors."""
    with np.load(path) as found:
        a = {k: found[k] for k in found.files}
    examples = []
    for i in range(len(a["window_fold"])):
        p, w = slice(*a["piece_offsets"][i : i + 2]), slice(*a["word_offsets"][i : i + 2])
        examples.append(
            Example(
                str(a["window_document"][i]), int(a["window_fold"][i]), int(a["window_first"][i]), a["pieces"][p],
                a["word_of"][p], a["codes"][w], a["types"][w], a["weight"][w], a["mention"][w], a["sentence"][w], [],
            )
        )  # fmt: skip
    for j, window in enumerate(a["anchor_window"]):
        at = slice(*a["anchor_offsets"][j : j + 2])
        row = {
            k: a[f"anchor_{k}"][j].item()
            for k in ("word", "type", "mode", "kind", "stage", "sector", "factuality", "weight")
        }
        examples[window].anchors.append(row | {"paths": a["anchor_paths"][at], "target": a["anchor_target"][at]})
    return examples


def share_of(examples: Iterable[Example], share: float) -> list[Example]:
    """The windows of a share of the documents (0 to 1), chosen by their ids: each share holds all smaller ones."""

    def place(document: str) -> float:
        return int.from_bytes(hashlib.blake2b(document.encode(), digest_size=6).digest()) / 2**48

    return [e for e in examples if place(e.document) < share]
