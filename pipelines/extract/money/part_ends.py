"""What a part and its total tell each other about ends, stage and time.

A total that parts of several givers make up has none of them as its giver; a part leaves open what its total tells; and whoever asks
for money is who gets what came of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.evidence import put
from pipelines.extract.facts import FieldEvidence, Figure

# The chance that an end is right of which nothing is known.
_UNKNOWN = 0.5
# Who asks for others and hands on what comes: a state that asks may give beside it.
_BODIES = frozenset({"igo", "ngo"})


def share_ends(figures: list[Figure], actors: DocumentActors) -> None:
    """A part is of its total's money: what its own words leave open (ends, stage, period) is the total's."""
    _open_ends_of_totals(figures)
    for figure in figures:
        if figure.part_of is None:
            continue
        total = figures[figure.part_of]
        if figure.figure_kind == "other":
            figure.figure_kind, figure.flow_stage = total.figure_kind, total.flow_stage
            if total.figure_kind != "other":
                _from_total(figure, "figure_kind", total.figure_kind, total)
                _from_total(figure, "flow_stage", total.flow_stage, total)
        if (
            figure.figure_kind == total.figure_kind
            and figure.flow_stage == "unspecified"
            and total.flow_stage != "unspecified"
        ):
            figure.flow_stage = total.flow_stage
            _from_total(figure, "flow_stage", total.flow_stage, total)
        if total.flow_stage == "requested" and figure.flow_stage != "requested":
            _turn_to_asker(figure, total, actors)
        _share_end(figure, total, "payer")
        _share_end(figure, total, "payee")
        # "The loan brings the total to 441 billion yen since 1972": what began long ago and goes on is no time of its last part.
        is_told = total.period_start is not None and total.period_end is not None
        if figure.period_start is None and figure.period_end is None and is_told:
            figure.period_start, figure.period_end = total.period_start, total.period_end
            _from_total(figure, "period", f"{total.period_start}/{total.period_end}", total)


def _share_end(figure: Figure, total: Figure, end: str) -> None:
    """An end that a part leaves open is its total's, unless the part tells another than the total's at the other end."""
    other = "payee" if end == "payer" else "payer"
    entity, there = getattr(total, end), getattr(figure, other)
    if getattr(figure, end) is None and entity is not None and there in (None, getattr(total, other)):
        setattr(figure, end, entity)
        _from_total(figure, end, next((e.value for e in total.evidence if e.field == end), None), total)


def _from_total(figure: Figure, field: str, value: str | None, total: Figure) -> None:
    put(figure.evidence, FieldEvidence(field, value, "its total", None, total.start_char, total.end_char))


def _open_ends_of_totals(figures: Sequence[Figure]) -> None:
    """Several who each give a part give the total together: it names none of them alone; so with those who each get a part."""
    for n, total in enumerate(figures):
        parts = [f for f in figures if f.part_of == n]
        for end in ("payer", "payee"):
            ends = {getattr(f, end) for f in [*parts, *_told_beside(figures, parts, total, end)]} - {None}
            if len(ends) > 1 and getattr(total, end) in ends:
                told = next((e.probability for e in total.evidence if e.field == end), None)
                setattr(total, end, None)
                setattr(total, f"open_{end}", 1.0 - (told or _UNKNOWN))
                total.evidence = [e for e in total.evidence if e.field != end]


def _told_beside(figures: Sequence[Figure], parts: list[Figure], total: Figure, end: str) -> list[Figure]:
    """Sums told in one sentence with a part: "Kuwait promised $2 billion and Qatar $1 billion. In all $30 billion were promised."

    For a total of a later sentence that takes its end from theirs, whichever of them it is linked to.
    """
    words = next((e for e in total.evidence if e.field == end), None)
    if words is None or words.start_char is None:
        return []
    there = {f.sentence_index for f in parts if f.start_char < total.start_char} - {total.sentence_index}
    same = ("payee" if end == "payer" else "payer", "figure_kind", "flow_stage", "currency")
    found = [
        f
        for f in figures
        if f.sentence_index in there
        and f.amount is not None
        and total.amount is not None
        and f.amount < total.amount
        and any(all(getattr(f, name) == getattr(part, name) for name in same) for part in parts)
    ]
    # What its own sentence says of its end holds.
    return found if any(words.start_char < f.end_char for f in found) else []


def _turn_to_asker(figure: Figure, total: Figure, actors: DocumentActors) -> None:
    """ "The UN received $36 million of the $120 million that it had asked for": the body that asked gives nothing, it gets."""
    if figure.payer is None or figure.payee is not None or actors.entities[figure.payer].actor_type not in _BODIES:
        return
    asked = {total.payer, total.payee} - {None}
    if asked and figure.payer not in asked:
        return  # another gave it: "The Red Cross appealed for $120 million. Oxfam provided $36 million of it."
    told = next((e for e in figure.evidence if e.field == "payer"), None)
    figure.payer, figure.payee = None, figure.payer
    figure.open_payer, figure.open_payee = figure.open_payee, None
    figure.evidence = [e for e in figure.evidence if e.field != "payer"]
    if told is not None:
        figure.evidence.append(
            FieldEvidence("payee", told.value, "who asked for it", told.probability, told.start_char, told.end_char)
        )
