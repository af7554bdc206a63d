"""Trains the model of `pipelines.extract.events.confidence`: how likely a coded event is right in type.

    python training/train_event_confidence.py LABELLED.jsonl DOCUMENTS [NEWS.jsonl.gz] [--evaluate]

LABELLED holds rows of `text` and `events` (with `plover_type`), one sentence each; DOCUMENTS is a folder of labelled documents with their
raw.jsonl; NEWS is a corpus whose company reports (titles with a ticker, "<XYZ>") hold no political events. A row is right where the labels
of its sentence hold its type. Writes weights only. Needs scikit-learn (development group). Same input, same file.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipelines.extract.document import extract_facts
from pipelines.extract.events import find as coder
from pipelines.language.annotations import to_parse
from pipelines.language.model import annotate
from pipelines.language.parse import Article, Parse

TARGET = Path(__file__).parents[1] / "pipelines" / "reference" / "event_confidence.csv"
COMPANY_REPORTS = 1500
WEIGHT_OF_REPORTS = 0.5
# Labelled articles are few beside single sentences, and what the coder mostly reads.
WEIGHT_OF_DOCUMENTS = 3.0
# Types between which coders of single sentences waver: such a row counts neither way.
_ALIKE = {
    "SANCTION": {"COERCE", "ACCUSE"},
    "COERCE": {"SANCTION", "ASSAULT"},
    "AGREE": {"SUPPORT", "YIELD", "CONSULT"},
    "SUPPORT": {"AGREE"},
    "CONSULT": {"AGREE"},
    "ASSAULT": {"COERCE"},
    "REJECT": {"SANCTION"},
    "AID": {"COOPERATE"},
    "COOPERATE": {"AID"},
}
_TICKER = re.compile(r"<[A-Z.]{1,8}>")
_YIELDING = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def sentences(path: Path) -> Iterator[tuple[Article, Any]]:
    """Single sentences with the set of types that they hold."""
    for line in path.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        yield Article(str(row["id"]), row["text"]), {e["plover_type"] for e in row["events"]}


def documents(folder: Path) -> Iterator[tuple[Article, Any]]:
    """Labelled documents with (words, type) of their events, and None for those that count neither way."""
    for line in (folder / "raw.jsonl").read_text(encoding="utf8").splitlines():
        raw = json.loads(line)
        gold = json.loads((folder / f"{raw['id']}.json").read_text(encoding="utf8"))
        day = date.fromisoformat(raw["published_on"][:10]) if raw.get("published_on") else None
        yield Article(str(raw["id"]), raw["text"], raw.get("title"), day, raw.get("source")), gold["events"]


def reports(path: Path) -> Iterator[tuple[Article, Any]]:
    """Company reports, which hold no political events."""
    found = 0
    with gzip.open(path, "rt", encoding="utf8") as file:
        for line in file:
            row = json.loads(line)
            if found < COMPANY_REPORTS and _TICKER.search(row.get("title") or ""):
                found += 1
                yield Article(str(row["id"]), row["text"], row["title"]), None


def examples(articles: list[tuple[Article, Any]], kind: str) -> Iterator[tuple[list[str], bool, str, float]]:
    """(features, right, document, weight) of every event that the coder finds."""
    for (article, gold), parsed in zip(articles, annotate((a.document_id, a.text) for a, _ in articles), strict=True):
        parse = to_parse(article.text, parsed)
        for found, event in coded(article, parse):
            if kind == "sentence":
                plover = _YIELDING.get(event.plover_type or "", event.plover_type)
                if plover is None:
                    continue
                if plover in gold or not _ALIKE.get(plover, frozenset()) & gold:
                    yield found, plover in gold, article.document_id, 1.0
            elif kind == "report":
                yield found, False, article.document_id, WEIGHT_OF_REPORTS
            else:
                first, last = parse.sentences[event.sentence_index].start, parse.sentences[event.sentence_index].end
                words = " ".join(article.text[first:last].split())
                here = {
                    g["type"]
                    for g in gold
                    if " ".join((g.get("sentence") or "").split())[:60] in words
                    or words in " ".join((g.get("sentence") or "").split())
                }
                yield found, event.event_type in here, article.document_id, WEIGHT_OF_DOCUMENTS


def coded(article: Article, parse: Parse) -> Iterator[tuple[list[str], Any]]:
    """Events of a document with their features, in the order of the coder's list."""
    seen: dict[int, list[str]] = {}
    original = coder.confidence_of

    def keep(found: list[str], of_row: list[str]) -> float:
        seen[len(seen)] = found
        return len(seen) - 1  # the place in the list, carried where the confidence goes

    coder.confidence_of = keep  # type: ignore[assignment]
    try:
        facts = extract_facts(article, parse)
    finally:
        coder.confidence_of = original
    for event in facts.events:
        yield seen[int(event.confidence)], event


def main() -> None:
    """Read the sets, fit, report by cross-validation, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("news", type=Path, nargs="?")
    parser.add_argument("--evaluate", action="store_true")
    given = parser.parse_args()
    rows = list(examples(list(sentences(given.labelled)), "sentence"))
    rows += examples(list(documents(given.documents)), "document")
    if given.news:
        rows += examples(list(reports(given.news)), "report")
    bags = [dict.fromkeys(found, 1.0) for found, *_ in rows]
    right = np.array([r[1] for r in rows])
    weight = np.array([r[3] for r in rows])
    print(f"{len(rows)} events, {right.mean():.3f} right")
    if given.evaluate:
        evaluate(bags, right, weight, [r[2] for r in rows])
    vectorizer, model = fit(bags, right, weight)
    learnt = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    learnt["bias"] = learnt.get("bias", 0.0) + float(model.intercept_[0])
    with TARGET.open("w", newline="", encoding="utf8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight"])
        writer.writerows([name, f"{value:.3f}"] for name, value in sorted(learnt.items()) if abs(value) >= 0.01)


def fit(bags: list[dict[str, float]], right: Any, weight: Any) -> tuple[DictVectorizer, LogisticRegression]:
    """A logistic regression over the features, the rarer of them drawn to nothing by its penalty."""
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=0.3, max_iter=2000)
    model.fit(vectorizer.fit_transform(bags), right, sample_weight=weight)
    return vectorizer, model


def evaluate(bags: list[dict[str, float]], right: Any, weight: Any, groups: list[str]) -> None:
    """Calibration by tenths and precision by threshold, each document scored by a model that has not seen it."""
    scores = np.zeros(len(bags))
    for train, test in GroupKFold(10).split(bags, right, groups):
        vectorizer, model = fit([bags[i] for i in train], right[train], weight[train])
        scores[test] = model.predict_proba(vectorizer.transform([bags[i] for i in test]))[:, 1]
    print(
        f"Brier score {np.mean((scores - right) ** 2):.3f}, of the mean alone {right.mean() * (1 - right.mean()):.3f}"
    )
    for low in np.arange(0, 1, 0.1):
        here = (scores >= low) & (scores < low + 0.1)
        if here.any():
            print(f"  {low:.1f}-{low + 0.1:.1f}: {here.sum():5d} events, {right[here].mean():.2f} right")
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        kept = scores >= threshold
        print(
            f"  from {threshold:.1f}: precision {right[kept].mean():.3f}, keeps {right[kept].sum() / right.sum():.3f} of the right"
        )


if __name__ == "__main__":
    main()
