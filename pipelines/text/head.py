"""The top of a document: headline, byline, dateline and what a page puts above an article, told from the body."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from pipelines.text import chrome
from pipelines.text.dateline import Dateline, date_line, find_dateline, sure_dateline

# How far down a headline, byline or dateline can stand.
_HEAD_PARAGRAPHS = 8
_LONGEST_TITLE_WORDS = 22
_LONGEST_LEAD = 300
_BODY_CHARACTERS = 80
_HIGHLIGHTS = re.compile(
    r"(?:story highlights|highlights|key points|key takeaways|in brief|at a glance)\b", re.IGNORECASE
)
_SOURCE_CODE = re.compile(r"\([A-Z][A-Z .,&\-]{1,30}\)")

# Why a block above the body is none.
HEADLINE, BYLINE, DATELINE, DATE_LINE, ABOVE = "headline", "byline", "dateline", "date line", "above the article"


@dataclass(slots=True)
class Head:
    """What stands above a body. It begins with block `start`; of the block `at` behind that, `rest` is left where a dateline was before it;
    `reasons` say what each block before the body is."""

    title: str | None
    author: str | None
    dateline: Dateline | None
    dated: date | None = None
    start: int = 0
    rest: str | None = None
    reasons: list[str] = field(default_factory=list)
    at: int = 0


def read_head(blocks: list[str], title: str | None, publisher: str | None) -> Head:
    """Tell headline, byline and dateline from the body at the top of a document."""
    author: str | None = None
    in_highlights = False
    start = 0
    dated: date | None = None
    candidates: list[str] = []
    reasons: list[str] = []
    for i, block in enumerate(blocks[:_HEAD_PARAGRAPHS]):
        dateline = find_dateline(block)
        if dateline:
            rest = block[dateline.end :].strip()
            first = i if rest else i + 1
            reasons += [DATELINE] * (not rest)
            return Head(title or _headline(candidates), author, dateline, dated, first, rest or None, reasons)
        why = ABOVE
        if alone := date_line(block):
            dated, start, why = dated or alone, i + 1, DATE_LINE
        elif found := chrome.byline_author(block):
            author = author or found
            start, why = i + 1, BYLINE
        elif title and _same(block, title):
            start, why = i + 1, HEADLINE
        elif _HIGHLIGHTS.match(block):
            # A summary in points: they follow it, none ended by a full stop.
            in_highlights, start = True, i + 1
        elif (in_highlights and not chrome.ends_like_a_sentence(block) and len(block) < 200) or (
            publisher and _same(block, publisher)
        ):
            start = i + 1
        elif publisher and _is_name(block) and i + 1 < len(blocks) and _same(blocks[i + 1], publisher):
            author, start, why = author or block, i + 1, BYLINE
        elif chrome.is_stamp(block) or chrome.is_rights_notice(block) or chrome.is_source_note(block):
            start = i + 1
        elif _SOURCE_CODE.fullmatch(block) or chrome.is_chrome_line(block):
            # What lies above a menu line is menu or headline too; body has not begun.
            start = i + 1
        elif _looks_like_headline(block, blocks[i + 1 :]):
            candidates.append(block)
            why = HEADLINE
            if title is None:
                start = i + 1
        else:
            if i < _HEAD_PARAGRAPHS - 1 and (below := _below_lead(block, blocks[i + 1 :])):
                rest = blocks[i + 1][below.end :].strip()
                return Head(
                    title or _headline(candidates), author, below, dated, start, rest, reasons[:start], i + 1 - start
                )
            break
        reasons.append(why)
    headline = title or _headline(candidates)
    start = start if start < len(blocks) else 0
    return Head(headline, author, None, dated, start, None, reasons[:start])


def _below_lead(lead: str, following: list[str]) -> Dateline | None:
    """The dateline of the paragraph below a short lead or a caption; only one that tells its place and its day or agency."""
    return sure_dateline(following[0]) if following and len(lead) <= _LONGEST_LEAD else None


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
    if following and find_dateline(following[0]) is not None:
        return True
    return any(len(b) >= _BODY_CHARACTERS and chrome.ends_like_a_sentence(b) for b in following[:_HEAD_PARAGRAPHS])


def _same(block: str, title: str) -> bool:
    def bare(text: str) -> str:
        return "".join(c for c in text.lower() if c.isalnum())

    # Marks and spaces may differ, so may the length, a little.
    return abs(len(block) - len(title)) <= 10 + len(title) // 4 and bool(bare(title)) and bare(block) == bare(title)
