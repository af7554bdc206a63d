"""Quotations and speakers."""

import pytest

from tests.unit.extract.reading import facts_without_reading


def _direct(text: str) -> list[tuple[str, str | None]]:
    facts = facts_without_reading(text)
    return [
        (q.text, facts.entities[q.speaker].name if q.speaker is not None else None) for q in facts.quotes if q.is_direct
    ]


def test_the_speaker_behind_a_quotation() -> None:
    text = '"We will open the border next week," Kenyan President Paul Otieno said on Monday.'
    assert _direct(text) == [("We will open the border next week,", "Paul Otieno")]


def test_the_speaker_before_a_quotation() -> None:
    text = 'Foreign Minister Lena Hartmann told reporters: "This road serves us all and it will be built."'
    assert _direct(text) == [("This road serves us all and it will be built.", "Lena Hartmann")]


def test_a_quotation_broken_by_its_speaker_is_two() -> None:
    text = '"The talks went very well," said Lena Hartmann. "They will go on in Geneva next month."'
    assert _direct(text) == [
        ("The talks went very well,", "Lena Hartmann"),
        ("They will go on in Geneva next month.", "Lena Hartmann"),
    ]


def test_a_term_in_marks_is_no_quotation() -> None:
    assert _direct('The plan is known as "open skies" among the generals.') == []


def test_an_unclosed_mark_does_not_swallow_the_next_paragraph() -> None:
    text = (
        '"The first part of this was never closed by anyone, he said.\n\nThe second paragraph is no quotation at all.'
    )
    assert "second paragraph" not in " ".join(words for words, _ in _direct(text))
    closed = text.replace("this was never", 'this was" never')
    assert [words for words, _ in _direct(closed)] == ["The first part of this was"]


def test_reported_speech_is_indirect() -> None:
    facts = facts_without_reading("Lena Hartmann said the border between the two countries would open in May.")
    indirect = [q for q in facts.quotes if not q.is_direct]
    assert len(indirect) == 1
    assert indirect[0].text.startswith("the border between")
    assert indirect[0].speaker_text == "Lena Hartmann"


def test_he_is_who_speaks_and_not_who_is_mentioned() -> None:
    text = (
        "Norwegian Prime Minister Jens Stoltenberg said talks were going well. "
        'On the budget, which Erik Hansen has often criticized, he said: "We have nothing to hide from anyone."'
    )
    facts = facts_without_reading(text)
    (quote,) = [q for q in facts.quotes if q.is_direct]
    assert quote.speaker is not None
    assert facts.entities[quote.speaker].name == "Jens Stoltenberg"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # The verb right before a quotation, not one behind it.
        ('Paul Otieno said, "The talks have failed again," when reporters told Ana Ruiz of the vote.', "Paul Otieno"),
        ('"The talks have failed again," objected Paul Otieno.', "Paul Otieno"),
        ('The vote was "a gross violation of the law," according to Amnesty International.', "Amnesty International"),
        # Whom a speaker names in the quotation is not himself.
        ('Paul Otieno arrived on Monday. "If Ana Ruiz will not come, I will leave," he said.', "Paul Otieno"),
        # A paragraph of its own goes on with the speech reported before it.
        (
            'Paul Otieno spoke first. He left soon.\n\nOtieno said that the vote was not fair.\n\n"The count was stopped at night."',
            "Paul Otieno",
        ),
    ],
)
def test_who_speaks(text: str, speaker: str) -> None:
    facts = facts_without_reading(text)
    (quote,) = [q for q in facts.quotes if q.is_direct]
    assert quote.speaker is not None
    assert facts.entities[quote.speaker].name == speaker
