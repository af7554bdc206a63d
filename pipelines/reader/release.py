"""A release of the reader: its files, checked against its manifest, and the encoder's session.

A release is a folder with `manifest.json` (names, SHA-256 and sizes of its files, and what its outputs mean, in order),
`tokenizer.json`, `encoder.onnx` (the graph without weights), `encoder.npz` (weights, packed) and `heads.npz`.
Packed weights: `<name>.q` two 4-bit numbers a byte, in groups along the inputs with a scale each (`<name>.s`), or 32-bit
numbers under their own name. They are unpacked into 8-bit weights with a scale an output when the session is made.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort

from pipelines.errors import Explained
from pipelines.reader import labels
from pipelines.reader.windows import NARROW, Pieces, WindowSizes
from pipelines.reader.words import DISTANCES, PATHS, SIZES

RELEASES, SMALL_RELEASES = (Path(__file__).with_name(name) for name in ("releases", "small"))
GROUP = 64
# 7 bits: the sums of products of 8-bit numbers stay exact on processors without VNNI, which would saturate.
_LARGEST = 63


class BrokenRelease(Explained, ValueError):
    """A file of a release is not there or not what its manifest says; the message names it and what to do."""


def outputs() -> dict[str, list[Any]]:
    """What a release's inputs and outputs have to be, in their order: labels by head, relations, sizes of the words' codes."""
    lists = ("TYPES", "MODES", "FACTUALITIES", "KINDS", "STAGES", "RELATIONS")
    return {name.lower(): list(getattr(labels, name)) for name in lists} | {"codes": [*SIZES, PATHS, DISTANCES]}


class Release:
    """A release's folder. Its files are checked when they are first read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self.manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf8"))
        except FileNotFoundError as error:
            raise BrokenRelease(
                f"There is no manifest.json in {folder}: that is no release of the reader. Name the folder of one in NEWSLEDGER_READER."
            ) from error
        except ValueError as error:
            raise BrokenRelease(
                f"{folder / 'manifest.json'} is not JSON: restore the release from the repository, or make it by `make reader`."
            ) from error
        missing = [k for k in ("files", "marks", "encoder", "outputs") if k not in self.manifest]
        if missing:
            raise BrokenRelease(
                f"{folder / 'manifest.json'} lacks {', '.join(missing)}: make the release anew by `make reader`."
            )
        others = sorted(k for k, v in outputs().items() if self.manifest["outputs"].get(k) != v)
        if others:
            raise BrokenRelease(
                f"{folder} was trained for other outputs than this version of newsledger reads ({', '.join(others)}): "
                "take the release of this version, or make one by `make reader`."
            )
        hashed = "".join(f"{k}:{v['sha256']}" for k, v in sorted(self.manifest["files"].items()))
        hashed += str(self.windows())
        runtime = importlib.metadata.version("onnxruntime").rpartition(".")[0]
        self.fingerprint = hashlib.blake2b(f"{hashed} onnxruntime {runtime}".encode(), digest_size=6).hexdigest()

    def _file(self, name: str) -> Path:
        path = self.folder / name
        if not path.is_file():
            raise BrokenRelease(
                f"{path} is missing: restore the release from the repository, or make it by `make reader`."
            )
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != self.manifest["files"][name]["sha256"]:
            raise BrokenRelease(
                f"{path} is not the file that its manifest names (SHA-256 {found[:12]}…): restore the "
                "release from the repository, or make it by `make reader`."
            )
        return path

    def heads(self) -> Mapping[str, np.ndarray]:
        """Weights of the heads by name."""
        return _arrays(self._file("heads.npz"))

    def pieces(self) -> Pieces:
        """Its word pieces."""
        return Pieces(self._file("tokenizer.json"), **self.manifest["marks"])

    def windows(self) -> WindowSizes:
        """How much of a document it reads at once."""
        said = self.manifest.get("windows")
        return NARROW if said is None else WindowSizes(**said)

    def encoder(self) -> Encoder:
        """Its encoder, ready to run."""
        return Encoder(self._file("encoder.onnx"), _arrays(self._file("encoder.npz")), self.manifest["encoder"])


