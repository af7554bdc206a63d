"""When an event takes place, and on what that rests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipelines.extract.facts import TimeExpression
from pipelines.extract.syntax import clause_of
from pipelines.language.parse import Parse, Token

_OTHER_TIME = frozenset(["following", "after", "before", "since", "until"])
_MEANWHILE = frozenset({"as", "when", "while"})
_VAGUE = frozenset({"PAST_REF", "FUTURE_REF"})
_REASONS = frozenset(["because", "since", "although", "though", "whereas"])
_TOLD_APART = frozenset(["ccomp", "acl", "relcl", "advcl", "parataxis"])
_FUTURE = frozenset(["will", "would", "shall", "wo", "'ll", "’ll"])


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
        self._vague: dict[
            int, list[Token]
        ] = {}  # "in the past", "later": of no day, but not of the clause above either
        for time in times:
            token = parse.token_at(time.start_char)
            if time.value in _VAGUE and token is not None:
                self._vague.setdefault(time.sentence_index, []).append(token)
            if time.date_start is not None and token is not None and not (time.value or "").startswith("P"):
                tokens = parse.tokens_in(time.start_char, time.end_char)
                of_sentence = self._by_sentence.setdefault(time.sentence_index, [])
                of_sentence.append((time, parse.head_of(tokens)))
                told = _told_by_when(tokens, parse)
                if told is not None:
                    of_sentence.append((time, told))

    def of(self, trigger: Token, is_said: bool = False) -> When:
        """The expression of the trigger's own clause, else one of its sentence that holds for that clause too.

        `is_said` tells an act done by saying it (support, a threat): "said on Monday that it will defend Chad" is of Monday.
        """
        here = self._by_sentence.get(trigger.sentence, [])
        if not here:
            return When()
        clause = clause_of(trigger)
        if is_said and trigger.pos == "VERB":
            here = [(time, head) for time, head in here if not _is_of_another_act(time, head)]
        if is_at_another_time(trigger) or _is_in_another_noun(trigger, clause):
            here = [(time, head) for time, head in here if _is_below(head, trigger)]
        own = [(abs(head.index - trigger.index), time) for time, head in here if clause_of(head) is clause]
        if own:
            return _when(min(own, key=lambda o: o[0])[1], "clause")
        if any(clause_of(token) is clause for token in self._vague.get(trigger.sentence, [])):
            return When()
        fitting = [
            (abs(head.index - trigger.index), time)
            for time, head in here
            if any(_shares_time_below(upper, clause_of(head)) for upper in _clauses_of_one_time(clause, is_said))
        ]
        return _when(min(fitting, key=lambda o: o[0])[1], "sentence") if fitting else When()


def _is_of_another_act(time: TimeExpression, head: Token) -> bool:
    """Whether it tells the day of what is spoken of: "condemned Friday's killing"."""
    is_day = time.date_end is None or time.date_start == time.date_end
    return is_day and head.dep == "poss" and head.head.dep in ("dobj", "nsubj", "nsubjpass")


def _told_by_when(tokens: list[Token], parse: Parse) -> Token | None:
    """The verb of "last year, when it tried": wherever the parser hangs it, it tells what was done then."""
    for token in parse.tokens[tokens[-1].index + 1 : tokens[-1].index + 3]:
        if token.lower != ",":
            return token.head if token.lower == "when" and token.dep == "advmod" else None
    return None


def _is_in_another_noun(trigger: Token, clause: Token) -> bool:
    """Whether a noun hangs on another that is not the clause's act: "submit a plan on the use of a grant"."""
    above, steps = trigger, 0
    while above is not clause and not above.is_root:
        above = above.head
        steps += above is not clause and above.pos == "NOUN"
    return trigger.pos == "NOUN" and steps > 1


def _is_below(token: Token, above: Token) -> bool:
    return token is above or any(a is above for a in token.ancestors())


def _clauses_of_one_time(clause: Token, is_said: bool) -> Iterator[Token]:
    """A clause and those above it, as long as what happens in it happens when they do.

    Not what is told of other times: as due ("said on Monday that it will send"), in the perfect of somebody else ("who had
    sent"), or in a participle that only tells who is meant ("extradited on Monday Z, accused of smuggling"). What
    somebody says of himself in the perfect ("announced on Monday that it had sent") is news of that day.
    """
    yield clause
    current = clause
    while not current.is_root:
        if current.pos in ("VERB", "AUX") and current.dep in _TOLD_APART:
            if _is_of_another_time(current, is_said) or (current.dep == "acl" and current.tag == "VBN"):
                return
            if current.dep == "advcl" and any(
                c.dep == "mark" and c.lower in _REASONS | _OTHER_TIME for c in current.children
            ):
                return
        if current.dep == "pcomp" and current.head.lower in _OTHER_TIME:
            return
        current = current.head
        if current.pos in ("VERB", "AUX"):
            yield current


def _shares_time_below(clause: Token, lower: Token) -> bool:
    """Whether the expression of a clause below holds for this one: "attacked X, killing two on Monday", "met to sign on Monday".

    Not what is asked, said or described there: "invited them to return on Tuesday", "ousted after it lost in 2013".
    """
    current = lower
    while current is not clause:
        if current.is_root:
            return False
        if current.dep == "conj":
            if current.child("nsubj", "nsubjpass") is not None or current.tag != clause.tag:
                return False
        elif current.pos in ("VERB", "AUX") and not _goes_along(current):
            return False
        current = current.head
    return True


def _goes_along(verb: Token) -> bool:
    """Whether it happens with what it hangs on: "attacked X, killing two", "Y, speaking on Monday, said", "met to sign"."""
    if verb.dep == "acl":
        return verb.tag == "VBG" and verb.head.dep == "nsubj" and verb.index < verb.head.head.index
    if verb.dep == "advcl" and verb.tag == "VBD":  # "was shot as he walked home on Friday"
        return any(c.dep in ("mark", "advmod") and c.lower in _MEANWHILE for c in verb.children)
    return verb.dep == "advcl" and verb.tag in ("VBG", "VB") and verb.child("mark") is None


def _is_of_another_time(verb: Token, is_said: bool) -> bool:
    subject = verb.child("nsubj", "nsubjpass")
    is_statement = verb.dep == "ccomp"
    is_of_himself = is_statement and subject is not None and subject.pos == "PRON"
    return any(
        c.dep == "aux"
        and ((c.lower in _FUTURE and not (is_statement and is_said)) or (c.lemma == "have" and not is_of_himself))
        for c in verb.children
    )


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
