"""Web pages to text and metadata: trafilatura, the best of eleven on five labelled sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser

from trafilatura import bare_extraction
from trafilatura.settings import use_config

from pipelines.reading.dates import to_date

_CONFIG = use_config()
# Trafilatura's own limit works by signals, which only the main thread of a process gets.
_CONFIG.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")
# Below this share of the page's visible text, with hardly any text found, the parser lost the page.
_LOST_SHARE, _LITTLE = 0.02, 200


class PageLost(ValueError):
    """The page holds text, but none of it could be taken out."""


@dataclass(frozen=True, slots=True)
class Page:
    """Text of a page, paragraphs by line, and what its metadata say."""

    text: str
    title: str | None
    author: str | None
    published_on: date | None
    publisher: str | None
    url: str | None
    language: str | None


class _Visible(HTMLParser):
    """Counts the letters that a reader would see: no parser of trees, so no depth that defeats it."""

    def __init__(self) -> None:
        super().__init__()
        self.length = 0
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style") and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.length += len(data.strip())


def read_page(html: str) -> Page:
    """Take article text and metadata out of a page.

    Raises PageLost where the page has visible text and nearly none came out (lxml drops deeply nested pages without
    an error).
    """
    found = bare_extraction(
        html, include_comments=False, include_tables=True, with_metadata=True, config=_CONFIG, deduplicate=False
    )
    text = (found.text if found is not None else None) or ""
    if len(text) < _LITTLE:
        visible = _Visible()
        visible.feed(html)
        if len(text) < _LOST_SHARE * visible.length or not text.strip():
            raise PageLost(f"{visible.length:,} visible letters, {len(text):,} taken out as article.")
    assert found is not None
    return Page(
        text, found.title or None, found.author or None, to_date(found.date), found.sitename or None,
        found.url or None, found.language or None,
    )  # fmt: skip
