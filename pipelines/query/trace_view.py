"""Draws a trace on a console: marked words underlined on a terminal, between « and » elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from pipelines.extract.money.terms_evidence import FLAGS
from pipelines.query.output import shown
from pipelines.query.passages import Passage
from pipelines.query.terminal import harmless
from pipelines.query.traced import Reason, Trace

_DOCUMENT = ("title", "publisher", "author", "published_on", "url")
# Shown elsewhere on the page, or only of use to the machine.
_HIDDEN = frozenset({"document_id", "sentence_index", "start_char", "end_char", "rule", "confidence", "text_sha256"})

# Flags of a sum that are worth a line where they hold.
_WHEN_TRUE = frozenset(FLAGS)


def show(traced: Trace, console: Console) -> None:
    """Print the row, its document, its sentence, what made it and the rows that hang on it."""
    _heading(console, f"{traced.table}  {traced.row_id}")
    _fields(console, {k: v for k, v in traced.row.items() if k not in _HIDDEN and v != traced.row_id})
    if traced.document is not None and traced.table != "documents":
        _heading(console, "Document")
        document = traced.document
        origin = f"{document['source_path']}#{document['record_index']}"
        _fields(console, {k: document[k] for k in _DOCUMENT} | {"file": origin, "id": document["document_id"]})
    if traced.passage is not None:
        place = traced.passage
        _heading(console, f"Sentence {place.sentence_index}, characters {place.start_char} to {place.end_char}")
        _indented(console, marked(place, console.is_terminal), 2)
    if traced.reasons or traced.confidence is not None:
        _heading(console, "Made by")
        _fields(console, {"confidence": traced.confidence, "reader": traced.release})
        show_reasons(console, traced.reasons)
    if traced.links:
        _heading(console, "Linked rows")
        wide = max(len(link.relation) for link in traced.links)
        for link in traced.links:
            line = Text(f"  {link.relation:<{wide}}  ", style="cyan")
            line.append(f"{link.row_id or '':<20}  ", style="dim").append(harmless(link.says), style="default")
            _line(console, line)
            if link.passage is not None:
                _indented(console, marked(link.passage, console.is_terminal, around=False), wide + 4)
    for relation, count in traced.left_out.items():
        _line(console, Text(f"  … and {count:,} more: {relation}", style="dim"))


def show_reasons(console: Console, reasons: Sequence[Reason]) -> None:
    """A line a field: what it says, how likely that is, what came next, the words, and what made it."""
    if not reasons:
        return
    lines = [("field", "value", "p", "instead", "words", "made by")]
    for r in reasons:
        chance = "" if r.probability is None else f"{r.probability:.2f}"
        words = " ".join((r.words or "").split())
        if words and not console.is_terminal:
            words = f"«{words}»"
        lines.append((r.field, r.value or "", chance, r.runner_up or "", words, r.made_by))
    # Long values and words make no column wide: they push what follows them on their own line.
    wide = [min(max(len(cell) for cell in column), 44) for column in zip(*lines, strict=True)]
    for number, line in enumerate(lines):
        text = "  ".join(f"{harmless(cell):<{width}}" for cell, width in zip(line, wide, strict=True))
        _line(console, Text("  " + text.rstrip(), style="cyan" if number == 0 else ""))


def marked(place: Passage, terminal: bool, around: bool = True) -> Text:
    """The sentence with its words marked, between its neighbours."""
    text = Text()
    if around and place.before:
        text.append(harmless(place.before) + "\n", style="dim")
    text.append(harmless(place.left))
    words = harmless(place.words)
    text.append(words if terminal else f"«{words}»", style="bold underline" if terminal else "")
    text.append(harmless(place.right))
    if around and place.after:
        text.append("\n" + harmless(place.after), style="dim")
    return text


def _heading(console: Console, text: str) -> None:
    _line(console, Text(harmless(text), style="bold"))


def _fields(console: Console, fields: dict[str, Any]) -> None:
    values = {
        k: harmless(shown(v)) for k, v in fields.items() if v is not None and v != [] and (v or k not in _WHEN_TRUE)
    }
    wide = max(map(len, values), default=0)
    for name, value in values.items():
        _line(console, Text(f"  {name:<{wide}}  ", style="cyan").append(value, style="default"))


def _indented(console: Console, text: Text, by: int) -> None:
    # On a terminal long sentences wrap within the indent; in a file a sentence is one line.
    if console.is_terminal:
        console.print(Padding(text, (0, 0, 0, by)))
        return
    for line in text.split("\n"):
        _line(console, Text(" " * by).append_text(line))


def _line(console: Console, text: Text) -> None:
    console.print(text, soft_wrap=not console.is_terminal)
