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
from pipelines.reading.export_labels import OTHERS, label_of
from pipelines.reading.records import Cut, RawRecord, Reason, Rejected
from pipelines.reading.single import LARGEST_DOCUMENT, stem
from pipelines.reference.months import full_year

_CHUNK = 1 << 20
_END = re.compile(rb"</(?:REUTERS|DOC|TimeML)>", re.IGNORECASE)
_MUC = re.compile(rb"(?m)^(?:TST|DEV)\d?-MUC\d-\d{4}")
_TEXT = re.compile(r"<(TEXT|BODY)(?:\s[^>]{0,200})?>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(r"<(TITLE|HEADLINE|HL|HEAD|TI)(?:\s[^>]{0,200})?>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_ID = re.compile(
    r"<(?:DOCNO|DOCID)>\s{0,20}([^<]{1,200}?)\s{0,20}</|\b(?:NEWID|docid|id)=\"([^\"]{1,200})\"", re.IGNORECASE
)
_DAY = re.compile(
    r"<(DATE|DATE1|PUBDATE|DATE_TIME|DATETIME|DD|DCT|DATELINE)(?:\s[^>]{0,200})?>(.*?)</\1>", re.DOTALL | re.IGNORECASE
)
_VALUE = re.compile(r"\bvalue=\"(\d{4}-\d\d-\d\d)")
# "910514" of the Financial Times, "DLT_ENG_20030102.0001" and "AP880212-0001" of collections of newswire.
_SHORT_DAY = re.compile(r"\s*(\d\d)(\d\d)(\d\d)\s*")
_DAY_IN_ID = re.compile(r"[A-Za-z_]{2,12}[ _]?((?:19|20)\d{6}|\d{6})[.-]\d{2,6}(?:[.-]\d+)?")
_PAPER = re.compile(r"<(PUB|PAPER|SOURCE|SO)(?:\s[^>]{0,200})?>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_OPENS = re.compile(r"<(DATELINE)(?:\s[^>]{0,200})?>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_LONGEST_OPENING = 120
_LEADING = re.compile(r"(?:\s|</?P(?:\s[^>]{0,200})?>)+", re.IGNORECASE)
_BY = re.compile(r"^by:?\s+", re.IGNORECASE)
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
    whole = body[1] if body else _INNER.sub("", inner)
    return _made(
        source_path, index, name or (stem(source_path) if not index else None), _first(_TITLE, head), _day(text) or _day_of_id(name),
        _first(_AUTHOR, head), _opened(_first(_OPENS, text), whole), _first(_PAPER, text[: found.start()] + text[found.end() :]),
    )  # fmt: skip


def _opened(dateline: str | None, body: str) -> str:
    """A body with the dateline that stands in an element of its own before it, as reports open elsewhere."""
    if dateline is None or len(dateline) > _LONGEST_OPENING or not body.strip():
        return body
    opening = dateline.rstrip(" -–—_")
    first = body[found.end() :] if (found := _LEADING.match(body)) else body
    return body if first.startswith(opening[:20]) else f"{opening} -- {first}"


def _made(
    source_path: str,
    index: int,
    identifier: str | None,
    title: str | None,
    day: str | None,
    author: str | None,
    body: str,
    publisher: str | None = None,
) -> RawRecord | Rejected:
    text, above = _below_labels(_plain(_PARAGRAPH.sub("\n\n", body)))
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
        publisher=publisher,
        author=_BY.sub("", author) if author else None,
        content=text,
        content_type="text",
        cuts=(Cut("header of the article", above),) if above else (),
    )


def _below_labels(text: str) -> tuple[str, str]:
    """A text without lines of labels ("Language: English", "Article Type:BFN") at its top, and these lines."""
    lines = text.split("\n")
    last = 0
    for n, line in enumerate(lines):
        label = label_of(line.replace(":", ": ", 1))
        if label is not None and (label[0] in OTHERS or label[0] == "language"):
            last = n + 1
        elif line.strip():
            break
    return "\n".join(lines[last:]).strip(), "\n".join(line.strip() for line in lines[:last] if line.strip())


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return " ".join(_plain(found[2]).split()) or None if found else None


def _day(text: str) -> str | None:
    for found in _DAY.finditer(text):
        value = _VALUE.search(found[2])
        day = value[1] if value else _plain(found[2])
        if short := _SHORT_DAY.fullmatch(day):
            day = _with_century(short)
        if to_date(day):
            return day
    return None


def _with_century(found: re.Match[str]) -> str:
    return f"{full_year(found[1])}-{found[2]}-{found[3]}"


def _day_of_id(name: str | None) -> str | None:
    """The day in an article's id, as collections of newswire number theirs."""
    found = _DAY_IN_ID.fullmatch(name) if name else None
    if found is None:
        return None
    short = _SHORT_DAY.fullmatch(found[1])
    return _with_century(short) if short else found[1]


def _plain(text: str) -> str:
    return _CONTROL.sub("", html.unescape(_TAG.sub("", text))).strip()
