"""All facts of one document: the order in which the extractors build on each other."""

from __future__ import annotations

from pipelines.extract.actors.find import find_actors
from pipelines.extract.events.find import find_events
from pipelines.extract.facts import Facts
from pipelines.extract.money.find import find_figures
from pipelines.extract.quantities import find_quantities
from pipelines.extract.quotes import find_quotes
from pipelines.extract.time.find import find_time_expressions
from pipelines.language.parse import Article, Parse


def extract_facts(article: Article, parse: Parse) -> Facts:
    """Read everything that one document says.

    Pure: the same article and parse give the same facts, in the same order.
    """
    times = find_time_expressions(article, parse)
    actors = find_actors(article, parse)
    quotes = find_quotes(article, parse, actors)
    figures = find_figures(article, parse, actors, times)
    quantities = find_quantities(parse, figures, times)
    events = find_events(article, parse, actors, times, quotes, figures)
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
