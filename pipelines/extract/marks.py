"""What a reader is told of a document beside its parse: where its amounts of money and its time expressions are."""

from __future__ import annotations

from pipelines.extract.money.scan import scan_amounts
from pipelines.extract.time.find import find_time_expressions
from pipelines.language.parse import Article, Parse
from pipelines.reader.readings import Marks


def marks_of(article: Article, parse: Parse) -> Marks:
    """Character spans of amounts and of time expressions, each in text order."""
    return Marks(
        tuple((amount.start, amount.end) for _, amount in scan_amounts(article, parse)),
        tuple((time.start_char, time.end_char) for time in find_time_expressions(article, parse)),
    )
