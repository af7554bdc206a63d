"""Pages as today's and yesterday's sites build them: where the article is, and what of the page is none of it."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest

from pipelines.reading.records import Rejected
from pipelines.text.page_parts import prepared
from tests.unit.through import documents, read_and_cleaned

LEAD = "Chile lent Fiji 26 million dollars on Tuesday to sink wells in the north of the larger island."
SECOND = "The money will be paid out over three years, officials in Suva said after the signing."
THIRD = "Fiji thanked Chile for the loan in a long statement and promised to pay it back by 2040."
BODY = f"<p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p>"
WHOLE = f"{LEAD}\n\n{SECOND}\n\n{THIRD}"

AMP = f"""<!doctype html><html amp lang="en"><head><meta charset="utf-8"><title>Chile lends Fiji money for wells</title>
<link rel="canonical" href="https://lake.example/wells"><style amp-boilerplate>body{{animation:-amp-start 8s}}</style>
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"Chile lends Fiji money for wells","datePublished":"2015-05-05T09:00:00Z","author":{{"@type":"Person","name":"Ada Quill"}}}}</script></head>
<body><amp-sidebar id="s"><ul><li><a href="/w">World</a></li><li><a href="/m">Money</a></li></ul></amp-sidebar><header>Lake Post</header>
<article><h1>Chile lends Fiji money for wells</h1><amp-img src="a.jpg" alt="Wells"></amp-img><figcaption>Men dig a well. Photo: Lake Post</figcaption>{BODY}
<amp-ad type="x"><p>Buy a pump for $99 today.</p></amp-ad><amp-social-share type="twitter"></amp-social-share></article>
<amp-list><p>Related: Malta pays Gabon $7 million</p></amp-list><footer>© 2015 Lake Post</footer></body></html>"""
PRINT = f"""<html><head><title>Print: Chile lends Fiji money for wells</title></head><body onload="window.print()"><table width="600"><tr><td><img src="logo.gif"></td></tr>
<tr><td><b>Chile lends Fiji money for wells</b></td></tr><tr><td>By Ada Quill</td></tr><tr><td>May 5, 2015</td></tr><tr><td>
{BODY}</td></tr><tr><td><a href="javascript:close()">Close window</a> URL: http://lake.example/wells.html</td></tr></table></body></html>"""
_STATE = {
    "props": {
        "pageProps": {
            "article": {
                "headline": "Chile lends Fiji money for wells", "publishedAt": "2015-05-05T09:00:00Z",
                "body": [{"type": "paragraph", "text": t} for t in (LEAD, SECOND, THIRD)],
            }
        }
    }
}  # fmt: skip
DRAWN = f"""<!doctype html><html><head><title>Chile lends Fiji money for wells</title></head><body><div id="__next"><p>Loading…</p></div>
<noscript>You need scripts to read this page.</noscript><script id="__NEXT_DATA__" type="application/json">{json.dumps(_STATE)}</script></body></html>"""
MICRODATA = f"""<html><head><title>Chile lends Fiji money for wells</title></head><body><div itemscope itemtype="http://schema.org/NewsArticle">
<h1 itemprop="headline">Chile lends Fiji money for wells</h1><meta itemprop="datePublished" content="2015-05-05"><span itemprop="author">Ada Quill</span>
<div itemprop="articleBody">{BODY}</div></div><div class="comments"><h3>3 comments</h3><p>Reader 1: They should give 90 million dollars to my village.</p></div></body></html>"""
OLD = f"""<HTML><HEAD><TITLE>Chile lends Fiji money for wells</TITLE></HEAD><BODY BGCOLOR=white><CENTER><H2>Chile lends Fiji money for wells</H2></CENTER>
<P>{LEAD}
<P>{SECOND}
<P>{THIRD}
<HR><A HREF="index.html">Back to the front page</A></BODY></HTML>"""
BREAKS = f"""<html><head><title>Chile lends Fiji money for wells</title></head><body><h1>Chile lends Fiji money for wells</h1>
<div class="story">{LEAD}<br/>\n<br/>\n{SECOND}<br />&nbsp;<br />{THIRD}</div></body></html>"""
OFFER = f"""<html><head><title>Chile lends Fiji money for wells</title></head><body><article><h1>Chile lends Fiji money for wells</h1><p>{LEAD}</p>
<div class="newsletter-signup"><h4>Get the morning briefing</h4><p>Sign up for our free newsletter.</p></div><p>{SECOND}</p>
<aside class="promo"><p>Subscribe for €1 a week. Cancel anytime.</p></aside><p>{THIRD}</p>
<div class="related"><ul><li><a href="/a">Malta pays Gabon $7 million</a></li><li><a href="/b">Peru asks Japan for 90 million yen</a></li></ul></div></article></body></html>"""
NOTES = f"""<html><head><title>Chile lends Fiji money for wells</title></head><body><article><h1>Chile lends Fiji money for wells</h1>
<p>{LEAD[:-1]}<a href="#_ftn1" name="_ftnref1">[1]</a>.</p><p>{SECOND[:-1]}<sup id="r2"><a href="#note-2">2</a></sup>.</p><p>{THIRD}</p>
<hr><p><a href="#_ftnref1" name="_ftn1">[1]</a> See the text of the accord.</p></article></body></html>"""
CODED = """<html><head><meta charset="iso-8859-1"><title>C&ocirc;te d&#146;Ivoire pays</title></head><body><article><h1>C&ocirc;te d&#146;Ivoire pays</h1>
<p>C&ocirc;te d&#8217;Ivoire paid Togo &#128;3 million on Friday &#151; the first time since 2001 that it did so.</p>
<p>&#147;We thank you,&#148; the minister of Togo said in Lom&eacute; on the same day, &amp; he laughed.</p></article></body></html>"""


