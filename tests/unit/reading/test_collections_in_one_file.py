"""Files that hold several articles, as databases and corpora give them out: each article is a record with its own header."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from pipelines.reading.records import Reason, Rejected
from tests.unit.through import documents, read_and_cleaned

FACTIVA_IN_GERMAN = """Chile lends Fiji 26 million euros for wells
Von Rita Lund
71 Wörter
14. Mai 2013
Morning Sound
MSOUND
Englisch
Copyright 2013 Morning Sound

Chile lent Fiji 26 million euros on Tuesday to sink wells in the north.

Fiji thanked Chile at a ceremony in Suva.

Dokument MSOUND0020130514e95e0002a

Malta and Gabon sign ferry accord
1.055 Wörter
3. September 2008
Strait Gazette
STRGAZ
Englisch
(c) 2008 Strait Gazette

Malta signed a second ferry accord with Gabon on Wednesday.

Dokument STRGAZ0020080903e9930001b
"""
FACTIVA_IN_FRENCH = """Chile lends Fiji 26 million euros for wells
Par Rita Lund
71 mots
14 mai 2013
12:05
Morning Sound
MSOUND
Anglais
Copyright 2013 Morning Sound

Chile lent Fiji 26 million euros on Tuesday to sink wells in the north.

Fiji thanked Chile at a ceremony in Suva.

Document MSOUND0020130514e95e0002a

Malta and Gabon sign ferry accord
55 mots
3 septembre 2008
Strait Gazette
STRGAZ
Anglais
(c) 2008 Strait Gazette

Malta signed a second ferry accord with Gabon on Wednesday.

