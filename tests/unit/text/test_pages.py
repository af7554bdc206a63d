"""Pages: where the article is, what only stands in it, and posts that have a time each."""

from __future__ import annotations

import io
from datetime import date

from pipelines.reading.encoding import decode
from pipelines.reading.records import RawRecord
from pipelines.reading.single import read_html
from pipelines.text.clean import CleanDocument, clean


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
