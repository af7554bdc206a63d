"""What a judged row is made of: cells of a sheet on one side, lines of the labels' notation on the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines.codes import ActorType, DatePrecision
from training.reader.notation import Fault, occurrences, pointed, read, safe, sentences

VERDICTS = ("right", "corrected", "none")
_WITH_STAGE = ("aid", "loan")
# "Donald Rumsfeld (person, USA) @ He": type and state only of actors that the warehouse doesn't know under that name.
_PERSON = re.compile(
    r"(?P<name>[^@(]+?)\s*(?:\((?P<kind>\w+),\s*(?P<country>[A-Z]{3}|-|\?)\))?\s*(?:@\s*(?P<words>.+))?"
)


@dataclass(frozen=True, slots=True)
class Person:
    """A participant; `span` are the words that stand for it in the document's text, None where none do."""

    name: str
    kind: str
    country: str | None
    span: tuple[int, int] | None


def people_as_text(people: Sequence[Person], text: str) -> str:
    """Participants as a cell: name @ words, several parted by +; the words only where they are not the name."""
    people_named = []
    for p in people:
        words = None if p.span is None else " ".join(text[slice(*p.span)].split())
        people_named.append(p.name if words in (None, p.name) else f"{p.name} @ {words}")
    return " + ".join(people_named)


@dataclass(frozen=True)
class Kind:
    """A table that can be judged: the cells of a row, its fields of participants, and the label's line."""

    table: str
    key: str
    cells: tuple[str, ...]
    sides: tuple[str, ...]
    claim: Callable[[Mapping[str, Any], Mapping[str, list[Person]]], dict[str, str]]
    line: Callable[[Mapping[str, str], Mapping[str, str]], str]


def _event_claim(row: Mapping[str, Any], _: Mapping[str, list[Person]]) -> dict[str, str]:
    return {
        "words": " ".join(row["document"][row["start_char"] : row["end_char"]].split()),
        "event_type": row["event_type"], "event_mode": row["event_mode"] or "", "date": date_of(row),
        "place_country": row["place_country"] or "", "factuality": row["factuality"],
    }  # fmt: skip


def _event_line(cell: Mapping[str, str], side: Mapping[str, str]) -> str:
    kind = f"{cell['event_type']}/{cell['event_mode']}" if cell["event_mode"] else cell["event_type"]
    fields = (kind, f"{side['source']} > {side['recipient']}", cell["date"] or "-", cell["place_country"] or "-",
              cell["factuality"], side["attributed_to"])  # fmt: skip
    return " | ".join(fields)


def _figure_claim(row: Mapping[str, Any], _: Mapping[str, list[Person]]) -> dict[str, str]:
    money = (
        f"{_plain(row['amount_low'])}..{_plain(row['amount_high'])}" if row["amount"] is None else _plain(row["amount"])
    )
    period = [str(d or "") for d in (row["period_start"], row["period_end"])]
    return {
        "words": " ".join(row["document"][row["start_char"] : row["end_char"]].split()),
        "amount": f"{money} {row['currency'] or '?'}", "qualifier": row["qualifier"], "figure_kind": row["figure_kind"],
        "flow_stage": (row["flow_stage"] or "") if row["figure_kind"] in _WITH_STAGE else "",
        "purpose": " ".join((row["purpose"] or "").split()), "purpose_code": (row["purpose_code"] or "")[:3],
        "period": _interval(*period), "part_of": row["total"] or "", "factuality": row["factuality"],
    }  # fmt: skip


def _figure_line(cell: Mapping[str, str], side: Mapping[str, str]) -> str:
    stage = cell["flow_stage"] or ("unspecified" if cell["figure_kind"] in _WITH_STAGE else "-")
    fields = (cell["amount"], cell["qualifier"], f"{cell['figure_kind']} {stage}", f"{side['payer']} > {side['payee']}",
              cell["purpose"] or "-", cell["purpose_code"] or "-", cell["period"] or "-", cell["part_of"] or "-",
              cell["factuality"], side["attributed_to"])  # fmt: skip
    return " | ".join(fields)


EVENT = Kind(
    "events", "event_id", ("words", "event_type", "event_mode", "date", "place_country", "factuality"),
    ("source", "recipient", "attributed_to"), _event_claim, _event_line,
)  # fmt: skip
FIGURE = Kind(
    "financial_figures", "figure_id",
    ("words", "amount", "qualifier", "figure_kind", "flow_stage", "purpose", "purpose_code", "period", "part_of", "factuality"),
    ("payer", "payee", "attributed_to"), _figure_claim, _figure_line,
)  # fmt: skip
_MARK = {EVENT.key: "E", FIGURE.key: "F"}


