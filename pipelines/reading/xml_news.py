"""XML of the news trade: RSS and Atom feeds, NITF, NewsML 1 and NewsML-G2, and other XML that names its text plainly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

import feedparser
from lxml import etree

from pipelines.reading.dates import to_date
from pipelines.reading.objects import has_text, to_record
from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.reading.single import stem

LARGEST_FILE = 50_000_000
_ENTITIES = re.compile(rb"<!ENTITY", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|rdf:RDF|feed)\b", re.IGNORECASE)
_FEEDS = frozenset({"rss", "RDF", "feed"})
_NEWSML = frozenset({"newsItem", "newsMessage", "NewsML", "packageItem", "knowledgeItem", "conceptItem"})
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "li", "pre", "td", "hl2"})
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NITF_BODY = ("body.content", "body")


def read(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    """Articles of an XML file. Nothing outside the file is ever fetched, and entities that it declares are refused."""
    content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        detail = f"An XML file of more than {LARGEST_FILE:,} bytes. Split it, an article or a feed a file."
        yield Rejected(source_path, None, "read", Reason.TOO_LARGE, detail)
        return
    if _ENTITIES.search(content[:200_000]):
        detail = "The file declares entities of its own, which can grow without end or read other files: not read."
        yield Rejected(source_path, None, "read", Reason.BOMB, detail)
        return
    try:
        root = _root(content)
    except (etree.XMLSyntaxError, ValueError) as error:
        if _FEED.search(content[:2000]):  # a bare & is the commonest fault of feeds, and feedparser reads them
            found = list(_feed(content, source_path))
            if any(isinstance(item, RawRecord) for item in found):
                yield from found
                return
        yield Rejected(source_path, None, "read", Reason.BAD_XML, f"Not well-formed XML: {str(error)[:200]}.")
        return
    kind = _local(root)
    if kind in _FEEDS:
        yield from _feed(content, source_path)
    elif kind in _NEWSML:
        yield from _newsml(root, source_path)
    elif kind == "nitf":
        yield _nitf(root, source_path, 0, {})
    else:
        yield from _other(root, source_path)


def _root(content: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    root = etree.fromstring(content.strip(b"\x00 \t\r\n"), parser)
    if root is None:
        raise ValueError("no element")
    return root


# -- feeds ----------------------------------------------------------------------------------------------


def _feed(content: bytes, source_path: str) -> Iterator[RawRecord | Rejected]:
    """Entries of a feed: the whole text where the feed has it, else the summary."""
    feed = feedparser.parse(content)
    publisher = feed.feed.get("title") or None
    language = feed.feed.get("language") or None
    for index, entry in enumerate(feed.entries):
        bodies = [c.get("value", "") for c in entry.get("content", ())] + [entry.get("summary", "")]
        body = max(bodies, key=len)
        if not body.strip():
            detail = f"The entry {entry.get('title', index)!r:.100} has neither content nor summary."
            yield Rejected(source_path, index, "read", Reason.MISSING_TEXT, detail)
            continue
        stamp = entry.get("published") or entry.get("updated")
        day = to_date(stamp)
        source = entry.get("source")
        yield RawRecord(
            source_path=source_path,
            record_index=index,
            external_id=entry.get("id") or entry.get("link"),
            title=_clean(entry.get("title")),
            published_on=day,
            published_on_basis="metadata" if day else None,
            url=entry.get("link"),
            publisher=(source.get("title") if source else None) or publisher,
            author=entry.get("author") or None,
            language=language,
            content=body,
            content_type="html" if "<" in body else "text",
        )


# -- NewsML ---------------------------------------------------------------------------------------------


def _newsml(root: Any, source_path: str) -> Iterator[RawRecord | Rejected]:
    """News items of a NewsML message: those that are pictures, links or concepts hold no article and are refused."""
    items = [e for e in root.iter() if _local(e) in ("newsItem", "NewsItem")]
    if not items:
        detail = f"A NewsML {_local(root)} that holds no news item: links, pictures or concepts alone."
        yield Rejected(source_path, None, "read", Reason.MISSING_TEXT, detail)
    for index, item in enumerate(items):
        about = {
            "id": item.get("guid") or _text(item, "PublicIdentifier", "NewsItemId") or (stem(source_path) if len(items) == 1 else None),
            "title": _text(item, "headline", "HeadLine"),
            "published_on": _text(item, "firstCreated", "FirstCreated", "contentCreated", "versionCreated", "ThisRevisionCreated", "DateId"),
            "publisher": _provider(item),
            "author": _text(item, "by", "ByLine", "byline"),
            "language": item.get(_LANGUAGE) or root.get(_LANGUAGE),
        }  # fmt: skip
        nitf = next((e for e in item.iter() if _local(e) == "nitf"), None)
        if nitf is not None:
            yield _nitf(nitf, source_path, index, about)
            continue
        holder = next((e for e in item.iter() if _local(e) in ("inlineXML", "inlineData", "DataContent")), None)
        text = _body(holder) if holder is not None else ""
        yield _record(about | {"text": text}, source_path, index)


def _provider(item: Any) -> str | None:
    for element in item.iter():
        if _local(element) in ("provider", "ProviderId", "Provider"):
            name = (
                _text(element, "name", "Party")
                or element.get("literal")
                or (element.get("qcode") or "").partition(":")[2]
            )
            return name or "".join(element.itertext()).strip() or None
    return None


# -- NITF -----------------------------------------------------------------------------------------------


def _nitf(root: Any, source_path: str, index: int, about: dict[str, Any]) -> RawRecord | Rejected:
    """An article in NITF; `about` is what an envelope around it says, which goes before."""
    issued = next((e for e in root.iter() if _local(e) == "date.issue"), None)
    identifier = next((e for e in root.iter() if _local(e) == "doc-id"), None)
    holder = next((e for name in _NITF_BODY for e in root.iter() if _local(e) == name), None)
    own = {
        "id": (identifier.get("id-string") if identifier is not None else None) or stem(source_path),
        "title": _text(root, "hl1", "hedline", "title"),
        "published_on": issued.get("norm") if issued is not None else _text(root, "story.date"),
        "publisher": _text(root, "distributor") or _holder(root),
        "author": _text(root, "byline"),
        "text": _body(holder) if holder is not None else "",
    }
    return _record({k: about.get(k) or own.get(k) for k in (*own, "language")}, source_path, index)


def _holder(root: Any) -> str | None:
    found = next((e for e in root.iter() if _local(e) == "doc.copyright"), None)
    return found.get("holder") if found is not None else None


# -- any other ------------------------------------------------------------------------------------------


def _other(root: Any, source_path: str) -> Iterator[RawRecord | Rejected]:
    """XML of a house style: an element whose children have the names of a record (headline, body, date …), or several such."""
    found = [row for element in root.iter() if has_text(row := _named(element))]
    if not found:
        names = ", ".join(dict.fromkeys(_local(e) for e in root.iter()))[:200]
        detail = f"No element named as a text is (text, content, body …); the file has: {names}."
        yield Rejected(source_path, None, "read", Reason.MISSING_TEXT, detail)
    for index, row in enumerate(found):
        yield _record(row, source_path, index)


def _named(element: Any) -> dict[str, Any]:
    return {_local(child).lower(): _body(child) for child in element if isinstance(child.tag, str)}


# -- common ---------------------------------------------------------------------------------------------


def _record(row: dict[str, Any], source_path: str, index: int) -> RawRecord | Rejected:
    if isinstance(row.get("author"), str):
        row["author"] = re.sub(r"^by\s+", "", row["author"], flags=re.IGNORECASE)
    return to_record(row, source_path, index)


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _text(element: Any, *names: str) -> str | None:
    """Words of the first element below that has one of the names, the first name first."""
    for name in names:
        for inner in element.iter():
            if _local(inner) == name and (words := " ".join(" ".join(inner.itertext()).split())):
                return words
    return None


def _body(element: Any) -> str:
    """Text below an element: a paragraph a line apart, where it has any."""
    paragraphs = [
        e
        for e in element.iter()
        if _local(e) in _PARAGRAPHS and not any(_local(c) in _PARAGRAPHS for c in e.iter() if c is not e)
    ]
    if paragraphs:
        return "\n\n".join(t for p in paragraphs if (t := " ".join("".join(p.itertext()).split())))
    return "".join(element.itertext()).strip()


def _clean(title: str | None) -> str | None:
    return " ".join(re.sub(r"<[^<>]{1,200}>", "", title).split()) or None if title else None
