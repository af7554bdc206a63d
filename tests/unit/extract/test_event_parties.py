"""Who did it to whom where no name stands in the place: unnamed groups, owners, supporters, epithets, pronouns."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import event, facts_of, named


def sides(text: str, event_type: str) -> tuple[list[str], list[str]]:
    facts = facts_of(text)
    found = event(facts, event_type)
    return named(facts, found.sources), named(facts, found.recipients)


@pytest.mark.parametrize(
    ("sentence", "event_type", "recipients"),
    [
        # A group that no name tells apart is told by its own words.
        ("The Kenyan government sued three tobacco companies.", "ACCUSE", ["tobacco companies"]),
        ("The president of Chad called on textile workers to end the strike.", "REQUEST", ["textile workers"]),
        # Nobody farther off is meant.
        ("The government of Chad suspended a teacher for comparing it with the Kenyan government.", "SANCTION", []),
        # Peoples by faith or descent.
        ("The regime of Chad deported Jews to labor camps.", "COERCE", ["Jews"]),
    ],
)
def test_recipients_without_a_name(sentence: str, event_type: str, recipients: list[str]) -> None:
    assert [n.removesuffix(".") for n in sides(sentence, event_type)[1]] == [n.removesuffix(".") for n in recipients]


def test_a_group_without_a_name_can_act() -> None:
    assert sides("Armed men attacked the Kenyan embassy on Monday.", "ASSAULT") == (["armed men"], ["Kenya"])


@pytest.mark.parametrize(
    ("sentence", "event_type", "sources", "recipients"),
    [
        ("Chad blamed Kenya for the bombing of a Sudanese camp.", "ASSAULT", ["Kenya"], ["Sudan"]),
        ("Kenya condemned the murder of a priest by the Sudanese army.", "ACCUSE", ["Kenya"], ["Sudan"]),
        ("The minister's trip follows the decision by Brazil last week to suspend aid to Peru.", "SANCTION",
         ["Brazil"], ["Peru"]),
        ("Rebels of Chad released two Kenyan engineers who were kidnapped in May.", "ASSAULT",
         ["rebels"], ["Kenya"]),
    ],
)  # fmt: skip
def test_doers_behind_a_noun(sentence: str, event_type: str, sources: list[str], recipients: list[str]) -> None:
    found, others = sides(sentence, event_type)
    assert [s.lower() for s in found] == [s.lower() for s in sources]
    assert others == recipients


def test_who_gains_support_is_supported() -> None:
    assert sides("Kenya won the backing of the European Union.", "SUPPORT") == (["European Union"], ["Kenya"])


def test_a_counted_attack_is_not_made_by_whoever_counters_it() -> None:
    facts = facts_of("Kenya deployed troops along the border to counter a wave of attacks.")
    assert [e.event_type for e in facts.events if e.event_type == "ASSAULT"] == []


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Chad and Norway threatened each other.", []),
    ],
)
def test_whom_an_epithet_or_a_reciprocal_means(text: str, recipients: list[str]) -> None:
    facts = facts_of(text)
    assert [named(facts, e.recipients) for e in facts.events if e.event_type == "THREATEN"] == [recipients]


@pytest.mark.parametrize(
    ("text", "event_type", "recipients"),
    [
        ("Kenya tested missiles in breach of U.N. resolutions.", "MOBILIZE", []),
        ("The rebels attacked positions at Lomora near the border of Chad.", "ASSAULT", ["Chad"]),
        ("The government of Kenya arrested ten protesters in the Chadian town of Lomora.", "COERCE", ["Chad"]),
        ("The court of Latvia banned the use of the Russian language.", "COERCE", []),
    ],
)
def test_places_manners_and_topics_are_no_recipients(text: str, event_type: str, recipients: list[str]) -> None:
    assert sides(text, event_type)[1] == recipients


def test_victims_of_a_condemned_murder_are_not_accused() -> None:
    assert sides("Kenya condemned the assassination of President Idris Deby of Chad.", "ACCUSE")[1] == []


def test_a_group_commits_its_murders() -> None:
    assert sides("Chad fell silent after the Islamic State's murders of Kenyans in Lomora.", "ASSAULT") == (
        ["Islamic State"],
        ["Kenyans"],
    )


def test_who_refuses_a_call_is_not_its_addressee() -> None:
    found = sides("The offer of Kenya was rejected by leaders of Chad and by officials of Norway.", "REJECT")
    assert found[1] == ["Kenya"]


def test_support_that_somebody_needs_is_given_to_him() -> None:
    assert sides("Norway provided the financial support that Kenya needs.", "AID") == (["Norway"], ["Kenya"])


def test_an_object_can_be_shared() -> None:
    assert sides("Norway will not harm or threaten Kenya.", "THREATEN")[1] == ["Kenya"]


@pytest.mark.parametrize(
    ("text", "event_type", "sources", "recipients"),
    [
        # The main subject of the sentence before, not one of a clause in it.
        ("Ana Ruiz of Chile recalled how she spoke before Juan Soto resigned. And she thanked Norway.", "SUPPORT",
         ["Ana Ruiz"], ["Norway"]),
        # Things possessed side by side have one owner.
        ("Iran's presence in Syria and its support for Hezbollah worry Israel.", "SUPPORT", ["Iran"], ["Hezbollah"]),
        # An object can be taken up too, where many are meant.
        # A body of persons, the object in the clause above, a body taken for its members.
        ("The Diouf administration said that it would reduce a tariff on Kenya.", "CONCEDE",
         ["Diouf administration"], ["Kenya"]),
        ("President Idris Deby put Kenya on a list of the World Bank, restricting its movements.", "COERCE",
         ["Idris Deby"], ["Kenya"]),
        # The clause above before the sentences before.
    ],
)  # fmt: skip
def test_whom_pronouns_take_up(text: str, event_type: str, sources: list[str], recipients: list[str]) -> None:
    assert sides(text, event_type) == (sources, recipients)


def test_both_are_those_named_side_by_side() -> None:
    text = "Moscow and Oslo criticised Nairobi over the actions of Chad. Both countries supported the United Nations."
    assert sides(text, "SUPPORT")[0] == ["Russia", "Norway"]


def test_nobody_is_he_in_his_own_quotation() -> None:
    text = 'Ana Ruiz met Juan Soto of Chile in May. "He criticised Norway," said Minister Pedro Lema.'
    facts = facts_of(text)
    assert facts.events
    assert all("Pedro Lema" not in named(facts, e.sources) for e in facts.events)


def test_ethnic_groups_are_of_where_they_live() -> None:
    facts = facts_of("Serb forces killed three ethnic Albanians in southeastern Serbia on Friday.")
    found = event(facts, "ASSAULT")
    assert [facts.entities[p.entity].country for p in found.recipients] == ["SRB"]


def test_common_bodies_are_of_the_state_the_text_is_at_home_in() -> None:
    text = (
        "BOGOTA, Colombia -- Colombia is at war. The Supreme Court asked Colombian President Virgilio Barco for help. "
        "Colombia mourned Senator Luis Galan."
    )
    facts = facts_of(text)
    assert {e.country for e in facts.entities if e.name in ("Supreme Court", "Luis Galan")} == {"COL"}