Document STRGAZ0020080903e9930001b
"""
FACTIVA_PAGE = """<!DOCTYPE html><html><head><title>Factiva</title><meta charset="utf-8"></head><body><div id="carryOver"></div>
<div id="article-MSOUND0020130514e95e0002a" class="article enArticle"><div id="hd"><span class="enHeadline">Chile lends Fiji 26 million euros for wells</span></div>
<div class="author">By Rita Lund </div><div>71 words</div><div>14 May 2013</div><div>Morning Sound</div><div>MSOUND</div><div>English</div><div>Copyright 2013 Morning Sound </div>
<p class="articleParagraph enarticleParagraph" >Chile lent Fiji 26 million euros on Tuesday to sink <b>wells</b> in the north.
</p><p class="articleParagraph enarticleParagraph" >Fiji thanked Chile at a ceremony in Suva.
</p><p>Document MSOUND0020130514e95e0002a</p></div><br/><span></span>
<div id="article-STRGAZ0020080903e9930001b" class="article enArticle"><div id="hd"><span class="enHeadline">Malta and Gabon sign ferry accord</span></div>
<div>55 words</div><div>3 September 2008</div><div>Strait Gazette</div><div>STRGAZ</div><div>English</div><div>(c) 2008 Strait Gazette </div>
<p class="articleParagraph enarticleParagraph" >Malta signed a second ferry accord with Gabon on Wednesday.
</p><p>Document STRGAZ0020080903e9930001b</p></div><div class="footer">&copy; 2014 Factiva, Inc. All rights reserved.</div></body></html>
"""
TWO_OF_FACTIVA = [
    ("Chile lends Fiji 26 million euros for wells", "Morning Sound", date(2013, 5, 14), "Rita Lund",
     "Chile lent Fiji 26 million euros on Tuesday to sink wells in the north.\n\nFiji thanked Chile at a ceremony in Suva."),
    ("Malta and Gabon sign ferry accord", "Strait Gazette", date(2008, 9, 3), None, "Malta signed a second ferry accord with Gabon on Wednesday."),
]  # fmt: skip
LEXIS_PAGE = """<HTML><HEAD><TITLE>Search results</TITLE><STYLE>.c0 { text-align: center; }</STYLE></HEAD><BODY>
<!-- Hide XML section from browser
<DOC NUMBER=1>
<DOCFULL> -->
<BR><DIV CLASS="c0"><BR><P CLASS="c1"><SPAN CLASS="c2">1 of 2 DOCUMENTS</SPAN></P>
</DIV>
<BR><DIV CLASS="c0"><BR><P CLASS="c1"><SPAN CLASS="c2">The Harbour Courier</SPAN></P>
</DIV>
<BR><DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c4">March 2</SPAN><SPAN CLASS="c2">, 2015 Monday</SPAN></P>
</DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">Chile lends Fiji 26 million euros for wells</SPAN></P>
</DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">BYLINE: </SPAN><SPAN CLASS="c2">Ada Quill</SPAN></P>
</DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">LENGTH: </SPAN><SPAN CLASS="c2">62 words</SPAN></P>
</DIV>
<BR><DIV CLASS="c5"><P CLASS="c9"><SPAN CLASS="c2">Chile lent Fiji 26 million euros on Tuesday.</SPAN></P>
<P CLASS="c9"><SPAN CLASS="c2">Fiji thanked Chile.</SPAN></P>
</DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">LOAD-DATE: </SPAN><SPAN CLASS="c2">March 3, 2015</SPAN></P>
</DIV>
<BR><DIV CLASS="c0"><BR><P CLASS="c1"><SPAN CLASS="c2">Copyright 2015 Harbour Press Limited<BR>All Rights Reserved</SPAN></P>
</DIV>
<!-- Hide XML section from browser
</DOCFULL>
</DOC> -->
<!-- Hide XML section from browser
<DOC NUMBER=2>
<DOCFULL> -->
<BR><DIV CLASS="c0"><BR><P CLASS="c1"><SPAN CLASS="c2">2 of 2 DOCUMENTS</SPAN></P>
</DIV>
<BR><DIV CLASS="c0"><BR><P CLASS="c1"><SPAN CLASS="c2">The Northern Ledger</SPAN></P>
</DIV>
<BR><DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c4">January 11</SPAN><SPAN CLASS="c2">, 2010 Monday</SPAN></P>
</DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">Malta and Gabon sign ferry accord</SPAN></P>
</DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">LENGTH: </SPAN><SPAN CLASS="c2">48 words</SPAN></P>
</DIV>
<BR><DIV CLASS="c5"><P CLASS="c9"><SPAN CLASS="c2">Malta signed a second ferry accord with Gabon on Friday.</SPAN></P>
</DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">LOAD-DATE: </SPAN><SPAN CLASS="c2">January 11, 2010</SPAN></P>
</DIV>
</BODY></HTML>
"""
GALE = """Title: Chile lends Fiji 26 million euros for wells
Author(s): Ada Quill
Source: Harbour Courier. (Mar. 2, 2015): News: pA3.
Document Type: Article
Copyright: COPYRIGHT 2015 Harbour Press
Full Text:
Chile lent Fiji 26 million euros on Tuesday.

Fiji thanked Chile.

Gale Document Number: GALE|A400000001


Title: Malta and Gabon sign ferry accord
Source: Northern Ledger. (Jan. 11, 2010): News: p7.
Document Type: Article
Copyright: COPYRIGHT 2010 Northern Ledger
Full Text:
Malta signed a second ferry accord with Gabon on Friday.

Gale Document Number: GALE|A400000002
"""
MONITORING = """                               1 of 2 DOCUMENTS

              BBC Monitoring Middle East - Political
                Supplied by BBC Worldwide Monitoring

                            March 2, 2015 Monday

Oman, Qatar sign port accord - agency

LENGTH: 62 words

Text of report in English by Omani news agency ONA website

Muscat, 2 March: Oman signed a port accord with Qatar on Monday.

Qatar will pay for the port.

Source: ONA website, Muscat, in English 1010 gmt 2 Mar 15

BBC Mon ME1 MEPol oy

LOAD-DATE: March 2, 2015

LANGUAGE: ENGLISH

                               2 of 2 DOCUMENTS

              BBC Monitoring Africa - Political
                Supplied by BBC Worldwide Monitoring

                            March 3, 2015 Tuesday

Malta and Gabon sign ferry accord

LENGTH: 48 words

Text of report by Gabonese radio on 3 March

[Presenter] Malta signed a second ferry accord with Gabon on Tuesday.

