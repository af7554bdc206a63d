"""Raised marks and large letters of pages: notes go, powers and cents stay."""

from __future__ import annotations

import pytest

from pipelines.text.page_markup import with_whole_words, without_notes


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("$40<sup>2</sup> million", "$40 million"),
        ("Smith said.<sup>3</sup> He", "Smith said. He"),
        ("10<sup>9</sup> dollars", "10^9 dollars"),
        ("$4.<sup>99</sup>", "$4.<sup>99</sup>"),
        ("mol<sup>-1</sup>", "mol<sup>-1</sup>"),
    ],
)
def test_raised(html: str, text: str) -> None:
    assert without_notes(html) == text


def test_a_large_first_letter_stands_at_its_word_and_an_initial_apart() -> None:
    assert with_whole_words('<b class="initial">T</b> he') == "The"
    assert with_whole_words('<b class="initial">J</b> Smith') == '<b class="initial">J</b> Smith'
