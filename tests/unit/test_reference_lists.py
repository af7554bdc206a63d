"""Lists that decide what a word means: their rows are consistent with one another and with the lists that they name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import pipelines
from pipelines.reference import name_contexts, rows, split
from pipelines.reference.countries import states
from pipelines.reference.currency_units import codes_by_word, currencies
from pipelines.reference.dac_wording import wording
from pipelines.reference.minor_units import minor_units
from pipelines.reference.months import MONTHS, full_year, month_of
from pipelines.reference.namesakes import meant, namesakes
from pipelines.reference.organisation_words import type_words
from pipelines.reference.organisations import by_name
from pipelines.reference.seats import seats
from pipelines.reference.word_lists import word_list

PACKAGE = Path(pipelines.__file__).parent


def test_bodies_that_sit_in_a_capital_and_their_organs_are_known_organisations() -> None:
    assert seats()
    for seat in seats().values():
        assert seat.city in states()[seat.iso3].capitals
        assert {seat.body, *seat.organs} <= by_name().keys()


@pytest.mark.parametrize(
    ("word", "text", "iso3"),
    [
        ("Georgia", "Georgia sent aid to Moldova. Armenia thanked it.", "GEO"),
        ("Georgia", "Georgia lawmakers met in Atlanta. A Republican spoke of Russia.", "USA"),
        ("Georgia", "Georgia thanked Peru.", "GEO"),
        ("Congo", "Congo thanked Peru.", "COD"),
        ("Congolese", "Congolese ministers met in Brazzaville.", "COG"),
        ("Congo", "The Democratic Republic of Congo and its neighbour, over the river in Brazzaville, met.", "COD"),
        ("Congo", "The Republic of Congo thanked Peru.", "COG"),
        ("Male", "Male students went home.", None),
        ("Male", "Maldivian ministers met in Male.", "MDV"),
    ],
)
def test_a_name_that_several_bear_is_told_by_the_text(word: str, text: str, iso3: str | None) -> None:
    assert meant(word, text).iso3 == iso3


def test_senses_are_of_states_that_there_are() -> None:
    assert namesakes()
    for senses in namesakes().values():
        assert len(senses) > 1
        assert {s.iso3 for s in senses if s.iso3} <= states().keys()


def test_a_row_of_contexts_that_is_not_there_is_an_error() -> None:
    assert "backed" in name_contexts.words("behind a hyphen")
    with pytest.raises(KeyError, match="name_contexts"):
        name_contexts.words("behind the moon")


def test_codes_behind_abbreviated_millions_are_currencies() -> None:
    (codes,) = (split(row["words"]) for row in rows("abbreviations.csv") if row["goes_on_before"] == "sum")
    assert {c for c in codes if c.isupper() and len(c) == 3} <= currencies().keys()
    assert len(codes) > 5


def test_a_word_tells_one_type_of_organisation() -> None:
    assert len(type_words()) > 5
    seen: set[str] = set()
    for _, words in type_words():
        assert not words & seen
        seen |= words


def test_months_and_years_of_two_digits() -> None:
    assert {month_of(name) for name in MONTHS} == set(range(1, 13))
    assert (month_of("SEPT"), month_of("Junio")) == (9, 6)
    with pytest.raises(ValueError, match="monday"):
        month_of("monday")
    assert [full_year(y) for y in ("1987", "87", "05", "45")] == [1987, 1987, 2005, 1945]


WORD_LISTS = ("actor_words.csv", "speech_words.csv", "sum_words.csv")


@pytest.mark.parametrize("file", WORD_LISTS)
def test_every_list_of_words_is_asked_for_and_every_one_asked_for_is_there(file: str) -> None:
    asked = set()
    for module in PACKAGE.rglob("*.py"):
        asked |= set(
            re.findall(rf'word_list\(\s*["\']{file}["\'], ["\']([^"\']+)["\']', module.read_text(encoding="utf8"))
        )
    lists = rows(file)
    assert lists
    listed = [row["list"] for row in lists]
    assert len(listed) == len(set(listed)) > 4
    assert set(listed) == asked
    for row in lists:
        words = split(row["words"])
        assert row["decides"]
        assert words == sorted(set(words)), f"{row['list']}: each word once, in their order"


def test_a_list_of_words_that_is_not_there_is_an_error() -> None:
    assert "ministry" in word_list("actor_words.csv", "heads of state bodies")
    with pytest.raises(KeyError, match=r"actor_words\.csv has no list 'heads of cabbage'"):
        word_list("actor_words.csv", "heads of cabbage")


def test_smaller_units_are_of_units_that_there_are() -> None:
    assert minor_units()["pence"].currencies == ("GBP",)
    for word, unit in minor_units().items():
        assert unit.of in codes_by_word(), word
        assert set(unit.currencies) <= currencies().keys()
        assert unit.factor > 0


def test_wording_settles_codes_of_the_list_within_their_sector() -> None:
    listed = {row["code"] for row in rows("dac_purposes.csv")} | {"110", "120", "230"}
    within = {row["within"] for row in rows("dac_wording.csv")}
    assert within
    assert within <= listed
    for sector in within:
        assert wording(sector)
        assert {code for code, _ in wording(sector)} <= listed
