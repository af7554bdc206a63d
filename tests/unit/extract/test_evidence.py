"""What a row says it rests on is what it was made from: value, words and probability of the very field."""

from __future__ import annotations

import pytest

from pipelines.extract.events.assemble import _mode
from pipelines.extract.evidence import put
from pipelines.extract.facts import Event, FieldEvidence, Figure
from pipelines.reader.readings import Choice
from tests.unit.extract.reading import facts_of

TEXTS = (
    "Norwegian Foreign Minister Kari Berg visited Chad on Monday and met President Idriss Deby in N'Djamena. "
    'Police arrested three journalists there on Tuesday. "Sudan has armed the rebels," Deby said.',
    "Japan will lend Kenya $300 million for a port in Mombasa, of which $40 million is for roads. The port was planned in 2007. "
    "Norway gave $12 million last year to train teachers, and Germany pledged 5 million euros for the port.",
    "The World Bank approved a loan of $200 million to Ghana for a port. Ghana owes Britain $90 million, officials in Accra said.",
)


def _of(row: Event | Figure, field: str) -> list[FieldEvidence]:
    return [e for e in row.evidence if e.field == field]


@pytest.mark.parametrize("text", TEXTS)
def test_a_field_has_the_evidence_of_its_own_value(text: str) -> None:
    facts = facts_of(text)
    rows = [*facts.events, *facts.figures]
    assert rows
    for row in rows:
        for field in (
            "event_type",
            "event_mode",
            "factuality",
            "place_country",
            "figure_kind",
            "purpose",
            "purpose_code",
        ):
            value = getattr(row, field, None)
            seen = _of(row, field)
            assert len(seen) == (value is not None), (row.text if isinstance(row, Figure) else row.trigger, field, seen)
            assert all(e.value == value for e in seen)
        assert row.evidence
        for e in row.evidence:
            assert e.start_char is None or 0 <= e.start_char < (e.end_char or 0) <= len(text)


@pytest.mark.parametrize("text", TEXTS[1:])
def test_the_words_of_a_purpose_stand_where_its_evidence_says(text: str) -> None:
    facts = facts_of(text)
    told = [(f, e) for f in facts.figures for e in _of(f, "purpose")]
    assert told
    for figure, e in told:
        assert text[e.start_char : e.end_char] == figure.purpose
        assert (
            text.count(". ", 0, e.start_char) == figure.sentence_index
        )  # its own sentence, not the first with these words
        assert e.probability is not None


def test_the_mode_that_is_kept_is_the_one_that_is_told() -> None:
    second = _mode(Choice("demo", 0.5, "visit", 0.4), "CONSULT")
    assert second == Choice("visit", 0.4, "demo", 0.5)
    assert _mode(Choice("demo", 0.7, "visit", 0.1), "CONSULT") is None


def test_a_field_told_anew_has_one_row() -> None:
    rows = [FieldEvidence("period", "2001", "reader"), FieldEvidence("amount", "$5", "amount")]
    put(rows, FieldEvidence("period", "2002", "its total"))
    assert [(e.field, e.value) for e in rows] == [("amount", "$5"), ("period", "2002")]
