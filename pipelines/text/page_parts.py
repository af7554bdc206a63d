"""Pages made ready for the extractor: what only pretends to be article goes, old pages get paragraphs, tables that lay a page out become blocks, and others lose their bars.

Works on the page's own markup; what is article among the rest is the extractor's business (`html`).
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import lxml.html
from lxml import etree

from pipelines.text.page_markup import with_whole_words, without_notes

_BREAKS = re.compile(r"(?:<br\b[^>]{0,60}>\s*){2,}", re.IGNORECASE)
_BREAK = re.compile(r"<br\b[^>]{0,60}>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p\b", re.IGNORECASE)
_FEW_PARAGRAPHS, _FEW_BREAKS = 3, 2
# Words that stand bare in a block before its first paragraph: possessive, as pages may be built to make a search slow.
_BARE_FIRST = re.compile(
    r"(?P<block></?(?:div|td|section|article|main|body|table|ul|ol|header|figure|blockquote|center)\b[^<>]*+>|</h[1-6]\s*+>|<hr\b[^<>]*+>)"
    r"(?P<words>(?:[^<]++|</?(?:a|b|strong|i|em|u|span|br|abbr|q|cite)\b[^<>]*+>)++)(?=<p>)",
    re.IGNORECASE,
)
_LEAST_SENTENCE = 40
_MARKS = '“”"‘’ '  # of quotations, around what is pulled
_LINKED = re.compile(r"<a\b[^<>]*>[^<]*</a\s*>", re.IGNORECASE)
_LAYOUT = re.compile(r"<(/?)(?:table|tbody|tr|td|center)\b[^>]{0,400}>", re.IGNORECASE)
_FONT = re.compile(r"</?font\b[^>]{0,400}>", re.IGNORECASE)
# What stands in an article's element and is none of it, by its class or id: offers, links to other stories, text that readers do not see.
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:paywall|regwall|subscribe|subscription|subscriber-?only|piano|newsletter|signup|sr-only|visually-?hidden|screen-?reader(?:-text)?"
    r"|pull-?(?:ed-?)?quotes?|related(?:-?(?:links|stories|articles|content|posts))?|read-?more|more-?stories|recommended|recirc|most-?read)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MAY_HAVE_ASIDES = re.compile(
    r"(?:class|id)\s*=\s*[\"'][^\"']{0,200}(?:wall|subscri|piano|newsletter|signup|sr-only|hidden|pull|reader|related|more|recommended|recirc)|\shidden[\s>=]",
    re.IGNORECASE,
)
_LONGEST_ASIDE = 700
# What a page tells of its article in a list of terms: from whom it is, of what day, under which subjects.
_ABOUT = re.compile(
    r"<dl\b[^>]{0,200}>(?:\s*(?:</?div\b[^>]{0,200}>\s*)?<dt\b[^>]{0,200}>\s*(?:from|published|(?:last )?updated|date|author|source|topics?|tags?|published on|issued|location|organisation|part of|delivered on)"
    r":?\s*</dt>(?:\s*<dd\b[^>]{0,200}>[^<]{0,300}(?:<(?!/?d[ltd]\b)[^>]{0,300}>[^<]{0,300}){0,20}</dd>){1,8}(?:\s*</div>)?){1,10}\s*</dl>",
    re.IGNORECASE,
)
_ROW = re.compile(r"\|(.*)\|?$")


# Parts that a reader of the page does not see.
_HIDDEN = re.compile(
    r"<template\b[^>]{0,400}>(?P<inert>.{0,20000}?)</template>"
    r"|<(?P<tag>p|span|div|li|em|b|strong)\b(?=[^>]{0,400}?(?:\shidden[\s>=]|display\s*:\s*none|visibility\s*:\s*hidden"
    r"|\sclass\s*=\s*[\"'][^\"']{0,200}(?:sr-only|visually-?hidden|screen-?reader)))[^>]{0,400}>(?P<unseen>(?:(?!</?(?P=tag)\b).){0,2000}?)</(?P=tag)>",
    re.IGNORECASE | re.DOTALL,
)
# What a page of AMP holds between its paragraphs.
_AMP = re.compile(
    r"<(amp-(?:ad|embed|sticky-ad|auto-ads|consent|subscriptions?[\w-]*|access[\w-]*))\b[^>]{0,600}>.{0,20000}?</\1>",
    re.IGNORECASE | re.DOTALL,
)
_ANY_TAG = re.compile(r"<[^<>]{0,400}>")
_PARAGRAPHS_IN_CELL = re.compile(
    r"<td\b[^>]{0,400}>(?:(?!</td).){0,5000}?<p\b(?:(?!</td).){0,5000}?<p\b", re.IGNORECASE | re.DOTALL
)
# Begun only where a run between tags begins: tried at every letter of a long script it would take the square of its length.
_LONE_BREAK = re.compile(r"(?<![^<>])(?P<line>[^<>]{40,})<br\b[^>]{0,60}>\s*(?!<br|\s)", re.IGNORECASE)
_PRE = re.compile(r"<pre\b[^>]{0,200}>(.{0,200000}?)</pre>", re.IGNORECASE | re.DOTALL)
_ENDS = re.compile(r"[.!?:;][\"'”’)]*\s*$")


def hidden(html: str) -> list[str]:
    """Words of a page that nobody sees who looks at it."""
    found = (unescape(_ANY_TAG.sub(" ", m["inert"] or m["unseen"] or "")) for m in _HIDDEN.finditer(html))
    return [line for words in found if (line := " ".join(words.split()))]


_HEADING = re.compile(r"<(h[1-3]|b|strong)\b[^>]{0,300}>([^<]{8,200})</\1>(?:\s|<[^>]{0,300}>){0,20}$", re.IGNORECASE)


def heading_above(html: str, text: str) -> list[str]:
    """The heading right above an article's first words, where the extractor left it out."""
    at = html.find(text[:40].split("\n")[0]) if text else -1
    found = _HEADING.search(html[max(0, at - 700) : at]) if at > 0 else None
    words = " ".join(unescape(found[2]).split()) if found else ""
    return [words] if words and words not in text else []


