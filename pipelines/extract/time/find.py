"""Finds time expressions and resolves them against the day of publication.

Patterns name what an expression is; `resolve` says which days that is. Relative expressions of a text without a
publication date keep a value with X where the calendar is unknown, and no days.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date, timedelta

from pipelines.extract.facts import TimeExpression
from pipelines.extract.time import calendar as cal
from pipelines.extract.time.calendar import MONTHS, SEASONS, WEEKDAYS, Period
from pipelines.language.parse import Article, Parse, Token

_NUMBERS = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100, "a": 1, "an": 1, "dozen": 12, "half": 0}
_ORDINALS = {
    w: n
    for n, w in enumerate(
        ["zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
    )
}
_UNITS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y",
    "decade": "E", "century": "C", "weekend": "WE", "night": "D", "fortnight": "W",
}  # fmt: skip

_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|Jun(?:e|\.)?|Jul(?:y|\.)?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_DAY_NAME = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_YEAR = r"(?:1[5-9]|20)\d\d"
_N = r"(?:\d{1,4}(?:\.\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|hundred)"
_VAGUE = r"(?:several|a few|few|some|many|recent|a couple of|a number of)"
_UNIT = r"(?:second|minute|hour|day|week|month|quarter|year|decade|fortnight)"
_DAYPART = r"(?:morning|afternoon|evening|night)"
_MOD = r"(?:(?:early|late|earlier|later|mid)[ -])?"
_ORD = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)"
_PART = r"(?:(?:the )?(?:beginning|start|end|middle|rest|remainder|close) of (?:the )?)?"

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", rf"\b({_YEAR})-(\d\d)-(\d\d)\b"),
    ("us_numeric", rf"\b(\d{{1,2}})/(\d{{1,2}})/({_YEAR}|\d\d)\b"),
    ("day_month_year", rf"\b(?:{_DAY_NAME},? )?(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({_MONTH}),? ?({_YEAR})\b"),
    ("month_day_year", rf"\b(?:{_DAY_NAME},? )?({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?(?:,? ({_YEAR})\b)?(?![\d.,]*\d)"),
    ("day_month", rf"\b(?:{_DAY_NAME},? )?(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({_MONTH})\b(?! \d)"),
    ("day_month_short", rf"\b(\d{{1,2}}) ({_MONTH}) (\d\d)\b(?! ?(?:per ?cent|pct|percent))"),
    ("month_year", rf"\b{_PART}{_MOD}({_MONTH}),? (?:of )?({_YEAR})\b"),
    ("rel_month", rf"\b{_PART}(last|next|this|this past|this coming|past) ({_MONTH})(?![\w])(?! \d)"),
    ("quarter", rf"\b(?:the )?(?:fiscal )?({_ORD})(?: fiscal)?[ -]quarter(?: of (?:fiscal )?({_YEAR}|last year|this year|next year))?\b"),
    ("year_quarter", rf"\b(?:the )?({_YEAR}|this year's|last year's|next year's) ({_ORD}) quarter\b"),
    ("half", rf"\b(?:the )?(first|second) half(?: of (?:fiscal )?({_YEAR}|last year|this year|next year|the year))\b"),
    ("season", rf"\b{_MOD}(?:(last|next|this|this past|the) )?(spring|summer|autumn|winter)(?: of)? ({_YEAR})\b"),
    ("rel_season", r"\b(?:earlier |later )?(last|next|this|this past|this coming) (spring|summer|autumn|fall|winter)\b"),
    ("decade", r"\b(?:the )?(?:early |late |mid-?)?(?:the )?((?:1[5-9]|20)\d0)s\b"),
    ("decade_short", r"\b(?:the )?(?:early |late |mid-?)?['’](\d0)s\b"),
    ("decade_word", r"\b(?:the )?(?:early |late |mid-?)?(twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b"),
    ("fiscal_year", rf"\b(?:the )?(?:fiscal(?: year)?|FY|financial year) ?({_YEAR}|'\d\d)\b"),
    ("year_span", rf"\b({_YEAR})[/-](\d\d|{_YEAR})\b"),
    ("year", rf"\b{_PART}{_MOD}(?:the year )?({_YEAR})\b(?!-|,\d|\.\d)"),
    ("relative_day", rf"\b(?:early |late |later |earlier )?(yesterday|today|tomorrow|tonight|the day before yesterday|the day after tomorrow)(?: ({_DAYPART}))?\b"),
    ("this_daypart", rf"\b(?:early |late |later |earlier )?(this|last|tomorrow|yesterday) ({_DAYPART})\b"),
    ("weekday", rf"\b(?:early |late |later |earlier )?(?:on )?(?:(last|next|this|this coming|this past|the previous|the following|the same) )?({_DAY_NAME})(?:'s|’s)?(?: ({_DAYPART}))?\b"),
    ("rel_unit", rf"\b{_PART}(?:earlier |later |early |late )?(last|next|this|this past|this coming|the past|the last|the next|the coming|the current|the previous|the following|the same|that|the preceding|current|previous|coming) (?:fiscal |financial |calendar )?(day|week|weekend|month|quarter|year|decade|century)\b(?![ -]old|ly)"),
    ("ago", rf"\b(?:(?:about|around|nearly|almost|more than|over|some|just|less than) )?({_N}|{_VAGUE}|a|an|half a|a half) (?:and a half )?({_UNIT})s? (?:or so )?(ago|earlier|before|later|from now|hence|afterwards?)\b"),
    ("ago_compare", r"\b(?:a |the )?(year|month|week)[ -](ago|earlier|before)\b(?: (?:period|quarter|month|level))?"),
    ("rel_span", rf"\b(?:in |over |for |during |within )?(the (?:past|last|next|coming|previous|first)) ({_N}|{_VAGUE}|few|several) (?:and a half )?({_UNIT})s\b"),
    ("span", rf"\b(?:(?:about|around|nearly|almost|more than|over|some|at least|up to|less than|the) )?({_N}|{_VAGUE})(?:[ -])(?:and a half )?({_UNIT})s?(?:[ -]long)?\b(?! ago|-old| old)"),
    ("span_old", rf"\b({_N})-({_UNIT})-old\b"),
    ("one_span", rf"\b(?:nearly |almost |over |about )?(?:a|an|half an?|one) ({_UNIT})\b(?! ago| earlier| before| later)"),
    ("whole", r"\b(?:the )?(?:full|entire|whole) (year|month|week|day|decade)\b"),
    ("set", rf"\b(?:each|every|per) (day|week|month|year|{_DAY_NAME}|night|morning|weekend|summer|winter)\b|\b(daily|weekly|monthly|yearly|annually|nightly|quarterly|hourly)\b"),
    ("annual", r"\b(annual)\b"),
    ("the_unit", r"\b(?:the )(year|month|week|quarter|weekend)(?=(?: ended| ending| to|,|\.| in which| before| after|$| as| at| was| is| and))"),
    ("latest", r"\b(?:the )?(?:latest|most recent) (?:fiscal )?(quarter|period|year|week|month)\b"),
    ("year_end", r"\b(?:the )?(?:year|month)[ -]end\b|\bthe end of (?:the|this) (?:year|month|week)\b"),
    ("weekend", r"\b(?:the|at the|over the) weekend\b"),
    ("bare_month", rf"\b{_PART}{_MOD}({_MONTH})\b"),
    ("clock", r"\b\d{1,2}(?::\d\d)? ?(?:a\.m\.|p\.m\.|am|pm|AM|PM|GMT|hours GMT)(?: (?:EST|EDT|ET|GMT|local time))?"),
    ("noon", r"\b(?:noon|midnight)\b"),
    ("present", r"\b(?:now|currently|at present|presently|nowadays|these days|at the moment|right now|at this time|current|present-day)\b"),
    ("past", r"\b(?:recently|previously|formerly|lately|in the past|the past|recent (?:years|months|weeks|days|times)|the recent past|once|long ago|more recently|in recent (?:years|months|weeks|days)|earlier)\b(?! (?:this|last|in|on|than|than))"),
    ("future", r"\b(?:soon|in the (?:near )?future|the (?:near )?future|shortly|the coming (?:days|weeks|months|years)|eventually|in future)\b"),
)  # fmt: skip
_COMPILED = tuple(
    (name, re.compile(pattern, re.NOFLAG if name in ("bare_month", "clock") else re.IGNORECASE))
    for name, pattern in _PATTERNS
)
# Which patterns a word calls for: a sentence is searched for those alone that one of its words calls for.
_CALLS: dict[str, tuple[str, ...]] = {
    "month": ("day_month_year", "month_day_year", "day_month", "day_month_short", "month_year", "rel_month", "bare_month"),
    "weekday": ("weekday", "set", "day_month_year", "month_day_year"),
    "number": ("iso", "us_numeric", "year", "year_span", "fiscal_year", "decade", "decade_short", "season"),
    "unit": (
        "rel_unit", "ago", "ago_compare", "rel_span", "span", "span_old", "one_span", "whole", "set", "the_unit",
        "year_end", "latest", "past", "future",
    ),
    "quarter": ("quarter", "year_quarter", "half"),
    "season": ("rel_season", "season"),
    "decade": ("decade_word",),
    "day": ("relative_day", "this_daypart"),
    "weekend": ("weekend", "rel_unit"),
    "set": ("set", "annual"),
    "vague": ("present", "past", "future"),
    "clock": ("clock", "noon"),
}  # fmt: skip


def _trigger_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}

    def add(words: str, *calls: str) -> None:
        for word in words.split():
            found.setdefault(word, []).extend(calls)

    for word in MONTHS:
        add(f"{word} {word}.", "month")
    for word in WEEKDAYS:
        add(word, "weekday")
    for word in _UNITS:
        add(f"{word} {word}s", "unit")
    add("quarter half", "quarter")
    add("spring summer autumn fall winter", "season")
    add("twenties thirties forties fifties sixties seventies eighties nineties", "decade")
    add("yesterday today tomorrow tonight morning afternoon evening night", "day")
    add("weekend", "weekend")
    add("daily weekly monthly yearly annually nightly quarterly hourly annual every each", "set")
    add(
        "now currently present presently nowadays moment current recently previously formerly lately past recent",
        "vague",
    )
    add("once long earlier soon future shortly coming eventually days", "vague")
    add("a.m. p.m. am pm gmt noon midnight", "clock")
    return {word: tuple(dict.fromkeys(calls)) for word, calls in found.items()}


_TRIGGERS = _trigger_words()
_RANK = {name: rank for rank, (name, _) in enumerate(_COMPILED)}
_BY_NAME = dict(_COMPILED)
_LEAD = re.compile(r"^(?:on|in|over|for|during|within|at) ", re.IGNORECASE)


def find_time_expressions(article: Article, parse: Parse) -> list[TimeExpression]:
    """Time expressions of a document in text order, none inside another."""
    text = article.text
    spans: list[tuple[int, int, int, str, re.Match[str]]] = []
    for sentence in parse.sentences:
        calls = _calls(parse.tokens[sentence.first : sentence.last])
        for name in calls:
            for match in _BY_NAME[name].finditer(text, sentence.start, sentence.end):
                start = match.start()
                lead = _LEAD.match(match[0])
                if lead:
                    start += lead.end()
                spans.append((start, match.end(), _RANK[name], name, match))
    spans.sort(key=lambda s: (s[0], -(s[1] - s[0]), s[2]))
    resolver = _Resolver(article, parse)
    sentence_starts = [s.start for s in parse.sentences]
    found: list[TimeExpression] = []
    end = -1
    for start, stop, _, name, match in spans:
        if start < end or not parse.sentences:
            continue
        token = parse.token_at(start)
        if token is None:
            continue
        period = resolver.resolve(name, match, token)
        if period is None:
            continue
        shown = text[start:stop]
        if shown.endswith(("'s", "’s")):
            stop -= 2
        number = max(bisect_right(sentence_starts, start) - 1, 0)
        found.append(TimeExpression(number, start, stop, text[start:stop], period.value, period.start, period.end))
        end = stop
    return found


def _calls(tokens: list[Token]) -> list[str]:
    """Names of the patterns that the words of a sentence call for, in the order of the table."""
    groups: set[str] = set()
    for token in tokens:
        word = token.lower
        found = _TRIGGERS.get(word)
        if found:
            groups.update(found)
        elif word[0].isdigit() or word[0] in "'’":
            if any(c.isdigit() for c in word):
                groups.add("number")
                if "m" in word or "M" in word:
                    groups.add("clock")
                if "-" in word:
                    groups.add("unit")
        elif "-" in word:
            for part in word.split("-"):
                groups.update(_TRIGGERS.get(part, ()))
    names = {name for group in groups for name in _CALLS[group]}
    return sorted(names, key=_RANK.__getitem__)


class _Resolver:
    """Turns matches into periods, against the day of publication."""

    def __init__(self, article: Article, parse: Parse) -> None:
        self.today = article.published_on
        self.parse = parse
        self._quarter_told: tuple[int, int] | None = None  # year and number of the quarter last spoken of

    def resolve(self, name: str, match: re.Match[str], token: Token) -> Period | None:
        """Period of a match, or None where it is no time after all."""
        handler = getattr(self, f"_{name}")
        try:
            found = handler(match, token)
        except (OverflowError, ValueError):  # days beyond the calendar: "9999 years ago"
            return None
        if not isinstance(found, Period):
            return None
        if re.fullmatch(r"\d{4}-Q\d", found.value):
            self._quarter_told = int(found.value[:4]), int(found.value[-1])
        return found

    # -- explicit ----------------------------------------------------------------------------------

    def _iso(self, m: re.Match[str], t: Token) -> Period | None:
        return cal.exact(int(m[1]), int(m[2]), int(m[3]))

    def _us_numeric(self, m: re.Match[str], t: Token) -> Period | None:
        y = int(m[3]) if len(m[3]) == 4 else int(m[3]) + (2000 if int(m[3]) < 50 else 1900)
        return cal.exact(y, int(m[1]), int(m[2])) or cal.exact(y, int(m[2]), int(m[1]))

    def _day_month_year(self, m: re.Match[str], t: Token) -> Period | None:
        return cal.exact(int(m[3]), _month_number(m[2]), int(m[1]))

    def _day_month_short(self, m: re.Match[str], t: Token) -> Period | None:
        y = int(m[3]) + (2000 if int(m[3]) < 30 else 1900)
        return cal.exact(y, _month_number(m[2]), int(m[1]))

    def _month_day_year(self, m: re.Match[str], t: Token) -> Period | None:
        if m[3]:
            return cal.exact(int(m[3]), _month_number(m[1]), int(m[2]))
        return self._without_year(_month_number(m[1]), int(m[2]), t)

    def _day_month(self, m: re.Match[str], t: Token) -> Period | None:
        if m[2].lower() in ("may", "mar") and m[2][0].islower():
            return None
        return self._without_year(_month_number(m[2]), int(m[1]), t)

    def _without_year(self, month: int, number: int, t: Token) -> Period | None:
        if not 1 <= number <= 31:
            return None
        if self.today is None:
            return Period(f"XXXX-{month:02d}-{number:02d}")
        options = [cal.exact(self.today.year + k, month, number) for k in (-1, 0, 1)]
        return self._nearest([o for o in options if o], t)

    def _month_year(self, m: re.Match[str], t: Token) -> Period | None:
        return cal.month(int(m[2]), _month_number(m[1]))

    def _bare_month(self, m: re.Match[str], t: Token) -> Period | None:
        word = m[1].rstrip(".")
        if word in ("May", "March", "Mar", "Jun", "Jan", "Dec", "Sep") or len(word) <= 3:
            at = self.parse.token_at(m.start(1))
            if at is None or at.pos not in ("PROPN", "NOUN") or (at.entity not in ("DATE", "") and word != "Dec"):
                return None
            if at.entity == "" and (
                at.index == 0
                or self.parse.tokens[at.index - 1].lower
                not in ("in", "since", "until", "by", "last", "next", "of", "for")
            ):
                return None
        number = _month_number(word)
        if self.today is None:
            return Period(f"XXXX-{number:02d}")
        options = [cal.month(self.today.year + k, number) for k in (-1, 0, 1)]
        return self._nearest([o for o in options if o], t)

    def _rel_month(self, m: re.Match[str], t: Token) -> Period | None:
        number = _month_number(m[2])
        if self.today is None:
            return Period(f"XXXX-{number:02d}")
        y, word = self.today.year, m[1].lower()
        if word in ("last", "past", "this past"):
            y -= number >= self.today.month
        elif word in ("next", "this coming"):
            y += number <= self.today.month
        return cal.month(y, number)

    def _quarter(self, m: re.Match[str], t: Token) -> Period | None:
        number = _ordinal(m[1])
        y = self._year_of(m[2])
        if y is None:
            if self.today is None:
                return Period(f"XXXX-Q{number}")
            y = self.today.year - (number > (self.today.month - 1) // 3 + 1 and not self._is_future(t))
        return cal.quarter(y, number)

    def _year_quarter(self, m: re.Match[str], t: Token) -> Period | None:
        y = self._year_of(m[1])
        return cal.quarter(y, _ordinal(m[2])) if y else Period(f"XXXX-Q{_ordinal(m[2])}")

    def _half(self, m: re.Match[str], t: Token) -> Period | None:
        y = self._year_of(m[2])
        return cal.half(y, _ordinal(m[1])) if y else None

    def _season(self, m: re.Match[str], t: Token) -> Period | None:
        return cal.season(int(m[3]), SEASONS[m[2].lower()])

    def _rel_season(self, m: re.Match[str], t: Token) -> Period | None:
        code, word = SEASONS[m[2].lower()], m[1].lower()
        if self.today is None:
            return Period(f"XXXX-{code}")
        here = cal.season(self.today.year, code)
        assert here.start is not None
        assert here.end is not None
        if word in ("last", "this past"):
            return here if here.end < self.today else cal.season(self.today.year - 1, code)
        if word in ("next", "this coming"):
            return here if here.start > self.today else cal.season(self.today.year + 1, code)
        return here

    def _decade(self, m: re.Match[str], t: Token) -> Period | None:
        return cal.decade(int(m[1]))

    def _decade_short(self, m: re.Match[str], t: Token) -> Period | None:
        return cal.decade(1900 + int(m[1]) if int(m[1]) >= 20 else 2000 + int(m[1]))

    def _decade_word(self, m: re.Match[str], t: Token) -> Period | None:
        names = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
        return cal.decade(1920 + 10 * names.index(m[1].lower()))

    def _fiscal_year(self, m: re.Match[str], t: Token) -> Period | None:
        y = int(m[1].lstrip("'")) if len(m[1]) == 4 else 1900 + int(m[1].lstrip("'"))
        return cal.year(y)

    def _year_span(self, m: re.Match[str], t: Token) -> Period | None:
        first = int(m[1])
        last = int(m[2]) if len(m[2]) == 4 else first // 100 * 100 + int(m[2])
        if not 0 < last - first <= 100:
            return None
        return Period(f"{first}/{last}", date(first, 1, 1), date(last, 12, 31))

    def _year(self, m: re.Match[str], t: Token) -> Period | None:
        at = self.parse.token_at(m.start(1))
        if at is None or at.entity in ("MONEY", "PERCENT", "QUANTITY", "PRODUCT", "LAW"):
            return None
        following = self.parse.tokens[at.index + 1] if at.index + 1 < len(self.parse.tokens) else None
        # "2000 troops", "1500 tonnes": a number before what it counts is no year.
        if at.dep == "nummod" and following is not None and following.tag in ("NNS", "NNPS"):
            return None
        if at.index and self.parse.tokens[at.index - 1].text in ("$", "£", "€", "No.", "#"):
            return None
        return cal.year(int(m[1]))

    # -- relative ----------------------------------------------------------------------------------

    def _relative_day(self, m: re.Match[str], t: Token) -> Period | None:
        word = m[1].lower()
        if self.today is None:
            return Period(
                "PRESENT_REF" if word in ("today", "tonight") else "PAST_REF" if "yesterday" in word else "FUTURE_REF"
            )
        by = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}.get(word, 0)
        found = cal.day(self.today + timedelta(days=by))
        part = "night" if word == "tonight" else m[2]
        return _with_part(found, part)

    def _this_daypart(self, m: re.Match[str], t: Token) -> Period | None:
        if self.today is None:
            return None
        by = {"last": -1, "yesterday": -1, "tomorrow": 1}.get(m[1].lower(), 0)
        return _with_part(cal.day(self.today + timedelta(days=by)), m[2])

    def _weekday(self, m: re.Match[str], t: Token) -> Period | None:
        number = WEEKDAYS[m[2].lower()]
        if not m[2][0].isupper():
            return None
        if self.today is None:
            return Period(f"XXXX-WXX-{number + 1}")
        word = (m[1] or "").lower()
        back = (self.today.weekday() - number) % 7
        if word in ("next", "this coming", "the following") or (not word and self._is_future(t)):
            ahead = (number - self.today.weekday()) % 7
            found = self.today + timedelta(days=ahead or 7)
        elif word in ("last", "the previous", "this past"):
            found = self.today - timedelta(days=back or 7)
        else:
            found = self.today - timedelta(days=back)
        return _with_part(cal.day(found), m[3])

    def _rel_unit(self, m: re.Match[str], t: Token) -> Period | None:
        word, unit = m[1].lower(), m[2].lower()
        by = (
            -1 if word in ("last", "the past", "the last", "this past", "the previous", "the preceding", "previous")
            else 1 if word in ("next", "the next", "the coming", "the following", "this coming", "coming")
            else 0
        )  # fmt: skip
        if word == "that" and unit in ("day", "week"):
            return None
        if self.today is None:
            return Period(
                {"week": "XXXX-WXX", "month": "XXXX-XX", "year": "XXXX"}.get(
                    unit, "PAST_REF" if by < 0 else "FUTURE_REF" if by else "PRESENT_REF"
                )
            )
        return self._unit(unit, by)

    def _unit(self, unit: str, by: int) -> Period | None:
        assert self.today is not None
        today = self.today
        if unit == "day":
            return cal.day(today + timedelta(days=by))
        if unit == "week":
            return cal.week(today + timedelta(weeks=by))
        if unit == "weekend":
            w = cal.week(today + timedelta(weeks=by))
            assert w.start is not None
            return Period(f"{w.value}-WE", w.start + timedelta(days=5), w.end)
        if unit == "month":
            return cal.month(today.year, today.month + by)
        if unit == "quarter":
            return cal.quarter(today.year, (today.month - 1) // 3 + 1 + by)
        if unit == "year":
            return cal.year(today.year + by)
        if unit == "decade":
            return cal.decade((today.year // 10 + by) * 10)
        return Period(f"{today.year // 100 + by:02d}")

    def _ago(self, m: re.Match[str], t: Token) -> Period | None:
        count, unit, direction = _number(m[1]), m[2].lower(), m[3].lower()
        back = direction in ("ago", "earlier", "before")
        if self.today is None or count is None:
            return Period("PAST_REF" if back else "FUTURE_REF")
        if unit == "year" and count == 1 and back and self._quarter_told:
            return cal.quarter(self._quarter_told[0] - 1, self._quarter_told[1])
        return self._offset(count, unit, back)

    def _offset(self, count: float, unit: str, back: bool) -> Period | None:
        assert self.today is not None
        n = -round(count) if back else round(count)
        if unit in ("second", "minute", "hour"):
            return Period("PAST_REF" if back else "FUTURE_REF", self.today, self.today)
        if unit == "day":
            return cal.day(self.today + timedelta(days=n))
        if unit in ("week", "fortnight"):
            return cal.week(self.today + timedelta(weeks=n * (2 if unit == "fortnight" else 1)))
        if unit == "month":
            moved = cal.shift_months(self.today, n)
            return cal.month(moved.year, moved.month)
        if unit == "quarter":
            return self._unit("quarter", n)
        if unit == "decade":
            return cal.decade((self.today.year // 10 + n) * 10)
        return cal.year(self.today.year + n)

    def _ago_compare(self, m: re.Match[str], t: Token) -> Period | None:
        if self.today is None:
            return Period("PAST_REF")
        if m[1].lower() == "year" and self._quarter_told:
            # Business reports compare a quarter with the same one of the year before.
            return cal.quarter(self._quarter_told[0] - 1, self._quarter_told[1])
        return self._offset(1, m[1].lower(), back=True)

    def _rel_span(self, m: re.Match[str], t: Token) -> Period | None:
        value = _duration(m[2], m[3])
        count, word = _number(m[2]), m[1].lower().removeprefix("the ")
        if self.today is None or count is None or word == "first":
            return Period(value)
        unit = m[3].lower()
        days = {"day": 1, "week": 7, "fortnight": 14}.get(unit)
        n = round(count)
        if days:
            edge = timedelta(days=days * n)
            other = self.today - edge if word in ("past", "last", "previous") else self.today + edge
        else:
            months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit)
            if months is None:
                return Period(value)
            other = cal.shift_months(self.today, -months * n if word in ("past", "last", "previous") else months * n)
        return Period(value, min(self.today, other), max(self.today, other))

    def _span(self, m: re.Match[str], t: Token) -> Period | None:
        if m[2].lower() == "second" and "-" not in m[0]:
            return None
        return Period(_duration(m[1], m[2]))

    def _span_old(self, m: re.Match[str], t: Token) -> Period | None:
        return Period(_duration(m[1], m[2]))

    def _one_span(self, m: re.Match[str], t: Token) -> Period | None:
        unit = m[1].lower()
        if unit in ("second", "quarter"):
            return None
        before = self.parse.tokens[t.index - 1].lower if t.index else ""
        # "$2 billion a year", "twice a week": a rate, which is a set.
        if (
            before
            and t.lower in ("a", "an")
            and (before in ("twice", "once", "times") or self.parse.tokens[t.index - 1].pos in ("NUM", "NOUN", "SYM"))
        ):
            return Period(f"P1{_UNITS[unit]}") if _UNITS[unit] in ("D", "W", "M", "Y") else None
        return Period(_duration("half" if m[0].lower().startswith("half") else "one", unit))

    def _whole(self, m: re.Match[str], t: Token) -> Period | None:
        unit = m[1].lower()
        return self._unit("year", 0) if unit == "year" and self.today else Period(f"P1{_UNITS[unit]}")

    def _set(self, m: re.Match[str], t: Token) -> Period | None:
        word = (m[1] or m[2]).lower()
        value = {
            "day": "XXXX-XX-XX", "daily": "XXXX-XX-XX", "week": "XXXX-WXX", "weekly": "XXXX-WXX", "month": "XXXX-XX",
            "monthly": "XXXX-XX", "year": "P1Y", "yearly": "XXXX", "annually": "XXXX", "quarterly": "XXXX-QX",
            "hourly": "PT1H", "night": "XXXX-XX-XXTNI", "nightly": "XXXX-XX-XXTNI", "morning": "XXXX-XX-XXTMO",
            "weekend": "XXXX-WXX-WE", "summer": "XXXX-SU", "winter": "XXXX-WI",
        }.get(word)  # fmt: skip
        return Period(value or f"XXXX-WXX-{WEEKDAYS.get(word, 0) + 1}")

    def _annual(self, m: re.Match[str], t: Token) -> Period | None:
        return Period("XXXX")

    def _latest(self, m: re.Match[str], t: Token) -> Period | None:
        unit = m[1].lower()
        if unit in ("quarter", "period") and self._quarter_told:
            return cal.quarter(*self._quarter_told)
        if self.today is None:
            return None
        return self._unit("quarter" if unit == "period" else unit, -1)

    def _the_unit(self, m: re.Match[str], t: Token) -> Period | None:
        if m[1].lower() == "quarter" and self._quarter_told:
            return cal.quarter(*self._quarter_told)
        return self._unit(m[1].lower(), 0) if self.today else None

    def _year_end(self, m: re.Match[str], t: Token) -> Period | None:
        if self.today is None:
            return None
        lowered = m[0].lower()
        if "week" in lowered:
            return cal.week(self.today)
        if "month" in lowered:
            this = cal.month(self.today.year, self.today.month)
            return cal.day(this.end) if this and this.end else None
        return cal.day(date(self.today.year, 12, 31))

    def _weekend(self, m: re.Match[str], t: Token) -> Period | None:
        if self.today is None:
            return Period("XXXX-WXX-WE")
        return self._unit("weekend", -1 if self.today.weekday() < 5 and not self._is_future(t) else 0)

    def _clock(self, m: re.Match[str], t: Token) -> Period | None:
        numbers = re.match(r"(\d{1,2})(?::(\d\d))?", m[0])
        assert numbers is not None
        hour = (
            int(numbers[1]) % 12 + (12 if "p" in m[0].lower() else 0)
            if "m" in m[0].lower().replace("gmt", "")
            else int(numbers[1])
        )
        if hour > 24:
            return None
        day_ = self.today.isoformat() if self.today else "XXXX-XX-XX"
        return Period(f"{day_}T{hour:02d}:{int(numbers[2] or 0):02d}", self.today, self.today)

    def _noon(self, m: re.Match[str], t: Token) -> Period | None:
        day_ = self.today.isoformat() if self.today else "XXXX-XX-XX"
        return Period(f"{day_}T{'12' if m[0].lower() == 'noon' else '24'}:00", self.today, self.today)

    def _present(self, m: re.Match[str], t: Token) -> Period | None:
        return Period("PRESENT_REF")

    def _past(self, m: re.Match[str], t: Token) -> Period | None:
        if m[0].lower() in ("once", "earlier", "the past") and t.entity != "DATE":
            return None
        return Period("PAST_REF")

    def _future(self, m: re.Match[str], t: Token) -> Period | None:
        return Period("FUTURE_REF")

    # -- help --------------------------------------------------------------------------------------

    def _year_of(self, words: str | None) -> int | None:
        if not words:
            return None
        lowered = words.lower()
        if lowered[:4].isdigit():
            return int(lowered[:4])
        if self.today is None:
            return None
        return self.today.year + (-1 if "last" in lowered else 1 if "next" in lowered else 0)

    def _is_future(self, token: Token) -> bool:
        """Whether the clause that a token stands in tells of what is to come."""
        verb: Token | None = token
        while verb is not None and verb.pos not in ("VERB", "AUX"):
            verb = None if verb.is_root else verb.head
        if verb is None:
            return False
        if verb.tag == "VBD":
            return False
        words = {c.lower for c in verb.children if c.dep in ("aux", "auxpass")}
        if words & {"will", "shall", "'ll", "wo", "would"}:
            return True
        if words & {"has", "have", "had", "was", "were", "did"}:
            return False
        if "to" in words and verb.tag == "VB":
            return True
        return verb.tag in ("VBZ", "VBP", "VBG") and verb.lemma in (
            "be",
            "plan",
            "expect",
            "schedule",
            "intend",
            "due",
            "begin",
            "start",
            "open",
            "arrive",
            "leave",
        )

    def _nearest(self, options: list[Period], token: Token) -> Period | None:
        """Of the same day or month in three years the one that the tense asks for, else the nearest to publication."""
        assert self.today is not None
        today = self.today
        if self._is_future(token):
            coming = [o for o in options if o.end and o.end >= today]
            return coming[0] if coming else None
        past = [o for o in options if o.start and o.start <= today]
        best_past = past[-1] if past else None
        coming = [o for o in options if o.start and o.start > today]
        if best_past is None:
            return coming[0] if coming else None
        # Without a sign of the future, a date some weeks ahead is still likelier than one eleven months back.
        if (
            coming
            and coming[0].start
            and best_past.start
            and (coming[0].start - today).days < 45 < (today - best_past.start).days - 200
        ):
            verb = token.head
            return best_past if verb.tag in ("VBD", "VBN") else coming[0]
        return best_past


def _month_number(word: str) -> int:
    return MONTHS[word.lower().rstrip(".")]


def _ordinal(word: str) -> int:
    return int(word[0]) if word[0].isdigit() else _ORDINALS[word.lower()]


def _number(word: str) -> float | None:
    lowered = word.lower()
    if lowered[0].isdigit():
        return float(lowered)
    if lowered in ("half a", "a half"):
        return 0.5
    return _NUMBERS.get(lowered)


def _duration(number: str, unit: str) -> str:
    count = _number(number)
    code = _UNITS[unit.lower()]
    if number.lower() == "half":
        return {"Y": "P6M", "TH": "PT30M"}.get(code, f"P0.5{code}")
    shown = "X" if count is None else f"{count:g}"
    if code.startswith("T"):
        return f"PT{shown}{code[1]}"
    if code == "Q":
        return "PXM" if count is None else f"P{count * 3:g}M"
    if unit.lower() == "fortnight":
        shown = "X" if count is None else f"{count * 2:g}"
    return f"P{shown}{code}"


def _with_part(found: Period, part: str | None) -> Period:
    code = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}.get((part or "").lower())
    return Period(found.value + code, found.start, found.end) if code else found
