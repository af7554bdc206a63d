"""Times told by another: "a year earlier", "in the same month last year", a state's fiscal year."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from pipelines.extract.facts import Figure, TimeExpression
from pipelines.extract.money.context import Context
from pipelines.language.parse import Parse

_YEAR_EARLIER = re.compile(
    r",?\s(?:in |for |during |at |of )?(?:(?:a|the|one) year (?:earlier|ago|before|previously)|(?:the )?year-(?:ago|earlier)\b"
    r"|(?:the |a )?(?:same|similar|comparable|corresponding|like) (?:\w{1,9} )?(?:month|quarter|period|time|half)(?: of| in| a| the)? (?:last year|year (?:ago|earlier|before)|(?:the )?(?:previous|prior) year))",
    re.IGNORECASE,
)
# The month in which states' fiscal years begin. Compiled by us; the United States' since 1976.
_FISCAL_STARTS = {"USA": 10, "JPN": 4, "GBR": 4, "CAN": 4, "IND": 4}
_IS_FISCAL = re.compile(r"\b(?:fiscal|FY|financial year)", re.IGNORECASE)


def year_earlier(parse: Parse, context: Context, figure: Figure, before: Figure | None) -> None:
    """ "against $3 million a year earlier", "in the same month last year": the time of the figure before, less a year."""
    last = parse.tokens[context.right - 1].end if context.right else figure.end_char
    if before is None or not _YEAR_EARLIER.match(parse.text, figure.end_char, last):
        return
    start, end = before.period_start, before.period_end
    if before.sentence_index != figure.sentence_index or start is None or end is None:
        start = end = None
    figure.period_start, figure.period_end = (
        (months_on(start, -12), months_on(end + timedelta(days=1), -12) - timedelta(days=1))
        if start and end
        else (None, None)
    )


def as_fiscal(text: str, times: list[TimeExpression], figure: Figure, state: str | None) -> None:
    """A year told as a state's fiscal year runs from the month in which that state's does."""
    start, end = figure.period_start, figure.period_end
    month = _FISCAL_STARTS.get(state or "")
    if month is None or start is None or end is None or (start.month, end.month) != (1, 12) or start.year != end.year:
        return
    for t in times:
        if (t.date_start, t.date_end) == (start, end) and _IS_FISCAL.search(
            text, max(0, t.start_char - 12), t.end_char
        ):
            # the United States name the year by its end, those that begin in spring by its start
            year = start.year - 1 if month > 6 else start.year
            figure.period_start = date(year, month, 1)
            figure.period_end = date(year + 1, month, 1) - timedelta(days=1)


def months_on(day: date, months: int) -> date:
    """The day so many months later, or earlier; the last of a month where that month is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return day
    moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return moved if months >= 0 else moved + timedelta(days=0)