def _as_paragraphs(pre: re.Match[str]) -> str:
    """Laid out text: blank lines part its paragraphs, others are where a line was full."""
    return "".join(f"<p>{' '.join(part.split())}</p>" for part in re.split(r"\n\s*\n", pre[1]) if part.strip())


def _run_on(line: re.Match[str]) -> str:
    """A long line that ends in the middle of a sentence, as old pages break them, joined to the next."""
    return line[0] if _ENDS.search(line["line"]) else f"{line['line']} "


def _bare_first(found: re.Match[str]) -> str:
    """The first paragraph of a text parted by breaks as a paragraph: the extractor drops words that stand bare beside paragraphs.

    Words that end as a sentence, beside links: a menu or a byline above the text stays as it is.
    """
    own = " ".join(_ANY_TAG.sub(" ", _LINKED.sub(" ", found["words"])).split())
    return f"{found['block']}<p>{found['words']}" if len(own) >= _LEAST_SENTENCE and _ENDS.search(own) else found[0]


def prepared(html: str) -> str:
    """A page's markup without marks of notes and what nobody sees; the line breaks of old pages as paragraphs, or as nothing inside one."""
    html = _ABOUT.sub("", _AMP.sub("", _HIDDEN.sub("", with_whole_words(without_notes(html)))))
    if "<table" in html.lower():
        html = _without_layout(html)
    if "<pre" in html.lower():
        html = _PRE.sub(_as_paragraphs, html)
    if len(_PARAGRAPH.findall(html)) < _FEW_PARAGRAPHS and len(_BREAKS.findall(html)) >= _FEW_BREAKS:
        broken = _BARE_FIRST.sub(_bare_first, _BREAKS.sub("<p>", _FONT.sub("", html)))
        return _BREAK.sub(" ", _LAYOUT.sub(r"<\1div>", broken))
    return _LONE_BREAK.sub(_run_on, html)


def _without_layout(html: str) -> str:
    """A page with tables that lay it out as plain blocks, as a cell of several paragraphs shows; tables of figures stay."""
    if not _PARAGRAPHS_IN_CELL.search(html):
        return html
    try:
        root = lxml.html.document_fromstring(html)
    except (etree.ParserError, ValueError):
        return html
    laid = {
        e
        for cell in root.iter("td")
        if len(cell.xpath(".//p[normalize-space()]")) > 1
        for e in (cell, *cell.iterancestors("td", "table"))
    }
    for table in [e for e in root.iter("table") if e in laid]:
        for element in list(table.iter("tr", "td", "th", "tbody", "thead", "tfoot")):
            if next(element.iterancestors("table")) is table:
                element.tag = "div"
        table.tag = "div"
    return lxml.html.tostring(root, encoding="unicode") if laid else html


