"""How reports open in agencies and papers of many countries, and how their lines are wrapped: the text begins behind the dateline."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.unit.through import documents

SENTENCE = (
    "Chile lent Fiji 26 million dollars on Tuesday to sink wells in the north of the larger island, officials said."
)
OPENINGS = [
    ("Addis Ababa, 12 May 2015 (ENA) - ", "Addis Ababa"),
    ("Manama, Feb. 3 (BNA): ", "Manama"),
    ("Tashkent, Uzbekistan (UzDaily.com) -- ", "Tashkent, Uzbekistan"),
    ("NIAMEY, 8 mai (ANP) - ", "NIAMEY"),
    ("Astana. March 5. KazTAG - ", "Astana"),
    ("ASTANA. KAZINFORM ", "ASTANA"),
    ("PORT-AU-PRINCE, Haiti, Jan. 14, 2010 (AlterPresse) — ", "PORT-AU-PRINCE, Haiti"),
    ("GENEVA/NEW YORK, 3 June 2015 – ", "GENEVA/NEW YORK"),
    ("(GENEVA, 4 June 2015) – ", "GENEVA"),
    ("WASHINGTON (Sputnik) – ", "WASHINGTON"),
    ("Hanoi (VNA) – ", "Hanoi"),
    ("YEREVAN, MAY 4, ARMENPRESS. ", "YEREVAN"),
    ("ISLAMABAD - ", "ISLAMABAD"),
    ("LAHORE: ", "LAHORE"),
    ("BERLIN | ", "BERLIN"),
    ("[Text] Tehran, March 3 (IRNA)--", "Tehran"),
    ("Nairobi, Kenya | AFP | ", "Nairobi, Kenya"),
    ("Moscow, 4 May. /TASS/. ", "Moscow"),
    ("MOSCOW, May 4. /TASS/. ", "MOSCOW"),
    ("BAKU /Trend/ - ", "BAKU"),
    ("Baku, Azerbaijan, May 4 By Anna Li - Trend: ", "Baku, Azerbaijan"),
    ("KATHMANDU, May 4: ", "KATHMANDU"),
    ("Kathmandu: ", "Kathmandu"),
    ("SEOUL, May 4 (Yonhap) -- ", "SEOUL"),
    ("BRUSSELS, May 4 (KUNA) -- ", "BRUSSELS"),
    ("Monrovia, Liberia; ", "Monrovia, Liberia"),
    ("Accra, May 4, GNA - ", "Accra"),
    ("ABUJA—", "ABUJA"),
    ("London — ", "London"),
    ("PRISTINA, Kosovo, May 4 (AP) _ ", "PRISTINA, Kosovo"),
    ("UNITED NATIONS, May 4 (IPS) - ", "UNITED NATIONS"),
    ("Washington, D.C., May 4, 2015 -- ", "Washington, D.C."),
    ("KUWAIT CITY: 4 May: ", "KUWAIT CITY"),
    ("Ramallah, 4 May 2015, WAFA – ", "Ramallah"),
    ("DAMASCUS, (SANA) - ", "DAMASCUS"),
    ("Cotonou, Benin, May 4 (PANA) – ", "Cotonou, Benin"),
    ("Port Moresby, Papua New Guinea, 4 May 2015 (Post-Courier) - ", "Port Moresby, Papua New Guinea"),
    ("LONDON, May 4 2015 (Lake Foundation) - ", "LONDON"),
    ("TRIPOLI, 4th May 2015 – ", "TRIPOLI"),
    ("Sana'a, 4 May (Saba) - ", "Sana'a"),
    ("N’DJAMENA, 4 May 2015 (IRIN) - ", "N’DJAMENA"),
    ("Ottawa, Ontario - May 4, 2015 - ", "Ottawa, Ontario"),
    ("May 4, 2015 - Ottawa, Ontario - ", "Ottawa, Ontario"),
    ("Canberra (4 May 2015) – ", "Canberra"),
    ("MANILA, PHILIPPINES (4 May 2015) — ", "MANILA, PHILIPPINES"),
    ("The Hague, 4 May 2015 — ", "The Hague"),
    ("Apia, SAMOA: ", "Apia, SAMOA"),
    ("SUVA, FIJI -- ", "SUVA, FIJI"),
    ("Tbilisi. 4 May (Interpressnews) - ", "Tbilisi"),
    ("Bishkek (AKIpress) - ", "Bishkek"),
    ("DUSHANBE, May 4, 2015, Asia-Plus -- ", "DUSHANBE"),
    ("Ulaanbaatar /MONTSAME/ ", "Ulaanbaatar"),
    ("Sarajevo, May 4 /SRNA/ – ", "Sarajevo"),
    ("Skopje, 4 May 2015 (MIA) - ", "Skopje"),
    ("Kinshasa, 04/05/2015 (ACP) - ", "Kinshasa"),
    ("BEIRUT, Lebanon — ", "BEIRUT, Lebanon"),
    ("NEW DELHI, May 4 (PTI) ", "NEW DELHI"),
    ("COLOMBO, May 4 (EconomyNext) – ", "COLOMBO"),
    ("Windhoek, May 4 (Nampa) -- ", "Windhoek"),
    ("LILONGWE, Malawi, 4 May 2015/PRNewswire/ -- ", "LILONGWE, Malawi"),
    ("GENEVA (4 May 2015) – ", "GENEVA"),
    ("DOHA, Qatar (AP) — ", "DOHA, Qatar"),
    ("KABUL (Pajhwok): ", "KABUL"),
    ("Male’, Maldives – 4 May 2015: ", "Male’, Maldives"),
    ("HARARE, May 4 (New Ziana) – ", "HARARE"),
    ("Kyiv. May 4. Ukrinform. ", "Kyiv"),
    ("VIENNA, 4 May 2015 (UNIS) -- ", "VIENNA"),
    ("Rabat, May 4 (MAP) - ", "Rabat"),
    ("PARAMARIBO – ", "PARAMARIBO"),
    ("LONDON (Reuters Breakingviews) - ", "LONDON"),
]
NO_OPENINGS = [
    f"Paris: the city where {SENTENCE}",
    "Kenya - a state that Chile lent 26 million dollars on Tuesday - will sink wells in the north of the larger island.",
    f"May 4 was the day on which {SENTENCE}",
    f"Moscow (and London) said that {SENTENCE}",
    "Beijing, which lent Fiji 26 million dollars on Tuesday to sink wells in the north of the larger island, is Chile's friend.",
    "Nairobi, Kenya and Kampala, Uganda will share what Chile lent on Tuesday to sink wells in the north of the larger lake.",
    f"Tokyo. That is where {SENTENCE}",
    f"[Reading from a text] {SENTENCE}",
    f"ROME. ITALY says that {SENTENCE}",
    f"(Geneva, not Bern) That is where {SENTENCE}",
]


@pytest.mark.parametrize(("opening", "place"), OPENINGS)
def test_the_text_begins_behind_the_dateline(tmp_path: Path, opening: str, place: str) -> None:
    text = f"Money for wells in the north\n\n{opening}{SENTENCE}\n\nFiji thanked Chile for it in a long statement.\n"
    (found,) = documents(tmp_path, "a.txt", text)
    assert found.text.split("\n\n")[0] == SENTENCE
    assert found.dateline_place == place
    assert found.title == "Money for wells in the north"


@pytest.mark.parametrize("opening", NO_OPENINGS)
def test_what_opens_otherwise_stays_whole(tmp_path: Path, opening: str) -> None:
    text = f"Money for wells in the north\n\n{opening}\n\nFiji thanked Chile for it in a long statement.\n"
    (found,) = documents(tmp_path, "a.txt", text)
    assert found.text.split("\n\n")[0] == opening


LEADS = [
    f"Wells in the north: men dig near Labasa in this picture of last year.\n\nSUVA, 4 May 2015 (PAC) - {SENTENCE}",
    f"By Ada Quill in Suva\n\nSUVA, 4 May 2015 (PAC) - {SENTENCE}",
    f"BY ADA QUILL\nSenior Correspondent\n\nSUVA: {SENTENCE}",
    f"Tuesday, 05 May 2015 10:11\nWritten by Ada Quill\n\nSUVA, 4 May (PAC) - {SENTENCE}",
    f"World\nMoney for wells in the north\nAda Quill | The Lake Post\n\nSUVA, 4 May (PAC) - {SENTENCE}",
]


@pytest.mark.parametrize("above", LEADS)
def test_a_dateline_below_other_lines(tmp_path: Path, above: str) -> None:
    (found,) = documents(tmp_path, "a.txt", f"Money for wells in the north\n\n{above}\n\nFiji thanked Chile for it.\n")
    assert (found.title, found.dateline_place) == ("Money for wells in the north", "SUVA")
    assert SENTENCE in found.text
    assert "SUVA" not in found.text
    assert (found.author is not None) == (" by ada" in f" {above}".lower())


WRAPPED = [
    # quoted as mail quotes
    "> Chile lent Fiji 26 million dollars on Tuesday to sink wells in the north of\n> the larger island, and the money will be paid out over three years to come,\n> officials in Suva said.\n>\n> Fiji thanked Chile for it.\n",
    # with line ends of quoted-printable left
    "Chile lent Fiji 26 million dollars on Tuesday to sink wells in the north of=\n the larger island, and the money will be paid out over three years to come=\n, officials in Suva said.\n\nFiji thanked Chile for it.\n",
    # the same, with a line that ends within an address and the "=" of its query
    "Chile lent Fiji 26 million dollars on Tuesday to sink wells in the north of=\n the larger island, and the money will be paid out over three years to come=\n, officials in Suva said.\n\nFiji thanked Chile for it, see https://lake.example/a?id=\n=3D20.\n",
    # every line followed by an empty one
    "Chile lent Fiji 26 million dollars on Tuesday to sink wells in the north of\n\nthe larger island, and the money will be paid out over three years to come,\n\nofficials in Suva said.\n\n\n\nFiji thanked Chile for it.\n",
    # a page number and the paper's running head between two pages
    "Chile lent Fiji 26 million dollars on Tuesday to sink wells in the north of\nthe larger island, and the money will be paid out over three years to come,\n\n                                    - 2 -\n\nofficials in Suva said.\n\nFiji thanked Chile for it.\n",
    # numbers at the margin
    "  1  Chile lent Fiji 26 million dollars on Tuesday to sink wells in the north of\n  2  the larger island, and the money will be paid out over three years to come,\n  3  officials in Suva said.\n  4\n  5  Fiji thanked Chile for it.\n",
    # narrow columns
    "Chile lent Fiji 26 million\ndollars on Tuesday to sink\nwells in the north of the\nlarger island, and the money\nwill be paid out over three\nyears to come, officials in\nSuva said.\n\nFiji thanked Chile for it.\n",
]


@pytest.mark.parametrize("text", WRAPPED)
def test_wrapped_lines_are_joined(tmp_path: Path, text: str) -> None:
    (found,) = documents(tmp_path, "a.txt", f"Money for wells\n\n{text}")
    assert " ".join(found.text.split("\n\n")[0].split()) == (
        "Chile lent Fiji 26 million dollars on Tuesday to sink wells in the north of the larger island, and the money will be paid out"
        " over three years to come, officials in Suva said."
    )


def test_the_day_of_an_opening_dates_the_report(tmp_path: Path) -> None:
    (found,) = documents(tmp_path, "a.txt", f"Money\n\n{OPENINGS[0][0]}{SENTENCE}\n\nFiji thanked Chile.\n")
    assert found.published_on == date(2015, 5, 12)


def test_a_body_named_behind_a_town_is_no_agency(tmp_path: Path) -> None:
    text = "Money for wells in the north\n\nGeneva. UNHCR Chief Anna Lind thanked Fiji on Monday for taking in families.\n\nFiji thanked Chile for it in a long statement.\n"
    (found,) = documents(tmp_path, "a.txt", text)
    assert "UNHCR Chief Anna Lind thanked Fiji" in found.text


def test_a_sentence_that_begins_like_a_print_views_button_stays(tmp_path: Path) -> None:
    sentence = "Back to the top of the table went Dakar after a 2-0 win."
    text = (
        f"Money for wells in the north\n\n{SENTENCE}\n\n{sentence}\n\nFiji thanked Chile for it in a long statement.\n"
    )
    (found,) = documents(tmp_path, "a.txt", text)
    assert sentence in found.text
