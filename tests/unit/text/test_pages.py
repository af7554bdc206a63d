"""Pages: where the article is, what only stands in it, and posts that have a time each."""

from __future__ import annotations

import io
from datetime import date

import pytest

from pipelines.reading.encoding import decode
from pipelines.reading.live import posts_of
from pipelines.reading.records import RawRecord
from pipelines.reading.single import read_html
from pipelines.text import chrome
from pipelines.text.clean import CleanDocument, clean
from pipelines.text.html import read_page


def _cleaned(page: str) -> CleanDocument:
    (record,) = read_html(io.BytesIO(page.encode()), "p.html")
    assert isinstance(record, RawRecord)
    found = clean(record)
    assert isinstance(found, CleanDocument), found
    return found


LEAD = "Bhutan lent Nepal 3 million dollars on Friday for a road through the hills."


def test_windows_quotation_marks_under_a_latin_label() -> None:
    page = b'<meta charset="iso-8859-1"><p>\x93We pay \x803 million,\x94 the envoy\x92s aide said.</p>'
    assert "“We pay €3 million,” the envoy’s aide" in decode(page)


def test_an_article_in_linked_data_alone() -> None:
    page = (
        '<html><head><script type="application/ld+json">{"@graph":[{"@type":["NewsArticle"],"headline":"Road loan","datePublished":"2019-08-20",'
        f'"articleBody":"{LEAD} Nepal thanked it."}}]}}</script></head><body><div id="root"></div><noscript>Please enable scripts to see this.</noscript></body></html>'
    )
    assert _cleaned(page).text == f"{LEAD} Nepal thanked it."


def test_two_line_breaks_are_a_paragraph_in_old_pages() -> None:
    page = (
        "<html><body><table><tr><td><font><b>Road loan signed</b><br><br>THIMPHU, April 7 -- Bhutan lent Nepal 3 million dollars<br>on Friday."
        "<br><br>Nepal thanked Bhutan for the loan.<br><br>The road will be built by 2012.</font></td></tr></table></body></html>"
    )
    found = _cleaned(page)
    assert "|" not in found.text
    assert found.dateline_place == "THIMPHU"
    assert found.text.split("\n\n")[:2] == [
        "Bhutan lent Nepal 3 million dollars on Friday.",
        "Nepal thanked Bhutan for the loan.",
    ]


def test_offers_links_and_notes_are_no_article_and_are_kept_as_cuts() -> None:
    page = (
        f"<html><body><article><h1>Road loan signed by two states</h1><p>{LEAD}</p><p>Nepal thanked Bhutan<sup><a href='#n'>[2]</a></sup> for the loan of the year.</p>"
        '<div class="subscription-offer"><p>Read on for $2 a week. Readers in Italy pay €4.</p></div>'
        '<ul class="related-links"><li><a href="/x">Chad lends Togo $9 million for wells</a></li></ul>'
        f"<p>The two states will meet again in May to talk about the next part of the road.</p></article></body></html>"
    )
    found = _cleaned(page)
    assert "$2" not in found.text
    assert "Chad" not in found.text
    assert "[2]" not in found.text
    assert "The two states will meet again" in found.text
    assert any("$2 a week" in cut.text for cut in found.cuts)


def test_a_table_is_read_without_bars() -> None:
    page = (
        f"<html><body><article><h1>Who gives what to Nepal this year</h1><p>{LEAD}</p><table><thead><tr><th>Donor</th><th>Sum</th></tr></thead><tbody>"
        f"<tr><td>Bhutan</td><td>3</td></tr><tr><td>Oman</td><td>7</td></tr></tbody></table><p>Nepal thanked the donors on Monday in a long statement.</p></article></body></html>"
    )
    found = _cleaned(page)
    assert "|" not in found.text
    assert "Oman; 7" in found.text


def test_each_post_of_a_live_page_has_its_day() -> None:
    posts = "".join(
        f'<div class="live-post"><time datetime="2022-06-0{n}T09:00:00Z">9:00</time><h2>Talks, day {n}</h2><p>Oman met Qatar on day {n} of the talks.</p></div>'
        for n in (3, 2, 1)
    )
    page = (
        f'<html lang="en"><body><main><h1>Live: talks</h1>{posts}</main><script>LiveBlogPosting</script></body></html>'
    )
    found = list(read_html(io.BytesIO(page.encode()), "live.html"))
    assert [(r.title, r.published_on) for r in found if isinstance(r, RawRecord)] == [
        (f"Talks, day {n}", date(2022, 6, n)) for n in (3, 2, 1)
    ]


