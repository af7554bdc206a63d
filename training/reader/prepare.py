"""Labelled documents as arrays for training: windows of word pieces with their targets.

    python -m training.reader.prepare WAREHOUSE LABELS TOKENIZER OUT.npz

WAREHOUSE was made by `newsledger run` over the texts that were labelled; LABELS is what `notation` writes; TOKENIZER the
encoder's tokenizer.json. The arrays are all that `train` reads, so that it needs neither spaCy nor polars.
Labels are of the raw text: their words are found again in the cleaned one by aligning the two word by word.
"""

from __future__ import annotations

import difflib
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from pipelines.extract.actors.find import find_actors
from pipelines.extract.facts import TimeExpression
from pipelines.extract.money.scan import scan_amounts
from pipelines.extract.time.find import find_time_expressions
from pipelines.extract.time.ranges import with_ranges
from pipelines.extract.words import open_sides
from pipelines.language.annotations import to_parse
from pipelines.language.parse import Article, Parse, Token
from pipelines.reader.labels import FACTUALITIES, KINDS, MODES, RELATIONS, SECTORS, STAGES, TYPES
from pipelines.reader.read import number_word
from pipelines.reader.windows import Pieces, Window, windows_of
from pipelines.reader.words import paths_from, word_codes
from training.reader.arrays import Writer
from training.reader.mention_targets import mention_anchors

OPTIONAL = 0.6  # weight of events that another careful reader might leave out
_UNKNOWN = -1
_SENTENCES_BACK = 3  # in which the place of an act or who tells of it is looked for, before its own
# Annotators differ on whether what such money measures ("deficit") is its purpose: taken for not known.
_NO_PURPOSE = frozenset({"other", "debt", "price"})


class Document:
    """One labelled document beside its parse, and the words that its labels point at."""

    def __init__(self, article: Article, parse: Parse, label: dict[str, Any]) -> None:
        self.article, self.parse, self.label = article, parse, label
        self.span = _aligned(label["text"], article.text)
        self.times = with_ranges(find_time_expressions(article, parse), parse.text)
        self.amounts = [amount for _, amount in scan_amounts(article, parse)]
        self.actors = find_actors(article, parse)
        self.codes = word_codes(
            parse, [(a.start, a.end) for a in self.amounts], [(t.start_char, t.end_char) for t in self.times]
        )
        self.known: dict[str, list[Token]] = {}  # words that stand for an actor anywhere, by its name
        for people in self._all_sides():
            if (token := self.head(people)) is not None:
                self.known.setdefault(people["name"], []).append(token)
        for mention in label["mentions"]:
            for name in mention["names"]:
                if (token := self.head(mention)) is not None:
                    self.known.setdefault(name, []).append(token)

    def _all_sides(self) -> Iterator[dict[str, Any]]:
        for event in self.label["events"]:
            yield from (*event["source"], *event["recipient"])
        for figure in self.label["figures"]:
            yield from (*figure["donor"], *figure["recipient"])

    def tokens(self, row: dict[str, Any]) -> list[Token]:
        """Tokens of a labelled span; empty where it has no words or cleaning cut them."""
        if row.get("start") is None:
            return []
        found = self.span(row["start"], row["end"])
        return self.parse.tokens_in(*found) if found else []

    def head(self, row: dict[str, Any]) -> Token | None:
        tokens = [t for t in self.tokens(row) if not t.text.isspace()]
        return self.parse.head_of(tokens) if tokens else None

    def side(self, people: dict[str, Any], anchor: Token) -> Token | None:
        """The word of a participant; where its sentence does not name it, its nearest known word before the anchor."""
        if (token := self.head(people)) is not None:
            return token
        if people["start"] is not None:
            return None
        before = [
            t
            for t in self.known.get(people["name"], ())
            if t.index < anchor.index and anchor.sentence - t.sentence <= 8
        ]
        return max(before, key=lambda t: t.index) if before else None

    def anchor_of_figure(self, row: dict[str, Any]) -> Token | None:
        return number_word(self.tokens(row))

    def dated(self, value: str | None, anchor: Token) -> list[int] | None:
        """Words of the time expressions that tell a labelled time, of the nearest sentence; [] for none, None if unknown."""
        if value is None:
            return []
        hits: dict[int, list[int]] = {}
        for time in self.times:
            if date_matches(value, self._as_told(time)):
                token = self.parse.head_of(self.parse.tokens_in(time.start_char, time.end_char))
                hits.setdefault(abs(token.sentence - anchor.sentence), []).append(token.index)
        return hits[min(hits)] if hits and min(hits) <= 5 else None

    def _as_told(self, time: TimeExpression) -> TimeExpression:
        """With a side open, or a year's last month, where the product reads it so from the words before."""
        start, end = open_sides(time, (time.date_start, time.date_end), self.parse)
        return replace(time, date_start=start, date_end=end)

    def placed(self, country: str | None, anchor: Token) -> list[int] | None:
        """Words for a country's places in the anchor's sentence, else in the nearest one before."""
        if country is None:
            return []
        return self._nearest(anchor, lambda t: self.actors.place_at(t) == country)

    def attributed(self, name: str | None, anchor: Token) -> list[int] | None:
        """Words for who says it, in the anchor's sentence, else in the nearest one before: labelled ones, his last name, and
        pronouns that the product takes for him."""
        if name is None:
            return []
        last = name.split()[-1].lower()
        known = {t.index for t in self.known.get(name, ())}

        def is_speaker(token: Token) -> bool:
            if token.index in known or (token.lower == last and len(last) > 2):
                return True
            answer = self.actors.who(token.index) if token.pos == "PRON" else None
            names = [self.actors.entities[e].name for e in answer.entities] if answer else []
            return len(names) == 1 and names[0].split()[-1:] == name.split()[-1:]

        return self._nearest(anchor, is_speaker)

    def _nearest(self, anchor: Token, is_meant: Callable[[Token], bool]) -> list[int] | None:
        """Words of the anchor's sentence, or of the nearest before it; None, for not known, where the last few have none."""
        for sentence in range(anchor.sentence, max(anchor.sentence - _SENTENCES_BACK, 0) - 1, -1):
            if found := [t.index for t in self.parse.sentence_tokens(sentence) if is_meant(t)]:
                return found
        return None


