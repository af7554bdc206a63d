"""Exports of databases: many articles in one text file, each with its own title, day and paper."""

from __future__ import annotations

import io

import pytest

from pipelines.reading.exports import Unsplit, split
from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.reading.single import read_text

LEXIS = """Terms: (water pact)

                             14 of 15 DOCUMENTS

               Copyright 1996 Delta Times Company
                        The Delta Times

             March 3, 1996, Sunday, Late Edition - Final

SECTION: Section 1; Page 4; Foreign Desk

LENGTH: 41 words

HEADLINE: Egypt and Sudan Sign Water Pact

BYLINE: By OMAR KHALID

DATELINE: CAIRO, March 2

BODY:
   Egypt signed a water pact with Sudan on Saturday.

Location: the old port of Alexandria was chosen for the talks.

   Libya criticised the pact

GRAPHIC: Photo: Ministers in Cairo

LOAD-DATE: March 3, 1996

                             15 of 15 DOCUMENTS

                        The Delta Times

                     4 March 1996 Monday

Libya protests to Egypt

LENGTH: 8 words

Libya protested to Egypt on Sunday.

LOAD-DATE: March 5, 1996

                  Copyright 1996 Delta Times Company
                         All Rights Reserved
"""
NEXIS_UNI = """Japan funds port in Kiribati

The Atoll Daily

May 6, 2019 Monday

Copyright 2019 Atoll Media All Rights Reserved

Length: 80 words

Byline: Teima Onorio

Body


Japan gave Kiribati $12 million on Monday for a port.

Classification


Language: ENGLISH

Load-Date: May 7, 2019


End of Document
"""
FACTIVA_TAGGED = """HD Chile lends Bolivia $90 million
BY By Ana Rojas
WC 120 words
PD 4 March 2011
SN Andes Post
SC ANDPO
LA English
LP
Chile lent Bolivia $90 million on Friday.
TD
Bolivia thanked Chile for the loan.
AN Document ANDPO00020110304e7340001x

HD Peru opens mine
WC 44 words
PD 5 March 2011
SN Andes Post
LP
Peru opened a mine with China on Saturday.
AN Document ANDPO00020110305e7350002y
"""
FACTIVA_PLAIN = """Oman buys wheat from Kazakhstan
By Layla Said
30 words
7 May 2012
10:15
Gulf Herald
GULFHD
English
(c) 2012 Gulf Herald

Oman bought wheat from Kazakhstan on Monday.

Document GULFHD0020120507e8570003z

(c) 2013 Factiva, Inc. All rights reserved.
"""
PROQUEST = """____________________________________________________________
Report Information from ProQuest
____________________________________________________________

Document 1 of 1

Iceland aids Malawi

Author: Jonsdottir, Anna

Publication info: The Fjord Post ; Reykjavik [Reykjavik]08 Oct 2012: A.2.

Full text: Iceland gave Malawi $900,000 on Monday.

Malawi thanked Iceland.

Publication title: The Fjord Post

Publication date: Oct 8, 2012

ProQuest document ID: 711000001

____________________________________________________________

Contact ProQuest
"""
EBSCO = """Record: 1
Title: Kenya and Uganda agree on rail
Source: Rift Weekly, 4/5/2009, p3
Full Text: Kenya agreed with Uganda on a railway on Friday.
Database: News Source
Record: 2
Title: Rwanda sends aid
Source: Rift Weekly
Full Text: Rwanda sent aid to Burundi on Friday.
"""
LABELLED = """==============================
Title: Malta and Libya talk
Date: 2008-05-04
URL: http://example.org/1

Malta met Libya on Sunday in Valletta.
==============================
Title: Malta funds school
Date: 2008-05-05
Source: Island Wire

Malta gave Tunisia 1 million euros.
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            LEXIS,
            [
                ("Egypt and Sudan Sign Water Pact", "March 3, 1996", "The Delta Times", "OMAR KHALID"),
                ("Libya protests to Egypt", "4 March 1996", "The Delta Times", None),
            ],
        ),
        (NEXIS_UNI, [("Japan funds port in Kiribati", "May 6, 2019", "The Atoll Daily", "Teima Onorio")]),
        (
            FACTIVA_TAGGED,
            [
                ("Chile lends Bolivia $90 million", "4 March 2011", "Andes Post", "Ana Rojas"),
                ("Peru opens mine", "5 March 2011", "Andes Post", None),
            ],
        ),
        (FACTIVA_PLAIN, [("Oman buys wheat from Kazakhstan", "7 May 2012", "Gulf Herald", "Layla Said")]),
        (PROQUEST, [("Iceland aids Malawi", "08 Oct 2012", "The Fjord Post", "Jonsdottir, Anna")]),
        (
            EBSCO,
            [
                ("Kenya and Uganda agree on rail", "2009-04-05", "Rift Weekly", None),
                ("Rwanda sends aid", None, "Rift Weekly", None),
            ],
        ),
        (
            LABELLED,
            [
                ("Malta and Libya talk", "2008-05-04", None, None),
                ("Malta funds school", "2008-05-05", "Island Wire", None),
            ],
        ),
    ],
)
def test_an_export_is_split_and_its_headers_are_read(text: str, wanted: list[tuple[str | None, ...]]) -> None:
    found = split(text)
    assert found is not None
    assert [(a.title, a.published_on, a.publisher, a.author) for a in found] == wanted
    assert all(a.body for a in found)


def test_a_body_is_whole_and_what_stands_around_it_is_kept() -> None:
    found = split(LEXIS)
    assert found is not None
    first = found[0]
    assert first.body.startswith("CAIRO, March 2 -- Egypt signed")
    assert first.body.endswith("Libya criticised the pact")
    assert "Location: the old port" in first.body
    assert [reason for reason, _ in first.cut] == [
        "cover of the export",
        "header of the export",
        "footer of the export",
    ]
    assert "LOAD-DATE" in first.cut[-1][1]


@pytest.mark.parametrize(
    "text",
    [
        "An inquiry\n\nThe panel read 3 of 20 documents on Monday.\n\nRecord 5 of 10\n\nwas broken by Kenya.\n",
        "Kenya met Uganda.\n\nCopyright 2010 Rift Weekly\n\nThe talks go on.\n",
        "Title: a word on names\n\nKenya met Uganda.\n",
    ],
)
def test_an_article_is_no_export(text: str) -> None:
    assert split(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "A\n\nLENGTH: 40 words\n\nKenya met Uganda.\n\nB\n\nLENGTH: 50 words\n\nKenya met Chad.\n",
        "".join(f"            {n} of 20 DOCUMENTS\n\nKenya met Chad.\n\n" for n in (3, 3, 9)),
        "Full text: Kenya met Chad.\nProQuest document ID: 1\n\nFull text: Kenya met Togo.\nProQuest document ID: 2\n",
    ],
)
def test_what_cannot_be_split_is_told(text: str) -> None:
    with pytest.raises(Unsplit):
        split(text)
    (refused,) = read_text(io.BytesIO(text.encode()), "a.txt")
    assert isinstance(refused, Rejected)
    assert refused.reason == Reason.COLLECTION


def test_records_of_an_export_have_ids_and_days() -> None:
    records = list(read_text(io.BytesIO(LEXIS.encode()), "news/delta.txt"))
    assert len(records) == 2
    assert all(isinstance(r, RawRecord) for r in records)
    assert [(r.external_id, str(r.published_on)) for r in records if isinstance(r, RawRecord)] == [
        ("delta#1", "1996-03-03"),
        ("delta#2", "1996-03-04"),
    ]


def test_lines_that_a_column_parted_are_one_paragraph() -> None:
    found = split(
        "The Delta Times\n\nMarch 4, 1996 Monday\n\nLibya protests\n\nLENGTH: 20 words\n\nLibya protested to Egypt on Sunday in a note that named\n"
        "Alexandria. Egypt gave no answer.\n\nTalks go on.\n\nLOAD-DATE: March 5, 1996\n"
    )
    assert found is not None
    assert found[0].body == (
        "Libya protested to Egypt on Sunday in a note that named Alexandria. Egypt gave no answer.\n\nTalks go on."
    )
