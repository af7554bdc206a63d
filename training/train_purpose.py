"""Trains the DAC sector model that `pipelines.extract.money.purpose_model` reads.

    python training/train_purpose.py LABELLED.jsonl [--evaluate]

LABELLED holds rows of `text` and `purpose_code` (CRS, 5 digits), as AidData and CRS coders wrote them. The code list
in pipelines/reference/dac_purposes.csv adds its own wording as examples. Writes weights only, no training text: words
that fewer than three of the texts use are left out. Needs scikit-learn (development group). Same input, same file.
"""

from __future__ import annotations

import argparse
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.model_selection import KFold
from sklearn.svm import LinearSVC

from pipelines.extract.money.purpose_model import features, sector_of_code
from pipelines.reference import rows as reference_rows

TARGET = Path(__file__).parents[1] / "pipelines" / "reference" / "purpose_model.npz"
LIST_WEIGHT = 0.5
LARGEST_VOCABULARY = 12000


def load(path: Path) -> tuple[list[str], list[str]]:
    """Texts and their 5-digit codes."""
    records = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]
    return [r["text"] for r in records], [str(r["purpose_code"]) for r in records]


def code_list() -> tuple[list[str], list[str]]:
    """The wording of the code list itself."""
    listed = [r for r in reference_rows("dac_purposes.csv") if r["level"] == "5"]
    return [f"{r['name']}. {r['description']}" for r in listed], [r["code"] for r in listed]


def fit(texts: list[str], labels: list[str], extra: tuple[list[str], list[str]]) -> dict[str, Any]:
    """Vocabulary, inverse document frequencies and a weight a (word, class)."""
    bags = [features(t) for t in texts]
    extra_bags = [features(t) for t in extra[0]]
    counts: dict[str, int] = {}
    for bag in bags:
        for word in bag:
            counts[word] = counts.get(word, 0) + 1
    listed: dict[str, int] = {}
    for bag in extra_bags:
        for word in bag:
            listed[word] = listed.get(word, 0) + 1
    kept = [w for w in counts if counts[w] >= 3] + [w for w in listed if counts.get(w, 0) < 3 and " " not in w]
    kept.sort(key=lambda w: (-counts.get(w, 0), w))
    vocabulary = sorted(kept[:LARGEST_VOCABULARY])
    index = {w: i for i, w in enumerate(vocabulary)}
    total = len(bags)
    idf = np.array([np.log((1 + total) / (1 + counts.get(w, 1))) + 1 for w in vocabulary], dtype=np.float32)

    def matrix(some: list[dict[str, int]]) -> np.ndarray:
        m = np.zeros((len(some), len(vocabulary)), dtype=np.float32)
        for row, bag in enumerate(some):
            for word, n in bag.items():
                if word in index:
                    m[row, index[word]] = (1 + np.log(n)) * idf[index[word]]
        norms = np.linalg.norm(m, axis=1, keepdims=True)
        return m / np.where(norms == 0, 1, norms)

    y = [sector_of_code(c) for c in labels] + [sector_of_code(c) for c in extra[1]]
    x = np.vstack([matrix(bags), matrix(extra_bags)])
    weight = np.array([1.0] * len(bags) + [LIST_WEIGHT] * len(extra_bags))
    # balanced: the shares of sectors among the examples are those of a few donors' project lists, not of the news
    model = LinearSVC(C=0.5, class_weight="balanced", random_state=0).fit(x, y, sample_weight=weight)
    return {
        "vocabulary": vocabulary,
        "idf": idf,
        "weights": model.coef_,
        "bias": model.intercept_,
        "classes": list(model.classes_),
    }


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


def evaluate(texts: list[str], codes: list[str]) -> None:
    """Five-fold cross-validation: the model alone, and with the rules in front."""
    from pipelines.extract.money import purpose, purpose_model

    alone = ruled = 0
    for train, test in KFold(5, shuffle=True, random_state=0).split(texts):
        model = fit([texts[i] for i in train], [codes[i] for i in train], code_list())
        loaded = purpose_model.Model(
            {w: i for i, w in enumerate(model["vocabulary"])},
            model["idf"],
            model["weights"],
            model["bias"],
            model["classes"],
        )
        for i in test:
            want = sector_of_code(codes[i])
            got = loaded.best(texts[i])
            alone += got is not None and got[0] == want
            code = purpose.code_of_text(texts[i], loaded)
            ruled += code is not None and sector_of_code(code) == want
    print(f"sector: model alone {alone / len(texts):.3f}, rules in front {ruled / len(texts):.3f} of {len(texts)}")
    # The 5 digits have a model of their own, learnt from these texts too: train_purpose_detail.py tells how good it is.


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--evaluate", action="store_true")
    args = parser.parse_args()
    texts, codes = load(args.labelled)
    if args.evaluate:
        evaluate(texts, codes)
        return
    save(fit(texts, codes, code_list()), TARGET)


if __name__ == "__main__":
    main()
