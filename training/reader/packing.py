"""Training with the weights that a release will have: packed into 4 bits as `export` packs them, straight through for gradients.

A release keeps its encoder in 4 bits a weight (`pipelines.reader.release.packed`). An encoder that was fitted in 32 bits loses a
little by that; one whose last epoch sees the packed weights has learnt around it (Jacob et al. 2018, quantization-aware training;
gradients by the straight-through estimator of Bengio et al. 2013).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

from pipelines.reader.release import GROUP
from training.reader.network import Encoder

_SHARES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)  # of the largest number of a group, as `packed` tries them
_STEPS = 50  # after which scales are chosen anew


class Packed(nn.Module):
    """A matrix (rows, inputs) as it will be unpacked; its gradient goes to the weights in 32 bits."""

    def __init__(self) -> None:
        super().__init__()
        self._scale: Tensor | None = None
        self._asked = 0

    def forward(self, weight: Tensor) -> Tensor:
        with torch.no_grad():
            grouped = weight.reshape(weight.shape[0], -1, GROUP)
            if self._scale is None or self._asked % _STEPS == 0:
                self._scale = _scale(grouped)
            if self.training:
                self._asked += 1
            off = (_rounded(grouped, self._scale) - grouped).reshape(weight.shape)
        return weight + off


def _rounded(grouped: Tensor, scale: Tensor) -> Tensor:
    return (grouped / scale).round_().clamp_(-7, 7) * scale


def _scale(grouped: Tensor) -> Tensor:
    """Of each group the scale of least squared error."""
    top = grouped.abs().amax(-1, keepdim=True) / 7 + 1e-12
    best, error = top, torch.full_like(top, torch.inf)
    for share in _SHARES:
        scale = (top * share).half().float() + 1e-12
        off = ((_rounded(grouped, scale) - grouped) ** 2).sum(-1, keepdim=True)
        best, error = torch.where(off < error, scale, best), torch.minimum(off, error)
    return best


def pack(encoder: Encoder, frozen: int) -> None:
    """From here on the encoder computes with packed weights: frozen layers and pieces for good, the others while they learn."""
    with torch.no_grad():
        encoder.pieces.weight.copy_(Packed()(encoder.pieces.weight))
        for layer in encoder.layers[:frozen]:
            for matrix in _matrices(layer):
                matrix.weight.copy_(Packed()(matrix.weight))
    for layer in encoder.layers[frozen:]:
        for matrix in _matrices(layer):
            parametrize.register_parametrization(matrix, "weight", Packed())


def unpack(encoder: Encoder) -> None:
    """Plain matrices again, with the packed weights in them."""
    for layer in encoder.layers:
        for matrix in _matrices(layer):
            if parametrize.is_parametrized(matrix):
                parametrize.remove_parametrizations(matrix, "weight", leave_parametrized=True)


def _matrices(layer: nn.Module) -> list[nn.Linear]:
    return [m for m in layer.modules() if isinstance(m, nn.Linear)]
