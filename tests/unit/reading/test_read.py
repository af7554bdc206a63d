"""Files to records: formats, compression, damage, odd bytes."""

from __future__ import annotations

import gzip
import json
import time
from datetime import date
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pipelines.reading.compression import open_compressed
from pipelines.reading.dates import to_date
from pipelines.reading.encoding import BinaryContent, decode
from pipelines.reading.formats import BY_ENDING
from pipelines.reading.read import read_file
from pipelines.reading.records import RawRecord, Reason, Rejected


def records(folder: Path, name: str, content: bytes) -> list[RawRecord | Rejected]:
    (folder / name).write_bytes(content)
    return list(read_file(folder, name))


def reasons(items: list[RawRecord | Rejected]) -> list[str]:
    return [i.reason if isinstance(i, Rejected) else "ok" for i in items]


def one(folder: Path, name: str, content: bytes) -> RawRecord:
    (found,) = records(folder, name, content)
    assert isinstance(found, RawRecord)
    return found


@pytest.mark.parametrize("name", ["storm.txt", "storm.txt.gz", "storm.txt.zst"])
def test_a_text_file_is_one_document_named_by_its_stem(tmp_path: Path, name: str) -> None:
    content = b"The storm passed."
    if name.endswith(".gz"):
        content = gzip.compress(content)
    if name.endswith(".zst"):
        content = zstandard.compress(content)
    found = one(tmp_path, name, content)
    assert (found.external_id, found.content, found.content_type) == ("storm", "The storm passed.", "text")


def test_a_page_is_handed_on_as_html(tmp_path: Path) -> None:
    assert one(tmp_path, "a.html", b"<p>Hello</p>").content_type == "html"


def test_synonyms_of_a_record(tmp_path: Path) -> None:
    row = {
        "_id": 7, "headline": "Ports reopen", "content": "The ports reopened.", "date_publish": "2019-03-04 10:00:00",
        "source_domain": "example.org", "authors": ["A. Writer", "B. Editor"], "lang": "en", "link": "https://example.org/1",
    }  # fmt: skip
    found = one(tmp_path, "a.jsonl", json.dumps(row).encode())
    assert found.external_id == "7"
    assert found.title == "Ports reopen"
    assert found.content == "The ports reopened."
    assert (found.published_on, found.published_on_basis) == (date(2019, 3, 4), "metadata")
    assert (found.publisher, found.author, found.language) == ("example.org", "A. Writer, B. Editor", "en")
    assert found.url == "https://example.org/1"


def test_a_bad_line_is_quarantined_alone(tmp_path: Path) -> None:
    lines = [
        b'{"id": 1, "text": "First."}',
        b'{"id": 2, "text": "cut',
        b"[1, 2]",
        b'{"id": 4}',
        b'{"text": "a", "text": "b"}',
        b'{"text": "a", "n": NaN}',
        b'{"text": "a", "n": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b"",
        b'{"id": 9, "text": "Last."}',
    ]
    found = records(tmp_path, "a.jsonl", b"\r\n".join(lines))
    assert reasons(found) == [
        "ok", Reason.BAD_JSON, Reason.NOT_AN_OBJECT, Reason.MISSING_TEXT, Reason.DUPLICATE_KEY, "ok",
        Reason.BAD_JSON, Reason.NESTING, "ok",
    ]  # fmt: skip
    assert [f.record_index for f in found] == list(range(9))
    assert all(f.detail for f in found if isinstance(f, Rejected))


def test_a_line_without_end_is_skipped_and_the_next_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.reading.jsonl.LONGEST_LINE", 100)
    found = records(tmp_path, "a.jsonl", b'{"text": "' + b"x" * 1000 + b'"}\n{"text": "Short."}\n')
    assert reasons(found) == [Reason.TOO_LARGE, "ok"]


def test_zstandard_is_unpacked_in_pieces(tmp_path: Path) -> None:
    started = time.process_time()
    packed = zstandard.compress(b"0" * 90_000_000)
    path = tmp_path / "a.zst"
    path.write_bytes(packed)
    with path.open("rb") as file:
        stream = open_compressed(file, ".zst")
        total = 0
        while data := stream.read(1 << 17):
            total += len(data)
    assert total == 90_000_000
    assert time.process_time() - started < 5  # it was a minute: each piece copied all that was left


