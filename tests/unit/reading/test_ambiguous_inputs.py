"""Inputs that look like one thing and are another: stamps, labels, titles of lists, offers, anchors and times inside posts."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.reading.dates import to_date
from pipelines.reading.export_labels import label_of
from pipelines.reading.field_names import FOLDED
from pipelines.reading.live import posts_of
from pipelines.reading.objects import articles_in, to_record
from pipelines.reading.records import RawRecord
from pipelines.text import chrome
from pipelines.text.page_parts import prepared

WORDS = "Tonga lent Samoa 6 million dollars on Friday."


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("20170908T1015", date(2017, 9, 8)),
        ("20170908T101530Z", date(2017, 9, 8)),
        ("20170908T101530.250+0200", date(2017, 9, 8)),
        ("20170908101530", date(2017, 9, 8)),
        ("20170908T10153", None),
        ("1612345678901", date(2021, 2, 3)),  # milliseconds, not the year 1612
        ("08-SEP-2017", date(2017, 9, 8)),
        ("8-MAI-1987", date(1987, 5, 8)),
        ("8-OKT-87", date(1987, 10, 8)),
        ("8/AOÛ/1987", date(1987, 8, 8)),
        ("8-DIC-1987", date(1987, 12, 8)),
        ("8-XYZ-1987", None),
    ],
)
def test_stamps(stamp: str, day: date | None) -> None:
    assert to_date(stamp) == day


def test_an_update_in_an_article_is_no_label_of_a_footer() -> None:
    assert label_of("Update: the bridge was opened on Monday") is None
    assert label_of("UPDATE: 3. Mai 2015") == ("load-date", "3. Mai 2015")


@pytest.mark.parametrize(
    ("beside", "publisher"),
    [
        ({"version": "https://jsonfeed.org/version/1.1"}, "Reef Daily"),
        ({"home_page_url": "https://reef.example"}, "Reef Daily"),
        ({"total": 2, "query": "loans"}, None),
    ],
)
def test_the_title_of_a_feed_is_a_paper_and_that_of_a_search_is_none(
    beside: dict[str, object], publisher: str | None
) -> None:
    (article,) = articles_in(beside | {"title": "Reef Daily", "items": [{"id": "1", "text": WORDS}]})
    found = to_record(article, "a.json", 0)
    assert isinstance(found, RawRecord)
    assert (found.publisher, found.title) == (publisher, None)


def test_where_a_thing_comes_from_is_no_paper() -> None:
    found = to_record({"text": WORDS, "origin": "Samoa", "media": ["port.jpg"]}, "a.json", 0)
    assert isinstance(found, RawRecord)
    assert found.publisher is None
    assert {"origin", "media"}.isdisjoint(FOLDED["publisher"])


@pytest.mark.parametrize(
    ("line", "is_offer"),
    [
        ("Digital access from $2 a week", True),
        ("Join today and get full access for $3 a month.", True),
        ("Subscriptions start at $4 a month. Cancel anytime.", True),
        ("Subscribe for just $2 to continue.", True),
        ("Members of the water union pay $3 a month for the pumps.", False),
        ("Ships of the alliance have full access for six months.", False),
        ("Subscribers in Samoa paid $9 a month for power that Tonga sold.", False),
        ("Membership of the fund begins with a payment of $9 a year by each state.", False),
    ],
)
def test_offers_speak_to_the_reader(line: str, is_offer: bool) -> None:
    assert chrome.is_chrome_line(line) is is_offer


@pytest.mark.parametrize(
    ("anchor", "stays"),
    [
        ('<a href="#fn7">7</a>', False),
        ('<a name="_ftnref2" href="#_ftn2">[2]</a>', False),
        ('<a href="loan.html#cite_note-reef-4">[4]</a>', False),
        ('<a class="footnote" href="#x">*</a>', False),
        ('<a href="https://reef.example/footnote-on-debt">2014</a>', True),
        ('<a href="#reforms">12</a>', True),
        ('<a href="#note-on-debt">40</a>', True),
    ],
)
def test_marks_of_notes_and_other_links(anchor: str, stays: bool) -> None:
    words = anchor[anchor.index(">") + 1 : anchor.index("</a>")]
    found = prepared(f"<html><body><p>Samoa owes {anchor} million.</p></body></html>")
    assert (words in found) is stays


def test_times_inside_a_post_are_not_those_of_posts() -> None:
    def post(day: int, inside: str = "") -> str:
        return f'<div class="live-post"><header><time datetime="2019-07-0{day}T09:00:00Z">9:00</time></header><p>Tonga met Samoa, round {day}.</p>{inside}</div>'

    message = '<blockquote><p>A word of old.</p><time datetime="2018-01-01">then</time></blockquote>'
    page = f'<html><body><main class="live-blog">{post(3, message * 2)}{post(2)}{post(1, message)}</main></body></html>'
    found = posts_of(page)
    assert [p.published_on for p in found] == [date(2019, 7, n) for n in (3, 2, 1)]
    assert ["A word of old" in p.content for p in found] == [True, False, True]


def test_posts_that_all_quote_messages_are_the_posts() -> None:
    quoted = '<div class="tweet"><p>Old.</p><time datetime="2018-01-01">then</time></div>'
    posts = "".join(
        f'<article class="live-entry"><p><time datetime="2019-07-0{n}">{n} July</time></p><p>Round {n}.</p>{quoted}</article>'
        for n in (2, 1)
    )
    assert [p.published_on for p in posts_of(f"<html><body><section>{posts}</section></body></html>")] == [
        date(2019, 7, 2),
        date(2019, 7, 1),
    ]
