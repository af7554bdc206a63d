"""Windows padded together, by like length, for a step of training."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor

from training.reader.arrays import Example


class Batch:
    """Windows padded together; words and anchors flat over the batch."""

    def __init__(self, examples: list[Example]) -> None:
        self.examples = examples
        longest = max(len(e.pieces) for e in examples)
        self.pieces = torch.ones(len(examples), longest, dtype=torch.long)
        self.mask = torch.zeros(len(examples), longest)
        rows, at, words = [], [], 0
        self.word_first = []
        for i, e in enumerate(examples):
            n = len(e.pieces)
            self.pieces[i, :n] = torch.from_numpy(e.pieces.astype(np.int64))
            self.mask[i, :n] = 1
            inside = np.nonzero(e.word_of >= 0)[0]
            at.append(torch.from_numpy(inside + i * longest))
            rows.append(torch.from_numpy(e.word_of[inside].astype(np.int64) + words))
            self.word_first.append(words)
            words += len(e.types)
        self.words = words
        self.piece_at, self.piece_word = torch.cat(at), torch.cat(rows)
        self.pieces_of_word = (
            torch.zeros(words).index_add_(0, self.piece_word, torch.ones(len(self.piece_word))).clamp(min=1)
        )
        self.codes = torch.from_numpy(np.concatenate([e.codes for e in examples]).astype(np.int64))
        self.types = torch.from_numpy(np.concatenate([e.types for e in examples]).astype(np.int64))
        self.weight = torch.from_numpy(np.concatenate([e.weight for e in examples]))
        self.mention = torch.from_numpy(np.concatenate([e.mention for e in examples]).astype(np.int64))
        self.anchors = [(self.word_first[i] + a["word"], i, a) for i, e in enumerate(examples) for a in e.anchors]
        if self.anchors:
            self.anchor_word = torch.tensor([w for w, _, _ in self.anchors])
            self.anchor_weight = torch.tensor([a["weight"] for _, _, a in self.anchors])
            self.anchor_label = {
                k: torch.tensor([a[k] for _, _, a in self.anchors])
                for k in ("mode", "factuality", "kind", "stage", "sector", "type")
            }
            self.pair_anchor = torch.cat([torch.full((len(a["paths"]),), w) for w, _, a in self.anchors])
            self.pair_row = torch.cat([torch.full((len(a["paths"]),), j) for j, (_, _, a) in enumerate(self.anchors)])
            self.pair_word = torch.cat([torch.arange(len(a["paths"])) + self.word_first[i] for _, i, a in self.anchors])
            self.pair_type = torch.cat([torch.full((len(a["paths"]),), a["type"]) for _, _, a in self.anchors])
            self.pair_paths = torch.from_numpy(
                np.concatenate([a["paths"] for _, _, a in self.anchors]).astype(np.int64)
            )
            self.pair_target = torch.from_numpy(
                np.concatenate([a["target"] for _, _, a in self.anchors]).astype(np.int64)
            )

    def pool(self, hidden: Tensor) -> Tensor:
        """(windows, pieces, width) to (words, width): the mean of each word's pieces."""
        flat = hidden.reshape(-1, hidden.shape[-1])[self.piece_at].float()
        return (
            torch.zeros(self.words, flat.shape[1]).index_add_(0, self.piece_word, flat) / self.pieces_of_word[:, None]
        )


def batches(examples: list[Example], size: int, rng: random.Random | None) -> Iterator[Batch]:
    """Windows of like length together, about `size` pieces a batch, in random order where `rng` is given."""
    order = list(examples)
    if rng:
        rng.shuffle(order)
    found: list[list[Example]] = []
    for i in range(0, len(order), 400):
        now: list[Example] = []
        for e in sorted(order[i : i + 400], key=lambda e: len(e.pieces)):
            if now and len(e.pieces) * (len(now) + 1) > size:
                found.append(now)
                now = []
            now.append(e)
        found.append(now)
    if rng:
        rng.shuffle(found)
    yield from map(Batch, found)