def date_matches(label: str, time: TimeExpression) -> bool:
    """Whether a time expression means a labelled day, month, year or interval, which may be open at a side."""
    if time.date_start is None and time.date_end is None:
        return False
    first, slash, last = label.partition("/")
    start, end = (str(x) if x else "" for x in (time.date_start, time.date_end))
    if slash and not first:
        return end.startswith(last)
    if slash and not last:
        return start.startswith(first)
    if len(first) == 10:
        return start == first and (end == last if last else end in ("", start))
    if not (start.startswith(first) and end.startswith(last or first)):
        return False
    # "The next three years" runs from a day to a day; annotators tell its years or months.
    from_today = bool(last) and (time.value or "").startswith("P")
    return from_today or _is_whole(first, last or first, start, end)


def _is_whole(first: str, last: str, start: str, end: str) -> bool:
    """A month is not told by one of its days."""
    opening = start[5:] == "01-01" if len(first) == 4 else start[8:] == "01"
    closing = end[5:] == "12-31" if len(last) == 4 else int(end[8:] or 0) >= 28
    return opening and closing


def _aligned(raw: str, text: str) -> Any:
    """Spans of the raw text in the cleaned one: a function (start, end) -> span or None where it was cut away."""
    if raw == text:
        return lambda start, end: (start, end)
    words = [list(re.finditer(r"\S+", x)) for x in (raw, text)]
    before, after = ([m.group() for m in w] for w in words)
    place: dict[int, int] = {}
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for block in matcher.get_matching_blocks():
        for k in range(block.size):
            a, b = words[0][block.a + k], words[1][block.b + k]
            for c in range(len(a.group())):
                place[a.start() + c] = b.start() + c

    def span(start: int, end: int) -> tuple[int, int] | None:
        kept = [place[i] for i in range(start, end) if i in place]
        return (kept[0], kept[-1] + 1) if kept else None

    return span


