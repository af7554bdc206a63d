"""The same object is read alike, however a program wrote it."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.reading import json_documents, jsonl, tabular
from pipelines.reading.dates import order_in, to_date
from pipelines.reading.records import RawRecord, Reason, Rejected

WORDS = "Bhutan lent Nepal 3 million dollars on Friday."
NESTED: list[tuple[dict[str, Any], dict[str, object]]] = [
    (  # Guardian
        {"response": {"results": [{"id": "w/1", "webTitle": "Loan", "webPublicationDate": "2016-05-04T10:00:00Z", "webUrl": "https://g.example/1", "fields": {"bodyText": WORDS, "byline": "A. Writer"}}]}},
        {"title": "Loan", "published_on": date(2016, 5, 4), "url": "https://g.example/1"},
    ),
    (  # WordPress
        {"id": 7, "date": "2016-05-04T10:00:00", "title": {"rendered": "Loan"}, "content": {"rendered": f"<p>{WORDS}</p>"}},
        {"title": "Loan", "external_id": "7", "content_type": "html"},
    ),
    (  # Elasticsearch
        {"_id": {"$oid": "5f"}, "_source": {"title": "Loan", "text": WORDS, "publish_date": {"$date": "2016-05-04T00:00:00Z"}}},
        {"external_id": "5f", "published_on": date(2016, 5, 4)},
    ),
    (  # NewsAPI
        {"status": "ok", "articles": [{"source": {"id": None, "name": "Hill Post"}, "title": "Loan", "publishedAt": "2016-05-04T10:00:00Z", "content": f"{WORDS}… [+1234 chars]"}]},
        {"publisher": "Hill Post", "content": WORDS, "repairs": ("cut off by the source",)},
    ),
    (  # New York Times
        {"headline": {"main": "Loan"}, "byline": {"original": "By A. Writer"}, "pub_date": "2016-05-04T10:00:00+0000", "lead_paragraph": WORDS},
        {"title": "Loan", "repairs": ("teaser",)},
    ),
    ({"published": "2016-05-04", "source": "Hill Post", "article": {"title": "Loan", "text": WORDS}}, {"publisher": "Hill Post", "published_on": date(2016, 5, 4)}),
    ({"title": "Loan", "paragraphs": [{"type": "p", "text": WORDS}, {"type": "p", "text": "Nepal thanked it."}]}, {"content": f"{WORDS}\n\nNepal thanked it."}),
    ({"title": "Loan", "text": [WORDS, "Nepal thanked it."], "score": float("nan")}, {"content": f"{WORDS}\n\nNepal thanked it."}),
]  # fmt: skip


def _only(found: list[RawRecord | Rejected]) -> RawRecord:
    (record,) = found
    assert isinstance(record, RawRecord), record
    return record


@pytest.mark.parametrize(("row", "wanted"), NESTED)
def test_a_nested_object_is_read_alike_in_json_and_json_lines(row: dict[str, Any], wanted: dict[str, object]) -> None:
    line = json.dumps(row).encode()
    one = _only(list(jsonl.read(io.BytesIO(line + b"\n"), "a.jsonl")))
    other = _only(list(json_documents.read(io.BytesIO(json.dumps(row, indent=1).encode()), "a.jsonl")))
    assert one == other
    assert {name: getattr(one, name) for name in wanted} == wanted


@pytest.mark.parametrize(
    "laid_out",
    [
        json.dumps({"id": "a", "text": WORDS}, indent=2) + "\n" + json.dumps({"id": "b", "text": WORDS}, indent=2),
        json.dumps([{"id": "a", "text": WORDS}, {"id": "b", "text": WORDS}]),
        json.dumps([{"id": "a", "text": WORDS}, {"id": "b", "text": WORDS}], indent=2),
        json.dumps({"a": {"text": WORDS}, "b": {"text": WORDS}}),
        json.dumps({"id": {"0": "a", "1": "b"}, "text": {"0": WORDS, "1": WORDS}}),
        json.dumps({"columns": ["id", "text"], "index": [0, 1], "data": [["a", WORDS], ["b", WORDS]]}),
    ],
)
def test_json_laid_out_otherwise(laid_out: str) -> None:
    for reader in (jsonl.read, json_documents.read):
        found = list(reader(io.BytesIO(laid_out.encode()), "a.json"))
        assert [(r.external_id, r.content) for r in found if isinstance(r, RawRecord)] == [("a", WORDS), ("b", WORDS)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"text": None}, "'text' is there and empty"),
        ({"text": 5}, "holds a int"),
        ({"words": "x"}, "the record has: words"),
    ],
)
def test_a_refusal_names_the_fault(row: dict[str, Any], said: str) -> None:
    (found,) = jsonl.read(io.BytesIO(json.dumps(row).encode()), "a.jsonl")
    assert isinstance(found, Rejected)
    assert found.reason == Reason.MISSING_TEXT
    assert said in found.detail


def test_tables_of_excel_and_pandas() -> None:
    content = f'sep=;\nid;text;date;author\n1;"{WORDS}\\n\\nNepal thanked it.";03/04/2018;nan\n2;{WORDS}\x00;25/04/2018;B\n3;nan;NaT;\n'
    found = list(tabular.read_csv(io.BytesIO(content.encode()), "a.csv"))
    first, second, third = found
    assert isinstance(first, RawRecord)
    assert (first.content, first.author, first.published_on) == (
        f"{WORDS}\n\nNepal thanked it.",
        None,
        date(2018, 4, 3),
    )
    assert isinstance(second, RawRecord)
    assert (second.content, second.published_on) == (WORDS, date(2018, 4, 25))
    assert isinstance(third, Rejected)


def test_lists_and_structs_in_parquet() -> None:
    stream = io.BytesIO()
    rows = [{"id": 1, "text": [WORDS, "Nepal thanked it."], "source": {"name": "Hill Post"}}]
    pq.write_table(pa.Table.from_pylist(rows), stream)
    stream.seek(0)
    found = _only(list(tabular.read_parquet(stream, "a.parquet")))
    assert (found.content, found.publisher) == (f"{WORDS}\n\nNepal thanked it.", "Hill Post")


@pytest.mark.parametrize(
    ("value", "day_first", "day"),
    [
        ("2016/6/29 15:07:41", None, date(2016, 6, 29)),
        ("2016.06.29", None, date(2016, 6, 29)),
        ("29.06.2016, 14:20 Uhr", None, date(2016, 6, 29)),
        ("25/04/2018", None, date(2018, 4, 25)),
        ("04/25/2018", None, date(2018, 4, 25)),
        ("03/04/2018", None, None),
        ("03/04/2018", True, date(2018, 4, 3)),
        ("03/04/2018", False, date(2018, 3, 4)),
        ("29th of June 2016", None, date(2016, 6, 29)),
        ("29-Jun-16", None, date(2016, 6, 29)),
        ("1466000000.0", None, date(2016, 6, 15)),
        ({"$date": {"$numberLong": "1467158400000"}}, None, date(2016, 6, 29)),
        (["2016-06-29"], None, date(2016, 6, 29)),
        ({"year": 2012, "month": 10, "day": 7}, None, date(2012, 10, 7)),
        (0, None, None),
        (42550, None, None),
        ("undateable", None, None),
    ],
)
def test_days(value: object, day_first: bool | None, day: date | None) -> None:
    assert to_date(value, day_first) == day


def test_the_order_of_a_file_is_what_its_sure_days_show() -> None:
    assert order_in("03/04/2018 25/04/2018") is True
    assert order_in("03/04/2018 04/25/2018") is False
    assert order_in("03/04/2018 05/06/2018") is None
    assert order_in("25/04/2018 04/25/2018") is None
