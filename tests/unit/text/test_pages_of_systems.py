"""Pages as systems for sites build them, with what they put around an article: its text, title and day, and nothing else."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from pipelines.text.page_parts import prepared
from tests.unit.through import documents

TITLE = "Chile lends Fiji money for wells"
LEAD = "Chile lent Fiji 26 million dollars on Tuesday to sink wells in the north of the larger island."
SECOND = "The money will be paid out over three years, officials in Suva said after the signing."
THIRD = "Fiji thanked Chile for the loan in a long statement and promised to pay it back by 2040."
PARTS = [LEAD, SECOND, THIRD]
DAY = date(2015, 5, 5)


def _page(head: str, body: str) -> str:
    return f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | Lake Post</title>{head}</head><body>{body}</body></html>'


PAGES = {
    "wordpress": _page(
        '<meta property="article:published_time" content="2015-05-05T09:00:00+00:00"/><meta property="og:title" content="Chile lends Fiji money for wells"/>',
        f'<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav><main><article class="post-12 post type-post"><header class="entry-header"><h1 class="entry-title">{TITLE}</h1>'
        '<div class="entry-meta">Posted on <time datetime="2015-05-05T09:00:00+00:00">May 5, 2015</time> by <a href="/author/ada">Ada Quill</a></div></header>'
        f'<div class="entry-content"><p>{LEAD}</p><figure class="wp-caption"><img src="w.jpg" alt=""><figcaption class="wp-caption-text">Men dig a well near Labasa</figcaption></figure><p>{SECOND}</p><p>{THIRD}</p>'
        '<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a href="#">Click to share on Twitter (Opens in new window)</a></li></ul></div>'
        '<div id="jp-relatedposts"><h3>Related</h3><p>Malta pays Gabon 7 million euros</p></div></div><footer class="entry-footer">Posted in World | Tagged wells | Leave a comment</footer></article>'
        '<div id="comments"><h2>2 thoughts on “Chile lends Fiji money”</h2><ol><li><p>Tom says: give me 90 million dollars.</p></li></ol></div></main>',
    ),
    "drupal": _page(
        '<meta name="dcterms.date" content="2015-05-05T09:00Z"/><link rel="canonical" href="https://lake.example/node/12"/>',
        f'<header role="banner">Lake Post</header><main role="main"><h1 class="page-title"><span class="field field--name-title">{TITLE}</span></h1><article role="article" class="node node--type-article">'
        f'<div class="field field--name-field-image"><img src="w.jpg"></div><div class="field field--name-body field--type-text-with-summary"><p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p></div>'
        '<div class="field field--name-field-tags"><div class="field__label">Tags</div><div class="field__item"><a href="/t/1">Wells</a></div></div></article></main><footer>About us | Contact | Terms</footer>',
    ),
    "wire_of_today": _page(
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Chile lends Fiji money for wells","datePublished":"2015-05-05T09:00:00Z"}</script>',
        f'<article><h1 data-testid="Heading">{TITLE}</h1><div data-testid="AuthorByline">By Ada Quill</div><div class="article-body__content"><div data-testid="paragraph-0">SUVA, May 5 (Lake) - {LEAD}</div><div data-testid="paragraph-1">{SECOND}</div>'
        f'<div data-testid="promo-box"><h2>Sign up here.</h2></div><div data-testid="paragraph-2">{THIRD}</div></div><p data-testid="SignOff">Reporting by Ada Quill; Editing by Tom Reed</p><p>Our Standards: The Lake Trust Principles.</p>'
        "<section><h2>Read Next</h2><ul><li><a href='/a'>Malta pays Gabon</a></li><li><a href='/b'>Peru asks Japan</a></li></ul></section></article>",
    ),
    "agency_of_china": '<html><head><meta charset="utf-8"><title>Chile lends Fiji money for wells-Lake</title><meta name="publishdate" content="2015-05-05"></head><body><div class="header"><a href="/">Home</a> <a href="/w">World</a></div>'
    f'<h1>{TITLE}</h1><div class="info">Source: Lake | 2015-05-05 20:01:30 | Editor: aq</div><div id="detail"><p>SUVA, May 5 (Lake) -- {LEAD}</p><p>{SECOND}</p><p>{THIRD} Enditem</p></div><div class="nextpage"><a href="2.htm">Next page</a></div></body></html>',
    "government": _page(
        '<meta name="govuk:first-published-at" content="2015-05-05T09:00:00+00:00"><meta property="article:published_time" content="2015-05-05">',
        f'<div class="cookie-banner"><p>We use cookies to make this site better.</p></div><main><span class="context">Press release</span><h1>{TITLE}</h1><p class="summary-lead"></p><dl><dt>From:</dt><dd>Ministry of Wells</dd><dt>Published</dt><dd>5 May 2015</dd></dl>'
        f'<div class="govspeak"><p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p></div><h2>Share this page</h2><ul><li><a href="#">Share on Facebook</a></li></ul></main>',
    ),
    "blog": _page(
        "",
        f'<div class="date-outer"><h2 class="date-header"><span>Tuesday, May 5, 2015</span></h2><div class="post hentry"><h3 class="post-title entry-title">{TITLE}</h3><div class="post-body entry-content"><div dir="ltr">{LEAD}<br /><br />{SECOND}<br /><br />{THIRD}<div style="clear: both;"></div></div></div>'
        '<div class="post-footer">Posted by <span>Ada Quill</span> at <a href="#"><abbr title="2015-05-05T09:00:00Z">9:00 AM</abbr></a> <a>No comments:</a></div></div></div><div class="sidebar"><h2>Blog Archive</h2><ul><li>2014 (12)</li></ul></div>',
    ),
    "broadcaster": _page(
        '<meta property="og:title" content="Chile lends Fiji money for wells"><meta name="article:published_time" content="2015-05-05T09:00:00Z">',
        f'<article><header><h1 id="main-heading">{TITLE}</h1></header><div data-component="byline-block"><time datetime="2015-05-05T09:00:00Z">5 May 2015</time></div><div data-component="image-block"><figure><figcaption><span class="visually-hidden">Image caption, </span>A well near Labasa</figcaption></figure></div>'
        f'<div data-component="text-block"><p><b>{LEAD}</b></p></div><div data-component="text-block"><p>{SECOND}</p></div><div data-component="links-block"><h2>More on this story</h2><ul><li><a href="/a">Why wells run dry</a></li></ul></div><div data-component="text-block"><p>{THIRD}</p></div></article>',
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_article_alone(tmp_path: Path, name: str) -> None:
    (found,) = documents(tmp_path, "a.html", PAGES[name])
    assert found.text.split("\n\n") == PARTS
    assert (found.title, found.published_on) == (TITLE, DAY)


OPENINGS = [
    "<table><tr><td>{}</td></tr></table>",
    f"<div><h1>{TITLE}</h1>{{}}</div>",
    f"<div><h1>{TITLE}</h1><div>By Ada Quill</div>{{}}</div>",
    "<div><hr size='1'>{}</div>",
    "<h2>Lake Post</h2>{}",
]


@pytest.mark.parametrize("around", OPENINGS)
def test_the_first_paragraph_stands_bare_before_breaks(tmp_path: Path, around: str) -> None:
    """Only the later paragraphs of such a page have a break in front; the lead has none and is kept all the same."""
    last = "Chile has lent Fiji money twice before, in 1999 and in 2008, for roads and for a hospital."
    (found,) = documents(tmp_path, "a.html", _page("", around.format("<br><br>".join([*PARTS, last]))))
    assert [part for part in found.text.split("\n\n") if part != TITLE] == [*PARTS, last]


def test_a_row_of_links_before_breaks_is_no_paragraph(tmp_path: Path) -> None:
    menu = "<div><a href='/a'>Read all that we wrote of this today.</a> <a href='/b'>Write to the people who made this page.</a><br><br>"
    (found,) = documents(
        tmp_path, "a.html", _page("", f"{menu}<div>{'<br><br>'.join([*PARTS, LEAD[:40] + ' once more.'])}</div></div>")
    )
    assert "Write to the people" not in found.text
    assert LEAD in found.text


ENTITIES = [
    ("&pound;66m", "£66m"),
    ("&#8364;67m", "€67m"),
    ("&#x20AC;67m", "€67m"),
    ("&amp;euro;67m", "€67m"),
    ("C&ocirc;te d&rsquo;Ivoire", "Côte d’Ivoire"),
    ("Curaçao &amp; Aruba", "Curaçao & Aruba"),
    ("S&atilde;o Tom&eacute; and Pr&iacute;ncipe", "São Tomé and Príncipe"),
    ("5&nbsp;million", "5 million"),
]


@pytest.mark.parametrize(("written", "meant"), ENTITIES)
def test_characters_by_name_and_number(tmp_path: Path, written: str, meant: str) -> None:
    page = _page(
        "", f"<article><h1>{TITLE}</h1><p>{LEAD} They named {written} too.</p><p>{SECOND}</p><p>{THIRD}</p></article>"
    )
    (found,) = documents(tmp_path, "a.html", page)
    assert f"They named {meant} too." in found.text


def test_a_list_of_terms_with_indented_entries_is_read_at_once() -> None:
    entries = ("<dt>Date</dt><dd>x</dd>\n" + 12 * " ") * 8
    started = time.process_time()
    prepared(f"<html><body><dl>{entries}<dt>Budget</dt><dd>1</dd></dl><p>The talks went on.</p></body></html>")
    assert time.process_time() - started < 2
