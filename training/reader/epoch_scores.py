"""Scores word by word on documents that are held out, after an epoch."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import torch

from pipelines.reader.labels import OF_MENTIONS, RELATIONS, SEVERAL
from training.reader.arrays import Example
from training.reader.batch import batches
from training.reader.whole_network import Reader


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
