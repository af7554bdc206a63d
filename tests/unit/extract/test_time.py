"""Time expressions against a publication on Wednesday, 16 June 2010."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract.time import calendar as cal
from pipelines.extract.time import patterns
from tests.unit.extract.reading import facts_without_reading


def _value(text: str, published_on: date | None = date(2010, 6, 16)) -> dict[str, str | None]:
    return {t.text: t.value for t in facts_without_reading(text, published_on).time_expressions}


@pytest.mark.parametrize(
    ("sentence", "words", "value"),
    [
        ("Chad signed the accord on 4 March 2009.", "4 March 2009", "2009-03-04"),
        ("Chad signed the accord on March 4, 2009.", "March 4, 2009", "2009-03-04"),
        ("The ministers met yesterday in Rome.", "yesterday", "2010-06-15"),
        ("The ministers met on Friday in Rome.", "Friday", "2010-06-11"),
        ("The ministers will meet on Friday in Rome.", "Friday", "2010-06-18"),
        ("Japan sent doctors to Haiti last August.", "last August", "2009-08"),
        ("Japan sent doctors to Haiti last year.", "last year", "2009"),
        ("Troops left the valley two weeks ago.", "two weeks ago", "2010-W22"),
        ("The programme began in the 1990s.", "the 1990s", "199"),
        ("The loan runs for five years.", "five years", "P5Y"),
        ("Output fell in the third quarter of 2008.", "the third quarter of 2008", "2008-Q3"),
        ("Spending rose in fiscal 2007.", "fiscal 2007", "2007"),
        ("Output fell in first-quarter 2008.", "first-quarter 2008", "2008-Q1"),
        ("Exports rose in the first 11 months of 2008.", "the first 11 months of 2008", "P11M"),
        ("Rain fell in the last week of February 2009.", "the last week of February 2009", "2009-W09"),
        ("Rain fell in the second week of May.", "the second week of May", "2010-W19"),
        ("Spending rose in fiscal '07.", "fiscal '07", "2007"),
    ],
)
def test_values(sentence: str, words: str, value: str) -> None:
    assert _value(sentence).get(words) == value


def test_numbers_before_what_they_count_are_no_years() -> None:
    assert _value("Norway sent 2000 troops and 1950 tonnes of wheat.") == {}


def test_a_verb_that_is_spelt_like_a_month_makes_no_quarter() -> None:
    assert _value("The treaty says that Chad may quarter troops there.") == {}
    assert _value("Profits fell in the May quarter.") == {"the May quarter": "P3M"}


def test_without_a_day_of_publication_relative_expressions_name_no_days() -> None:
    found = facts_without_reading("They met on Friday and signed on 4 March 2009.", None).time_expressions
    assert {t.text: t.date_start for t in found} == {"Friday": None, "4 March 2009": date(2009, 3, 4)}


def test_parts_of_years_and_months_name_their_days() -> None:
    text = "Exports rose in the first 11 months of 2008. Cash fell in the last week of April and the first week of last month."
    days = {t.text: (t.date_start, t.date_end) for t in facts_without_reading(text, date(2010, 6, 16)).time_expressions}
    assert days == {
        "the first 11 months of 2008": (date(2008, 1, 1), date(2008, 11, 30)),
        "the last week of April": (date(2010, 4, 26), date(2010, 4, 30)),
        "the first week of last month": (date(2010, 5, 3), date(2010, 5, 9)),
    }


def test_periods_are_inclusive_days() -> None:
    assert cal.month(2012, 2) == cal.Period("2012-02", date(2012, 2, 1), date(2012, 2, 29))
    assert cal.quarter(2010, 0) == cal.quarter(2009, 4)
    assert cal.exact(2010, 2, 31) is None
    assert cal.shift_months(date(2010, 3, 31), -1) == date(2010, 2, 28)


@given(st.dates(date(1, 1, 1), date(9990, 1, 1)), st.integers(-5000, 5000))
def test_shifted_months_stay_in_the_calendar(day: date, by: int) -> None:
    moved = cal.shift_months(day, by)
    assert moved.day <= day.day


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="0123456789/-., aAyearsagolastnextMay'$", max_size=60))
def test_odd_text_gives_expressions_within_itself(text: str) -> None:
    for found in facts_without_reading(text).time_expressions:
        assert text[found.start_char : found.end_char] == found.text
        assert found.date_start is None or found.date_end is None or found.date_start <= found.date_end


def test_a_comparison_does_not_move_the_quarter_of_a_report() -> None:
    text = (
        "Profit rose in the first quarter of 2010. Sales were higher than a year earlier. "
        "Costs were lower than a year earlier. Debt fell in the latest quarter."
    )
    values = [t.value for t in facts_without_reading(text).time_expressions]
    assert values == ["2010-Q1", "2009-Q1", "2009-Q1", "2010-Q1"]


# A phrase for each pattern that is searched for only where one of its pieces stands.
_PHRASES = {
    "week_of_month": "the last week of May",
    "first_months": "the first 11 months of 2008", "quarter_of_months": "the July-September quarter",
    "ago_on": "ten years ago on Monday", "day_of_week": "Tuesday of last week", "day_span_month": "3-7 May 2003",
    "last_quarter": "the last quarter of 2003", "month_day_span": "May 3-7", "month_of_year": "May last year",
    "iso": "2004-02-25", "day_first": "04.05.2009", "us_numeric": "2/25/2004", "day_month_year": "25 Feb 2004", "month_day_year": "March 3, 2004",
    "day_month": "3rd of May", "day_month_short": "3 May 87", "month_year": "early May 2004", "rel_month": "Last March",
    "season": "Spring 2004", "decade": "the 1980s", "decade_short": "the '80s", "fiscal_year": "FY2004",
    "year_span": "1987/88", "this_daypart": "yesterday morning", "rel_unit": "The preceding week", "ago": "Two days afterwards",
    "ago_compare": "a year-earlier", "rel_span": "the coming few weeks", "span_old": "two-year-old", "whole": "Entire day",
    "the_unit": "the year ended", "set": "per week", "annual": "Annual", "latest": "most recent quarter",
    "year_end": "Year-end", "present": "at this time", "past": "Once", "future": "In the near future",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(patterns.NEEDED))
def test_a_pattern_is_searched_for_wherever_it_can_match(name: str) -> None:
    phrase = _PHRASES[name]
    assert patterns.BY_NAME[name].search(phrase), "the phrase is no example"
    assert any(piece in phrase.lower() for piece in patterns.NEEDED[name])
    assert patterns.LOWERED[name].search(phrase.lower())


def test_a_weekday_beside_a_date_tells_its_year() -> None:
    # 16 June 2010 is the publication; 24 June was a Thursday in 2010, a Wednesday in 2009.
    assert _value("Aid was handed out on Thursday, June 24.")["Thursday, June 24"] == "2010-06-24"
    assert _value("Aid was handed out on Wednesday, June 24.")["Wednesday, June 24"] == "2009-06-24"


def test_the_day_on_which_a_quarter_ended_tells_its_year() -> None:
    told = _value("Profit fell in the first quarter ended March 31, 2008, the bank said.")
    assert told["the first quarter"] == "2008-Q1"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("on Bastille Day", "2003-07-14"),
        ("on Thanksgiving", "2003-11-27"),
        ("on Memorial Day", "2003-05-26"),
        ("on Easter Monday, 1999", "1999-04-05"),
        ("on New Year’s Eve", "2003-12-31"),
        ("on the Fourth of July", "2003-07-04"),
    ],
)
def test_days_that_have_a_name(words: str, value: str) -> None:
    assert list(_value(f"Norway attacked Chad {words}.", date(2004, 2, 25)).values()) == [value]


def test_a_year_before_a_plural_of_years_is_one() -> None:
    assert [
        t.value for t in facts_without_reading("The company reported 1987 earnings of $2.00 a share.").time_expressions
    ] == ["1987"]
    assert not facts_without_reading("The army sent 2000 troops to the border.").time_expressions


def test_a_weekday_is_the_day_of_the_paper_or_the_day_that_has_begun_east_of_it() -> None:
    # published on Wednesday, 16 June 2010
    assert _value("The ministers will meet on Wednesday.")["Wednesday"] == "2010-06-16"
    assert _value("The ministers will meet next Wednesday.")["next Wednesday"] == "2010-06-23"
    assert _value("Japan said on Thursday it would pay.")["Thursday"] == "2010-06-17"
    assert _value("Japan said last Thursday it would pay.")["last Thursday"] == "2010-06-10"
    assert _value("Japan said on Friday it would pay.")["Friday"] == "2010-06-11"


def test_a_day_of_the_last_weeks_is_meant_in_a_sentence_of_the_future_too() -> None:
    assert _value("Chile will repay the loan under the May 27 accord.")["May 27"] == "2010-05-27"
    assert _value("Chile will repay the loan on July 27.")["July 27"] == "2010-07-27"
    assert _value("Chile will repay the loan on January 27.")["January 27"] == "2011-01-27"


def test_the_month_of_an_event_is_no_time_to_come() -> None:
    """The clause tells of what will be, the event behind "the" is the nearest of its month: told on a day of June."""
    for text, day in (
        ("Canada will pay for houses after the January earthquake.", date(2010, 1, 1)),
        ("Canada will pay for polls in the November election.", date(2010, 11, 1)),
    ):
        assert [t.date_start for t in facts_without_reading(text).time_expressions] == [day], text


# Published on 16 June 2010.
QUARTERS = [
    ("Oslo lent less in the three months to June 2009.", "2009-04-01", "2009-06-30"),
    ("Oslo lent less in the three months ended June 30, 2009.", "2009-04-01", "2009-06-30"),
    ("Oslo lent less in the six months ended September 30.", "2009-04-01", "2009-09-30"),
    ("Oslo lent less in the nine months through September 2009.", "2009-01-01", "2009-09-30"),
    ("Oslo lent less in the year to March 2009.", "2008-04-01", "2009-03-31"),
    ("Oslo lent less in the quarter ended March 31.", "2010-01-01", "2010-03-31"),
    ("Oslo lent less in the quarter to end-March 2009.", "2009-01-01", "2009-03-31"),
    ("Oslo lent less in the October-December quarter.", "2009-10-01", "2009-12-31"),
    ("Oslo lent less in the Jan-Mar quarter of 2009.", "2009-01-01", "2009-03-31"),
    ("Oslo lent less in the January-June period of 2009.", "2009-01-01", "2009-06-30"),
    ("Oslo lent less in the March quarter.", "2010-01-01", "2010-03-31"),
    ("Oslo lent less in the September 2009 quarter.", "2009-07-01", "2009-09-30"),
    ("Oslo lent less in the opening quarter of 2009.", "2009-01-01", "2009-03-31"),
    ("Oslo lent less in 2009's fourth quarter.", "2009-10-01", "2009-12-31"),
    ("Oslo lent less in the final three months of 2009.", "2009-10-01", "2009-12-31"),
]


@pytest.mark.parametrize(("sentence", "start", "end"), QUARTERS)
def test_months_that_are_told_by_their_ends(sentence: str, start: str, end: str) -> None:
    found = facts_without_reading(sentence, date(2010, 6, 16)).time_expressions
    assert (start, end) in [(str(t.date_start), str(t.date_end)) for t in found]


def test_months_of_work_are_no_months_of_the_calendar() -> None:
    found = facts_without_reading("It may take three months to march there.", date(2010, 6, 16)).time_expressions
    assert [(t.value, t.date_start) for t in found] == [("P3M", None)]
