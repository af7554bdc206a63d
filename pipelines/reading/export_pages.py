"""Exports of databases that are saved as a page: the same articles as in their text files, with markup around each line.

LexisNexis and Factiva hand out one page of up to some hundred articles. Where a page shows their marks it is read as its lines.
"""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

from pipelines.reading.factiva import CLOSING

_LARGEST = 20_000_000
# What no article's page has: the counter of LexisNexis or its tags, the closing line or the headline of Factiva.
_MARKS = re.compile(
    r"<DOCFULL>|>\s*\d{1,5} of \d{1,5} DOCUMENTS?\s*<|"
    rf">\s*{CLOSING}\s*<|>\s*End of Document\s*<",
    re.IGNORECASE,
)
_BLOCKS = frozenset(["p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "body", "center", "blockquote", "pre"])  # fmt: skip
_NO_WORDS = frozenset(["script", "style", "head", "template", "noscript"])
# A tag of Factiva stands in a cell of its own, its value in the next.
_CELLS = frozenset(["td", "th"])


def lines_of(page: str) -> str | None:
    """A page of an export as its lines, blank ones between blocks; None where the page is none."""
    if len(page) > _LARGEST or not _MARKS.search(page):
        return None
    try:
        root = lxml.html.document_fromstring(page)
    except (etree.ParserError, ValueError):
        return None
    lines = [""]

    def add(words: str | None) -> None:
        lines[-1] += " ".join((words or "").split("\n"))

    def end_line() -> None:
        if lines[-1].strip():
            lines.append("")

    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start" and element.tag in _NO_WORDS:
            walk.skip_subtree()
            continue
        if element.tag in _BLOCKS:
            end_line()
        if event == "start":
            if element.tag == "br":
                lines.append("")
            add(element.text)
            continue
        if element.tag in ("p", "table"):
            lines.append("")
        elif element.tag in _CELLS:
            add(" ")
        add(element.tail)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in lines))
