"""Trains the DAC sector model that `pipelines.extract.money.purpose_model` reads.

    python -m training.train_sectors JSON_FOLDER... --described purpose_dev.jsonl aid_dev.jsonl [--evaluate]

JSON_FOLDER holds labelled documents as JSON (`training.reader.notation`), whose aid and loans have the words of their purpose and a
sector. Descriptions are rows of `text` and `purpose_code` (or `flows` with one), as AidData and CRS coders wrote them: their
opening stands for the purpose, and they count a quarter. Of aid_dev the rows are left out that figures are quoted on. A logistic
regression over TF-IDF of words (`money_features`). Writes weights only, no text: words of one text are left out. `--evaluate`
cross-validates on five folds of the documents. Needs scikit-learn (development group). Same input, same file.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from pipelines.extract.money.purpose import code_by_rule
from pipelines.extract.money.purpose_model import SENTENCE, Model, money_features
from pipelines.reader.labels import SECTORS
from training.reader.descriptions import is_held_out
from training.reader.prepare import sector_number

TARGET = Path(__file__).parents[1] / "pipelines" / "reference" / "sector_model.npz"
DESCRIBED = 0.25  # weight of a description against a labelled figure
_PURPOSE, _SENTENCE = 200, 400  # characters of a description that stand for purpose and sentence
_FOLDS = 5
_CUTS = (0.15, 0.2, 0.3, 0.4)


@dataclass(frozen=True, slots=True)
class Example:
    """Words of a purpose, the sentence of its amount, and the sector; `fold` of its document."""

    purpose: str
    sentence: str
    sector: str
    weight: float
    fold: int


def labelled(folders: Sequence[Path]) -> Iterator[Example]:
    """Figures of labelled documents that have a sector."""
    for path in sorted(p for folder in folders for p in folder.glob("*.json")):
        document = json.loads(path.read_text(encoding="utf8"))
        fold = int(hashlib.sha256(document["document_id"].encode()).hexdigest(), 16) % _FOLDS
        text: str = document["text"]
        for figure in document["figures"]:
            number = sector_number(figure.get("dac"))
            if number >= 0:
                start = max(text.rfind(stop, 0, figure["start"]) for stop in (". ", "\n\n")) + 1
                end = text.find(". ", figure["end"])
                sentence = text[max(start, 0) : end if end >= 0 else len(text)]
                yield Example(figure["purpose"] or "", sentence, SECTORS[number], 1.0, fold)


def described(files: Sequence[Path]) -> Iterator[Example]:
    """Descriptions of projects with the sector of their code."""
    for line in (line for path in files for line in path.read_text(encoding="utf8").splitlines() if line.strip()):
        row = json.loads(line)
        if "flows" in row and is_held_out(row["id"]):
            continue
        for flow in row.get("flows", [row]):
            number = sector_number(str(flow["purpose_code"] or ""))
            if number >= 0:
                yield Example(row["text"][:_PURPOSE], row["text"][:_SENTENCE], SECTORS[number], DESCRIBED, -1)


def fit(examples: Sequence[Example]) -> dict[str, Any]:
    """Vocabulary, inverse document frequencies and a weight a (word, class)."""
    bags = [money_features(e.purpose, e.sentence) for e in examples]
    counts = Counter(w for parts in bags for bag in parts for w in bag)
    vocabulary = sorted(w for w, n in counts.items() if n >= 2)
    idf = np.array([np.log((1 + len(bags)) / (1 + counts[w])) + 1 for w in vocabulary], dtype=np.float32)
    index = {w: i for i, w in enumerate(vocabulary)}
    rows, columns, values = [], [], []
    for i, parts in enumerate(bags):
        for bag, share in zip(parts, (1.0, SENTENCE), strict=True):
            at = [index[w] for w in bag if w in index]
            x = np.array([(1 + np.log(n)) * idf[index[w]] for w, n in bag.items() if w in index])
            rows += [i] * len(at)
            columns += at
            values += (x / max(float(np.linalg.norm(x)), 1e-9) * share).tolist()
    matrix = csr_matrix((values, (rows, columns)), shape=(len(bags), len(vocabulary)))
    model = LogisticRegression(C=8, max_iter=150).fit(
        matrix, [e.sector for e in examples], sample_weight=[e.weight for e in examples]
    )
    return {
        "vocabulary": vocabulary, "idf": idf, "weights": model.coef_, "bias": model.intercept_, "classes": list(model.classes_),
    }  # fmt: skip


def save(model: dict[str, Any], path: Path) -> None:
    """Writes the weights as float16 with fixed timestamps, so that the same input gives the same bytes."""
    arrays = {
        "vocabulary": np.frombuffer("\n".join(model["vocabulary"]).encode(), dtype=np.uint8),
        "classes": np.frombuffer("\n".join(model["classes"]).encode(), dtype=np.uint8),
        "idf": model["idf"].astype(np.float16),
        "weights": model["weights"].astype(np.float16),
        "bias": model["bias"].astype(np.float32),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.save(buffer, array)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (2000, 1, 1, 0, 0, 0)), buffer.getvalue(), zipfile.ZIP_DEFLATED
            )


def as_model(fitted: dict[str, Any]) -> Model:
    """A fitted model as the product reads it."""
    index = {w: i for i, w in enumerate(fitted["vocabulary"])}
    return Model(index, fitted["idf"], fitted["weights"], fitted["bias"], fitted["classes"])


def evaluate(figures: Sequence[Example], descriptions: Sequence[Example]) -> None:
    """Cross-validation on the labelled figures: the model alone, and behind the rules at several cuts."""
    alone, told = 0, dict.fromkeys(_CUTS, 0)
    for fold in range(_FOLDS):
        model = as_model(fit([*(e for e in figures if e.fold != fold), *descriptions]))
        for e in (e for e in figures if e.fold == fold):
            found = model.sector(e.purpose, e.sentence)
            alone += found is not None and found[0] == e.sector
            number = sector_number(code_by_rule(e.purpose) if e.purpose else None)
            for cut in _CUTS:
                said = SECTORS[number] if number >= 0 else found[0] if found and found[1] >= cut else None
                told[cut] += said == e.sector
    shares = ", ".join(f"from {cut} {n / len(figures):.3f}" for cut, n in told.items())
    print(
        f"sector of {len(figures)} labelled figures: model alone {alone / len(figures):.3f}; behind the rules, {shares}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--described", nargs="+", type=Path, default=[])
    parser.add_argument("--evaluate", action="store_true")
    args = parser.parse_args()
    figures, descriptions = list(labelled(args.folders)), list(described(args.described))
    if args.evaluate:
        evaluate(figures, descriptions)
        return
    save(fit([*figures, *descriptions]), TARGET)


if __name__ == "__main__":
    main()
