"""The notation of labels (`training/labels/README.md`): sentences of a text by number, its lines, and labels as JSON with character spans.

    python -m training.reader.notation LABELS TEXTS.jsonl OUT [--partial]

LABELS is a folder of `<id>.lab`, `<id>.fig` where only its sums of money are, with `<id>.men` where every mention is; TEXTS has a line a document (id, title, published_on, text); OUT gets a file a document, as
`prepare` reads them. `--partial`: of these documents only some rows are judged, and what no line speaks of is not known.
Faults are told by file and line, and nothing of that line is taken; the exit status is 1 where there are some.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.codes import ActorType, EventType, Factuality, FigureKind, FlowStage, Qualifier

DATE = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?(/(\d{4}(-\d\d(-\d\d)?)?)?)?")
# Sentences are cut in the raw text, by rule: their numbers must not move when the language model does.
_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(\[]*[A-Z0-9])|\n\s*\n")
_SHORT = re.compile(
    r"(\b(MR|MRS|MS|DR|GEN|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sen|Rep|Gov|Sgt|St|Jr|Sr|Inc|Corp|Co|Ltd|vs|No|U\.S|U\.N|U\.K|a\.m|p\.m|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.|\b[A-Z]\.)$"
)
_SEVERAL = re.compile(r"\s\+\s")


class Fault(ValueError):
    """A line that cannot be right; the message says why."""


def safe(ident: str) -> str:
    """A document's id as the name of a file."""
    return re.sub(r"[^\w.-]+", "_", ident)


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of sentences, cut at stops before a capital and at blank lines, not after common abbreviations."""
    spans, start = [], 0
    for m in _END.finditer(text):
        is_stop = "\n" not in m.group().strip(" ")
        if is_stop and _SHORT.search(text[start : m.start()].rstrip("\"'”’)")):
            continue
        if text[start : m.start() + 1].rstrip():
            spans.append((start, m.start()))
        start = m.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return [
        (a + len(text[a:b]) - len(text[a:b].lstrip()), a + len(text[a:b].rstrip()))
        for a, b in spans
        if text[a:b].strip()
    ]


def occurrences(text: str, words: str, low: int, high: int) -> list[tuple[int, int]]:
    """Where words stand in text[low:high], blanks as they come, not within a word."""
    pattern = r"\s+".join(re.escape(w) for w in words.split())
    pattern = (r"(?<!\w)" if words[:1].isalnum() else "") + pattern + (r"(?!\w)" if words[-1:].isalnum() else "")
    return [m.span() for m in re.compile(pattern).finditer(text, low, high)] if words.strip() else []


def pointed(text: str, span: tuple[int, int], low: int, high: int) -> str | None:
    """Words of a span as a line gives them, with `:n` where they stand there before; None where they are not found so."""
    words = " ".join(text[slice(*span)].split())
    found = occurrences(text, words, low, high)
    nth = next((n for n, one in enumerate(found) if one == span), None)
    if nth is None or re.search(r"\s[+>|]\s|:\d$", f"{words} "):
        return None
    return f"{words}:{nth}" if nth else words


@dataclass
class Document:
    """Labels of one document as `prepare` reads them; `wrong` tells the lines that were not taken."""

    ident: str
    text: str
    spans: list[tuple[int, int]]
    names: dict[str, str] = field(default_factory=dict)
    actors: list[dict[str, Any]] = field(default_factory=list)
    rows: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {"events": [], "figures": [], "decoys": [], "mentions": []}
    )
    wrong: list[str] = field(default_factory=list)

    def place(self, sentence: str, words: str) -> dict[str, Any]:
        """Sentence, words and span of a trigger or an amount. Raises Fault."""
        if not sentence.isdigit() or int(sentence) >= len(self.spans):
            raise Fault(f"there is no sentence {sentence}")
        start, end = self._found(words, *self.spans[int(sentence)])
        return {"sentence": int(sentence), "quote": self.text[start:end], "start": start, "end": end}

    def people(self, sides: str, sentence: int) -> list[dict[str, Any]]:
        """Participants `key@words + key@-`. Raises Fault."""
        if sides.strip() in ("", "-"):
            return []
        found = []
        for part in _SEVERAL.split(sides.strip()):
            key, at, words = part.strip().partition("@")
            if key not in self.names or not at:
                raise Fault(f"{part!r}: an actor's key, @ and its words (or -) are needed")
            span = (None, None) if words == "-" else self._found(words, *self.spans[sentence])
            found.append({"name": self.names[key], "start": span[0], "end": span[1]})
        return found

    def by(self, key: str) -> str | None:
        """Name of a key. Raises Fault."""
        if key == "-":
            return None
        if key not in self.names:
            raise Fault(f"there is no actor {key!r}")
        return self.names[key]

    def _found(self, given: str, low: int, high: int) -> tuple[int, int]:
        words, _, nth = given.rpartition(":") if re.search(r":\d$", given) else (given, "", "0")
        found = occurrences(self.text, words, low, high)
        if int(nth) >= len(found):
            raise Fault(f"{given!r} is not in that sentence")
        return found[int(nth)]


def read(ident: str, text: str, lines: str) -> Document:
    """Labels of a document by the lines of its file."""
    document = Document(ident, text, sentences(text))
    for number, line in enumerate(lines.splitlines(), 1):
        mark, _, rest = line.strip().partition(" ")
        if not mark or mark.startswith("#") or mark == "N":
            continue
        if mark not in _READ:
            document.wrong.append(f"line {number}: unknown mark {mark!r}")
            continue
        try:
            _READ[mark](document, mark, [f.strip() for f in rest.split(" | ")])
        except Fault as fault:
            document.wrong.append(f"line {number}: {fault}")
        except ValueError:
            document.wrong.append(f"line {number}: not as many fields as {mark} has: {line.strip()}")
    return document


def _actor(document: Document, _: str, fields: list[str]) -> None:
    key, name, kind, country = fields
    if kind not in set(ActorType) or not re.fullmatch(r"[A-Z]{3}|-|\?", country):
        raise Fault(f"type or country of an actor: {kind} {country}")
    document.names[key] = name
    about = {"name": name, "type": kind, "country": None if country in ("-", "?") else country}
    document.actors.append(about | ({"country_unknown": True} if country == "?" else {}))


def _event(document: Document, mark: str, fields: list[str]) -> None:
    sentence, words, kind, sides, date, place, factuality, said = fields
    type_, _, mode = kind.partition("/")
    if type_ not in set(EventType) or factuality not in set(Factuality):
        raise Fault(f"type or factuality: {kind} {factuality}")
    at = document.place(sentence, words)
    source, _, recipient = sides.partition(">")
    document.rows["events"].append(at | {
        "type": type_, "mode": mode or None, "source": document.people(source, at["sentence"]),
        "recipient": document.people(recipient, at["sentence"]), "date": _when(date), "place": None if place == "-" else place,
        "factuality": factuality, "attributed_to": document.by(said), "optional": mark != "E", "repeat": mark == "E=",
    })  # fmt: skip


def _figure(document: Document, _: str, fields: list[str]) -> None:
    sentence, words, money, qualifier, kind, sides, purpose, dac, period, part, factuality, said = fields
    amount, _, currency = money.partition(" ")
    low, dots, high = amount.partition("..")
    kind, _, stage = kind.partition(" ")
    if (
        kind not in set(FigureKind) or (stage or "-") not in {*FlowStage, "-"} or qualifier not in set(Qualifier)
        or factuality not in set(Factuality)
    ):  # fmt: skip
        raise Fault(f"kind, stage, qualifier or factuality: {kind} {stage} {qualifier} {factuality}")
    if purpose != "-" and not occurrences(document.text, purpose, 0, len(document.text)):
        raise Fault(f"the purpose {purpose!r} is not in the text")
    at = document.place(sentence, words)
    donor, _, recipient = sides.partition(">")
    document.rows["figures"].append(at | {
        "amount": None if dots else float(low), "low": float(low) if dots else None, "high": float(high) if dots else None,
        "currency": currency, "qualifier": qualifier, "kind": kind, "stage": None if stage in ("", "-") else stage,
        "donor": document.people(donor, at["sentence"]), "recipient": document.people(recipient, at["sentence"]),
        "purpose": None if purpose == "-" else purpose, "dac": None if dac == "-" else dac, "period": _when(period),
        "part_of": None if part == "-" else part, "factuality": factuality, "attributed_to": document.by(said),
    })  # fmt: skip


def _decoy(document: Document, _: str, fields: list[str]) -> None:
    sentence, words = fields
    document.rows["decoys"].append(document.place(sentence, words))


def _mentions(document: Document, _: str, fields: list[str]) -> None:
    sentence, items = fields
    for item in re.split(r"\s;\s", items):
        words, _, keys = item.strip().rpartition("=")
        at = document.place(sentence, words)
        names = [] if keys in ("place", "none") else [document.by(key) for key in keys.split("+")]
        document.rows["mentions"].append(at | {"names": names, "place": keys == "place"})


_READ = {"A": _actor, "E": _event, "E?": _event, "E=": _event, "F": _figure, "X": _decoy, "M": _mentions}


def _when(given: str) -> str | None:
    if given == "-":
        return None
    if not DATE.fullmatch(given):
        raise Fault(f"a date is 2004-02-25, 2004-02, 2004, or two of them parted by /: {given!r}")
    return given


def as_json(
    document: Document, mentions: Document | None, row: Mapping[str, Any], fold: int | None, only: str | None
) -> dict[str, Any]:
    """What `prepare` reads of one document; `mentions` is its file of all mentions, which has actors of its own.

    `only` tells that not all of the document is labelled: "figures", or "partial" for some rows.
    """
    more = {} if mentions is None else {"mentions": mentions.rows["mentions"], "all_actors": mentions.actors}
    return {
        "document_id": document.ident, "title": row.get("title"), "published_on": row.get("published_on"),
        "actors": document.actors, **document.rows, "fold": fold, "figures_only": only == "figures", "partial": only == "partial",
        "text": document.text,
    } | more  # fmt: skip


def texts_of(path: Path) -> Iterator[dict[str, Any]]:
    """Rows of a file of texts."""
    with path.open(encoding="utf8") as lines:
        yield from map(json.loads, lines)


def main(words: list[str] | None = None) -> int:
    """Write the JSON of a folder of labels; returns 1 where some line could not be taken, else 0."""
    ask = argparse.ArgumentParser(description=__doc__)
    for name in ("labels", "texts", "out"):
        ask.add_argument(name, type=Path)
    ask.add_argument("--partial", action="store_true")
    given = ask.parse_args(words)
    rows = {safe(row["id"]): row for row in texts_of(given.texts)}
    index = given.labels / "documents.tsv"
    indexed = [line.split("\t") for line in index.read_text(encoding="utf8").splitlines()] if index.exists() else []
    folds = {fields[0]: int(fields[2]) for fields in indexed if len(fields) > 2}
    given.out.mkdir(parents=True, exist_ok=True)
    faults = 0
    for path in sorted([*given.labels.glob("*.lab"), *given.labels.glob("*.fig")]):
        if path.stem not in rows:
            print(f"{path.name}: its text is not in {given.texts}")
            faults += 1
            continue
        row = rows[path.stem]
        full = path.with_suffix(".men")
        read_files = [
            (p, read(row["id"], row["text"], p.read_text(encoding="utf8"))) for p in (path, full) if p.exists()
        ]
        for file, one in read_files:
            for wrong in one.wrong:
                print(f"{file.name}, {wrong}")
                faults += 1
        document, mentions = read_files[0][1], read_files[1][1] if len(read_files) > 1 else None
        only = "figures" if path.suffix == ".fig" else "partial" if given.partial else None
        made = as_json(document, mentions, row, folds.get(row["id"]), only)
        content = json.dumps(made, ensure_ascii=False, indent=1)
        (given.out / f"{path.stem}.json").write_text(content, encoding="utf8")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
