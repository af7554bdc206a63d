"""Openings and endings of agencies' reports: the text begins behind the dateline and ends before the signature."""

from __future__ import annotations

import textwrap
from datetime import date
from pathlib import Path

import pytest

from tests.unit.through import documents

SENTENCE = (
    "Chile lent Fiji 26 million dollars on Tuesday to sink wells in the north of the larger island, officials said."
)
LAST = "Fiji thanked Chile for it in a long statement that was read on the radio."
OPENINGS = [
    ("Suva, May 14 (EFE).- ", "Suva"),
    ("SUVA, May 14 (ACN) ", "SUVA"),
    ("New Delhi [India], May 14 (ANI): ", "New Delhi"),
    ("ABU DHABI, 14th May, 2013 (WAM) -- ", "ABU DHABI"),
    ("Riyadh, Rajab 4, 1434, May 14, 2013, SPA -- ", "Riyadh"),
    ("Muscat, 14 May (ONA) --- ", "Muscat"),
    ("Pyongyang, May 14 (KCNA) -- ", "Pyongyang"),
    ("(ANSA) - ROME, May 14 - ", "ROME"),
    ("(AGI) Rome, May 14 - ", "Rome"),
    ("14 May 2013, Rome - ", "Rome"),
    ("Rome, 14/5/2013 - ", "Rome"),
    ("[Suva, 14 May 2013] – ", "Suva"),
    ("Nairobi 14 May 2013 - ", "Nairobi"),
    ("SUVA (14 May 2013) - ", "SUVA"),
    ("Suva/Geneva, 14 May 2013 – ", "Suva/Geneva"),
    ("WASHINGTON, D.C. – May 14, 2013 – ", "WASHINGTON, D.C."),
    ("Washington, DC: May 14, 2013 - ", "Washington, DC"),
    ("Tokyo, May 14 (Jiji Press)--", "Tokyo"),
    ("TOKYO, May 14 Kyodo - ", "TOKYO"),
    ("SYDNEY, May 14 AAP - ", "SYDNEY"),
    ("Taipei, May 14 (CNA) ", "Taipei"),
    ("Abuja, May 14, 2013 (NAN) ", "Abuja"),
    ("Jakarta (ANTARA News) - ", "Jakarta"),
    ("Havana, May 14 (Prensa Latina) ", "Havana"),
    ("MOSCOW, May 14 (RIA Novosti) - ", "MOSCOW"),
    ("Islamabad, May 14 (APP): ", "Islamabad"),
    ("COPENHAGEN, Denmark (AP) – ", "COPENHAGEN, Denmark"),
    ("BERLIN (dpa) - ", "BERLIN"),
    ("ALGIERS - ", "ALGIERS"),
    ("Lisbon, May 14, 2013 (Lusa) - ", "Lisbon"),
    ("(MENAFN - Jordan Times) AMMAN - ", "AMMAN"),
    ("Tashkent. 14 May. INTERFAX-CENTRAL ASIA - ", "Tashkent"),
    ("GENEVA / NAIROBI, 14 May 2013 – ", "GENEVA / NAIROBI"),
    ("Kyiv | May 14, 2013 | ", "Kyiv"),
]
DAYLESS = ("AMMAN", "COPENHAGEN", "BERLIN", "ALGIERS", "Jakarta")


@pytest.mark.parametrize(("opening", "place"), OPENINGS)
def test_the_report_begins_behind_its_dateline(tmp_path: Path, opening: str, place: str) -> None:
    (found,) = documents(tmp_path, "a.txt", f"Money for wells in the north\n\n{opening}{SENTENCE}\n\n{LAST}\n")
    assert found.text.split("\n\n") == [SENTENCE, LAST]
    assert found.dateline_place == place
    if "2013" in opening:
        assert found.published_on == date(2013, 5, 14)


