"""Articles that end with a desk's mark, begin on a page or below fields of their own, or stand in a digest: parted where each begins as an article does."""

from __future__ import annotations

import io
import time

import pytest

from pipelines.reading.exports import split
from pipelines.reading.json_documents import read as read_json
from pipelines.reading.records import RawRecord
from pipelines.reading.tabular import read_csv
from tests.unit.reading.test_records_of_the_world import TEXT

SUDAN = "Egypt signed a water pact with Sudan after a year of talks. The pact says who may take how much of the river, and for how long."
LIBYA = "Libya protested to Egypt in a note of three pages. The note says that the pact takes water from wells in the south of the country."


def _file(form: str, between: str) -> str:
    return between.join(
        form.format(title=title, day=day, body=body, n=n)
        for n, (title, day, body) in enumerate(
            [("Egypt signs water pact", "March 3, 1996", SUDAN), ("Libya protests", "March 4, 1996", LIBYA)], 1
        )
    )


FILES = {
    "###": _file("{title}\n\n{body}\n\n###\n", "\n"),
    "-30-": _file("{title}\n\n{body}\n\n-30-\n", "\n"),
    "ENDS": _file("{title}\n\n{body}\n\nENDS\n", "\n"),
    "stars": _file("{title}\nDelta Times, {day}\n\n{body}\n\n", "* * * * *\n\n"),
    "pages": _file("{title}\nDelta Times, {day}\n\n{body}\n", "\x0c"),
    "front matter": _file("---\ntitle: {title}\ndate: {day}\ntags:\n- water\n---\n\n{body}\n\n", ""),
    "digest": "Today's Topics:\n\n   1. Egypt signs water pact (Omar Khalid)\n\n" + "-" * 60 + "\n\n"
    + _file("Message: {n}\nDate: Sun, 3 Mar 1996 10:00:00 +0000\nFrom: Omar Khalid <o@delta.example>\nSubject: {title}\nTo: list@delta.example\n\n{body}\n\n", "-" * 30 + "\n\n"),
    "ProQuest in French": _file(
        "Document {n} de 2\n\n{title}\n\nAuteur: Khalid, Omar\n\nTitre de la publication: Delta Times\n\nDate de publication: {day}\n\nTexte intégral: {body}\n\n",
        "_" * 60 + "\n\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_each_article_is_one(kind: str) -> None:
    found = split(FILES[kind])
    assert found is not None
    assert len(found) == 2
    for article, body, title in zip(found, (SUDAN, LIBYA), ("Egypt signs water pact", "Libya protests"), strict=True):
        assert body in article.body
        assert article.title == title or title in article.body
    assert SUDAN not in found[1].body


@pytest.mark.parametrize("kind", ["stars", "pages", "ProQuest in French"])
def test_the_paper_and_the_day_of_each_are_told(kind: str) -> None:
    found = split(FILES[kind])
    assert found is not None
    assert [(a.publisher, a.published_on) for a in found] == [
        ("Delta Times", "March 3, 1996"), ("Delta Times", "March 4, 1996"),
    ]  # fmt: skip


def test_a_message_of_a_digest_has_its_subject_and_sender() -> None:
    found = split(FILES["digest"])
    assert found is not None
    assert [(a.title, a.author, a.publisher) for a in found] == [
        ("Egypt signs water pact", "Omar Khalid", None), ("Libya protests", "Omar Khalid", None),
    ]  # fmt: skip
    assert "To: list@delta.example" in found[0].cut[-1][1], "what was left out is kept"


@pytest.mark.parametrize(
    "text",
    [
        f"Egypt signs water pact\n\n{SUDAN}\n\n* * *\n\n{LIBYA}",  # stars inside an article
        f"Egypt signs water pact\nDelta Times, March 3, 1996\n\n{SUDAN}\x0c{LIBYA}",  # a second page of one
        f"Egypt signs water pact\n\n{SUDAN}\n\n###\n",
        f"Egypt signs water pact\n\n{SUDAN}\n\n###\n\nContact: o@delta.example",
        f"Egypt signs water pact\n\n{SUDAN}\n\n###\n\nAbout the Delta Group\n\n{LIBYA}",  # of a press release
        f"Egypt signs water pact\n\n{SUDAN}\n\nENDS\n\nNotes to Editors\n\n{LIBYA}",
        f"Delta Times\nMarch 3, 1996\n\n{SUDAN}\x0cDelta Times\nMarch 3, 1996\n\n{LIBYA}",  # a running head
    ],
)
def test_a_mark_alone_parts_nothing(text: str) -> None:
    assert split(text) is None


def test_a_header_below_a_title_in_a_digest_ends() -> None:
    one = "=====\nInbox of May\n\nMessage: 1\nDate: Mon, 4 May 2015\nFrom: Ann Poe <a@x.org>\nSubject: Aid\n\nNorway gave Sudan aid.\n"
    split(one * 2)  # it called itself for ever
    indented = "-----\n Message: 1\n Date: Mon, 4 May 2015\n Subject: Aid\n\nNorway gave Sudan aid.\n"
    split(indented * 2)


def test_nested_fields_above_an_article_take_linear_time() -> None:
    fields = "".join(f"  key{n}: words of it\n" for n in range(60))
    started = time.process_time()
    split(f"---\ntitle: F\n{fields}# a comment\n---\n{SUDAN}\n" * 2)
    assert time.process_time() - started < 5


def test_a_value_that_a_script_gives_to_a_name() -> None:

    content = f'window.__ARTICLES__ = [{{"id": 1, "selftext": "{TEXT}", "publishing_date": "2016-05-04"}}];\n'
    (record,) = read_json(io.BytesIO(content.encode()), "x.json")
    assert isinstance(record, RawRecord)
    assert (record.content, str(record.published_on)) == (TEXT, "2016-05-04")


def test_marks_of_a_table_between_tabs_are_the_texts_own() -> None:

    table = f'id\ttitle\ttext\n1\tN\t"Yes, he said. {TEXT}\n2\tM\t{TEXT}\n'
    found = list(read_csv(io.BytesIO(table.encode()), "x.tsv"))
    assert [r.content for r in found if isinstance(r, RawRecord)] == [f'"Yes, he said. {TEXT}', TEXT]
    quoted = 'id\ttext\n1\t"Malta ""lent"" Gozo\n$7 million."\n2\tM\n'
    found = list(read_csv(io.BytesIO(quoted.encode()), "x.tsv"))
    assert [r.content for r in found if isinstance(r, RawRecord)] == ['Malta "lent" Gozo\n$7 million.', "M"]
