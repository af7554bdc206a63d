"""Actors of a document: who is named, as what, and which words stand for them."""

from datetime import date

import pytest

from pipelines.extract.facts import Entity, Facts
from tests.unit.extract.reading import facts_without_reading as facts_of


def _entity(facts: Facts, name: str) -> Entity:
    found = [e for e in facts.entities if e.name == name]
    assert len(found) == 1, [e.name for e in facts.entities]
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "name", "kind", "country"),
    [
        ("Kenyan Prime Minister Paul Otieno arrived.", "Paul Otieno", "person", "KEN"),
        ("The Kenyan Defense Ministry denied it.", "Kenyan Defense Ministry", "government_body", "KEN"),
        ("The Associated Press reported it.", "Associated Press", "media", "USA"),
        ("The IMF approved the loan.", "International Monetary Fund", "igo", None),
        ("Hezbollah fired rockets.", "Hezbollah", "armed_group", "LBN"),
        ("Tashkent allowed the flights.", "Uzbekistan", "country", "UZB"),
        ("The United States praised the vote.", "United States", "country", "USA"),
    ],
)
def test_name_type_and_state(sentence: str, name: str, kind: str, country: str | None) -> None:
    found = _entity(facts_of(sentence), name)
    assert (found.actor_type, found.country) == (kind, country)


def test_a_title_is_a_role_and_no_part_of_the_name() -> None:
    assert _entity(facts_of("Kenyan Prime Minister Paul Otieno arrived."), "Paul Otieno").role == "Prime Minister"


def test_a_surname_later_is_the_same_person() -> None:
    facts = facts_of("Kenyan Prime Minister Paul Otieno arrived in Rome. Otieno met the mayor on Friday.")
    person = _entity(facts, "Paul Otieno")
    assert [m.text for m in facts.mentions if m.entity == person.index] == ["Paul Otieno", "Otieno"]


def test_an_office_stands_for_its_holder_whom_the_text_names() -> None:
    facts = facts_of("Kenyan Defense Minister Amina Wanjiru arrived. The Kenyan Defense Minister met the press.")
    person = _entity(facts, "Amina Wanjiru")
    assert [m.text for m in facts.mentions if m.entity == person.index] == ["Amina Wanjiru", "Defense Minister"]


def test_ministers_in_a_list_are_of_one_state() -> None:
    facts = facts_of(
        "He met Kenyan Prime Minister Paul Otieno, Defense Minister Amina Wanjiru, and Foreign Minister Peter Kamau."
    )
    for name in ("Paul Otieno", "Amina Wanjiru", "Peter Kamau"):
        assert _entity(facts, name).country == "KEN"


def test_a_capital_as_a_place_is_not_its_state() -> None:
    facts = facts_of("The ministers met in Tashkent.")
    assert not [m for m in facts.mentions if m.text == "Tashkent"]


def test_mentions_cut_their_words_out_of_the_text() -> None:
    text = "Tashkent allowed the flights, Kenyan Prime Minister Paul Otieno said after a U.S.-Kenyan meeting."
    mentions = facts_of(text).mentions
    assert len(mentions) > 3
    for mention in mentions:
        assert text[mention.start_char : mention.end_char] == mention.text


@pytest.mark.parametrize(
    ("text", "name", "mentions"),
    [
        (
            "The KPTA searched the ship. The Kenyan Ports Transit Administration said the KPTA would stay.",
            "Kenyan Ports Transit Administration",
            ["KPTA", "Kenyan Ports Transit Administration", "KPTA"],
        ),
        (
            "Dartel Group Inc is in talks. Early this month, Dartel made an offer for a rival in Oslo.",
            "Dartel Group Inc",
            ["Dartel Group Inc", "Dartel"],
        ),
        ("Nordavo said profits fell. Nordavo Corp sells ships in Oslo.", "Nordavo Corp", ["Nordavo", "Nordavo Corp"]),
        (
            "Mary Fenwick-Osei spoke in Accra. The plan is good, Fenwick-Osei said.",
            "Mary Fenwick-Osei",
            ["Mary Fenwick-Osei", "Fenwick-Osei"],
        ),
    ],
)
def test_short_forms_are_the_actor_that_the_text_spells_out(text: str, name: str, mentions: list[str]) -> None:
    facts = facts_of(text)
    index = _entity(facts, name).index
    found = sorted(
        (m.start_char, m.text.removeprefix("The "))
        for m in facts.mentions
        if m.entity == index and m.mention_type == "name"
    )
    assert [words for _, words in found] == mentions


