"""Layouts in which databases of news hand out articles today: each is split, and its header is no body."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.unit.through import documents

ONE = "Chile lent Fiji 26 million euros on Tuesday to sink wells in the north of the larger island, officials said."
TWO = "Fiji thanked Chile at a ceremony in Suva, where the two ministers of water signed the papers."
OTHER = "Malta signed a second ferry accord with Gabon on Wednesday after a week of talks in Valletta."
TITLE, OTHER_TITLE = "Chile lends Fiji 26 million euros for wells", "Malta and Gabon sign ferry accord"

PROQUEST_OF_TODAY = f"""Document 1 of 2

{TITLE}

Lund, Rita. Morning Sound; Suva [Suva]. 14 May 2013: 3.

ProQuest document link

ABSTRACT (ENGLISH)

Chile lent Fiji money for wells.

FULL TEXT

{ONE}

{TWO}

DETAILS

Subject: Loans; Wells

Location: Fiji

Publication title: Morning Sound; Suva

Pages: 3

Publication date: May 14, 2013

Language of publication: English

ProQuest document ID: 135

Copyright: Copyright Morning Sound May 14, 2013

____________________________________________________________

Document 2 of 2

{OTHER_TITLE}

Strait Gazette; Valletta [Valletta]. 03 Sep 2008: 1.

ProQuest document link

FULL TEXT

{OTHER}

DETAILS

Publication title: Strait Gazette

Publication date: Sep 3, 2008

ProQuest document ID: 136

Bibliography

Citation style: APA 6th - American Psychological Association, 6th Edition

Lund, R. (2013, May 14). {TITLE}. Morning Sound.

Copyright © 2016 ProQuest LLC. All rights reserved. Terms and Conditions Contact ProQuest
"""
FACTIVA_PRINTED = f"""World News
{TITLE}
By Rita Lund
71 words
14 May 2013
02:15
Morning Sound
MSOUND
A7
English
(Copyright (c) 2013, Morning Sound Company, Inc.)

{ONE.rsplit(" ", 7)[0]}

Page 1 of 2 © 2016 Factiva, Inc. All rights reserved.

{" ".join(ONE.rsplit(" ", 7)[1:])}

{TWO}

Morning Sound Company, Inc.

Document MSOUND0020130514e95e0002a

{OTHER_TITLE}
55 words
3 September 2008
Strait Gazette
STRGAZ
1
English
© 2008 Strait Gazette. All Rights Reserved.

{OTHER}

Document STRGAZ0020080903e9930001b

Search Summary
Text                wells or ferry
Date                All Dates
Source              All Sources
Results Found       2
Timestamp           1 March 2016 10:11

Page 2 of 2 © 2016 Factiva, Inc. All rights reserved.
"""
WESTLAW = f"""5/14/13 Morning Sound 3
2013 WLNR 6283212

Morning Sound
Copyright 2013 Morning Sound Ltd

May 14, 2013

Section: News

{TITLE}

RITA LUND

{ONE}

{TWO}

---- INDEX REFERENCES ----

NEWS SUBJECT: (Loans (1LO11); Wells (1WE22))

REGION: (Fiji (1FI33))

Language: EN

Word Count: 71

5/14/13 MORNSOUND 3

END OF DOCUMENT

9/3/08 Strait Gazette 1
2008 WLNR 7283213

Strait Gazette
Copyright 2008 Strait Gazette

September 3, 2008

Section: News

{OTHER_TITLE}

{OTHER}

---- INDEX REFERENCES ----

Language: EN

Word Count: 55

9/3/08 STRAITGAZ 1

END OF DOCUMENT
"""
NEXIS_OF_TODAY = f"""{TITLE}
Morning Sound (Suva)
May 14, 2013 Tuesday 6:30 PM GMT

Copyright 2013 Morning Sound Limited All Rights Reserved

Section: WORLD NEWS; Version:1
Length: 71 words
Byline: Rita Lund in Suva
Highlight: The money will sink wells.
Body

{ONE}

{TWO}

Graphic

Wells near Labasa, Photo by Tom Reed

Load-Date: May 15, 2013

End of Document

{OTHER_TITLE}
Strait Gazette
September 3, 2008 Wednesday

Copyright 2008 Strait Gazette. All Rights Reserved

Length: 55 words
Body

{OTHER}

Classification

Language: ENGLISH

Publication-Type: Newspaper

Load-Date: September 4, 2008

End of Document
"""
DOW_JONES = f"""{TITLE}
71 words
14 May 2013
02:15
Dow Jones Institutional News
DJDN
English
Copyright © 2013, Dow Jones & Company, Inc.

{ONE}

{TWO}

(END) Dow Jones Newswires

May 14, 2013 02:15 ET (06:15 GMT)

Document DJDN000020130514e95e0002a

{OTHER_TITLE}
55 words
3 September 2008
Dow Jones International News
DJI
English
(c) 2008 Dow Jones & Company, Inc.

{OTHER}

(END) Dow Jones Newswires

09-03-08 0615ET

Document DJI0000020080903e9930001b
"""
ACCESS_WORLD_NEWS = f"""Title: {TITLE}
Date: May 14, 2013
Publication: Morning Sound (Suva, Fiji)
Author: Rita Lund
Section: News
Page: A3
Readability: Lexile: 1200, grade level(s): 10 11-12

