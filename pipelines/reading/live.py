"""Live pages: a post after the other under one address, each with its own time. Each is a record of its own."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import lxml.html
from lxml import etree

from pipelines.reading.dates import to_date

_LIVE = re.compile(
    r"LiveBlogPosting|liveBlogUpdate|\bclass\s*=\s*[\"'][^\"']{0,100}live-?(?:blog|post|update|entry)", re.IGNORECASE
)
_SCRIPT = re.compile(r"<script\b[^>]{0,400}\bld\+json\b[^>]{0,400}>(.{2,2000000}?)</script>", re.IGNORECASE | re.DOTALL)
_FEWEST_POSTS = 2


@dataclass(frozen=True, slots=True)
class Post:
    """One post: its heading, its day and its markup (or text)."""

    title: str | None
    published_on: date | None
    content: str


def posts_of(html: str) -> list[Post]:
    """Posts of a live page in its order; none where the page is no live one."""
    if not _LIVE.search(html):
        return []
    shown = _shown(html)
    words = " ".join(" ".join(re.sub(r"<[^<>]{0,400}>", " ", p.content).split()) for p in shown)
    stated = [p for p in _stated(html) if " ".join(p.content.split())[:80] not in words]
    found = shown + stated
    return found if len(found) >= _FEWEST_POSTS else []


def _shown(html: str) -> list[Post]:
    """Posts as the page shows them: the largest elements that have one time each and stand side by side."""
    try:
        root = lxml.html.document_fromstring(html)
    except (etree.ParserError, ValueError):
        return []
    by_parent: dict[Any, list[Any]] = defaultdict(list)
    times = {e: day for e in root.xpath(_MAY_BE_TIMES)[:_MOST_TIMES] if (day := _day_of(e)) is not None}
    for time in times:
        element = time
        while (parent := element.getparent()) is not None and sum(e in times for e in parent.iter()) == 1:
            element = parent
        if parent is not None and (element is not time or time.get("datetime") is None):
            by_parent[parent].append((element, time))
    _lift_inner(by_parent, times)
    parent = max(by_parent, key=lambda p: len(by_parent[p]), default=None)
    if parent is None or len(by_parent[parent]) < _FEWEST_POSTS:
        return []
    found = []
    for element, time in sorted(by_parent[parent], key=lambda post: parent.index(post[0])):
        day = times[time]
        heading = next(iter(element.xpath(".//h2|.//h3|.//h4")), None)
        title = " ".join(heading.text_content().split()) if heading is not None else None
        hours = [e for e in element.iter("span", "div", "small") if _HOUR.fullmatch(e.text_content().strip())]
        for gone in [time, *([heading] if heading is not None else []), *hours]:
            if gone is not element and gone.getparent() is not None:
                gone.drop_tree()
        if element.text_content().strip():
            found.append(Post(title or None, day, lxml.html.tostring(element, encoding="unicode", with_tail=False)))
    return found


def _lift_inner(by_parent: dict[Any, list[Any]], times: dict[Any, date]) -> None:
    """Put a post that holds more times than its own (its last change, a message that it quotes) among its like as one, with its first time.

    Such a post looks like a list of posts; but what stands in it side by side is not alike, and what stands beside it is.
    """
    for inner, found in list(by_parent.items()):
        kinds = Counter(_kind(element) for element, _ in found)
        if len(kinds) == 1:
            continue
        post = inner
        while (parent := post.getparent()) is not None and _likes(post, times) < max(kinds.values()):
            post = parent
        if parent is not None:
            del by_parent[inner]
            if all(element is not post for element, _ in by_parent[parent]):
                by_parent[parent].append((post, next(e for e in post.iter() if e in times)))


def _likes(element: Any, times: dict[Any, date]) -> int:
    """How many elements of the same kind that hold a time stand beside an element."""
    siblings = (e for e in element.getparent() if e is not element and _kind(e) == _kind(element))
    return 0 if _kind(element) is None else sum(any(inner in times for inner in e.iter()) for e in siblings)


def _kind(element: Any) -> tuple[str, str] | None:
    """Tag and first class of an element; None where it is no part of a page's layout."""
    if not isinstance(element.tag, str) or element.tag in ("html", "head", "body"):
        return None
    return element.tag, next(iter((element.get("class") or "").split()), "")


_STAMPS = (
    "datetime",
    "data-timestamp",
    "data-time",
    "data-datetime",
    "data-published",
    "data-post-date",
    "data-date",
    "data-unixtime",
)
_MAY_BE_TIMES = (
    "//time[@datetime]|//*[" + " or ".join(f"@{a}" for a in _STAMPS[1:]) + "]"
    "|//*[self::span or self::p or self::div or self::small or self::time][contains(@class, 'time') or contains(@class, 'date')]"
)
_MOST_TIMES = 2000
_HOUR = re.compile(r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?", re.IGNORECASE)


def _day_of(element: Any) -> date | None:
    """The day that an element of a post tells in an attribute or, where it is short, in words."""
    for name in _STAMPS:
        if element.get(name):
            return to_date(element.get(name))
    words = " ".join(element.text_content().split())
    return to_date(words) if len(words) < 40 else None


def _stated(html: str) -> list[Post]:
    """Posts as the page's linked data state them."""
    found = []
    for script in _SCRIPT.findall(html)[:20]:
        try:
            waiting = [json.loads(script, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            node = waiting.pop()
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                waiting += [node[k] for k in ("@graph", "mainEntity") if k in node]
                updates = node.get("liveBlogUpdate")
                for update in updates if isinstance(updates, list) else []:
                    if isinstance(update, dict) and isinstance(body := update.get("articleBody"), str) and body.strip():
                        title = update.get("headline")
                        found.append(
                            Post(title if isinstance(title, str) else None, to_date(update.get("datePublished")), body)
                        )
    return found
