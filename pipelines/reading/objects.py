"""Objects with named fields to records: which name holds what, in the ways of exporters, crawlers and interfaces.

JSON, CSV and Parquet all come here, so that the same object is read alike in each.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

from pipelines.reading.dates import to_date
from pipelines.reading.field_names import FOLDED, INNER, TEXTS, WRAPPERS, folded
from pipelines.reading.records import RawRecord, Reason, Rejected

_IS_MARKUP = re.compile(r"</p>|<br ?/?>|</div>", re.IGNORECASE)

_DEEPEST = 6
_IS_ADDRESS = re.compile(r"[/.:]")
_BY = re.compile(r"^by:?\s+", re.IGNORECASE)
_PARTS = ("first", "firstname", "given", "middle", "last", "lastname", "family")
# What programs write for a value that is not there.
_NOTHING = frozenset(
    ["nan", "NaN", "NAN", "nat", "NaT", "None", "null", "NULL", "N/A", "n/a", "<NA>", "#N/A", "undefined"]
)
_ACCESSION = re.compile(r"[A-Z0-9]{2,10}\d{8}[a-z0-9]{6,16}", re.IGNORECASE)
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*$")
_LIST = re.compile(r"""\[\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?:\s*,|\s*\])""")


def articles_in(value: Any, depth: int = 0) -> Iterator[Any]:
    """The objects that are articles: the value itself where it has a text, else what its wrappers hold.

    What stands beside an article (its day, its paper) is the article's too, where it has none of its own.
    """
    if isinstance(value, str) and depth and value.lstrip()[:1] in ("[", "{"):
        value = _parsed(value)  # an object that was written as a string of JSON
    if isinstance(value, list):
        for inner in value:
            yield from articles_in(inner, depth + 1) if depth or not isinstance(inner, list) else [inner]
        return
    if not isinstance(value, dict) or depth >= _DEEPEST:
        yield value
        return
    if (table := _of_table(value)) is not None:
        yield from table
        return
    if has_text(value):
        yield value
        return
    lowered = {str(k).lower(): v for k, v in value.items()}
    inner = next((lowered[k] for k in WRAPPERS if isinstance(lowered.get(k), (dict, list)) and lowered[k]), None)
    if inner is None:
        inner = next(
            (v for k in WRAPPERS if isinstance(v := lowered.get(k), str) and v.lstrip()[:1] in ("[", "{")), None
        )
    if inner is None:
        yield from _keyed(value) or [value]
        return
    beside = {
        k: v
        for k, v in value.items()
        if v is not inner and folded(str(k)) in _BESIDE and (isinstance(inner, dict) or folded(str(k)) not in _OF_ONE)
    }
    if isinstance(inner, list) and _is_feed(lowered) and isinstance(name := lowered.get("title"), str):
        beside.setdefault("publisher", name)  # of a feed, whose title is the paper's
    for article in articles_in(inner, depth + 1):
        yield _with_beside(article, beside) if isinstance(article, dict) else article


def _is_feed(lowered: dict[str, Any]) -> bool:
    """Whether an object is a feed (JSON Feed, RSS or Atom as JSON), whose title is a paper's; that of a list of results names a search."""
    if isinstance(version := lowered.get("version"), str) and "jsonfeed" in version:
        return True
    return not _OF_FEEDS.isdisjoint(folded(name) for name in lowered)


_OF_FEEDS = frozenset(["homepageurl", "feedurl", "feed", "item", "entry", "entries", "lastbuilddate", "generator"])
_BESIDE = frozenset(
    n for field in ("title", "published_on", "publisher", "author", "language", "url", "id") for n in FOLDED[field]
)
_OF_ONE = frozenset(n for field in ("title", "published_on", "author", "url", "id") for n in FOLDED[field])


def _with_beside(article: dict[Any, Any], beside: dict[Any, Any]) -> dict[Any, Any]:
    has = {
        field
        for field, names in FOLDED.items()
        if any(folded(str(k)) in names and v not in (None, "") for k, v in article.items())
    }
    more = {k: v for k, v in beside.items() if not any(folded(str(k)) in FOLDED[field] for field in has)}
    if not more:
        return article
    found = type(article)(article)
    for key, value in more.items():
        if key not in found or found[key] in (None, ""):
            dict.__setitem__(found, key, value)
    return found


def _parsed(value: str) -> Any:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _keyed(value: dict[Any, Any]) -> list[dict[Any, Any]]:
    """Articles of an object that has each under a key of its own, which is its id; none where some value is none."""
    if not value or not all(isinstance(v, dict) and has_text(v) for v in value.values()):
        return []
    return [v if any(folded(str(k)) in FOLDED["id"] for k in v) else v | {"id": key} for key, v in value.items()]


