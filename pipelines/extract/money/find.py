"""Money of one document: amounts, who pays whom, for what, and which total a part belongs to."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import Figure, TimeExpression
from pipelines.extract.money.scan import scan_amounts
from pipelines.language.parse import Article, Parse


def find_figures(article: Article, parse: Parse, actors: DocumentActors, times: list[TimeExpression]) -> list[Figure]:
    """Every amount of money of a document, in text order."""
    figures = []
    for sentence, a in scan_amounts(article, parse):
        figures.append(
            Figure(
                sentence, a.start, a.end, parse.text[a.start : a.end], a.amount, a.low, a.high, a.currency,
                qualifier=a.qualifier, rule=a.rule,
            )
        )  # fmt: skip
    return figures
