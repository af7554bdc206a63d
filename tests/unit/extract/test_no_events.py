"""What is told in the words of an act and is none, each principle beside an act that it must not take away."""

from datetime import date

import pytest

from pipelines.extract.document import extract_facts
from pipelines.language.annotations import parse_text
from pipelines.language.parse import Article
from tests.unit.extract.reading import event, facts_of


@pytest.mark.parametrize(
    "sentence",
    [
        "If Kenya attacks Somalia, oil will be dear.",
        "If the prime minister of Norway were here, he would criticize Chad.",
        "Had the president of Kenya pledged troops to Somalia, nobody would have noticed.",
        "Will Norway impose sanctions on Chad?",
        "The Norwegian government should release the Chadian prisoners.",
        "Norway usually criticizes Chad.",
        "Any country that refuses Norway's demand is free to go.",
        "The Norwegian foreign minister wants to help Chad.",
        "The constitution of Norway bans slavery.",
        "Most Norwegians support the king of Sweden.",
        "Norwegians demand peace.",
        "The Norwegian court has the power to detain Chadian citizens.",
        "The Norwegian premier could not resist the temptation.",
        "The Norwegian foreign minister offered his own definition of peace.",
        "The Norwegian prime minister asked the Swedes to remember his words.",
        "Norway's economic decline threatens Sweden.",
        "The Norwegian foreign minister was dismissed as a dreamer.",
        "A Norwegian plane crashed in Chad, killing ten soldiers.",
        "Ten Chadian soldiers were killed in a landslide.",
        "Nearly 900 Norwegian soldiers have been killed since 1978.",
        "The trade battle between Norway and Sweden goes on.",
        "Norwegian Prime Minister Lars Berg was ousted in the election.",
        "The Norwegian police left a dog in the car.",
        "Chadian refugees are returning to Sudan.",
        "The Norwegian army can shoot down Russian jets.",
        "Norwegian troops could not leave Chad.",
        "The foreign minister of Norway returned to Norway.",
        "Japan said it would shoot down North Korean missiles.",
        "Analysts do not believe that Chad will attack Sudan.",
        "Norway's prime minister defended its policy towards Chad.",
        "The goal of Norway is to sign an accord with Chad.",
        "The law made it harder for Norwegian troops to leave Chad.",
        "Norwegian Prime Minister Lars Berg hit the campaign trail with Swedish ministers.",
        "The Norwegian army warned that a flood would hit Chad.",
        "The Norwegian president is seeking re-election.",
    ],
)
def test_words_of_an_act_that_tell_of_none(sentence: str) -> None:
    assert [(e.event_type, e.trigger) for e in facts_of(sentence).events] == []


@pytest.mark.parametrize(
    ("sentence", "event_type"),
    [
        ("Norway criticized Chad for attacking Sudan if it was provoked.", "ACCUSE"),
        ("Who was in Oslo after Kenya attacked Somalia?", "ASSAULT"),
        ("Norway may impose sanctions on Chad.", "SANCTION"),
        ("Norway rejected the demand of Chad.", "REJECT"),
        ("The Norwegian parliament banned the import of Chadian oil.", "SANCTION"),
        ("Ten Chadian soldiers were killed in an ambush.", "ASSAULT"),
        ("Two Chadian soldiers were killed when a bomber crashed his truck into a camp.", "ASSAULT"),
        ("Norwegian troops left Chad.", "RETREAT"),
        ("Norway provided Chad with food and tents.", "AID"),
        ("Norway's helicopters fought rebels in a battle for the city of Moundou in Chad.", "ASSAULT"),
        ("Norwegian Foreign Minister Anna Berg returned to Chad for talks.", "CONSULT"),
    ],
)
def test_acts_beside_them_stay(sentence: str, event_type: str) -> None:
    assert event_type in {e.event_type for e in facts_of(sentence).events}


def test_sport_is_no_war() -> None:
    sentence = "Norway beat Chad after its striker shot from the penalty spot and the referee of the football match was attacked."
    assert facts_of(sentence).events == []


def test_links_set_into_a_sentence_are_not_read() -> None:
    text = "Sen. Anna Berg Anna Maria BergNorway attacks Chad over oil | Kenya condemns Sudan MORE (D-Ohio) criticized Norway."
    facts = extract_facts(Article("doc_test", text, published_on=date(2020, 1, 6)), parse_text(text))
    assert {e.trigger for e in facts.events} <= {"criticized"}


@pytest.mark.parametrize(
    ("sentence", "event_type"),
    [
        ("Norway vowed to crack down on Chadian rebels.", "THREATEN"),
        ("Norway vowed to send food to Chad.", "AGREE"),
        ("Norway warned Chad to open its market.", "REQUEST"),
        ("Norway warned Chad not to attack Sudan.", "THREATEN"),
        ("Norway warned Chad that it will strike back.", "THREATEN"),
        ("The Norwegian president softened his criticism of Chad.", "CONCEDE"),
        ("North Korea detonated a nuclear bomb.", "MOBILIZE"),
        ("Tokyo pushed back against calls from Norway.", "REJECT"),
    ],
)
def test_types_that_the_object_decides(sentence: str, event_type: str) -> None:
    assert {e.event_type for e in facts_of(sentence).events} == {event_type}


def test_debate_at_home_demands_nothing() -> None:
    assert facts_of('"Parliament must go on," Norwegian Prime Minister Lars Berg said.').events == []


def test_who_says_what_he_does_reports_nothing() -> None:
    assert event(facts_of("Norway said it rejected the demand of Chad."), "REJECT").attributed_to is None


def test_what_is_added_behind_a_comma_is_not_attributed() -> None:
    facts = facts_of("Kenya said the talks were held in Juba, from which Chad expelled two Norwegian diplomats.")
    assert event(facts, "SANCTION").attributed_to is None


@pytest.mark.parametrize(
    ("sentence", "event_type", "day"),
    [
        ("A Norwegian envoy was shot in Chad as he walked home on Friday.", "ASSAULT", True),
        ("Norway condemned Friday's attack on Chad.", "ACCUSE", False),
        ("Kenya praised Chad on Friday after Norway criticized it.", "ACCUSE", False),
    ],
)
def test_dates_of_their_own_acts(sentence: str, event_type: str, day: bool) -> None:
    assert (event(facts_of(sentence), event_type).date_start is not None) is day
