"""Names of states, towns and people that mean another thing by date, by the words beside them, or by who was named before."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.extract.reading import facts_without_reading

STATES = [
    (1961, "Congo accused Belgium on Tuesday. Premier Patrice Lumumba left Leopoldville.", "Congo", "COD"),
    (2012, "Congo accused Belgium on Tuesday. President Denis Sassou Nguesso left Brazzaville.", "Congo", "COG"),
    (2012, "DR Congo accused Rwanda on Tuesday.", "DR Congo", "COD"),
    (1990, "Zaire accused Belgium on Tuesday.", "Zaire", "COD"),
    (1980, "Upper Volta accused Mali on Tuesday.", "Upper Volta", "BFA"),
    (1965, "Ceylon accused India on Tuesday.", "Ceylon", "LKA"),
    (1978, "Rhodesia accused Zambia on Tuesday.", "Rhodesia", "ZWE"),
    (2019, "Eswatini accused Mozambique on Tuesday.", "Eswatini", "SWZ"),
    (2019, "Cabo Verde accused Senegal on Tuesday.", "Cabo Verde", "CPV"),
    (2023, "Türkiye accused Greece on Tuesday.", "Türkiye", "TUR"),
    (2019, "Timor-Leste accused Australia on Tuesday.", "Timor-Leste", "TLS"),
    (2005, "FYROM accused Greece on Tuesday.", "FYROM", "MKD"),
    (2020, "North Macedonia accused Bulgaria on Tuesday.", "North Macedonia", "MKD"),
    (1985, "East Germany accused Poland on Tuesday.", "East Germany", "DDR"),
    (1985, "Czechoslovakia accused Austria on Tuesday.", "Czechoslovakia", "CSK"),
    (2004, "Serbia and Montenegro accused Albania on Tuesday.", "Serbia and Montenegro", "SCG"),
    (1985, "Peking accused Hanoi on Tuesday.", "Peking", "CHN"),
    (1961, "The Republic of China accused Japan on Tuesday. Taipei said so.", "Republic of China", "TWN"),
    (2012, "The ROK accused the DPRK on Tuesday.", "ROK", "KOR"),
    (2012, "Georgia accused Russia on Tuesday. Tbilisi said so.", "Georgia", "GEO"),
    (2012, "Cote d'Ivoire accused Ghana on Tuesday.", "Cote d'Ivoire", "CIV"),
    (2012, "St. Kitts and Nevis accused Cuba on Tuesday.", "St. Kitts and Nevis", "KNA"),
    # official names in initials, cut short, and what people write for them
    (2010, "Lao P.D.R. accused Japan on Tuesday.", "Lao P.D.R", "LAO"),
    (2010, "DPR Korea accused Japan on Tuesday.", "DPR Korea", "PRK"),
    (2010, "Japan accused DPR of Korea on Tuesday.", "DPR of Korea", "PRK"),
    (2010, "P.R. China accused Japan on Tuesday.", "P.R. China", "CHN"),
    (1985, "FR Germany accused Japan on Tuesday.", "FR Germany", "DEU"),
    (2010, "UR Tanzania accused Japan on Tuesday.", "UR Tanzania", "TZA"),
    (2010, "Rwanda accused DR of Congo on Tuesday.", "DR of Congo", "COD"),
    (2010, "Dem. Rep. of Congo accused Rwanda on Tuesday.", "Dem. Rep. of Congo", "COD"),
    (2010, "Rep. of Korea accused Japan on Tuesday.", "Rep. of Korea", "KOR"),
    (1985, "PDR Yemen accused Oman on Tuesday.", "PDR Yemen", "YMD"),
    (1985, "PR Congo accused Zaire on Tuesday.", "PR Congo", "COG"),
    (2012, "The UAE's minister accused Japan on Tuesday.", "UAE", "ARE"),
    (2012, "PNG accused Australia on Tuesday.", "PNG", "PNG"),
    (2012, "NZ accused Japan on Tuesday.", "NZ", "NZL"),
    (2012, "KSA accused Iran on Tuesday.", "KSA", "SAU"),
    (2012, "BiH accused Serbia on Tuesday.", "BiH", "BIH"),
    (2012, "T&T accused Venezuela on Tuesday.", "T&T", "TTO"),
    (2013, "S. Sudan accused Uganda on Tuesday.", "S. Sudan", "SSD"),
    (2014, "The CAR accused Chad on Tuesday.", "CAR", "CAF"),
    (2012, "Trinidad accused Venezuela on Tuesday.", "Trinidad", "TTO"),
]


@pytest.mark.parametrize(("year", "text", "name", "state"), STATES)
def test_a_state_is_who_the_text_means(year: int, text: str, name: str, state: str) -> None:
    facts = facts_without_reading(text, date(year, 5, 10))
    found = [facts.entities[m.entity].country for m in facts.mentions if name in m.text]
    assert found
    assert found[0] == state


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Police in Togo found a CAR bomb on Tuesday.", "CAF"),
        ("FORD SELLS A CAR PLANT IN GHANA. The CAR PLANT makes cars.", "CAF"),
        ("The PR firm Kekst advised Ghana on Tuesday.", "CHN"),
        ("IR lamps from Ghana were sold in Togo on Tuesday.", "IRN"),
    ],
)
def test_letters_of_another_sense_name_no_state(text: str, state: str) -> None:
    found = {e.country for e in facts_without_reading(text).entities}
    assert found
    assert state not in found


TOWNS = [
    ("Police in Moscow, Idaho, criticised Iran on Thursday.", "RUS"),
    ("Officials in Athens, Georgia, criticised Iran on Thursday.", "GRC"),
    ("Officials in Lebanon, Tennessee, criticised Iran on Thursday.", "LBN"),
    ("Officials in St. Petersburg, Florida, criticised Iran on Thursday.", "RUS"),
    ("Officials in Vienna, Va., criticised Iran on Thursday.", "AUT"),
    ("Officials in Peru, Indiana, criticised Iran on Thursday.", "PER"),
    ("Officials in Perth, Ontario, criticised Iran on Thursday.", "AUS"),
    ("Officials in Sydney, Nova Scotia, criticised Iran on Thursday.", "AUS"),
    ("Officials in Berlin, N.H., criticised Iran on Thursday.", "DEU"),
    ("Officials in Melbourne, Florida, criticised Iran on Thursday.", "AUS"),
]


@pytest.mark.parametrize(("text", "state"), TOWNS)
def test_a_town_in_an_american_state_is_there(text: str, state: str) -> None:
    facts = facts_without_reading(text)
    assert state not in {e.country for e in facts.entities}


PEOPLE = [
    ("South Korean President Park Geun-hye visited Kenya on Tuesday. Park thanked Kenya.", "Park", "Park Geun-hye"),
    ("South Korean President Moon Jae-in visited Kenya on Tuesday. Moon thanked Kenya.", "Moon", "Moon Jae-in"),
    ("Vietnamese leader Nguyen Phu Trong visited Cuba on Tuesday. Trong thanked Cuba.", "Trong", "Nguyen Phu Trong"),
    ("Singapore's Prime Minister Lee Kuan Yew visited Japan on Tuesday. Lee thanked Japan.", "Lee", "Lee Kuan Yew"),
    ("Brazilian President Luiz Inácio Lula da Silva visited Cuba on Tuesday. Lula thanked Cuba.", "Lula", "Luiz Inácio Lula da Silva"),
    ("Taiwan's President Tsai Ing-wen visited Palau on Tuesday. Tsai thanked Palau.", "Tsai", "Tsai Ing-wen"),
    ("Secretary-General Kofi Annan and his son Kojo Annan visited Ghana. Mr. Kofi Annan thanked Ghana.", "Annan", "Kofi Annan"),
    ("President George W. Bush and Laura Bush visited Mali on Tuesday. Mrs. Bush thanked Mali.", "Bush", "Laura Bush"),
    ("Margaret Thatcher and Denis Thatcher visited Mali on Tuesday. Mrs Thatcher thanked Mali.", "Thatcher", "Margaret Thatcher"),
    ("Turkish President Recep Tayyip Erdoğan visited Mali on Tuesday. Erdogan thanked Mali.", "Erdogan", "Recep Tayyip Erdoğan"),
    ("Colombian President Juan Manuel Santos Calderón visited Peru on Tuesday. Santos thanked Peru.", "Santos", "Juan Manuel Santos Calderón"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "last", "name"), PEOPLE)
def test_a_short_name_is_the_person_named_before(text: str, last: str, name: str) -> None:
    facts = facts_without_reading(text)
    people = [m for m in facts.mentions if last in m.text and facts.entities[m.entity].actor_type == "person"]
    assert people
    final = max(people, key=lambda m: m.start_char)
    assert final.start_char > text.index(". ")
    assert facts.entities[final.entity].name == name


SUMS_BEHIND = [
    ("Norway gave Chad USD 51 million on Monday.", "Chad"),
    ("Sweden gave Cuba SEK 20 million on Monday.", "Cuba"),
    ("Sweden gave Oman a quarter of a million dollars on Monday.", "Oman"),
    ("Germany gave Togo Euro 5 million on Monday.", "Togo"),
    ("Japan gave Laos Y5bn on Monday.", "Laos"),
]


@pytest.mark.parametrize(("text", "name"), SUMS_BEHIND)
def test_a_name_ends_before_a_sum(text: str, name: str) -> None:
    facts = facts_without_reading(text)
    assert name in {facts.entities[m.entity].name for m in facts.mentions}
    assert not [e.name for e in facts.entities if e.name.startswith(name + " ")]
    assert len(facts.figures) == 1


DAYS = [
    ("In the first quarter Japan gave Laos money.", date(2010, 1, 1), date(2010, 3, 31)),
    ("In 3Q 2009 Japan gave Laos money.", date(2009, 7, 1), date(2009, 9, 30)),
    ("In Q4 of 2009 Japan gave Laos money.", date(2009, 10, 1), date(2009, 12, 31)),
    ("In the fourth quarter of last year Japan gave Laos money.", date(2009, 10, 1), date(2009, 12, 31)),
    ("Last quarter Japan gave Laos money.", date(2010, 1, 1), date(2010, 3, 31)),
    ("In the second half of 2009 Japan gave Laos money.", date(2009, 7, 1), date(2009, 12, 31)),
]


@pytest.mark.parametrize(("text", "first", "last"), DAYS)
def test_periods_of_a_quarter(text: str, first: date, last: date) -> None:
    times = facts_without_reading(text).time_expressions
    assert (first, last) in [(t.date_start, t.date_end) for t in times], [
        (t.text, t.date_start, t.date_end) for t in times
    ]


SPOKEN = [
    ("«We will help Ghana next year», said Ola Berg.", "We will help Ghana next year", "Ola Berg"),
]


@pytest.mark.parametrize(("text", "words", "speaker"), SPOKEN)
def test_marks_of_speech_of_many_houses(text: str, words: str, speaker: str) -> None:
    facts = facts_without_reading(text)
    found = [
        (q.text, facts.entities[q.speaker].name if q.speaker is not None else None) for q in facts.quotes if q.is_direct
    ]
    assert found == [(words, speaker)]


KINGS = [
    ("Iraqi President Saddam Hussein met Jordan's King Hussein on Tuesday. King Hussein thanked Iraq.", "JOR"),
    ("King Hussein of Jordan met Saddam Hussein on Tuesday. King Hussein thanked Iraq.", "JOR"),
    ("President Saddam Hussein met King Hussein in Baghdad on Tuesday. King Hussein thanked Iraq.", "JOR"),
]


@pytest.mark.parametrize(("text", "state"), KINGS)
def test_a_king_is_not_the_bearer_of_his_name_who_rules_elsewhere(text: str, state: str) -> None:
    facts = facts_without_reading(text, date(1995, 5, 10))
    found = [facts.entities[m.entity] for m in facts.mentions if m.text == "Hussein"]
    assert [(e.name, e.country) for e in found] == [("King Hussein", state)] * 2
    (other,) = {facts.entities[m.entity].name for m in facts.mentions if m.text == "Saddam Hussein"}
    assert other == "Saddam Hussein"


def test_a_prince_who_was_told_as_leader_before_stays_one_person() -> None:
    text = "Cambodian leader Norodom Sihanouk visited Mali on Tuesday. Prince Sihanouk thanked Mali."
    facts = facts_without_reading(text, date(1990, 5, 10))
    assert [e.name for e in facts.entities if e.actor_type == "person"] == ["Norodom Sihanouk"]


# text, words of an actor's name, and its state; "" where no actor has it
WHOSE = [
    (
        "Sudan asked for food on Monday. Ban Ki-moon spoke in Khartoum of the war in Sudan. Sudan thanked Ban.",
        "Ban Ki-moon",
        None,
    ),
    ("Sheikh Hasina met Narendra Modi on Monday. Hasina thanked Modi.", "Hasina", "BGD"),
    (
        "Israel Katz told reporters on Monday that Turkey was wrong. Katz is the foreign minister of Israel.",
        "Israel",
        "ISR",
    ),
    ("Chad Miller met Vernon Jordan on Monday. Chad praised the city.", "Chad", None),
    ("Macau lent Niue 5 million dollars on Monday.", "Macau", "MAC"),
    ("Ships met in the South China Sea and the Gulf of Mexico on Monday, the navy of Chile said.", "Chile", "CHL"),
]


@pytest.mark.parametrize(("text", "name", "state"), WHOSE)
def test_whose_somebody_is(text: str, name: str, state: str | None) -> None:
    found = [
        e
        for e in facts_without_reading(text, date(2015, 6, 16)).entities
        if name in e.name and e.actor_type != "person"
    ]
    found = found or [e for e in facts_without_reading(text, date(2015, 6, 16)).entities if name in e.name]
    assert found
    assert found[0].country == state


def test_a_water_called_after_a_state_is_nobody() -> None:
    text = "Ships met in the South China Sea and the Gulf of Mexico on Monday, the navy of Chile said. The Jordan River rose."
    assert {e.country for e in facts_without_reading(text).entities if e.country} == {"CHL"}
