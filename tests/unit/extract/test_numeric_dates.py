"""Days in numerals, as countries write them."""

from datetime import date

import pytest

from pipelines.extract.time.find import find_time_expressions
from pipelines.extract.time.ranges import with_ranges
from pipelines.language.parse import Article
from tests.unit.extract.reading import PUBLISHED, facts_without_reading, parsed


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("On 2009/05/04 Bhutan met Nepal.", [date(2009, 5, 4)]),
        ("On 04.05.2009 Bhutan met Nepal.", [date(2009, 5, 4)]),
        ("On 19-Nov-09 Bhutan met Nepal.", [date(2009, 11, 19)]),
        ("In Q2 2009 Bhutan met Nepal.", [date(2009, 4, 1)]),
        ("In 2Q09 and 2009 Q3 Bhutan met Nepal.", [date(2009, 4, 1), date(2009, 7, 1)]),
        ("In H2 2009 Bhutan met Nepal.", [date(2009, 7, 1)]),
        ("In H1'08 and 2H08 Bhutan met Nepal.", [date(2008, 1, 1), date(2008, 7, 1)]),
        ("In Q3 – 2008 Bhutan met Nepal.", [date(2008, 7, 1)]),
        ("In FY '08 and FY09 Bhutan met Nepal.", [date(2008, 1, 1), date(2009, 1, 1)]),
        ("In FY 2008 – 2009 Bhutan met Nepal.", [date(2008, 1, 1)]),
        ("Bhutan Airlines bought a Q400 and two H125 from Nepal.", []),
        ("In the last quarter of 2009 Bhutan met Nepal.", [date(2009, 10, 1)]),
        ("On 4-May-2009 and 19-Nov-2009 Bhutan met Nepal.", [date(2009, 5, 4), date(2009, 11, 19)]),
        (
            "On 25-03-2009, 4. 5. 2009 and 06.05.09 Bhutan met Nepal.",
            [date(2009, 3, 25), date(2009, 5, 4), date(2009, 5, 6)],
        ),
        ("On November the 19th, 2009, Bhutan met Nepal.", [date(2009, 11, 19)]),
        ("In May last year Bhutan met Nepal.", [date(2009, 5, 1)]),
        ("On Tuesday of last week Bhutan met Nepal.", [date(2010, 6, 8)]),
        ("Ten years ago on Monday Bhutan met Nepal.", [date(2000, 6, 14)]),
        ("At 10 p.m. on Monday Bhutan met Nepal.", [date(2010, 6, 14), date(2010, 6, 14)]),
        ("Bhutan met Nepal late on Monday, just before midnight.", [date(2010, 6, 14), date(2010, 6, 14)]),
        ("On 04/05/2009 Bhutan met Nepal.", [date(2009, 4, 5)]),
        ("An accord of 25/03/2009 stood. On 04/05/2009 Bhutan met Nepal.", [date(2009, 3, 25), date(2009, 5, 4)]),
    ],
)
def test_numeric_days(text: str, days: list[date]) -> None:
    assert [t.date_start for t in facts_without_reading(text).time_expressions] == days


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("Between March and May", date(2010, 3, 1), date(2010, 5, 31)),
        ("From 2005 to 2007", date(2005, 1, 1), date(2007, 12, 31)),
        ("In 2005–07", date(2005, 1, 1), date(2007, 12, 31)),
        ("In FY 2005/06", date(2005, 1, 1), date(2006, 12, 31)),
        ("From January through April 2009", date(2009, 1, 1), date(2009, 4, 30)),
        ("In November-February", date(2009, 11, 1), date(2010, 2, 28)),
        ("From Monday to Wednesday", date(2010, 6, 14), date(2010, 6, 16)),
        ("On May 3-7", date(2010, 5, 3), date(2010, 5, 7)),
        ("Between 3 and 7 May 2009", date(2009, 5, 3), date(2009, 5, 7)),
        ("From 3 May to 7 June 2009", date(2009, 5, 3), date(2009, 6, 7)),
        ("In 2005 and 2006", date(2005, 1, 1), date(2006, 12, 31)),
        ("In fiscal years 2005, 2006 and 2007", date(2005, 1, 1), date(2007, 12, 31)),
        ("In late March or early April", date(2010, 3, 1), date(2010, 4, 30)),
        ("Between 1991 and 2004", date(1991, 1, 1), date(2004, 12, 31)),
        ("In January, February and April", date(2010, 1, 1), date(2010, 4, 30)),
    ],
)
def test_spans_have_the_days_of_both_ends(words: str, first: date, last: date) -> None:
    text = f"{words} Bhutan met Nepal."
    times = with_ranges(find_time_expressions(Article("doc_test", text, published_on=PUBLISHED), parsed(text)), text)
    assert times
    assert {(t.date_start, t.date_end) for t in times} == {(first, last)}


@pytest.mark.parametrize(
    "words",
    [
        "moved its visit from Monday to Friday",
        "met Nepal in March and Laos in May",
        "paid 5 and 6 in 2005 and 2006, respectively",
        "met Nepal in 1991 and 2004",
    ],
)
def test_two_days_that_are_no_span(words: str) -> None:
    text = f"Bhutan {words}."
    times = find_time_expressions(Article("doc_test", text, published_on=PUBLISHED), parsed(text))
    assert len(times) == 2
    assert with_ranges(times, text) == times
