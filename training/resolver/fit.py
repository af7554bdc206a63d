"""Fits the resolver's weights: softmax over a candidate's options, Adam, numpy alone, fixed seeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.extract.actors.features import Features, Floats
from pipelines.extract.actors.network import Weights
from pipelines.extract.actors.options import SET_KINDS
from training.resolver.targets import Targets

_OF_SETS = 3.0  # weight of a word that stands for several actors: there are few


@dataclass(frozen=True, slots=True)
class Recipe:
    """Every number that the fit depends on."""

    hidden: int = 80
    epochs: int = 20
    rate: float = 3e-3
    decay: float = 2e-4
    dropout: float = 0.25
    batch: int = 256  # candidates
    seed: int = 7


@dataclass(slots=True)
class Pairs:
    """Labelled candidates flattened: one row a valid pair. `start` (rows + 1) cuts the pairs of each candidate."""

    candidate: Floats  # (rows, C)
    form: NDArray[np.int64]
    option: Floats  # (pairs, O)
    kind: NDArray[np.int64]
    pair: Floats  # (pairs, P)
    good: NDArray[np.bool_]
    usable: NDArray[np.bool_]  # (pairs,) False for "nobody" where the labels don't tell who is nobody
    start: NDArray[np.int64]
    weight: Floats  # (rows,)


def flatten(documents: Sequence[tuple[Features, Targets, float]], by_set: bool = False) -> Pairs:
    """Pairs of the labelled candidates of documents, each document with its weight; with `by_set` those that stand for several count more."""
    candidate, form, option, kind, pair, good, usable, counts, weight = [], [], [], [], [], [], [], [], []
    for f, targets, w in documents:
        sets = np.isin(f.kind, SET_KINDS) if by_set else np.zeros(len(f.kind), dtype=bool)
        for at, i in enumerate(targets.rows):
            valid = np.flatnonzero(f.valid[i])
            candidate.append(f.candidate[i])
            form.append(f.form[i])
            option.append(f.option[valid])
            kind.append(f.kind[valid])
            pair.append(f.pair[i, valid])
            good.append(targets.good[at, valid])
            may = np.ones(len(valid), dtype=bool)
            may[-1] = targets.whole[at]
            usable.append(may)
            counts.append(len(valid))
            weight.append(w * (_OF_SETS if (targets.good[at] & sets).any() else 1.0))
    return Pairs(
        np.stack(candidate), np.array(form), np.concatenate(option), np.concatenate(kind), np.concatenate(pair),
        np.concatenate(good), np.concatenate(usable), np.concatenate([[0], np.cumsum(counts)]),
        np.array(weight, dtype=np.float32),
    )  # fmt: skip


def fit(pairs: Pairs, forms: int, kinds: int, recipe: Recipe) -> Weights:
    """Weights that make the right options likeliest. The same pairs and recipe give the same weights."""
    random = np.random.default_rng(recipe.seed)
    h = recipe.hidden

    def start(*shape: int) -> Floats:
        return np.asarray(random.standard_normal(shape) * np.sqrt(1.0 / shape[0]), dtype=np.float32)

    w = {
        "candidate": start(pairs.candidate.shape[1], h), "option": start(pairs.option.shape[1], h),
        "pair": start(pairs.pair.shape[1], h), "bias": np.zeros(h, np.float32), "top": start(h),
        "linear": np.zeros(pairs.pair.shape[1], np.float32), "table": np.zeros((forms, kinds), np.float32),
    }  # fmt: skip
    first = {k: np.zeros_like(v) for k, v in w.items()}
    second = {k: np.zeros_like(v) for k, v in w.items()}
    rows = len(pairs.form)
    steps = recipe.epochs * -(-rows // recipe.batch)
    step = 0
    for _ in range(recipe.epochs):
        order = random.permutation(rows)
        for at in range(0, rows, recipe.batch):
            step += 1
            gradients = _gradients(pairs, np.sort(order[at : at + recipe.batch]), w, recipe.dropout, random)
            rate = recipe.rate * min(1.0, 20 * step / steps) * (1 - step / (steps + 1))
            for k, g in gradients.items():
                first[k] += 0.1 * (g - first[k])
                second[k] += 0.01 * (g * g - second[k])
                mean, square = first[k] / (1 - 0.9**step), second[k] / (1 - 0.99**step)
                w[k] -= rate * (mean / (np.sqrt(square) + 1e-8) + recipe.decay * 10 * w[k])
    return Weights(**w)


def _gradients(
    pairs: Pairs, rows: NDArray[np.int64], w: dict[str, Floats], dropout: float, random: np.random.Generator
) -> dict[str, Floats]:
    counts = pairs.start[rows + 1] - pairs.start[rows]
    at = np.concatenate([np.arange(a, b) for a, b in zip(pairs.start[rows], pairs.start[rows + 1], strict=True)])
    row = np.repeat(np.arange(len(rows)), counts)
    cuts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    option, pair, kind = pairs.option[at], pairs.pair[at], pairs.kind[at]
    candidate, form = pairs.candidate[rows], pairs.form[rows]
    hidden = pair @ w["pair"] + option @ w["option"] + (candidate @ w["candidate"] + w["bias"])[row]
    on = hidden > 0
    if dropout:
        on = on & (random.random(hidden.shape[1]) >= dropout)[None, :]
    scale = 1 / (1 - dropout)
    active = np.where(on, hidden, 0) * scale
    scores = active @ w["top"] + pair @ w["linear"] + w["table"][form[row], kind]
    scores = np.where(pairs.usable[at], scores, -1e9)
    scores -= np.maximum.reduceat(scores, cuts)[row]
    powers = np.exp(scores)
    model = powers / np.add.reduceat(powers, cuts)[row]
    right = powers * pairs.good[at]
    gold = right / np.maximum(np.add.reduceat(right, cuts), 1e-12)[row]
    error = ((model - gold) * pairs.weight[rows][row] / len(rows)).astype(np.float32)
    back = (error[:, None] * w["top"][None, :] * scale) * on
    by_row = np.add.reduceat(back, cuts, axis=0)
    table = np.zeros_like(w["table"])
    np.add.at(table, (form[row], kind), error)
    return {
        "candidate": candidate.T @ by_row, "option": option.T @ back, "pair": pair.T @ back, "bias": back.sum(axis=0),
        "top": active.T @ error, "linear": pair.T @ error, "table": table,
    }  # fmt: skip
