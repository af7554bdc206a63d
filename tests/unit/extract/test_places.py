"""Where events happen, on sentences of our own."""

from datetime import date

import pytest

from pipelines.reference.former_states import state_on
from tests.unit.extract.reading import event, facts_of


@pytest.mark.parametrize(
    ("sentence", "event_type", "country"),
    [
        ("The foreign minister of Peru met Chilean officials in Lima.", "CONSULT", "PER"),
        ("President Paul Kagame visited Kenya on Monday.", "CONSULT", "KEN"),
        ("Police arrested ten protesters in the Kenyan city of Mombasa.", "COERCE", "KEN"),
        ("Ethiopia attacked Somalia on Friday.", "ASSAULT", "SOM"),
        ("Norway imposed sanctions on Chad over the crisis in Sudan.", "SANCTION", None),
    ],
)
def test_place_of_an_event(sentence: str, event_type: str, country: str | None) -> None:
    assert event(facts_of(sentence), event_type).place_country == country


def test_a_place_of_then_is_in_the_state_of_then() -> None:
    facts = facts_of("Soviet and Norwegian officials held talks in Kiev.", date(1986, 5, 1))
    assert event(facts, "CONSULT").place_country == "SUN"
    assert state_on("UKR", date(1986, 5, 1)) == "SUN"
    assert state_on("UKR", date(1996, 5, 1)) == "UKR"
    assert state_on("UKR", None) == "UKR"


def test_who_came_to_a_place_meets_people_there() -> None:
    facts = facts_of(
        "President Paul Kagame arrived in Tanzania on Monday. Kagame held talks with Tanzanian Defense Minister Ali Juma."
    )
    assert [e.place_country for e in facts.events if e.event_type == "CONSULT"] == ["TZA", "TZA"]


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("Norwegian and Sudanese ministers held talks in Geneva on Monday.", "CHE"),
        ("Norwegian and Sudanese ministers held talks in Cleveland, Ohio, on Monday.", "USA"),
        ("Norwegian and Sudanese ministers held talks in Lyon on Monday.", "FRA"),
    ],
)
def test_a_town_is_a_place_of_its_state(sentence: str, country: str) -> None:
    facts = facts_of(sentence)
    assert event(facts, "CONSULT").place_country == country
    assert country not in {facts.entities[m.entity].country for m in facts.mentions}