def asides(html: str) -> frozenset[str]:
    """Lines of a page, spaces folded, that stand in short elements named as offers, links to other stories or hidden text.

    The extractor reads the page whole, since it is led astray where parts of it are missing; such lines are taken out of what it finds.
    """
    if not _MAY_HAVE_ASIDES.search(html):
        return frozenset()
    try:
        root = lxml.html.document_fromstring(html)
    except (etree.ParserError, ValueError):
        return frozenset()
    body = root.find("body")
    if body is None:
        return frozenset()
    text = " ".join(body.text_content().split())
    whole = len(text)
    found: set[str] = set()
    for element in body.iter():
        if not isinstance(element.tag, str) or element.tag in ("body", "article", "main"):
            continue
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        hidden = element.get("hidden") is not None and element.get("hidden") != "until-found"
        if not (hidden or (names.strip() and _ASIDE.search(names))):
            continue
        words = " ".join(element.text_content().split())
        if (
            words
            and len(words) <= min(_LONGEST_ASIDE, whole // 2)
            and (hidden or _is_aside(element, names, words, text))
        ):
            found.add(words)
            found |= {" ".join(e.text_content().split()) for e in element.iter() if e.tag in _LINES}
    return frozenset(found - {""})


def _is_paragraph(said: str, beside: Any) -> bool:
    """Whether a whole paragraph beside an element says just that: lines are taken out by their words, and both would go."""
    return any(
        " ".join(p.text_content().split()).strip(_MARKS) == said
        for p in beside.getroottree().iter("p")
        if p is not beside and beside not in p.iterancestors()
    )


def _is_aside(element: Any, names: str, words: str, text: str) -> bool:
    """Whether an element named so is one: paragraphs for subscribers are called a wall too, and an article may stand under "more"."""
    if _UNSEEN.search(names):
        return True
    if _PULLED.search(names):  # said again in large print
        said = words.strip(_MARKS)
        return text.count(said) > 1 and not _is_paragraph(said, element)
    if _WALL.search(names):
        return _OFFERS.search(words) is not None
    linked = sum(len(" ".join(a.text_content().split())) for a in element.iter("a"))
    return linked >= _LINKED_SHARE * len(words)


_PULLED = re.compile(r"pull-?(?:ed-?)?quote", re.IGNORECASE)
_UNSEEN = re.compile(r"sr-only|visually-?hidden|screen-?reader", re.IGNORECASE)
_WALL = re.compile(r"wall|subscri|piano|newsletter|signup", re.IGNORECASE)
_OFFERS = re.compile(
    r"\b(?:subscri\w+|sign (?:up|in)|log in|newsletters?|free trial|unlimited access|inbox|continue reading|read on)\b|[$€£]\d{1,3}(?:\.\d\d)? (?:a|per) (?:week|month|year)",
    re.IGNORECASE,
)
_LINKED_SHARE = 0.6
_LINES = frozenset(["p", "li", "a", "h2", "h3", "h4", "h5", "div", "span"])


_NOSCRIPT = re.compile(r"<noscript\b[^>]{0,200}>(.{0,5000}?)</noscript>", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(r"<a\b[^>]{0,1000}>(.{0,1000}?)</a>", re.IGNORECASE | re.DOTALL)
_FEWEST_LINKS = 3


def why_no_article(html: str, text: str) -> str | None:
    """Why what was taken out of a page is no article: it is a notice for browsers without scripts, or but links to articles. None where it may be one."""
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    if not lines or any(len(line) > _LONGEST_ASIDE for line in lines):
        return None
    notices = " ".join(_plain(m[1]) for m in _NOSCRIPT.finditer(html))
    if notices and all(line in notices for line in lines):
        return "what it shows is for browsers without scripts."
    if len(lines) >= _FEWEST_LINKS and not any(_ENDS.search(line) for line in lines):
        links = {_plain(m[1]) for m in _LINK.finditer(html)}
        if all(line in links for line in lines):
            return "its lines are links to articles."
    return None


def _plain(markup: str) -> str:
    return " ".join(unescape(_ANY_TAG.sub(" ", markup)).split())


def without_bars(text: str) -> str:
    """A page's text with the rows of its tables as plain lines, cells apart by semicolons."""
    if "|" not in text:
        return text
    lines = []
    for line in text.split("\n"):
        if line.startswith("|") and (row := _ROW.match(line)):
            cells = [c.strip() for c in row[1].split("|")]
            cells = [c for c in cells if c and not re.fullmatch(r":?-{2,}:?", c)]
            line = "; ".join(cells)
        lines.append(line)
    return "\n".join(lines)


def lines_again(html: str, text: str) -> str:
    """A text that the extractor made one line of, in the lines of the page's blocks, where they account for it."""
    if "\n" in text.strip() or len(text) < _SHORTEST_FLAT:
        return text
    try:
        root = lxml.html.document_fromstring(html)
    except (etree.ParserError, ValueError):
        return text
    flat, at, lines = " ".join(text.split()), 0, list[str]()
    for element in root.iter(*_TEXT_BLOCKS):
        if any(True for _ in element.iterchildren(*_TEXT_BLOCKS)):
            continue
        words = " ".join(element.text_content().split())
        found = flat.find(words, at) if words else -1
        if found >= 0 and found - at <= _MOST_BETWEEN:
            if between := flat[at:found].strip():
                lines.append(between)
            lines.append(words)
            at = found + len(words)
    if len(lines) < 2 or len(flat) - at > _MOST_BETWEEN:
        return text
    if rest := flat[at:].strip():
        lines.append(rest)
    return "\n".join(lines)


_SHORTEST_FLAT, _MOST_BETWEEN = 80, 60
_TEXT_BLOCKS = (
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "td",
    "th",
    "figcaption",
    "blockquote",
    "section",
    "article",
)
