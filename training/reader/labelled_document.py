"""A labelled document beside its parse: the words that its labels point at, found again in the cleaned text."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipelines.extract.actors.find import find_actors
from pipelines.extract.facts import TimeExpression
from pipelines.extract.money.scan import scan_amounts
from pipelines.extract.time.find import find_time_expressions
from pipelines.extract.time.ranges import with_ranges
from pipelines.extract.words import open_sides
from pipelines.language.annotations import to_parse
from pipelines.language.parse import Article, Parse, Token
from pipelines.reader.read import number_word
from pipelines.reader.words import word_codes
from training.reader.stored_documents import stored_documents

_SENTENCES_BACK = 3  # in which the place of an act or who tells of it is looked for, before its own


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
            if date_matches(value, self._as_labelled(time)):
                token = self.parse.head_of(self.parse.tokens_in(time.start_char, time.end_char))
                hits.setdefault(abs(token.sentence - anchor.sentence), []).append(token.index)
        return hits[min(hits)] if hits and min(hits) <= 5 else None

    def _as_labelled(self, time: TimeExpression) -> TimeExpression:
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
    by_id = {row["external_id"]: (row, annotated) for row, annotated in stored_documents(warehouse)}
    for path in sorted(labels.glob("*.json")):
        label = json.loads(path.read_text(encoding="utf8"))
        if label["document_id"] not in by_id:
            print("not in the warehouse:", label["document_id"])
            continue
        row, annotated = by_id[label["document_id"]]
        article = Article(**{f: row[f] for f in Article.__dataclass_fields__})
        yield Document(article, to_parse(article.text, annotated), label)
