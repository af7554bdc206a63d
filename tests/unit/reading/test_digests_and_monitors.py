"""Articles in one text as mailing lists, monitors, agencies and distributors put them there; lists in an article that only look like notices."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.unit.through import documents

LOAN = "Chile lent Fiji $12 million for wells in the west of Viti Levu on Monday, officials said in Suva.\n\nThe loan is to be paid back over thirty years, the minister of finance of Fiji told reporters."
PROTEST = "Peru protested to Malta on Friday over the seizure of a ship off Gozo, its foreign ministry said.\n\nMalta turned the protest down and called in the ambassador of Peru in Valletta."
GRANT = "Japan gave Gabon 3 billion yen on Thursday for a bridge across the Ogooue, its embassy said.\n\nThe grant is the largest that Gabon has had from Japan, the ministry of works said."
FIELDS = (
    "Date: Mon, 4 May 2015 10:15:00 +0000\nFrom: Ana Diaz <ana@example.org>\nSubject: Chile lends Fiji money",
    "Date: Fri, 8 May 2015 09:00:00 +0000\nFrom: Leo Borg <leo@example.org>\nSubject: Peru protests to Malta",
)
RULE, PREAMBLE = "-" * 30, "-" * 70
MAILMAN = f"""Send World-news mailing list submissions to
\tworld-news@lists.example.org

Today's Topics:

   1. Chile lends Fiji money (Ana Diaz)

{PREAMBLE}

Message: 1
{FIELDS[0]}

{LOAN}

{RULE}

Message: 2
{FIELDS[1]}

{PROTEST}

{RULE}

_______________________________________________
World-news mailing list
https://lists.example.org/listinfo/world-news

End of World-news Digest, Vol 3, Issue 4
****************************************
"""
RFC = f"""World Digest         Friday, 8 May 2015        Volume 12 : Issue 33

{PREAMBLE}

{FIELDS[0]}

{LOAN}

{RULE}

{FIELDS[1]}

{PROTEST}

{RULE}

End of World Digest V12 #33
**************************
"""
TWO = f"News Digest 11\n\n{FIELDS[0]}\n\n{LOAN}\n\nEnd of News Digest 11\n*********\n\nNews Digest 12\n\n{FIELDS[1]}\n\n{PROTEST}\n\nEnd of News Digest 12\n*********\n"
PRESSREADER = f"""Article Name:Chile lends Fiji money
Publication:The Reef Courier
Author:BY ANA DIAZ
Start Page:3
End Page:3
Date:4 May 2015

{LOAN}

Article Name:Peru protests to Malta
Publication:The Harbour Gazette
Start Page:7
End Page:7
Date:8 May 2015

{PROTEST}
"""
DOW_JONES = f"""DJ Chile Lends Fiji $12 Million

   SUVA, Fiji (Dow Jones)--{LOAN}

  (END) Dow Jones Newswires

  May 04, 2015 09:15 ET (13:15 GMT)

DJ Peru Protests To Malta

   LIMA (Dow Jones)--{PROTEST}

  (END) Dow Jones Newswires

  May 08, 2015 10:20 ET (14:20 GMT)
"""
XINHUA = f"Chile lends Fiji money\n\nSUVA, May 4, 2015 (Xinhua) -- {LOAN} Enditem\n\nPeru protests to Malta\n\nLIMA, May 8, 2015 (Xinhua) -- {PROTEST} Enditem\n"
RIGHTS = "Copyright 2015 Reef Courier. Distributed by Harbour Global Media (harbour.example)."
DISTRIBUTED = f"Fiji: Chile Lends Money\n\n4 May 2015\n\n{LOAN}\n\n{RIGHTS}\n\nMalta: Peru Protests\n\n8 May 2015\n\n{PROTEST}\n\n{RIGHTS}\n"


def _monitored(number: int, title: str, day: str, short: str, body: str) -> str:
    return f"""Document ID:  FBIS-WNC-2015-0504-00{number}
Entry Date:   {short}
Version Number:  01
Region:  Pacific
Source-Date:  {short}

{title}
PPP20150504000011 Suva Reef Courier in English {day}

[FBIS Transcribed Text]

{body}

[Description of Source: Suva Reef Courier in English -- Privately owned daily]

