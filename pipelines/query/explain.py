"""One text read by the reader of today, without a warehouse: what it makes of it, why, and what it left out by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rich.console import Console

from pipelines.extract.cuts import CUTS
from pipelines.extract.document import extract_facts
from pipelines.extract.facts import FieldEvidence
from pipelines.extract.marks import marks_of
from pipelines.language.annotations import parse_text
from pipelines.language.parse import Article
from pipelines.query.published import QueryProblem
from pipelines.query.terminal import harmless
from pipelines.query.trace_view import show_reasons
from pipelines.query.traced import Reason
from pipelines.reader.interface import load_reader

# What is told of words that made no row: less likely ones are not worth a line.
LEAST_TOLD = 0.05


@dataclass(frozen=True)
class Found:
    """A row that the text would make: what it is, its confidence, what each field rests on."""

    heading: str
    confidence: float
    reasons: list[Reason]


@dataclass(frozen=True)
class LeftOut:
    """A word that made no event: the likeliest type, how likely any event is there, and why there is none."""

    word: str
    event_type: str
    probability: float
    why: str


@dataclass(frozen=True)
class Explanation:
    """All that was found in a text, in its order."""

    found: list[Found]
    left_out: list[LeftOut]


def explain(text: str, reader_name: str, published_on: date | None = None) -> Explanation:
    """Read a text as one document. Raises QueryProblem for a text without words or no reader, NoSuchReader for an unknown one."""
    if not text.strip():
        raise QueryProblem("There is nothing to read: give a sentence or more, in quotation marks.")
    reader = load_reader(reader_name)
    if reader is None:
        raise QueryProblem("NEWSLEDGER_READER is none: without a reader there is nothing to explain.")
    article, parse = Article("doc_explained", text, published_on=published_on), parse_text(text)
    (reading,) = reader.read([(article, parse, marks_of(article, parse))])
    facts = extract_facts(article, parse, reading)
    rows = [
        (e.start_char, Found(f"event  {e.event_type} «{e.trigger}»", e.confidence, _reasons(text, e.evidence)))
        for e in facts.events
    ]
    rows += [
        (f.start_char, Found(f"figure  {f.figure_kind} «{f.text}»", f.confidence, _reasons(text, f.evidence)))
        for f in facts.figures
    ]
    made = {e.start_char for e in facts.events}
    left_out = [
        LeftOut(
            parse.tokens[t.word].text,
            t.type.label,
            t.probability,
            f"an event needs {CUTS.trigger:.2f}"
            if t.probability < CUTS.trigger
            else "no actor on either side, or told twice",
        )
        for t in reading.triggers
        if t.probability >= LEAST_TOLD and parse.tokens[t.word].start not in made
    ]
    return Explanation([row for _, row in sorted(rows, key=lambda r: r[0])], left_out)


def show(explanation: Explanation, console: Console) -> None:
    """Print rows with their reasons, then what was left out."""
    for found in explanation.found:
        console.print(f"{harmless(found.heading)}   confidence {found.confidence:.2f}", markup=False, soft_wrap=True)
        show_reasons(console, found.reasons)
    if not explanation.found:
        console.print("No event and no sum of money.", markup=False)
    if explanation.left_out:
        console.print("left out", markup=False)
    for word in explanation.left_out:
        line = f"  «{harmless(word.word)}»  {word.event_type}  {word.probability:.2f}  {word.why}"
        console.print(line, markup=False, soft_wrap=True)


def _reasons(text: str, evidence: Sequence[FieldEvidence]) -> list[Reason]:
    return [
        Reason(
            e.field,
            e.value,
            e.made_by,
            e.probability,
            e.runner_up,
            None if e.start_char is None or e.end_char is None else text[e.start_char : e.end_char],
        )
        for e in evidence
    ]
