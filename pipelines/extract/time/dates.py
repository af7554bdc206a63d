"""Calendar dates as named: days, months, quarters, seasons, years, with the year that a text leaves out."""

from __future__ import annotations

import re
from datetime import date

from pipelines.extract.time import calendar as cal
from pipelines.extract.time import named_days, patterns
from pipelines.extract.time.calendar import SEASONS, WEEKDAYS, Period
from pipelines.extract.time.tense import is_future, nearest
from pipelines.extract.time.words import month_number, number_of, ordinal
from pipelines.language.parse import Article, Parse, Token
from pipelines.reference.months import MONTHS, full_year
from pipelines.reference.word_lists import word_list

# "The first quarter ended March 31, 1986": the day tells the year.
_PERIOD_END = re.compile(r"\s(?:ended|ending|to|through)\s[A-Z][a-z]{2,8}\.?\s\d{1,2},?\s((?:19|20)\d\d)\b")
# "The three months to June 2009", "the quarter ended March 31": the month, and the year where it is told, say which.
_ENDING = re.compile(
    rf"\s(?:ended|ending|to|through|until|up\sto)\s(?:the\send\sof\s|end-|\d{{1,2}}\s)?({patterns.MONTH})(?![\w'’])(?:\s\d{{1,2}}(?!\d))?(?:,?\s((?:19|20)\d\d))?\b"
)

# Plurals that are said of a year rather than counted by the thousand: "1987 earnings", "the 1996 elections".
_OF_A_YEAR = word_list("sum_words.csv", "plurals of a year")


_DAY_FIRST = re.compile(r"(?<![\d/])(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])/\d{2,4}(?![\d/])")


