"""What a page's scripts state of its article: linked data, and the state from which a script draws the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from pipelines.reading.field_names import FOLDED, folded
from pipelines.reading.objects import text_of


def nodes(value: Any, most: int = 2000) -> list[dict[str, Any]]:
    """Objects of linked data, those in lists and graphs too."""
    waiting: list[Any] = [value]
    found: list[dict[str, Any]] = []
    while waiting and len(found) < most:
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found.append(node)
            waiting += [node[k] for k in ("@graph", "mainEntity", "mainEntityOfPage") if k in node]
    return found


_WRAPPED = re.compile(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*$")


def linked(script: str) -> Any:
    """The value of a script of linked data, also of one in the marks that keep old browsers from reading it; None where it is none."""
    try:
        return json.loads(_WRAPPED.sub("", script), strict=False)
    except (ValueError, RecursionError):
        return None


def stated_body(scripts: list[str]) -> str:
    """The longest article text that a page's linked data state, paragraphs by line; nothing where they state none."""
    bodies = [""]
    for script in scripts[:20]:
        value = linked(script)
        bodies += [b for node in nodes(value) if isinstance(b := node.get("articleBody"), str)]
    body = max(bodies, key=len)
    if "&" in body:
        body = unescape(body)
    return re.sub(r"<(?:br|/p|/div)\b[^<>]{0,40}>", "\n", body) if "<" in body else body


# The state of a page that a script draws: Next.js, Nuxt, and what others put into a variable of the window.
_STATE = re.compile(
    r"<script\b[^>]{0,300}\b(?:application/json|__NEXT_DATA__)\b[^>]{0,300}>(.{2,3000000}?)</script>"
    r"|<script\b[^>]{0,300}>\s*(?:window\.|var |self\.)?__?[A-Z_a-z]{3,40}\s*=\s*(\{.{2,3000000}?\})\s*;?\s*(?:</script>|\n\s*window\.)",
    re.IGNORECASE | re.DOTALL,
)
_MOST_NODES = 50_000
_TAG = re.compile(r"<[^<>]{0,400}>")


def drawn_article(html: str, titles: set[str]) -> tuple[str, str]:
    """Title and text of the article whose title the page shows, from the state that a script draws it from; nothing where there is none.

    `titles` are the page's own, bare. State holds other articles too, so one without such a title is never taken.
    """
    found = [("", "")]
    for script in _STATE.finditer(html):
        for node in _objects(linked(script[1] or script[2])):
            named = {folded(str(k)): v for k, v in node.items()}
            title = next((t for n in FOLDED["title"] if (t := text_of(named.get(n))).strip()), "")
            if title and "".join(c for c in title.lower() if c.isalnum()) in titles:
                found += [(title, w) for n in (*FOLDED["text"], *FOLDED["html"]) if (w := text_of(named.get(n)))]
    title, body = max(found, key=lambda f: len(f[1]))
    if "<" in body or "&" in body:
        body = _TAG.sub("", re.sub(r"<(?:br|/p|/div|/h\d|/li)\b[^<>]{0,40}>", "\n", unescape(body)))
    return title, body


def _objects(value: Any) -> Iterator[dict[Any, Any]]:
    """Every object in a value, however deep; at most so many as a page needs."""
    waiting, seen = [value], 0
    while waiting and seen < _MOST_NODES:
        node = waiting.pop()
        seen += 1
        if isinstance(node, dict):
            yield node
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
