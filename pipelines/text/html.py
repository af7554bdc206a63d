"""Web pages to text and metadata: trafilatura, the best of eleven on five labelled sets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html import unescape
from html.parser import HTMLParser
from typing import Any

import lxml.html
from lxml import etree
from trafilatura import bare_extraction
from trafilatura.settings import use_config

from pipelines.reading.dates import to_date
from pipelines.text.page_data import drawn_article, linked, nodes, stated_body
from pipelines.text.page_days import day_of
from pipelines.text.page_markup import with_shadow_roots, without_notes
from pipelines.text.page_parts import asides, heading_above, hidden, lines_again, prepared, why_no_article, without_bars

_CONFIG = use_config()
# Trafilatura's own limit works by signals, which only the main thread of a process gets.
_CONFIG.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")
# Where a page does not state its day, one found among its words may be any.
_DAY_STATED = {"extensive_search": False, "original_date": True}
# Below this share of the page's visible text, with hardly any text found, the parser lost the page.
_LOST_SHARE, _LITTLE = 0.02, 200
# Of the article text that linked data state: a page that shows less is a shell or cut off.
_STATED_SHARE = 0.5


# Between a headline and the name of the site that pages put behind it.
_SITE_MARK = re.compile(r" (?:[|–—•»-]|::) ")
_TITLE = re.compile(r"<title\b[^>]{0,200}>(.{1,600}?)</title>", re.IGNORECASE | re.DOTALL)
_HEADINGS = re.compile(r"<h1\b[^>]{0,400}>(.{1,600}?)</h1>", re.IGNORECASE | re.DOTALL)
_LINKED_DATA = re.compile(
    r"<script\b[^>]{0,400}\bapplication/ld\+json\b[^>]{0,400}>(.{2,500000}?)</script>", re.IGNORECASE | re.DOTALL
)
_HEADLINES = re.compile(r'"headline"\s{0,4}:\s{0,4}"((?:[^"\\]|\\.){1,400})"')
# libxml2 drops what is nested deeper than 256 elements, and says nothing.
_DEEPEST, _TOLERATED_LOSS = 240, 0.05
# Elements that have to be closed: others end by themselves and give no depth.
_NESTING_TAG = re.compile(
    r"<(/?)(?:a|article|aside|b|big|blockquote|center|div|em|fieldset|figure|font|footer|form|header|i|ins|main|nav|ol|section|small|span"
    r"|strike|strong|sub|sup|table|tbody|u|ul)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]{0,400}>")
_WORD = re.compile(r"\w{4,}")


# A page has one of these; a piece of HTML without, as feeds and wires carry them, is an article and nothing else.
_OF_A_PAGE = re.compile(r"<(?:!doctype|html|head|body|nav|header|footer|aside|form|script)\b", re.IGNORECASE)
_LONG_PIECE = 10_000  # a crawler's, with what stands around an article
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}>")
_BLOCKS = frozenset([
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main",
    "ol", "p", "pre", "section", "table", "tr", "ul",
])  # fmt: skip
# What XML, and so lxml, refuses in a string.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_WORDS = frozenset({"script", "style", "template", "noscript"})


class PageLost(ValueError):
    """The page holds text, but none of it could be taken out."""


class PageTooDeep(PageLost):
    """A part of the page is nested deeper than the parser keeps."""


@dataclass(frozen=True, slots=True)
class Page:
    """Text of a page, paragraphs by line, and what its metadata say; `asides` are lines that stood in the text and are none of it."""

    text: str
    title: str | None
    author: str | None
    published_on: date | None
    publisher: str | None
    url: str | None
    language: str | None
    asides: tuple[str, ...] = ()


class _Visible(HTMLParser):
    """Counts the letters that a reader would see: no parser of trees, so no depth that defeats it."""

    def __init__(self) -> None:
        super().__init__()
        self.length = self.too_deep = 0
        self._hidden = self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")
        self._depth += _NESTING_TAG.fullmatch(f"<{tag}") is not None

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style") and self._hidden > 0
        self._depth -= self._depth > 0 and _NESTING_TAG.fullmatch(f"<{tag}") is not None

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            seen = len(data.strip())
            self.length += seen
            self.too_deep += seen if self._depth > _DEEPEST else 0


def _visible(html: str) -> _Visible:
    counted = _Visible()
    counted.feed(html)
    return counted


def _depth(html: str) -> int:
    deepest = depth = 0
    for tag in _NESTING_TAG.finditer(html):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _headline(title: str | None, html: str, site: str | None) -> str | None:
    """A page's title without the site's name behind it.

    The name goes where the page itself has the rest as a heading or as its stated headline, or names the site so:
    a headline may hold a bar or a dash of its own.
    """
    if not title or not _SITE_MARK.search(title):
        return title
    own = {_bare(_TAG.sub("", unescape(m))) for m in _HEADINGS.findall(html)[:5]}
    own |= {_bare(unescape(m.replace('\\"', '"'))) for m in _HEADLINES.findall(html)[:5]}
    for mark in reversed(list(_SITE_MARK.finditer(title))):
        rest, name = title[: mark.start()], title[mark.end() :]
        if _bare(rest) in own or (site and _bare(name) == _bare(site)):
            return next((t for t in (rest[: m.start()] for m in _SITE_MARK.finditer(rest)) if _bare(t) in own), rest)
    return title


def _title(html: str, shown: str | None, site: str | None) -> str | None:
    """The title of a page: of what its metadata show, what its linked data state and its heading, what two of them say.

    Where all three differ it is what is stated.
    """
    shown = _headline(shown, html, site)
    stated = _headline(_stated_headline(html, shown), html, site)
    headings = {_bare(_TAG.sub("", unescape(h))) for h in _HEADINGS.findall(html)[:5]} - {""}
    for title in (stated, shown):
        if title and _bare(title) in headings:
            return title
    return stated or shown


def _stated_headline(html: str, shown: str | None) -> str | None:
    """The headline that a page's linked data give for the article itself; `shown` is its title by other signs.

    Titles for sharing (og:title) are often worded anew. Of several articles the one counts whose headline shares most
    words with what is shown, and none does that shares none: it is another story's.
    """
    headings = [
        shown or "",
        *(_TAG.sub("", unescape(h)) for h in (*_TITLE.findall(html)[:1], *_HEADINGS.findall(html)[:5])),
    ]
    of_headings = {w for h in headings for w in _WORD.findall(h.lower())}
    found: list[tuple[int, str]] = []
    for script in _LINKED_DATA.findall(html)[:20]:
        for node in nodes(linked(script)):
            headline = node.get("headline")
            if _is_article(node.get("@type")) and isinstance(headline, str):
                words = set(_WORD.findall(unescape(headline).lower()))
                # a page that is drawn by scripts has no other sign of what it tells
                shares = len(words & of_headings) or (
                    1 if node.get("articleBody") and not _HEADINGS.search(html) else 0
                )
                found.append((shares, " ".join(unescape(headline).split())))
    shared, headline = max(found, key=lambda f: f[0], default=(0, ""))
    return headline if shared else None


def _headings(html: str) -> set[str]:
    """Title and headings of a page, bare; of a title with the site's name behind it, also what stands before that."""
    titles = [_TAG.sub("", unescape(h)) for h in (*_TITLE.findall(html)[:1], *_HEADINGS.findall(html)[:5])]
    return {_bare(part) for t in titles for part in (t, *(t[: m.start()] for m in _SITE_MARK.finditer(t)))} - {""}