{ONE}

{TWO}

Record Number: 14A0B1C2D3E4
Copyright (c) 2013 Morning Sound

Title: {OTHER_TITLE}
Date: September 3, 2008
Publication: Strait Gazette
Section: News
Page: 1

{OTHER}

Record Number: 14A0B1C2D3E5
Copyright (c) 2008 Strait Gazette
"""
FRENCH_EUROPRESSE = f"""Morning Sound
mardi 14 mai 2013 - p. 3

{TITLE}

Rita Lund

{ONE}

{TWO}

© 2013 Morning Sound. Tous droits réservés.

news·20130514·MS·0001

Strait Gazette
mercredi 3 septembre 2008 - p. 1

{OTHER_TITLE}

{OTHER}

© 2008 Strait Gazette. Tous droits réservés.

news·20080903·SG·0002
"""
EBSCO_PRINTED = f"""Record: 1
Title:
{TITLE}
Authors:
Rita Lund
Source:
Morning Sound. 05/14/2013.
Document Type:
Article
Abstract:
Chile lent Fiji money.
Accession Number:
2W61135
Database:
Newspaper Source Plus
Full Text:
{ONE}

{TWO}

Record: 2
Title:
{OTHER_TITLE}
Source:
Strait Gazette. 09/03/2008.
Document Type:
Article
Accession Number:
2W61136
Full Text:
{OTHER}
"""
LAYOUTS = {
    "proquest_of_today.txt": PROQUEST_OF_TODAY, "factiva_printed.txt": FACTIVA_PRINTED, "westlaw.txt": WESTLAW, "nexis_of_today.txt": NEXIS_OF_TODAY,
    "dow_jones.txt": DOW_JONES, "access_world_news.txt": ACCESS_WORLD_NEWS, "europresse.txt": FRENCH_EUROPRESSE, "ebsco_printed.txt": EBSCO_PRINTED,
}  # fmt: skip
PAPERS = {"dow_jones.txt": ["Dow Jones Institutional News", "Dow Jones International News"]}


@pytest.mark.parametrize("name", LAYOUTS)
def test_articles_of_an_export(tmp_path: Path, name: str) -> None:
    first, second = documents(tmp_path, name, LAYOUTS[name])
    papers = PAPERS.get(name, ["Morning Sound", "Strait Gazette"])
    assert [d.title for d in (first, second)] == [TITLE, OTHER_TITLE]
    assert [(d.publisher or "").split(" (")[0] for d in (first, second)] == papers
    assert [d.published_on for d in (first, second)] == [date(2013, 5, 14), date(2008, 9, 3)]
    assert first.text.split("\n\n") == [ONE, TWO]
    assert second.text == OTHER


NOT_SPLIT = {
    # a report that tells of a database, and one that prints a record of it
    "of_records.txt": f"{ONE}\n\nThe court was shown document 1 of 2.\n\nFull text: that is what the clerk called it.\n\n{TWO}\n",
    "of_an_index.txt": f"{ONE}\n\nEND OF DOCUMENT was stamped on the last page, and on page 1 of 2 the number was missing.\n\n{TWO}\n",
}


@pytest.mark.parametrize("name", NOT_SPLIT)
def test_words_of_databases_in_an_article(tmp_path: Path, name: str) -> None:
    (found,) = documents(tmp_path, name, NOT_SPLIT[name])
    assert ONE in found.text
    assert TWO in found.text


NOTICE = """Ce document est réservé à l'usage exclusif de l'utilisateur désigné par le lac et ne peut faire l'objet d'aucune autre utilisation.
Tous droits réservés
Service fourni par CEDROM-SNi Inc.
"""


def test_the_notice_of_a_database_is_no_article(tmp_path: Path) -> None:
    found = documents(tmp_path, "a.txt", f"{FRENCH_EUROPRESSE}\n{NOTICE}")
    assert [d.title for d in found] == [TITLE, OTHER_TITLE]
    assert found[1].text == OTHER
    assert "CEDROM" in " ".join(c.text for c in found[1].cuts)


def test_an_article_behind_the_last_closing_line_is_one(tmp_path: Path) -> None:
    found = documents(tmp_path, "a.txt", FRENCH_EUROPRESSE[: FRENCH_EUROPRESSE.rindex("news·")])
    assert [d.title for d in found] == [TITLE, OTHER_TITLE]
    assert found[1].text == OTHER


def test_a_heading_of_the_article_ends_no_body(tmp_path: Path) -> None:
    text = PROQUEST_OF_TODAY.replace(TWO, f"DETAILS\n\n{TWO}")
    (first, _) = documents(tmp_path, "a.txt", text)
    assert first.text.split("\n\n")[-1] == TWO
    nexis = f"{TITLE}\n\nMorning Sound\nMay 14, 2013 Tuesday\n\nLength: 71 words\n\nBody\n\n{ONE}\n\nCorrection\n\n{TWO}\n\nEnd of Document\n"
    (alone,) = documents(tmp_path, "b.txt", nexis)
    assert alone.text.split("\n\n")[-1] == TWO
    (noted,) = documents(tmp_path, "c.txt", nexis.replace("End of", "Load-Date: May 15, 2013\n\nEnd of"))
    assert noted.text == ONE
    assert TWO in " ".join(c.text for c in noted.cuts)
