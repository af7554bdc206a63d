"""DAC sector and CRS purpose of phrases and descriptions of our own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.extract.facts import FieldEvidence, Figure
from pipelines.extract.money.assemble import _leave_sectors_to_parts
from pipelines.extract.money.purpose import code_of_money, purpose_names
from pipelines.extract.money.purpose_detail import refine
from pipelines.extract.money.purpose_model import Told, detail_model, sector_model


@pytest.mark.parametrize(
    ("sector", "phrase", "code"),
    [
        ("210", "the repair of rural roads", "21020"),
        # education stays at its head, however plain the level
        ("110", "building primary schools", "110"),
        # two details fit: the sector
        ("210", "roads and airports", "210"),
        ("160", "a gift", "160"),
    ],
)
def test_a_phrase_has_the_digits_that_its_words_settle(sector: str, phrase: str, code: str) -> None:
    assert refine(sector, phrase) == code


@pytest.mark.parametrize(
    ("phrase", "sector"),
    [
        ("the repair of rural roads", "210"),
        ("building primary schools", "110"),
        ("pumps for rice farmers", "311"),
        ("vaccines against measles", "120"),
        ("clearing of mines along the border", "152"),
    ],
)
def test_the_model_tells_the_sector_of_a_purpose(phrase: str, sector: str) -> None:
    told = code_of_money(Told(phrase, f"Norway gave Malawi $3 million for {phrase}."), 0.15)
    assert told is not None
    assert told[0][:3] == sector


def test_the_model_tells_what_it_is_sure_of() -> None:
    words = "to finance the purchase of raw materials and spare parts"
    sentence = "Japan lent Ghana $20 million to finance the purchase of raw materials and spare parts."
    told = code_of_money(Told(words, sentence), 0.15)
    assert told is not None
    assert told[0][:3] in ("510", "530", "321")
    assert 0.15 <= told[1] <= 1
    assert code_of_money(Told(words, ""), 1.01) is None
    assert code_of_money(Told(None, "zzz qqq"), 0.0) is None


def test_the_sentence_tells_where_no_words_say_a_purpose() -> None:
    told = code_of_money(Told(None, "Norway gave $3 million after the earthquake for tents and food for victims."), 0.0)
    assert told is not None
    assert told[0] == "720"


def test_title_and_sentences_beside_tell_where_the_sentence_does_not() -> None:
    sentence = "Norway will pay $3 million."
    health = code_of_money(Told(None, sentence, "New hospital for Malawi", "Nurses and doctors will be trained."), 0.0)
    relief = code_of_money(
        Told(None, sentence, "Emergency relief for victims of the earthquake", "Tents and blankets are flown in."), 0.0
    )
    assert health is not None
    assert relief is not None
    assert health[0] == "120"
    assert relief[0] == "720"


def test_models_know_codes_of_the_list_alone() -> None:
    assert set(sector_model().classes) | set(detail_model().classes) <= purpose_names().keys()


def test_the_likeliest_is_of_the_sector_that_is_asked() -> None:
    told = detail_model().likeliest("new railway line and road bridges", "210")
    assert told is not None
    assert told[0].startswith("210")
    assert 0 < told[1] <= 1
    assert detail_model().likeliest("railway", "740") is not None
    assert detail_model().likeliest("railway", "999") is None
    assert detail_model().likeliest("zzz qqq", "210") is None


def test_a_total_has_no_sector_by_the_words_of_its_part() -> None:
    def figure(purpose: str | None, code: str, part_of: int | None) -> Figure:
        amount = Decimal(5)
        found = Figure(0, 0, 2, "$5", amount, None, None, "USD", qualifier="exact", confidence=1.0)
        found.purpose, found.purpose_code, found.purpose_name, found.part_of = purpose, code, "x", part_of
        found.evidence = [FieldEvidence("purpose_code", code, "model of sectors")]
        return found

    whole, part, other = figure(None, "152", None), figure("police", "152", 0), figure(None, "210", None)
    _leave_sectors_to_parts([whole, part, other])
    assert (whole.purpose_code, whole.purpose_name, whole.evidence) == (None, None, [])
    assert [part.purpose_code, other.purpose_code] == ["152", "210"]
    assert part.evidence
    assert other.evidence