@pytest.mark.parametrize(
    "page",
    [AMP, PRINT, DRAWN, MICRODATA, OLD, BREAKS, OFFER],
    ids=["amp", "print", "drawn", "microdata", "old", "breaks", "offer"],
)
def test_the_article_and_nothing_else(tmp_path: Path, page: str) -> None:
    (found,) = documents(tmp_path, "a.html", page)
    assert found.text == WHOLE
    assert found.title == "Chile lends Fiji money for wells"


@pytest.mark.parametrize("page", [AMP, PRINT, DRAWN, MICRODATA], ids=["amp", "print", "drawn", "microdata"])
def test_its_day(tmp_path: Path, page: str) -> None:
    (found,) = documents(tmp_path, "a.html", page)
    assert found.published_on == date(2015, 5, 5)


def test_marks_of_notes_are_no_text(tmp_path: Path) -> None:
    (found,) = documents(tmp_path, "a.html", NOTES)
    assert found.text.startswith(WHOLE)


MARKED = [
    ("paid <del>$20</del> <ins>$40</ins><sup>2</sup> million", "paid $40 million"),
    ("paid <b>$12 million</b><sup>3</sup> for wells", "paid $12 million for wells"),
    ("paid $40 million<ins><sup>2</sup></ins> for wells", "paid $40 million for wells"),
    ("paid for <u>12</u><sup>[4]</sup> wells", "paid for 12 wells"),
    ("paid since 2009<sup>1</sup> for wells", "paid since 2009 for wells"),
    ("paid 12<span class='footnote'>2</span> ships", "paid 12 ships"),
    ("bought 40 km<sup>2</sup> of land", "bought 40 km2 of land"),
    ("bought 10<sup>6</sup> filters", "bought 10^6 filters"),
    ("paid on the 5<sup>th</sup> of May", "paid on the 5th of May"),
]


@pytest.mark.parametrize(("markup", "words"), MARKED)
@pytest.mark.parametrize("is_page", [True, False], ids=["page", "piece"])
def test_a_raised_number_is_a_note_or_a_power(tmp_path: Path, markup: str, words: str, is_page: bool) -> None:
    article = f"<p>Chile {markup} that Fiji has not yet had.</p><p>{SECOND}</p><p>{THIRD}</p>"
    page = f"<html><head><title>Wells</title></head><body><article><h1>Wells</h1>{article}</article></body></html>"
    (found,) = documents(tmp_path, "a.html", page if is_page else article)
    assert f"Chile {words} that Fiji" in found.text


@pytest.mark.parametrize("gap", ["", " "])
def test_a_large_first_letter_is_of_its_word(tmp_path: Path, gap: str) -> None:
    article = f"<p><span class='drop-cap'>F</span>{gap}iji thanked Chile.</p><p>{SECOND}</p><p>{THIRD}</p>"
    page = f"<html><head><title>Wells</title></head><body><article><h1>Wells</h1>{article}</article></body></html>"
    (found,) = documents(tmp_path, "a.html", page)
    assert found.text.startswith("Fiji thanked Chile.")


def test_an_article_in_a_shadow_root_is_read_and_a_template_is_not(tmp_path: Path) -> None:
    article = f"<article><h1>Wells</h1><p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p></article>"
    page = (
        "<html><head><title>Wells</title></head><body><template><p>Nobody sees this sentence of a template.</p></template>"
        f"<x-story><template shadowrootmode='open'>{article}</template></x-story></body></html>"
    )
    (found,) = documents(tmp_path, "a.html", page)
    assert found.text == WHOLE