class CalendarDates:
    """Periods of named dates, against the day of publication. One method for each pattern."""

    def __init__(self, article: Article, parse: Parse) -> None:
        self.today = article.published_on
        self.parse = parse
        self._quarter_told: tuple[int, int] | None = None  # year and number of the quarter last spoken of

    # -- explicit ----------------------------------------------------------------------------------

    def _iso(self, m: re.Match[str], t: Token) -> Period | None:
        return cal.exact(int(m[1]), int(m[2] or m[3] or m[4]), int(m[5]))

    def _day_first(self, m: re.Match[str], t: Token) -> Period | None:
        month, y = int(m[2] or m[4] or m[6]), full_year(m[3] or m[5] or m[7])
        return cal.exact(y, month, int(m[1])) or (cal.exact(y, int(m[1]), month) if m[4] else None)

    def _month_day_span(self, m: re.Match[str], t: Token) -> Period | None:
        return self._days_of_month(month_number(m[1]), int(m[2]), int(m[3]), m[4], t)

    def _day_span_month(self, m: re.Match[str], t: Token) -> Period | None:
        return self._days_of_month(month_number(m[3]), int(m[1]), int(m[2]), m[4], t)

    def _days_of_month(self, month: int, first: int, last: int, y: str | None, t: Token) -> Period | None:
        """From one day of a month to another ("May 3-7")."""
        if not 0 < first < last <= 31:
            return None
        end = cal.exact(int(y), month, last) if y else self._without_year(month, last, t, "-")
        if end is None or end.end is None:
            return None
        start = end.end.replace(day=first)
        return Period(f"{start.isoformat()}/{end.end.isoformat()}", start, end.end)

    def _short_quarter(self, m: re.Match[str], t: Token) -> Period | None:
        return cal.quarter(full_year(m[3] or m[4]), int(m[1] or m[2] or m[5]))

    def _short_half(self, m: re.Match[str], t: Token) -> Period | None:
        return cal.half(full_year(m[3] or m[4]), int(m[1] or m[2] or m[5]))

    def _last_quarter(self, m: re.Match[str], t: Token) -> Period | None:
        y, number = self._year_of(m[2]), 1 if m[1].lower() == "opening" else 4
        return cal.quarter(y, number) if y else Period(f"XXXX-Q{number}")

    def _month_of_year(self, m: re.Match[str], t: Token) -> Period | None:
        y = self._year_of(f"{m[2]} year")
        return cal.month(y, month_number(m[1])) if y else Period(f"XXXX-{month_number(m[1]):02d}")

    def _us_numeric(self, m: re.Match[str], t: Token) -> Period | None:
        y = full_year(m[3])
        as_printed = cal.exact(y, int(m[1]), int(m[2])), cal.exact(y, int(m[2]), int(m[1]))
        # another day of the text that can only stand first ("25/03/2016") shows how this one is meant
        return as_printed[1] or as_printed[0] if _DAY_FIRST.search(self.parse.text) else as_printed[0] or as_printed[1]

    def _day_month_year(self, m: re.Match[str], t: Token) -> Period | None:
        return cal.exact(int(m[3]), month_number(m[2]), int(m[1]))

    def _day_month_short(self, m: re.Match[str], t: Token) -> Period | None:
        y = int(m[3]) + (2000 if int(m[3]) < 30 else 1900)
        return cal.exact(y, month_number(m[2]), int(m[1]))

    def _month_day_year(self, m: re.Match[str], t: Token) -> Period | None:
        if m[3]:
            return cal.exact(int(m[3]), month_number(m[1]), int(m[2]))
        return self._without_year(month_number(m[1]), int(m[2]), t, m[0])

    def _day_month(self, m: re.Match[str], t: Token) -> Period | None:
        if m[2].lower() in ("may", "mar") and m[2][0].islower():
            return None
        return self._without_year(month_number(m[2]), int(m[1]), t, m[0])

    def _named_day(self, m: re.Match[str], t: Token) -> Period | None:
        """The day of a name ("Bastille Day"), of the year told or the one that the tense asks for."""
        if not m[1][0].isupper():
            return None
        if m[2]:
            return cal.day(named_days.day_of(m[1], int(m[2])))
        if self.today is None:
            return None
        return nearest([cal.day(named_days.day_of(m[1], self.today.year + k)) for k in (-1, 0, 1)], t, self.today)

    def _without_year(self, month: int, number: int, t: Token, words: str) -> Period | None:
        """A day of the year that the weekday beside it tells, else the tense."""
        if not 1 <= number <= 31:
            return None
        if self.today is None:
            return Period(f"XXXX-{month:02d}-{number:02d}")
        options = [o for k in (-1, 0, 1) if (o := cal.exact(self.today.year + k, month, number))]
        weekday = WEEKDAYS.get(words.split()[0].lower().rstrip(","))
        on_it = [o for o in options if o.start and o.start.weekday() == weekday]
        return on_it[0] if len(on_it) == 1 else nearest(options, t, self.today)

    def _month_year(self, m: re.Match[str], t: Token) -> Period | None:
        return cal.month(int(m[2]), month_number(m[1]))

    def _bare_month(self, m: re.Match[str], t: Token) -> Period | None:
        word = m[1].rstrip(".")
        if word in ("May", "March", "Mar", "Jun", "Jan", "Dec", "Sep") or len(word) <= 3:
            at = self.parse.token_at(m.start(1))
            spans = at is not None and self._ends_span(at)
            if at is None or not (
                spans or (at.pos in ("PROPN", "NOUN") and (at.entity in ("DATE", "") or word == "Dec"))
            ):
                return None
            if (
                at.entity == ""
                and not spans
                and (
                    at.index == 0
                    or self.parse.tokens[at.index - 1].lower
                    not in ("in", "since", "until", "by", "last", "next", "of", "for")
                )
            ):
                return None
        return self._month_near(month_number(word), t)

    def _month_near(self, number: int, t: Token) -> Period | None:
        """A month of the year that the tense tells."""
        if self.today is None:
            return Period(f"XXXX-{number:02d}")
        options = [cal.month(self.today.year + k, number) for k in (-1, 0, 1)]
        return nearest([o for o in options if o], t, self.today)

    def _ends_span(self, at: Token) -> bool:
        """Whether a month stands behind another ("March and May", "January to May")."""
        before = self.parse.tokens[max(0, at.index - 2) : at.index]
        joins = before[-1].lower in ("and", "to", "through", "until", "or", "-", "–") if before else False
        return joins and before[0].lower.rstrip(".") in MONTHS

    def _rel_month(self, m: re.Match[str], t: Token) -> Period | None:
        number = month_number(m[2])
        if self.today is None:
            return Period(f"XXXX-{number:02d}")
        y, word = self.today.year, m[1].lower()
        if word in ("last", "past", "this past"):
            y -= number >= self.today.month
        elif word in ("next", "this coming"):
            y += number <= self.today.month
        return cal.month(y, number)

    def _quarter(self, m: re.Match[str], t: Token) -> Period | None:
        number = ordinal(m[1])
        ends = _PERIOD_END.match(m.string, m.end())
        y = int(ends[1]) if ends else self._year_of(m[2])
        if y is None:
            if self.today is None:
                return Period(f"XXXX-Q{number}")
            y = self.today.year - (number > (self.today.month - 1) // 3 + 1 and not is_future(t))
        return cal.quarter(y, number)

    def _quarter_of_months(self, m: re.Match[str], t: Token) -> Period | None:
        """ "The July-September quarter", "the January-June period of 2009"; of one month ("the March quarter") the quarter that it ends."""
        if (m[1] or m[4]).islower() and (t.pos in ("AUX", "VERB")):  # "Chad may quarter troops"
            return None
        first, number = m[1] and month_number(m[1]), month_number(m[2] or m[4])
        y = self._year_of(m[6] or m[3] or m[5])
        last = cal.month(y, number) if y else self._past_month(number, t)
        return self._ending(last, (number - first) % 12 + 1 if first else 3)

    def _ended(self, m: re.Match[str], t: Token, months: int) -> Period | None:
        """Months up to the one named right behind an expression: "the three months to June 2009", "the quarter ended March 31"."""
        told = _ENDING.match(m.string, m.end())
        if told is None or not 1 <= months <= 24:
            return None
        number = month_number(told[1])
        return self._ending(cal.month(int(told[2]), number) if told[2] else self._past_month(number, t), months)

    def _past_month(self, number: int, t: Token) -> Period | None:
        """The last month of this name that has begun, unless the sentence is of the future: what is reported of has ended."""
        if self.today is None or is_future(t):
            return self._month_near(number, t)
        return cal.month(self.today.year - (number > self.today.month), number)

    def _ending(self, last: Period | None, months: int) -> Period | None:
        """So many months, of which this is the last."""
        if last is None or last.start is None:
            return None
        first = cal.month(last.start.year, last.start.month - months + 1)
        if first is None:
            return None
        if months == 3 and last.start.month % 3 == 0:
            return cal.quarter(last.start.year, last.start.month // 3)
        if months == 12 and last.start.month == 12:
            return cal.year(last.start.year)
        return Period("P1Y" if months == 12 else f"P{months}M", first.start, last.end)

    def _week_of_month(self, m: re.Match[str], t: Token) -> Period | None:
        number = None if m[1].lower() in ("last", "final") else ordinal(m[1])
        if m[3]:
            month = cal.month(int(m[4]), month_number(m[3])) if m[4] else self._month_near(month_number(m[3]), t)
        elif self.today is None:
            return None
        else:
            by = {"last": -1, "next": 1}.get(m[2].lower(), 0)
            month = cal.month(self.today.year, self.today.month + by)
        return cal.week_of(month.start, number) if month and month.start else None

    def _first_months(self, m: re.Match[str], t: Token) -> Period | None:
        """ "The first 11 months of 1986", "the final three months of 1986": a span that begins or ends with the year."""
        count, y = number_of(m[2]), self._year_of(m[3])
        if not y or not count or not 1 <= count <= 12:
            return None
        if m[1].lower() not in ("first", "opening"):
            return self._ending(cal.month(y, 12), int(count))
        last = cal.month(y, int(count))
        return Period(f"P{last.end.month}M", date(y, 1, 1), last.end) if last and last.end else None

    def _year_quarter(self, m: re.Match[str], t: Token) -> Period | None:
        y = self._year_of(m[1])
        return cal.quarter(y, ordinal(m[2])) if y else Period(f"XXXX-Q{ordinal(m[2])}")

    def _half(self, m: re.Match[str], t: Token) -> Period | None:
        y = self._year_of(m[2])
        return cal.half(y, ordinal(m[1])) if y else None

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
        return self._year_span(m, t) if m[2] or m[3] else cal.year(full_year(m[1].lstrip("'’")))

    def _year_span(self, m: re.Match[str], t: Token) -> Period | None:
        first, end = full_year(m[1].lstrip("'’")), m[2] or m[3]
        last = int(end) if len(end) == 4 else first // 100 * 100 + int(end)
        if not 0 < last - first <= 100:
            return None
        return Period(f"{first}/{last}", date(first, 1, 1), date(last, 12, 31))

    def _year(self, m: re.Match[str], t: Token) -> Period | None:
        at = self.parse.token_at(m.start(1))
        if at is None or at.entity in ("MONEY", "PERCENT", "QUANTITY", "PRODUCT", "LAW"):
            return None
        following = self.parse.tokens[at.index + 1] if at.index + 1 < len(self.parse.tokens) else None
        # "2000 troops", "1500 tonnes": a number before what it counts is no year.
        counts = at.dep == "nummod" and following is not None and following.tag in ("NNS", "NNPS")
        if counts and following is not None and following.lemma.lower() not in _OF_A_YEAR:
            return None
        if at.index and self.parse.tokens[at.index - 1].text in ("$", "£", "€", "No.", "#"):
            return None
        return cal.year(int(m[1]))

    # -- help --------------------------------------------------------------------------------------

    def _year_of(self, words: str | None) -> int | None:
        if not words:
            return None
        lowered = words.lower()
        if lowered[:4].isdecimal():
            return int(lowered[:4])
        if self.today is None:
            return None
        return self.today.year + (-1 if "last" in lowered else 1 if "next" in lowered else 0)
