"""When an event takes place, and on what that rests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipelines.extract.facts import TimeExpression
from pipelines.extract.syntax import clause_of
from pipelines.language.parse import Parse, Token

_OTHER_TIME = frozenset(["following", "before", "since", "until"])


@dataclass(slots=True)
class When:
    """Days, how exact they are, and the basis: clause, sentence, document or None."""

    start: date | None = None
    end: date | None = None
    precision: str = "unknown"
    basis: str | None = None


class Calendar:
    """The time expressions of a document by sentence, those that name days alone."""

    def __init__(self, parse: Parse, times: list[TimeExpression]) -> None:
        self._by_sentence: dict[int, list[tuple[TimeExpression, Token]]] = {}
        for time in times:
            token = parse.token_at(time.start_char)
            if time.date_start is not None and token is not None and not (time.value or "").startswith("P"):
                head = parse.head_of(parse.tokens_in(time.start_char, time.end_char))
                self._by_sentence.setdefault(time.sentence_index, []).append((time, head))

    def of(self, trigger: Token) -> When:
        """The expression of the trigger's own clause, else the only one of its sentence."""
        here = self._by_sentence.get(trigger.sentence, [])
        if not here or is_at_another_time(trigger):
            return When()
        clause = clause_of(trigger)
        own = [(abs(head.index - trigger.index), time) for time, head in here if clause_of(head) is clause]
        if own:
            return _when(min(own, key=lambda o: o[0])[1], "clause")
        above = {clause_of(a).index for a in clause.ancestors()}
        fitting = [(abs(head.index - trigger.index), time) for time, head in here if clause_of(head).index in above]
        if len(here) == 1 or fitting:
            return _when(min(fitting, key=lambda o: o[0])[1] if fitting else here[0][0], "sentence")
        return When()


def is_at_another_time(trigger: Token) -> bool:
    """Whether a noun is told as before or after the clause it stands in ("arrived today following a visit to Chad")."""
    return trigger.dep == "pobj" and trigger.head.lower in _OTHER_TIME


def _when(time: TimeExpression, basis: str) -> When:
    start, end = time.date_start, time.date_end
    assert start is not None
    days = (end - start).days + 1 if end is not None else 1
    precision = (
        "day"
        if days == 1
        else "week"
        if days <= 7
        else "month"
        if days <= 31
        else "quarter"
        if days <= 92
        else "year"
        if days <= 366
        else "unknown"
    )
    return When(start, end, precision, basis)
