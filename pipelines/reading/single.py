"""Files of plain text and HTML: one document each, save exports of databases, which hold many."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from pipelines.reading import export_pages, exports, live
from pipelines.reading.compression import COMPRESSIONS, DAMAGE
from pipelines.reading.dates import to_date
from pipelines.reading.encoding import BinaryContent, decode
from pipelines.reading.export_headers import Exported
from pipelines.reading.records import Cut, RawRecord, Reason, Rejected

# No article is longer; what is holds many, or is not news.
LARGEST_DOCUMENT = 20_000_000
_CHUNK = 1 << 16
_PYTHON_BYTES = re.compile(rb"(?m)^b(['\"])(?:\\[nrt]|\s){0,50}<")
_HEAD_OF_PAGE = 2000


def read_text(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    """A plain text file: one document, or the articles of an export."""
    yield from _document(stream, source_path, "text")


def read_html(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    """A web page: one document; its text is taken out when it is cleaned."""
    yield from _document(stream, source_path, "html")


def stem(source_path: str) -> str:
    """Name of a file without folder, format and compression: the id of a document that has no other."""
    name = PurePosixPath(source_path).name
    for suffix in COMPRESSIONS:
        name = name.removesuffix(suffix)
    return PurePosixPath(name).stem


def _document(stream: IO[bytes], source_path: str, content_type: str) -> Iterator[RawRecord | Rejected]:
    """One document. Of a compressed file that is cut off, what comes before the cut; then the error goes on up."""
    content = bytearray()
    damage: Exception | None = None
    try:
        while len(content) <= LARGEST_DOCUMENT and (chunk := stream.read(_CHUNK)):
            content += chunk
    except DAMAGE as error:
        damage = error
    if damage is None or content.strip():
        yield from _of_bytes(bytes(content), source_path, content_type)
    if damage is not None:
        raise damage


def _of_bytes(content: bytes, source_path: str, content_type: str) -> Iterator[RawRecord | Rejected]:
    if len(content) > LARGEST_DOCUMENT:
        detail = f"More than {LARGEST_DOCUMENT:,} bytes: no single article. Split it, or give it as JSON Lines."
        yield Rejected(source_path, None, "read", Reason.TOO_LARGE, detail)
        return
    if content_type == "html" and (literal := _PYTHON_BYTES.search(content[:_HEAD_OF_PAGE])):
        # A page that a script wrote as Python shows bytes: b'<html>\\n...'.
        end = content.rstrip().rfind(literal[1])
        page = codecs.escape_decode(content[literal.end(1) : end])[0]
        content = content[: literal.start()] + page
    try:
        text = decode(content)
    except BinaryContent as error:
        yield Rejected(source_path, None, "read", Reason.BINARY, f"{error} Is the file's name right?")
        return
    if not text.strip("\ufeff \t\r\n\f\v\xa0"):
        yield Rejected(source_path, None, "read", Reason.EMPTY, "The file is empty.")
        return
    if content_type == "text":
        yield from articles_of_text(text, source_path)
    elif (lines := export_pages.lines_of(text)) is not None:
        yield from articles_of_text(lines, source_path)
    elif posts := live.posts_of(text):
        yield from _posts(posts, text, source_path)
    else:
        yield RawRecord(
            source_path=source_path, record_index=0, external_id=stem(source_path), content=text, content_type="html"
        )


def articles_of_text(text: str, source_path: str) -> Iterator[RawRecord | Rejected]:
    """A text as one document, or as the articles of the export that it is."""
    try:
        articles = exports.split(text)
    except exports.Unsplit as error:
        detail = f"The file looks like an export of several articles ({error}) and does not show where each begins. Split it, an article a file."
        yield Rejected(source_path, None, "read", Reason.COLLECTION, detail)
        return
    if articles is None:
        yield RawRecord(
            source_path=source_path, record_index=0, external_id=stem(source_path), content=text, content_type="text"
        )
        return
    for index, article in enumerate(articles):
        yield _exported(article, source_path, index, len(articles))


def _exported(article: Exported, source_path: str, index: int, count: int) -> RawRecord | Rejected:
    if not article.body:
        detail = f"Article {index + 1} of {count} in the export ({article.title or 'untitled'!r:.80}) has no text."
        return Rejected(source_path, index, "read", Reason.MISSING_TEXT, detail)
    day = to_date(article.published_on)
    return RawRecord(
        source_path=source_path,
        record_index=index,
        external_id=article.identifier or (f"{stem(source_path)}#{index + 1}" if count > 1 else stem(source_path)),
        title=article.title,
        published_on=day,
        published_on_basis="metadata" if day else None,
        url=article.url,
        publisher=article.publisher,
        author=article.author,
        language=article.language,
        content=article.body,
        content_type="text",
        cuts=tuple(Cut(reason, text) for reason, text in article.cut),
    )


_SITE = re.compile(r"<meta\b[^>]{0,200}\bog:site_name[\"'][^>]{0,100}\bcontent=[\"']([^\"']{1,200})", re.IGNORECASE)
_PAGE_LANGUAGE = re.compile(r"<html\b[^>]{0,300}\blang=[\"']([A-Za-z-]{2,10})", re.IGNORECASE)


def _posts(posts: list[live.Post], page: str, source_path: str) -> Iterator[RawRecord]:
    site, language = _SITE.search(page), _PAGE_LANGUAGE.search(page)
    for index, post in enumerate(posts):
        yield RawRecord(
            source_path=source_path,
            record_index=index,
            external_id=f"{stem(source_path)}#{index + 1}",
            title=post.title,
            published_on=post.published_on,
            published_on_basis="metadata" if post.published_on else None,
            url=None,
            publisher=html.unescape(site[1]) if site else None,
            author=None,
            language=language[1] if language else None,
            content=post.content,
            content_type="html" if "<" in post.content else "text",
        )