Source: Radio Gabon, Libreville, in French 0600 gmt 3 Mar 15

BBC Mon AF1 AFEau ma

LOAD-DATE: March 3, 2015
"""
GIGAWORD = """<DOC id="DLT_ENG_20030102.0001" type="story" >
<HEADLINE>
Chile lends Fiji money for wells
</HEADLINE>
<DATELINE>
SUVA, Jan. 2 (Delta)
</DATELINE>
<TEXT>
<P>
Chile lent Fiji 26 million euros on Thursday
to sink wells in the north.
</P>
<P>
Fiji thanked Chile.
</P>
</TEXT>
</DOC>
<DOC id="DLT_ENG_20030103.0002" type="story" >
<TEXT>
<P>
Malta signed a second ferry accord with Gabon on Friday.
</P>
</TEXT>
</DOC>
"""
FT_OF_TREC = """<DOC>
<DOCNO>FT911-3</DOCNO>
<PROFILE>_AN-BEOA7AAIFT</PROFILE>
<DATE>910514
</DATE>
<HEADLINE>
FT  14 MAY 91 / International News: Chile lends Fiji money for wells
</HEADLINE>
<BYLINE>
   By ADA QUILL
</BYLINE>
<TEXT>
CHILE lent Fiji 26 million dollars on Monday to sink wells in the north.
</TEXT>
<PUB>The Lake Times
</PUB>
<PAGE>
London Page 3
</PAGE>
</DOC>
"""
FBIS_OF_TREC = """<DOC>
<DOCNO> FBIS3-1 </DOCNO>
<HT>  "cr00000011094001" </HT>
<HEADER>
<AU>   FBIS-WEU-94-001 </AU>
Document Type:Daily Reports
<DATE1>  14 March 1994 </DATE1>
</HEADER>
<F P=100> FIJI </F>
<H3> <TI>   Chile Lends Money for Wells </TI></H3>
<F P=102>  LD1403120294 Suva Radio in English 1000 GMT 14 Mar 94 </F>
<F P=103> LD1403120294 </F>
<TEXT>
Language: <F P=105> English </F>
Article Type:BFN
  [Text] Suva, 14 Mar (FNA) -- Chile lent Fiji 26 million dollars
on Monday to sink wells in the north.

  Fiji thanked Chile.
