"""Trains the small decisions about amounts that `pipelines.extract.money.learnt` reads: `python -m training.money`.

    python -m training.money WAREHOUSE... --labels JSON_FOLDER... --cache FOLDER [--evaluate] [--without-fold N]

A WAREHOUSE holds labelled documents as the product cleaned them, a JSON_FOLDER their labels (`training.reader.notation`, or
`lab.py json`). Parses are kept in the cache folder. Two decisions: whether a number with a scale and no unit is money
(`elided`), and which dollar a bare "$" is (`home_dollar`). Logistic regressions over named evidence; weights only are
written, and of words only those that three documents have. `--evaluate` cross-validates on the folds of the documents and
writes nothing. Needs scikit-learn (development group). Same input, same file.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from pipelines.extract.money import elided, home_dollar
from pipelines.extract.money.amounts import Amount
from pipelines.extract.money.currency_choice import is_bare_dollar, states_named
from pipelines.extract.money.learnt import INTERCEPT, WEIGHTS
from pipelines.extract.money.scan import scan_amounts
from pipelines.language.parse import Article, Parse
from training.resolver.documents import FOLDS, Alignment, fold_of, parse_of

_STRENGTH = 3.0
_LEAST_DOCUMENTS = 3  # that must have a piece of evidence
_MOST_WEIGHT = 6  # figures of a document beyond which its vote on a dollar grows no more


@dataclass(frozen=True, slots=True)
class Document:
    """A labelled document; `sums` are (start, end, currency) of its labelled figures in the cleaned text."""

    ident: str
    fold: int
    article: Article
    parse: Parse
    sums: tuple[tuple[int, int, str | None], ...]

    def sum_at(self, start: int, end: int) -> tuple[int, int, str | None] | None:
        """The labelled figure that shares a character with start:end."""
        return next((s for s in self.sums if s[0] < end and start < s[1]), None)


@dataclass(frozen=True, slots=True)
class Example:
    """Evidence, the answer by the labels, and the document that it is from."""

    evidence: dict[str, float]
    answer: bool
    weight: float
    ident: str
    fold: int


def load(warehouse: Path, folders: Sequence[Path], cache: Path, without_fold: int | None = None) -> Iterator[Document]:
    """Labelled documents that the warehouse has, in the order of their ids; those of a fold of the labels left out."""
    cache.mkdir(parents=True, exist_ok=True)
    labels: dict[str, dict[str, Any]] = {}
    for path in (p for folder in folders for p in sorted(folder.glob("*.json"))):
        row = json.loads(path.read_text(encoding="utf8"))
        labels[row["document_id"]] = row
    columns = ", ".join(Article.__dataclass_fields__)
    with duckdb.connect(str(warehouse / "newsledger.duckdb"), read_only=True) as con:
        rows = con.execute(f"select external_id, {columns} from documents order by external_id").fetchall()
    for ident, *fields in rows:
        row = labels.get(str(ident))
        if row is None or (without_fold is not None and row.get("fold") == without_fold):
            continue
        article = Article(*fields)
        alignment = Alignment(row["text"], article.text)
        sums = [
            (*span, f["currency"]) for f in row["figures"] if (span := alignment.move(f["start"], f["end"])) is not None
        ]
        yield Document(str(ident), fold_of(row), article, parse_of(article, cache), tuple(sums))


def elided_examples(document: Document) -> Iterator[Example]:
    """Numbers with a scale and no unit, of which the ones before are decided as the labels say."""
    asked: list[tuple[dict[str, float], bool]] = []

    def by_label(amount: Amount, evidence: dict[str, float]) -> bool:
        answer = document.sum_at(amount.start, amount.end) is not None
        asked.append((evidence, answer))
        return answer

    scan_amounts(document.article, document.parse, by_label)
    for evidence, answer in asked:
        yield Example(evidence, answer, 1.0, document.ident, document.fold)


def bare_dollars(document: Document) -> list[str]:
    """The labelled currencies of the sums that have no more than "$" or "dollars"."""
    amounts = [a for _, a in scan_amounts(document.article, document.parse) if a.unit is not None]
    found = [document.sum_at(a.start, a.end) for a in amounts if a.unit is not None and is_bare_dollar(a.unit)]
    return [s[2] for s in found if s is not None and s[2] is not None]


def candidates_of(document: Document) -> dict[str, dict[str, float]]:
    """Dollars that something in a document speaks for, and what."""
    named = [state for _, states in sorted(states_named(document.parse).items()) for _, state in states]
    return home_dollar.candidates(document.article, document.parse.text, named)


def dollar_examples(document: Document) -> Iterator[Example]:
    """Each dollar that anything in a document speaks for: is it what most of its bare dollars are?"""
    counts = Counter(bare_dollars(document))
    if not counts:
        return
    weight = min(counts.total(), _MOST_WEIGHT) ** 0.5
    for code, evidence in candidates_of(document).items():
        yield Example(evidence, counts[code] * 2 > counts.total(), weight, document.ident, document.fold)


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Weight of each piece of evidence that several documents have, and the intercept."""
    having = defaultdict(set)
    for e in examples:
        for name, value in e.evidence.items():
            if value:
                having[name].add(e.ident)
    kept = {name for name, documents in having.items() if len(documents) >= _LEAST_DOCUMENTS}
    rows = [{name: value for name, value in e.evidence.items() if name in kept} for e in examples]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=_STRENGTH, max_iter=3000)
    model.fit(vectorizer.fit_transform(rows), [e.answer for e in examples], sample_weight=[e.weight for e in examples])
    weights = dict(zip(map(str, vectorizer.get_feature_names_out()), model.coef_[0].tolist(), strict=True))
    return {INTERCEPT: round(float(model.intercept_[0]), 4)} | {n: round(w, 4) for n, w in sorted(weights.items())}


