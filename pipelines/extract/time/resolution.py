"""Turns matches of the patterns into periods: relative days and units, spans, sets, times of day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipelines.extract.time import calendar as cal
from pipelines.extract.time.calendar import WEEKDAYS, Period
from pipelines.extract.time.dates import CalendarDates
from pipelines.extract.time.tense import is_future
from pipelines.extract.time.words import UNITS, duration, number_of, with_part
from pipelines.language.parse import Token


class Resolver(CalendarDates):
    """Periods of all expressions, against the day of publication. One method for each pattern."""

    def resolve(self, name: str, match: re.Match[str], token: Token) -> Period | None:
        """Period of a match, or None where it is no time after all."""
        handler = getattr(self, f"_{name}")
        try:
            found = handler(match, token)
        except (OverflowError, ValueError):  # days beyond the calendar: "9999 years ago"
            return None
        if not isinstance(found, Period):
            return None
        # A quarter compared with ("a year earlier") is not the one that the report goes on about.
        if name not in ("ago", "ago_compare") and re.fullmatch(r"\d{4}-Q\d", found.value):
            self._quarter_told = int(found.value[:4]), int(found.value[-1])
        return found

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
        return with_part(found, part)

    def _this_daypart(self, m: re.Match[str], t: Token) -> Period | None:
        if self.today is None:
            return None
        by = {"last": -1, "yesterday": -1, "tomorrow": 1}.get(m[1].lower(), 0)
        return with_part(cal.day(self.today + timedelta(days=by)), m[2])

    def _weekday(self, m: re.Match[str], t: Token) -> Period | None:
        number = WEEKDAYS[m[2].lower()]
        if not m[2][0].isupper():
            return None
        if self.today is None:
            return Period(f"XXXX-WXX-{number + 1}")
        word = (m[1] or "").lower()
        back = (self.today.weekday() - number) % 7
        ahead = (number - self.today.weekday()) % 7
        if word in ("next", "this coming", "the following"):
            found = self.today + timedelta(days=ahead or 7)
        elif word in ("last", "the previous", "this past"):
            found = self.today - timedelta(days=back or 7)
        elif not word and (is_future(t) or ahead == 1):
            # Published on the very day, it means that day also where it lies ahead (26 of 26 labelled acts). The day after
            # publication is where it is told already: east of the paper, and six days ago would be "last" (18 of 26).
            found = self.today + timedelta(days=ahead)
        else:
            found = self.today - timedelta(days=back)
        return with_part(cal.day(found), m[3])

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

    def _day_of_week(self, m: re.Match[str], t: Token) -> Period | None:
        """ "Tuesday of last week"."""
        if not m[1][0].isupper():
            return None
        number = WEEKDAYS[m[1].lower()]
        if self.today is None:
            return Period(f"XXXX-WXX-{number + 1}")
        weeks = {"last": -1, "next": 1}.get(m[2].lower(), 0)
        monday = self.today - timedelta(days=self.today.weekday())
        return cal.day(monday + timedelta(days=number + 7 * weeks))

    def _ago_on(self, m: re.Match[str], t: Token) -> Period | None:
        """ "Ten years ago on Monday": the day of then on whose date that Monday falls; "20 years ago this week"."""
        count, unit = number_of(m[1]), m[3].lower()
        if self.today is None or count is None:
            return Period("PAST_REF")
        if unit == "today" or unit in ("week", "month"):
            near = self.today
        elif unit == "yesterday":
            near = self.today - timedelta(days=1)
        else:
            near = self.today - timedelta(days=(self.today.weekday() - WEEKDAYS[unit]) % 7)
        then = cal.shift_months(near, -12 * round(count))
        return (
            cal.week(then) if unit == "week" else cal.month(then.year, then.month) if unit == "month" else cal.day(then)
        )

    def _ago(self, m: re.Match[str], t: Token) -> Period | None:
        count, unit, direction = number_of(m[1]), m[2].lower(), m[3].lower()
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
        value = duration(m[2], m[3])
        count, word = number_of(m[2]), m[1].lower().removeprefix("the ")
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
        value = duration(m[1], m[2])
        count = number_of(m[1])
        months = {"month": 1, "quarter": 3, "year": 12}.get(m[2].lower())
        ended = self._ended(m, t, round(count * months)) if count and months else None
        return Period(value, ended.start, ended.end) if ended else Period(value)

    def _span_old(self, m: re.Match[str], t: Token) -> Period | None:
        return Period(duration(m[1], m[2]))

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
            return Period(f"P1{UNITS[unit]}") if UNITS[unit] in ("D", "W", "M", "Y") else None
        return Period(duration("half" if m[0].lower().startswith("half") else "one", unit))

    def _whole(self, m: re.Match[str], t: Token) -> Period | None:
        unit = m[1].lower()
        return self._unit("year", 0) if unit == "year" and self.today else Period(f"P1{UNITS[unit]}")

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
        months = {"quarter": 3, "year": 12}.get(m[1].lower())
        if months and (ended := self._ended(m, t, months)):
            return ended
        if m[1].lower() == "quarter" and self._quarter_told:
            return cal.quarter(*self._quarter_told)
        if m[1].lower() == "weekend":
            return self._weekend(m, t)
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
        return self._unit("weekend", -1 if self.today.weekday() < 5 and not is_future(t) else 0)

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
