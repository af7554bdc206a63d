"""What the terms of a sum rest on, as rows of evidence: the words of the list that told them, or the step that drew them."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import FieldEvidence, Figure, Terms

FLAGS = (
    "is_cumulative",
    "is_total",
    "is_sequel",
    "is_instalment",
    "is_each",
    "is_correction",
    "is_withdrawn",
    "is_conditional",
)
# (field, value) -> the words that told it, as characters of the text.
TermSpans = dict[tuple[str, str], tuple[int, int]]
# Told once for all sums of a document, in its title or anywhere.
_OF_DOCUMENT = frozenset({"is_correction", "is_withdrawn"})


def evidence_of_terms(figure: Figure, spans: TermSpans, actors: DocumentActors) -> list[FieldEvidence]:
    """A row for each term that is set: by its own words where they are known, by those of the sum where they follow from it."""
    found = []
    for field, value in _set(figure.terms, actors):
        if (field, value) in spans:
            start, end = spans[field, value]
            found.append(FieldEvidence(field, value, "words of money's terms", None, start, end))
        elif field in _OF_DOCUMENT:
            found.append(FieldEvidence(field, value, "words of the document"))
        else:
            of_kind = field == "finance_type" and value == figure.figure_kind
            span = _named(field, value, figure, actors) or (figure.start_char, figure.end_char)
            found.append(
                FieldEvidence(field, value, "kind of the sum" if of_kind else "clause of the sum", None, *span)
            )
    return found


def _set(terms: Terms, actors: DocumentActors) -> Iterator[tuple[str, str]]:
    """Terms that are set, by column and value; actors by their name."""
    for field in ("finance_type", "direction", "rate_times"):
        if (value := getattr(terms, field)) is not None:
            yield field, str(value)
    if terms.channel is not None:
        yield "channel", actors.entities[terms.channel].name
    yield from (("joint_donors", actors.entities[entity].name) for entity in terms.joint_donors)
    yield from ((flag, "true") for flag in FLAGS if getattr(terms, flag))


def _named(field: str, value: str, figure: Figure, actors: DocumentActors) -> tuple[int, int] | None:
    """Where the figure's sentence has an actor that is a term of it."""
    if field not in ("channel", "joint_donors"):
        return None
    for mention in actors.mentions:
        if mention.sentence_index == figure.sentence_index and actors.entities[mention.entity].name == value:
            return mention.start_char, mention.end_char
    return None