def test_several_gzip_members_and_zstandard_frames_are_one_file(tmp_path: Path) -> None:
    parts = [b'{"text": "One."}\n', b'{"text": "Two."}\n']
    assert reasons(records(tmp_path, "a.jsonl.gz", b"".join(map(gzip.compress, parts)))) == ["ok", "ok"]
    assert reasons(records(tmp_path, "a.jsonl.zst", b"".join(map(zstandard.compress, parts)))) == ["ok", "ok"]


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.compress], ids=["gz", "zst"])
def test_a_cut_off_file_gives_what_comes_before_the_cut_and_says_so(tmp_path: Path, compress) -> None:  # type: ignore[no-untyped-def]
    lines = b"".join(json.dumps({"text": f"Line {i}: {hash(str(i))}"}).encode() + b"\n" for i in range(60_000))
    packed = compress(lines)
    name = f"a.jsonl.{'gz' if compress is gzip.compress else 'zst'}"
    found = records(tmp_path, name, packed[: len(packed) // 2])
    assert len(found) > 1000
    assert isinstance(found[0], RawRecord)
    assert isinstance(found[-1], Rejected)
    assert found[-1].reason == Reason.TRUNCATED
    # Beside the cut itself at most the line that it went through is lost.
    assert sum(isinstance(f, Rejected) for f in found) <= 2


def test_a_cut_off_text_is_kept_up_to_the_cut(tmp_path: Path) -> None:
    packed = gzip.compress("".join(f"Sentence {i} of {hash(str(i))}. " for i in range(20_000)).encode())
    assert reasons(records(tmp_path, "a.txt.gz", packed[: len(packed) // 2])) == ["ok", Reason.TRUNCATED]


def test_what_cannot_be_read(tmp_path: Path) -> None:
    assert reasons(records(tmp_path, "a.docx", b"PK")) == [Reason.UNSUPPORTED]
    assert reasons(records(tmp_path, "noending", b"x")) == [Reason.UNSUPPORTED]
    assert reasons(records(tmp_path, "a.txt", b"")) == [Reason.EMPTY]
    assert reasons(records(tmp_path, "b.txt", b"\xef\xbb\xbf \r\n")) == [Reason.EMPTY]
    assert reasons(records(tmp_path, "a.jsonl", b"\n\n")) == [Reason.EMPTY]
    assert reasons(records(tmp_path, "c.txt", b"\x89PNG\x00\x00\x01")) == [Reason.BINARY]
    assert reasons(records(tmp_path, "c.txt.gz", b"no gzip at all")) == [Reason.TRUNCATED]
    assert reasons(list(read_file(tmp_path, "gone.txt"))) == [Reason.UNREADABLE]


def test_too_large_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.reading.single.LARGEST_DOCUMENT", 10)
    assert reasons(records(tmp_path, "a.txt", b"eleven bytes")) == [Reason.TOO_LARGE]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Zürich – “ok”".encode(), "Zürich – “ok”"),
        (b"\xef\xbb\xbfNews", "News"),
        ("Łódź".encode("utf-16"), "Łódź"),
        ("Łódź".encode("utf-32"), "Łódź"),
        (b"a \x93quote\x94 for \xa35", "a “quote” for £5"),
        (b'<meta charset="koi8-r">' + "Москва".encode("koi8-r"), '<meta charset="koi8-r">Москва'),
        (b'<meta charset="no-such">caf\xe9', '<meta charset="no-such">café'),
    ],
)
def test_encodings(content: bytes, text: str) -> None:
    assert decode(content) == text


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(BinaryContent):
        decode(b"MZ\x00\x01")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2004-02-25T23:00:00Z", date(2004, 2, 25)),
        ("20040225", date(2004, 2, 25)),
        (20040225, date(2004, 2, 25)),
        ("Wed, 25 Feb 2004 10:00:00 GMT", date(2004, 2, 25)),
        ("February 25, 2004", date(2004, 2, 25)),
        ("25 Feb 2004", date(2004, 2, 25)),
        (1077667200, date(2004, 2, 25)),
        (1077667200000, date(2004, 2, 25)),
        ("02/03/2004", None),
        ("2004-13-45", None),
        ("yesterday", None),
        (True, None),
        (float("inf"), None),
        ("0001-01-01", None),
    ],
)
def test_days_in_metadata(value: object, day: date | None) -> None:
    assert to_date(value) == day


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ["text", "html", "id", "title", "date", "url", "source", "authors", "lang"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=300),
    suffix=st.sampled_from([f + c for f in BY_ENDING for c in ("", ".gz", ".zst", ".xz", ".bz2")]),
)
def test_no_bytes_whatever_make_reading_fail(tmp_path: Path, content: bytes, suffix: str) -> None:
    found = records(tmp_path, f"a{suffix}", content)
    assert found
    for item in found:
        text = item.detail if isinstance(item, Rejected) else item.content
        text.encode("utf8")
        assert text


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.dictionaries(st.sampled_from(FIELDS), json_values), min_size=1, max_size=4))
def test_every_record_is_loaded_or_refused(tmp_path: Path, rows: list[dict[str, object]]) -> None:
    # a list of titles beside one of texts is a table of several articles
    assume(not any(isinstance(row.get("title"), list) and isinstance(row.get("text"), list) for row in rows))
    found = records(tmp_path, "a.jsonl", "\n".join(json.dumps(r) for r in rows).encode())
    assert [f.record_index for f in found] == list(range(len(rows)))
    for row, item in zip(rows, found, strict=True):
        if isinstance(row.get("text"), str) and str(row["text"]).strip():
            assert isinstance(item, RawRecord)
