"""Fits the reader: an encoder's upper layers and the heads, on the arrays that `prepare` made.

    python -m training.reader.train --data train.npz --encoder DIR --fold 0 --out run/

Fold k (0 to 4) is held out and scored word by word after each epoch; --fold -1 fits on all. --share .25 learns from a quarter of
the labelled documents that are not held out, always the same: a learning curve. Needs torch and numpy alone.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from pipelines.reader.labels import MENTION, OF_MENTIONS, RELATIONS, SEVERAL
from training.reader.arrays import Example, read, share_of
from training.reader.network import MINILM, MPNET, Encoder, Heads, load_encoder
from training.reader.packing import pack, unpack

_SEVERAL = [i for i, r in enumerate(RELATIONS) if r in SEVERAL]
_ONE = [i for i, r in enumerate(RELATIONS) if r not in SEVERAL]


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

    def forward(self, batch: Batch, dropout: float = 0.1) -> dict[str, Tensor]:
        low = self.lower(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.encoder(low, batch.mask, self.frozen, None, dropout if self.training else 0.0)
        x = self.heads.words(batch.pool(hidden), batch.codes)
        out = {"trigger": self.heads.trigger(x), "mention": self.heads.mention(x)}
        if batch.anchors:
            out |= self.heads.anchors(x[batch.anchor_word])
            out["links"] = self.heads.links(x[batch.pair_anchor], x[batch.pair_word], batch.pair_type, batch.pair_paths)
        return out


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
    told = (~of_mentions).sum().clamp(min=1)  # triggers and amounts
    for name in ("mode", "factuality", "kind", "stage", "sector"):
        target = batch.anchor_label[name]
        known = target >= 0
        if known.any():
            each = F.cross_entropy(out[name][known], target[known], reduction="none") * batch.anchor_weight[known]
            total = total + share[name] * each.sum() / told
    each = links_loss(batch, out["links"])
    total = total + share["links"] * each[~of_mentions].sum() / told
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


def evaluate(model: Reader, examples: list[Example]) -> dict[str, float]:
    """Word-level scores: types by sentence (optional events neutral), links of labelled anchors."""
    model.eval()
    want: set[tuple[str, int, int]] = set()
    neutral: set[tuple[str, int, int]] = set()
    got: dict[tuple[str, int, int], float] = {}
    pairs: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    right: dict[str, list[bool]] = defaultdict(list)
    with torch.no_grad():
        for batch in batches(examples, 2000, None):
            out = model(batch)
            p = torch.softmax(out["trigger"], -1)
            for i, e in enumerate(batch.examples):
                own = slice(batch.word_first[i], batch.word_first[i] + len(e.types))
                for w in range(e.first, len(e.types)):
                    key = (e.document, int(e.sentence[w]))
                    if e.types[w]:
                        (want if e.weight[w] >= 1 else neutral).add((*key, int(e.types[w]) - 1))
                    some = 1 - float(p[own][w, 0])
                    if some > 0.25:
                        k = (*key, int(p[own][w, 1:].argmax()))
                        got[k] = max(got.get(k, 0), some)
            if not batch.anchors:
                continue
            for name in ("mode", "factuality", "kind", "stage", "sector"):
                target = batch.anchor_label[name]
                for t, o in zip(target.tolist(), out[name].argmax(-1).tolist(), strict=True):
                    if t >= 0:
                        right[name].append(t == o)
            for j, (_, _, a) in enumerate(batch.anchors):
                scores = out["links"][batch.pair_row == j]
                for r, relation in enumerate(RELATIONS):
                    target = a["target"][:, r]
                    if target[0] < 0 or (a["type"] and a["weight"] < 1):
                        continue
                    of = "" if relation in OF_MENTIONS else " E" if a["type"] else " F"
                    if relation in SEVERAL:
                        chosen = set((torch.sigmoid(scores[:, r]) > 0.4).nonzero().flatten().tolist())
                        true = set(np.nonzero(target)[0].tolist())
                        pairs[relation][0] += len(chosen & true)
                        pairs[relation][1] += len(chosen)
                        pairs[relation][2] += len(true)
                    else:
                        surest = int(scores[:, r].argmax())
                        none = float(scores[surest, r]) < 0
                        name = relation + of
                        right[name].append(not target.any() if none else bool(target[surest]))
                        if target.any():
                            right[name + " told"].append(not none and bool(target[surest]))
    best = 0.0
    for cut in np.arange(0.25, 0.8, 0.05):
        now = {k for k, v in got.items() if v >= cut}
        precision = len(now & (want | neutral)) / max(len(now), 1)
        recall = len(now & want) / max(len(want), 1)
        best = max(best, 2 * precision * recall / max(precision + recall, 1e-9))
    model.train()
    found = {"type": best}
    for relation, (both, chosen_n, true_n) in pairs.items():
        found[relation] = 2 * both / max(chosen_n + true_n, 1)
    return {k: round(v, 4) for k, v in (found | {k: sum(v) / len(v) for k, v in sorted(right.items())}).items()}


def fit(
    model: Reader,
    examples: list[Example],
    config: dict[str, float],
    share: dict[str, float],
    held: list[Example],
    log: Path,
) -> None:
    """Train by AdamW with warm-up and linear decay; a line a epoch in `log`."""
    rng = random.Random(int(config["seed"]))
    upper = [p for layer in model.encoder.layers[model.frozen :] for p in layer.parameters()]
    for p in model.encoder.parameters():
        p.requires_grad_(False)
    for p in upper:
        p.requires_grad_(True)
    groups: list[dict[str, Any]] = [
        {"params": upper, "lr": config["rate"]},
        {"params": list(model.heads.parameters()), "lr": config["head_rate"]},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    steps = sum(1 for _ in batches(examples, int(config["batch"]), random.Random(0))) * int(config["epochs"])
    warm = max(1, int(steps * 0.1))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / (steps - warm)))
    )
    model.train()
    epochs = int(config["epochs"])
    for epoch in range(epochs):
        if epoch == epochs - int(config["packed"]):
            pack(model.encoder, model.frozen)
        started, total, n = time.time(), 0.0, 0
        for batch in batches(examples, int(config["batch"]), rng):
            loss = loss_of(batch, model(batch, config["dropout"]), share)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([p for g in groups for p in g["params"]], 1.0)
            optimizer.step()
            schedule.step()
            total, n = total + float(loss.detach()), n + 1
        line = {"epoch": epoch, "loss": round(total / n, 4), "seconds": round(time.time() - started, 1)}
        if held:
            line |= evaluate(model, held)
        print(json.dumps(line), flush=True)
        with log.open("a", encoding="utf8") as out:
            out.write(json.dumps(line) + "\n")
    unpack(model.encoder)


def begin_from(model: Reader, known: dict[str, Tensor]) -> None:
    """Take over the weights of an earlier run. Rows of a head that it did not have (new relations stand last) keep their start."""
    own = model.state_dict()
    for name, weight in known.items():
        if own[name].shape == weight.shape:
            own[name] = weight
        elif own[name].dim() == 2 and own[name].shape[0] == weight.shape[0]:
            own[name][:, : weight.shape[1]] = weight
        else:
            own[name][: weight.shape[0]] = weight
    model.load_state_dict(own)


CONFIG = tomllib.loads(Path(__file__).with_name("config.toml").read_text(encoding="utf8"))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, nargs="+", required=True)
    ask.add_argument("--encoder", type=Path, required=True)
    ask.add_argument("--fold", type=int, default=CONFIG["fold"])
    ask.add_argument("--share", type=float, default=1.0, help="share of the labelled documents to learn from")
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--layers", type=int, default=CONFIG["layers"])
    ask.add_argument("--frozen", type=int, default=CONFIG["frozen"])
    ask.add_argument("--epochs", type=int, default=CONFIG["epochs"])
    ask.add_argument("--rate", type=float, default=CONFIG["rate"])
    ask.add_argument("--head-rate", type=float, default=CONFIG["head_rate"])
    ask.add_argument("--batch", type=int, default=CONFIG["batch"])
    ask.add_argument("--seed", type=int, default=CONFIG["seed"])
    ask.add_argument("--kept", type=Path, help="numbers of the word pieces that the tokenizer keeps (`vocabulary`)")
    ask.add_argument("--start", type=Path, help="model.pt of a run to go on from; outputs that it lacks begin anew")
    ask.add_argument("--threads", type=int, default=2)
    given = ask.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    examples = [e for path in given.data for e in read(path)]
    held = [e for e in examples if e.fold == given.fold and given.fold >= 0]
    used = share_of([e for e in examples if not (e.fold == given.fold and given.fold >= 0)], given.share)
    print(len({e.document for e in used}), "documents to learn from,", len({e.document for e in held}), "held out")
    shape = MPNET if "mpnet" in str(given.encoder).lower() else MINILM
    shape = type(shape)(**{**shape.__dict__, "layers": given.layers})
    encoder = load_encoder(given.encoder / "model.safetensors", shape)
    if given.kept:
        encoder.pieces = nn.Embedding.from_pretrained(encoder.pieces.weight[torch.from_numpy(np.load(given.kept))])
    model = Reader(encoder, given.frozen)
    if given.start:
        begin_from(model, torch.load(given.start)["model"])
    given.out.mkdir(parents=True, exist_ok=True)
    config = {
        "seed": given.seed,
        "rate": given.rate,
        "head_rate": given.head_rate,
        "batch": given.batch,
        "epochs": given.epochs,
        "packed": CONFIG["packed"],
        "dropout": CONFIG["dropout"],
    }
    fit(model, used, config, CONFIG["share"], held, given.out / "log.jsonl")
    torch.save({"model": model.state_dict(), "shape": shape.__dict__, "frozen": given.frozen}, given.out / "model.pt")


if __name__ == "__main__":
    main()
