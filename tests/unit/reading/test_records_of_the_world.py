"""Records as interfaces, databases, crawlers and programs write them: the same article each time."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.reading import json_documents, jsonl, tabular
from pipelines.reading.dates import to_date
from pipelines.reading.encoding import decode
from pipelines.reading.records import RawRecord

TEXT = "Malta lent Gozo $7 million on Tuesday."
DAY = date(2016, 5, 4)

OBJECTS: list[Any] = [
    {"response": {"results": [{"webPublicationDate": "2016-05-04T10:00:00Z", "webTitle": "N", "blocks": {"body": [{"bodyTextSummary": TEXT}]}}]}},
    [{"id": 7, "date": "2016-05-04T10:00:00", "title": {"rendered": "N"}, "content": {"rendered": TEXT}, "author": 3}],
    {"hits": {"hits": [{"_id": "e", "_source": {"headline": "N", "text": TEXT, "published_date": "2016-05-04"}}]}},
    {"data": {"articles": {"edges": [{"node": {"title": "N", "body": TEXT, "date": "2016-05-04"}}]}}},
    {"articles": {"results": [{"uri": "123", "date": "2016-05-04", "title": "N", "body": TEXT, "source": {"title": "Lake"}}]}},
    {"data": [{"id": "1", "fields": {"title": "N", "body": TEXT, "date": {"created": "2016-05-05", "original": "2016-05-04"}}}]},
    {"rss": {"channel": {"title": "Lake", "item": [{"title": {"_text": "N"}, "description": {"_cdata": TEXT}, "pubDate": "Wed, 04 May 2016 10:00:00 GMT"}]}}},
    {"_id": {"$oid": "5f"}, "title": "N", "content": TEXT, "publishedDate": {"$date": {"$numberLong": "1462320000000"}}},
    {"title": "N", "publishedAt": "2016-05-04", "body": [{"type": "p", "children": [{"text": "Malta lent Gozo "}, {"text": "$7 million on Tuesday."}]}]},
    {"title": "N", "date": [2016, 5, 4, 10, 0, 0], "text": {"0": TEXT}},
    {"title": "N", "date": {"date-parts": [[2016, 5, 4]]}, "sentences": [TEXT]},
    {"data": json.dumps([{"title": "N", "text": TEXT, "date": 1462320000}])},
    {"post_title": "N", "post_content": TEXT, "post_date": "2016-05-04 10:00:00", "post_author": 2},
]  # fmt: skip


def _one(found: Any) -> RawRecord:
    (record,) = found
    assert isinstance(record, RawRecord), record
    return record


@pytest.mark.parametrize("value", OBJECTS)
def test_an_object_is_read_alike_in_a_file_and_on_a_line(value: Any) -> None:
    whole = _one(json_documents.read(io.BytesIO(json.dumps(value, indent=1).encode()), "x.json"))
    line = _one(jsonl.read(io.BytesIO(json.dumps(value).encode() + b"\n"), "x.jsonl"))
    for record in (whole, line):
        assert (record.title, record.content, record.published_on, record.author) == ("N", TEXT, DAY, None)


def test_columns_of_lists_are_rows() -> None:
    table = {"title": ["N", "M"], "text": [TEXT, TEXT], "date": ["2016-05-04", "2016-05-05"]}
    found = list(json_documents.read(io.BytesIO(json.dumps(table).encode()), "x.json"))
    assert [r.title for r in found if isinstance(r, RawRecord)] == ["N", "M"]


@pytest.mark.parametrize(
    "line",
    [
        '{"title": "N", "text": "TEXT"},',
        'callback({"items": [{"title": "N", "text": "TEXT"}]});',
        "{'title': 'N', 'text': 'TEXT', 'x': None}",
        '\x1e{"title": "N", "text": "TEXT"}',
        json.dumps(json.dumps({"title": "N", "text": TEXT})),
        '// a dump\n{"title": "N", "text": "TEXT"}',
    ],
)
def test_what_is_nearly_json_is_read(line: str) -> None:
    record = _one(json_documents.read(io.BytesIO(line.replace("TEXT", TEXT).encode()), "x.json"))
    assert (record.title, record.content) == ("N", TEXT)


def test_lines_of_a_bulk_request_are_no_records() -> None:
    lines = '{"index": {"_index": "a", "_id": "1"}}\n{"title": "N", "text": "TEXT"}\n'
    assert _one(jsonl.read(io.BytesIO(lines.replace("TEXT", TEXT).encode()), "x.ndjson")).title == "N"


@pytest.mark.parametrize("reader", [jsonl.read, json_documents.read])
def test_another_day_of_the_file_shows_which_number_is_the_month(reader: Any) -> None:
    rows = [{"title": "N", "text": TEXT, "date": d} for d in ("03/04/2018", "25/04/2018")]
    content = "\n".join(map(json.dumps, rows)) if reader is jsonl.read else json.dumps(rows)
    found = list(reader(io.BytesIO(content.encode()), "x"))
    assert [r.published_on for r in found if isinstance(r, RawRecord)] == [date(2018, 4, 3), date(2018, 4, 25)]


@pytest.mark.parametrize(
    "table",
    [
        "# exported by a tool\n# 1 row\ntitle,text\nN,\"%s\"\n",
        'An export of articles\n\ntitle,text\nN,"%s"\n',
        '"sep=\t"\ntitle\ttext\nN\t%s\n',
        ' title , text \n N , "%s" \n',
        'title,text\nN,"%s"\n\x00\x00',
        'title,text\n"N","%s"\n',
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf8", "utf-16-le", "utf-16"])
def test_tables_with_lines_above_and_marks_within(table: str, encoding: str) -> None:
    record = _one(tabular.read_csv(io.BytesIO((table % TEXT).encode(encoding)), "x.csv"))
    assert (record.title, record.content.strip()) == ("N", TEXT)


def test_quotation_marks_behind_a_backslash() -> None:
    table = 'title,text\nN,"He said \\"yes\\" and, later, \\"no\\" to Malta."\n'
    assert (
        _one(tabular.read_csv(io.BytesIO(table.encode()), "x.csv")).content
        == 'He said "yes" and, later, "no" to Malta.'
    )


def test_a_table_of_one_column() -> None:
    assert _one(tabular.read_csv(io.BytesIO(f'text\n"{TEXT}"\n'.encode()), "x.csv")).content == TEXT


def test_an_article_in_one_column_of_a_parquet_file() -> None:
    file = io.BytesIO()
    pq.write_table(pa.table({"doc": pa.array([{"title": "N", "text": TEXT}])}), file)
    file.seek(0)
    assert _one(tabular.read_parquet(file, "x.parquet")).title == "N"


@pytest.mark.parametrize(
    "value",
    ["1524650400000", "1524650400000000", "25 Apr 18", "25/Apr/2018", "25.04.18", "Published: 25 April 2018", "Updated on April 25, 2018 at 10:00"],
)  # fmt: skip
def test_days_of_metadata(value: str) -> None:
    assert to_date(value) == date(2018, 4, 25)


@pytest.mark.parametrize(
    "value", ["1970-01-01T00:00:00Z", "0000-00-00", "0001-01-01T00:00:00", "9999-12-31", "43215", "2018", "03/04/18"]
)
def test_what_is_no_day_or_two(value: str) -> None:
    assert to_date(value) is None


@pytest.mark.parametrize(
    ("label", "codec"), [("iso-8859-9", "cp1254"), ("gb2312", "gb18030"), ("shift_jis", "cp932"), ("euc-kr", "cp949")]
)
def test_a_label_means_the_larger_set_of_its_family(label: str, codec: str) -> None:
    words = {"cp1254": "“Şükrü” €5", "gb18030": "€5 北京", "cp932": "①東京", "cp949": "똠방"}[codec]
    page = f'<?xml version="1.0" encoding="{label}"?><p>{words}</p>'
    assert words in decode(page.encode(codec))