</TEXT>
</DOC>
"""


@pytest.mark.parametrize(
    ("name", "content"),
    [("de.txt", FACTIVA_IN_GERMAN), ("fr.txt", FACTIVA_IN_FRENCH), ("page.html", FACTIVA_PAGE)],
)
def test_factiva_in_other_languages_and_as_a_page(tmp_path: Path, name: str, content: str) -> None:
    found = documents(tmp_path, name, content)
    assert [(d.title, d.publisher, d.published_on, d.author, d.text) for d in found] == TWO_OF_FACTIVA


@pytest.mark.parametrize(("name", "content"), [("lexis.html", LEXIS_PAGE), ("gale.txt", GALE)])
def test_articles_of_a_page_of_lexisnexis_and_of_gale(tmp_path: Path, name: str, content: str) -> None:
    first, second = documents(tmp_path, name, content)
    assert (first.title, first.author, first.published_on) == (TWO_OF_FACTIVA[0][0], "Ada Quill", date(2015, 3, 2))
    assert first.text == "Chile lent Fiji 26 million euros on Tuesday.\n\nFiji thanked Chile."
    assert (second.title, second.published_on) == (TWO_OF_FACTIVA[1][0], date(2010, 1, 11))
    assert second.text == "Malta signed a second ferry accord with Gabon on Friday."
    assert [d.publisher for d in (first, second)] in (
        ["The Harbour Courier", "The Northern Ledger"],
        ["Harbour Courier", "Northern Ledger"],
    )


def test_monitored_reports_name_their_source_outside_the_text(tmp_path: Path) -> None:
    first, second = documents(tmp_path, "monitoring.txt", MONITORING)
    assert (first.title, first.publisher, first.published_on, first.dateline_place) == (
        "Oman, Qatar sign port accord - agency", "BBC Monitoring Middle East - Political", date(2015, 3, 2), "Muscat",
    )  # fmt: skip
    assert first.text == "Oman signed a port accord with Qatar on Monday.\n\nQatar will pay for the port."
    assert second.text == "[Presenter] Malta signed a second ferry accord with Gabon on Tuesday."
    kept = " ".join(c.text for c in first.cuts)
    assert all(words in kept for words in ("Text of report in English", "1010 gmt 2 Mar 15", "BBC Mon ME1"))


def test_an_archive_of_newswire_has_the_day_in_the_id(tmp_path: Path) -> None:
    first, second = documents(tmp_path, "dlt.sgml", GIGAWORD)
    assert (first.title, first.published_on, first.dateline_place) == (
        "Chile lends Fiji money for wells",
        date(2003, 1, 2),
        "SUVA",
    )
    assert (
        first.text == "Chile lent Fiji 26 million euros on Thursday to sink wells in the north.\n\nFiji thanked Chile."
    )
    assert (second.title, second.published_on) == (None, date(2003, 1, 3))


def test_papers_and_broadcasts_of_the_old_retrieval_corpora(tmp_path: Path) -> None:
    (paper,) = documents(tmp_path, "ft.sgml", FT_OF_TREC)
    assert (paper.published_on, paper.author, paper.publisher) == (date(1991, 5, 14), "ADA QUILL", "The Lake Times")
    assert paper.text == "CHILE lent Fiji 26 million dollars on Monday to sink wells in the north."
    (broadcast,) = documents(tmp_path, "fbis.sgml", FBIS_OF_TREC)
    assert (broadcast.title, broadcast.published_on, broadcast.dateline_place) == (
        "Chile Lends Money for Wells",
        date(1994, 3, 14),
        "Suva",
    )
    assert (
        broadcast.text
        == "Chile lent Fiji 26 million dollars on Monday to sink wells in the north.\n\nFiji thanked Chile."
    )


def test_records_in_a_text_file_are_records(tmp_path: Path) -> None:
    lines = '{"title": "A", "text": "Chile lent Fiji money."}\n{"title": "B", "text": "Malta paid Gabon."}\n'
    assert [d.title for d in documents(tmp_path, "lines.txt", lines)] == ["A", "B"]


RTF = (
    b"{\\rtf1\\ansi\\ansicpg1252\\uc1{\\fonttbl{\\f0 Arial;}}{\\info{\\title Not this}}{\\*\\generator X;}\\pard\\b Chile lends Fiji money for wells\\b0\\par\r\n"
    b"The Harbour Courier\\par March 2, 2015 Monday\\par\\par Copyright 2015 Harbour Press\\par\\par Section:\\~NEWS\\par Length:\\~62 words\\par Byline:\\~Ada Quill\\par\\par Body\\par\\par\\par "
    b"Chile lent Fiji \\'8026 million on Tuesday, \\ldblquote for wells\\rdblquote  and caf\\'e9s {\\field{\\*\\fldinst HYPERLINK \"https://lake.example\"}{\\fldrslt in the north}}.\\par\\par "
    b"Fiji\\u8217?s minister thanked it.\\par\\par Load-Date:\\~March 3, 2015\\par\\par End of Document\\par\\par "
    b"Malta and Gabon sign ferry accord\\par The Northern Ledger\\par January 11, 2010 Monday\\par\\par Copyright 2010 Northern Ledger\\par\\par Length:\\~48 words\\par\\par Body\\par\\par "
    b"Malta signed a second ferry accord with Gabon on Friday.\\par\\par Load-Date:\\~January 11, 2010\\par\\par End of Document\\par}"
)


def _docx(lines: list[str]) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t xml:space='preserve'>{line}</w:t></w:r></w:p>" for line in lines)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr(
            "word/document.xml",
            f"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>{paragraphs}</w:body></w:document>",
        )
    return content.getvalue()


def test_articles_in_files_of_word_processors(tmp_path: Path) -> None:
    first, second = documents(tmp_path, "uni.RTF", RTF)
    assert (first.title, first.publisher, first.published_on, first.author) == (
        "Chile lends Fiji money for wells", "The Harbour Courier", date(2015, 3, 2), "Ada Quill",
    )  # fmt: skip
    assert first.text == (
        "Chile lent Fiji €26 million on Tuesday, “for wells” and cafés in the north.\n\nFiji’s minister thanked it."
    )
    assert (second.title, second.text) == (
        "Malta and Gabon sign ferry accord",
        "Malta signed a second ferry accord with Gabon on Friday.",
    )
    again = documents(tmp_path, "by_its_bytes.txt", RTF)
    assert [d.text for d in again] == [first.text, second.text]
    factiva = documents(tmp_path, "f.docx", _docx(FACTIVA_IN_FRENCH.split("\n")))
    assert [(d.title, d.publisher, d.published_on, d.author, d.text) for d in factiva] == TWO_OF_FACTIVA


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("b.xlsx", _docx(["x"])),
        ("c.docx", b"PK\x03\x04 and no more"),
    ],
)
def test_other_files_of_offices_are_refused_once_with_what_to_do(tmp_path: Path, name: str, content: bytes) -> None:
    (refused,) = read_and_cleaned(tmp_path, name, content)
    assert isinstance(refused, Rejected)
    assert refused.reason == Reason.UNSUPPORTED
    assert "plain text" in refused.detail


TAGS_IN_CELLS = """<html><head><title>Factiva</title></head><body><div class="article">
<table><tr><td class="index"><b>HD</b></td><td><span class='enHeadline'>Chile lends Fiji 26 million euros for wells</span></td></tr>
<tr><td><b>BY</b></td><td>By Rita Lund</td></tr><tr><td><b>WC</b></td><td>71 words</td></tr><tr><td><b>PD</b></td><td>14 May 2013</td></tr>
<tr><td><b>SN</b></td><td>Morning Sound</td></tr><tr><td><b>SC</b></td><td>MSOUND</td></tr><tr><td><b>LA</b></td><td>English</td></tr>
<tr><td><b>LP</b></td><td><p class="articleParagraph">Chile lent Fiji 26 million euros on Tuesday to sink wells in the north.</p></td></tr>
<tr><td><b>TD</b></td><td><p class="articleParagraph">Fiji thanked Chile at a ceremony in Suva.</p></td></tr>
<tr><td><b>AN</b></td><td>Document MSOUND0020130514e95e0002a</td></tr></table></div>
<div class="article"><table><tr><td><b>HD</b></td><td>Malta and Gabon sign ferry accord</td></tr><tr><td><b>WC</b></td><td>55 words</td></tr><tr><td><b>PD</b></td><td>3 September 2008</td></tr>
<tr><td><b>SN</b></td><td>Strait Gazette</td></tr><tr><td><b>LP</b></td><td><p>Malta signed a second ferry accord with Gabon on Wednesday.</p></td></tr><tr><td><b>AN</b></td><td>Document STRGAZ0020080903e9930001b</td></tr></table></div></body></html>"""
NEXIS_UNI = """Page 1 of 4
Chile lends Fiji 26 million euros for wells

