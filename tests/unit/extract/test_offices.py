"""Persons known by their office: in whose name which state is told, and where it is not."""

from datetime import date

import pytest

from pipelines.reference.offices import holder_spelt_like, in_office, office_holder, state_of_surname, terms
from tests.unit.extract.reading import facts_without_reading

DAY = date(2010, 6, 16)


def _country(text: str, on: date | None = DAY) -> str | None:
    return next(e.country for e in facts_without_reading(text, on).entities if e.actor_type == "person")


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("President Yoweri Museveni said the rains had come late.", "UGA"),
        ("President Pierre Nkurunzisa said the rains had come late.", "BDI"),  # a slip of the pen
        ("Prime Minister Balkenende said the rains had come late.", "NLD"),
        ("Peter O'Neill said the rains had come late.", None),  # many bear the name
    ],
)
def test_a_leader_is_of_his_state(text: str, country: str | None) -> None:
    assert _country(text) == country


def test_the_title_leaves_open_which_bush_but_not_which_state() -> None:
    assert _country("President Bush said the rains had come late.", None) == "USA"


def test_what_the_text_says_goes_first() -> None:
    assert _country("Canadian lawmaker Angela Merkel said the rains had come late.") == "CAN"


def test_offices_change_with_the_day() -> None:
    on = date(1988, 5, 1)
    held = [office_holder("Eduard Shevardnadze", day, None) for day in (on, date(1999, 5, 1))]
    assert [holder.country for holder in held if holder] == ["SUN", "GEO"]
    assert office_holder("Museveni", DAY, "Vice President") is None
    assert in_office("Trump", on) is None
    assert state_of_surname("Reagan", on) == "USA"
    assert holder_spelt_like("Robert Mugabi", on, "Prime Minister") is not None
    assert holder_spelt_like("Robert Mugabi", on, "coach") is None


def test_the_list_is_sound() -> None:
    assert len(terms()) > 100
    assert all(t.since <= t.until for t in terms())
    assert {t.known_by for t in terms()} == {"surname", "", "title"}
    persons = {(t.person, t.country) for t in terms()}
    aliases = {(name, t.country) for t in terms() for name in t.aliases if name != t.person}
    assert not persons & aliases
