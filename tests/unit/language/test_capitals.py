"""Text in capitals, or without them, is given ordinary letters, of equal length; other text stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.language.capitals import may_be_restored, restore
from tests.unit.extract.reading import facts_of, named

WIRE = (
    "THE PERUVIAN GOVERNMENT TODAY EXPELLED TWO DIPLOMATS, FOREIGN MINISTER LUIS QUISPE SAID IN LIMA. "
    "IT WAS THE 2ND CASE SINCE MAY, HE ADDED, AND PERU'S PRICES ROSE."
)


def test_a_wire_in_capitals_reads_as_ordinary_print() -> None:
    assert restore(WIRE) == (
        "The Peruvian government today expelled two diplomats, Foreign Minister Luis Quispe said in Lima. "
        "It was the 2nd case since May, he added, and Peru's prices rose."
    )


def test_a_short_form_in_brackets_keeps_its_capitals_throughout() -> None:
    text = "THE RIVER PEOPLE'S UNITED MOVEMENT [RPUM] MET THE GOVERNMENT ON MONDAY, A SPEAKER OF RPUM SAID."
    assert restore(text).count("RPUM") == 2


@pytest.mark.parametrize(
    "text",
    [
        "Norway's prime minister met NATO officials in Vienna on Monday.",
        "NORWAY WINS",
        "",
        "THE END of a long story that is printed as usual after its first two words, as many papers do.",
    ],
)
def test_ordinary_print_and_short_headings_stay(text: str) -> None:
    assert restore(text) == text


SMALL = (
    "peru received the first 20 mln dlrs of a credit from japan's export bank in march, finance minister luis quispe said.\n\n"
    "the funds are for a road between lima and the pacific coast, he told reporters. imports from japan rose."
)


def test_a_text_without_capitals_gets_those_of_names_and_sentences() -> None:
    found = restore(SMALL)
    assert found.startswith("Peru received the first 20 mln dlrs of a credit from Japan's")
    assert "in March, Finance Minister Luis Quispe said.\n\nThe funds" in found
    assert "between Lima and the Pacific coast, he told reporters. Imports from Japan rose." in found


def test_capitals_that_such_a_text_prints_stay() -> None:
    found = restore(SMALL + "\n\n" + SMALL.replace("he told", "UNHCR told"))
    assert "UNHCR told reporters" in found
    assert found.startswith("Peru received")


def test_facts_of_a_text_without_capitals_are_those_of_ordinary_print() -> None:
    small = "norway lent chad $5 million in april, the norwegian foreign ministry said in oslo on monday. chad will repay norway by 1999."
    facts, usual = facts_of(small), facts_of(restore(small))
    assert [f.figure_kind for f in facts.figures] == ["loan"]
    for found in (facts, usual):
        (figure,) = found.figures
        assert [found.entities[i].name for i in (figure.payer, figure.payee) if i is not None] == ["Norway", "Chad"]


def test_paragraphs_are_told_apart() -> None:
    ordinary = "Norway met Chad in Vienna."
    assert restore(f"{ordinary}\n\n{WIRE}").startswith(f"{ordinary}\n\nThe Peruvian")


@given(st.text(max_size=300))
def test_lengths_never_change(text: str) -> None:
    assert len(restore(text)) == len(text)
    assert len(restore(text.upper())) == len(text.upper())
    if restore(text) != text:
        assert may_be_restored(text)


def test_facts_of_a_text_in_capitals_have_ordinary_names_and_the_words_as_printed() -> None:
    facts = facts_of(WIRE)
    (found,) = facts.events
    assert found.trigger == "EXPELLED"
    assert named(facts, found.sources) == ["Peru"]
    assert found.attributed_to is not None
    assert facts.entities[found.attributed_to].name == "Luis Quispe"
    assert facts.mentions
    assert all(WIRE[m.start_char : m.end_char] == m.text for m in facts.mentions)
