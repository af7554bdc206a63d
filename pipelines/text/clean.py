"""One record to one clean document: title, dateline, byline and body told apart, chrome left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipelines.reading.enumerations import entries
from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.text import chrome
from pipelines.text.cuts import ASIDE, FURNITURE, HEADING, KNOWN, REPEATED, Parts, PlacedCut
from pipelines.text.dateline import sure_dateline
from pipelines.text.head import DATELINE, read_head
from pipelines.text.html import PageLost, PageTooDeep, read_page
from pipelines.text.line_marks import without_marks
from pipelines.text.paragraphs import joined_in, mended_in, normalize, paragraphs
from pipelines.text.repetition import paragraph_key, source_of
from pipelines.text.tail import CREDIT, find_tail, titles_between, without_credit

_FEWEST_WORDS = 5
_PRINT_VIEW = re.compile(
    r"^print(?:er[- ]friendly)?(?: (?:version|view|article|page|story))?\s?[:|–-]\s+(?=\S)", re.IGNORECASE
)
_DATE_IN_NAME = re.compile(r"(?:^|[^\d])((?:19|20)\d\d)[-_/]?(0[1-9]|1[0-2])[-_/]?([0-2]\d|3[01])(?:[^\d]|$)")


@dataclass(frozen=True, slots=True)
class CleanDocument:
    """A cleaned document. `text` is the body alone, paragraphs separated by a blank line; `repairs` as in the table.

    `cuts` is what the record holds beside it, in order, each with its reason and the place in `text` where it stood.
    """

    title: str | None
    author: str | None
    published_on: date | None
    published_on_basis: str | None
    dateline_place: str | None
    dateline_country: str | None
    publisher: str | None
    url: str | None
    language: str | None
    text: str
    repairs: tuple[str, ...] = ()
    cuts: tuple[PlacedCut, ...] = ()


def clean(record: RawRecord, known_chrome: Mapping[str, frozenset[str]] | None = None) -> CleanDocument | Rejected:
    """Clean one record. `known_chrome` has keys (`repetition.paragraph_key`) of paragraphs to leave out, by source.

    Pure. Gives a Rejected with the reason where nothing of a body is left.
    """
    title, author, publisher, url, language = (
        record.title, record.author, record.publisher, record.url, record.language,
    )  # fmt: skip
    day, basis = record.published_on, record.published_on_basis
    content = record.content
    asides: tuple[str, ...] = ()
    if record.content_type == "html":
        try:
            page = read_page(content)
        except PageTooDeep as error:
            detail = f"{error} The page is broken or made to break readers: save it again from a browser."
            return Rejected(record.source_path, record.record_index, "clean", Reason.NESTING, detail)
        except PageLost as error:
            detail = f"No article was found in the page: {error} Is it an index, or drawn by scripts?"
            return Rejected(record.source_path, record.record_index, "clean", Reason.NO_BODY, detail)
        content, asides = page.text, page.asides
        title, author, publisher = title or page.title, author or page.author, publisher or page.publisher
        url, language = url or page.url, language or page.language
        if day is None and page.published_on:
            day, basis = page.published_on, "html"

    title = _PRINT_VIEW.sub("", " ".join(normalize(title).split())) if title else None
    repairs = [*(record.repairs or ()), *mended_in(content)]
    content = normalize(content)
    if record.content_type != "html" and (bare := without_marks(content)) != content:
        content = bare
        repairs.append("marks of lines")
    blocks = paragraphs(content, may_be_wrapped=record.content_type != "html")
    if record.content_type != "html":
        repairs += joined_in(content, blocks)
    parts = Parts(blocks)
    learned = (known_chrome or {}).get(source_of(record.publisher, record.source_path), frozenset())
    parts.cut_where(lambda b: bool(learned) and paragraph_key(b) in learned, REPEATED)
    parts.cut_where(lambda b: chrome.is_known_chrome(b, publisher), KNOWN)
    head = read_head(parts.kept(), title, publisher)
    parts.cut(dict(enumerate(head.reasons)))
    if head.rest is not None:
        parts.shorten(head.at, head.rest, DATELINE)
    for place, block in enumerate(parts.kept()[head.at + 1 :], head.at + 1):
        if (later := sure_dateline(block)) is not None:  # of a text that holds several dispatches
            parts.shorten(place, block[later.end :].strip(), DATELINE)
    above = len(parts.kept())
    parts.cut(find_tail(parts.kept(), publisher))
    if parts.kept():
        parts.shorten(len(parts.kept()) - 1, without_credit(parts.kept()[-1]), CREDIT)
    whole = parts.kept()
    # a text of one line only sounds like chrome
    if len(whole) != 1 or whole[0].count(" ") < _FEWEST_WORDS:
        listed = entries(whole)
        in_lists = {block for n, block in enumerate(whole) if n in listed and block.count(" ") >= _FEWEST_WORDS}
        parts.cut_where(lambda b: b not in in_lists and chrome.is_chrome_line(b), FURNITURE)
    parts.cut(dict.fromkeys(titles_between(parts.kept()), HEADING))
    body = parts.kept()
    if len(body) < above or parts.has_cut(REPEATED, KNOWN):
        repairs.append("chrome")
    dateline = head.dateline
    if day is None and dateline and (found := dateline.on(None)):
        day, basis = found, "dateline"
    if day is None and head.dated:
        day, basis = head.dated, "date line"
    if day is None and (named := _day_in_name(record.url or record.source_path)):
        day, basis = named, "url" if record.url else "filename"
    text = "\n\n".join(body).strip()
    if not text or not any(c.isalnum() for c in text):
        detail = "Nothing but chrome or white space is left after cleaning."
        return Rejected(record.source_path, record.record_index, "clean", Reason.NO_BODY, detail)
    return CleanDocument(
        title=head.title,
        author=author or head.author,
        published_on=day,
        published_on_basis=basis if day else None,
        dateline_place=dateline.place if dateline else None,
        dateline_country=dateline.country if dateline else None,
        publisher=publisher or (dateline.agency if dateline else None),
        url=url,
        language=language,
        text=text,
        repairs=tuple(dict.fromkeys(repairs)),
        cuts=(
            *(PlacedCut(c.reason, c.text, 0) for c in record.cuts),
            *(PlacedCut(ASIDE, line, 0) for line in asides),
            *parts.cuts(),
        ),
    )


def _day_in_name(name: str) -> date | None:
    match = _DATE_IN_NAME.search(name)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None
