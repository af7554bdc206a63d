"""Encoder and heads as one network."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.reader.batch import Batch
from training.reader.network import Encoder, Heads


class Reader(nn.Module):
    """Encoder and heads."""

    def __init__(self, encoder: Encoder, frozen: int) -> None:
        super().__init__()
        self.encoder, self.frozen = encoder, frozen
        self.heads = Heads(encoder.shape.width)

    def lower(self, batch: Batch) -> Tensor:
        """What the frozen layers make of the pieces."""
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            return self.encoder(self.encoder.embed(batch.pieces), batch.mask, 0, self.frozen, 0.0)

    def vectors(self, batch: Batch, dropout: float = 0.1) -> Tensor:
        """What the heads know of each word: (words, inner)."""
        low = self.lower(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.encoder(low, batch.mask, self.frozen, None, dropout if self.training else 0.0)
        return self.heads.words(batch.pool(hidden), batch.codes)

    def forward(self, batch: Batch, dropout: float = 0.1) -> dict[str, Tensor]:
        return self.scores(batch, self.vectors(batch, dropout))

    def scores(self, batch: Batch, x: Tensor) -> dict[str, Tensor]:
        """The heads' scores by name, and the words' vectors x that they come from as "words"."""
        out = {"words": x, "trigger": self.heads.trigger(x), "mention": self.heads.mention(x)}
        if batch.anchors:
            out |= self.heads.anchors(x[batch.anchor_word])
            out["links"] = self.heads.links(x[batch.pair_anchor], x[batch.pair_word], batch.pair_type, batch.pair_paths)
        return out
