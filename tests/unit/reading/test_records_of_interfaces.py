"""Records as interfaces, readers of feeds, stores and spreadsheets hand them out, each in its own shape."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.reading.read import read_file
from pipelines.reading.records import RawRecord, Reason, Rejected
from tests.unit.through import documents, read_and_cleaned

TEXT = "Chile lent Fiji $26 million on Tuesday."
DAY = date(2016, 5, 4)
SECONDS = 1462356000  # 10:00 UTC of that day
SHAPES: dict[str, Any] = {
    "reliefweb": {"time": 12, "href": "https://api.example/v1/reports", "totalCount": 1, "data": [{"id": "4001", "score": 1, "href": "https://api.example/4001", "fields": {
        "title": "N", "body": TEXT, "body-html": f"<p>{TEXT}</p>", "date": {"created": "2016-05-06T00:00:00+00:00", "original": "2016-05-04T00:00:00+00:00"},
        "source": [{"shortname": "LP", "name": "Lake Post", "id": 3}], "language": [{"name": "English", "code": "en", "id": 267}], "country": [{"name": "Fiji", "iso3": "fji"}]}}]},
    "feedly": {"id": "feed/https://lake.example/rss", "title": "Lake Post", "direction": "ltr", "updated": 1462360000000, "items": [{"id": "abc=", "fingerprint": "f1", "title": "N", "published": SECONDS * 1000, "crawled": SECONDS * 1000 + 99,
        "origin": {"streamId": "feed/https://lake.example/rss", "title": "Lake Post", "htmlUrl": "https://lake.example"}, "summary": {"content": f"<p>{TEXT}</p>", "direction": "ltr"}, "alternate": [{"href": "https://lake.example/n", "type": "text/html"}]}]},
    "inoreader": {"direction": "ltr", "id": "user/-/state", "title": "Reading List", "items": [{"crawlTimeMsec": "1462360000123", "timestampUsec": "1462360000123456", "id": "tag:google.com,2005:reader/item/1", "title": "N", "published": SECONDS, "updated": 0,
        "canonical": [{"href": "https://lake.example/n"}], "summary": {"direction": "ltr", "content": TEXT}, "author": "", "origin": {"streamId": "feed/1", "title": "Lake Post", "htmlUrl": "https://lake.example"}}]},
    "search_fields": {"hits": {"total": {"value": 1}, "hits": [{"_index": "news", "_id": "1", "_score": 1.0, "fields": {"title": ["N"], "text": [TEXT], "date": ["2016-05-04T10:00:00.000Z"], "source": ["Lake Post"]}}]}},
    "solr": {"responseHeader": {"status": 0}, "response": {"numFound": 1, "start": 0, "docs": [{"id": "1", "title": ["N"], "content": [TEXT], "published_dt": "2016-05-04T10:00:00Z", "date": ["2016-05-04T10:00:00Z"], "source": "Lake Post"}]}},
    "datasets_server": {"features": [{"feature_idx": 0, "name": "text"}], "rows": [{"row_idx": 0, "row": {"title": "N", "text": TEXT, "date": "2016-05-04", "source": "Lake Post"}, "truncated_cells": []}], "num_rows_total": 1},
    "webhose": {"totalResults": 1, "posts": [{"thread": {"uuid": "t", "site": "lake.example", "site_full": "www.lake.example", "title": "N", "published": "2016-05-04T10:00:00.000+03:00"}, "uuid": "u", "title": "N", "text": TEXT, "published": "2016-05-04T10:00:00.000+03:00", "author": "", "source": "Lake Post"}]},
    "diffbot": {"request": {"pageUrl": "https://lake.example/n", "api": "article"}, "objects": [{"type": "article", "title": "N", "text": TEXT, "html": f"<p>{TEXT}</p>", "date": "Wed, 04 May 2016 10:00:00 GMT", "siteName": "Lake Post", "pageUrl": "https://lake.example/n"}]},
    "aylien": {"stories": [{"id": 1, "title": "N", "body": TEXT, "published_at": "2016-05-04T10:00:00Z", "source": {"id": 2, "name": "Lake Post", "domain": "lake.example"}, "author": {"id": 3, "name": ""}}]},
    "crossref_of_wordpress_com": {"found": 1, "posts": [{"ID": 9, "site_ID": 4, "author": {"ID": 1, "name": ""}, "date": "2016-05-04T10:00:00+00:00", "title": "N", "URL": "https://lake.example/n", "content": f"<p>{TEXT}</p>\n", "excerpt": "<p>E</p>", "site_name": "Lake Post"}]},
    "contentful": {"items": [{"sys": {"id": "1", "createdAt": "2016-05-06T00:00:00Z"}, "fields": {"title": "N", "body": TEXT, "date": "2016-05-04", "source": "Lake Post"}}]},
    "headless_editor": {"title": "N", "source": "Lake Post", "date": "2016-05-04", "content": {"blocks": [{"type": "paragraph", "data": {"text": TEXT}}]}},
    "arc": {"type": "story", "headlines": {"basic": "N"}, "display_date": "2016-05-04T10:00:00Z", "distributor": {"name": "Lake Post"}, "content_elements": [{"type": "text", "content": TEXT}, {"type": "image", "caption": "A well"}]},
    "event_registry": {"articles": {"page": 1, "totalResults": 1, "results": [{"uri": "77", "lang": "eng", "date": "2016-05-04", "time": "10:00:00", "dateTime": "2016-05-04T10:00:00Z", "url": "https://lake.example/n", "title": "N", "body": TEXT, "source": {"uri": "lake.example", "dataType": "news", "title": "Lake Post"}, "authors": []}]}},
    "news_please": {"authors": [], "date_download": "2016-06-01 00:00:00", "date_modify": None, "date_publish": "2016-05-04 10:00:00", "description": "D", "filename": "x.html", "language": "en", "maintext": TEXT, "source_domain": "Lake Post", "text": None, "title": "N", "title_page": None, "url": "https://lake.example/n"},
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_article_in_each_shape(tmp_path: Path, shape: str) -> None:
    for name, content in (("a.json", json.dumps(SHAPES[shape], indent=2)), ("a.jsonl", json.dumps(SHAPES[shape]))):
        (found,) = documents(tmp_path, name, content)
        assert (found.title, found.text, found.published_on, found.publisher) == ("N", TEXT, DAY, "Lake Post")


def test_a_list_of_what_was_found_without_texts_says_what_is_missing(tmp_path: Path) -> None:
    found_by_a_search = {"articles": [{"url": "https://lake.example/n", "title": "N", "seendate": "20160504T100000Z", "domain": "lake.example", "language": "English", "sourcecountry": "Fiji"}]}  # fmt: skip
    (refused,) = read_and_cleaned(tmp_path, "a.json", json.dumps(found_by_a_search))
    assert isinstance(refused, Rejected)
    assert refused.reason == Reason.MISSING_TEXT
    assert "seendate" in refused.detail


TABLES = {
    "utf16.csv": "title\ttext\tdate\nN\tChile lent Fiji $26 million on Tuesday.\t2016-05-04\n".encode("utf-16"),
    "upper.csv": b"TITLE;FULL TEXT;DATE\r\nN;Chile lent Fiji $26 million on Tuesday.;04.05.2016\r\n",
    "quoted.tsv": b'"Title"\t"Text"\t"Date"\n"N"\t"Chile lent Fiji $26 million on Tuesday."\t"May 4, 2016"\n',
    "index.csv": b",Headline,Article Text,Publish Date\n0,N,Chile lent Fiji $26 million on Tuesday.,2016-05-04 00:00:00\n",
    "blank.csv": b"\n\nTitle,Body,Published\nN,Chile lent Fiji $26 million on Tuesday.,Wed 4 May 2016\n",
    "twice.csv": b"title,text,date,text\nN,Chile lent Fiji $26 million on Tuesday.,2016-05-04,\n",
    "zone.csv": b"title,text,date\nN,Chile lent Fiji $26 million on Tuesday.,2016-05-04 10:00:00+00:00\n",
    "pipe.txt.csv": b"title|text|date\nN|Chile lent Fiji $26 million on Tuesday.|4-May-2016\n",
}


@pytest.mark.parametrize("name", TABLES)
def test_the_same_article_in_each_table(tmp_path: Path, name: str) -> None:
    (found,) = documents(tmp_path, name, TABLES[name])
    assert (found.title, found.text, found.published_on) == ("N", TEXT, DAY)


def test_columns_of_texts_and_of_times_in_parquet(tmp_path: Path) -> None:
    table = pa.table(
        {
            "Title": pa.array(["N"]).dictionary_encode(),
            "content": pa.array([[TEXT, "Fiji thanked it."]]),
            "published": pa.array([SECONDS * 1_000_000_000], pa.timestamp("ns", "UTC")),
        }
    )
    pq.write_table(table, tmp_path / "t.parquet")
    (found,) = documents(tmp_path, "t.parquet", (tmp_path / "t.parquet").read_bytes())
    assert (found.title, found.text, found.published_on) == ("N", f"{TEXT}\n\nFiji thanked it.", DAY)


def test_numbers_of_months_are_told_by_the_other_days_of_an_array(tmp_path: Path) -> None:
    rows = [{"title": "N", "text": TEXT, "date": "03/04/2018"}, {"title": "M", "text": TEXT, "date": "25/04/2018"}]
    for name, content in (("a.json", json.dumps(rows)), ("b.jsonl", "\n".join(map(json.dumps, rows))), ("c.json", json.dumps({"articles": rows}, indent=1))):  # fmt: skip
        assert [d.published_on for d in documents(tmp_path, name, content)] == [date(2018, 4, 3), date(2018, 4, 25)]


WORDPRESS_XML = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/">
<channel><title>Lake Post</title><language>en</language><item><title>N</title><link>https://lake.example/n</link><pubDate>Wed, 04 May 2016 10:00:00 +0000</pubDate><dc:creator>ada</dc:creator>
<description></description><content:encoded><![CDATA[{TEXT}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_type>post</wp:post_type></item>
<item><title>logo</title><link>https://lake.example/logo</link><pubDate>Wed, 04 May 2016 10:00:00 +0000</pubDate><description></description><content:encoded><![CDATA[]]></content:encoded><wp:post_type>attachment</wp:post_type></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Lake Post</title><entry><id>urn:1</id><title type="html">N</title><updated>2016-05-04T10:00:00Z</updated><link href="https://lake.example/n"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p></div></content></entry></feed>"""
RDF = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Lake Post</title></channel><item rdf:about="https://lake.example/n"><title>N</title><description>{TEXT}</description><dc:date>2016-05-04T10:00:00Z</dc:date></item></rdf:RDF>"""


@pytest.mark.parametrize("feed", [WORDPRESS_XML, ATOM, RDF], ids=["wordpress", "atom", "rdf"])
def test_dumps_of_feeds(tmp_path: Path, feed: str) -> None:
    found = read_and_cleaned(tmp_path, "feed.xml", feed)
    first, *others = found
    assert not isinstance(first, Rejected)
    assert (first.title, first.text, first.published_on, first.publisher) == ("N", TEXT, DAY, "Lake Post")
    # WordPress has its pictures as items too, which have no text.
    assert [o.reason if isinstance(o, Rejected) else o for o in others] == [Reason.MISSING_TEXT] * (
        feed is WORDPRESS_XML
    )


def _response(body: bytes, headers: str = "") -> bytes:
    http = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{len(headers) % 10}>\r\nWARC-Date: 2016-05-05T00:00:00Z\r\nWARC-Target-URI: https://lake.example/n\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    return head.encode() + http + b"\r\n\r\n"


def test_packed_and_chunked_answers_of_a_web_archive(tmp_path: Path) -> None:
    import gzip

    page = f"<html><head><title>N</title></head><body><article><h1>N</h1><p>{TEXT}</p><p>Fiji thanked Chile for the loan in a long statement.</p></article></body></html>".encode()
    chunked = f"{len(page):x}\r\n".encode() + page + b"\r\n0\r\n\r\n"
    archive = _response(gzip.compress(page), "Content-Encoding: gzip\r\n") + _response(
        chunked, "Transfer-Encoding: chunked\r\n"
    )
    (tmp_path / "w.warc").write_bytes(archive)
    found = [r for r in read_file(tmp_path, "w.warc") if isinstance(r, RawRecord)]
    assert [TEXT in r.content for r in found] == [True, True]
    assert io.BytesIO(archive).read(4) == b"WARC"


OTHER_NAMES: dict[str, Any] = {
    "newscatcher": {"status":"ok","articles":[{"title":"N","published_date":"2016-05-04 10:00:00","clean_url":"Lake Post","summary":TEXT,"_id":"x"}]},
    "gnews": {"totalArticles":1,"articles":[{"title":"N","description":"d","content":TEXT,"url":"https://x.example","publishedAt":"2016-05-04T10:00:00Z","source":{"name":"Lake Post","url":"https://x.example"}}]},
    "algolia": {"hits":[{"objectID":"1","title":"N","content":TEXT,"date":1462356000,"source":"Lake Post","_highlightResult":{"title":{"value":"N"}}}]},
    "graphql": {"data":{"posts":{"nodes":[{"title":"N","content":f"<p>{TEXT}</p>","date":"2016-05-04T10:00:00","source":"Lake Post"}]}}},
    "mongo": [{"_id":{"$oid":"a"},"title":"N","body":TEXT,"created_at":{"$date":1462356000000},"source":"Lake Post"}],
    "couch": {"total_rows":1,"rows":[{"id":"a","key":"a","value":{"rev":"1"},"doc":{"title":"N","text":TEXT,"date":"2016-05-04","source":"Lake Post"}}]},
    "parse": {"results":[{"objectId":"x","title":"N","text":TEXT,"date":{"__type":"Date","iso":"2016-05-04T10:00:00.000Z"},"source":"Lake Post"}]},
    "sparql": {"head":{"vars":["title","text"]},"results":{"bindings":[{"title":{"type":"literal","value":"N"},"text":{"type":"literal","value":TEXT},"date":{"type":"literal","value":"2016-05-04"},"source":{"type":"literal","value":"Lake Post"}}]}},
    "linked": {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "N", "articleBody": TEXT, "datePublished": "2016-05-04T10:00:00Z", "publisher": {"@type": "Organization", "name": "Lake Post"}},
    "milliseconds": {"title": "N", "text": TEXT, "publishedAt": "1462356000000", "source": "Lake Post"},
    "paragraphs": {"title": "N", "date": "2016-05-04", "source": "Lake Post", "body": [{"p": TEXT}]},
    "flattened": {"_source.title": "N", "_source.text": TEXT, "_source.date": "2016-05-04", "_source.source": "Lake Post"},
    "beside": {"meta": {"title": "N", "date": "2016-05-04", "source": "Lake Post"}, "text": TEXT},
    "beside_in_a_string": {"metadata": json.dumps({"title": "N", "date": "2016-05-04", "source": "Lake Post"}), "text": TEXT},
    "values": {"title": {"value": "N"}, "body": {"value": TEXT, "format": "html"}, "created": {"value": "2016-05-04"}, "source": {"value": "Lake Post"}},
    "german": {"Titel": "N", "Text": TEXT, "Datum": "04.05.2016", "Quelle": "Lake Post"},
    "library": {"Title": "N", "Abstract Note": TEXT, "Publication Title": "Lake Post", "Date": "2016-05-04"},
    "nodes": {"data": [{"type": "node--article", "id": "u", "attributes": {"title": "N", "body": {"value": f"<p>{TEXT}</p>"}, "created": "2016-05-04T10:00:00+00:00", "source": "Lake Post"}}]},
    "ghost": {"posts": [{"id": "g", "title": "N", "html": f"<p>{TEXT}</p>", "published_at": "2016-05-04T10:00:00.000+00:00", "source": "Lake Post"}]},
}  # fmt: skip


@pytest.mark.parametrize("shape", OTHER_NAMES)
def test_other_names_and_places_of_the_same_fields(tmp_path: Path, shape: str) -> None:
    (found,) = documents(tmp_path, "a.json", json.dumps(OTHER_NAMES[shape]))
    assert (found.title, found.text, found.published_on, found.publisher) == ("N", TEXT, DAY, "Lake Post")
