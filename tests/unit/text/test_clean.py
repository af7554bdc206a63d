"""Records to clean documents: what is title, dateline, byline, body and chrome."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.text.clean import CleanDocument, clean
from pipelines.text.html import read_page
from pipelines.text.repetition import paragraph_key, repetition_keys

LEDE = "The prime ministers of the two island states signed a fishing agreement on Thursday after a year of talks."
SECOND = "It allows forty boats to fish inside the other state's waters, and each side will send inspectors."
LAST = "Parliaments are expected to vote on it before the summer."


def record(content: str, content_type: str = "text", path: str = "news/a.txt", **given: object) -> RawRecord:
    fields: dict[str, object] = dict.fromkeys(
        ("external_id", "title", "published_on", "published_on_basis", "url", "publisher", "author", "language")
    )
    return RawRecord(source_path=path, record_index=0, content=content, content_type=content_type, **fields | given)  # type: ignore[arg-type]


def cleaned(content: str, **given: object) -> CleanDocument:
    found = clean(record(content, **given))  # type: ignore[arg-type]
    assert isinstance(found, CleanDocument), found
    return found


def body(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def test_a_page_saved_as_plain_text() -> None:
    found = cleaned(
        body(
            "Skip to content", "Latest news", "Islands: Neighbours Share Their Waters",
            f"Valletta, 3 May 2007 (Island Wire) -- {LEDE}", SECOND, LAST,
            "(Island Wire's Sicilian desk contributed to this report.)",
            "Island Wire is blocked in some countries.",
            "If you read our content there, please note that you could face a fine for sharing it.",
            "To find out more, click here.",
        )
    )  # fmt: skip
    assert found.title == "Islands: Neighbours Share Their Waters"
    assert (found.dateline_place, found.dateline_country) == ("Valletta", "MLT")
    assert (found.published_on, found.published_on_basis) == (date(2007, 5, 3), "dateline")
    assert found.publisher == "Island Wire"
    assert found.text == body(LEDE, SECOND, LAST)


def test_metadata_win_over_the_text() -> None:
    found = cleaned(
        body("A headline of its own", f"VALLETTA, May 3 (Reuters) - {LEDE}", SECOND),
        title="Fishing pact signed",
        published_on=date(2007, 5, 4), published_on_basis="metadata", publisher="The Islander",
    )  # fmt: skip
    assert (found.title, found.publisher) == ("Fishing pact signed", "The Islander")
    assert (found.published_on, found.published_on_basis) == (date(2007, 5, 4), "metadata")
    assert found.text.startswith(LEDE)


def test_a_title_repeated_in_the_body_is_taken_out() -> None:
    assert cleaned(body("Fishing Pact Signed", LEDE, SECOND), title="Fishing pact signed").text == body(LEDE, SECOND)


def test_byline_and_stamp_are_no_body() -> None:
    found = cleaned(body("Fishing pact signed", "By Maria Borg", "Published: 3 May 2007 10:15", LEDE, SECOND))
    assert (found.title, found.author) == ("Fishing pact signed", "Maria Borg")
    assert found.text == body(LEDE, SECOND)


@pytest.mark.parametrize(
    "text",
    [
        LEDE,
        "Subscribe to rights issue to develop a beach facility",
        "Iran must sign up to the protocol, the envoy said",
        "short",
        "construction of a rural road",
    ],
)
def test_a_text_of_one_line_is_body(text: str) -> None:
    found = cleaned(text)
    assert (found.title, found.text) == (None, text)


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement", "Click here to read the whole series", "Sign up for our free daily newsletter",
        "Image copyright Agency Pictures Image caption Boats in the harbour on Thursday",
        "Read more: How the talks began",
        "Enlarge this image toggle caption Agency Pictures", "___", "* * *", "Follow the Islander on Twitter",
        "Media playback is unsupported on your device", "Story continues below advertisement",
    ],
)  # fmt: skip
def test_chrome_between_paragraphs_goes(line: str) -> None:
    assert cleaned(body(LEDE, SECOND, line, LAST)).text == body(LEDE, SECOND, LAST)


@pytest.mark.parametrize(
    "line",
    [
        "The report, written by Borg, said stocks were low.",
        "He asked supporters to sign up for military service.",
        '"Click here and you lose your money," the police warned.',
        "Copyright law was the last point on which they differed.",
        "The video showed boats leaving the harbour.",
        "Share prices of the two canneries rose.",
        "The newspaper was closed and its editor arrested by police who follow the minister on state visits.",
        "The relief effort drew on material from three ministries.",
    ],
)
def test_body_that_sounds_like_chrome_stays(line: str) -> None:
    assert cleaned(body(LEDE, SECOND, line, LAST)).text == body(LEDE, SECOND, line, LAST)


@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by Maria Borg; Editing by Tom Field)", "Associated Press writer Tom Field contributed from Rome.",
        "Copyright 2007 The Islander. All rights reserved.", "© 2007 Island Media", "(mb/tf)", "mborg@islander.example",
        "This story has been updated with a comment by the ministry.",
        "Correction: An earlier version misnamed the port.",
    ],
)  # fmt: skip
def test_what_signs_a_text_off_goes(line: str) -> None:
    assert cleaned(body(LEDE, SECOND, LAST, line)).text == body(LEDE, SECOND, LAST)


def test_a_credit_joined_to_the_last_paragraph_goes() -> None:
    assert cleaned(body(LEDE, SECOND, f"{LAST} (Reporting by Maria Borg; Editing by Tom Field)")).text.endswith(LAST)


def test_nothing_but_chrome_is_quarantined_with_a_reason() -> None:
    found = clean(record(body("Advertisement", "___", "Read more")))
    assert isinstance(found, Rejected)
    assert (found.stage, found.reason) == ("clean", Reason.NO_BODY)
    assert found.detail


def test_a_day_in_the_address_or_the_name_is_the_last_resort() -> None:
    found = cleaned(LEDE, url="https://islander.example/2007/05/03/pact.html")
    assert (found.published_on, found.published_on_basis) == (date(2007, 5, 3), "url")
    found = cleaned(LEDE, path="2007-05-03_pact.txt")
    assert (found.published_on, found.published_on_basis) == (date(2007, 5, 3), "filename")
    assert cleaned(LEDE, path="20071399.txt").published_on is None


def test_learnt_chrome_goes_for_its_publisher_alone() -> None:
    motto = "All the tides, every day."
    text = body(LEDE, motto, SECOND)
    known = {"The Islander": frozenset({paragraph_key(motto)})}
    got = clean(record(text, publisher="The Islander"), known)
    other = clean(record(text, publisher="The Mainlander"), known)
    assert isinstance(got, CleanDocument)
    assert isinstance(other, CleanDocument)
    assert motto not in got.text
    assert motto in other.text


def test_copies_of_one_article_are_one_witness_of_repetition() -> None:
    first = repetition_keys([LEDE, "Motto"])
    assert first == repetition_keys(["Motto", LEDE, "Motto"])
    assert first[0] != repetition_keys([SECOND + LEDE, "Motto"])[0]
    assert paragraph_key("Motto") in first[1]
    assert repetition_keys([]) == ("", [])


PAGE = """<html><head><title>Fishing pact signed | The Islander</title>
<meta property="og:site_name" content="The Islander">
<meta property="article:published_time" content="2007-05-03T10:00:00Z">
</head><body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav><article><h1>Fishing pact signed</h1>
<p>{}</p><p>{}</p><p>{}</p></article><footer>Imprint, privacy policy</footer></body></html>"""


def test_a_web_page() -> None:
    found = cleaned(PAGE.format(LEDE, SECOND, LAST), content_type="html")
    assert found.title == "Fishing pact signed"
    assert (found.published_on, found.published_on_basis) == (date(2007, 5, 3), "html")
    assert found.publisher == "The Islander"
    assert found.text == body(LEDE, SECOND, LAST)


def test_a_page_nested_too_deeply_is_refused_rather_than_lost() -> None:
    deep = "<div>" * 400 + f"<p>{LEDE * 20}</p>" + "</div>" * 400
    found = clean(record(PAGE.format(LEDE, SECOND, deep), "html"))
    assert isinstance(found, Rejected)
    assert found.reason == Reason.NESTING


@pytest.mark.parametrize("page", ["", "<html></html>", "<!--", "<script>var a = 1;</script>", "\x00<b>"])
def test_an_empty_page_is_refused(page: str) -> None:
    assert isinstance(clean(record(page, "html")), Rejected)


lines = st.sampled_from(
    [
        LEDE, SECOND, LAST, "Latest news", "Fishing pact signed", "By Maria Borg", "",
        "VALLETTA, May 3 (Reuters) - Boats left.",
        "(Reporting by Maria Borg)", "Story highlights Boats leave", "© 2007 Island Media", "Read more",
        "May 3, 2007", "wrapped at the\nend",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(max_size=300) | st.lists(lines, max_size=8).map("\n\n".join),
    title=st.none() | st.text(max_size=30) | lines,
)
def test_any_text(text: str, title: str | None) -> None:
    found = clean(record(text, title=title))
    assert found == clean(record(text, title=title))
    if isinstance(found, CleanDocument):
        assert found.text.strip() == found.text
        assert all(p and p.splitlines() == [p] for p in found.text.split("\n\n"))


@settings(max_examples=150, deadline=None)
@given(
    text=st.lists(
        st.sampled_from([LEDE, SECOND, LAST, "Read more", "(mb/tf)", f"VALLETTA, May 3 (Reuters) - {LEDE}"]),
        min_size=1,
        max_size=6,
    )
)
def test_a_clean_text_stays_as_it_is(text: list[str]) -> None:
    found = clean(record(body(*text)))
    if isinstance(found, CleanDocument):
        again = clean(record(found.text))
        assert isinstance(again, CleanDocument)
        assert again.text == found.text


@pytest.mark.parametrize(
    "unit",
    ["(", "A", "A ", "a, ", "[x] ", "By A ", "you our ", "Image: ", "<", "-\n", "ab-\n", "\n\n", "@a ", "VALLETTA, "],
)
def test_hostile_repetition_costs_no_more_than_its_length(unit: str) -> None:
    start = time.process_time()
    clean(record(unit * (200_000 // len(unit))))
    assert time.process_time() - start < 3


_BODY = "\n\n".join(
    f"The ministers met for the {n} time on Friday and spoke about water." for n in ("first", "second", "third")
)


@pytest.mark.parametrize(
    ("tail", "kept"),
    [
        ("Senate Passes Budget After Long Night\n\nHow to save water at home?", False),
        ("Senate Passes Budget After Long Night", False),
        ("and the talks were to go on until", True),
        ("They agreed on three points, none of which", True),
    ],
)
def test_titles_of_other_stories_below_an_article_are_left_out(tail: str, kept: bool) -> None:
    found = cleaned(f"{_BODY}\n\n{tail}")
    assert (tail.split("\n\n")[0] in found.text) is kept
    assert ("chrome" in found.repairs) is not kept


def test_signatures_of_a_text_in_capitals_stay() -> None:
    found = cleaned(f"{_BODY.upper()}\n\nGENERAL COMMAND\n\nSAN SALVADOR, 11 SEPTEMBER 1989")
    assert "GENERAL COMMAND" in found.text


_LINES = [f"The ministers met for the {n} time on Friday and spoke about water." for n in "abcdefgh"]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Lakes Run Dry As Summer Drags On", False),
        ("Old mill by the river to be turned into flats", False),
        ("FERRY STRIKE: WHAT TRAVELLERS NEED TO KNOW", False),
        ("They agreed on three points, he said, and added:", True),
        ("“We shall open the sluices on Monday”", True),
        ("Read it all (@waterminister) May 3, 2017", True),
        ("Ana Perez says: May 3, 2017 at 10:41 am They should have met before.", False),
        ("May 3, 2017 at 10:41 am", False),
        ("Yes, at once (41%, 1,680 Votes)", False),
        ("HomeNews SportWeather FilmBooks", False),
        ("The two ministers at the dam on Friday. (Ana Perez/AFP via Getty Images)", False),
        ("Every farmer within reach of the lake was waiting for the result […]", False),
        ("You've successfully subscribed to this newsletter!", False),
    ],
)
def test_a_line_between_paragraphs(line: str, kept: bool) -> None:
    found = cleaned(body(*_LINES[:4], line, *_LINES[4:]))
    assert (line in found.text) is kept
    assert all(paragraph in found.text for paragraph in _LINES)


def test_a_list_among_paragraphs_stays() -> None:
    items = ["Water for the northern farms", "A dam on the upper river", "Boats for the islands"]
    found = cleaned(body(*_LINES[:4], *items, *_LINES[4:]))
    assert all(item in found.text for item in items)


_PAGE = """<html><head><title>Dam opens | Island Post</title><meta property="og:title" content="You will not believe this dam">
<meta property="og:site_name" content="Island Post">
<script type="application/ld+json">[{"@type": "NewsArticle", "headline": "Floods kill ten in far valley"},
{"@graph": [{"@type": ["NewsArticle"], "headline": "Dam on upper river opens after ten years"}]}]</script>
</head><body><h1>%s</h1><article>%s</article></body></html>"""


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Dam on upper river opens after ten years", "Dam on upper river opens after ten years"),
        ("You will not believe this dam", "You will not believe this dam"),
        ("Island Post", "Dam on upper river opens after ten years"),
    ],
)
def test_the_title_of_a_page_is_what_two_of_its_signs_say(heading: str, title: str) -> None:
    page = _PAGE % (heading, "".join(f"<p>{line}</p>" for line in _LINES))
    assert cleaned(page, content_type="html").title == title


@pytest.mark.parametrize(
    "piece",
    [
        f"<p>{LEDE}</p><p>{SECOND}<br/>{LAST}</p><img src='x.png'>",
        f"<P>{LEDE.replace(' ', chr(10), 3)}</P>\n<div><ul><li>{SECOND}</li><li>{LAST}</li></ul></div>",
        f"{LEDE}\n{SECOND}\n<b>{LAST[:10]}</b>{LAST[10:]}<!-- end -->",
        f"<?xml version='1.0' encoding='utf-8'?><p>{LEDE}</p>{SECOND}<hr><p>{LAST}</p><style>p {{}}</style>",
    ],
)
def test_a_piece_of_html_is_an_article_however_short(piece: str) -> None:
    assert cleaned(piece, content_type="html").text == body(LEDE, SECOND, LAST)


def test_a_piece_without_words_is_quarantined() -> None:
    found = clean(record("<hr /> <img src='x.png' />", "html"))
    assert isinstance(found, Rejected)
    assert found.reason == Reason.NO_BODY


def test_control_characters_in_a_piece_of_html_are_no_fault() -> None:
    assert read_page("<p>Norway\x0b and \x0c\x0fChad\ufffe met.</p>").text == "Norway and Chad met."


def test_a_text_goes_on_behind_a_rights_line_and_what_is_cut_is_kept() -> None:
    more = "Update at 6 p.m.: The opposition leader said that she would vote against the agreement in June."
    rights = "Copyright 2007 Island Wire. All rights reserved."
    found = cleaned(body("VALLETTA, 3 May 2007 (Island Wire) -- " + LEDE, SECOND, LAST, rights, more))
    assert found.text == body(LEDE, SECOND, LAST, more)
    assert [(c.reason, c.text) for c in found.cuts] == [
        ("dateline", "VALLETTA, 3 May 2007 (Island Wire) --"),
        ("credit or rights", rights),
    ]
    assert found.text[found.cuts[1].at_char :] == more


def test_cuts_put_back_give_the_record_again() -> None:
    content = body(
        "A Short Headline Above It", LEDE, "Share", SECOND, LAST, "Read more: another story", "(Reporting by A. Writer)"
    )
    found = cleaned(content)
    text = found.text
    for cut in reversed(found.cuts):
        text = f"{text[: cut.at_char]}\n\n{cut.text}\n\n{text[cut.at_char :]}"
    assert text.split() == content.split()
    assert {c.reason for c in found.cuts} == {"headline", "page furniture", "signature", "credit or rights"} - (
        set() if any(c.reason == "signature" for c in found.cuts) else {"signature"}
    )
