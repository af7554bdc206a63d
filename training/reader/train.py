"""Fits the reader: an encoder's upper layers and the heads, on the arrays that `prepare` made.

    python -m training.reader.train --data train.npz --encoder DIR --fold 0 --out run/

Fold k (0 to 4) is held out and scored word by word after each epoch; --fold -1 fits on all. --share .25 learns from a quarter of
the labelled documents that are not held out, always the same: a learning curve. --teacher model.pt makes a student of the
encoder that is given (of BERT's kind: all-MiniLM-L6-v2), which learns from the labels and from what the teacher says of the same
windows and of those that nobody labelled (`unlabelled`). Needs torch and numpy alone.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from training.reader.arrays import Example, read, share_of
from training.reader.batch import batches
from training.reader.epoch_scores import evaluate
from training.reader.losses import loss_of
from training.reader.network import MINILM, MPNET, load_encoder
from training.reader.packing import pack, unpack
from training.reader.start import begin_from, weights_of
from training.reader.teacher import Teacher
from training.reader.whole_network import Reader


def fit(
    model: Reader,
    examples: list[Example],
    config: dict[str, float],
    share: dict[str, float],
    held: list[Example],
    out: Path,
    teacher: Teacher | None = None,
) -> None:
    """Train by AdamW with warm-up and linear decay; a line an epoch in log.jsonl of `out`.

    Weights are kept in model.pt there after each epoch that is not packed (a packed one has no plain matrices to keep), and at the
    end: a run that is cut off can be gone on from (--start).
    """
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
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    steps = sum(1 for _ in batches(examples, int(config["batch"]), random.Random(0))) * int(config["epochs"])
    warm = max(1, int(steps * 0.1))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / max(1, steps - warm)))
    )
    model.train()
    epochs = int(config["epochs"])
    for epoch in range(epochs):
        if epoch == epochs - int(config["packed"]):
            pack(model.encoder, model.frozen)
        started, total, n = time.time(), 0.0, 0
        for batch in batches(examples, int(config["batch"]), rng):
            said = model(batch, config["dropout"])
            loss = loss_of(batch, said, share)
            if teacher is not None:
                loss = loss + config["taught"] * teacher.loss(batch, said, share)
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
        with (out / "log.jsonl").open("a", encoding="utf8") as log:
            log.write(json.dumps(line) + "\n")
        if epoch < epochs - int(config["packed"]):
            save(model, out)
    unpack(model.encoder)
    save(model, out)


def save(model: Reader, out: Path) -> None:
    """Write model.pt: the weights, the encoder's shape and how many of its layers stayed as they were published."""
    content = {"model": model.state_dict(), "shape": model.encoder.shape.__dict__, "frozen": model.frozen}
    torch.save(content, out / "model.pt")


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
    ask.add_argument("--start", type=Path, help="model.pt or release to go on from; outputs that it lacks begin anew")
    ask.add_argument("--packed", type=int, default=CONFIG["packed"], help="last epochs with weights in 4 bits")
    ask.add_argument("--teacher", type=Path, help="model.pt of the run whose student this one is")
    ask.add_argument("--unlabelled", type=Path, nargs="*", default=[], help="windows for the student alone")
    ask.add_argument("--threads", type=int, default=2)
    given = ask.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    teacher = Teacher(given.teacher) if given.teacher else None
    if given.unlabelled and teacher is None:
        ask.error("--unlabelled needs --teacher: nobody else says what stands in those windows.")
    examples = [e for path in given.data for e in read(path)]
    held = [e for e in examples if e.fold == given.fold and given.fold >= 0]
    used = share_of([e for e in examples if not (e.fold == given.fold and given.fold >= 0)], given.share)
    used += [e for path in given.unlabelled for e in read(path)]
    print(len({e.document for e in used}), "documents to learn from,", len({e.document for e in held}), "held out")
    shape = MPNET if "mpnet" in str(given.encoder).lower() else MINILM
    shape = type(shape)(**{**shape.__dict__, "layers": given.layers})
    encoder = load_encoder(given.encoder / "model.safetensors", shape)
    if given.kept:
        encoder.pieces = nn.Embedding.from_pretrained(encoder.pieces.weight[torch.from_numpy(np.load(given.kept))])
    model = Reader(encoder, given.frozen)
    if teacher is not None:
        teacher.begin(model)
    if given.start:
        begin_from(model, weights_of(given.start))
    given.out.mkdir(parents=True, exist_ok=True)
    config = {
        "seed": given.seed,
        "rate": given.rate,
        "head_rate": given.head_rate,
        "batch": given.batch,
        "epochs": given.epochs,
        "packed": given.packed,
        "dropout": CONFIG["dropout"],
        "taught": CONFIG["taught"],
    }
    fit(model, used, config, CONFIG["share"], held, given.out, teacher)


if __name__ == "__main__":
    main()
