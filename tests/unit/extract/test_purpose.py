"""DAC sector and CRS purpose of phrases and descriptions of our own."""

from __future__ import annotations

import pytest

from pipelines.extract.money.purpose import code_by_rule, code_of_phrase, code_of_text, purpose_names
from pipelines.extract.money.purpose_model import detail_model, model


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("the repair of rural roads", "21020"),
        # education stays at its head, however plain the level
        ("building primary schools", "110"),
        ("the agriculture of the north", "311"),
        # two details fit: the sector
        ("roads and airports", "210"),
        ("a gift", None),
    ],
)
def test_a_phrase_has_the_digits_that_its_words_settle(phrase: str, code: str | None) -> None:
    assert code_of_phrase(phrase) == code


def test_where_no_word_settles_it_the_model_tells_what_it_is_sure_of() -> None:
    fed = "feeding drought victims with food"
    assert code_by_rule(fed) == "720"
    assert code_of_phrase(fed) == "72040"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Road repair. The project repairs 200 km of gravel roads in the north.", "21020"),
        # a code that the model has not learnt: words decide alone
        ("Election observers. Forty observers of the election in March.", "15151"),
        ("Hospital equipment. X-ray machines for a hospital.", "120"),
    ],
)
def test_a_description_has_the_digits_that_model_and_words_agree_on(text: str, code: str) -> None:
    assert code_of_text(text) == code


def test_models_know_codes_of_the_list_alone() -> None:
    assert set(model().classes) | set(detail_model().classes) <= purpose_names().keys()


def test_the_likeliest_is_of_the_sector_that_is_asked() -> None:
    told = detail_model().likeliest("new railway line and road bridges", "210")
    assert told is not None
    assert told[0].startswith("210")
    assert 0 < told[1] <= 1
    assert detail_model().likeliest("railway", "740") is not None
    assert detail_model().likeliest("railway", "999") is None
    assert detail_model().likeliest("zzz qqq", "210") is None
