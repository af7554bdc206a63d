"""Labelled documents as arrays for training: windows of word pieces with their targets.

    python -m training.reader.prepare WAREHOUSE LABELS TOKENIZER OUT.npz

WAREHOUSE was made by `newsledger run` over the texts that were labelled; LABELS is what `notation` writes; TOKENIZER the
encoder's tokenizer.json. The arrays are all that `train` reads, so that it needs neither spaCy nor polars.
Labels are of the raw text: their words are found again in the cleaned one by aligning the two word by word.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import numpy as np

from pipelines.language.parse import Parse, Token
from pipelines.reader.labels import FACTUALITIES, KINDS, MODES, RELATIONS, SECTORS, STAGES, TYPES
from pipelines.reader.windows import Pieces, Window, windows_of
from pipelines.reader.words import paths_from
from training.reader.arrays import Writer
from training.reader.labelled_document import Document, documents
from training.reader.mention_targets import mention_anchors
from training.reader.window_sizes import configured

OPTIONAL = 0.6  # weight of events that another careful reader might leave out
UNKNOWN = -1
# Annotators differ on whether what such money measures ("deficit") is its purpose: taken for not known.
_NO_PURPOSE = frozenset({"other", "debt", "price"})


def add(writer: Writer, document: Document, pieces: Pieces, fold: int) -> None:
    """Add the windows of a document with their targets."""
    parse, label = document.parse, document.label
    count = len(parse.tokens)
    types = np.zeros(count, dtype=np.int16)
    # Where only figures, or only some rows, were labelled, no other word is known to tell no event.
    is_part = label.get("figures_only") or label.get("partial")
    weight = np.full(count, 0.0 if is_part else 1.0, dtype=np.float32)
    mention = np.full(count, UNKNOWN, dtype=np.int16)
    anchors: list[dict[str, Any]] = []
    for decoy in label["decoys"]:
        for token in document.tokens(decoy):
            weight[token.index] = 2.0
    for event in sorted(label["events"], key=lambda e: not e["optional"]):
        trigger = document.head(event)
        if trigger is None:
            continue
        token = trigger
        if types[token.index] == 0:
            types[token.index] = 1 + TYPES.index(event["type"])
            weight[token.index] = OPTIONAL if event["optional"] else 1.0
            for other in document.tokens(event):
                if other is not token and types[other.index] == 0:
                    weight[other.index] = 0.0
        anchors.append(_of_event(document, event, token))
    for figure in label["figures"]:
        anchor = document.anchor_of_figure(figure)
        if anchor is not None:
            anchors.append(_of_figure(document, figure, anchor))
    if label["mentions"]:
        mention[:] = 0
    for row in label["mentions"]:
        tokens = [t for t in document.tokens(row) if not t.text.isspace()]
        if tokens:
            mention[parse.head_of(tokens).index] = 2 if row.get("place") else 1 if row["names"] else 3
    if not label["mentions"]:
        for words in document.known.values():
            for token in words:
                mention[token.index] = 1
    anchors += mention_anchors(document)
    for window in windows_of(parse, pieces, configured()):
        add_window(writer, document, window, types, weight, mention, anchors, fold)


def _of_event(document: Document, event: dict[str, Any], token: Token) -> dict[str, Any]:
    def sides(people: list[dict[str, Any]]) -> list[int] | None:
        words = [document.side(p, token) for p in people]
        return None if people and not any(words) else [w.index for w in words if w is not None]

    return {
        "token": token, "type": 1 + TYPES.index(event["type"]), "kind": UNKNOWN, "stage": UNKNOWN, "sector": UNKNOWN,
        "mode": 0 if event["mode"] is None else 1 + MODES.index(event["mode"]) if event["mode"] in MODES else UNKNOWN,
        "factuality": FACTUALITIES.index(event["factuality"]), "weight": OPTIONAL if event["optional"] else 1.0,
        "links": {
            "source": sides(event["source"]), "recipient": sides(event["recipient"]),
            "time": document.dated(event["date"], token), "place": document.placed(event["place"], token),
            "attributed": document.attributed(event["attributed_to"], token),
        },
    }  # fmt: skip


def _of_figure(document: Document, figure: dict[str, Any], token: Token) -> dict[str, Any]:
    def sides(people: list[dict[str, Any]]) -> list[int] | None:
        words = [document.side(p, token) for p in people]
        return None if people and not any(words) else [w.index for w in words if w is not None]

    purpose: list[Token] = []
    unsure = figure["purpose"] and figure["kind"] in _NO_PURPOSE
    if figure["purpose"]:
        purpose = _words_near(document, figure["purpose"], token)
    total: list[int] | None = []
    if figure["part_of"]:
        same = " ".join(figure["part_of"].split())
        others = [
            document.anchor_of_figure(f) for f in document.label["figures"] if " ".join(f["quote"].split()) == same
        ]
        near = [t.index for t in others if t is not None and t is not token and abs(t.sentence - token.sentence) <= 4]
        total = near or None
    flows = figure["kind"] in ("aid", "loan")
    return {
        "token": token, "type": 0, "mode": UNKNOWN, "kind": KINDS.index(figure["kind"]),
        "stage": STAGES.index(figure["stage"] or "unspecified") if flows else UNKNOWN,
        "sector": sector_number(figure.get("dac")),
        "factuality": FACTUALITIES.index(figure["factuality"]), "weight": 1.0,
        "links": {
            "payer": sides(figure["donor"]), "payee": sides(figure["recipient"]),
            "time": document.dated(figure["period"], token), "total": total,
            "purpose_first": ([purpose[0].index] if purpose and not unsure else None) if figure["purpose"] else [],
            "purpose_last": ([purpose[-1].index] if purpose and not unsure else None) if figure["purpose"] else [],
            "attributed": document.attributed(figure["attributed_to"], token),
        },
    }  # fmt: skip


# Categories and lower levels of the code list, and AidData's own, at the level that the reader tells.
_SECTORS = {
    "111": "110", "112": "110", "113": "110", "114": "110", "121": "120", "122": "120", "123": "120", "150": "151", "310": "311",
    "320": "321", "323": "321", "330": "331", "420": "151", "700": "720", "MIL": "152", "920": "151",
}  # fmt: skip


def sector_number(code: str | None) -> int:
    """The number of a DAC code's sector among those that the reader tells; -1 for none."""
    head = str(code)[:3] if code else ""
    head = "230" if head.startswith("23") else _SECTORS.get(head, head)
    return SECTORS.index(head) if head in SECTORS else UNKNOWN