Chile lends Fiji 26 million euros for wells
Morning Sound
May 14, 2013 Tuesday

Copyright 2013 Morning Sound Ltd All Rights Reserved

Section: NEWS; Pg. 3
Length: 62 words
Byline: Rita Lund
Highlight: Wells for the islands
Body


Chile lent Fiji 26 million euros on Tuesday to sink wells in the north.

Fiji thanked Chile at a ceremony in Suva.

Classification


Language: ENGLISH

Publication-Type: Newspaper

Subject: LOANS (90%); WELLS (78%)

Geographic: FIJI (94%)

Load-Date: May 15, 2013


End of Document

Malta and Gabon sign ferry accord
Strait Gazette
September 3, 2008 Wednesday

Copyright 2008 Strait Gazette

Length: 55 words
Dateline: VALLETTA, Sept. 3
Body

Malta signed a second ferry accord with Gabon on Wednesday.

Load-Date: September 4, 2008

End of Document
"""
PROQUEST = """____________________________________________________________

Document 1 of 2

Chile lends Fiji 26 million euros for wells

Author: Lund, Rita

Publication info: Morning Sound ; Suva [Suva]14 May 2013: 3.

http://search.example.com/docview/135?accountid=1

Abstract: Chile lent Fiji money.

Links: http://sfx.example/