class Encoder:
    """Word pieces of one window to vectors, on one thread of the processor."""

    def __init__(self, graph: Path, weights: Mapping[str, np.ndarray], about: Mapping[str, Any]) -> None:
        self._pieces, self._positions = unpacked(weights, "pieces"), unpacked(weights, "positions")
        self._norm = weights["first_norm.weight"], weights["first_norm.bias"]
        self._first = int(about["first_position"])
        self._epsilon = float(about["epsilon"])
        self._relative = weights.get("relative")
        self._known = np.asarray(weights["vocabulary"]) if "vocabulary" in weights else None
        self._bias = np.zeros((1, 0, 0), dtype=np.float32)  # of the longest window so far
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        names, values = [], []
        for name in about["matrices"]:
            q, scale = quantized(unpacked(weights, name))
            names += [f"{name}.q", f"{name}.s"]
            values += [ort.OrtValue.ortvalue_from_numpy(q), ort.OrtValue.ortvalue_from_numpy(scale)]
        for name in about["vectors"]:
            names.append(name)
            values.append(ort.OrtValue.ortvalue_from_numpy(np.ascontiguousarray(weights[name], dtype=np.float32)))
        options.add_external_initializers(names, values)
        self._session = ort.InferenceSession(graph.read_bytes(), options, providers=["CPUExecutionProvider"])

    def run(self, pieces: np.ndarray) -> np.ndarray:
        """Ids (pieces,) to vectors (pieces, width), 32 bits."""
        at = self._first + np.arange(len(pieces))
        x = self._pieces[pieces] + self._positions[at]
        mean = x.mean(-1, keepdims=True)
        x = (x - mean) / np.sqrt(((x - mean) ** 2).mean(-1, keepdims=True) + self._epsilon)
        x = (x * self._norm[0] + self._norm[1]).astype(np.float32)
        found: np.ndarray = self._session.run(None, {"x": x, "bias": self._of_length(len(pieces))})[0]
        return found

    def _of_length(self, length: int) -> np.ndarray:
        """What is added to attention by distance: (heads, pieces, pieces); zeros (1, 1, 1) without relative positions."""
        if self._relative is None:
            return np.zeros((1, 1, 1), dtype=np.float32)
        if length > self._bias.shape[1]:
            self._bias = self._relative[buckets(length)].transpose(2, 0, 1).astype(np.float32)
        return np.ascontiguousarray(self._bias[:, :length, :length])


def buckets(length: int, count: int = 32, longest: int = 128) -> np.ndarray:
    """MPNet's buckets of relative positions (Song et al. 2020): (length, length), query by key."""
    at = np.arange(length)
    away = at[:, None] - at[None, :]
    half, exact = count // 2, count // 4
    found = (away < 0) * half
    away = np.abs(away)
    ratio = np.log(np.maximum(away, 1).astype(np.float32) / exact) / np.log(np.float32(longest / exact))
    far = np.minimum(exact + (ratio * (half - exact)).astype(np.int64), half - 1)
    return np.asarray(found + np.where(away < exact, away, far))


def packed(weight: np.ndarray, group: int = GROUP) -> tuple[np.ndarray, np.ndarray]:
    """(rows, inputs) to 4-bit numbers in -7..7, two a byte (rows, inputs/2), and scales (rows, inputs/group), 16 bits.

    Of each group the scale is taken, of some near its largest number, that leaves the smallest squared error.
    """
    rows, inputs = weight.shape
    w = weight.astype(np.float32).reshape(rows, inputs // group, group)
    top = np.abs(w).max(-1, keepdims=True) / 7 + 1e-12
    best, error = top, np.full(top.shape, np.inf, dtype=np.float32)
    for share in (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7):
        scale = (top * share).astype(np.float16).astype(np.float32) + 1e-12
        off = ((np.clip(np.round(w / scale), -7, 7) * scale - w) ** 2).sum(-1, keepdims=True)
        best, error = np.where(off < error, scale, best), np.minimum(off, error)
    q = np.clip(np.round(w / best), -7, 7).astype(np.int8).reshape(rows, inputs) + 8
    return (q[:, 0::2] | (q[:, 1::2] << 4)).astype(np.uint8), best[..., 0].astype(np.float16)


def unpacked(weights: Mapping[str, np.ndarray], name: str) -> np.ndarray:
    """A matrix (rows, inputs) in 32 bits, packed or not."""
    if name in weights:
        return np.asarray(weights[name], dtype=np.float32)
    q, scale = weights[f"{name}.q"], weights[f"{name}.s"].astype(np.float32)
    w = np.empty((q.shape[0], q.shape[1] * 2), dtype=np.float32)
    w[:, 0::2] = (q & 15).astype(np.float32) - 8
    w[:, 1::2] = (q >> 4).astype(np.float32) - 8
    grouped = w.reshape(q.shape[0], scale.shape[1], -1) * scale[..., None]
    return np.asarray(grouped.reshape(q.shape[0], -1))


def quantized(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(outputs, inputs) to 7-bit numbers (inputs, outputs) and a scale an output, as `DynamicQuantizeMatMul` takes them."""
    scale = np.abs(weight).max(1) / _LARGEST + 1e-12
    q = np.clip(np.round(weight / scale[:, None]), -_LARGEST, _LARGEST).astype(np.int8)
    return np.ascontiguousarray(q.T), scale.astype(np.float32)


def _arrays(path: Path) -> dict[str, np.ndarray]:
    with np.load(path, allow_pickle=False) as found:
        return {name: found[name] for name in found.files}