def test_numbers_of_windows_characters(tmp_path: Path) -> None:
    (found,) = documents(tmp_path, "a.html", CODED)
    assert "Côte d’Ivoire paid Togo €3 million on Friday — the first" in found.text
    assert "“We thank you,” the minister of Togo said in Lomé on the same day, & he laughed." in found.text


LIVE_SPANS = f"""<html><head><title>Talks on wells: live</title></head><body><h1>Talks on wells: live</h1><div class="liveblog">
<div class="lb-post"><span class="lb-time" data-timestamp="1430906400">10:00</span><h3>Money</h3><p>{LEAD}</p></div>
<div class="lb-post"><span class="lb-time" data-timestamp="1430816400">09:00</span><h3>Talks</h3><p>{SECOND}</p></div></div></body></html>"""
LIVE_STATED = (
    '<html><head><title>Talks on wells: live</title><script type="application/ld+json">'
    + json.dumps(
        {
            "@graph": [
                {
                    "@type": "LiveBlogPosting", "headline": "Talks on wells",
                    "liveBlogUpdate": [
                        {"@type": "BlogPosting", "headline": "Money", "datePublished": "2015-05-06T10:00:00Z", "articleBody": f"<p>{LEAD}</p>"},
                        {"@type": "BlogPosting", "headline": "Talks", "datePublished": "2015-05-05T09:00:00Z", "articleBody": f"<p>{SECOND}</p>"},
                    ],
                }
            ]
        }
    )
    + '</script></head><body><div id="root"></div></body></html>'
)  # fmt: skip


@pytest.mark.parametrize("page", [LIVE_SPANS, LIVE_STATED], ids=["spans", "stated"])
def test_posts_of_live_pages(tmp_path: Path, page: str) -> None:
    found = documents(tmp_path, "live.html", page)
    assert [(d.title, d.published_on, d.text) for d in found] == [
        ("Money", date(2015, 5, 6), LEAD),
        ("Talks", date(2015, 5, 5), SECOND),
    ]


def test_a_page_of_headlines_is_no_article(tmp_path: Path) -> None:
    stories = "".join(
        f'<article><h2><a href="/{n}">{who} pays {whom} {n} million dollars</a></h2></article>'
        for n, (who, whom) in enumerate([("Malta", "Gabon"), ("Peru", "Togo"), ("Chile", "Fiji"), ("Oman", "Nepal")])
    )
    page = f"<html><head><title>Lake Post: World</title></head><body><main>{stories}</main></body></html>"
    (found,) = read_and_cleaned(tmp_path, "index.html", page)
    assert isinstance(found, Rejected)


TABLE = f"""<html><head><title>Who lends Fiji what</title></head><body><article><h1>Who lends Fiji what</h1><p>{LEAD}</p><table><caption>Loans in millions of dollars</caption>
<tr><th>Lender</th><th>Sum</th></tr><tr><td>Chile</td><td>26</td></tr><tr><td>Japan</td><td>$4 million</td></tr></table><p>{THIRD}</p></article></body></html>"""


def test_rows_of_a_table_are_lines_without_bars(tmp_path: Path) -> None:
    (found,) = documents(tmp_path, "a.html", TABLE)
    assert "|" not in found.text
    assert "Japan; $4 million" in found.text
    assert found.text.endswith(THIRD)


def test_a_long_script_costs_no_more_than_its_length() -> None:
    page = f"<html><body><script>{'x = 1; ' * 60_000}</script><p>{LEAD}</p></body></html>"
    started = time.process_time()
    prepared(page)
    assert time.process_time() - started < 2


def test_questions_that_end_an_article_are_no_titles_of_others(tmp_path: Path) -> None:
    questions = ["Who will pay for the wells in the north?", "Will Chile ask for its money back?", "And what will the islands do then?"]  # fmt: skip
    text = "\n\n".join([LEAD, SECOND, THIRD, "The envoys have not said much since.", *questions])
    (found,) = documents(tmp_path, "a.txt", text)
    assert found.text.endswith("\n\n".join(questions))
    others = ["Malta Pays Gabon for Ferry", "Will Peru Lend Togo Ships?", "Oman Signs Port Accord"]
    (found,) = documents(
        tmp_path, "b.txt", "\n\n".join([LEAD, SECOND, THIRD, "The envoys have not said much.", *others])
    )
    assert found.text.endswith("The envoys have not said much.")


