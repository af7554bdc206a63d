"""Trains the model of 5-digit CRS purposes that `pipelines.extract.money.purpose_detail` asks.

    python -m training.train_purpose_detail LABELLED.jsonl [--evaluate]

LABELLED holds rows of `text` and `purpose_code` (CRS), as AidData and CRS coders wrote them; those with 5 digits teach here, with the code list's own wording. A code
that fewer than two rows have is not learnt. Writes weights only: words that fewer than three of the texts use are left
out, but for those of the code list. Needs scikit-learn (development group). Same input, same file.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from pipelines.extract.money.purpose_detail import refine
from pipelines.extract.money.purpose_model import features, sector_of_code
from pipelines.reference import rows as reference_rows
from training.train_sectors import as_model, save

TARGET = Path(__file__).parents[1] / "pipelines" / "reference" / "purpose_detail_model.npz"
LEAST_TEXTS, LEAST_ROWS = 3, 2
LIST_WEIGHT = 0.5


def load(path: Path) -> tuple[list[str], list[str]]:
    """Texts and their codes."""
    records = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]
    return [r["text"] for r in records], [str(r["purpose_code"]) for r in records]


def code_list() -> tuple[list[str], list[str]]:
    """The wording of the code list itself."""
    listed = [r for r in reference_rows("dac_purposes.csv") if r["level"] == "5"]
    return [f"{r['name']}. {r['description']}" for r in listed], [r["code"] for r in listed]


def fit(texts: list[str], codes: list[str]) -> dict[str, Any]:
    """Words, inverse document frequencies and a weight a (word, code); rows of 3 digits count for frequencies alone."""
    rows = Counter(c for c in codes if len(c) == 5)
    learnt = [(_words(t), c) for t, c in zip(texts, codes, strict=True) if rows[c] >= LEAST_ROWS]
    listed = [(_words(t), c) for t, c in zip(*code_list(), strict=True) if rows[c] >= LEAST_ROWS]
    counts = Counter(w for bag, _ in learnt for w in bag)
    everywhere = Counter(w for text in texts for w in _words(text))
    of_list = {w for bag, _ in listed for w in bag if not w.startswith("^")}
    vocabulary = sorted({w for w, n in counts.items() if n >= LEAST_TEXTS} | of_list)
    index = {w: i for i, w in enumerate(vocabulary)}
    idf = np.array([np.log((1 + len(texts)) / (1 + everywhere.get(w, 1))) + 1 for w in vocabulary], dtype=np.float32)
    x = np.zeros((len(learnt) + len(listed), len(vocabulary)), dtype=np.float32)
    for row, (bag, _) in enumerate(learnt + listed):
        for word, n in bag.items():
            if word in index:
                x[row, index[word]] = (1 + np.log(n)) * idf[index[word]]
        x[row] /= np.linalg.norm(x[row]) or 1
    weight = [1.0] * len(learnt) + [LIST_WEIGHT] * len(listed)
    fitted = LogisticRegression(C=10, max_iter=400).fit(x, [c for _, c in learnt + listed], sample_weight=weight)
    return {
        "vocabulary": vocabulary,
        "idf": idf,
        "weights": fitted.coef_,
        "bias": fitted.intercept_,
        "classes": list(fitted.classes_),
    }


def _words(text: str) -> dict[str, int]:
    return {word: n for word, n in features(text).items() if " " not in word}


def evaluate(texts: list[str], codes: list[str]) -> None:
    """Five-fold cross-validation on the rows with 5 digits, their sector known: the model's best of the sector, beside the rules."""
    ruled = ruled_right = 0
    sure: list[tuple[float, bool]] = []
    for train, test in KFold(5, shuffle=True, random_state=0).split(texts):
        model = as_model(fit([texts[i] for i in train], [codes[i] for i in train]))
        for i in (i for i in test if len(codes[i]) == 5):
            sector = sector_of_code(codes[i])
            by_words = refine(sector, texts[i].split(". ")[0][:250])
            ruled, ruled_right = ruled + (len(by_words) == 5), ruled_right + (by_words == codes[i])
            if likeliest := model.likeliest(texts[i], sector):
                sure.append((likeliest[1], likeliest[0] == codes[i]))
    print(f"words alone: given {ruled}, right {ruled_right} ({ruled_right / ruled:.3f})")
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        some = [ok for p, ok in sure if low <= p < low + 0.2]
        print(f"model, told with {low:.1f} to {low + 0.2:.1f}: {len(some)}, right {np.mean(some):.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--evaluate", action="store_true")
    args = parser.parse_args()
    texts, codes = load(args.labelled)
    if args.evaluate:
        evaluate(texts, codes)
        return
    save(fit(texts, codes), TARGET)


if __name__ == "__main__":
    main()
