"""Web archives: the pages of WARC and ARC files, as crawlers and Common Crawl write them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from pipelines.reading.encoding import BinaryContent, decode
from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.reading.single import LARGEST_DOCUMENT

_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain",)
_OK = "200"


def read(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    """Pages of a web archive, one in memory at a time.

    Requests, redirects, errors, pictures and the like are no articles and are passed over. The day of a crawl is not that
    of publication, which the page tells.
    """
    index = 0
    try:
        for record in ArchiveIterator(stream, arc2warc=True, no_record_parse=False):
            content_type = _page_type(record)
            if content_type is None:
                continue
            yield _record(record, content_type, source_path, index)
            index += 1
    except (ArchiveLoadFailed, EOFError, ValueError, KeyError, AttributeError) as error:
        detail = f"The web archive is damaged or cut off after {index} pages ({str(error)[:200]}). Fetch it again."
        yield Rejected(source_path, index, "read", Reason.TRUNCATED, detail)


def _page_type(record: Any) -> str | None:
    """html or text where a record is an article's page, else None."""
    if record.rec_type not in ("response", "resource", "conversion"):
        return None
    headers = record.http_headers
    if record.rec_type == "response":
        if headers is None or headers.get_statuscode() != _OK:
            return None
        kind = headers.get_header("Content-Type") or "text/html"
    else:
        kind = record.rec_headers.get_header("Content-Type") or ""
    kind = kind.split(";")[0].strip().lower()
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    if url.startswith(("metadata:", "warcinfo:", "dns:", "urn:")):
        return None
    if kind in _PAGES:
        return "html"
    return "text" if kind in _TEXTS else None


def _record(record: Any, content_type: str, source_path: str, index: int) -> RawRecord | Rejected:
    url = record.rec_headers.get_header("WARC-Target-URI")
    content = record.content_stream().read(LARGEST_DOCUMENT + 1)
    if len(content) > LARGEST_DOCUMENT:
        detail = f"The page {url} has more than {LARGEST_DOCUMENT:,} bytes: no single article."
        return Rejected(source_path, index, "read", Reason.TOO_LARGE, detail)
    try:
        text = decode(content)
    except BinaryContent as error:
        return Rejected(source_path, index, "read", Reason.BINARY, f"The page {url}: {error}")
    if not text.strip():
        return Rejected(source_path, index, "read", Reason.EMPTY, f"The page {url} is empty.")
    return RawRecord(
        source_path=source_path, record_index=index, external_id=url, url=url, content=text, content_type=content_type
    )
