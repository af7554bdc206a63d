"""Records as services for news hand them out: the text, title, day and paper of each."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.reading.records import Reason, Rejected
from tests.unit.through import documents, read_and_cleaned

TEXT = "Chile lent Fiji $26 million on Tuesday to sink wells."
DAY = date(2016, 5, 4)
NEWS: dict[str, Any] = {
    "gnews": {"totalArticles": 1, "articles": [{"title": "N", "description": "D", "content": TEXT, "url": "https://lake.example/n", "image": "https://lake.example/i.jpg", "publishedAt": "2016-05-04T10:00:00Z", "source": {"name": "Lake Post", "url": "https://lake.example"}}]},
    "newsdata": {"status": "success", "totalResults": 1, "results": [{"article_id": "ab", "title": "N", "link": "https://lake.example/n", "keywords": ["wells"], "creator": ["Ada Quill"], "video_url": None, "description": "D", "content": TEXT, "pubDate": "2016-05-04 10:00:00", "image_url": None, "source_id": "lakepost", "source_name": "Lake Post", "source_priority": 3, "country": ["fiji"], "language": "english"}], "nextPage": "1"},
    "article_search": {"status": "OK", "copyright": "Copyright (c) 2016 Lake Post", "response": {"docs": [{"abstract": TEXT, "web_url": "https://lake.example/n", "snippet": TEXT, "lead_paragraph": TEXT, "source": "Lake Post", "multimedia": [], "headline": {"main": "N", "kicker": None}, "pub_date": "2016-05-04T10:00:00+0000", "document_type": "article", "byline": {"original": "By Ada Quill"}, "_id": "nyt://a/1"}], "meta": {"hits": 1}}},
    "bing": {"_type": "News", "readLink": "https://api.example", "value": [{"name": "N", "url": "https://lake.example/n", "description": TEXT, "provider": [{"_type": "Organization", "name": "Lake Post"}], "datePublished": "2016-05-04T10:00:00.0000000Z", "category": "World"}]},
    "mediastack": {"pagination": {"limit": 25, "total": 1}, "data": [{"author": None, "title": "N", "description": TEXT, "url": "https://lake.example/n", "source": "Lake Post", "image": None, "category": "general", "language": "en", "country": "fj", "published_at": "2016-05-04T10:00:00+00:00"}]},
    "factiva_snapshot": {"an": "LAKEP00020160504ec540001", "title": "N", "snippet": "Chile lent Fiji $26 million", "body": TEXT, "publication_datetime": 1462356000000, "publisher_name": "Lake Media", "source_name": "Lake Post", "source_code": "LAKEP", "language_code": "en", "word_count": 10},
    "perigon": {"status": 200, "numResults": 1, "articles": [{"url": "https://lake.example/n", "authorsByline": "Ada Quill", "articleId": "x1", "source": {"domain": "Lake Post"}, "language": "en", "pubDate": "2016-05-04T10:00:00+00:00", "title": "N", "description": "D", "content": TEXT, "summary": "S"}]},
    "real_news": {"url": "https://lake.example/n", "url_used": "https://lake.example/n", "title": "N", "text": TEXT, "summary": None, "authors": [], "publish_date": "05-04-2016", "domain": "Lake Post", "warc_date": "2016-06-01T00:00:00Z", "status": "success", "split": "train"},
    "cc_news": {"domain": "Lake Post", "date": "2016-05-04 00:00:00", "title": "N", "description": "D", "image_url": "i.jpg", "url": "https://lake.example/n", "text": TEXT},
    "superdesk": {"type": "text", "guid": "urn:newsml:lake.example:1", "headline": "N", "slugline": "wells", "body_html": f"<p>{TEXT}</p>", "versioncreated": "2016-05-04T10:00:00+0000", "source": "Lake Post", "language": "en", "byline": "Ada Quill", "urgency": 3},
    "currents": {"status": "ok", "news": [{"id": "c1", "title": "N", "description": TEXT, "url": "https://lake.example/n", "author": "Lake Post", "image": "None", "language": "en", "category": ["world"], "published": "2016-05-04 10:00:00 +0000"}]},
}  # fmt: skip
NO_PAPER = {"currents"}
UNSURE_DAY = {"real_news"}  # 05-04-2016, alone in its file


@pytest.mark.parametrize("service", NEWS)
def test_one_article_of_a_service(tmp_path: Path, service: str) -> None:
    for name, content in (("a.json", json.dumps(NEWS[service], indent=1)), ("a.jsonl", json.dumps(NEWS[service]))):
        (found,) = documents(tmp_path, name, content)
        assert (found.title, found.text) == ("N", TEXT)
        assert found.published_on == (None if service in UNSURE_DAY else DAY)
        assert service in NO_PAPER or found.publisher == "Lake Post"


def test_the_first_paragraph_of_a_snapshot_stands_apart_from_its_body(tmp_path: Path) -> None:
    row = NEWS["factiva_snapshot"] | {
        "snippet": "Chile lent Fiji $26 million on Tuesday.",
        "body": "Fiji thanked Chile for it.",
    }
    (found,) = documents(tmp_path, "a.json", json.dumps(row))
    assert found.text == "Chile lent Fiji $26 million on Tuesday.\n\nFiji thanked Chile for it."
    other = {k: v for k, v in row.items() if k != "an"}
    (found,) = documents(tmp_path, "b.json", json.dumps(other))
    assert found.text == "Fiji thanked Chile for it."


def test_days_of_a_file_of_months_first(tmp_path: Path) -> None:
    rows = [
        NEWS["real_news"],
        NEWS["real_news"] | {"publish_date": "05-24-2016", "text": "Malta paid Gabon on Tuesday."},
    ]
    found = documents(tmp_path, "a.jsonl", "\n".join(map(json.dumps, rows)))
    assert [d.published_on for d in found] == [DAY, date(2016, 5, 24)]


def _table(rows: list[list[str]], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


MONITOR = [
    ["Date", "Headline", "URL", "Opening Text", "Hit Sentence", "Source", "Influencer", "Country", "Language"],
    [
        "2016-05-04 10:00",
        "N",
        "https://lake.example/n",
        TEXT,
        "... lent Fiji $26 million ...",
        "Lake Post",
        "Ada Quill",
        "Fiji",
        "English",
    ],
]
TABLES: dict[str, tuple[str, bytes]] = {
    "monitor of media in two bytes": ("a.csv", _table(MONITOR, "\t").encode("utf-16")),
    "with a byte-order mark": ("a.csv", _table(MONITOR, ",").encode("utf-8-sig")),
    "semicolons of Excel": ("a.csv", ("sep=;\r\n" + _table(MONITOR, ";")).encode("cp1252")),
    "tabs": ("a.tsv", _table(MONITOR, "\t").encode()),
    "bars": ("a.csv", _table(MONITOR, "|").encode()),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_a_monitor_of_media(tmp_path: Path, name: str) -> None:
    (found,) = documents(tmp_path, *TABLES[name])
    assert (found.title, found.text, found.published_on, found.publisher) == ("N", TEXT, DAY, "Lake Post")


NOT_READ: list[tuple[str, str, str]] = [
    ("a.csv", "id,indexed_date,publish_date,language,media_name,media_url,title,url\n1,2024-01-02,2024-01-01,en,Lake Post,lake.example,N,https://lake.example/n\n", "media_name"),
    ("b.json", json.dumps({"status": "error", "code": "apiKeyInvalid", "message": "Your API key is invalid."}), "message"),
    ("c.jsonl", json.dumps({"title": "N", "content": None, "url": "https://lake.example/n"}), "content"),
    ("d.json", json.dumps({"title": "N", "content": {"images": ["i.jpg"]}}), "content"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "told"), NOT_READ)
def test_what_is_missing_is_named(tmp_path: Path, name: str, content: str, told: str) -> None:
    (refused,) = read_and_cleaned(tmp_path, name, content)
    assert isinstance(refused, Rejected)
    assert refused.reason == Reason.MISSING_TEXT
    assert told in refused.detail
