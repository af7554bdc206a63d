"""What a step of training makes small: the heads' losses."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from pipelines.reader.labels import MENTION, RELATIONS, SEVERAL
from training.reader.batch import Batch

_SEVERAL = [i for i, r in enumerate(RELATIONS) if r in SEVERAL]
_ONE = [i for i, r in enumerate(RELATIONS) if r not in SEVERAL]


def loss_of(batch: Batch, out: dict[str, Tensor], share: dict[str, float]) -> Tensor:
    """Weighted sum of the heads' losses, `share` from the configuration."""
    total = (
        share["trigger"]
        * (F.cross_entropy(out["trigger"], batch.types, reduction="none") * batch.weight).sum()
        / batch.weight.sum().clamp(min=1)
    )
    known = batch.mention >= 0
    if known.any():
        total = total + share["mention"] * F.cross_entropy(out["mention"][known], batch.mention[known])
    if not batch.anchors:
        return total
    of_mentions = batch.anchor_label["type"] == MENTION
    anchors = (~of_mentions).sum().clamp(min=1)  # triggers and amounts
    for name in ("mode", "factuality", "kind", "stage", "sector"):
        target = batch.anchor_label[name]
        known = target >= 0
        if known.any():
            each = F.cross_entropy(out[name][known], target[known], reduction="none") * batch.anchor_weight[known]
            total = total + share[name] * each.sum() / anchors
    each = links_loss(batch, out["links"])
    total = total + share["links"] * each[~of_mentions].sum() / anchors
    return total + share["mention_links"] * each[of_mentions].sum() / of_mentions.sum().clamp(min=1)


def links_loss(batch: Batch, links: Tensor) -> Tensor:
    """(anchors,): each word yes or no where several may be meant, else one of the words or none."""
    count = len(batch.anchors)
    weight = batch.anchor_weight[batch.pair_row]
    several = batch.pair_target[:, _SEVERAL]
    each = F.binary_cross_entropy_with_logits(links[:, _SEVERAL], several.clamp(min=0).float(), reduction="none")
    yes_no = torch.zeros(count).index_add(0, batch.pair_row, (each * (several >= 0) * weight[:, None]).sum(1))
    one, target = links[:, _ONE], batch.pair_target[:, _ONE]
    top = torch.zeros(count, len(_ONE)).scatter_reduce(0, batch.pair_row[:, None].expand_as(one), one.detach(), "amax")
    mass = torch.exp(one - top[batch.pair_row])
    none = torch.exp(-top)
    every = none.index_add(0, batch.pair_row, mass)
    right = torch.zeros(count, len(_ONE)).index_add(0, batch.pair_row, mass * (target == 1))
    some = torch.zeros(count, len(_ONE)).index_add(0, batch.pair_row, (target == 1).float()) > 0
    known = torch.zeros(count, len(_ONE)).index_add(0, batch.pair_row, (target >= 0).float()) > 0
    chosen = torch.where(some, right, none)
    each = torch.log(every) - torch.log(chosen.clamp(min=1e-12))
    return yes_no + (each * known * batch.anchor_weight[:, None]).sum(1)