def documents(warehouse: Path, labels: Path) -> Iterator[Document]:
    """Labelled documents of a warehouse, in the order of their ids."""
    batches = warehouse / "batches"
    texts = pl.concat([pl.read_parquet(p) for p in sorted(batches.glob("*/documents-*/part-*.parquet"))])
    parses = pl.concat([pl.read_parquet(p) for p in sorted(batches.glob("*/annotations-*/part-*.parquet"))])
    rows = {r["document_id"]: r for r in parses.iter_rows(named=True)}
    by_id = {r["external_id"]: r for r in texts.iter_rows(named=True)}
    for path in sorted(labels.glob("*.json")):
        label = json.loads(path.read_text(encoding="utf8"))
        row = by_id.get(label["document_id"])
        if row is None or row["document_id"] not in rows:
            print("not in the warehouse:", label["document_id"])
            continue
        article = Article(**{f: row[f] for f in Article.__dataclass_fields__})
        yield Document(article, to_parse(article.text, rows[row["document_id"]]), label)


def add(writer: Writer, document: Document, pieces: Pieces, fold: int) -> None:
    """Add the windows of a document with their targets."""
    parse, label = document.parse, document.label
    count = len(parse.tokens)
    types = np.zeros(count, dtype=np.int16)
    # Where only figures, or only some rows, were labelled, no other word is known to tell no event.
    is_part = label.get("figures_only") or label.get("partial")
    weight = np.full(count, 0.0 if is_part else 1.0, dtype=np.float32)
    mention = np.full(count, _UNKNOWN, dtype=np.int16)
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
    for window in windows_of(parse, pieces):
        _add_window(writer, document, window, types, weight, mention, anchors, fold)


def _of_event(document: Document, event: dict[str, Any], token: Token) -> dict[str, Any]:
    def sides(people: list[dict[str, Any]]) -> list[int] | None:
        words = [document.side(p, token) for p in people]
        return None if people and not any(words) else [w.index for w in words if w is not None]

    return {
        "token": token, "type": 1 + TYPES.index(event["type"]), "kind": _UNKNOWN, "stage": _UNKNOWN, "sector": _UNKNOWN,
        "mode": 0 if event["mode"] is None else 1 + MODES.index(event["mode"]) if event["mode"] in MODES else _UNKNOWN,
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
        "token": token, "type": 0, "mode": _UNKNOWN, "kind": KINDS.index(figure["kind"]),
        "stage": STAGES.index(figure["stage"] or "unspecified") if flows else _UNKNOWN,
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
    return SECTORS.index(head) if head in SECTORS else _UNKNOWN


def _words_near(document: Document, words: str, anchor: Token) -> list[Token]:
    pattern = re.compile(r"\s+".join(re.escape(w) for w in words.split()))
    hits = [document.parse.tokens_in(*m.span()) for m in pattern.finditer(document.article.text)]
    near = [h for h in hits if h and abs(h[0].sentence - anchor.sentence) <= 3]
    return min(near, key=lambda h: abs(h[0].index - anchor.index), default=[])


def _add_window(
    writer: Writer, document: Document, window: Window, types: np.ndarray, weight: np.ndarray, mention: np.ndarray,
    anchors: list[dict[str, Any]], fold: int,
) -> None:  # fmt: skip
    parse = document.parse
    words = parse.tokens[window.begin : window.last]
    read = slice(window.begin, window.last)
    seen = weight[read].copy()
    seen[: window.first - window.begin] = 0.0
    writer.window(
        fold=fold, document=document.label["document_id"], first=window.first - window.begin, pieces=window.pieces,
        word_of=np.where(window.word_of < 0, -1, window.word_of - window.begin), codes=document.codes[read],
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
        add(writer, document, pieces, _UNKNOWN if fold is None else fold)
    writer.save(out)


if __name__ == "__main__":
    main()
