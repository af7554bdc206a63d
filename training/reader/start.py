"""Weights that training goes on from: of an earlier run (model.pt), or of a release, which is all that the repository keeps of one."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from pipelines.reader.release import unpacked


def weights_of(path: Path) -> dict[str, Tensor]:
    """Weights by the names of `Reader`: of a model.pt, or of a release's folder, whose matrices are unpacked from 4 bits.

    A release lacks the heads that only help to learn (mentions, sectors): they begin anew. Raises FileNotFoundError.
    """
    if path.is_file():
        found: dict[str, Tensor] = torch.load(path, weights_only=True)["model"]
        return found
    about = json.loads((path / "manifest.json").read_text(encoding="utf8"))["encoder"]
    with np.load(path / "encoder.npz", allow_pickle=False) as encoder, np.load(path / "heads.npz") as heads:
        named = {name: unpacked(encoder, name) for name in about["matrices"]}
        named |= {name: encoder[name] for name in (*about["vectors"], "first_norm.weight", "first_norm.bias")}
        named |= {f"{name}.weight": unpacked(encoder, name) for name in ("pieces", "positions")}
        if "relative" in encoder:
            named["relative.weight"] = encoder["relative"]
        made = {f"encoder.{name}": weight for name, weight in named.items()}
        made |= {f"heads.{name}": heads[name] for name in heads.files}
        return {name: torch.from_numpy(np.array(weight, dtype=np.float32)) for name, weight in made.items()}


def begin_from(model: nn.Module, known: dict[str, Tensor]) -> None:
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
