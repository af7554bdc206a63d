"""Markup among an article's own words: marks of notes and words taken back go, large first letters join their word, shadow roots are read.

Works on the page's text, before any tree is made of it: trees are made of what comes out.
"""

from __future__ import annotations

import re

# Marks of notes that say so: linked or in brackets, or named as notes.
_NOTE = re.compile(
    r"<sup\b[^>]{0,300}>\s*(?:<(?:a|span)\b[^>]{0,600}>\s*)+(?:&#91;|\[)?[\w*†‡ ]{1,20}(?:&#93;|\])?\s*(?:</(?:a|span)>\s*)+</sup>"
    r"|<sup\b[^>]{0,300}>\s*(?:&#91;|\[)[\w ]{1,20}(?:&#93;|\])\s*</sup>"
    # words that the paper took back
    r"|<(?P<gone>del|s|strike)\b[^>]{0,300}>(?:(?!</?(?:p|div|li|(?P=gone))\b).){0,500}?</(?P=gone)>"
    # an anchor of a note is named so and numbered ("#fn3", "#_ftnref12"); "#reforms" is a part of a page
    r"|<a\b(?=[^>]{0,400}?(?:href\s*=\s*[\"']?[^\"'>]{0,300}#_?(?:foot-?note|end-?note|ftn|edn|fn|note|cite(?:[_-]?note)?|ref|n)(?:ref)?[_:.-]?(?:\w{0,20}[_:.-])?\d{1,4}[\"'\s>]"
    r"|(?:class|rel|role)\s*=\s*[\"'][^\"'>]{0,100}\b(?:footnote|endnote|note-?ref)))[^>]{0,600}>\s*(?:&#91;|\[)?[\d*†‡]{1,3}(?:&#93;|\])?\s*</a>"
    r"|<span\b(?=[^>]{0,400}?class\s*=\s*[\"'][^\"'>]{0,100}\b(?:footnote|endnote|note-?ref|sidenote-?number))[^>]{0,400}>\s*(?:&#91;|\[)?[\d*†‡]{1,3}(?:&#93;|\])?\s*</span>",
    re.IGNORECASE,
)
# A raised number or mark, of which the words around tell whether it is a note.
_RAISED = re.compile(r"<sup\b[^>]{0,300}>\s*(?P<mark>[-−]?\d{1,2}|[*†‡]{1,2})\s*</sup>", re.IGNORECASE)
_BEFORE, _BEHIND = 300, 40
# Tags that may stand between a word and its note.
_INLINE_END = re.compile(
    r"(?:</?(?:a|abbr|b|cite|em|font|i|ins|mark|q|small|span|strong|u)\b[^<>]{0,200}>)+$", re.IGNORECASE
)
_PUNCTUATION = re.compile(r"[,.;”\"’)]$")
_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}[a-z]$")
# A price whose cents are raised: "$4.<sup>99</sup>".
_CENTS = re.compile(r"[$€£¥₹]\s?\d{1,6}[.,]$")
# Lengths, whose squares and cubes are no notes.
_LENGTHS = frozenset(["mile", "miles", "yard", "yards", "feet", "foot", "inch", "metre", "metres", "meter", "meters"])
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d$")
_NUMBER = re.compile(r"(?P<sign>[$€£¥₹]|\b[A-Z]{3} ?|[$€£¥₹] ?)?(?<![\d.,])[\d.,]*\d$")
_COUNTED = re.compile(
    r"\s*(?:<[^<>]{0,200}>\s*)*(?:thousand|million|billion|trillion|m|bn|mn|per ?cent|percent|%|euros?|dollars?|pounds?|yen)(?![^\W\d_])",
    re.IGNORECASE,
)
# The first letter of an article in large print; A, I and O may be words of their own.
_LARGE_FIRST = re.compile(
    r"<(?P<tag>span|b|strong|em|i)\b[^>]{0,200}\bclass\s*=\s*[\"'][^\"'>]{0,100}\b(?:drop-?cap|drop_cap|first-?letter|initial|lettrine)\b[^>]{0,200}>"
    r"\s*(?P<letter>[\"“'‘]?[B-HJ-NP-Z])\s*</(?P=tag)>\s*(?-i:(?=[a-z]))",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(r"<(?P<close>/)?template\b(?P<attributes>[^<>]{0,400})>", re.IGNORECASE)
_SHADOW = re.compile(r"\bshadowroot(?:mode)?\b", re.IGNORECASE)


def without_notes(html: str) -> str:
    """A page without marks of notes and words that were taken back; powers of numbers keep theirs ("10^6", "km2")."""
    html = _NOTE.sub("", html)
    return _RAISED.sub(_unless_note, html) if "<sup" in html or "<SUP" in html else html


def _unless_note(raised: re.Match[str]) -> str:
    """Nothing for a mark of a note, else the mark as text shows it."""
    html = raised.string
    before = _INLINE_END.sub("", html[max(0, raised.start() - _BEFORE) : raised.start()])
    if raised["mark"][0] in "-−" or (_CENTS.search(before) and len(raised["mark"]) == 2):
        return raised[0]
    if _PUNCTUATION.search(before) or _YEAR.search(before):
        return ""
    if word := _WORD.search(before):
        return raised[0] if word[0].lower() in _LENGTHS else ""
    number = _NUMBER.search(before)
    if number is None:
        return raised[0]  # of a unit or a formula: "km<sup>2</sup>"
    if number[0] != "10" and (number["sign"] or _COUNTED.match(html, raised.end(), raised.end() + _BEHIND)):
        return ""  # "$40<sup>2</sup> million"
    return f"^{raised['mark']}"


def with_whole_words(html: str) -> str:
    """A page whose large first letters stand at their words, whatever white space its markup has between them."""
    return _LARGE_FIRST.sub(lambda m: m["letter"], html)


def with_shadow_roots(html: str) -> str:
    """A page whose declared shadow roots, which a browser shows, are blocks like others; other templates stay.

    Source: HTML standard, "declarative shadow roots" (the attribute `shadowrootmode`, in older browsers `shadowroot`).
    """
    if not _SHADOW.search(html):
        return html
    pieces, at = list[str](), 0
    shown: list[bool] = []
    for tag in _TEMPLATE.finditer(html):
        if not tag["close"]:
            shown.append(_SHADOW.search(tag["attributes"]) is not None)
            block = "<div>"
        else:
            block = "</div>"
        is_shown = shown[-1] if shown else False
        if tag["close"] and shown:
            shown.pop()
        if is_shown:
            pieces += [html[at : tag.start()], block]
            at = tag.end()
    return "".join([*pieces, html[at:]])
