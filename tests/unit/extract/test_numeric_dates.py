"""Days in numerals, as countries write them."""

from datetime import date

import pytest

from tests.unit.extract.reading import facts_of


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("On 2009/05/04 Bhutan met Nepal.", [date(2009, 5, 4)]),
        ("On 04.05.2009 Bhutan met Nepal.", [date(2009, 5, 4)]),
        ("On 19-Nov-09 Bhutan met Nepal.", [date(2009, 11, 19)]),
        ("In Q2 2009 Bhutan met Nepal.", [date(2009, 4, 1)]),
        ("On 04/05/2009 Bhutan met Nepal.", [date(2009, 4, 5)]),
        ("An accord of 25/03/2009 stood. On 04/05/2009 Bhutan met Nepal.", [date(2009, 3, 25), date(2009, 5, 4)]),
    ],
)
def test_numeric_days(text: str, days: list[date]) -> None:
    assert [t.date_start for t in facts_of(text).time_expressions] == days