class JudgedDocument:
    """Labels of one document, added to those that its file holds. The text is the warehouse's."""

    def __init__(self, row: Mapping[str, Any], folder: Path) -> None:
        self.ident, self.text, self.row = str(row["document_id"]), str(row["text"]), row
        self.spans, self.is_changed = sentences(self.text), False
        self._file = folder / f"{safe(self.ident)}.lab"
        self._keys: dict[str, str] = {}  # name -> key
        self._actors: dict[str, str] = {}  # key -> its line
        self._lines: dict[tuple[str, ...], str] = {}  # (sentence, words) -> line
        for line in self._file.read_text(encoding="utf8").splitlines() if self._file.exists() else ():
            mark, _, rest = line.partition(" ")
            fields = rest.split(" | ")
            if mark == "A":
                self._keys[fields[1]], self._actors[fields[0]] = fields[0], line
            else:
                self._lines[fields[0], fields[1]] = line

    def span_of(self, sentence: str, words: str) -> tuple[int, int]:
        """Where words stand in a copied sentence of the text, «» in it aside. Raises Fault."""
        within = occurrences(self.text, sentence.replace("«", "").replace("»", ""), 0, len(self.text))
        found = occurrences(self.text, words, *within[0]) if within else []
        if not found:
            raise Fault(f"the sentence, or {words!r} in it, is not in the document: copy both from the text")
        return found[0]

    def decoy(self, span: tuple[int, int]) -> None:
        """Words that tell no event and no sum."""
        number, words = self._at(span)
        self._put(f"X {number} | {words}")

    def add(
        self, kind: Kind, cells: Mapping[str, str], claimed: Mapping[str, Sequence[Person]], span: tuple[int, int]
    ) -> None:
        """A row as its cells tell it. `claimed` are the participants that the warehouse found. Raises Fault."""
        number, words = self._at(span)
        values = {name: " ".join(cells.get(name, "").split()) for name in kind.cells}
        by_name = {p.name: p for people in claimed.values() for p in people}
        before = dict(self._keys), dict(self._actors)
        sides = {}
        for name in kind.sides:
            said = people_as_text(claimed.get(name, []), self.text)
            now = cells.get(name, "").strip()
            people = list(claimed.get(name, [])) if now == said else self._people(now, number, by_name)
            keys = [(self._key(p), self._words(p, number)) for p in people]
            sides[name] = (
                (keys[0][0] if keys else "-")
                if name == "attributed_to"
                else " + ".join("@".join(k) for k in keys) or "-"
            )
        line = f"{_MARK[kind.key]} {number} | {words} | {kind.line(values, sides)}"
        wrong = read(self.ident, self.text, "\n".join([*self._actors.values(), line])).wrong
        if wrong:
            self._keys, self._actors = before
            raise Fault(wrong[0].partition(": ")[2])
        self._put(line)

    def write(self) -> None:
        """Write the file: actors, then lines by sentence."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        lines = [self._lines[k] for k in sorted(self._lines, key=lambda k: (int(k[0]), k[1]))]
        self._file.write_text("\n".join([*self._actors.values(), *lines]) + "\n", encoding="utf8")

    def as_text(self) -> dict[str, Any]:
        """The document as input of a run: what training needs beside the labels, and the repository must not hold."""
        day = self.row["published_on"]
        return {
            "id": self.ident, "title": self.row["title"], "published_on": str(day) if day else None,
            "source": self.row["publisher"], "text": self.text,
        }  # fmt: skip

    def _put(self, line: str) -> None:
        sentence, words = line.partition(" ")[2].split(" | ")[:2]
        self._lines[sentence, words], self.is_changed = line, True

    def _at(self, span: tuple[int, int]) -> tuple[int, str]:
        """Sentence number and words of a span."""
        number = next((n for n, (a, b) in enumerate(self.spans) if a <= span[0] < b), None)
        words = None if number is None else pointed(self.text, span, *self.spans[number])
        if number is None or words is None:
            raise Fault(f"{self.text[slice(*span)]!r} cannot be pointed at within one sentence")
        return number, words

    def _people(self, cell: str, number: int, known: Mapping[str, Person]) -> list[Person]:
        """Participants of a corrected cell; words are looked for in the sentence. Raises Fault."""
        found = []
        for part in re.split(r"\s\+\s", cell) if cell not in ("", "-") else ():
            person = _PERSON.fullmatch(part.strip())
            if person is None:
                raise Fault(f"{part!r}: a participant is a name, or `name (type, state) @ words`")
            name, words = person["name"], person["words"]
            places = occurrences(self.text, words or name, *self.spans[number])
            if words and not places:
                raise Fault(f"{words!r} is not in the sentence")
            kind, country = person["kind"], person["country"]
            if kind is None and name in known:
                kind, country = known[name].kind, known[name].country
            if kind is None and name not in self._keys:
                raise Fault(
                    f"{name} is not in the row's document by that name: say type and state, `{name} (country, KAZ)`"
                )
            if kind is not None and kind not in set(ActorType):
                raise Fault(f"{kind} is no type of actor: {', '.join(ActorType)}")
            found.append(Person(name, kind or "", country, places[0] if places else None))
        return found

    def _key(self, person: Person) -> str:
        if person.name not in self._keys:
            key = f"k{len(self._actors) + 1}"
            self._keys[person.name] = key
            self._actors[key] = f"A {key} | {person.name} | {person.kind} | {person.country or '-'}"
        return self._keys[person.name]

    def _words(self, person: Person, number: int) -> str:
        """Words that stand for a participant in the sentence: those found, else its name; - where it is not named there."""
        low, high = self.spans[number]
        named = occurrences(self.text, person.name, low, high)
        span = person.span if person.span else named[0] if named else None
        if span is None or not low <= span[0] < high:
            return "-"
        return pointed(self.text, span, low, high) or "-"


def date_of(row: Mapping[str, Any]) -> str:
    """An event's date as labels write it: a day, month or year, or two days; empty where it is not told."""
    start, end = (str(d) if d else "" for d in (row["date_start"], row["date_end"]))
    match row["date_precision"]:
        case DatePrecision.YEAR if start[:4] == end[:4]:
            return start[:4]
        case DatePrecision.MONTH if start[:7] == end[:7]:
            return start[:7]
    return _interval(start, end)


def _interval(start: str, end: str) -> str:
    """Two days as the shortest interval: 2003 for a whole year; empty where neither is told."""
    if start[:4] == end[:4] and start[5:] == "01-01" and end[5:] == "12-31":
        return start[:4]
    return start if start == end else f"{start}/{end}"


def _plain(amount: Decimal | None) -> str:
    text = "" if amount is None else f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
