"""Events: type, sides, factuality, attribution, time and place, on sentences of our own."""

from datetime import date

import pytest

from tests.unit.extract.reading import event, facts_of, named


@pytest.mark.parametrize(
    ("sentence", "event_type", "sources", "recipients"),
    [
        ("Norway criticized Chad over the arrests.", "ACCUSE", ["Norway"], ["Chad"]),
        ("Chad was criticized by Norway over the vote.", "ACCUSE", ["Norway"], ["Chad"]),
        ("Japan gave Kenya $74 million in grants.", "AID", ["Japan"], ["Kenya"]),
        ("Kenya received food aid from Japan.", "AID", ["Japan"], ["Kenya"]),
        ("Taliban fighters attacked Pakistan on Friday.", "ASSAULT", ["Taliban"], ["Pakistan"]),
        ("The European Union imposed sanctions on Belarus.", "SANCTION", ["European Union"], ["Belarus"]),
        ("Peru expelled two Bolivian diplomats.", "SANCTION", ["Peru"], ["Bolivia"]),
        ("Egypt asked Sudan to reopen the border.", "REQUEST", ["Egypt"], ["Sudan"]),
        ("Iran rejected the offer of Turkey.", "REJECT", ["Iran"], ["Turkey"]),
    ],
)
def test_who_does_what_to_whom(sentence: str, event_type: str, sources: list[str], recipients: list[str]) -> None:
    facts = facts_of(sentence)
    found = event(facts, event_type)
    assert named(facts, found.sources) == sources
    assert named(facts, found.recipients) == recipients


def test_a_meeting_has_two_sides() -> None:
    facts = facts_of("The leaders of France and Germany held talks with Polish officials in Vienna.")
    found = event(facts, "CONSULT")
    names = {facts.entities[p.entity].country for p in (*found.sources, *found.recipients)}
    assert names == {"FRA", "DEU", "POL"}
    assert found.place_country == "AUT"


@pytest.mark.parametrize(
    ("sentence", "factuality"),
    [
        ("Norway criticized Chad.", "actual"),
        ("Norway will send 50 observers and food aid to Chad.", "planned"),
        ("Norway plans to visit Chad.", "planned"),
        ("Norway did not criticize Chad.", "negated"),
        ("Norway may impose sanctions on Chad.", "possible"),
        ("Norway refused to visit Chad.", "negated"),
    ],
)
def test_factuality(sentence: str, factuality: str) -> None:
    facts = facts_of(sentence)
    found = [e for e in facts.events if e.event_type in ("ACCUSE", "AID", "CONSULT", "SANCTION")]
    if "refused" in sentence:
        assert [e.event_type for e in facts.events] == ["REJECT"]
    else:
        assert [e.factuality for e in found] == [factuality]


def test_what_plover_codes_beside_the_act() -> None:
    assert event(facts_of("Norway will send food aid to Chad."), "AID").plover_type == "AGREE"
    assert event(facts_of("Norway may impose sanctions on Chad."), "SANCTION").plover_type == "SANCTION"
    signed = event(facts_of("Norway and Chad signed a treaty on Friday."), "AGREE")
    assert signed.plover_type == "SUPPORT"


def test_attribution_goes_to_the_innermost_speaker() -> None:
    facts = facts_of("The Associated Press quoted the Kenyan Defense Ministry as saying that Sudan attacked Chad.")
    found = event(facts, "ASSAULT")
    assert found.attributed_to is not None
    assert facts.entities[found.attributed_to].name == "Kenyan Defense Ministry"


def test_the_day_of_the_clause_counts() -> None:
    found = event(facts_of("Norway criticized Chad on 4 March 2009."), "ACCUSE")
    assert (found.date_start, found.date_precision, found.date_basis) == (date(2009, 3, 4), "day", "clause")


@pytest.mark.parametrize(
    "sentence",
    [
        "Shares of the company fell 3 percent on Monday.",
        "Heavy rain hit the coast of Norway.",
        "The striker scored twice in the second half.",
        "Kenya has 47 counties.",
    ],
)
def test_there_is_no_event_where_nobody_does_anything_to_anybody(sentence: str) -> None:
    assert facts_of(sentence).events == []


def test_every_event_says_which_rule_made_it_and_where() -> None:
    text = "Egypt asked Sudan to reopen the border. Peru expelled two Bolivian diplomats."
    for found in facts_of(text).events:
        assert text[found.start_char : found.end_char] == found.trigger
        assert ":" in found.rule
        assert 0 < found.confidence <= 1