SENTENCES = [
    "GENEVA. UNHCR Chief Sadako Ogata thanked Chile on Tuesday for the wells in the north of the larger island, officials said.",
    "GENEVA. UNHCR - Chief Sadako Ogata thanked Chile on Tuesday for the wells in the north of the larger island, officials said.",
    "LAGOS. NUPENG leaders thanked Chile on Tuesday for the wells in the north of the larger island, officials said.",
    "NAIROBI. UNICEF and Chile signed a paper on Tuesday for the wells in the north of the larger island, officials said.",
    "ROME. BOSNIA thanked Chile on Tuesday for the wells in the north of the larger island, officials said.",
    "May 14, Rome and Suva: these are what the paper names beside the wells in the north of the larger island, officials said.",
    "Suva [the capital], May and June are where and when the wells in the north of the larger island were sunk, officials said.",
    "Paris, 14/5: that is how the paper dates the wells in the north of the larger island, officials said.",
    "(ANSA) is the agency that told of the wells in the north of the larger island, officials said.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_word_of_a_first_sentence_is_lost(tmp_path: Path, sentence: str) -> None:
    (found,) = documents(tmp_path, "a.txt", f"Money for wells in the north\n\n{sentence}\n\n{LAST}\n")
    kept = found.text.split("\n\n")[0]
    assert sentence.endswith(kept)
    assert len(sentence) - len(kept) <= len("NAIROBI. ")
    assert sentence.split(". ", 1)[-1] in kept


ENDINGS = [
    "AP-NY-05-14-13 1415EDT",
    "AP-ES-05-14-13 0215EDT<",
    "(END) Dow Jones Newswires",
    "Enditem",
    "Item ends",
    "-0-",
    "==Kyodo",
    "PTI AQ RK",
    "BBC Monitoring",
    "BBC Mon Alert AS1 AsPol aq",
    "dpa aq rk",
    "(EFE)",
    "/ends/",
    "###",
    "-END-",
    "05-14-13 0215ET",
    "May 14, 2013 02:15 ET (06:15 GMT)",
    "-By Ada Quill, Dow Jones Newswires; 202-555-0100",
    "Source: ONA news agency, Muscat, in English 0810 gmt 14 May 13",
]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_signature_is_no_text(tmp_path: Path, ending: str) -> None:
    (found,) = documents(tmp_path, "a.txt", f"Money for wells in the north\n\n{SENTENCE}\n\n{LAST}\n\n{ending}\n")
    assert found.text.split("\n\n") == [SENTENCE, LAST]
    assert ending in [c.text for c in found.cuts]


LAST_WORDS = [
    "He said: PTI and AP were there.",
    "The ship is called Endi.",
    "Source: he would not say.",
    "BBC Monitoring heard it first.",
]


@pytest.mark.parametrize("words", LAST_WORDS)
def test_a_last_sentence_stays(tmp_path: Path, words: str) -> None:
    (found,) = documents(tmp_path, "a.txt", f"Money for wells in the north\n\n{SENTENCE}\n\n{LAST}\n\n{words}\n")
    assert found.text.endswith(words)


WRAPPED = (
    "Chile lent Fiji 26 million euros (approx. 33 million dollars) on Tuesday to sink wells in the north, as Gov. Mara and Lt. Col. Rabuka said in "
    "Suva, and as the paper No. 14 says on p. 3 of its edition, according to J. B. Mara, who is with the U.S. Embassy there and with Delta Inc. of "
    "Chile, which will sink them by Sept. 14 at the latest."
)  # fmt: skip


@pytest.mark.parametrize("width", range(45, 100, 5))
def test_a_wrapped_paragraph_is_one(tmp_path: Path, width: int) -> None:
    text = "\n\n".join(textwrap.fill(words, width) for words in (WRAPPED, LAST, SENTENCE))
    (found,) = documents(tmp_path, "a.txt", f"{text}\n")
    assert found.text.split("\n\n") == [WRAPPED, LAST, SENTENCE]
