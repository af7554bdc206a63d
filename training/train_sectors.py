"""Trains the DAC sector model that `pipelines.extract.money.purpose_model` reads.

    python -m training.train_sectors JSON_FOLDER... --described purpose_dev.jsonl aid_dev.jsonl
        [--purposes training/labels/purposes.tsv] [--evaluate | --without-fold N --out FILE]

JSON_FOLDER holds labelled documents as JSON (`training.reader.notation`), whose aid and loans have the words of their purpose and a
sector; each is learnt once more, for a half, without the purpose, since the product asks by the sentence alone where it has
found no such words. Descriptions are rows of `text` and `purpose_code` (or `flows` with one), as AidData and CRS coders wrote them: their
opening stands for the purpose, and they count a quarter. Purposes are rows of our own, written to be learnt: sector, words of a
purpose, a sentence with it. Of aid_dev the rows are left out that figures are quoted on. A logistic
regression over TF-IDF of words (`words_of_money`, which the product asks with too). Writes weights only, no text: words of one text
are left out. `--evaluate` cross-validates on five folds of the documents; `--without-fold N --out FILE` leaves out the documents of
fold N of the labels: the model with which a release of the reader is scored on that fold. Needs scikit-learn (development group). Same input, same file.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from pipelines.extract.cuts import CUTS
from pipelines.extract.money.purpose_model import SECTORS as TARGET
from pipelines.extract.money.purpose_model import SHARES, Model, Told, words_of_money
from pipelines.reader.labels import SECTORS
from training.held_out import add_fold_options, fold_asked, fold_mark, without_fold
from training.reader.descriptions import is_held_out
from training.reader.notation import sentences
from training.reader.prepare import sector_number

DESCRIBED = 0.25  # weight of a description against a labelled figure
_PURPOSE, _SENTENCE = 200, 400  # characters of a description that stand for purpose and sentence
UNTOLD = 0.5  # weight of a labelled figure without the words of its purpose, against one with them
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """Where a sum is told, and its sector.

    `fold` is that of the cross-validation here, by the document's id; `reader_fold` the one that the labels give, None where they
    give none.
    """

    told: Told
    sector: str
    weight: float
    fold: int
    reader_fold: int | None = None


def labelled(folders: Sequence[Path]) -> Iterator[Example]:
    """Figures of labelled documents that have a sector."""
    for path in sorted(p for folder in folders for p in folder.glob("*.json")):
        document = json.loads(path.read_text(encoding="utf8"))
        fold = int(hashlib.sha256(document["document_id"].encode()).hexdigest(), 16) % _FOLDS
        text: str = document["text"]
        spans = sentences(text)
        for figure in document["figures"]:
            number = sector_number(figure.get("dac"))
            if number >= 0:
                at = figure["sentence"]
                beside = " ".join(text[slice(*spans[i])] for i in (at - 1, at + 1) if 0 <= i < len(spans))
                told = Told(figure["purpose"], text[slice(*spans[at])], document.get("title") or "", beside)
                yield Example(told, SECTORS[number], 1.0, fold, document.get("fold"))


def described(files: Sequence[Path]) -> Iterator[Example]:
    """Descriptions of projects with the sector of their code."""
    for line in (line for path in files for line in path.read_text(encoding="utf8").splitlines() if line.strip()):
        row = json.loads(line)
        if "flows" in row and is_held_out(row["id"]):
            continue
        for flow in row.get("flows", [row]):
            number = sector_number(str(flow["purpose_code"] or ""))
            if number >= 0:
                yield Example(Told(row["text"][:_PURPOSE], row["text"][:_SENTENCE]), SECTORS[number], DESCRIBED, -1)


def purposes(files: Sequence[Path]) -> Iterator[Example]:
    """Purposes that were written to be learnt, each in a sentence. Raises ValueError for a row that is none."""
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
            if line.startswith("#") or not line.strip():
                continue
            sector, _, rest = line.partition("\t")
            words, _, sentence = rest.partition("\t")
            if sector not in SECTORS or not words or words not in sentence:
                raise ValueError(
                    f"{path}, line {number}: write a sector of {', '.join(SECTORS)}, the words of a purpose and a sentence that has "
                    "them, parted by tabs."
                )
            yield Example(Told(words, sentence), sector, 1.0, -1)


def fit(examples: Sequence[Example]) -> dict[str, Any]:
    """Vocabulary, inverse document frequencies and a weight a (word, class)."""
    bags = [words_of_money(e.told) for e in examples]
    counts = Counter(w for parts in bags for bag in parts for w in bag)
    vocabulary = sorted(w for w, n in counts.items() if n >= 2)
    idf = np.array([np.log((1 + len(bags)) / (1 + counts[w])) + 1 for w in vocabulary], dtype=np.float32)
    index = {w: i for i, w in enumerate(vocabulary)}
    rows, columns, values = [], [], []
    for i, parts in enumerate(bags):
        for bag, share in zip(parts, SHARES, strict=True):
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


def save(model: dict[str, Any], path: Path, held_out: int | None = None) -> None:
    """Writes the weights as float16 with fixed timestamps, so that the same input gives the same bytes."""
    arrays: dict[str, Any] = {
        "vocabulary": np.frombuffer("\n".join(model["vocabulary"]).encode(), dtype=np.uint8),
        "classes": np.frombuffer("\n".join(model["classes"]).encode(), dtype=np.uint8),
        "idf": model["idf"].astype(np.float16),
        "weights": model["weights"].astype(np.float16),
        "bias": model["bias"].astype(np.float32),
    } | fold_mark(held_out)
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


def with_and_without(told: Sequence[Example]) -> list[Example]:
    """Each as it is, and once more without the words of its purpose."""
    without = [replace(e, told=replace(e.told, purpose=None), weight=UNTOLD) for e in told if e.told.purpose]
    return [*told, *without]


def evaluate(figures: Sequence[Example], beside: Sequence[Example]) -> None:
    """Cross-validation on the labelled figures, with and without the words of their purpose: the model alone, and as the product asks."""
    rows: dict[bool, list[tuple[bool, bool, bool]]] = {True: [], False: []}
    for fold in range(_FOLDS):
        model = as_model(fit([*with_and_without([e for e in figures if e.fold != fold]), *beside]))
        for e in (e for e in figures if e.fold == fold):
            for purpose in dict.fromkeys((e.told.purpose, None)):
                found = model.sector(replace(e.told, purpose=purpose))
                sure = found is not None and found[1] >= (CUTS.sector if purpose else CUTS.sector_alone)
                said = found[0] if found and sure else None
                alone = found is not None and found[0] == e.sector
                rows[purpose is not None].append((alone, said is not None, said == e.sector))
    for has_purpose, name in ((True, "by purpose and sentence"), (False, "by the sentence alone")):
        alone, answered, right = (sum(column) for column in zip(*rows[has_purpose], strict=True))
        n = len(rows[has_purpose])
        print(
            f"sector of {n} labelled figures {name}: model alone {alone / n:.3f}; as the product asks {answered} told, {right} right"
        )


def main(words: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--described", nargs="+", type=Path, default=[])
    parser.add_argument("--purposes", nargs="+", type=Path, default=[])
    parser.add_argument("--evaluate", action="store_true")
    add_fold_options(parser)
    args = parser.parse_args(words)
    asked = fold_asked(parser, args)
    figures = list(labelled(args.folders))
    beside = [*described(args.described), *with_and_without(list(purposes(args.purposes)))]
    if args.evaluate:
        evaluate(figures, beside)
    elif asked:
        fold, file = asked
        kept = without_fold(figures, [e.reader_fold for e in figures], fold)
        save(fit([*with_and_without(kept), *beside]), file, fold)
    else:
        save(fit([*with_and_without(figures), *beside]), TARGET)


if __name__ == "__main__":
    main()