Full text: Chile lent Fiji 26 million euros on Tuesday to sink wells in the north.

Fiji thanked Chile at a ceremony in Suva.

Subject: Loans; Wells

Location: Fiji

Title: Chile lends Fiji 26 million euros for wells

Publication title: Morning Sound

Publication date: May 14, 2013

ProQuest document ID: 135

Copyright: Copyright Morning Sound May 14, 2013

Last updated: 2013-05-15

Database: Global Newsstream

____________________________________________________________

Document 2 of 2

Malta and Gabon sign ferry accord

Publication info: Strait Gazette ; Valletta [Valletta]03 Sep 2008: 1.

Full text: Malta signed a second ferry accord with Gabon on Wednesday.

Publication title: Strait Gazette

Publication date: Sep 3, 2008

ProQuest document ID: 136
"""


@pytest.mark.parametrize(("name", "content"), [("f.html", TAGS_IN_CELLS), ("u.txt", NEXIS_UNI), ("p.txt", PROQUEST)])
def test_tags_in_cells_covers_and_long_footers(tmp_path: Path, name: str, content: str) -> None:
    found = documents(tmp_path, name, content)
    expected = [(title, paper, day, text) for title, paper, day, _, text in TWO_OF_FACTIVA]
    assert [(d.title, d.publisher, d.published_on, d.text) for d in found] == expected


def test_stories_of_a_terminal(tmp_path: Path) -> None:
    stories = [
        ("14-May-2013", "Chile lends Fiji money for wells", "Chile lent Fiji 26 million euros on Tuesday to sink wells in the north."),
        ("15-May-2013", "Malta signs ferry accord", "Malta signed a ferry accord with Gabon on Wednesday to run ships to Libreville."),
    ]  # fmt: skip
    text = "".join(
        f"{day} 14:02:11 RTRS - {title}\n\n{words}\n\n(Reporting by Ada Quill)\n\n" for day, title, words in stories
    )
    found = documents(tmp_path, "e.txt", text)
    assert [(d.title, d.published_on, d.publisher, d.text) for d in found] == [
        (title, date(2013, 5, 14 + n), "RTRS", words) for n, (_, title, words) in enumerate(stories)
    ]


def test_markdown_below_fields(tmp_path: Path) -> None:
    text = (
        '---\ntitle: "Chile lends Fiji money: wells"\ndate: 2013-05-14T10:00:00+02:00\nauthor: Rita Lund\nsource: Morning Sound\ntags: [fiji, wells]\n---\n\n'
        "Chile lent Fiji 26 million euros on Tuesday to sink **wells** in the [north](https://x.example).\n\n## What comes next\n\nFiji thanked Chile at a ceremony in Suva.\n"
    )
    (found,) = documents(tmp_path, "a.md", text)
    assert (found.title, found.published_on, found.author, found.publisher) == (
        "Chile lends Fiji money: wells", date(2013, 5, 14), "Rita Lund", "Morning Sound",
    )  # fmt: skip
    assert "tags" not in found.text
    assert found.text.startswith("Chile lent Fiji 26 million euros on Tuesday to sink wells in the north.")
    rule = "---\nNo fields are here.\n---\nChile lent Fiji money on Tuesday."
    (found,) = documents(tmp_path, "b.md", rule)
    assert "No fields are here." in found.text


FIRST = "Chile lent Fiji 26 million dollars on Tuesday to sink wells in the north of the larger island, officials said."
SECOND = "The money will be paid out over three years, the envoys said after the signing in the capital."
IN_MANY_MANNERS = {
    "spanish_factiva.txt": "Chile lends Fiji money\nPor Rita Lund\n1.071 palabras\n14 mayo 2013\nMorning Sound\nMSOUND\nInglés\nCopyright 2013 Morning Sound\n\n" + FIRST + "\n\nDocumento MSOUND0020130514e95e0002a\n\nMalta signs\n55 palabras\n3 septiembre 2008\nStrait Gazette\nSTRGAZ\nInglés\n(c) 2008 Strait Gazette\n\n" + SECOND + "\n\nDocumento STRGAZ0020080903e9930001b\n",
    "latimes.sgml": "<DOC>\n<DOCNO> LA010189-0001 </DOCNO>\n<DATE>\n<P>\nMay 14, 2013, Tuesday, Home Edition\n</P>\n</DATE>\n<HEADLINE>\n<P>\nChile lends Fiji money\n</P>\n</HEADLINE>\n<TEXT>\n<P>\n" + FIRST + "\n</P>\n</TEXT>\n</DOC>\n<DOC>\n<DOCNO> LA010189-0002 </DOCNO>\n<DATE>\n<P>\nSeptember 3, 2008, Wednesday\n</P>\n</DATE>\n<HEADLINE>\n<P>\nMalta signs\n</P>\n</HEADLINE>\n<TEXT>\n<P>\n" + SECOND + "\n</P>\n</TEXT>\n</DOC>\n",
    "banner.txt": "########## 1/2 ##########\nTitle: Chile lends Fiji money\nDate: 2013-05-14\n\n" + FIRST + "\n\n########## 2/2 ##########\nTitle: Malta signs\nDate: 2008-09-03\n\n" + SECOND + "\n",
    "yaml.txt": "Headline: Chile lends Fiji money\nPublished: 14 May 2013\nSource: Morning Sound\n\n" + FIRST + "\n\n-----\n\nHeadline: Malta signs\nPublished: 3 September 2008\nSource: Strait Gazette\n\n" + SECOND + "\n",
    "lexis_de.txt": "                               1 von 2 DOKUMENTEN\n\n                              Morning Sound\n\n                              14. Mai 2013 Dienstag\n\nChile lends Fiji money\n\nAUTOR: Rita Lund\n\nLÄNGE: 71 Wörter\n\n" + FIRST + "\n\nUPDATE: 15. Mai 2013\n\nSPRACHE: ENGLISCH\n\n                               2 von 2 DOKUMENTEN\n\n                              Strait Gazette\n\n                              3. September 2008 Mittwoch\n\nMalta signs\n\nLÄNGE: 55 Wörter\n\n" + SECOND + "\n\nUPDATE: 4. September 2008\n",
}  # fmt: skip


@pytest.mark.parametrize("name", IN_MANY_MANNERS)
def test_two_articles_in_many_manners(tmp_path: Path, name: str) -> None:
    found = documents(tmp_path, name, IN_MANY_MANNERS[name])
    assert [(d.title, d.published_on, d.text) for d in found] == [
        ("Chile lends Fiji money", date(2013, 5, 14), FIRST), ("Malta signs", date(2008, 9, 3), SECOND),
    ]  # fmt: skip


def test_a_page_in_a_text_file_is_a_page(tmp_path: Path) -> None:
    page = f"<!DOCTYPE html><html><head><title>Wells</title></head><body><article><h1>Wells</h1><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
    (found,) = documents(tmp_path, "saved.txt", page)
    assert (found.title, found.text) == ("Wells", f"{FIRST}\n\n{SECOND}")
    (found,) = documents(tmp_path, "tells.txt", f'The page said "<html>" and no more. {FIRST}')
    assert found.text.startswith("The page said")


def test_a_dateline_of_its_own_leaves_the_paragraphs_and_a_short_year_has_its_century(tmp_path: Path) -> None:
    one = "Chile lent Fiji 26 million dollars on Monday to sink wells in the north."
    two = "Fiji thanked Chile for it in a long statement that was read on the radio."
    page = f"<DOC>\n<DOCNO>A1</DOCNO>\n<DATE>030405</DATE>\n<DATELINE>SUVA</DATELINE>\n<TEXT>\n<P>{one}</P>\n<P>{two}</P>\n</TEXT>\n</DOC>\n"
    (found,) = documents(tmp_path, "a.sgml", page)
    assert found.text.split("\n\n") == [one, two]
    assert found.published_on == date(2003, 4, 5)
