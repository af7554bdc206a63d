"""Every format that news comes in, read from small files of our own."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import mailbox
import tarfile
import zipfile
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import polars as pl
import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipelines.reading.read import read_file
from pipelines.reading.records import RawRecord, Reason, Rejected

BODY = "The ministers of both states met in Oslo and agreed on a loan of $5 million."


def read(folder: Path, name: str, content: bytes | str) -> list[RawRecord | Rejected]:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_file(folder, name))


def good(items: list[RawRecord | Rejected]) -> list[RawRecord]:
    assert all(isinstance(i, RawRecord) for i in items), items
    return [i for i in items if isinstance(i, RawRecord)]


def only(items: list[RawRecord | Rejected]) -> RawRecord:
    (found,) = good(items)
    return found


def reason(items: list[RawRecord | Rejected]) -> list[str]:
    return [str(i.reason) if isinstance(i, Rejected) else "ok" for i in items]


def test_json_nested_too_deeply_is_told_whether_or_not_it_closes(tmp_path: Path) -> None:
    for nested in (b"[" * 20_000 + b"]" * 20_000, b"[" * 20_000, b'[{"text": ' + b"[" * 20_000 + b"]" * 20_000 + b"}]"):
        assert reason(read(tmp_path, "a.json", nested)) == [Reason.NESTING]
    flat = json.dumps([{"text": BODY, "tags": [[n] for n in range(3000)]}])
    assert only(read(tmp_path, "a.json", flat)).content == BODY


# -- tables ---------------------------------------------------------------------------------------------


def test_csv_with_quoted_line_ends_and_any_delimiter(tmp_path: Path) -> None:
    text = f'id,date,headline,content\n7,2019-03-04,"Ports, again","{BODY}\n\nSecond ""paragraph""."\n8,,Short,Done.\n'
    first, second = good(read(tmp_path, "a.csv", text))
    assert (first.external_id, first.published_on, first.title) == ("7", date(2019, 3, 4), "Ports, again")
    assert first.content.endswith('Second "paragraph".')
    assert second.record_index == 1
    assert only(read(tmp_path, "a.tsv", f"title\ttext\nA, B\t{BODY}\n")).title == "A, B"
    assert only(read(tmp_path, "b.csv", f"title;text\r\nA;{BODY}\r\n")).content == BODY
    assert only(read(tmp_path, "c.csv", "title,text\nCaf\xe9,Prix \xa35\n".encode("cp1252"))).content == "Prix £5"


def test_a_csv_row_of_too_many_fields_is_quarantined_alone(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", f"title,text\na,b,c,d\nfine,{BODY}\n")
    assert reason(found) == [Reason.BAD_CSV, "ok"]
    assert reason(read(tmp_path, "b.csv", "name,age\nAda,36\n")) == [Reason.MISSING_TEXT]


def test_names_are_known_however_their_words_are_parted(tmp_path: Path) -> None:
    found = only(
        read(tmp_path, "a.json", json.dumps({"newsID": "n7", "PublishDate": "2018-02-01T18:44:52", "bodyText": BODY}))
    )
    assert (found.external_id, found.published_on, found.content) == ("n7", date(2018, 2, 1), BODY)
    assert only(read(tmp_path, "a.csv", f"Doc-ID,Full Text\n7,{BODY}\n")).external_id == "7"
    house = f"<N><NewsItemNo>1</NewsItemNo><PublishDate>2018-02-01</PublishDate><BodyText>{BODY}</BodyText></N>"
    assert only(read(tmp_path, "a.xml", house)).published_on == date(2018, 2, 1)


def test_parquet_of_any_column_types(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "doc_id": [1, 2],
            "body": [BODY, None],
            "published_at": [datetime(2020, 5, 6, 7, tzinfo=UTC), None],
            "other": [1.5, 2],
        }
    )
    frame.write_parquet(tmp_path / "a.parquet")
    found = list(read_file(tmp_path, "a.parquet"))
    assert reason(found) == ["ok", Reason.MISSING_TEXT]
    assert isinstance(found[0], RawRecord)
    assert (found[0].external_id, found[0].published_on) == ("1", date(2020, 5, 6))
    content = (tmp_path / "a.parquet").read_bytes()
    assert reason(read(tmp_path, "cut.parquet", content[: len(content) // 2])) == [Reason.TRUNCATED]


# -- JSON -----------------------------------------------------------------------------------------------


def test_json_as_array_object_wrapper_and_lines(tmp_path: Path) -> None:
    article = {"title": "A", "body": BODY, "author": {"name": "A. Writer"}}
    assert [r.record_index for r in good(read(tmp_path, "array.json", json.dumps([article, article], indent=1)))] == [
        0,
        1,
    ]
    assert only(read(tmp_path, "one.json", json.dumps(article, indent=2))).author == "A. Writer"
    wrapped = {"status": "ok", "data": {"items": [{"item": article}, {"item": article}]}}
    assert len(good(read(tmp_path, "wrapped.json", json.dumps(wrapped)))) == 2
    assert len(good(read(tmp_path, "lines.json", f"{json.dumps(article)}\n{json.dumps(article)}\n"))) == 2
    page = {"headline": "H", "body_html": f"<p>{BODY}</p>", "guid": "urn:1", "firstcreated": "2017-08-24T04:37:19+0000"}
    found = only(read(tmp_path, "ninjs.json", json.dumps(page)))
    assert (found.content_type, found.external_id, found.published_on) == ("html", "urn:1", date(2017, 8, 24))


def test_a_json_array_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    found = read(tmp_path, "cut.json", json.dumps([{"text": BODY}, {"text": BODY}])[:-30])
    assert reason(found) == ["ok", Reason.TRUNCATED]
    assert reason(read(tmp_path, "deep.json", "[" * 100_000)) == [Reason.NESTING]
    assert reason(read(tmp_path, "none.json", "{}")) == [Reason.MISSING_TEXT]
    twice = '[{"text": "first words", "text": "other words"}, {"text": "fine words"}]'
    assert reason(read(tmp_path, "twice.json", twice)) == [Reason.DUPLICATE_KEY, "ok"]


# -- the web --------------------------------------------------------------------------------------------


def _warc(pages: list[tuple[str, str, str, bytes]], compressed: bool) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=compressed)
    for url, status, kind, content in pages:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(url, "response", payload=io.BytesIO(content), http_headers=headers)
        )
    return out.getvalue()


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_pages_of_a_web_archive(tmp_path: Path, name: str) -> None:
    page = f"<html><title>T</title><p>{BODY}</p></html>".encode()
    content = _warc(
        [
            ("https://example.org/a", "200 OK", "text/html; charset=utf-8", page),
            ("https://example.org/gone", "404 Not Found", "text/html", b"no"),
            ("https://example.org/p.png", "200 OK", "image/png", b"\x89PNG"),
            ("https://example.org/b", "200 OK", "text/html", page),
        ],
        name.endswith(".gz"),
    )
    first, second = good(read(tmp_path, name, content))
    assert (first.url, first.content_type, second.url) == ("https://example.org/a", "html", "https://example.org/b")
    assert reason(read(tmp_path, f"cut-{name}", content[: len(content) - 60]))[0] == "ok"


def test_feeds_with_whole_text_or_summary(tmp_path: Path) -> None:
    rss = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
      <title>The Paper</title><language>en</language>
      <item><title>A &amp; B</title><link>https://example.org/1</link><guid>g1</guid><pubDate>Mon, 04 Mar 2019 10:00:00 GMT</pubDate>
      <description>Short.</description><content:encoded><![CDATA[<p>{BODY}</p>]]></content:encoded></item>
      <item><title>Empty</title></item></channel></rss>"""
    found = read(tmp_path, "feed.xml", rss)
    assert reason(found) == ["ok", Reason.MISSING_TEXT]
    assert isinstance(found[0], RawRecord)
    assert (found[0].title, found[0].publisher, found[0].published_on) == ("A & B", "The Paper", date(2019, 3, 4))
    assert BODY in found[0].content
    atom = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><entry><id>e1</id><title>T</title>
      <updated>2020-01-02T00:00:00Z</updated><content type="text">{BODY}</content></entry></feed>"""
    assert only(read(tmp_path, "a.atom", atom)).published_on == date(2020, 1, 2)


# -- the trade's XML and SGML ----------------------------------------------------------------------------

NITF = f"""<nitf><head><docdata><doc-id id-string="x1"/><date.issue norm="20151210T191044Z"/></docdata></head><body><body.head>
<hedline><hl1>Ministers meet</hl1></hedline><byline>By A. Writer</byline><distributor>The Agency</distributor></body.head>
<body.content><p>{BODY}</p><p>Second   one.</p></body.content></body></nitf>"""


def test_nitf(tmp_path: Path) -> None:
    found = only(read(tmp_path, "a.xml", f'<?xml version="1.0"?>{NITF}'))
    assert (found.external_id, found.title, found.author, found.publisher) == (
        "x1",
        "Ministers meet",
        "A. Writer",
        "The Agency",
    )
    assert found.published_on == date(2015, 12, 10)
    assert found.content == f"{BODY}\n\nSecond one."


def test_newsml_of_both_generations(tmp_path: Path) -> None:
    g2 = f"""<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:1" xml:lang="en">
      <itemMeta><provider literal="agency.example"/><versionCreated>2016-10-21T16:25:32-05:00</versionCreated></itemMeta>
      <contentMeta><headline>Ministers meet</headline></contentMeta>
      <contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{BODY}</p></body></html></inlineXML></contentSet>
      </newsItem></itemSet></newsMessage>"""
    found = only(read(tmp_path, "g2.xml", g2))
    assert (found.external_id, found.title, found.publisher, found.language) == (
        "urn:1",
        "Ministers meet",
        "agency.example",
        "en",
    )
    assert (found.content, found.published_on) == (BODY, date(2016, 10, 21))
    one = f"""<?xml version="1.0"?><NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>agency.example</ProviderId>
      <DateId>20140829</DateId><PublicIdentifier>urn:2</PublicIdentifier></NewsIdentifier></Identification><NewsComponent><NewsLines>
      <HeadLine>Ministers meet</HeadLine></NewsLines><ContentItem><DataContent>{NITF}</DataContent></ContentItem></NewsComponent>
      </NewsItem></NewsML>"""
    found = only(read(tmp_path, "one.xml", one))
    assert (found.external_id, found.published_on, found.content[:20]) == ("urn:2", date(2014, 8, 29), BODY[:20])
    links = '<?xml version="1.0"?><packageItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>'
    assert reason(read(tmp_path, "links.xml", links)) == [Reason.MISSING_TEXT]


def test_xml_that_is_broken_or_grows(tmp_path: Path) -> None:
    assert reason(read(tmp_path, "a.xml", "<?xml version='1.0'?><nitf><body>")) == [Reason.BAD_XML]
    laughs = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><nitf><body>&b;</body></nitf>'
    assert reason(read(tmp_path, "b.xml", laughs)) == [Reason.BOMB]


def test_sgml_collections(tmp_path: Path) -> None:
    story = (
        '<REUTERS TOPICS="NO" NEWID="{n}">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n<TEXT>&#2;\n<TITLE>PORTS &lt;X> OPEN</TITLE>\n'
        "<DATELINE>    OSLO, Feb 26 - </DATELINE><BODY>Ports &amp; roads opened.\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n"
    )
    text = '<!DOCTYPE lewis SYSTEM "lewis.dtd">\n' + story.format(n=1) + story.format(n=2)
    first, second = good(read(tmp_path, "reut2.sgm", text))
    assert (first.external_id, first.title, first.published_on) == ("1", "PORTS <X> OPEN", date(1987, 2, 26))
    assert first.content.startswith("OSLO, Feb 26 -- Ports & roads opened.")
    assert second.external_id == "2"
    doc = f"<DOC>\n<DOCNO> AP-0001 </DOCNO>\n<HEAD>Ministers meet</HEAD>\n<TEXT>\n<P>{BODY}</P>\n</TEXT>\n</DOC>\n"
    found = only(read(tmp_path, "ap.sgml", doc))
    assert (found.external_id, found.title, found.content) == ("AP-0001", "Ministers meet", BODY)
    timeml = (
        '<?xml version="1.0" ?>\n<TimeML><DOCID>d1</DOCID><DCT><TIMEX3 tid="t0" value="2014-08-04T17:07">Aug 4</TIMEX3></DCT>'
        '<TITLE>T</TITLE><TEXT>They <EVENT eid="e1">met</EVENT> on <TIMEX3 tid="t1">Monday</TIMEX3>.</TEXT></TimeML>'
    )
    found = only(read(tmp_path, "a.tml", timeml))
    assert (found.content, found.published_on) == ("They met on Monday.", date(2014, 8, 4))


# -- mail and wire --------------------------------------------------------------------------------------


def _message(subject: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "The Paper <news@example.org>"
    message["Date"], message["Message-ID"] = "Mon, 04 Mar 2019 10:00:00 +0000", f"<{len(subject)}@example.org>"
    message.set_content(BODY)
    message.add_alternative(f"<p>{BODY}</p>", subtype="html")
    return message


def test_newsletters_alone_and_in_a_mailbox(tmp_path: Path) -> None:
    found = only(read(tmp_path, "a.eml", bytes(_message("Übersicht"))))
    assert (found.title, found.publisher, found.published_on) == ("Übersicht", "The Paper", date(2019, 3, 4))
    assert (found.content.strip(), found.content_type) == (BODY, "text")
    box = mailbox.mbox(tmp_path / "b.mbox")
    for n in range(3):
        box.add(_message(f"n{n}"))
    box.close()
    assert [r.title for r in good(list(read_file(tmp_path, "b.mbox")))] == ["n0", "n1", "n2"]


def test_wire_messages(tmp_path: Path) -> None:
    iptc = f"\x01eca062 4 i 211 ccccb dpa 061\r\n\r\nTalks/\r\n\x02Ministers meet in\r\nOslo =\r\n\r\n   Oslo (dpa) - {BODY}\r\n\x03\x04"
    found = only(read(tmp_path, "a.txt", iptc))
    assert found.title == "Ministers meet in Oslo"
    assert found.content.startswith("Oslo (dpa)")
    anpa = f"\x16\x16\x01AW2870\x1fasia\r\n\x02^BC-Talks,46<\r\n^Ministers meet <\r\n^By A. WRITER=\r\n\tOSLO (AP) _ {BODY}\r\n\tSecond.\r\n\x03"
    found = only(read(tmp_path, "b.tst", anpa))
    assert (found.title, found.author) == ("Ministers meet", "A. WRITER")
    assert found.content.endswith("\n\nSecond.")


def test_pdf_with_and_without_text(tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    assert reason(read(tmp_path, "scan.pdf", out.getvalue())) == [Reason.EMPTY]
    stream = b"BT /F1 12 Tf 10 100 Td (The ministers met in Oslo.) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    content = (
        b"%PDF-1.4\n"
        + b"".join(b"%d 0 obj%sendobj\n" % (i + 1, o) for i, o in enumerate(objects))
        + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
    )
    assert only(read(tmp_path, "text.pdf", content)).content == "The ministers met in Oslo."
    assert reason(read(tmp_path, "cut.pdf", b"%PDF-1.4\nnothing")) == [Reason.TRUNCATED]


# -- compression and archives ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ending", "pack"),
    [(".gz", gzip.compress), (".zst", zstandard.compress), (".xz", lzma.compress), (".bz2", bz2.compress)],
)
def test_every_compression_by_name_and_by_content(tmp_path: Path, ending: str, pack) -> None:  # type: ignore[no-untyped-def]
    assert only(read(tmp_path, f"a.txt{ending}", pack(BODY.encode()))).content == BODY
    assert only(read(tmp_path, f"a{ending}.txt", pack(BODY.encode()))).content == BODY
    cut = read(tmp_path, f"b.jsonl{ending}", pack(json.dumps({"text": BODY}).encode() * 1)[:-6])
    assert reason(cut)[-1] == Reason.TRUNCATED


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _tar(files: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


FILES = {
    "2019/a.txt": BODY.encode(),
    "lines.jsonl.gz": gzip.compress(b"\n".join(json.dumps({"id": n, "text": BODY}).encode() for n in range(2))),
    "README.txt": b"not news",
    ".hidden.txt": b"not news",
    "inner.zip": _zip({"b.txt": BODY.encode()}),
}


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.zip", _zip(FILES)), ("a.tar", _tar(FILES)), ("a.tar.gz", _tar(FILES, "w:gz")), ("a.tgz", _tar(FILES, "w:gz"))],
)
def test_archives_are_read_through(tmp_path: Path, name: str, content: bytes) -> None:
    found = good(read(tmp_path, name, content))
    assert [r.external_id for r in found] == ["a", "0", "1", "b"]
    assert [r.record_index for r in found] == [0, 1, 2, 3]
    assert {r.source_path for r in found} == {name}


@pytest.mark.parametrize("pack", [_zip, _tar])
def test_a_damaged_member_is_told_and_the_others_are_read(tmp_path: Path, pack) -> None:  # type: ignore[no-untyped-def]
    content = bytearray(_zip({"a.txt": BODY.encode(), "b.txt": BODY.encode()}))
    if pack is _zip:
        content[content.index(b"a.txt") + 20] ^= 0x10  # in the packed text
        found = read(tmp_path, "a.zip", bytes(content))
        assert reason(found)[-1] == "ok"
        assert Reason.TRUNCATED in reason(found)
    else:
        whole = _tar({"a.txt": BODY.encode() * 40})
        found = read(tmp_path, "a.tar", whole[:2000])
        assert set(reason(found)) == {Reason.TRUNCATED}


def test_what_an_archive_must_not_do(tmp_path: Path) -> None:
    out = io.BytesIO(_tar({"fine.txt": BODY.encode(), "../../escape.txt": b"x", "/etc/passwd.txt": b"x"}))
    with tarfile.open(fileobj=out, mode="a") as archive:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    found = read(tmp_path, "evil.tar", out.getvalue())
    assert sorted(reason(found)) == sorted(["ok", Reason.BAD_NAME, Reason.BAD_NAME, Reason.NOT_A_FILE])
    nested = _zip({"a.txt": BODY.encode()})
    for _ in range(3):
        nested = _zip({"inner.zip": nested})
    assert reason(read(tmp_path, "nested.zip", nested)) == [Reason.NESTING]
    content = _zip({"a.txt": BODY.encode(), "b.txt": BODY.encode()})
    assert reason(read(tmp_path, "cut.zip", content[:-40])) == [Reason.TRUNCATED]
    assert not (tmp_path.parent / "escape.txt").exists()


def test_bombs_are_stopped(tmp_path: Path) -> None:
    zeros = b"0" * 150_000_000
    assert reason(read(tmp_path, "bomb.jsonl.gz", gzip.compress(zeros, 9)))[-1] in (Reason.BOMB, Reason.TOO_LARGE)
    assert Reason.BOMB in reason(read(tmp_path, "bomb.jsonl.xz", lzma.compress(zeros)))
    found = read(tmp_path, "bomb.zip", _zip({"fine.txt": BODY.encode(), "bomb.jsonl": zeros}))
    assert reason(found)[0] == "ok"
    assert reason(found)[-1] in (Reason.BOMB, Reason.TOO_LARGE)


# -- mangled text ---------------------------------------------------------------------------------------


def test_text_decoded_wrongly_before_is_mended_where_that_is_sure(tmp_path: Path) -> None:
    said = "The café’s owner said it’s fine."
    mangled = said.encode().decode("cp1252")
    assert only(read(tmp_path, "a.txt", mangled)).content == said
    fine = "Le Ã © de la fonte is what a designer wrote: Â."
    assert only(read(tmp_path, "b.txt", fine)).content == fine
