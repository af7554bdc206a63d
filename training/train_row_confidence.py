"""Trains the second model of `pipelines.extract.events.confidence`: how likely a row is right as a whole, type and both sides.

    python training/train_row_confidence.py collect WAREHOUSE JUDGED.tsv [...]
    python training/train_row_confidence.py fit LABELLED.jsonl [--evaluate]

`collect` adds rows that readers have judged to judged_event_rows.csv: JUDGED has columns event_id and right (1 or 0), as one
writes beside a sheet of `tests.measure.reading_sheet`; WAREHOUSE is the one that the sheet was made of. Names of features and
labels are kept, no text. `fit` learns from these rows and, at a tenth of their weight, from single sentences whose type and
sides are labelled; it writes pipelines/reference/event_row_confidence.csv. Needs scikit-learn (development group).
Same input, same file.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
import numpy as np
import polars as pl
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipelines.extract.document import extract_facts
from pipelines.extract.events import find as coder
from pipelines.extract.events.confidence import TYPE_ODDS, log_odds, share_right_in_type
from pipelines.extract.facts import Event, Facts, Participant
from pipelines.language.annotations import to_parse
from pipelines.language.model import annotate
from pipelines.language.parse import Article, Parse

JUDGED = Path(__file__).with_name("judged_event_rows.csv")
TARGET = Path(__file__).parents[1] / "pipelines" / "reference" / "event_row_confidence.csv"
COLUMNS = ("document", "right", "type_share", "features")
WEIGHT_OF_SENTENCES = 0.1
PENALTY = 0.1
_YIELDING = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
_SYMMETRIC = {"CONSULT", "AGREE", "COOPERATE"}
_SMALL = {"the", "of", "a", "an", "and", "s", "in"}

Row = tuple[str, bool, dict[str, float], float]  # document, right, features, weight


def collect(warehouse: Path, sheets: list[Path]) -> int:
    """Add the judged rows that the coder still makes to the file of rows; how many."""
    judged = {r["event_id"]: r["right"] == "1" for path in sheets for r in _tsv(path)}
    with duckdb.connect(str(warehouse / "newsledger.duckdb"), read_only=True) as con:
        at = {
            (document, start, end): judged[event]
            for event, document, start, end in con.sql(
                "select event_id, document_id, start_char, end_char from events"
            ).fetchall()
            if event in judged
        }
    documents = {document for document, _, _ in at}
    number = {name: n for n, name in enumerate(sorted(documents))}
    rows = []
    for article, parse in stored(warehouse, documents):
        for event, share, found, _ in coded(article, parse):
            right = at.get((article.document_id, event.start_char, event.end_char))
            if right is not None:
                rows.append(
                    [
                        f"{warehouse.parent.name}-{warehouse.name}-{number[article.document_id]}",
                        int(right),
                        share,
                        ";".join(found),
                    ]
                )
    is_new = not JUDGED.exists()
    with JUDGED.open("a", newline="", encoding="utf8") as file:
        writer = csv.writer(file, lineterminator="\n")
        if is_new:
            writer.writerow(COLUMNS)
        writer.writerows(rows)
    return len(rows)


def stored(warehouse: Path, wanted: set[str]) -> Iterator[tuple[Article, Parse]]:
    """Documents of a warehouse with their stored parses."""
    for batch in sorted((warehouse / "batches").iterdir()):
        texts = {
            row["document_id"]: row
            for path in sorted(batch.glob("documents-*/part-*.parquet"))
            for row in pl.read_parquet(path).iter_rows(named=True)
        }
        for path in sorted(batch.glob("annotations-*/part-*.parquet")):
            for row in pl.read_parquet(path).iter_rows(named=True):
                if row["document_id"] in wanted:
                    told = texts[row["document_id"]]
                    article = Article(**{name: told[name] for name in Article.__dataclass_fields__})
                    yield article, to_parse(article.text, row)


def coded(article: Article, parse: Parse) -> Iterator[tuple[Event, float, list[str], Facts]]:
    """Events of a document with their share of type, their features and the document's facts."""
    seen: list[tuple[float, list[str]]] = []

    def keep(of_type: list[str], of_row: list[str]) -> float:
        seen.append((share_right_in_type(of_type), of_row))
        return len(seen) - 1  # the place in the list, carried where the confidence goes

    with patch.object(coder, "confidence_of", keep):
        facts = extract_facts(article, parse)
    for event in facts.events:
        share, found = seen[int(event.confidence)]
        yield event, share, found, facts


