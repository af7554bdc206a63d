"""FieldEvidence of fields that a reader filled, and how it reads in one line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pipelines.extract.facts import FieldEvidence, TimeExpression
from pipelines.reader.readings import Choice

READER = "reader"


def put(rows: list[FieldEvidence], row: FieldEvidence) -> None:
    """What a field rests on now, in the place of what it rested on before."""
    rows[:] = [*(r for r in rows if r.field != row.field), row]


def of_choice(field: str, choice: Choice, start: int, end: int, probability: float | None = None) -> FieldEvidence:
    """A label that the reader chose for words start:end. `probability` where it is not the choice's alone."""
    p = choice.probability if probability is None else probability
    second = f"{choice.runner_up} {_short(choice.runner_up_probability)}" if choice.runner_up else None
    return FieldEvidence(field, choice.label, READER, round(p, 3), start, end, second)


def of_time(
    field: str, time: TimeExpression, probability: float, start: date | None, end: date | None
) -> FieldEvidence:
    """Days that a time expression tells, linked by the reader."""
    days = str(start) if start == end else f"{start or ''}/{end or ''}"
    return FieldEvidence(
        field, days, "reader and time expression", round(probability, 3), time.start_char, time.end_char
    )


def rendered(evidence: Iterable[FieldEvidence]) -> str:
    """One line for people: "event_type ASSAULT .93 (reader); source Kenya .88 (reader and actors)"."""
    return "; ".join(
        f"{e.field} {e.value} {'' if e.probability is None else _short(e.probability) + ' '}({e.made_by})"
        for e in evidence
    )


def _short(probability: float) -> str:
    return f"{probability:.2f}".removeprefix("0")
