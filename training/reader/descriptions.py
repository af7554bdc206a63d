"""Descriptions of aid projects as training arrays: what a database says of a flow, found again in its text.

    python -m training.reader.descriptions WAREHOUSE aid_dev.jsonl purpose_dev.jsonl TOKENIZER OUT.npz

WAREHOUSE was made by `newsledger run` over both sets. The rows tell donor and recipient by country, year and purpose code, and
no words: each relation leads to whatever words of the nearest sentence stand for that country or year, and the network may
choose among them (distant supervision, Mintz et al. 2009). What the database does not tell is not known: acts, mentions, the
other amounts. Of aid_dev the 30 % are left out on which figures are quoted (`is_held_out`); of purpose_dev, whose texts have
a code and no amount, at most `MOST_OF_SECTOR` a sector are taken, read at the head of their first sentence.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from pipelines.language.parse import Token
from pipelines.reader.labels import KINDS, RELATIONS, STAGES
from pipelines.reader.windows import Pieces, windows_of
from training.reader.arrays import Writer
from training.reader.evaluate import documents
from training.reader.labelled_document import Document
from training.reader.prepare import UNKNOWN, add_window, sector_number
from training.reader.window_sizes import configured

MOST_OF_SECTOR = 25
WEIGHT = 0.7  # of an anchor, against a labelled one's 1
_FARTHEST = 4  # sentences from the amount
_STANDS = 0.5
_KIND = {
    "grant": "aid",
    "aid": "aid",
    "technical assistance": "aid",
    "in-kind": "aid",
    "loan": "loan",
    "export credit": "loan",
}
_STAGE = {"commitment": "committed", "pledge": "pledged", "disbursement": "disbursed", "request": "requested"}


def is_held_out(ident: str) -> bool:
    """Whether a row of aid_dev is kept for evaluation."""
    return int(hashlib.sha256(ident.encode()).hexdigest(), 16) % 10 >= 7


def _nearest(words: Iterable[Token], anchor: Token) -> list[int] | None:
    """Those words that stand in the sentence nearest to the anchor (the earlier of two); None where none is near."""
    by_distance: dict[tuple[int, bool], list[int]] = {}
    for word in words:
        away = word.sentence - anchor.sentence
        by_distance.setdefault((abs(away), away > 0), []).append(word.index)
    best = min(by_distance, default=None)
    return by_distance[best] if best is not None and best[0] <= _FARTHEST else None


def _of_country(document: Document, country: str | None, anchor: Token) -> list[int] | None:
    """Words that stand for an actor of a country; None where the row does not tell one or no word does."""
    if not country:
        return None
    entities = document.actors.entities
    found = []
    for token in document.parse.tokens:
        if abs(token.sentence - anchor.sentence) > _FARTHEST:
            continue
        who = document.actors.who(token.index)
        if who is not None and who.stands >= _STANDS and {entities[e].country for e in who.entities} == {country}:
            found.append(token)
    return _nearest(found, anchor)


def _of_year(document: Document, year: int | None, anchor: Token) -> list[int] | None:
    """Words of time expressions that lie within a year."""
    if not year:
        return None
    found = []
    for time in document.times:
        days = time.date_start, time.date_end
        if all(d is not None and d.year == year for d in days):
            found.append(document.parse.head_of(document.parse.tokens_in(time.start_char, time.end_char)))
    return _nearest(found, anchor)


def _of_flow(document: Document, flow: dict[str, Any], token: Token, by_hand: bool) -> dict[str, Any]:
    kind = _KIND.get(flow["flow"])
    stage = (
        _STAGE.get(flow["stage"]) if by_hand else None
    )  # the database's stage is of the project, not of the sentence
    return {
        "token": token, "type": 0, "mode": UNKNOWN, "factuality": UNKNOWN, "weight": WEIGHT,
        "kind": KINDS.index(kind) if kind else UNKNOWN, "stage": STAGES.index(stage) if stage else UNKNOWN,
        "sector": sector_number(flow["purpose_code"]),
        "links": {
            "payer": _of_country(document, flow["donor_iso3"], token), "payee": _of_country(document, flow["recipient_iso3"], token),
            "time": _of_year(document, flow["year"], token),
        },
    }  # fmt: skip


def anchors_of(document: Document, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a row tells of the words of its text."""
    if "flows" not in row:
        first = document.parse.sentence_tokens(0)
        nothing = {"mode": UNKNOWN, "factuality": UNKNOWN, "kind": UNKNOWN, "stage": UNKNOWN, "links": {}}
        yield nothing | {
            "token": document.parse.head_of(first), "type": 0, "weight": WEIGHT, "sector": sector_number(row["purpose_code"]),
        }  # fmt: skip
        return
    for flow in row["flows"]:
        token = document.anchor_of_figure(flow)
        if token is not None:
            yield _of_flow(document, flow, token, row["id"].startswith("aidh"))


def chosen(aid: list[dict[str, Any]], purposes: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The rows that are learnt from, by id."""
    found = {r["id"]: r for r in aid if not is_held_out(r["id"])}
    seen: Counter[int] = Counter()
    for row in purposes:
        sector = sector_number(row["purpose_code"])
        seen[sector] += 1
        if sector != UNKNOWN and seen[sector] <= MOST_OF_SECTOR:
            found[row["id"]] = row
    return found


def main() -> None:
    warehouse, aid, purpose, tokenizer, out = map(Path, sys.argv[1:6])
    rows = chosen(*([json.loads(x) for x in p.read_text(encoding="utf8").splitlines() if x] for p in (aid, purpose)))
    pieces, writer, counts = Pieces(tokenizer), Writer(RELATIONS), Counter[str]()
    for ident, _, article, parse in sorted(documents(warehouse, set(rows)), key=lambda d: d[0]):
        label = {"document_id": ident, "text": rows[ident]["text"], "events": [], "figures": [], "mentions": []}
        document = Document(article, parse, label)
        anchors = list(anchors_of(document, rows[ident]))
        count = len(parse.tokens)
        for anchor in anchors:
            counts.update(k for k, v in anchor["links"].items() if v)
            counts["anchors"] += 1
        for window in windows_of(parse, pieces, configured()):
            if any(window.first <= a["token"].index < window.last for a in anchors):
                add_window(
                    writer, document, window, np.zeros(count, dtype=np.int16), np.zeros(count, dtype=np.float32),
                    np.full(count, UNKNOWN, dtype=np.int16), anchors, UNKNOWN,
                )  # fmt: skip
    writer.save(out)
    print(dict(counts))


if __name__ == "__main__":
    main()
