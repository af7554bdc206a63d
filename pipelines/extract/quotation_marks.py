"""Where quotations stand in a text, by their marks alone: "…", “…”, „…“, ”…”, «…», »…«, ``…'', ,,…'', ‘…’, ‚…‘, '…', `…'.

Which mark opens is told by what stands beside it as much as by its shape: English, German, Polish, Swedish, Danish and French printers use the
same shapes for opposite ends. Offsets are code points of the text, half-open, marks left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from pipelines.reference.word_lists import word_list

_DOUBLE = re.compile(r"[\"“”„‟«»]|``|''|(?<![^\s(\[—–]),,(?=\w)")
_LOW = frozenset({"„", ",,"})
_ANGLED = frozenset({"«", "»"})
_OPEN = frozenset({"``", "“", "„", "‟", ",,", "«"})
_ONLY_CLOSE = frozenset({"”", "»"})
_LONGEST = 3000
_BEFORE_OPENING = frozenset(" \t\n\xa0([{—–-:;,/…")
_BEHIND_CLOSING = frozenset(" \t\n\xa0)]}—–-:;,.!?/…")

# Single marks are apostrophes far more often. One opens before a word behind a space or a bracket; not before a year ('90s), a shortened
# word ('tis), nor before a name in the middle of a sentence ('Umar).
_OPENING = re.compile(
    r"(?:^|(?<=[\s(\[—–\"“:]))(?P<mark>[‘‚‛‹`']|’(?=\w))"
    r"(?=[\w\"“$€£])(?!\d0s\b|\d\d\b(?!\s?(?:per|%))|(?:tis|twas|em|til|till|cause|n|bout|round)\b)",
    re.MULTILINE | re.IGNORECASE,
)
_CLOSING = {"‘": "’'", "‚": "‘’'", "‛": "’'", "‹": "›", "`": "'’", "'": "'", "’": "’"}
_END_OF_CLAUSE = frozenset(',.?!…—–"”')
_LETTERS_BEFORE_POSSESSIVE = frozenset("sSzZx")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def quotation_spans(text: str) -> list[tuple[int, int]]:
    """Spans between marks, in text order, the outer one where one stands in another.

    A paragraph that opens with a mark goes on with an unclosed quotation. Single marks count in a text that quotes by them: where
    no more double marks than single ones stand outside each other.
    """
    double = _between_double_marks(text)
    single = _between_single_marks(text)
    if not single:
        return double
    alone = [s for s in single if not _inside(s, double)]
    outer = [d for d in double if not _inside(d, alone)]
    if len(outer) >= len(alone):
        return double
    return sorted([s for s in alone if not touches(s, outer)] + outer)


def touches(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    """Whether a span shares a character with one of `spans`, which are in text order and apart."""
    at = bisect_left(spans, (span[1],))
    return at > 0 and span[0] < spans[at - 1][1]


def _inside(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    """Whether a span lies in one of `spans`, which are in text order and apart."""
    at = bisect_right(spans, span[0], key=lambda s: s[0])
    return at > 0 and span[1] <= spans[at - 1][1]


def _between_double_marks(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    opener = ""
    for match in _DOUBLE.finditer(text):
        mark, at = match[0], match.start()
        paragraph_start = at == 0 or text[at - 1] == "\n"
        if opened is not None and (paragraph_start or at - opened > _LONGEST):
            # The earlier one was left open: it ends with its paragraph.
            close = text.find("\n", opened)
            close = close if 0 <= close < at else at
            spans.append((opened, close))
            opened = None
        if opened is not None and "\n\n" in text[opened:at]:
            # A mark that was never closed: what lies between belongs to no quotation.
            close = text.index("\n\n", opened)
            spans.append((opened, close))
            opened = None
        if opened is None:
            if _opens(mark, text, at, match.end()):
                opened, opener = match.end(), mark
        elif _closes(mark, opener):
            spans.append((opened, at))
            opened = None
    if opened is not None and text[opened:].count("\n") == 0 and len(text) - opened < _LONGEST:
        spans.append((opened, len(text)))
    return spans


def _opens(mark: str, text: str, at: int, end: int) -> bool:
    """Whether a mark opens a quotation where none is open."""
    before, behind = text[at - 1 : at] or "\n", text[end : end + 1] or "\n"
    if mark in _ONLY_CLOSE:
        return before in _BEFORE_OPENING and behind.isalnum()
    if mark in ("“", "«"):  # closes „ and »
        return before in _BEFORE_OPENING or behind not in _BEHIND_CLOSING
    return True


def _closes(mark: str, opener: str) -> bool:
    """Whether a mark closes what another one has opened."""
    if opener in _ANGLED:
        return mark in _ANGLED and mark != opener
    if mark in _ANGLED:
        return False
    return mark not in _OPEN or (mark == "“" and opener in _LOW)


def _between_single_marks(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    done = 0
    for match in _OPENING.finditer(text):
        at, start = match.start(), match.end()
        if at < done or _is_letter_of_a_name(text, at, start, match["mark"]):
            continue
        paragraph = text.find("\n", start, start + _LONGEST)
        paragraph = paragraph if paragraph >= 0 else min(len(text), start + _LONGEST)
        end = _closing(text, start, paragraph, _CLOSING[match["mark"]])
        if end is not None and _is_unclosed(text, match, end):
            continue
        if end is None and text[at - 1 : at] in ("", "\n") and _OPENING.match(text, _next_line(text, paragraph)):
            end = paragraph  # the next paragraph goes on with it
        if end is not None:
            spans.append((start, end))
            done = end
    return spans


def _next_line(text: str, at: int) -> int:
    """Where the next line with words begins."""
    while at < len(text) and text[at] == "\n":
        at += 1
    return at


def _is_letter_of_a_name(text: str, at: int, start: int, mark: str) -> bool:
    """ "Sheikh 'Umar": a mark before a capital behind a word that no stop or comma ends."""
    if mark in "‚‹":
        return False
    before = text[max(0, at - 2) : at].strip()
    return text[start].isupper() and before.isalnum()


def _is_unclosed(text: str, match: re.Match[str], end: int) -> bool:
    """Whether the mark at `end` closes another one than that of `match`, which then is a letter: "Sudan's president, 'Umar al-Bashir, said
    'we need peace'". Quotations of one mark stand in no other of the same; a name that is spelt with it ('Ali) is seldom their first word."""
    mark, start = match["mark"], match.end()
    if mark in "‚‹":
        return False
    first = _FIRST_WORD.match(text, start)
    if first and first[0].lower() in word_list("speech_words.csv", "names with a mark"):
        # As a quotation's first word it is one where a clause ends before the closing mark.
        if text[end - 1] not in _END_OF_CLAUSE and text[end + 1 : end + 2] not in (",", ".", ";"):
            return True
    inner = next(
        (
            m
            for m in _OPENING.finditer(text, start, end)
            if m["mark"] == mark and not _is_letter_of_a_name(text, m.start(), m.end(), mark)
        ),
        None,
    )
    return inner is not None


def _closing(text: str, start: int, limit: int, marks: str) -> int | None:
    """Where a single quotation ends: at the first mark that is no apostrophe; one behind an s may be a possessive."""
    possessive = None
    for at in range(start, limit):
        if text[at] not in marks:
            continue
        before, behind = text[at - 1], text[at + 1 : at + 2]
        if behind.isalnum() or before.isspace():
            continue
        if (
            before in _END_OF_CLAUSE
            or before not in _LETTERS_BEFORE_POSSESSIVE
            or behind in ("", "\n", ",", ".", "?", "!", ";", ":")
        ):
            return at
        possessive = possessive or at
    return possessive
