"""A trained reader as the teacher of a smaller one: what the student's words and scores shall be, on any text.

Soft targets of the heads after Hinton et al. 2015 (knowledge distillation), words' vectors after Jiao et al. 2020 (TinyBERT).
Both have heads of one shape, so that the student begins with the teacher's and only has to give them the same words' vectors.
"""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from pipelines.reader.labels import AMOUNT, MENTION, RELATIONS, SEVERAL, asked_of
from training.reader.batch import Batch
from training.reader.network import Encoder, Shape
from training.reader.whole_network import Reader

_SEVERAL = [i for i, r in enumerate(RELATIONS) if r in SEVERAL]
_ONE = [i for i, r in enumerate(RELATIONS) if r not in SEVERAL]
_ASKED = torch.tensor([[r in asked_of(t) for r in RELATIONS] for t in range(MENTION + 1)])
# Heads that are asked of an amount and of a trigger.
_HEADS = {"mode": (False, True), "factuality": (True, True), "kind": (True, False), "stage": (True, False)}


class Teacher:
    """Words' vectors of a trained reader, kept in 16 bits by window: some 200 KB each."""

    def __init__(self, path: Path) -> None:
        """From the model.pt of a run. Raises FileNotFoundError."""
        content = torch.load(path, weights_only=True)
        weights = content["model"]
        encoder = Encoder(Shape(**content["shape"]), len(weights["encoder.pieces.weight"]))
        self.reader = Reader(encoder, content["frozen"])
        self.reader.load_state_dict(weights)
        self.reader.eval()
        self._known: dict[int, Tensor] = {}

    def begin(self, student: Reader) -> None:
        """Give the student the teacher's heads, but for the layer that takes words of the encoder's width."""
        own = student.heads.state_dict()
        theirs = self.reader.heads.state_dict()
        student.heads.load_state_dict({k: theirs[k] if theirs[k].shape == v.shape else v for k, v in own.items()})

    def vectors(self, batch: Batch) -> Tensor:
        """(words, inner) of a batch, each window computed once."""
        if any(id(e) not in self._known for e in batch.examples):
            with torch.no_grad():
                found = self.reader.vectors(batch).half()
            for e, first in zip(batch.examples, batch.word_first, strict=True):
                self._known[id(e)] = found[first : first + len(e.types)].clone()
        return torch.cat([self._known[id(e)] for e in batch.examples]).float()

    def loss(self, batch: Batch, out: dict[str, Tensor], share: dict[str, float]) -> Tensor:
        """How far a student's scores and vectors are from the teacher's, the heads weighted by `share` as its own losses are."""
        x = self.vectors(batch)
        with torch.no_grad():
            theirs = self.reader.scores(batch, x)
        total = share["words"] * F.mse_loss(out["words"], x) / x.var()
        total = total + share["trigger"] * _soft(out["trigger"], theirs["trigger"]).mean()
        if not batch.anchors:
            return total
        of_mentions = batch.anchor_label["type"] == MENTION
        of_amounts = batch.anchor_label["type"] == AMOUNT
        anchors = (~of_mentions).sum().clamp(min=1)
        for name, (amounts, triggers) in _HEADS.items():
            asked = of_amounts if not triggers else ~of_mentions if amounts else ~of_mentions & ~of_amounts
            if asked.any():
                total = total + share[name] * _soft(out[name][asked], theirs[name][asked]).sum() / anchors
        each = soft_links(batch, out["links"], theirs["links"])
        total = total + share["links"] * each[~of_mentions].sum() / anchors
        return total + share["mention_links"] * each[of_mentions].sum() / of_mentions.sum().clamp(min=1)


def _soft(scores: Tensor, theirs: Tensor) -> Tensor:
    """Cross-entropy of scores (rows, labels) with the chances that another's scores give: (rows,)."""
    return -(torch.softmax(theirs, -1) * F.log_softmax(scores, -1)).sum(-1)


def soft_links(batch: Batch, links: Tensor, theirs: Tensor) -> Tensor:
    """(anchors,): as `losses.links_loss`, with another's chances of each word in place of the labelled ones."""
    count = len(batch.anchors)
    asked = _ASKED[batch.anchor_label["type"]]
    of_pair = asked[batch.pair_row]
    each = F.binary_cross_entropy_with_logits(links[:, _SEVERAL], torch.sigmoid(theirs[:, _SEVERAL]), reduction="none")
    yes_no = torch.zeros(count).index_add(0, batch.pair_row, (each * of_pair[:, _SEVERAL]).sum(1))

    def parts(scores: Tensor) -> tuple[Tensor, Tensor]:
        """The largest score of each anchor's words (0 at least: nobody's), and the sum of all relative to it."""
        top = torch.zeros(count, len(_ONE)).scatter_reduce(0, rows, scores.detach(), "amax")
        mass = torch.exp(scores - top[batch.pair_row])
        return top, torch.exp(-top).index_add(0, batch.pair_row, mass)

    rows = batch.pair_row[:, None].expand(-1, len(_ONE))
    top, every = parts(links[:, _ONE])
    their_top, their_every = parts(theirs[:, _ONE])
    chance = torch.exp(theirs[:, _ONE] - their_top[batch.pair_row]) / their_every[batch.pair_row]
    meant = torch.zeros(count, len(_ONE)).index_add(0, batch.pair_row, chance * links[:, _ONE])
    one = (top + torch.log(every) - meant) * asked[:, _ONE]
    return yes_no + one.sum(1)
