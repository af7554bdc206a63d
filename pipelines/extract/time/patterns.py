"""Patterns of time expressions, and which words of a sentence call for which of them."""

from __future__ import annotations

import re

from pipelines.extract.time import named_days
from pipelines.extract.time.calendar import WEEKDAYS
from pipelines.extract.time.words import UNITS
from pipelines.reference.months import MONTHS

MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|Jun(?:e|\.)?|Jul(?:y|\.)?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
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
    ("named_day", rf"\b({named_days.pattern()})(?:,? ({_YEAR}))?\b"),
    ("iso", rf"\b({_YEAR})(?:-(\d\d)-|/(\d\d)/|\.(\d\d)\.)(\d\d)\b(?!\.\d)"),
    ("us_numeric", rf"\b(\d{{1,2}})/(\d{{1,2}})/({_YEAR}|\d\d)\b"),
    ("day_first", rf"(?<![\d.-])(\d{{1,2}})(?:\. ?(\d{{1,2}})\. ?({_YEAR})|-(\d{{1,2}})-({_YEAR})|\.(\d\d)\.(\d\d))\b(?![.-]?\d)"),
    ("month_day_span", rf"\b({MONTH}) (\d{{1,2}})(?: ?[-–—] ?| (?:to|through|until) |(?<=between .{{5}}) and |(?<=between .{{6}}) and )(\d{{1,2}})\b(?:,? ({_YEAR}))?(?![\d.,/-]*\d|(?: {MONTH}))"),
    ("day_span_month", rf"\b(\d{{1,2}})(?: ?[-–—] ?| (?:to|through|until) |(?<=between .) and |(?<=between ..) and )(\d{{1,2}}) ({MONTH})\b(?:,? ({_YEAR}))?"),
    ("day_month_year", rf"\b(?:{_DAY_NAME},? )?(\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?({MONTH})(?:,? ?|-)({_YEAR})\b"),
    ("month_day_year", rf"\b(?:{_DAY_NAME},? )?({MONTH}) (?:the )?(\d{{1,2}})(?:st|nd|rd|th)?(?:,? ({_YEAR})\b)?(?![\d.,]*\d)"),
    ("day_month", rf"\b(?:{_DAY_NAME},? )?(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({MONTH})\b(?! \d)"),
    ("short_quarter", rf"\b(?:Q([1-4])(?: of| ?[-–—/])? ?|([1-4])Q ?)(?:of )?['’]?({_YEAR}|(?:(?<=\dQ)|(?<=['’/–—-]))\d\d)\b|\b({_YEAR})(?: ?[-–—] ?| )?Q([1-4])\b"),
    ("short_half", rf"\b(?:H([12])(?: of| ?[-–—/])? ?|([12])H ?)(?:of )?['’]?({_YEAR}|(?:(?<=\dH)|(?<=['’/–—-]))\d\d)\b|\b({_YEAR})(?: ?[-–—] ?| )?H([12])\b"),
    ("last_quarter", rf"\b(?:the )?(last|final|closing|opening) quarter of ({_YEAR}|last year|this year|next year)\b"),
    ("ago_on", rf"\b({_N}|a) years? ago (?:on )?(?:(this|last) )?({_DAY_NAME}|today|yesterday|week|month)\b"),
    ("month_of_year", rf"\b({MONTH})(?:,| of)? (last|this|next) year\b"),
    ("day_of_week", rf"\b({_DAY_NAME}) (?:of )?(last|next|this) week\b"),
    ("day_month_short", rf"\b(\d{{1,2}})[ -]({MONTH})[ -](\d\d)\b(?! ?(?:per ?cent|pct|percent))"),
    ("month_year", rf"\b{_PART}{_MOD}({MONTH}),? (?:of )?({_YEAR})\b"),
    ("rel_month", rf"\b{_PART}(last|next|this|this past|this coming|past) ({MONTH})(?![\w])(?! \d)"),
    ("week_of_month", rf"\b(?:the )?({_ORD}|last|final) week of (?:(last|this|next) month|({MONTH})(?:,? ({_YEAR}))?)\b"),
    ("first_months", rf"\b(?:the )?(first|opening|final|last|closing) ({_N}) months of (?:the (?:fiscal |financial )?(?:year )?)?({_YEAR}|last year|this year|next year)\b"),
    ("quarter_of_months", rf"\b(?:the )?(?:({MONTH}) ?(?:[-–—/]|to) ?({MONTH})(?: ({_YEAR}))? (?:quarter|period|half)|({MONTH})(?: ({_YEAR}))? quarter)(?: (?:of |in )?({_YEAR}|last year|this year|next year))?\b"),
    ("quarter", rf"\b(?:the )?(?:fiscal )?({_ORD})(?: fiscal)?[ -]quarter(?:(?: of)?(?: fiscal)? ({_YEAR}|last year|this year|next year))?\b"),
    ("year_quarter", rf"\b(?:the )?({_YEAR}(?:'s|’s)?|this year's|last year's|next year's) ({_ORD}) quarter\b"),
    ("half", rf"\b(?:the )?(first|second) half(?: of (?:fiscal )?({_YEAR}|last year|this year|next year|the year))\b"),
    ("season", rf"\b{_MOD}(?:(last|next|this|this past|the) )?(spring|summer|autumn|winter)(?: of)? ({_YEAR})\b"),
    ("rel_season", r"\b(?:earlier |later )?(last|next|this|this past|this coming) (spring|summer|autumn|fall|winter)\b"),
    ("decade", r"\b(?:the )?(?:early |late |mid-?)?(?:the )?((?:1[5-9]|20)\d0)s\b"),
    ("decade_short", r"\b(?:the )?(?:early |late |mid-?)?['’](\d0)s\b"),
    ("decade_word", r"\b(?:the )?(?:early |late |mid-?)?(twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b"),
    ("fiscal_year", rf"\b(?:the )?(?:fiscal(?: year)?|FY|financial year) ?({_YEAR}|['’]\d\d|(?<=FY)\d\d)(?:[/–-](\d\d|{_YEAR})| ?[–—-] ?({_YEAR}))?\b"),
    ("year_span", rf"\b({_YEAR})(?:[/–—-](\d\d|{_YEAR})| ?[/–—-] ?({_YEAR}))\b"),
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
    ("bare_month", rf"\b{_PART}{_MOD}({MONTH})\b"),
    ("clock", r"\b\d{1,2}(?::\d\d)? ?(?:a\.m\.|p\.m\.|am|pm|AM|PM|GMT|hours GMT)(?: (?:EST|EDT|ET|GMT|local time))?"),
    ("noon", r"\b(?:noon|midnight)\b"),
    ("present", r"\b(?:now|currently|at present|presently|nowadays|these days|at the moment|right now|at this time|current|present-day)\b"),
    ("past", r"\b(?:recently|previously|formerly|lately|in the past|the past|recent (?:years|months|weeks|days|times)|the recent past|once|long ago|more recently|in recent (?:years|months|weeks|days)|earlier)\b(?! (?:this|last|in|on|than|than))"),
    ("future", r"\b(?:soon|in the (?:near )?future|the (?:near )?future|shortly|the coming (?:days|weeks|months|years)|eventually|in future)\b"),
)  # fmt: skip
# Patterns that ask for capitals.
CASED = frozenset({"bare_month", "clock"})
_COMPILED = tuple(
    (name, re.compile(pattern, re.NOFLAG if name in CASED else re.IGNORECASE)) for name, pattern in _PATTERNS
)
# The same patterns for a text in lower case, where they search twice as fast.
LOWERED = {name: re.compile(pattern.lower()) for name, pattern in _PATTERNS if name not in CASED}
_DIGITS = tuple("0123456789")
_RELATIVE = ("last ", "next ", "this ", "past ", "coming ")
# Pieces, in lower case, without one of which a pattern finds nothing: what a sentence lacks need not be searched for.
NEEDED: dict[str, tuple[str, ...]] = {
    "iso": ("-", "/", "."), "us_numeric": ("/",), "day_first": (".", "-"), "day_month_year": _DIGITS, "month_day_year": _DIGITS, "day_month": _DIGITS,
    "day_month_short": _DIGITS, "month_year": _DIGITS, "rel_month": _RELATIVE,
    "season": ("spring", "summer", "autumn", "winter"), "decade": ("0s",), "decade_short": ("0s",),
    "fiscal_year": ("fiscal", "fy", "financial"), "year_span": ("-", "/", "–", "—"), "month_day_span": _DIGITS, "day_span_month": _DIGITS, "ago_on": (" ago ",), "month_of_year": (" year",),
    "day_of_week": (" week",), "week_of_month": (" week of",), "first_months": (" months of",), "last_quarter": ("quarter of",),
    "quarter_of_months": (" quarter", " period", " half"),
    "this_daypart": ("this ", "last ", "tomorrow ", "yesterday "),
    "rel_unit": (*_RELATIVE, "current ", "previous ", "following ", "same ", "that ", "preceding "),
    "ago": (" ago", " earlier", " before", " later", " from now", " hence", " afterward"),
    "ago_compare": ("ago", "earlier", "before"),
    "rel_span": ("the past ", "the last ", "the next ", "the coming ", "the previous ", "the first "),
    "span_old": ("-old",), "whole": ("full ", "entire ", "whole "), "the_unit": ("the ",),
    "set": (
        "each ", "every ", "per ", "daily", "weekly", "monthly", "yearly", "annually", "nightly", "quarterly", "hourly"
    ),
    "annual": ("annual",), "latest": ("latest ", "recent "), "year_end": ("-end", " end", "end of"),
    "present": ("now", "current", "present", "days", "moment", "time"),
    "past": ("recent", "previously", "formerly", "lately", "past", "once", "ago", "earlier"),
    "future": ("soon", "future", "shortly", "coming", "eventually"),
}  # fmt: skip
# Which patterns a word calls for: a sentence is searched for those alone that one of its words calls for.
CALLS: dict[str, tuple[str, ...]] = {
    "month": (
        "day_month_year", "month_day_year", "day_month", "month_day_span", "day_span_month", "month_of_year", "day_month_short", "month_year", "rel_month", "bare_month",
    ),
    "weekday": ("weekday", "day_of_week", "set", "day_month_year", "month_day_year"),
    "number": ("iso", "us_numeric", "day_first", "day_month_short", "year", "year_span", "fiscal_year", "short_quarter", "short_half", "decade", "decade_short", "season"),
    "unit": (
        "rel_unit", "ago_on", "ago", "ago_compare", "rel_span", "span", "span_old", "one_span", "whole", "set", "the_unit",
        "year_end", "latest", "past", "future", "week_of_month", "first_months",
    ),
    "short_quarter": ("short_quarter", "short_half"),
    "quarter": ("quarter", "quarter_of_months", "year_quarter", "half", "last_quarter"),
    "season": ("rel_season", "season"),
    "decade": ("decade_word",),
    "day": ("relative_day", "this_daypart"),
    "weekend": ("weekend", "rel_unit"),
    "set": ("set", "annual"),
    "vague": ("present", "past", "future"),
    "clock": ("clock", "noon"),
    "named": ("named_day",),
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
    for word in UNITS:
        add(f"{word} {word}s", "unit")
    add("quarter half", "quarter")
    add("period", "quarter")
    add("q1 q2 q3 q4 h1 h2", "short_quarter")
    add("spring summer autumn fall winter", "season")
    add("twenties thirties forties fifties sixties seventies eighties nineties", "decade")
    add("yesterday today tomorrow tonight morning afternoon evening night", "day")
    add("weekend", "weekend")
    add(" ".join(named_days.words()), "named")
    add("daily weekly monthly yearly annually nightly quarterly hourly annual every each", "set")
    add(
        "now currently present presently nowadays moment current recently previously formerly lately past recent",
        "vague",
    )
    add("once long earlier soon future shortly coming eventually days", "vague")
    add("a.m. p.m. am pm gmt noon midnight", "clock")
    return {word: tuple(dict.fromkeys(calls)) for word, calls in found.items()}


TRIGGERS = _trigger_words()
RANK = {name: rank for rank, (name, _) in enumerate(_COMPILED)}
BY_NAME = dict(_COMPILED)
LEAD = re.compile(r"^(?:on|in|over|for|during|within|at) ", re.IGNORECASE)
