"""All facts of one document: the order in which the extractors build on each other."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from pipelines.extract.actors.find import find_actors
from pipelines.extract.events.assemble import events_of
from pipelines.extract.facts import Event, Facts
from pipelines.extract.money.assemble import figures_of
from pipelines.extract.money.scan import scan_amounts
from pipelines.extract.money.terms import read_terms
from pipelines.extract.quantities import find_quantities
from pipelines.extract.quotes import find_quotes
from pipelines.extract.time.find import find_time_expressions
from pipelines.language import collector
from pipelines.language.parse import Article, Parse
from pipelines.reader.readings import Reading


def extract_facts(article: Article, parse: Parse, reading: Reading | None = None) -> Facts:
    """Read everything that one document says.

    Pure: the same article, parse and reading give the same facts, in the same order. Without a reading there
    are no events, and of amounts only what they are.
    """
    with collector.paused():
        return _facts(article, parse, reading)


def _facts(article: Article, parse: Parse, reading: Reading | None) -> Facts:
    times = find_time_expressions(article, parse)
    said = reading or Reading()
    amounts = scan_amounts(article, parse)
    actors = find_actors(article, parse, amounts, said.mentions)
    quotes = find_quotes(article, parse, actors)
    figures = figures_of(said, article, parse, amounts, actors, times)
    read_terms(article, parse, actors, figures)
    events = events_of(said, article, parse, actors, times, quotes)
    quantities = find_quantities(parse, figures, times)
    if parse.text != article.text:
        _as_printed(article.text, actors.mentions, times, quotes, quantities, figures, events)
    return Facts(
        document_id=article.document_id,
        entities=actors.entities,
        mentions=actors.mentions,
        time_expressions=times,
        quotes=quotes,
        quantities=quantities,
        figures=figures,
        events=events,
    )


def _as_printed(text: str, *tables: Iterable[Any]) -> None:
    """Give rows their words as the text prints them: one in capitals is read in ordinary letters (`language.capitals`)."""
    for row in chain(*tables):
        column = "trigger" if isinstance(row, Event) else "text"
        setattr(row, column, text[row.start_char : row.end_char])
