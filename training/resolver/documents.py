"""Labelled documents for the resolver: cleaned and parsed as the product does, with the labels' spans moved onto that text.

Labels come as the JSON that `training.reader.notation` writes (one file a document, spans into the text as published). The
product cuts datelines, bylines and chrome away, so a span is moved by an alignment of words; one whose words were cut
is lost (about 1 %). Parses are kept in a cache folder, since they cost far more than everything else here.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from pipelines.language.annotations import to_parse
from pipelines.language.model import annotate
from pipelines.language.parse import Article, Parse
from pipelines.reading.records import RawRecord, Rejected
from pipelines.text.clean import clean

FOLDS = 5
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class LabelledActor:
    """An actor as the annotator lists it. `country` is None where he gave none; `country_unknown` where it has one that is not told."""

    name: str
    actor_type: str
    country: str | None
    country_unknown: bool = False


@dataclass(frozen=True, slots=True)
class LabelledMention:
    """Words start:end of the cleaned text and the names of those whom they stand for; none where they stand for nobody."""

    start: int
    end: int
    names: tuple[str, ...]
    is_place: bool = False


@dataclass(slots=True)
class Labelled:
    """One labelled document. `participants` are words of sides; `mentions` all mentions, where `is_full`.

    `fold` is that of the resolver's own cross-validation; `reader_fold` the one that the labels give, on which releases of the
    reader are scored, None where they give none.
    """

    ident: str
    fold: int
    article: Article
    parse: Parse
    actors: dict[str, LabelledActor]
    participants: list[LabelledMention]
    mentions: list[LabelledMention] = field(default_factory=list)
    is_full: bool = False
    lost: int = 0  # participants whose words cleaning cut away
    reader_fold: int | None = None


def load(folders: list[Path], cache: Path) -> list[Labelled]:
    """All labelled documents of folders that `training.reader.notation` wrote, in the order of their ids."""
    rows = {}
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            row = json.loads(path.read_text(encoding="utf8"))
            rows[row["document_id"]] = row
    cache.mkdir(parents=True, exist_ok=True)
    return [made for ident in sorted(rows) if (made := _labelled(rows[ident], cache)) is not None]


def fold_of(row: dict[str, Any]) -> int:
    """The document's fold as given; by its id where none is."""
    if row.get("fold") is not None:
        return int(row["fold"])
    return int(hashlib.sha256(row["document_id"].encode()).hexdigest(), 16) % FOLDS


def article_of(row: dict[str, Any]) -> Article | None:
    """The document as extraction gets it; None where cleaning leaves nothing."""
    day = row.get("published_on")
    record = RawRecord(
        source_path="labelled.jsonl",
        record_index=0,
        external_id=row["document_id"],
        title=row.get("title"),
        published_on=date.fromisoformat(day[:10]) if day else None,
        published_on_basis="metadata" if day else None,
        url=None,
        publisher=row.get("source"),
        author=None,
        language=None,
        content=row["text"],
        content_type="text",
    )
    found = clean(record)
    if isinstance(found, Rejected):
        return None
    return Article(
        row["document_id"], found.text, found.title, found.published_on, found.publisher, found.dateline_place,
        found.dateline_country,
    )  # fmt: skip


def parse_of(article: Article, cache: Path) -> Parse:
    """The parse of a document, from the cache where it is there."""
    kept = cache / (hashlib.sha256(article.text.encode()).hexdigest()[:24] + ".json.gz")
    if kept.exists():
        row = json.loads(gzip.decompress(kept.read_bytes()))
    else:
        row = next(iter(annotate([(article.document_id, article.text)])))
        kept.write_bytes(gzip.compress(json.dumps(row).encode(), 1))
    return to_parse(article.text, row)


class Alignment:
    """Moves spans of one text onto another that was cut out of it, word by word."""

    def __init__(self, old: str, new: str) -> None:
        self._old = [m.span() for m in _WORD.finditer(old)]
        self._new = [m.span() for m in _WORD.finditer(new)]
        matcher = SequenceMatcher(
            None, [old[a:b] for a, b in self._old], [new[a:b] for a, b in self._new], autojunk=False
        )
        self._to: dict[int, int] = {}
        for a, b, n in matcher.get_matching_blocks():
            self._to.update(zip(range(a, a + n), range(b, b + n), strict=True))

    def move(self, start: int, end: int) -> tuple[int, int] | None:
        """The span in the new text; None where one of its words is not there."""
        words = [self._to.get(i) for i, (a, b) in enumerate(self._old) if a < end and start < b]
        if not words or any(w is None for w in words):
            return None
        places = [self._new[w] for w in words if w is not None]
        return places[0][0], places[-1][1]


def _labelled(row: dict[str, Any], cache: Path) -> Labelled | None:
    article = article_of(row)
    if article is None:
        return None
    alignment = Alignment(row["text"], article.text)
    actors: dict[str, LabelledActor] = {}
    for listed in (*row["actors"], *row.get("all_actors", ())):
        actors[listed["name"]] = LabelledActor(
            listed["name"], listed["type"], listed["country"], bool(listed.get("country_unknown"))
        )
    found = Labelled(
        row["document_id"], fold_of(row), article, parse_of(article, cache), actors, [], reader_fold=row.get("fold")
    )
    seen: set[tuple[int, int, str]] = set()
    by_span: dict[tuple[int, int], list[str]] = {}
    for side in _sides(row):
        if side["start"] is None or (key := (side["start"], side["end"], side["name"])) in seen:
            continue
        seen.add(key)
        by_span.setdefault((side["start"], side["end"]), []).append(side["name"])
    for (start, end), names in sorted(by_span.items()):
        moved = alignment.move(start, end)
        if moved is None:
            found.lost += 1
        else:
            found.participants.append(LabelledMention(*moved, tuple(names)))
    if row.get("mentions"):
        found.is_full = True
        for m in row["mentions"]:
            moved = alignment.move(m["start"], m["end"])
            if moved is not None:
                found.mentions.append(LabelledMention(*moved, tuple(m["names"]), bool(m["place"])))
    return found


def _sides(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for event in row["events"]:
        yield from (*event["source"], *event["recipient"])
    for figure in row["figures"]:
        yield from (*figure["donor"], *figure["recipient"])
