"""From words that a reader points at to what stands there: actors, days, places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import FieldEvidence, Participant, Quote, TimeExpression
from pipelines.extract.time.ranges import with_ranges
from pipelines.language.parse import Parse, Token
from pipelines.reader.readings import Link
from pipelines.reference.months import MONTHS


@dataclass(frozen=True, slots=True)
class Found:
    """What a link led to: participants, the probabilities of the link, the resolution and an inferred state together, and the word."""

    participants: tuple[Participant, ...]
    probability: float
    word: int


def of_relation(links: Iterable[Link], relation: str) -> list[Link]:
    """The links of a relation, the surest first."""
    return sorted((link for link in links if link.relation == relation), key=lambda k: (-k.probability, k.word))


class Words:
    """Look-ups by word over one document.

    `stands` is how likely a word must be to stand for an actor at all, where a link leads to it.
    """

    def __init__(
        self,
        parse: Parse,
        actors: DocumentActors,
        times: list[TimeExpression],
        stands: float,
        quotes: Iterable[Quote] = (),
    ) -> None:
        self.parse, self.actors, self.stands = parse, actors, stands
        self._quotes = [q for q in quotes if q.is_direct and q.speaker is not None]
        self._quote_starts = [q.start_char for q in self._quotes]
        self._times: dict[int, TimeExpression] = {}
        for time in with_ranges(times, parse.text):
            for token in parse.tokens_in(time.start_char, time.end_char):
                self._times.setdefault(token.index, time)

    def who(self, link: Link) -> Found | None:
        """Actors that the words at a link stand for; None where nothing in the document answers."""
        answer = self.actors.who(link.word)
        if answer is None or answer.stands < self.stands:
            return None
        people = tuple(
            Participant(entity, answer.mentions[i] if i < len(answer.mentions) else None, round(answer.probability, 3))
            for i, entity in enumerate(answer.entities)
        )
        state = min((self.actors.entities[e].country_probability for e in answer.entities), default=1.0)
        return Found(people, link.probability * answer.probability * state, link.word)

    def sides(self, links: list[Link], cut: float, least: float, most: int) -> list[Found]:
        """Who the links of one side lead to: those of at least `cut`, else the surest of at least `least`; in text order.

        A word that resolves to nobody is passed over for the next surest.
        """
        found: list[Found] = []
        seen: set[int] = set()
        for link in links:
            if link.probability < (least if not found else cut) or len(found) >= most:
                break
            answer = self.who(link)
            if answer is not None and not seen.issuperset(p.entity for p in answer.participants):
                seen.update(p.entity for p in answer.participants)
                found.append(answer)
        return sorted(found, key=lambda f: f.word)

    def speaker_at(self, token: Token) -> int | None:
        """Who says the direct quotation that a token stands in; None outside of one."""
        at = bisect_right(self._quote_starts, token.start) - 1
        return self._quotes[at].speaker if at >= 0 and token.end <= self._quotes[at].end_char else None

    def one(self, links: list[Link], cut: float) -> tuple[int, int, float] | None:
        """(entity, word, probability) of the likeliest single actor that links lead to; words for the same one are added up."""

        def actor(link: Link) -> int | None:
            found = self.who(link)
            return found.participants[0].entity if found is not None and len(found.participants) == 1 else None

        return _likeliest(links, cut, actor)

    def time(self, links: list[Link], cut: float) -> tuple[TimeExpression, float] | None:
        """The likeliest time expression that names days and that links lead to; its words are added up."""

        def expression(link: Link) -> int | None:
            time = self._times.get(link.word)
            return time.start_char if time is not None and (time.date_start or time.date_end) else None

        found = _likeliest(links, cut, expression)
        return None if found is None else (self._times[found[1]], found[2])

    def evidence(self, field: str, value: str, word: int, probability: float) -> FieldEvidence:
        """What a field rests on that stands at a word."""
        token = self.parse.tokens[word]
        return FieldEvidence(field, value, "reader and actors", round(probability, 3), token.start, token.end)

    def place(self, links: list[Link], cut: float) -> tuple[Token, str, float] | None:
        """(word, ISO 3166-1 alpha-3, probability) of the likeliest state whose places links lead to; its places are added up."""
        tokens = self.parse.tokens
        found = _likeliest(links, cut, lambda link: self.actors.place_at(tokens[link.word]))
        return None if found is None else (tokens[found[1]], found[0], found[2])


def _likeliest[T](
    links: Iterable[Link], cut: float, meaning: Callable[[Link], T | None]
) -> tuple[T, int, float] | None:
    """(what is meant, its surest word, probability) where at most one thing is meant: links to words that mean the same are added up.

    `links` come the surest first. None below `cut`.
    """
    shares: dict[T, float] = {}
    surest: dict[T, int] = {}
    for link in links:
        meant = meaning(link)
        if meant is not None:
            shares[meant] = shares.get(meant, 0.0) + link.probability
            surest.setdefault(meant, link.word)
    best = max(shares, key=lambda m: shares[m], default=None)
    if best is None or shares[best] < cut:
        return None
    return best, surest[best], min(shares[best], 1.0)


_YEAR = re.compile(r"\d{4}")
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)


def days_of(time: TimeExpression, is_ahead: bool, published: date | None) -> tuple[date | None, date | None]:
    """The days that an expression means for an act: of one that lies ahead, the next "Monday" or "April" and not the last.

    Expressions that tell their year, or that are told from now ("yesterday"), stay as they are.
    """
    start, end = time.date_start, time.date_end
    if not is_ahead or published is None or start is None or end is None or end >= published or _YEAR.search(time.text):
        return start, end
    week = timedelta(days=7)
    if _WEEKDAY.search(time.text) and start == end and published - start <= week and "last" not in time.text.lower():
        return start + week, end + week
    named = (time.value or "").startswith(f"{start.year:04d}-") and "W" not in (time.value or "")
    is_lately = start == end and published - end <= timedelta(
        days=90
    )  # "the February 27 accord" that is to be carried out
    is_coming = (start.year + 1, start.month) >= (published.year, published.month) and "last" not in time.text.lower()
    if named and any(month in time.text.lower() for month in MONTHS) and is_coming and not is_lately:
        try:
            return start.replace(year=start.year + 1), end.replace(year=end.year + 1)
        except ValueError:  # the 29th of February
            return start, end
    return start, end


_AT_END = re.compile(r"\bend(?:-|\s(?:of\s)?(?:the\s)?)$", re.IGNORECASE)
_END = re.compile(r"(?:the\s)?end\b", re.IGNORECASE)


def open_sides(
    time: TimeExpression, days: tuple[date | None, date | None], parse: Parse
) -> tuple[date | None, date | None]:
    """Days as the words before the expression turn them: "since March 2015" and "until 1992" leave a side open, the end of a
    year is its last month (as 43 of 56 labelled periods have it)."""
    start, end = days
    if start is not None and (start.month, start.day, end) == (1, 1, date(start.year, 12, 31)):
        if _END.match(time.text) or _AT_END.search(parse.text[max(0, time.start_char - 12) : time.start_char]):
            days = date(start.year, 12, 1), end
    (token, *_) = parse.tokens_in(time.start_char, time.end_char)
    before = parse.tokens[token.index - 1].lower if token.index else ""
    if before == "since":
        return days[0], None
    return (None, days[1]) if before == "until" else days


def in_order(start: date | None, end: date | None) -> bool:
    """Whether days are a period: what ends before it starts was misread, and nothing is better than that."""
    return start is None or end is None or start <= end


def precision(start: date | None, end: date | None) -> str:
    """How exact days are: day, week, month, quarter, year, or unknown (longer, or open at a side)."""
    if start is None or end is None:
        return "unknown"
    days = (end - start).days + 1
    for most, name in ((1, "day"), (7, "week"), (31, "month"), (92, "quarter"), (366, "year")):
        if days <= most:
            return name
    return "unknown"
