"""JSON Lines: a record a line; a bad line is put aside alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO, Any

from pipelines.reading.dates import to_date
from pipelines.reading.encoding import BinaryContent, decode
from pipelines.reading.records import RawRecord, Reason, Rejected

# The longest line read: a year of a daily paper in one record is below it, a runaway file is not.
LONGEST_LINE = 50_000_000
_IS_MARKUP = re.compile(r"</p>|<br ?/?>|</div>", re.IGNORECASE)

# Names that exporters and crawlers give to the same thing, best first.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "content", "body", "article", "maintext", "article_text", "articlebody", "doc_text", "story", "full_text",
        "content_text", "body_text", "plain_text",
    ),
    "html": ("html", "raw_html", "content_html", "body_html", "html_content", "content:encoded"),
    "id": (
        "id", "uid", "_id", "doc_id", "docid", "document_id", "article_id", "body id", "articleid", "guid", "itemid", "newid", "newsid", "docno",
    ),
    "title": ("title", "headline", "head", "title_page"),
    "published_on": (
        "published_on", "published_at", "date", "publish_date", "date_publish", "published", "pubdate", "pub_date",
        "datepublished", "date_published", "publication_date", "firstcreated", "versioncreated", "created_at", "timestamp",
    ),
    "url": ("url", "link", "source_url", "uri", "canonical_url"),
    "publisher": ("source", "publisher", "provider_name", "site", "source_domain", "source_name", "newspaper", "outlet", "provider"),
    "author": ("author", "authors", "byline", "creator"),
    "language": ("language", "lang"),
}  # fmt: skip


def folded(name: str) -> str:
    """A name as it is compared: exporters write publish_date, publishDate and Publish-Date."""
    return _SEPARATORS.sub("", name.lower())


_SEPARATORS = re.compile(r"[_\- ]+")
_FOLDED = {field: tuple(dict.fromkeys(map(folded, names))) for field, names in SYNONYMS.items()}


class _DuplicateKeyError(ValueError):
    pass


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise _DuplicateKeyError(name)
            seen.add(name)
    return found


def _constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def read(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    """Records of a JSON Lines stream, one line in memory at a time."""
    index = 0
    while line := stream.readline(LONGEST_LINE):
        if not line.endswith(b"\n") and len(line) == LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_LINE)
            detail = f"A line of more than {LONGEST_LINE:,} bytes. Is it JSON Lines, one record a line?"
            yield Rejected(source_path, index, "read", Reason.TOO_LARGE, detail)
            index += 1
            continue
        if line.strip():
            yield _record(line, source_path, index)
            index += 1


def _record(line: bytes, source_path: str, index: int) -> RawRecord | Rejected:
    row = parse(line, source_path, index)
    return row if isinstance(row, Rejected) else to_record(row, source_path, index)


def parse(line: bytes, source_path: str, index: int) -> dict[str, Any] | Rejected:
    """The object that bytes of JSON hold, or why they hold none."""

    def rejected(reason: Reason, detail: str) -> Rejected:
        return Rejected(source_path, index, "read", reason, detail)

    try:
        row = json.loads(decode(line), object_pairs_hook=_object, parse_constant=_constant)
    except BinaryContent as error:
        return rejected(Reason.BINARY, str(error))
    except _DuplicateKeyError as error:
        return key_twice(str(error), source_path, index)
    except RecursionError:
        return rejected(Reason.NESTING, "Nested too deeply to be a record of news.")
    except ValueError as error:
        return rejected(Reason.BAD_JSON, f"Not a JSON record: {str(error)[:200]}. Is the line cut off?")
    if not isinstance(row, dict):
        return rejected(Reason.NOT_AN_OBJECT, f"A record is an object with a text; this is a {type(row).__name__}.")
    return row


def key_twice(key: str, source_path: str, index: int) -> Rejected:
    """The refusal of an object that has one key twice."""
    detail = f"The key {key!r} is there twice: which one holds is not told."
    return Rejected(source_path, index, "read", Reason.DUPLICATE_KEY, detail)


def has_text(row: dict[str, Any]) -> bool:
    """Whether an object has a text or a page under any known name."""
    names = {folded(str(k)) for k, v in row.items() if isinstance(v, str) and v.strip()}
    return bool(names.intersection((*_FOLDED["text"], *_FOLDED["html"])))


def to_record(row: dict[str, Any], source_path: str, index: int) -> RawRecord | Rejected:
    """Record of an object with any of the names in `SYNONYMS`."""
    by_name = {folded(str(k)): v for k, v in row.items()}

    def value(field: str) -> Any:
        return next((by_name[n] for n in _FOLDED[field] if by_name.get(n) not in (None, "")), None)

    def text(field: str) -> str | None:
        found = value(field)
        found = _name(found)
        if isinstance(found, list):
            found = ", ".join(str(x) for x in map(_name, found) if isinstance(x, (str, int)) and str(x).strip())
        if isinstance(found, (str, int, float)) and not isinstance(found, bool):
            return _without_surrogates(str(found)).strip() or None
        return None

    body, content_type = value("text"), "text"
    if not isinstance(body, str) or not body.strip():
        body, content_type = value("html"), "html"
    if not isinstance(body, str) or not body.strip():
        names = ", ".join(sorted(map(str, row))[:12]) or "none"
        detail = f"No text under any known name (text, content, body, html …); the record has: {names[:200]}."
        return Rejected(source_path, index, "read", Reason.MISSING_TEXT, detail)
    if content_type == "text" and _IS_MARKUP.search(body[:2000]):
        content_type = "html"
    day = to_date(value("published_on"))
    return RawRecord(
        source_path=source_path,
        record_index=index,
        external_id=text("id"),
        title=text("title"),
        published_on=day,
        published_on_basis="metadata" if day else None,
        url=text("url"),
        publisher=text("publisher"),
        author=text("author"),
        language=text("language"),
        content=_without_surrogates(body),
        content_type=content_type,
    )


def _name(value: Any) -> Any:
    """The name of a thing that is given as an object ("author": {"name": "A. Writer"})."""
    return value.get("name") or value.get("Name") if isinstance(value, dict) else value


def _without_surrogates(text: str) -> str:
    """JSON may hold half of a surrogate pair, which no file or table can store."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf8", "replace").decode("utf8")
    return text
