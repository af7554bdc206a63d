"""One record to one clean document: title, dateline, byline and body told apart, chrome left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.text import chrome
from pipelines.text.dateline import Dateline, date_line, find_dateline
from pipelines.text.html import PageLost, PageTooDeep, read_page
from pipelines.text.paragraphs import joined_in, mended_in, normalize, paragraphs
from pipelines.text.repetition import paragraph_key, source_of

# How far down a headline, byline or dateline can stand.
_HEAD_PARAGRAPHS = 8
_LONGEST_TITLE_WORDS = 22
_BODY_CHARACTERS = 80
_SHORT_NOTICE_WORDS = 25
_FEWEST_WORDS = 5
_HIGHLIGHTS = re.compile(
    r"(?:story highlights|highlights|key points|key takeaways|in brief|at a glance)\b", re.IGNORECASE
)
_LONGEST_TEASER = 160
# Among fewer paragraphs, or more that end without a full stop, a line that ends so may be a paragraph.
_FEWEST_FOR_TITLES, _SHARE_IN_SENTENCES, _ROW = 6, 0.8, 2
_ATTRIBUTION = re.compile(r"[—–-]\s?[A-Z]")
_SOURCE_CODE = re.compile(r"\([A-Z][A-Z .,&\-]{1,30}\)")
_DATE_IN_NAME = re.compile(r"(?:^|[^\d])((?:19|20)\d\d)[-_/]?(0[1-9]|1[0-2])[-_/]?([0-2]\d|3[01])(?:[^\d]|$)")


@dataclass(frozen=True, slots=True)
class CleanDocument:
    """A cleaned document. `text` is the body alone, paragraphs separated by a blank line; `repairs` as in the table."""

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


def clean(record: RawRecord, known_chrome: Mapping[str, frozenset[str]] | None = None) -> CleanDocument | Rejected:
    """Clean one record. `known_chrome` has keys (`repetition.paragraph_key`) of paragraphs to leave out, by source.

    Pure. Gives a Rejected with the reason where nothing of a body is left.
    """
    title, author, publisher, url, language = (
        record.title, record.author, record.publisher, record.url, record.language,
    )  # fmt: skip
    day, basis = record.published_on, record.published_on_basis
    content = record.content
    if record.content_type == "html":
        try:
            page = read_page(content)
        except PageTooDeep as error:
            detail = f"{error} The page is broken or made to break readers: save it again from a browser."
            return Rejected(record.source_path, record.record_index, "clean", Reason.NESTING, detail)
        except PageLost as error:
            detail = f"No article was found in the page: {error} Is it an index, or drawn by scripts?"
            return Rejected(record.source_path, record.record_index, "clean", Reason.NO_BODY, detail)
        content = page.text
        title, author, publisher = title or page.title, author or page.author, publisher or page.publisher
        url, language = url or page.url, language or page.language
        if day is None and page.published_on:
            day, basis = page.published_on, "html"

    title = " ".join(normalize(title).split()) if title else None
    repairs = [*(record.repairs or ()), *mended_in(content)]
    content = normalize(content)
    blocks = paragraphs(content, may_be_wrapped=record.content_type != "html")
    if record.content_type != "html":
        repairs += joined_in(content, blocks)
    found_blocks = len(blocks)
    learned = (known_chrome or {}).get(source_of(record.publisher, record.source_path), frozenset())
    blocks = [b for b in blocks if not (learned and paragraph_key(b) in learned)]
    blocks = [b for b in blocks if not chrome.is_known_chrome(b, publisher)]
    head = _read_head(blocks, title, publisher)
    whole = _without_tail(head.body, publisher)
    body = _without_titles_between([b for b in whole if not chrome.is_chrome_line(b)])
    if not body and len(whole) == 1 and whole[0].count(" ") >= _FEWEST_WORDS:
        body = whole  # a text of one line that only sounds like chrome
    if len(body) < len(head.body) or len(blocks) < found_blocks:
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
    )


@dataclass(slots=True)
class _Head:
    title: str | None
    author: str | None
    dateline: Dateline | None
    body: list[str]
    dated: date | None = None


def _read_head(blocks: list[str], title: str | None, publisher: str | None) -> _Head:
    """Tell headline, byline and dateline from the body at the top of a document."""
    author: str | None = None
    in_highlights = False
    start = 0
    dated: date | None = None
    candidates: list[str] = []
    for i, block in enumerate(blocks[:_HEAD_PARAGRAPHS]):
        dateline = find_dateline(block)
        if dateline:
            rest = block[dateline.end :].strip()
            body = ([rest] if rest else []) + blocks[i + 1 :]
            return _Head(title or _headline(candidates), author, dateline, body, dated)
        if alone := date_line(block):
            dated, start = dated or alone, i + 1
        elif found := chrome.byline_author(block):
            author = author or found
            start = i + 1
        elif title and _same(block, title):
            start = i + 1
        elif _HIGHLIGHTS.match(block):
            # A summary in points: they follow it, none ended by a full stop.
            in_highlights, start = True, i + 1
        elif (in_highlights and not chrome.ends_like_a_sentence(block) and len(block) < 200) or (
            publisher and _same(block, publisher)
        ):
            start = i + 1
        elif publisher and _is_name(block) and i + 1 < len(blocks) and _same(blocks[i + 1], publisher):
            author, start = author or block, i + 1
        elif chrome.is_stamp(block) or chrome.is_rights_notice(block):
            start = i + 1
        elif _SOURCE_CODE.fullmatch(block) or chrome.is_chrome_line(block):
            # What lies above a menu line is menu or headline too; body has not begun.
            start = i + 1
        elif _looks_like_headline(block, blocks[i + 1 :]):
            candidates.append(block)
            if title is None:
                start = i + 1
        else:
            break
    headline = title or _headline(candidates)
    return _Head(headline, author, None, blocks[start:] or blocks, dated)


def _is_name(block: str) -> bool:
    words = block.split()
    return 2 <= len(words) <= 5 and all(w[0].isupper() for w in words) and not chrome.ends_like_a_sentence(block)


def _headline(candidates: list[str]) -> str | None:
    """The headline among short lines above the body.

    Menus of a word or three come before it, a second headline after it: so the first of four words or more.
    """
    telling = [c for c in candidates if c.count(" ") >= 3]
    return telling[0] if telling else (candidates[-1] if candidates else None)


def _looks_like_headline(block: str, following: list[str]) -> bool:
    """Short, no sentence, and a body comes after it. Where in doubt it is body."""
    if len(block.split()) > _LONGEST_TITLE_WORDS or chrome.ends_like_a_sentence(block) or block[0].islower():
        return False
    if block.endswith((",", ":", ";", "-")) or (block.startswith(('"', "“", "``")) and not block.endswith(("'", "’"))):
        return False
    return any(len(b) >= _BODY_CHARACTERS and chrome.ends_like_a_sentence(b) for b in following[:_HEAD_PARAGRAPHS])


def _same(block: str, title: str) -> bool:
    def bare(text: str) -> str:
        return "".join(c for c in text.lower() if c.isalnum())

    # Marks and spaces may differ, so may the length, a little.
    return abs(len(block) - len(title)) <= 10 + len(title) // 4 and bool(bare(title)) and bare(block) == bare(title)


def _without_tail(body: list[str], publisher: str | None) -> list[str]:
    """Cut what follows a credit or rights line in the lower half, and notices to the reader at the very end."""
    half = len(body) // 2
    for i in range(max(half, 1), len(body)):
        if chrome.ends_body(body[i]):
            body = body[:i]
            break
    own = publisher.lower() if publisher else None
    after_notice = False
    end = len(body)
    while end > 1:
        last = body[end - 1]
        if chrome.is_notice_to_reader(last):
            after_notice = True
        elif after_notice and own and last.lower().startswith(own) and last.count(" ") < _SHORT_NOTICE_WORDS:
            pass  # the publisher speaks of itself, before it speaks to the reader
        elif not (
            chrome.ends_body(last) or chrome.is_signature(last) or chrome.is_chrome_line(last) or chrome.is_stamp(last)
        ):
            break
        end -= 1
    body = _without_teasers(body[:end])
    # Wire stories of the 1980s close with the agency's name on the last line, which wrapping has joined to it.
    if body:
        last = chrome.without_credit(body[-1]) or body[-1]
        body = [*body[:-1], re.sub(r"(?<=[.\"')\d]) +R(?:euter|EUTER)s?$", "", last)]
    return body


def _without_teasers(body: list[str]) -> list[str]:
    """An article without the links to other stories below it: titles at its end, where the article itself is in sentences.

    One alone may be a paragraph that was cut off, unless it is written as only titles are.
    """
    end = len(body)
    while end > 0 and _is_title(body[end - 1]):
        end -= 1
    told = sum(chrome.ends_like_a_sentence(b) for b in body[:end])
    # in a text of capitals alone the last lines are signatures as often as titles
    in_sentences = end >= 3 and told >= 0.8 * end and not (body[end - 1].endswith(":") or body[end - 1].isupper())
    several = len(body) - end >= 2
    return body[:end] if in_sentences and (several or (end < len(body) and _is_in_title_case(body[end]))) else body


def _without_titles_between(body: list[str]) -> list[str]:
    """An article in sentences without the titles that stand between its paragraphs: links to other stories, headings.

    Several in a row are a list or a table, and stay; so does what a colon before it announces.
    """
    titles = [_may_be_between(block, following) for block, following in zip(body, [*body[1:], ""], strict=False)]
    told = sum(chrome.ends_like_a_sentence(b) for b in body)
    if len(body) < _FEWEST_FOR_TITLES or told < _SHARE_IN_SENTENCES * len(body):
        return body
    kept = []
    for i, block in enumerate(body):
        around = titles[max(0, i - _ROW) : i] + titles[i + 1 : i + 1 + _ROW]
        announced = i == 0 or body[i - 1].endswith((":", ","))
        if not titles[i] or announced or all(around[-_ROW:]) or all(around[:_ROW]):
            kept.append(block)
    return kept


def _may_be_between(block: str, following: str) -> bool:
    """Whether a block may be a title between two paragraphs, and is no speech, embedded post or paragraph that was cut."""
    return (
        2 < block.count(" ") + 1 <= _LONGEST_TITLE_WORDS
        and _is_title(block)
        and block[-1] not in '?,;:-–—"”'
        and "(@" not in block
        and not following[:1].islower()
    )


def _is_title(block: str) -> bool:
    return (
        len(block) <= _LONGEST_TEASER
        and not block[:1].islower()
        and (not chrome.ends_like_a_sentence(block) or block.endswith("?"))
        and not _ATTRIBUTION.match(block)
        and ". " not in block
    )


def _is_in_title_case(block: str) -> bool:
    words = [w for w in re.findall(r"[^\W\d_][\w'’]*", block) if len(w) > 3]
    return len(words) >= 2 and sum(w[0].isupper() for w in words) >= 0.7 * len(words)


def _day_in_name(name: str) -> date | None:
    match = _DATE_IN_NAME.search(name)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None