_OTHERS_TOO = {
    "page": {
        "story": {"headline": "Wells for Fiji", "content": BODY},
        "more": [{"headline": "Ferry for Malta", "content": f"<p>Malta paid.</p>{BODY}"}],
    }
}
OTHER_PAGES = {
    "div_paras": f"<html><head><title>Wells for Fiji</title></head><body><div id=main><h1>Wells for Fiji</h1><div>{LEAD}</div><div>{SECOND}</div><div>{THIRD}</div></div></body></html>",
    "xhtml": f"<?xml version='1.0' encoding='utf-8'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'><head><title>Wells for Fiji</title></head><body><h1>Wells for Fiji</h1>{BODY}</body></html>",
    "sidebar": f"<html><head><title>Wells for Fiji</title></head><body><article><h1>Wells for Fiji</h1>{BODY}</article><aside><h3>Most read</h3><ul><li><a href='/1'>Malta pays $7 million</a></li><li><a href='/2'>Peru pays $9 million</a></li></ul></aside></body></html>",
    "share": f"<html><head><title>Wells for Fiji</title></head><body><article><h1>Wells for Fiji</h1><div class='share'><a>Share on Facebook</a><a>Tweet</a></div>{BODY}<p>Follow us on Twitter @lakepost</p><p>© 2015 Lake Post. All rights reserved.</p></article></body></html>",
    "readalso": f"<html><head><title>Wells for Fiji</title></head><body><article><h1>Wells for Fiji</h1><p>{LEAD}</p><p><strong>READ ALSO: <a href='/x'>Malta pays Gabon $7 million</a></strong></p><p>{SECOND}</p><p>{THIRD}</p></article></body></html>",
    "nuxt": "<html><head><title>Wells for Fiji - Lake Post</title></head><body><div id='__nuxt'></div><script type='application/json' id='__NUXT_DATA__'>"+json.dumps({"a":{"title":"Wells for Fiji","body": BODY}})+"</script></body></html>",
    "state": f"<html><head><title>Wells for Fiji | Lake Post</title></head><body><div id='app'></div><script>window.__INITIAL_STATE__ = {json.dumps(_OTHERS_TOO)};</script></body></html>",
    "spans": f"<html><head><title>Wells for Fiji</title></head><body><h1>Wells for Fiji</h1><div class='text'><span class='par'>{LEAD}</span><br><br><span class='par'>{SECOND}</span><br><br><span class='par'>{THIRD}</span></div></body></html>",
    "cookie": f"<html><head><title>Wells for Fiji</title></head><body><div class='cookie-consent'><p>We use cookies and pay $5 million for them. Accept all.</p></div><main><h1>Wells for Fiji</h1>{BODY}</main></body></html>",
    "unseen": f"<html><head><title>Wells for Fiji</title></head><body><article><h1>Wells for Fiji</h1><p>{LEAD}</p><p hidden>Malta paid Gabon $7 million for ferries in the same week.</p><p>{SECOND}</p><p style='display:none'>Peru paid Togo $9 million for ships in the same week.</p><p>{THIRD}</p></article></body></html>",
    "caption": f"<html><head><title>Wells for Fiji</title></head><body><article><h1>Wells for Fiji</h1><figure><img src='a.jpg'><figcaption>A man at a well near Labasa. Photo: Ada Quill/Lake Post</figcaption></figure>{BODY}</article></body></html>",
    "nested": f"<html><head><title>Wells for Fiji</title></head><body><table><tr><td width=150><a href='/'>Home</a><br><a href='/w'>World</a></td><td><table><tr><td><h1>Wells for Fiji</h1>{BODY}</td></tr></table></td></tr></table></body></html>",
}  # fmt: skip


@pytest.mark.parametrize("name", OTHER_PAGES)
def test_the_article_of_a_page_with_much_beside_it(tmp_path: Path, name: str) -> None:
    (found,) = documents(tmp_path, f"{name}.html", OTHER_PAGES[name])
    assert (found.title, found.text) == ("Wells for Fiji", WHOLE)


def test_notes_words_taken_back_and_lines_said_again_are_none_of_the_text(tmp_path: Path) -> None:
    inner = f"""<article><h1>Chile lends Fiji money for wells</h1><p>Chile lent Fiji <del>$95 million</del> <ins>$26 million<sup>2</sup></ins> and Tonga <s>$96 million</s> $7 million<sup>3</sup> on Tuesday.</p>
<blockquote class="pull-quote">The money will be paid out over three years</blockquote><p>{SECOND}</p><p>{THIRD} The wells take 5 km<sup>2</sup>.</p></article>"""
    page = f"<html><head><title>Chile lends Fiji money for wells</title></head><body>{inner}</body></html>"
    (document,) = documents(tmp_path, "a.html", page)
    assert document.text.startswith("Chile lent Fiji $26 million and Tonga $7 million on Tuesday.")
    assert document.text.count("The money will be paid out over three years") == 1
    assert "km2" in document.text
