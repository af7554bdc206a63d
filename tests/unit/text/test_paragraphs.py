"""Characters, lines and paragraphs."""

from __future__ import annotations

import textwrap
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.text.paragraphs import joined_in, mended_in, normalize, paragraphs

WRAPPED = """    The harbour authority said on Monday that dredging of the
northern channel would begin in spring and cost 14.5 mln dlrs,
less than half of what it had feared a year ago.
    It said the work would be paid for out of mooring fees and a five-
year loan from the regional development bank.
    No tenders had been invited so far.
"""


def test_wrapped_lines_become_paragraphs() -> None:
    found = paragraphs(normalize(WRAPPED))
    assert len(found) == 3
    assert found[0].startswith("The harbour authority said on Monday that dredging of the northern channel")
    assert "a five-year loan" in found[1]


def test_a_short_text_with_a_cut_dateline_is_seen_to_be_wrapped() -> None:
    text = "Halvorsen Mills Inc said\nit agreed to buy the paper plant of a competitor for 12 mln\ndlrs in cash.\n"
    assert paragraphs(text) == [
        "Halvorsen Mills Inc said it agreed to buy the paper plant of a competitor for 12 mln dlrs in cash."
    ]


def test_an_abbreviation_at_a_lines_end_ends_no_paragraph() -> None:
    text = (
        "Norway and Iceland met today over U.K.\n"
        "Demands for a share of the herring that moved north, and they said\nthat the stock must recover first.\n"
        "    No date was set for another meeting.\n"
    )
    assert len(paragraphs(text)) == 2


def test_capitals_wrapped() -> None:
    text = (
        "THE GOVERNOR TODAY INAUGURATED A BRIDGE OVER THE RIVER IN THE NORTHERN\n"
        "PROVINCE, WHICH WILL SHORTEN THE WAY TO THE CAPITAL BY TWO HOURS AND IS\n"
        "TO CARRY TRAINS FROM NEXT YEAR.  ENGINEERS FROM THREE COUNTRIES BUILT IT.\n\n"
        "THE OPPOSITION STAYED AWAY.\n"
    )
    assert len(paragraphs(text)) == 2


def test_a_page_break_in_mid_sentence_is_closed() -> None:
    text = (
        "Mr. Speaker, the roads of my district were built sixty years ago and\n"
        "nobody has looked at the bridges since, which is why I ask my\ncolleagues to\n\n\n"
        "support this bill and the inspections that it pays for over the next\nfive years.\n"
    )
    assert len(paragraphs(text)) == 1


def test_lines_that_are_paragraphs_stay_apart() -> None:
    text = (
        "Ferry strike ends\n"
        "Crews of the island ferries went back to work on Tuesday after an agreement about shifts was reached.\n"
        "Passengers had waited for three days.\n"
        "The union called the agreement a success, and said that it would watch closely how shifts are drawn up.\n"
    )
    assert len(paragraphs(text)) == 4


def test_a_word_broken_by_the_line_is_mended_only_where_the_text_has_it_whole() -> None:
    text = (
        "The government said that negotiations about the treaty went on all night, and the govern-\n"
        "ment expects an end to them, a well-\nknown optimist being its chief negotiator in the talks.\n"
    )
    (found,) = paragraphs(text)
    assert "the government expects" in found
    assert "well-known" in found


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("co\u00adop\u200beration \u202eabc\u202c\ufeff", "cooperation abc"),
        ("cafe\u0301", "café"),
        ("AT&amp;T &amp;lt;T&amp;gt;", "AT&T <T>"),
        ("end\x03\x00", "end"),
        ("R&D; &copy", "R&D; &copy"),
    ],
)
def test_characters(raw: str, clean: str) -> None:
    assert normalize(raw) == clean


def test_odd_spaces_are_spaces() -> None:
    assert paragraphs(normalize("40\u00a0million\u2009euros \t were paid")) == ["40 million euros were paid"]


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_comes_out_in_folded_lines(text: str) -> None:
    folded = normalize(text)
    assert normalize(folded) == folded
    assert unicodedata.is_normalized("NFC", folded)
    for paragraph in paragraphs(folded):
        assert paragraph == paragraph.strip(" ")
        assert paragraph.splitlines() == [paragraph]
        assert "  " not in paragraph


@settings(max_examples=200, deadline=None)
@given(st.text("ab A.,-\n 1", max_size=200))
def test_no_word_is_lost_and_none_made(text: str) -> None:
    def letters(t: str) -> str:
        return "".join(c for c in t if c not in " \n-")

    assert letters("\n\n".join(paragraphs(text))) == letters(text)


def test_what_was_mended_is_named() -> None:
    raw = "The minis\u00adter said\r\nso &amp; left."
    assert mended_in(raw) == ["line breaks", "invisible characters", "entities"]
    assert mended_in("Nothing is wrong here.") == []
    wrapped = "The government of the re-\npublic said on Friday that the\nrepublic was ready for talks\nwith its neighbours on water."
    assert joined_in(wrapped, paragraphs(wrapped)) == ["wrapped lines", "hyphens"]
    assert joined_in("One line.\n\nAnother line.", ["One line.", "Another line."]) == []


IN_COLUMNS = (
    "The government of Chile said on Monday that it would lend Fiji $12 million over four years for wells in the west of the island, where people have "
    "had to walk to the river for a year since the old pumps broke in a storm.",
    "The minister of finance of Fiji, Ana Vula, told reporters in Suva that the loan was the largest that her country had had from Chile, and that work "
    "on the wells would begin before the rains.",
)


@pytest.mark.parametrize("width", [18, 22, 26, 34, 40, 72])
@pytest.mark.parametrize("indent", ["", "   "])
def test_a_column_of_any_width_is_joined_whole(width: int, indent: str) -> None:
    gap = "\n" if indent else "\n\n"
    text = gap.join(textwrap.fill(p, width, initial_indent=indent, break_on_hyphens=False) for p in IN_COLUMNS)
    assert paragraphs(text) == list(IN_COLUMNS)


@pytest.mark.parametrize("width", [34, 48, 58])
def test_lines_that_stand_apart_are_joined_as_a_column_shows(width: int) -> None:
    lines = [line for p in IN_COLUMNS for line in [*textwrap.wrap(p, width, break_on_hyphens=False), ""]]
    assert paragraphs("\n\n".join(lines).replace("\n\n\n\n", "\n\n\n")) == list(IN_COLUMNS)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_short_lines_that_fill_no_column_stay(gap: str) -> None:
    lines = [
        "Ministers present at the talks:", "Ana Vula, Fiji", "Leo Borg, Malta", "Kenji Mori, Japan", "Ines Rojas, Chile",
        "They agreed on wells for the west.", "Peru protested to Malta.", "Gabon closed its border.",
    ]  # fmt: skip
    assert paragraphs(gap.join(lines)) == lines