def _is_article(kind: Any) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(k, str) and k.endswith(("Article", "BlogPosting", "Report")) for k in kinds)


def _bare(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _text_of_piece(html: str) -> str:
    """Text of a piece of HTML, a block a line. Where it has no blocks, its own lines are paragraphs."""
    html = without_notes(_NO_XML.sub("", _XML_DECLARATION.sub("", html)))
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    inner = [e for e in root.iter() if isinstance(e.tag, str) and e is not root]
    has_blocks = any(e.tag in _BLOCKS - {"hr"} for e in inner)
    lines: list[str] = []

    def add(text: str | None) -> None:
        if text:
            lines.append(" ".join(text.split("\n")) if has_blocks else text)

    add(root.text)
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if element is root:
            continue
        if event == "start":
            if element.tag in _BLOCKS:
                lines.append("\n")
            if element.tag not in _NO_WORDS:
                add(element.text)
        else:
            if element.tag in _BLOCKS:
                lines.append("\n")
            add(element.tail)
    return "\n".join(line for part in "".join(lines).split("\n") if (line := part.strip()))


def read_page(html: str) -> Page:
    """Take article text and metadata out of a page.

    Raises PageTooDeep where lxml would drop a part of the text without an error, PageLost where nearly nothing of
    the visible text came out.
    """
    if _depth(html) > _DEEPEST:
        counted = _visible(html)
        if counted.too_deep > _TOLERATED_LOSS * counted.length:
            raise PageTooDeep(
                f"{counted.too_deep:,} of {counted.length:,} visible letters are nested too deeply to be read."
            )
    html = with_shadow_roots(html)
    is_piece = not _OF_A_PAGE.search(html)
    if is_piece and len(html) < _LONG_PIECE:
        return Page(_text_of_piece(html), None, None, None, None, None, None)
    stated = stated_body(_LINKED_DATA.findall(html))
    page = prepared(html)
    if len(stated) < _LITTLE:  # a teaser that calls itself the body, which the extractor would take for it
        page = page.replace('"articleBody"', '"teaser"')
    found = bare_extraction(
        page, include_comments=False, include_tables=True, with_metadata=True, config=_CONFIG, deduplicate=False,
        date_extraction_params=_DAY_STATED,
    )  # fmt: skip
    assert not isinstance(found, dict)  # asked for as an object
    text = without_bars((found.text if found is not None else None) or "")
    shell = len(text) < _LITTLE and bool(stated) and text.strip()[:40] not in stated
    if shell or len(text) < _STATED_SHARE * len(stated):  # the page shows less of the article than it states
        text = _TAG.sub("", stated)
    drawn, by_script = drawn_article(html, _headings(html)) if len(text) < _LITTLE else ("", "")
    text = by_script if len(by_script) > len(text) else text
    if why := why_no_article(html, text):
        raise PageLost(why)
    text = lines_again(html, text)
    aside = asides(html)
    beside = tuple(line for line in text.split("\n") if line.strip() in aside) if aside else ()
    unseen = tuple(line for line in (*heading_above(html, text), *hidden(html)) if line not in beside)
    if beside:
        text = "\n".join(line for line in text.split("\n") if line.strip() not in aside)
    if len(text) < _LITTLE and is_piece:
        return Page(_text_of_piece(html), None, None, None, None, None, None)
    if len(text) < _LITTLE:
        visible = _visible(html)
        if len(text) < _LOST_SHARE * visible.length or not text.strip():
            raise PageLost(f"{visible.length:,} visible letters, {len(text):,} taken out as article.")
    if found is None:
        return Page(text, _title(html, None, None) or drawn or None, None, None, None, None, None)
    return Page(
        text=text,
        title=_title(html, found.title or None, found.sitename or None),
        author=found.author or None,
        published_on=day_of(html, to_date(found.date)),
        publisher=found.sitename or None,
        url=found.url or None,
        language=found.language or None,
        asides=(*beside, *unseen),
    )
