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
        ("Chad must open its archives, Norway said on Monday.", "REQUEST", ["Norway"], ["Chad"]),
        ("Norway accused Chad of arming Libyan rebels.", "ACCUSE", ["Norway"], ["Chad"]),
        ("The round of sanctions against Belarus imposed by Norway took effect.", "SANCTION", ["Norway"], ["Belarus"]),
        (
            "Chad was put on a list that was drawn up by Norway, which praised Kosovo.",
            "SUPPORT",
            ["Norway"],
            ["Kosovo"],
        ),
        ("Kenya deployed 400 troops to deter Somalia.", "MOBILIZE", ["Kenya"], ["Somalia"]),
        (
            "Kenyan President Uhuru Kenyatta phoned Somali President Hassan Mohamud.",
            "CONSULT",
            ["Uhuru Kenyatta"],
            ["Hassan Mohamud"],
        ),
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
    events = facts_of(text).events
    assert len(events) == 2
    for found in events:
        assert text[found.start_char : found.end_char] == found.trigger
        assert ":" in found.rule
        assert 0 < found.confidence <= 1


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister of Kenya declined to comment.",
        "Kenyan exports declined nine percent.",
        "Norway agreed that the winter had been mild.",
        "Reporters asked Kenya why the road was closed.",
        "The bill would cut the U.S. trade surplus.",
        "Output has to be adjusted to meet U.S. demand.",
        "The men arrested in Kenya were cousins.",
    ],
)
def test_what_is_no_event(sentence: str) -> None:
    assert facts_of(sentence).events == []


def test_an_attack_in_words_is_no_assault() -> None:
    facts = facts_of("U.S. Senator Jane Roe attacked U.S. President John Doe over the budget.")
    assert [e.event_type for e in facts.events] == ["ACCUSE"]


def test_what_follows_an_act_against_somebody_goes_against_him_too() -> None:
    facts = facts_of("Norway has accused Belarus of fraud and has imposed travel bans.")
    assert named(facts, event(facts, "SANCTION").recipients) == ["Belarus"]


def test_a_sum_tells_whom_a_loan_is_for() -> None:
    facts = facts_of("The World Bank approved $50 million for a road project in Kenya.")
    assert named(facts, event(facts, "AGREE").recipients) == ["Kenya"]


@pytest.mark.parametrize(
    ("sentence", "mode"),
    [
        ("Kenya moved a warship near Somalia.", "weapons"),
        ("Kenya sent 300 soldiers to Somalia.", "troops"),
        ("Norway threatened Belarus with sanctions.", "restrict"),
        ("Kenya threatened to attack Somalia.", "violence"),
        ("Russia annexed Crimea.", "seize"),
    ],
)
def test_modes(sentence: str, mode: str) -> None:
    assert [e.event_mode for e in facts_of(sentence).events] == [mode]


def test_people_count_for_the_state_that_they_live_in() -> None:
    facts = facts_of("Bosnian Serbs rejected the plan of Norway.")
    (source,) = event(facts, "REJECT").sources
    assert facts.entities[source.entity].country == "BIH"


def test_politics_is_surer_than_business() -> None:
    sure = event(facts_of("Norway imposed sanctions on Belarus."), "SANCTION").confidence
    unsure = [
        e.confidence
        for e in facts_of("Acme Corp shares rose as the company agreed to buy Beta Inc for a profit.").events
    ]
    assert sure > 0.7
    assert max(unsure, default=0) < sure