"""


WNC = _monitored(11, "Chile Lends Fiji Money", "04 May 15", "05/04/2015", LOAN) + _monitored(
    12, "Peru Protests to Malta", "08 May 15", "05/08/2015", PROTEST
)


@pytest.mark.parametrize(
    ("text", "no_body"),
    [
        (MAILMAN, ["End of World", "mailing list", "Topics", "**"]),
        (RFC, ["End of World", "Volume", "**"]),
        (TWO, ["End of News", "News Digest", "**"]),
        (PRESSREADER, ["Start Page", "Publication"]),
        (DOW_JONES, ["(END)", "13:15 GMT"]),
        (XINHUA, ["Enditem"]),
        (DISTRIBUTED, ["Copyright", "Distributed"]),
        (WNC, ["Version", "FBIS", "Description"]),
    ],
    ids=["mailman", "rfc", "two digests", "pressreader", "dow jones", "xinhua", "distributed", "monitored"],
)
def test_each_article_is_one_and_what_stands_around_it_is_none_of_it(
    tmp_path: Path, text: str, no_body: list[str]
) -> None:
    found = documents(tmp_path, "a.txt", text)
    assert [d.text for d in found] == [LOAN, PROTEST]
    assert [d.published_on for d in found] == [date(2015, 5, 4), date(2015, 5, 8)]
    cut = " ".join(c.text for d in found for c in d.cuts)
    assert all(words in cut for words in no_body)


def test_words_behind_the_last_digest_stay(tmp_path: Path) -> None:
    found = documents(tmp_path, "a.txt", f"{TWO}\n{GRANT}\n")
    assert found[-1].text == f"{PROTEST}\n\n{GRANT}"


def test_a_sentence_on_the_end_of_a_digest_parts_nothing(tmp_path: Path) -> None:
    text = f"{LOAN}\n\nThe end of Reader's Digest in Fiji was told on Monday.\n\nEnd of the digest era, as one paper wrote it.\n\n{GRANT}"
    (found,) = documents(tmp_path, "a.txt", text)
    assert found.text == text


LISTS = [
    "1. Chile lent Fiji $12 million for wells.\n\n2. Copyright Bill: the minister laid it before the house.\n\n3. Copyright © 2015 Reef Herald, said the seal on the map, and the court fined its maker.\n\n4. Japan gave Fiji $7 million for schools.",
    "1) Chile lent Fiji $12 million for wells.\n2) All rights reserved: Fiji keeps all rights to the gas that Chile finds.\n3) Japan gave Fiji $7 million for schools.",
    "(a) Fiji receives $5 million from Chile for wells.\n\n(b) Copyright in the maps stays with Chile.\n\n(c) Fiji repays Japan $2 million by 2018.\n\n(d) Malta and Fiji open their offices on 1 May.",
    "i. Fiji receives $5 million from Chile for wells.\n\nii. All rights reserved by treaty stay with Fiji.\n\niii. Fiji repays Japan $2 million by 2018.",
]


@pytest.mark.parametrize("entries", LISTS)
@pytest.mark.parametrize(
    "last", ["", "\n\nThe house meets again on Thursday, its speaker said."], ids=["end", "middle"]
)
def test_an_entry_of_a_list_is_no_notice_of_rights(tmp_path: Path, entries: str, last: str) -> None:
    text = f"The ministers agreed in Suva on Monday on what follows, officials told reporters there.\n\n{entries}{last}"
    (found,) = documents(tmp_path, "a.txt", text)
    assert found.text == "\n\n".join(line for line in text.split("\n") if line)
    assert found.cuts == ()


def test_a_rights_line_below_a_list_is_one(tmp_path: Path) -> None:
    text = f"The ministers agreed in Suva.\n\n{LISTS[2]}\n\nCopyright 2015 Reef Herald. All rights reserved."
    (found,) = documents(tmp_path, "a.txt", text)
    assert found.text.endswith("1 May.")


TABLE = f"title\tdate\ttext\r\nWells\t04/05/2015\t{LOAN.replace(chr(10), ' ')}\r\nShip\t25/05/2015\t{PROTEST.replace(chr(10), ' ')}\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_table_in_a_text_file_is_one(tmp_path: Path, encoding: str) -> None:
    found = documents(tmp_path, "a.txt", TABLE.encode(encoding))
    assert [d.title for d in found] == ["Wells", "Ship"]
    assert [d.published_on for d in found] == [date(2015, 5, 4), date(2015, 5, 25)]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_a_text_sequence_of_json(tmp_path: Path, name: str) -> None:
    content = '\x1e{"title": "Wells", "text": "Chile lent Fiji $12 million."}\n\x1e{"title": "Ship", "text": "Peru protested to Malta."}\n'
    assert [d.title for d in documents(tmp_path, name, content)] == ["Wells", "Ship"]


def test_fields_between_plus_signs(tmp_path: Path) -> None:
    front = '+++\ntitle = "Chile lends Fiji money"\ndate = 2015-05-04T10:00:00Z\ndraft = false\n+++\n'
    (found,) = documents(tmp_path, "a.md", f"{front}\n{LOAN}\n")
    assert (found.title, found.published_on, found.text) == ("Chile lends Fiji money", date(2015, 5, 4), LOAN)