def _chance(weights: dict[str, float], evidence: dict[str, float]) -> float:
    score = weights[INTERCEPT] + sum(weights.get(name, 0.0) * value for name, value in evidence.items())
    return float(1 / (1 + np.exp(-score)))


def evaluate(documents: Sequence[Document]) -> None:
    """Print how often either decision is right on documents that it has not learnt from."""
    elided_all = [e for d in documents for e in elided_examples(d)]
    dollars_all = [e for d in documents for e in dollar_examples(d)]
    for fold in range(FOLDS):
        weights = fit([e for e in elided_all if e.fold != fold])
        held = [e for e in elided_all if e.fold == fold]
        right = sum((_chance(weights, e.evidence) >= elided.LIKELY) == e.answer for e in held)
        weights = fit([e for e in dollars_all if e.fold != fold])
        asked = hit = us = kept = 0
        for document in (d for d in documents if d.fold == fold):
            currencies = bare_dollars(document)
            chances = {c: _chance(weights, e) for c, e in candidates_of(document).items()} if currencies else {}
            best = max(chances, key=lambda c: chances[c], default="USD")
            chosen = best if chances.get(best, 0.0) >= home_dollar.LIKELY else "USD"
            asked, hit = asked + len(currencies), hit + currencies.count(chosen)
            us, kept = us + currencies.count("USD"), kept + (currencies.count("USD") if chosen == "USD" else 0)
        print(f"fold {fold}: elided {right} of {len(held)}; bare dollars {hit} of {asked}, of U.S. ones {kept} of {us}")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("warehouse", type=Path, nargs="+")
    parser.add_argument("--labels", type=Path, nargs="+", required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--evaluate", action="store_true")
    parser.add_argument("--without-fold", type=int)
    asked = parser.parse_args()
    documents = [
        d for warehouse in asked.warehouse for d in load(warehouse, asked.labels, asked.cache, asked.without_fold)
    ]
    if asked.evaluate:
        evaluate(documents)
        return
    decisions = {
        elided.DECISION: fit([e for d in documents for e in elided_examples(d)]),
        home_dollar.DECISION: fit([e for d in documents for e in dollar_examples(d)]),
    }
    WEIGHTS.write_text(json.dumps(decisions, indent=1, ensure_ascii=False) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