def of_readers() -> Iterator[Row]:
    """Rows that readers judged."""
    with JUDGED.open(encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["document"], row["right"] == "1", bag(row["features"].split(";"), float(row["type_share"])), 1.0


def of_sentences(path: Path) -> Iterator[Row]:
    """Rows of single sentences whose one labelled event they tell: right where both sides are the labelled ones."""
    labelled = {str(r["id"]): r for r in map(json.loads, path.read_text(encoding="utf8").splitlines())}
    known = {k: r for k, r in labelled.items() if any(e.get("source") or e.get("source_text") for e in r["events"])}
    articles = [Article(k, r["text"]) for k, r in known.items()]
    for article, row in zip(articles, annotate((a.document_id, a.text) for a in articles), strict=True):
        parse = to_parse(article.text, row)
        for event, share, found, facts in coded(article, parse):
            kind = _YIELDING.get(event.plover_type or "", event.plover_type)
            told = [e for e in known[article.document_id]["events"] if e["plover_type"] == kind]
            if told:  # other events of the sentence are not labelled: they count neither way
                right = any(_has_sides(event, e, facts, article.text) for e in told)
                yield article.document_id, right, bag(found, share) | {"single sentence": 1.0}, WEIGHT_OF_SENTENCES


def bag(found: list[str], share: float) -> dict[str, float]:
    """Features as numbers."""
    return dict.fromkeys(found, 1.0) | {TYPE_ODDS: log_odds(share)}


def _has_sides(event: Event, label: dict[str, Any], facts: Facts, text: str) -> bool:
    sides = [event.sources, event.recipients]
    if event.event_type in _SYMMETRIC:
        sides = [[*event.sources, *event.recipients]] * 2
    if "source_text" in label:
        told = (label.get("source_text"), label.get("target_text"))
        return all(_stands_in(ps, words, facts, text) for ps, words in zip(sides, told, strict=True))
    states = [
        {"IGO" if facts.entities[p.entity].actor_type == "igo" else facts.entities[p.entity].country for p in ps}
        for ps in sides
    ]
    coded_sides = [{"IGO" if c.startswith("IGO") else c[:3] for c in label.get(k) or []} for k in ("source", "target")]
    return all(want <= have for want, have in zip(coded_sides, states, strict=True))


def _stands_in(participants: list[Participant], words: str | None, facts: Facts, text: str) -> bool:
    """Whether one of them is named by the labelled words."""
    if not words:
        return True
    start = text.find(words)
    for p in participants:
        mention = facts.mentions[p.mention] if p.mention is not None else None
        if mention is not None and 0 <= start < mention.end_char and mention.start_char < start + len(words):
            return True
        if _plain(facts.entities[p.entity].name) & _plain(words):
            return True
    return False


def _plain(words: str) -> set[str]:
    return set(re.findall(r"\w+", words.lower())) - _SMALL


def _tsv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def model_of(rows: list[Row]) -> tuple[DictVectorizer, LogisticRegression]:
    """A logistic regression, the rarer features drawn to nothing by its penalty."""
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=PENALTY, max_iter=3000)
    model.fit(vectorizer.fit_transform([r[2] for r in rows]), [r[1] for r in rows], sample_weight=[r[3] for r in rows])
    return vectorizer, model


def evaluate(judged: list[Row], others: list[Row]) -> None:
    """Reliability and precision by threshold on the judged rows, each document scored by a model that has not seen it."""
    right = np.array([r[1] for r in judged])
    scores = np.zeros(len(judged))
    for train, test in GroupKFold(10, shuffle=True, random_state=1).split(judged, groups=[r[0] for r in judged]):
        vectorizer, model = model_of([judged[i] for i in train] + others)
        scores[test] = model.predict_proba(vectorizer.transform([judged[i][2] for i in test]))[:, 1]
    better = (scores[right][:, None] > scores[~right][None, :]).mean()
    print(f"{len(right)} judged rows, {right.mean():.3f} right; a right row above a wrong one: {better:.3f}")
    print(
        f"Brier score {np.mean((scores - right) ** 2):.3f}, of the mean alone {right.mean() * (1 - right.mean()):.3f}"
    )
    for low, high in ((0, 0.2), (0.2, 0.3), (0.3, 0.4), (0.4, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 1.01)):
        here = (scores >= low) & (scores < high)
        if here.any():
            print(f"  {low:.1f}-{min(high, 1):.1f}: {here.sum():4d} rows, {right[here].mean():.2f} right")
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        kept = scores >= threshold
        print(
            f"  from {threshold:.1f}: {kept.sum():4d} rows, {right[kept].mean():.3f} right, "
            f"keeps {right[kept].sum() / right.sum():.3f} of the right ones"
        )


def fit(labelled: Path, with_evaluation: bool) -> None:
    """Learn, report where asked, write the weights."""
    judged, others = list(of_readers()), list(of_sentences(labelled))
    print(f"{len(others)} rows of single sentences, {np.mean([r[1] for r in others]):.3f} right")
    if with_evaluation:
        evaluate(judged, others)
    vectorizer, model = model_of(judged + others)
    learnt = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    learnt["bias"] = learnt.get("bias", 0.0) + float(model.intercept_[0])
    learnt.pop("single sentence", None)
    with TARGET.open("w", newline="", encoding="utf8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight"])
        writer.writerows([name, f"{value:.3f}"] for name, value in sorted(learnt.items()) if abs(value) >= 0.01)


def main() -> None:
    """Collect or fit, as asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    collecting = commands.add_parser("collect")
    collecting.add_argument("warehouse", type=Path)
    collecting.add_argument("sheets", type=Path, nargs="+")
    fitting = commands.add_parser("fit")
    fitting.add_argument("labelled", type=Path)
    fitting.add_argument("--evaluate", action="store_true")
    given = parser.parse_args()
    if given.command == "collect":
        print(f"{collect(given.warehouse, given.sheets)} rows added")
    else:
        fit(given.labelled, given.evaluate)


if __name__ == "__main__":
    main()
