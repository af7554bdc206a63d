"""How sure a row is: weights of a logistic regression over a row's own probabilities, from rows that were held out.

    python -m training.reader.calibrate WAREHOUSE GOLD RELEASE --fold 0 --score score.py --resolver FILE --sectors FILE \
        --out pipelines/extract/sureness.json

An event is right where type and both sides are (country level, `score.py`'s matching, optional events count as right where they
are found); a figure where amount, payer, payee and kind are. Release, resolver and sectors have not learnt from the fold
(`training.held_out`): rows that the models know look surer than rows will be. Printed figures are of halves of the documents, each fitted on the other.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from pipelines.extract.document import extract_facts
from pipelines.extract.sureness import EVENT_FEATURES, FIGURE_FEATURES, event_features, figure_features
from training.calibration import fitted, held_out_chances, named, write
from training.held_out import add_model_options, held_out
from training.reader.evaluate import documents, readings, warehouse_of


def _judged(given: argparse.Namespace) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Features, whether right, and which half, of every event and figure of the held-out documents."""
    spec = importlib.util.spec_from_file_location("score", given.score)
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    gold = [json.loads(p.read_text(encoding="utf8")) for p in sorted(given.gold.glob("*.json"))]
    gold = [g for g in gold if g.get("fold") in given.fold]
    found = list(documents(given.warehouse, {g["document_id"] for g in gold}))
    said = readings(given.release, found)
    rows: dict[str, list[tuple[list[float], bool, int]]] = {"events": [], "figures": []}
    with tempfile.TemporaryDirectory() as name:
        warehouse_of(found, said, Path(name))
        wh = score.Warehouse(name)
        by_id = {g["document_id"]: g for g in gold}
        for half, (ident, _, article, parse) in enumerate(found):
            facts = extract_facts(article, parse, said[ident])
            label = by_id[ident]
            named = {score.norm(x["name"]): x for x in label["actors"]}
            document = wh.by_external[ident]
            mentioned = {f"{document}:{m.entity}" for m in facts.mentions}
            names = {x["name"]: [i for i in mentioned if score.same_actor(x["name"], wh, i)] for x in label["actors"]}
            want = set()
            for g in label["events"]:
                outer = score.find(article.text, g["sentence"])
                span = outer or score.find(article.text, g["quote"], g.get("nth", 0))
                if span is None:
                    continue
                inner = score.find(article.text[span[0] : span[1]], g["quote"]) if outer else None
                at = (span[0] + inner[0], span[0] + inner[1]) if inner else span
                sides = [[score.gold_state(n, named, wh, names) for n in g[s]] for s in ("source", "recipient")]
                want |= {(wh.sentence_of(document, at), g["type"], pair) for pair in score.dyads(g["type"], *sides)}
            for e in facts.events:
                sides = [[score.pred_state(wh, f"{document}:{p.entity}") for p in s] for s in (e.sources, e.recipients)]
                pairs = score.dyads(e.event_type, *sides)
                hits = sum(
                    (wh.sentence_of(document, (e.start_char, e.end_char)), e.event_type, p) in want for p in pairs
                )
                rows["events"].append((event_features(e), hits * 2 > len(pairs), half % 2))
            for f in facts.figures:
                right = False
                for g in label["figures"]:
                    span = score.find(article.text, g["quote"], g.get("nth", 0))
                    if span and score.overlap(span, (f.start_char, f.end_char)):
                        ends = [(g["donor"], f.payer), (g["recipient"], f.payee)]
                        same = all(score.same_actor(n, wh, None if i is None else f"{document}:{i}") for n, i in ends)
                        right = same and f.figure_kind == g["kind"]
                rows["figures"].append((figure_features(f), right, half % 2))
    return {
        k: (np.array([r[0] for r in v]), np.array([r[1] for r in v], float), np.array([r[2] for r in v]))
        for k, v in rows.items()
    }


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    for name in ("warehouse", "gold"):
        ask.add_argument(name, type=Path)
    ask.add_argument("release")
    ask.add_argument("--fold", type=int, nargs="+", required=True)
    ask.add_argument("--score", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    add_model_options(ask, required=True)
    given = ask.parse_args()
    out: dict[str, Any] = {}
    with held_out(given.resolver, given.sectors, given.fold):
        judged = _judged(given)
    for name, (x, y, half) in judged.items():
        p = held_out_chances(x, y, half)
        order = np.argsort(-p)
        right = np.cumsum(y[order]) / np.arange(1, len(y) + 1)
        cuts = {
            c: (int((p >= c).sum()), round(float(y[p >= c].mean()), 3) if (p >= c).any() else None)
            for c in (0.3, 0.4, 0.5, 0.6, 0.7)
        }
        print(name, len(y), "right", round(float(y.mean()), 3), "at least c: rows, right", cuts)
        deep = [n for n in range(20, len(y)) if right[n] >= 0.7]
        sure = float(p[order][max(deep)]) if deep else 0.7
        print("  rows at .7 precision:", max(deep, default=0), "confidence there", round(sure, 3))
        names = EVENT_FEATURES if name == "events" else FIGURE_FEATURES
        out[name] = named(names, fitted(x, y)) | {"sure": round(sure, 2)}
    write(given.out, out)


if __name__ == "__main__":
    main()
