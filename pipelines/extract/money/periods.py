"""The time that money covers or moved in, from the time expressions beside a figure."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date, timedelta

from pipelines.extract.facts import Figure, TimeExpression
from pipelines.extract.money.context import Context
from pipelines.extract.money.period_shifts import months_on
from pipelines.extract.syntax import REPORTING
from pipelines.language.parse import Article, Parse, Token

_DURATION = re.compile(r"P(\d{1,3})([YM])$")
_OPEN_START = re.compile(
    r"\b(?:through|until|till|by the end of|up to|by)\s{1,3}(?:the\s{1,2})?(?:end of\s)?(?:fiscal\s(?:year\s)?)?$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:since|from)\s{1,3}(?:the\s{1,2})?$", re.IGNORECASE)
_OVER = re.compile(
    r"\b(?:over|for|in|within|during)\s{1,3}(?:the\s{1,2})?(?:next\s|coming\s|following\s)?$", re.IGNORECASE
)
_BACK = re.compile(r"\b(?:over|in|during|for)\s{1,3}(?:the\s{1,2})?(?:past|last|previous)", re.IGNORECASE)
_NEXT_OR_PAST = re.compile(r"\b(?:next|coming|following|past|last|previous)\b", re.IGNORECASE)
_DUE = re.compile(r"\b(?:due|matur\w{1,4}|expir\w{1,4})\s(?:in|on|by|until)?\s?(?:the end of\s)?$", re.IGNORECASE)
# "between 1968 and 1986", "from 1981 to 1985", "in 1982-84": one span, however the time expressions are cut.
_SPAN = re.compile(
    r"\b(?:between|from|in|for|over|during|fiscal)\s(?:the\s|fiscal\s|financial\s|years?\s|of\s){0,3}(?P<a>(?:19|20)\d\d)"
    r"(?:\s?(?:and|to|through|until|till|[-–/])\s?)(?:the\s|fiscal\s){0,2}(?P<b>(?:19|20)?\d\d)\b(?!\s?(?:mln|bln|million|billion|pct|percent|%|dlrs))",
    re.IGNORECASE,
)
# "for the year ended January 31": the months before the day.
_ENDED = re.compile(
    r"\b(?P<n>year|twelve months|12 months|six months|half(?:[- ]year)?|nine months|three months|quarter)\s"
    r"(?:which |that )?(?:ended|ending|ends|to|through)\s(?:on\s|in\s|at\s)?(?:the\s)?(?:end of\s|end[- ])?$",
    re.IGNORECASE,
)
_MONTHS_ENDED = {"year": 12, "twelve months": 12, "12 months": 12, "nine months": 9, "quarter": 3, "three months": 3}
# The other figure's time: "rose to $5 million from $3 million in 1985".
_FROM_OTHER = re.compile(
    r",?\s(?:up |down )?(?:from|against|compared (?:with|to)|versus|vs\.?|after)\s(?:a |an )?$", re.IGNORECASE
)
# Shorter times are when something was said or signed, not what promised money covers.
_LEAST_COVERED = 88
_OWED_FOR = 360
# What was said lately is dated by its day; what is said of a month or year is its own time.
_LEAST_TOLD = 27
_TELLING = REPORTING | {"pledge", "promise", "vow", "agree", "propose", "warn", "predict", "forecast", "ask", "urge"}
_PROMISING = frozenset(["pledge", "promise", "propose", "request", "announce", "ask", "vow", "seek", "urge", "offer"])
# Done now, for a time to come: "approved $5 million over three years".
_BINDING = frozenset(["approve", "sign", "commit", "unveil", "grant", "allocate", "offer", "authorize", "earmark"])
_YEAR = re.compile(r"\b(?:19[4-9]\d|20[0-4]\d)\b")


class Periods:
    """Time expressions of a document by sentence."""

    def __init__(self, article: Article, parse: Parse, times: list[TimeExpression]) -> None:
        self._article = article
        self._parse = parse
        self._by_sentence: dict[int, list[TimeExpression]] = {}
        self._years: dict[int, list[tuple[int, int]]] = {}
        for t in times:
            if t.date_start or t.date_end or (t.value and _DURATION.match(t.value)):
                self._by_sentence.setdefault(t.sentence_index, []).append(t)

    def of(self, context: Context, kind: str, moved: bool) -> tuple[date | None, date | None]:
        """First and last day; None at a side that the text leaves open, both None where it tells nothing.

        `moved`: the money changed hands, so that a single day is when it did.
        """
        if (span := self._span(context)) is not None:
            return span
        least = 1 if moved or self._article.published_on is None else 2
        if self._article.published_on is not None and not moved and kind in ("aid", "loan"):
            least = _LEAST_COVERED
        elif kind == "debt" and self._article.published_on is not None:
            least = _OWED_FOR
        here = self._by_sentence.get(context.sentence, [])
        start, end = context.amount.start, context.amount.end
        left = self._parse.tokens[context.left].start if context.left < len(self._parse.tokens) else start
        right = self._parse.tokens[context.right - 1].end if context.right > 0 else end

        def distance(t: TimeExpression) -> tuple[int, int]:
            inside = left <= t.start_char < right
            gap = t.start_char - end if t.start_char >= end else start - t.end_char
            return (0 if inside else 1, gap if t.start_char >= end else gap + 5)

        for t in here:
            if left <= t.start_char < right and (ended := self._ended(t)):
                return ended
        others = False
        for t in sorted(here, key=distance):
            if self._is_anothers(t, context) or (
                self._article.published_on is not None and not self._hangs_on(t, context)
            ):
                others = True
                continue
            if t.date_start or t.date_end:
                if self._covers(t, least):
                    return self._open(t)
                others = True
                continue  # the day of a report's approval or announcement is not the time that the money covers
            if not left <= t.start_char < right:
                continue
            if t.value and (m := _DURATION.match(t.value)) and self._article.published_on:
                if kind == "debt" or (kind == "loan" and not self._is_ahead(t)):
                    continue  # how long a debt runs
                return self._duration(t, int(m[1]) * (12 if m[2] == "Y" else 1), self._article.published_on, context)
        return (None, None) if others else self._plain_year(context)

    def _is_anothers(self, t: TimeExpression, context: Context) -> bool:
        """Whether a time stands beyond the next figure, in what is told of that one, or is a bond's last day."""
        if _DUE.search(self._parse.text, max(0, t.start_char - 24), t.start_char):
            return True  # the day that a bond matures on
        tokens = self._parse.tokens
        if (
            context.right < self._parse.sentences[context.sentence].last
            and t.start_char > tokens[context.right].start
            and _FROM_OTHER.fullmatch(self._parse.text, context.amount.end, tokens[context.right].start)
        ):
            return True
        if context.right >= len(tokens) or t.start_char < tokens[context.right].start:
            return False
        if context.right >= self._parse.sentences[context.sentence].last:
            return False
        if t.value and _DURATION.match(t.value):
            return True
        between = [x for x in tokens[context.tokens[-1].index : context.right] if x.pos == "VERB"]
        return bool(between)

    def _covers(self, t: TimeExpression, least: int) -> bool:
        """Whether a time is long enough, in days, or open at a side."""
        if t.date_start is None or t.date_end is None or (t.date_end - t.date_start).days + 1 >= least:
            return True
        before = self._parse.text[max(0, t.start_char - 40) : t.start_char]
        return bool(_OPEN_START.search(before)) or before.lower().rstrip().endswith("since")

    def _span(self, context: Context) -> tuple[date, date] | None:
        """A span of years told in the figure's own stretch."""
        tokens = self._parse.tokens
        if context.left >= len(tokens):
            return None  # odd text: no token stands to the left of the next figure
        start = tokens[context.left].start
        end = tokens[context.right - 1].end if context.right > context.left else context.amount.end
        if not (m := _SPAN.search(self._parse.text, start, end)):
            return None
        first = int(m["a"])
        last = int(m["b"]) if len(m["b"]) == 4 else first // 100 * 100 + int(m["b"])
        return (date(first, 1, 1), date(last, 12, 31)) if first < last <= first + 60 else None

    def _ended(self, t: TimeExpression) -> tuple[date, date] | None:
        """ "the year ended January 31": the twelve months up to the day."""
        m = _ENDED.search(self._parse.text, max(0, t.start_char - 60), t.start_char)
        if m is None or t.date_end is None:
            return None
        months = _MONTHS_ENDED.get(m["n"].lower(), 6)
        return months_on(t.date_end + timedelta(days=1), -months), t.date_end

    @staticmethod
    def drop_short(figure: Figure) -> None:
        """Takes away the day or month that a figure was read with before it proved to be promised aid or a loan."""
        if figure.flow_stage == "disbursed" or figure.period_start is None or figure.period_end is None:
            return
        if (figure.period_end - figure.period_start).days + 1 < _LEAST_COVERED:
            figure.period_start = figure.period_end = None

    def _hangs_on(self, t: TimeExpression, context: Context) -> bool:
        """Whether a time stands in the clause of the figure, and not in one about something else."""
        token = self._parse.token_at(t.start_char)
        if token is None or 0 <= token.index - context.tokens[-1].index <= 3:
            return True
        doers = context.verbs[0].children_by("nsubj", "nsubjpass", "dobj") if context.verbs else []
        own = {x.index for x in (*context.tokens, *context.carriers, *context.verbs, *doers)}
        if _modifies_other(token, own):
            return False
        for _ in range(9):
            if token.pos == "VERB" and token.index in own and _tells_of(token, context):
                return _is_told_first(t, token, context)
            if (
                token.pos == "VERB"
                and token.index in own
                and token.lemma.lower() in _PROMISING
                and not self._covers(t, _LEAST_COVERED)
            ):
                return False  # "proposed in September another $136 million"
            if token.index in own or token.is_root:
                return True
            if token.pos in ("VERB", "AUX") and token.dep in ("relcl", "advcl", "ccomp", "acl", "conj"):
                # the figure may stand below this clause, or the clause below it
                return any(v.index in own for v in token.subtree())
            token = token.head
        return True

    def in_sentence(self, sentence: int) -> list[TimeExpression]:
        """Time expressions of a sentence that tell a date or a length."""
        return self._by_sentence.get(sentence, [])

    def before(self, sentence: int, reach: int) -> tuple[date | None, date | None]:
        """Dates of the nearest sentence before, up to `reach` back."""
        for earlier in range(sentence - 1, max(-1, sentence - 1 - reach), -1):
            for t in self._by_sentence.get(earlier, []):
                if t.date_start or t.date_end:
                    return t.date_start, t.date_end
        return None, None

    def after(self, sentence: int, reach: int) -> tuple[date | None, date | None]:
        """Dates of the nearest sentence after, up to `reach` on."""
        for later in range(sentence + 1, sentence + 1 + reach):
            for t in self._by_sentence.get(later, []):
                if t.date_start or t.date_end:
                    return t.date_start, t.date_end
        return None, None

    def _open(self, t: TimeExpression) -> tuple[date | None, date | None]:
        before = self._parse.text[max(0, t.start_char - 40) : t.start_char]
        if _OPEN_START.search(before):
            return None, t.date_end
        if _SINCE.search(before) and t.date_start and before.lower().rstrip().endswith("since"):
            # "since" a day after publication is a date read wrong, or a text younger than its date says: no end is known
            published = self._article.published_on
            return t.date_start, published if published and published >= t.date_start else None
        return t.date_start, t.date_end

    def _duration(
        self, t: TimeExpression, months: int, published: date, context: Context
    ) -> tuple[date | None, date | None]:
        before = self._parse.text[max(0, t.start_char - 30) : t.start_char]
        words = before + t.text
        if _BACK.search(words):
            return months_on(published, -months), published
        first = context.verbs[0] if context.verbs else None
        is_past = first is not None and first.tag == "VBD" and first.lemma.lower() not in _TELLING | _BINDING
        if _OVER.search(before) and not is_past:
            return published, months_on(published, months)
        return None, None

    def _is_ahead(self, t: TimeExpression) -> bool:
        """ "over the next three years", "in the past year": a time to lend in, not the term of a loan."""
        words = self._parse.text[max(0, t.start_char - 12) : t.end_char]
        return _NEXT_OR_PAST.search(words) is not None

    def _plain_year(self, context: Context) -> tuple[date | None, date | None]:
        """The year that stands nearest to the figure in its sentence, outside the figure itself."""
        years = self._years_in(context.sentence)
        at = bisect_left(years, (context.amount.start, 0))
        beyond = bisect_left(years, (context.amount.end, 0))
        near = years[max(0, at - 1) : at] + years[beyond : beyond + 1]
        if not near:
            return None, None
        year = min(near, key=lambda found: abs(found[0] - context.amount.start))[1]
        return date(year, 1, 1), date(year, 12, 31)

    def _years_in(self, sentence: int) -> list[tuple[int, int]]:
        """Years written out in a sentence, with where they stand."""
        if sentence not in self._years:
            span = self._parse.sentences[sentence]
            found = _YEAR.finditer(self._parse.text, span.start, span.end)
            self._years[sentence] = [(m.start(), int(m.group())) for m in found]
        return self._years[sentence]


def _modifies_other(token: Token, own: set[int]) -> bool:
    """Whether a year stands before a noun that is not the figure's: "a 2010 study found that ..."."""
    noun = token.head
    return (
        token.dep in ("compound", "nummod", "amod", "nmod")
        and noun.pos in ("NOUN", "PROPN")
        and noun.index > token.index
        and noun.entity not in ("DATE", "TIME")
        and noun.index not in own
    )


def _tells_of(verb: Token, context: Context) -> bool:
    """Whether a verb above the figure says or promises what is told of it."""
    if verb.lemma.lower() not in _TELLING:
        return False
    inside = context.head.index
    return any(c.dep in ("ccomp", "xcomp") and any(x.index == inside for x in c.subtree()) for c in verb.children)


def _is_told_first(t: TimeExpression, verb: Token, context: Context) -> bool:
    """Whether a time before a verb of saying can be that of what is said: "In 2003, officials said, it gave $5 million"."""
    long_enough = t.date_start is None or t.date_end is None or (t.date_end - t.date_start).days >= _LEAST_TOLD
    planned = any(c.lower in ("will", "would", "to") for v in context.verbs[:1] for c in v.children if c.dep == "aux")
    return long_enough and t.end_char <= verb.start and not planned