def _of_table(value: dict[Any, Any]) -> list[dict[str, Any]] | None:
    """Rows of a table that pandas wrote by columns ({"text": {"0": …}}) or split ({"columns": […], "data": [[…]]})."""
    columns, data = value.get("columns"), value.get("data")
    if isinstance(columns, list) and isinstance(data, list) and all(isinstance(row, list) for row in data):
        return [dict(zip(map(str, columns), row, strict=False)) for row in data]
    lists = {str(k): v for k, v in value.items() if isinstance(v, list)}
    titles = next((v for k, v in lists.items() if folded(k) in FOLDED["title"]), [])
    texts = next((v for k, v in lists.items() if folded(k) in TEXTS), [])
    are_words = all(isinstance(x, str) for x in (*titles, *texts))
    if len(titles) > 1 and texts and are_words and len({len(v) for v in lists.values()}) == 1:
        # {"title": ["A", "B"], "text": ["…", "…"]}: columns of a table, as no article has several titles
        return [{k: v[n] for k, v in lists.items()} for n in range(len(titles))]
    text = next((v for k, v in value.items() if folded(str(k)) in TEXTS and isinstance(v, dict)), None)
    if text and not text.keys().isdisjoint(INNER):
        return None  # {"type": "literal", "value": "…"} in each field: one article, as answers of SPARQL have it
    if not text or len(value) < 2 or not all(isinstance(v, dict) and v.keys() == text.keys() for v in value.values()):
        return None
    return (
        [{str(name): column[key] for name, column in value.items()} for key in text]
        if all(isinstance(t, (str, type(None))) for t in text.values())
        else None
    )


def has_text(row: dict[Any, Any]) -> bool:
    """Whether an object has a text or a page under any known name."""
    return any(
        folded(str(k)) in TEXTS and text_of(v)
        for k, v in row.items()
        if not (isinstance(v, dict) and _holds_articles(v))
    )


def _holds_articles(value: dict[Any, Any]) -> bool:
    """Whether a value is an article of its own ("article": {"title": …, "body": …}), and no text in one."""
    names = {folded(str(k)) for k in value}
    return bool(names.intersection(FOLDED["title"]) and names.intersection(TEXTS))


def text_of(value: Any, between: str = "\n\n") -> str:
    """Text of a value: of a list its paragraphs, of an object the value that it stands for; nothing where there is none."""
    if isinstance(value, str):
        return "" if value.strip() in _NOTHING else value
    if isinstance(value, bytes):
        return value.decode("utf8", "replace")
    if isinstance(value, list):
        return between.join(
            w for v in value[:100_000] if isinstance(v, (str, dict)) and (w := text_of(v, between)).strip()
        )
    if isinstance(value, dict):
        lowered = {str(k).lower(): v for k, v in value.items()}
        parts = [str(lowered[p]) for p in _PARTS if isinstance(lowered.get(p), str)]
        if parts:
            return " ".join(parts)
        if isinstance(lowered.get("children"), list):  # of an editor's paragraph: its runs of words
            return "".join(text_of(v, between) for v in lowered["children"][:10_000])
        if lowered and all(k.isdigit() for k in lowered):  # paragraphs by their numbers
            return text_of([lowered[k] for k in sorted(lowered, key=int)], between)
        return next((w for k in INNER if (w := text_of(lowered.get(k), between)).strip()), "")
    return ""


