"""What a row says it rests on is what it was made from: value, words and probability of the very field."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import pytest

from pipelines.extract.actors.find import find_actors
from pipelines.extract.document import extract_facts
from pipelines.extract.events.assemble import _mode, events_of
from pipelines.extract.evidence import put
from pipelines.extract.facts import Event, FieldEvidence, Figure, TimeExpression
from pipelines.extract.money.assemble import figures_of
from pipelines.extract.money.scan import scan_amounts
from pipelines.language.parse import Article
from pipelines.reader.readings import AmountReading, Choice, Link, Reading, TriggerReading
from tests.unit.extract.reading import PUBLISHED, facts_of, parsed

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


def test_an_amount_of_which_a_reader_says_nothing_has_its_evidence() -> None:
    text = "Norway gave $12 million."
    (figure,) = extract_facts(Article("doc_test", text), parsed(text)).figures
    assert [(e.field, e.value) for e in figure.evidence] == [("amount", "$12 million")]


@pytest.mark.parametrize(
    ("text", "field", "value", "words"),
    [
        ("Norway gave Chad a $12 million grant for wells.", "finance_type", "grant", "grant"),
        ("Norway lent Chad $12 million for wells.", "finance_type", "loan", "lent"),
        ("Norway has given Chad $12 million so far.", "is_cumulative", "true", "so far"),
        ("Norway gave Chad another $12 million in aid for wells.", "is_sequel", "true", "another"),
    ],
)
def test_the_terms_of_a_sum_have_the_words_that_told_them(text: str, field: str, value: str, words: str) -> None:
    (figure,) = facts_of(text).figures
    assert [(e.value, text[e.start_char : e.end_char]) for e in _of(figure, field)] == [(value, words)]


def test_terms_and_their_evidence_are_set_together() -> None:
    text = (
        "Norway and Sweden will give Chad $12 million through UNICEF if it holds elections. Japan lent Ghana $90 million. "
        "Germany cancelled $40 million of Ghana's debt and gave it a $5 million grant a year for three years, $70 million in all."
    )
    figures = facts_of(text).figures
    assert len(figures) > 3
    seen = set()
    for figure in figures:
        terms = asdict(figure.terms)
        is_set = {name for name, value in terms.items() if value is not None and value is not False and value != []}
        assert {e.field for e in figure.evidence if e.field in terms} == is_set
        seen |= is_set
    assert len(seen) > 3, seen


def test_two_who_meet_rest_on_the_words_that_named_them_whichever_side_these_were_linked_as() -> None:
    events = [e for text in (*TEXTS, "Talks with Iran went on in Geneva on Monday.") for e in facts_of(text).events]
    assert events
    for event in events:
        assert len(_of(event, "source")) == len(event.sources)
        assert len(_of(event, "recipient")) == len(event.recipients)


def test_days_that_end_before_they_start_are_no_period_and_no_evidence() -> None:
    text = "Norway gave Chad $5 million in 2004."
    article, parse = Article("doc_test", text, published_on=PUBLISHED), parsed(text)
    year, verb, number = (next(t for t in parse.tokens if t.text == w) for w in ("2004", "gave", "5"))
    sure, fact = Choice("AID", 0.9), Choice("actual", 0.9)
    links = (Link("time", year.index, 0.9), Link("source", 0, 0.9), Link("payer", 0, 0.9))
    reading = Reading(
        (TriggerReading(verb.index, 0.9, sure, Choice("assist", 0.5), fact, links),),
        (AmountReading(number.index, Choice("aid", 0.9), Choice("disbursed", 0.9), fact, links),),
    )
    amounts = scan_amounts(article, parse)
    actors = find_actors(article, parse, amounts, ())
    for end, is_told in ((date(2004, 12, 31), True), (date(2003, 12, 31), False)):
        times = [TimeExpression(0, year.start, year.end, "2004", "2004", date(2004, 1, 1), end)]
        (figure,) = figures_of(reading, article, parse, amounts, actors, times)
        (event,) = events_of(reading, article, parse, actors, times, [])
        assert (figure.period_start is not None, bool(_of(figure, "period"))) == (is_told, is_told)
        assert (event.date_start is not None, bool(_of(event, "date"))) == (is_told, is_told)
        assert event.date_precision == ("year" if is_told else "unknown")
