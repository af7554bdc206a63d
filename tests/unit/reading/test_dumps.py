"""Files of articles that are parted by drawn lines, and exports whose covers, footers and labels are easily taken for text."""

from __future__ import annotations

import io
from datetime import date

import pytest

from pipelines.reading.dates import to_date
from pipelines.reading.records import RawRecord
from pipelines.reading.single import read_text

BANNERS = """*** Delta Times *** 1996-03-03 ***
Title: Egypt signs water pact
Author: Omar Khalid
Egypt signed a water pact with Sudan.

*** Delta Times *** 1996-03-04 ***
Title: Libya protests
Libya protested to Egypt.
"""
RULES = """==========
Egypt signs water pact
Delta Times, 3 March 1996
==========
Egypt signed a water pact with Sudan.

==========
Libya protests
Delta Times, 4 March 1996
==========
Libya protested to Egypt.
"""
TEXTOMETRY = """**** *source_Delta_Times *date_19960303
Egypt signed a water pact with Sudan.
**** *source_Delta_Times *date_19960304
Libya protested to Egypt.
"""
NEWSBANK = """Egypt signs water pact
Delta Times (Cairo, Egypt) - March 3, 1996
Author/Byline: Omar Khalid
Section: News
Egypt signed a water pact with Sudan.

Record Number: 77
Copyright, 1996, Delta Times Company.

Libya protests
Delta Times (Cairo, Egypt) - March 4, 1996
Section: News
Libya protested to Egypt.

Record Number: 78
Copyright, 1996, Delta Times Company.
"""
EBSCO = """Record: 1
Title: Egypt signs water pact
Authors: KHALID, OMAR
Source: Delta Times. 03/03/1996, p4. 1p.
Abstract: Reports on a pact.
Accession Number: 101
Database: Source Plus

Egypt signed a water pact with Sudan.

Record: 2
Title: Libya protests
Source: Delta Times. 03/04/1996, p1. 1p.
Accession Number: 102
Database: Source Plus

Libya protested to Egypt.
"""
NEXIS_COVER = """User Name: Omar Khalid
Date and Time: Monday, November 2, 2020 10:04:00 AM EST
Job Number: 77
Documents (2)
1. Egypt signs water pact
 Client/Matter: -None-
2. Libya protests
 Client/Matter: -None-


Egypt signs water pact
Delta Times
March 3, 1996 Sunday

Section: NEWS
Length: 8 words
Body

Egypt signed a water pact with Sudan.

Load-Date: March 3, 1996

End of Document

Libya protests
Delta Times
March 4, 1996 Monday

Length: 8 words
Body

Libya protested to Egypt.

Load-Date: March 4, 1996

End of Document
"""
LEXIS_IN_FRENCH = """1 of 2 DOCUMENTS

Delta Times

3 mars 1996 dimanche

Egypt signs water pact

RUBRIQUE: Monde; Pg. 3

LONGUEUR: 8 mots

Egypt signed a water pact with Sudan.

2 of 2 DOCUMENTS

Delta Times

4 mars 1996 lundi

Libya protests

LONGUEUR: 8 mots

Libya protested to Egypt.

LANGUE: ENGLISH
"""
FACTIVA = """World
Egypt signs water pact

Omar Khalid in Cairo
8 words
3 March 1996
Delta Times
DELTIM
English
(c) 1996 Delta Times

Egypt signed a water pact with Sudan.

Document DELTIM0019960303ds330000a

Libya protests
8 words
4 March 1996
Delta Times
DELTIM
English
(c) 1996 Delta Times

Libya protested to Egypt.

Document DELTIM0019960304ds340000b

Search Summary
Text  pact
Source  All Sources
"""


@pytest.mark.parametrize("text", [BANNERS, RULES, NEWSBANK, EBSCO, NEXIS_COVER, LEXIS_IN_FRENCH, FACTIVA])
def test_each_article_has_its_own_header_and_nothing_else(text: str) -> None:
    found = [r for r in read_text(io.BytesIO(text.encode()), "x.txt") if isinstance(r, RawRecord)]
    assert [(r.title, r.published_on, r.publisher, r.content.strip()) for r in found] == [
        ("Egypt signs water pact", date(1996, 3, 3), "Delta Times", "Egypt signed a water pact with Sudan."),
        ("Libya protests", date(1996, 3, 4), "Delta Times", "Libya protested to Egypt."),
    ]


def test_fields_of_textometry_are_metadata() -> None:
    found = [r for r in read_text(io.BytesIO(TEXTOMETRY.encode()), "x.txt") if isinstance(r, RawRecord)]
    assert [(r.publisher, r.published_on) for r in found] == [
        ("Delta Times", date(1996, 3, 3)),
        ("Delta Times", date(1996, 3, 4)),
    ]


def test_lines_drawn_inside_an_article_part_nothing() -> None:
    text = "CAIRO, March 3 - Egypt signed a pact.\n\n-----\n\nSudan thanked Egypt.\n\n-----\n\nLibya protested.\n"
    (found,) = read_text(io.BytesIO(text.encode()), "x.txt")
    assert isinstance(found, RawRecord)
    assert found.content == text


@pytest.mark.parametrize(
    "words",
    [
        "3 mars 1996",
        "3. März 1996",
        "3 de marzo de 1996",
        "3 maart 1996",
        "3 marzo 1996",
        "domenica, 3 marzo 1996",
        "Sunday, 3 March 1996",
    ],
)
def test_days_in_other_languages(words: str) -> None:
    assert to_date(words) == date(1996, 3, 3)