_WORDS = "Malta lent Gozo $7 million on Tuesday for the harbour, officials said."
_MORE = "Gozo thanked Malta for the loan, to be repaid over ten years."


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body><h1>H</h1><p>{_WORDS}</p><figure><figcaption>Port (Photo: A. B./AFP)</figcaption></figure><p>{_MORE}</p></body></html>",
        "<html><body><pre>Malta lent Gozo $7 million on Tuesday for the\nharbour, officials said.\n\nGozo thanked Malta for the loan, to be repaid\nover ten years.</pre></body></html>",
        "<html><body>Malta lent Gozo $7 million on Tuesday for the<br>harbour, officials said.<br><br>Gozo thanked Malta for the loan, to be repaid<br>over ten years.<p></p></body></html>",
        f"<html><body><p>{_WORDS}</p><p>{_MORE}</p><template>Peru lent Chile $9 million.</template><span class='sr-only'>Peru again</span></body></html>",
        f'<html><head><title>x</title><script type="application/ld+json">//<![CDATA[\n{{"@type":"NewsArticle","headline":"H","articleBody":"{_WORDS}\\n\\n{_MORE}"}}\n//]]></script></head><body><p>You have JavaScript disabled.</p></body></html>',
        f'<html><body><p>{_WORDS}</p><p>Gozo thanked Malta<a class="footnote-ref" href="#fn3">[3]</a> for the loan, to be repaid over ten years.</p></body></html>',
    ],
)
def test_paragraphs_of_pages_of_many_kinds(page: str) -> None:
    record = RawRecord(source_path="x.html", record_index=0, content=page, content_type="html")
    found = clean(record)
    assert isinstance(found, CleanDocument)
    assert found.text.split("\n\n") == [_WORDS, _MORE]


@pytest.mark.parametrize(
    ("language", "accord", "day"),
    [
        ("en-GB", "", date(2010, 4, 5)),
        ("en-US", "", date(2010, 5, 4)),
        ("en", "", None),
        ("en", "25/03/2010", date(2010, 4, 5)),
        ("en", "03/25/2010", date(2010, 5, 4)),
    ],
)
def test_the_stamp_of_a_page_is_read_in_its_countrys_order(language: str, accord: str, day: date | None) -> None:
    page = f"<html lang={language}><body><h1>H</h1><p>Published: 05/04/2010 14:20</p><p>{_WORDS} {accord}</p><p>{_MORE}</p></body></html>"
    assert read_page(page).published_on == day


def test_posts_with_their_time_in_an_attribute_or_in_words() -> None:
    for stamp in (
        'data-timestamp="1654164000"><span>10:00</span>',
        'x="y"><span class="date">2 June 2022, 10:00</span>',
    ):
        other = stamp.replace("1654164000", "1654077600").replace("2 June", "1 June")
        page = f'<html><body><div class="live-blog"><div class="live-post" {stamp}<p>Malta met Gozo.</p></div><div class="live-post" {other}<p>Gozo asked for help.</p></div></div></body></html>'
        assert [p.published_on for p in posts_of(page)] == [date(2022, 6, 2), date(2022, 6, 1)]


@pytest.mark.parametrize(
    "offer", ["Support our journalism from as little as $5.", "Become a member for $10 a month and read without ads."]
)
def test_offers_are_furniture_and_news_of_support_is_not(offer: str) -> None:
    assert chrome.is_chrome_line(offer)
    assert not chrome.is_chrome_line("Japan will support Ghana with just $5 million.")


def test_later_dispatches_of_one_text_lose_their_datelines() -> None:
    text = f"OSLO, May 8 (Reuters) - {_WORDS}\n\nPARIS, May 8 (AFP) - {_MORE}"
    found = clean(RawRecord(source_path="x.txt", record_index=0, content=text, content_type="text"))
    assert isinstance(found, CleanDocument)
    assert found.text == f"{_WORDS}\n\n{_MORE}"
    assert [c.text for c in found.cuts] == ["OSLO, May 8 (Reuters) -", "PARIS, May 8 (AFP) -"]


def test_a_heading_that_is_left_out_is_kept_aside() -> None:
    page = f"<html><head><title>Loan</title></head><body><font><b>Malta lends Gozo money</b><br><br>{_WORDS}<br><br>{_MORE}<br><br>Gozo left.</font></body></html>"
    found = _cleaned(page)
    assert found.text.startswith(_WORDS)
    assert "Malta lends Gozo money" in [c.text for c in found.cuts]
