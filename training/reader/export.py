"""A trained reader as a release: graph, packed weights, heads, tokenizer, manifest.

    python -m training.reader.export run/model.pt TOKENIZER FOLDER [--note key=value …] [--longest N --context N]

`--longest` and `--context` are those of the windows that it learnt from, where they were not config.toml's.
Needs torch, onnx and onnxruntime. The graph is written by hand, one node a step, so that it holds nothing but standard
operators and ORT's `DynamicQuantizeMatMul`; the embedding of pieces stays outside it (a look-up in numpy).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper

from pipelines.reader.release import outputs, packed
from pipelines.reader.windows import WindowSizes
from training.reader.window_sizes import configured

# Heads that help to learn and are not asked.
_TO_LEARN = ("heads.mention.", "heads.sector.")
_MATRICES = ("q", "k", "v", "o", "up", "down")


def graph(shape: dict[str, Any]) -> onnx.ModelProto:
    """The layers over embedded pieces: x (pieces, width) and bias (heads or 1, pieces, pieces) to (pieces, width)."""
    width, heads, inner = shape["width"], shape["attention_heads"], shape["inner"]
    nodes: list[onnx.NodeProto] = []
    outside: list[onnx.TensorProto] = []
    constants = {
        "split": np.array([0, heads, width // heads], dtype=np.int64), "joined": np.array([0, width], dtype=np.int64),
        "scale": np.array((width // heads) ** -0.5, dtype=np.float32),
    }  # fmt: skip

    def external(name: str, kind: int, dims: list[int]) -> None:
        tensor = TensorProto(name=name, data_type=kind, dims=dims, data_location=TensorProto.EXTERNAL)
        entry = tensor.external_data.add()
        entry.key, entry.value = "location", "encoder.npz"
        outside.append(tensor)

    def node(kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output

    def matrix(name: str, x: str, outputs: int, inputs: int) -> str:
        external(f"{name}.weight.q", TensorProto.INT8, [inputs, outputs])
        external(f"{name}.weight.s", TensorProto.FLOAT, [outputs])
        external(f"{name}.bias", TensorProto.FLOAT, [outputs])
        zero = f"zero{outputs}"
        constants.setdefault(zero, np.zeros(outputs, dtype=np.int8))
        names = [x, f"{name}.weight.q", f"{name}.weight.s", zero, f"{name}.bias"]
        return node("DynamicQuantizeMatMul", names, f"{name}.out", "com.microsoft")

    def norm(name: str, x: str) -> str:
        external(f"{name}.weight", TensorProto.FLOAT, [width])
        external(f"{name}.bias", TensorProto.FLOAT, [width])
        epsilon = 1e-5 if shape["relative"] else 1e-12
        return node(
            "LayerNormalization", [x, f"{name}.weight", f"{name}.bias"], f"{name}.out", axis=-1, epsilon=epsilon
        )

    x = "x"
    for i in range(shape["layers"]):
        p = f"layers.{i}"
        parts = {}
        for name in ("q", "k", "v"):
            flat = matrix(f"{p}.{name}", x, width, width)
            cut = node("Reshape", [flat, "split"], f"{p}.{name}.cut")
            parts[name] = node("Transpose", [cut], f"{p}.{name}.heads", perm=[1, 2, 0] if name == "k" else [1, 0, 2])
        scores = node("MatMul", [parts["q"], parts["k"]], f"{p}.scores")
        scores = node("Mul", [scores, "scale"], f"{p}.scaled")
        scores = node("Add", [scores, "bias"], f"{p}.biased")
        weights = node("Softmax", [scores], f"{p}.attention", axis=-1)
        seen = node("MatMul", [weights, parts["v"]], f"{p}.seen")
        seen = node("Transpose", [seen], f"{p}.seen.words", perm=[1, 0, 2])
        seen = node("Reshape", [seen, "joined"], f"{p}.seen.flat")
        x = norm(f"{p}.attention_norm", node("Add", [x, matrix(f"{p}.o", seen, width, width)], f"{p}.attended"))
        wide = node("Gelu", [matrix(f"{p}.up", x, inner, width)], f"{p}.gelu", "com.microsoft")
        x = norm(f"{p}.norm", node("Add", [x, matrix(f"{p}.down", wide, width, inner)], f"{p}.added"))
    node("Identity", [x], "hidden")
    found = helper.make_graph(
        nodes, "encoder",
        [
            helper.make_tensor_value_info("x", TensorProto.FLOAT, ["pieces", width]),
            helper.make_tensor_value_info("bias", TensorProto.FLOAT, ["h", "n", "m"]),
        ],
        [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["pieces", width])],
        [onnx.numpy_helper.from_array(v, k) for k, v in constants.items()] + outside,
    )  # fmt: skip
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(found, opset_imports=opsets, ir_version=9)


def release(
    model: dict[str, Any], tokenizer: Path, folder: Path, notes: dict[str, str], full: bool, sizes: WindowSizes
) -> None:
    """Write a release that reads by windows of these sizes. `full` keeps 32-bit weights, to compare with."""
    shape, weights = model["shape"], {k: v.float().numpy() for k, v in model["model"].items()}
    encoder = {k.removeprefix("encoder."): v for k, v in weights.items() if k.startswith("encoder.")}
    heads = {
        k.removeprefix("heads."): v.astype(np.float16)
        for k, v in weights.items()
        if k.startswith("heads.") and not k.startswith(_TO_LEARN)
    }
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(tokenizer, folder / "tokenizer.json")
    matrices = [f"layers.{i}.{m}.weight" for i in range(shape["layers"]) for m in _MATRICES]
    plain = [k for k in encoder if k.startswith("layers.") and k not in matrices]
    kept: dict[str, np.ndarray] = {k: encoder[k].astype(np.float32) for k in plain}
    kept |= {k: encoder[k] for k in ("first_norm.weight", "first_norm.bias")}
    if shape["relative"]:
        kept["relative"] = encoder["relative.weight"]
    for name, matrix in [
        ("pieces", encoder["pieces.weight"]),
        ("positions", encoder["positions.weight"]),
        *((m, encoder[m]) for m in matrices),
    ]:
        if full:
            kept[name] = matrix
        else:
            kept[f"{name}.q"], kept[f"{name}.s"] = packed(matrix)
    np.savez(folder / "encoder.npz", allow_pickle=False, **kept)
    np.savez(folder / "heads.npz", allow_pickle=False, **heads)
    (folder / "encoder.onnx").write_bytes(graph(shape).SerializeToString())
    names = ("tokenizer.json", "encoder.npz", "heads.npz", "encoder.onnx")
    files = {
        n: {"sha256": hashlib.sha256((folder / n).read_bytes()).hexdigest(), "bytes": (folder / n).stat().st_size}
        for n in names
    }
    mpnet = shape["relative"]
    about = {
        "files": files,
        "outputs": outputs(),
        "marks": {"begin": "<s>", "end": "</s>"},
        "windows": {"longest": sizes.longest, "context": sizes.context},
        "encoder": {
            "shape": shape, "first_position": 2 if mpnet else 0, "epsilon": 1e-5 if mpnet else 1e-12, "matrices": matrices,
            "vectors": plain,
        },
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(about | notes, indent=1) + "\n", encoding="utf8")
    print({n: f["bytes"] for n, f in files.items()})


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("model", type=Path)
    ask.add_argument("tokenizer", type=Path)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--full", action="store_true", help="32-bit weights, to compare with")
    ask.add_argument("--note", action="append", default=[])
    ask.add_argument("--longest", type=int, default=configured().longest)
    ask.add_argument("--context", type=int, default=configured().context)
    given = ask.parse_args()
    sizes = WindowSizes(given.longest, given.context)
    notes = dict(n.split("=", 1) for n in given.note)
    release(torch.load(given.model, weights_only=True), given.tokenizer, given.folder, notes, given.full, sizes)


if __name__ == "__main__":
    main()
