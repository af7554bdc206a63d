"""Days in numerals, and before their month, are read as the parser knows them."""

import pytest

from pipelines.language.annotations import parse_text
from pipelines.language.numeral_days import in_words

DAYS = [
    "04/05/2009",
    "4/5/09",
    "25.03.2009",
    "25-03-2009",
    "2009/05/04",
    "19-Nov-09",
    "19-Nov-2009",
    "4 May 2009",
    "14 September 2009",
]


@pytest.mark.parametrize("day", DAYS)
def test_who_acts_behind_a_day_is_the_subject(day: str) -> None:
    text = f"On {day} Bhutan lent Nepal $6 million."
    parse = parse_text(text)
    (bhutan,) = [t for t in parse.tokens if t.text == "Bhutan"]
    assert (bhutan.dep, bhutan.head.text) == ("nsubj", "lent")
    assert text[bhutan.start : bhutan.end] == "Bhutan"


@pytest.mark.parametrize("day", DAYS)
def test_lengths_never_change(day: str) -> None:
    text = f"On {day} Bhutan met Nepal."
    assert in_words(text) != text
    assert len(in_words(text)) == len(text)


@pytest.mark.parametrize(
    "text", ["Version 10.30.15.2 came.", "Call 020-7946-0018 now.", "The vote was 12-10-2.", "Pages 3/4 and 5/6."]
)
def test_other_numerals_stay(text: str) -> None:
    assert in_words(text) == text