def to_record(row: dict[Any, Any], source_path: str, index: int, day_first: bool | None = None) -> RawRecord | Rejected:
    """Record of an object with any of the names in `SYNONYMS`. `day_first`: how 03/04/2018 is meant, where the file shows it."""
    about = _about(row)
    by_name = {folded(str(k)): v for k, v in row.items()}
    by_name |= {n: v for n, v in about.items() if by_name.get(n) in (None, "")}

    def first(field: str) -> Any:
        return next((v for n in FOLDED[field] if (v := by_name.get(n)) is not None and not _is_nothing(v)), None)

    def text(field: str) -> str | None:
        found = first(field)
        if isinstance(found, int) and field == "author":
            return None  # the number of an account
        if isinstance(found, (int, float)) and not isinstance(found, bool):
            found = str(found)
        return _plain(text_of(found, ", ")).strip() or None

    repairs: list[str] = []
    body, content_type = "", "text"
    for field in ("text", "html", "teaser"):
        body = next((w for n in FOLDED[field] if (w := text_of(by_name.get(n))).strip()), "")
        if body:
            content_type = "html" if field == "html" else "text"
            repairs += ["teaser"] if field == "teaser" else []
            break
    if not body:
        return Rejected(source_path, index, "read", Reason.MISSING_TEXT, _what_is_missing(row))
    body = _plain(body)
    # A snapshot of Factiva, whose number is its "an", has the first paragraph apart.
    lead = text_of(by_name.get("snippet")) if _ACCESSION.fullmatch(text_of(by_name.get("an"))) else ""
    if lead.strip() and not repairs and not body.lstrip().startswith(lead.strip()[:60]):
        body = f"{_plain(lead).strip()}\n\n{body}"
    if content_type == "text":
        body = _unfolded(body)
        if cut := _CUT_OFF.search(body):
            body = body[: cut.start()]
            repairs.append("cut off by the source")
        if _IS_MARKUP.search(body[:2000]):
            content_type = "html"
    day = next((d for n in FOLDED["published_on"] if (d := to_date(by_name.get(n), day_first))), None)
    url = text("url")
    publisher = text("publisher") or _feed_of(by_name.get("origin"))
    return RawRecord(
        source_path=source_path,
        record_index=index,
        external_id=text("id") or (None if url is None or _IS_ADDRESS.search(url) else url),
        title=text("title") or _named(by_name),
        published_on=day,
        published_on_basis="metadata" if day else None,
        url=url if url is not None and _IS_ADDRESS.search(url) else None,
        publisher=publisher,
        author=_BY.sub("", text("author") or "") or None,
        language=text("language"),
        content=body,
        content_type=content_type,
        repairs=tuple(repairs),
    )


def _about(row: dict[Any, Any]) -> dict[str, Any]:
    """Fields of an article that stand in an object beside its text ({"text": …, "meta": {"title": …}}); it holds no text itself."""
    for key, inner in row.items():
        if folded(str(key)) not in ("meta", "metadata"):
            continue
        inner = _parsed(inner) if isinstance(inner, str) and inner.lstrip()[:1] == "{" else inner
        if isinstance(inner, dict):
            return {n: v for k, v in inner.items() if (n := folded(str(k))) not in TEXTS}
    return {}


def _named(by_name: dict[str, Any]) -> str | None:
    """The name of an article as schema.org has it: where a day of publication stands beside, as only works have one."""
    name = by_name.get("name")
    return name.strip() or None if isinstance(name, str) and "datepublished" in by_name else None


def _feed_of(origin: Any) -> str | None:
    """The name of the feed that a reader of feeds had an article from ({"streamId": …, "title": …}); a place of origin is none."""
    if not isinstance(origin, dict) or not ("streamId" in origin or "htmlUrl" in origin):
        return None
    title = origin.get("title")
    return title if isinstance(title, str) and title.strip() else None


def _is_nothing(value: Any) -> bool:
    return isinstance(value, str) and (not value.strip() or value.strip() in _NOTHING)


def _what_is_missing(row: dict[Any, Any]) -> str:
    """Why an object gives no text: its field of text is there and empty or of another kind, or there is none."""
    for name, value in row.items():
        if folded(str(name)) in (*FOLDED["text"], *FOLDED["html"]):
            if value is None or _is_nothing(value):
                return f"The field {name!r} is there and empty."
            kind = {"list": "a list without words", "dict": "an object in which no field is named as a text is"}.get(
                type(value).__name__, f"a {type(value).__name__}"
            )
            return f"The field {name!r} is there and holds {kind}, no text."
    names = ", ".join(sorted(map(str, row))[:12]) or "none"
    return f"No text under any known name (text, content, body, html …); the record has: {names[:200]}."


def _unfolded(text: str) -> str:
    """A text of one line whose line breaks a program wrote as \\n, or that is a list as Python shows it, as the paragraphs they were."""
    if text.startswith("[") and text.rstrip().endswith("]") and _LIST.match(text):
        try:
            parts = ast.literal_eval(text.strip())
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            parts = None
        if isinstance(parts, list) and all(isinstance(p, str) for p in parts):
            return "\n\n".join(parts)
    if "\n" not in text and "\\n" in text and re.search(r"[.!?\"”]\s?(?:\\r)?\\n|\\n\\n", text):
        return text.replace("\\r", "").replace("\\n", "\n")
    return text


def _plain(text: str) -> str:
    """Without half a surrogate pair, which no file or table can store, and without NULs."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf8", "replace").decode("utf8")
    return text.replace("\x00", "")
