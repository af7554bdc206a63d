"""Reads sentences through the real parser, for tests of what is made of its trees."""

from __future__ import annotations

from datetime import date

from pipelines.extract.document import extract_facts
from pipelines.extract.facts import Event, Facts, Participant
from pipelines.extract.marks import marks_of
from pipelines.language.annotations import parse_text
from pipelines.language.parse import Article, Parse
from pipelines.reader.interface import ENCODER, load_reader
from pipelines.reader.readings import Reading

PUBLISHED = date(2010, 6, 16)  # a Wednesday


def facts_of(text: str, published_on: date | None = PUBLISHED) -> Facts:
    """All facts of a text, read by the release that is shipped."""
    article, parse = Article("doc_test", text, published_on=published_on), parse_text(text)
    return extract_facts(article, parse, reading_of(article, parse))


def facts_without_reading(text: str, published_on: date | None = PUBLISHED) -> Facts:
    """Facts that no reading is asked for: times, actors, quotations, quantities, and of amounts what they are."""
    return extract_facts(Article("doc_test", text, published_on=published_on), parse_text(text))


def reading_of(article: Article, parse: Parse) -> Reading:
    """What the release that is shipped says of a text."""
    reader = load_reader(ENCODER)
    assert reader is not None
    (found,) = reader.read([(article, parse, marks_of(article, parse))])
    return found


def parsed(text: str) -> Parse:
    return parse_text(text)


def named(facts: Facts, participants: list[Participant]) -> list[str]:
    """Names of participants."""
    return [facts.entities[p.entity].name for p in participants]


def event(facts: Facts, event_type: str) -> Event:
    """The one event of a type."""
    found = [e for e in facts.events if e.event_type == event_type]
    assert len(found) == 1, [(e.event_type, e.trigger) for e in facts.events]
    return found[0]