def test_georgia_behind_an_american_town_is_no_state() -> None:
    facts = facts_of(
        "Police arrested a contractor from Atlanta, Georgia, on Monday. Russia denied it. Georgia votes soon."
    )
    named = {m.entity for m in facts.mentions if m.mention_type == "name"}
    assert {facts.entities[i].country for i in named if facts.entities[i].actor_type == "country"} == {"RUS"}


def test_a_town_named_after_a_capital_is_no_state() -> None:
    facts = facts_of("The storm reached New Bern on Friday. Officials in New London closed the port.")
    assert not {e.country for e in facts.entities} & {"CHE", "GBR"}


def test_a_name_that_ends_like_a_parliament_is_not_of_its_state() -> None:
    facts = facts_of("The ministers met at the World Cotton Congress in Cairo.")
    assert {e.country_basis for e in facts.entities if "Congress" in e.name} <= {None, "inferred"}


def test_where_somebody_is_from_is_no_office() -> None:
    facts = facts_of("Ana Ruiz of Peru met Paul Otieno of Kenya.")
    assert [(_entity(facts, n).country, _entity(facts, n).role) for n in ("Ana Ruiz", "Paul Otieno")] == [
        ("PER", None),
        ("KEN", None),
    ]


def test_states_carry_their_wikidata_item() -> None:
    facts = facts_of("Kenya praised the Soviet Union.")
    assert (_entity(facts, "Kenya").wikidata_id, _entity(facts, "Soviet Union").wikidata_id) == ("Q114", None)


def test_a_body_is_what_its_people_are() -> None:
    facts = facts_of("ZRK guerrillas attacked a Kenyan border post on Monday. The ZRK freed two farmers.")
    assert _entity(facts, "ZRK").actor_type == "armed_group"
    facts = facts_of("Kenya and the Tigrean Popular Movement met. Tigrean Popular Movement soldiers left on Monday.")
    assert _entity(facts, "Tigrean Popular Movement").actor_type == "armed_forces"


def test_a_soldier_is_one_by_his_rank() -> None:
    assert _entity(facts_of("Corporal Daniel Otieno was killed on Monday."), "Daniel Otieno").role == "Corporal"


@pytest.mark.parametrize("name", ["Moon Jae-in", "Tsai Ing-wen"])
def test_a_name_goes_on_behind_its_hyphen(name: str) -> None:
    facts = facts_of(f"The summit between President {name} and U.S. President Donald Trump ended on Friday.")
    assert _entity(facts, name).actor_type == "person"


def test_a_surname_before_led_or_era_ends_at_the_hyphen() -> None:
    facts = facts_of("Kenya criticized the Paul Otieno-led government on Monday.")
    assert {"Kenya", "Paul Otieno"} == {e.name for e in facts.entities}


def test_another_party_is_not_the_one_named_by_its_last_word() -> None:
    names = {e.name for e in facts_of("The Free Democrats of Germany rejected the offer on Monday.").entities}
    assert "Democratic Party" not in names


def test_what_began_later_is_not_meant() -> None:
    sentence = "An IS mission visited Nicaragua on Monday."
    assert "Islamic State" not in {e.name for e in facts_of(sentence, date(1990, 1, 18)).entities}
    assert "Islamic State" in {e.name for e in facts_of(sentence, date(2016, 1, 18)).entities}


def test_a_name_for_a_few_states_is_each_of_them() -> None:
    facts = facts_of("The United States pledged help to the Baltic states on Monday.")
    assert {"Estonia", "Latvia", "Lithuania"} <= {e.name for e in facts.entities}
    assert "Estonia" not in {e.name for e in facts_of("A ship sank in the Baltic Sea on Monday.").entities}


def test_a_spelling_or_a_place_of_service_says_less_than_the_list_of_offices() -> None:
    facts = facts_of("Defence Secretary Caspar Weinberger criticized Iran.", date(1987, 3, 1))
    assert _entity(facts, "Caspar Weinberger").country == "USA"
    facts = facts_of("Chuck Hagel, a former squad leader in Vietnam, criticized Iran.", date(2014, 1, 1))
    assert _entity(facts, "Chuck Hagel").country == "USA"


def test_a_relative_named_in_passing_does_not_take_the_surname() -> None:
    facts = facts_of(
        "Paul Otieno spoke. Paul Otieno was once married to Mary Otieno. Paul Otieno left. Then Otieno criticized Iran."
    )
    person = _entity(facts, "Paul Otieno")
    assert "Otieno" in [m.text for m in facts.mentions if m.entity == person.index]
