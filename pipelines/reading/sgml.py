"""SGML of the old corpora: Reuters-21578, `<DOC>` collections of newswire, TimeML, and the MUC message files.

A file holds one article or many; the tags inside a text are taken out and entities written as characters.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import IO

from pipelines.reading.dates import to_date
from pipelines.reading.encoding import BinaryContent, decode
from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.reading.single import LARGEST_DOCUMENT, stem

_CHUNK = 1 << 20
_END = re.compile(rb"</(?:REUTERS|DOC|TimeML)>", re.IGNORECASE)
_MUC = re.compile(rb"(?m)^(?:TST|DEV)\d?-MUC\d-\d{4}")
_TEXT = re.compile(r"<(TEXT|BODY)(?:\s[^>]{0,200})?>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(r"<(TITLE|HEADLINE|HL|HEAD)(?:\s[^>]{0,200})?>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_ID = re.compile(
    r"<(?:DOCNO|DOCID)>\s{0,20}([^<]{1,200}?)\s{0,20}</|\b(?:NEWID|docid|id)=\"([^\"]{1,200})\"", re.IGNORECASE
)
_DAY = re.compile(r"<(DATE|DATE_TIME|DATETIME|DD|DCT|DATELINE)(?:\s[^>]{0,200})?>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_VALUE = re.compile(r"\bvalue=\"(\d{4}-\d\d-\d\d)")
_AUTHOR = re.compile(r"<(AUTHOR|BYLINE)(?:\s[^>]{0,200})?>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_INNER = re.compile(
    r"<(TITLE|DATELINE|AUTHOR|BYLINE|HEADLINE|HL)(?:\s[^>]{0,200})?>.*?</\1>", re.DOTALL | re.IGNORECASE
)
_BODY = re.compile(r"<BODY>(.*?)</BODY>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z!?][^<>]{0,400}>")
_PARAGRAPH = re.compile(r"</?P>", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    """Articles of an SGML file, one in memory at a time."""
    index = 0
    for content in _documents(stream):
        if content is None:
            detail = f"No end of an article within {LARGEST_DOCUMENT:,} bytes. Is the file cut off?"
            yield Rejected(source_path, index, "read", Reason.TOO_LARGE, detail)
            return
        found = _record(content, source_path, index)
        if found is not None:
            yield found
            index += 1


def _documents(stream: IO[bytes]) -> Iterator[bytes | None]:
    """Bytes of each article; None where one has no end."""
    waiting = b""
    while chunk := stream.read(_CHUNK):
        waiting += chunk
        if _MUC.match(waiting.lstrip()[:40]):
            starts = [m.start() for m in _MUC.finditer(waiting)]
            for start, end in zip(starts, starts[1:], strict=False):
                yield waiting[start:end]
            waiting = waiting[starts[-1] :]
        else:
            done = 0
            for close in _END.finditer(waiting):
                yield waiting[done : close.end()]
                done = close.end()
            waiting = waiting[done:]
        if len(waiting) > LARGEST_DOCUMENT:
            yield None
            return
    if waiting.strip():
        yield waiting


def _record(content: bytes, source_path: str, index: int) -> RawRecord | Rejected | None:
    try:
        text = decode(content)
    except BinaryContent as error:
        return Rejected(source_path, index, "read", Reason.BINARY, str(error))
    if muc := re.match(r"\s*((?:TST|DEV)\d?-MUC\d-\d{4})", text):
        return _made(source_path, index, muc[1], None, None, None, text[muc.end() :])
    if "<" not in text and not index:
        return _made(source_path, index, stem(source_path), None, None, None, text)
    found = _TEXT.search(text)
    if found is None:
        if not _TAG.sub("", text).strip():
            return None  # what closes the collection
        detail = "No <TEXT> or <BODY> in the article."
        return Rejected(source_path, index, "read", Reason.MISSING_TEXT, detail)
    inner = found[2]
    body = _BODY.search(inner)
    head = text[: found.start()] + inner[: body.start()] if body else text[: found.start()] + inner
    identifier = _ID.search(text[:2000])
    name = next((g for g in identifier.groups() if g), None) if identifier else None
    return _made(
        source_path, index, name or (stem(source_path) if not index else None), _first(_TITLE, head), _day(text),
        _first(_AUTHOR, head), body[1] if body else _INNER.sub("", inner),
    )  # fmt: skip


def _made(
    source_path: str,
    index: int,
    identifier: str | None,
    title: str | None,
    day: str | None,
    author: str | None,
    body: str,
) -> RawRecord | Rejected:
    text = _plain(_PARAGRAPH.sub("\n\n", body))
    if not text:
        return Rejected(source_path, index, "read", Reason.EMPTY, "The article's text is empty.")
    published = to_date(day)
    return RawRecord(
        source_path=source_path,
        record_index=index,
        external_id=identifier,
        title=title,
        published_on=published,
        published_on_basis="metadata" if published else None,
        author=author,
        content=text,
        content_type="text",
    )


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return " ".join(_plain(found[2]).split()) or None if found else None


def _day(text: str) -> str | None:
    for found in _DAY.finditer(text):
        value = _VALUE.search(found[2])
        day = value[1] if value else _plain(found[2])
        if to_date(day):
            return day
    return None


def _plain(text: str) -> str:
    return _CONTROL.sub("", html.unescape(_TAG.sub("", text))).strip()
