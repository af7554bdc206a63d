"""Names that are easily taken for something else."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.extract.actors.find import find_actors
from pipelines.extract.facts import Entity
from pipelines.language.parse import Article
from tests.unit.extract.reading import parsed


def _named(text: str, day: date | None = date(2012, 3, 10)) -> list[tuple[str, Entity]]:
    """(words, actor) of each name of a text, in text order."""
    actors = find_actors(Article("doc_test", text, published_on=day), parsed(text))
    found = sorted((m.start_char, m.text, m.entity) for m in actors.mentions if m.mention_type in ("name", "metonym"))
    assert found
    return [(words.rstrip("."), actors.entities[entity]) for _, words, entity in found]


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Lao People's Democratic Republic", "LAO"),
        ("Islamic Republic of Mauritania", "MRT"),
        ("Federal Republic of Somalia", "SOM"),
        ("Federal Democratic Republic of Ethiopia", "ETH"),
        ("Democratic Socialist Republic of Sri Lanka", "LKA"),
        ("State of Qatar", "QAT"),
        ("Union of the Comoros", "COM"),
        ("Independent State of Papua New Guinea", "PNG"),
        ("Commonwealth of Australia", "AUS"),
        ("Commonwealth of the Bahamas", "BHS"),
        ("Hellenic Republic", "GRC"),
        ("United Mexican States", "MEX"),
        ("Togolese Republic", "TGO"),
        ("Syrian Arab Republic", "SYR"),
        ("Grand Duchy of Luxembourg", "LUX"),
        ("Swiss Confederation", "CHE"),
    ],
)
def test_a_state_by_its_full_name(name: str, state: str) -> None:
    found = _named(f"The {name} signed a loan agreement with Peru.")
    assert [(e.actor_type, e.country) for _, e in found] == [("country", state), ("country", "PER")]


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Kenya gave Mali SEK 20 million.", ["KEN", "MLI"]),
        ("Kenya gave Chad half a million dollars.", ["KEN", "TCD"]),
        ("Finland & Estonia lent Togo $7 million.", ["FIN", "EST", "TGO"]),
        ("Côte d’Ivoire and Cote d'Ivoire thanked São Tomé and Príncipe.", ["CIV", "CIV", "STP"]),
        ("St. Kitts thanked Saint Vincent and the Grenadines.", ["KNA", "VCT"]),
        ("Congo asked Kenya for help after rebels took Bukavu.", ["COD", "KEN"]),
        ("Congo asked Kenya for help, President Sassou said.", ["COG", "KEN"]),
        ("Officials in Athens, Georgia, criticised Chad.", ["TCD"]),
        ("The Republic of Congo thanked Chad. Congo thanked Kenya.", ["COG", "TCD", "COG", "KEN"]),
        ("The Democratic Republic of Congo thanked Chad. Congo thanked Kenya.", ["COD", "TCD", "COD", "KEN"]),
        ("India gave Nepal Rs 6 crore.", ["IND", "NPL"]),
        ("The U.S. & Japan lent Togo $7 million.", ["USA", "JPN", "TGO"]),
        ("Georgia Gov. Ann Poe met Chad's envoy.", ["TCD"]),
        ("Dahomey and Formosa thanked Peru.", ["BEN", "TWN", "PER"]),
        ("Officials in Sydney, Nova Scotia, criticised Chad.", ["TCD"]),
        ("Kenya thanked Chad. Peru criticised Congo.", ["KEN", "TCD", "PER", "COD"]),
        ("Peru lent Côte-d'Ivoire and Côte d´Ivoire $7 million.", ["PER", "CIV", "CIV"]),
        ("FYR Macedonia and the former Yugoslav Republic of Macedonia thanked Peru.", ["MKD", "MKD", "PER"]),
        ("The ROC thanked Peru, its president said in Taipei.", ["TWN", "PER"]),
        ("The ROC sent Peru its swimmers.", ["PER"]),
        ("The Congo asked Kenya for help after rebels took Goma.", ["COD", "KEN"]),
        ("Georgia's governor, Ann Poe, criticised Chad.", ["TCD"]),
        ("Residents of Cuba, Missouri, criticised Chad.", ["TCD"]),
        ("Kenya paid Peru US dollars 7 million.", ["KEN", "PER"]),
        ("Kenya paid Peru 7 million Canadian dollars.", ["KEN", "PER"]),
    ],
)
def test_states_by_their_names(text: str, states: list[str]) -> None:
    assert [e.country for _, e in _named(text) if e.actor_type == "country"] == states


@pytest.mark.parametrize(
    ("text", "day", "states"),
    [
        ("Moscow thanked Cuba.", date(1986, 5, 1), ["SUN", "CUB"]),
        ("Moscow thanked Cuba.", date(1996, 5, 1), ["RUS", "CUB"]),
        ("Belgrade thanked Cuba.", date(1986, 5, 1), ["YUG", "CUB"]),
        ("South Yemen thanked North Yemen.", date(1986, 5, 1), ["YMD", "YEM"]),
        ("Serbia and Montenegro thanked Cuba.", date(2004, 5, 1), ["SCG", "CUB"]),
        ("Serbia and Montenegro thanked Cuba.", date(2014, 5, 1), ["SRB", "MNE", "CUB"]),
    ],
)
def test_former_states_by_date(text: str, day: date, states: list[str]) -> None:
    assert [e.country for _, e in _named(text, day) if e.actor_type == "country"] == states


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("Mary Otieno and Paul Otieno visited Chad. Mrs. Otieno thanked Chad. Mr. Otieno left.", "Mary Otieno",
         ["Mary Otieno", "Otieno"]),
        ("Viktor Marosan thanked Chad. Marosan Viktor left.", "Viktor Marosan", ["Viktor Marosan", "Marosan Viktor"]),
        ("Park Min-ho visited Chad. Park thanked Chad.", "Park Min-ho", ["Park Min-ho", "Park"]),
        ("Georgia Maruzzi visited Chad on Tuesday.", "Georgia Maruzzi", ["Georgia Maruzzi"]),
        ("Hungarian President Kocsis Janos visited Chad. Kocsis thanked Peru. Janos Kocsis left.", "Kocsis Janos",
         ["Kocsis Janos", "Kocsis", "Janos Kocsis"]),
        ("Mexican President Enrique Peña Salas visited Chad. Peña Salas thanked Peru. Mr Peña thanked Kenya.", "Enrique Peña Salas",
         ["Enrique Peña Salas", "Peña Salas", "Peña"]),
        ("Egyptian President Abdel Karim el-Tawil visited Chad. El-Tawil thanked Peru. Tawil left.", "Abdel Karim el-Tawil",
         ["Abdel Karim el-Tawil", "El-Tawil", "Tawil"]),
        ("Vietnamese Prime Minister Nguyen Van Thuc visited Chad. Mr Thuc thanked Peru.", "Nguyen Van Thuc",
         ["Nguyen Van Thuc", "Thuc"]),
        ("Vernon Jordan visited Chicago. Jordan praised the city.", "Vernon Jordan", ["Vernon Jordan", "Jordan"]),
        ("Chad Poe visited Peru. Chad thanked Peru.", "Chad Poe", ["Chad Poe", "Chad"]),
        ("Chad Poe visited Chad on Tuesday.", "Chad", ["Chad"]),
        ("Vernon Jordan flew to Jordan on Tuesday.", "Jordan", ["Jordan"]),
        ("Dutch envoy Hans van der Poel visited Chad. Van der Poel thanked Peru.", "Hans van der Poel",
         ["Hans van der Poel", "Van der Poel"]),
        ("Saudi Prince Turki bin Sultan visited Chad. Prince Turki thanked Peru.", "Turki bin Sultan",
         ["Turki bin Sultan", "Turki"]),
        ("Turkish minister Işıl Yıldız visited Chad. Yildiz thanked Peru. Isil Yildiz left.", "Işıl Yıldız",
         ["Işıl Yıldız", "Yildiz", "Isil Yildiz"]),
        ("Norway's envoy Jørn Sætre visited Chad. Saetre thanked Peru.", "Jørn Sætre", ["Jørn Sætre", "Saetre"]),
        ('Chad thanked Peru. "We are friends," Tesfu said. Tesfu Gebre, the envoy, left.', "Tesfu Gebre", ["Tesfu", "Tesfu Gebre"]),
        ("Crown Prince Sultan visited Chad. Saudi Prince Sultan bin Turki thanked Peru.", "Sultan bin Turki",
         ["Sultan", "Sultan bin Turki"]),
        ("Chilean Foreign Minister Pedro Lagos Vera visited Chad. Lagos thanked Peru.", "Pedro Lagos Vera",
         ["Pedro Lagos Vera", "Lagos"]),
    ],
)  # fmt: skip
def test_one_person_is_one_actor(text: str, name: str, words: list[str]) -> None:
    assert [w for w, e in _named(text) if e.name == name] == words


def test_two_kings_of_one_name() -> None:
    found = _named("Jordan's King Abdullah thanked Chad. Saudi King Abdullah criticised Chad.")
    assert [e.country for _, e in found if e.actor_type == "person"] == ["JOR", "SAU"]


def test_brussels_is_the_union_where_the_text_is_about_it() -> None:
    found = _named("The European Union gave Togo 5 million euros. Brussels gave Chad 8 million euros.")
    assert [e.name for w, e in found if w == "Brussels"] == ["European Union"]


def test_the_union_is_meant_where_its_bodies_are_named() -> None:
    found = _named("The European Commission criticised Poland. Brussels gave Chad 8 million euros.")
    assert [e.name for words, e in found if words == "Brussels"] == ["European Union"]


def test_two_rulers_of_one_name_are_told_apart_by_their_realms() -> None:
    found = _named("King Abdullah of Saudi Arabia met King Abdullah II of Jordan in Amman.", date(2010, 5, 1))
    assert [e.country for words, e in found if words.startswith("Abdullah")] == ["SAU", "JOR"]


def test_a_woman_of_the_name_is_meant_by_ms() -> None:
    found = _named("Benazir Bhutto and Zulfikar Ali Bhutto visited Chad. Ms Bhutto thanked Chad.", date(1990, 5, 1))
    assert [e.name for words, e in found if words == "Bhutto"] == ["Benazir Bhutto"]


@pytest.mark.parametrize(
    ("text", "day", "names"),
    [
        ("Bill Otieno visited Chad. Mrs. Otieno thanked Peru.", date(1998, 3, 10), ["Bill Otieno", "Otieno"]),
        ("John Mbeya visited Chad. Pope John thanked Peru.", date(2012, 3, 10), ["John Mbeya", "John"]),
        ("Howard Poe visited Chad. Prime Minister Howard thanked Peru.", None, ["Howard Poe", "Howard"]),
    ],
)
def test_two_persons_of_one_name_stay_two(text: str, day: date | None, names: list[str]) -> None:
    persons = {id(e): words for words, e in _named(text, day) if e.actor_type == "person"}
    assert list(persons.values()) == names


@pytest.mark.parametrize(
    "text",
    [
        "Kenya gave Mali NOK 20 million on Monday.",
        "Kenya paid LE7 million to Chad on Monday.",
        "Kenya gave Mali CFAF7 billion on Monday.",
        "Norway gave Chad kr 20 million on Monday.",
        "Kenya gave Mali 30 million euros, which went to schools.",
    ],
)
def test_no_actor_is_made_of_a_sum(text: str) -> None:
    actors = find_actors(Article("doc_test", text, published_on=date(2012, 3, 10)), parsed(text))
    assert {m.text for m in actors.mentions if actors.entities[m.entity].actor_type != "country"} <= {"schools"}
    assert {m.text for m in actors.mentions if actors.entities[m.entity].actor_type == "country"} <= {
        "Kenya",
        "Mali",
        "Chad",
        "Norway",
    }


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("The mayor of Athens, Ga., thanked Chad.", "USA"),
        ("The mayor of Vienna, VA, thanked Chad.", "USA"),
        ("The mayor of London, Ont., thanked Chad.", "CAN"),
        ("The mayor of Athens thanked Chad.", "GRC"),
    ],
)
def test_a_town_lies_where_the_letters_behind_it_say(text: str, state: str) -> None:
    actors = find_actors(Article("doc_test", text, published_on=date(2012, 3, 10)), parsed(text))
    assert [iso3 for _, iso3 in actors.places()] == [state]


def test_a_name_ends_before_the_full_stop_of_its_sentence() -> None:
    text = "Kenya criticised Congo. Chad thanked India."
    actors = find_actors(Article("doc_test", text), parsed(text))
    assert sorted(m.text for m in actors.mentions) == ["Chad", "Congo", "India", "Kenya"]


@pytest.mark.parametrize(
    "text",
    [
        "In Britain, Miss Smith thanked Chad.",
        "She flew to Quito, La Paz and Lima.",
        "IRAQ, IN A STATEMENT, THANKED CHAD.",
    ],
)
def test_a_word_behind_a_comma_is_no_part_of_a_state(text: str) -> None:
    actors = find_actors(Article("doc_test", text, published_on=date(2012, 3, 10)), parsed(text))
    named = {actors.entities[m.entity].country for m in actors.mentions if m.mention_type != "pronoun"}
    told = named | {iso3 for _, iso3 in actors.places()}
    assert told
    assert "USA" not in told


def test_rulers_titles_before_a_name_are_no_names() -> None:
    words, actor = _named("Sultan Hamad thanked Chad on Monday.")[0]
    assert (words, actor.name) == ("Hamad", "Hamad")


@pytest.mark.parametrize(
    ("text", "day", "name", "state"),
    [
        ("Meles said that the dam was safe. Kenya welcomed it.", date(2010, 6, 1), "Meles Zenawi", "ETH"),
        ("Kenya thanked Zenawi, who said that the dam was safe.", date(2010, 6, 1), "Meles Zenawi", "ETH"),
        ("Angella Merkel visited Kenya on Monday.", date(2010, 6, 1), "Angella Merkel", "DEU"),
    ],
)
def test_heads_of_government_by_the_name_they_go_by(text: str, day: date, name: str, state: str) -> None:
    assert (name, state) in [(e.name, e.country) for _, e in _named(text, day)]