def _words_near(document: Document, words: str, anchor: Token) -> list[Token]:
    pattern = re.compile(r"\s+".join(re.escape(w) for w in words.split()))
    hits = [document.parse.tokens_in(*m.span()) for m in pattern.finditer(document.article.text)]
    near = [h for h in hits if h and abs(h[0].sentence - anchor.sentence) <= 3]
    return min(near, key=lambda h: abs(h[0].index - anchor.index), default=[])


def add_window(
    writer: Writer, document: Document, window: Window, types: np.ndarray, weight: np.ndarray, mention: np.ndarray,
    anchors: list[dict[str, Any]], fold: int,
) -> None:  # fmt: skip
    """Add a window of a labelled document: what `add_words` takes, of the document."""
    add_words(
        writer,
        document.parse,
        document.codes,
        document.label["document_id"],
        window,
        types,
        weight,
        mention,
        anchors,
        fold,
    )


def add_words(
    writer: Writer, parse: Parse, codes: np.ndarray, ident: str, window: Window, types: np.ndarray, weight: np.ndarray,
    mention: np.ndarray, anchors: list[dict[str, Any]], fold: int,
) -> None:  # fmt: skip
    """Add a window of the document `ident`: codes, types, weights and mentions are of all its words, anchors anywhere in it."""
    words = parse.tokens[window.begin : window.last]
    read = slice(window.begin, window.last)
    seen = weight[read].copy()
    seen[: window.first - window.begin] = 0.0
    writer.window(
        fold=fold, document=ident, first=window.first - window.begin, pieces=window.pieces,
        word_of=np.where(window.word_of < 0, -1, window.word_of - window.begin), codes=codes[read],
        types=types[read], weight=seen, mention=mention[read],
        sentence=np.array([t.sentence for t in words], dtype=np.int32),
    )  # fmt: skip
    for anchor in anchors:
        token: Token = anchor["token"]
        if not window.first <= token.index < window.last:
            continue
        links: dict[str, list[int] | None] = {}
        for relation in RELATIONS:
            found = anchor["links"].get(relation)
            if found is not None and relation in anchor["links"]:
                here = [w - window.begin for w in found if window.begin <= w < window.last]
                links[relation] = None if found and not here else here
        writer.anchor(
            word=token.index - window.begin, paths=paths_from(token, words), links=links,
            **{k: anchor[k] for k in ("type", "mode", "kind", "stage", "sector", "factuality", "weight")},
        )  # fmt: skip


def main() -> None:
    warehouse, labels, tokenizer, out = map(Path, sys.argv[1:5])
    pieces, writer = Pieces(tokenizer), Writer(RELATIONS)
    for document in documents(warehouse, labels):
        fold = document.label.get("fold")
        add(writer, document, pieces, UNKNOWN if fold is None else fold)
    writer.save(out)


if __name__ == "__main__":
    main()
