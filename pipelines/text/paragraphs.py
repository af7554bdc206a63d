"""Characters and lines put right: what is invisible goes, hard-wrapped lines become paragraphs."""

from __future__ import annotations

import html
import re
import unicodedata
from itertools import pairwise

_LINE_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x1c-\x1e\x85]")
_SPACES = re.compile(r"[ \t\x1f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# Control characters, zero-width marks, soft hyphens, bidirectional controls, byte-order marks. The replacement
# character stays: it shows where bytes were lost.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
# Entities that survived an export, however often they were escaped; `&#3;` is the end-of-text mark of old wires.
_ENTITY_REST = re.compile(r"&(?:amp;|#38;){0,4}([A-Za-z]{2,8}\d{0,2}|#\d{1,6}|#[xX][0-9A-Fa-f]{1,5});")

# Wires and the Congressional Record wrapped at 60 to 80 columns; longer lines are whole paragraphs.
_LONGEST_WRAPPED = 110
_SHORTEST_WRAPPED = 25
# A wrapped line may fall short of the longest by this much beside the word that did not fit.
_SLACK = 14
# Lines enough to tell a column by; the share of lines that end no sentence, those of them that are full and that a small letter follows;
# the share of lines that a blank one follows where each stands apart.
_FEWEST_APART, _SHARE_INSIDE, _SHARE_FULL, _SHARE_RUNNING_ON, _APART = 4, 0.35, 0.9, 0.5, 0.9
_OPEN = re.compile(r"[^\W_]|[,;\-)\]>%$'’]")
_SENTENCE_END = re.compile(r"[.!?:][\"'”’)\]]{0,3}$")
_INITIAL = re.compile(r"[ .][A-Z]\.$")
_HYPHENATED = re.compile(r"([^\W\d_]{2,30})-$")
_PAGE_MARK = re.compile(r"[-–—] ?\d{1,4} ?[-–—]|page \d{1,4}(?: of \d{1,4})?", re.IGNORECASE)
_FIRST_WORD = re.compile(r"[^\W\d_]{1,30}")


def normalize(text: str) -> str:
    """NFC, line feeds alone as line breaks, no invisible characters, no leftover entities."""
    text = _INVISIBLE.sub("", _LINE_BREAKS.sub("\n", text))
    if "&" in text:
        text = _ENTITY_REST.sub(_character, text)
    return unicodedata.normalize("NFC", text)


def _character(found: re.Match[str]) -> str:
    """The character that an entity names; what names none stays."""
    character = html.unescape(f"&{found[1]};")
    if character == f"&{found[1]};":
        return found[0]
    return " " if not character.isprintable() and not character.isspace() else character


def mended_in(text: str) -> list[str]:
    """What `normalize` changes in a text, by name."""
    found = []
    if _LINE_BREAKS.search(text):
        found.append("line breaks")
    if _INVISIBLE.search(text):
        found.append("invisible characters")
    if "&" in text and any(_character(m) != m[0] for m in _ENTITY_REST.finditer(text)):
        found.append("entities")
    return found


def joined_in(text: str, blocks: list[str]) -> list[str]:
    """What `paragraphs` joined to make these blocks of a normalised text, by name."""
    lines = sum(1 for line in text.split("\n") if _fold(line))
    if lines <= len(blocks):
        return []
    # a word mended loses its hyphen, which nothing else does
    hyphens = text.count("-") > sum(block.count("-") for block in blocks)
    return ["wrapped lines", "hyphens"] if hyphens else ["wrapped lines"]


def paragraphs(text: str, may_be_wrapped: bool = True) -> list[str]:
    """Paragraphs of a normalised text, white space folded, wrapped lines joined.

    `may_be_wrapped` is False where lines are known to be paragraphs (text taken out of a page).
    """
    lines = text.split("\n")
    if not may_be_wrapped:
        return [p for line in lines if (p := _fold(line))]
    lines = _single_spaced(lines)
    return _joined(lines, _is_wrapped(lines), text)


def _single_spaced(lines: list[str]) -> list[str]:
    """Lines of a typescript that stand apart by a blank line each, closed up where a column wrapped them; two blank lines part paragraphs."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    apart = sum(b - a > 1 for a, b in pairwise(filled))
    if apart < _FEWEST_APART or apart < _APART * (len(filled) - 1):
        return lines
    told = [lines[n] for n in filled]
    if not _fills_column(list(pairwise(line.strip() for line in told))):
        return lines
    found: list[str] = []
    for before, n in zip([None, *filled], filled, strict=False):
        if before is not None and n - before > 2:
            found.append("")
        found.append(lines[n])
    return found


def _fills_column(pairs: list[tuple[str, str]]) -> bool:
    """Whether lines that end no sentence are many, run on, and nearly all end only where the next word had no room."""
    width = max((len(line) for line, _ in pairs), default=0)
    inside = [(line, following) for line, following in pairs if not _ends_sentence(line)]
    if len(inside) < max(_FEWEST_APART, _SHARE_INSIDE * len(pairs)) or width > _LONGEST_WRAPPED:
        return False
    full = sum(len(line) + 1 + len(following.split(None, 1)[0]) > width for line, following in inside)
    runs_on = sum(_runs_on(line, following) for line, following in inside)
    return full >= _SHARE_FULL * len(inside) and runs_on >= _SHARE_RUNNING_ON * len(inside)


def _fold(line: str) -> str:
    return _SPACES.sub(" ", line).strip(" ")


def _indent(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip(" \u00a0"))


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines end where the column ended: the next word did not fit, and sentences run on over line ends."""
    pairs = [
        (line.rstrip(), following.lstrip())
        for line, following in pairwise(lines)
        if len(line) <= _LONGEST_WRAPPED
        and line.strip()
        and following.strip()
        # An indented line begins a paragraph: its pair tells nothing.
        and _indent(following) < _indent(line) + 2
    ]
    if not pairs or 10 * sum(1 for line in lines if len(line) > _LONGEST_WRAPPED) > len(pairs):
        return False
    width = max(len(line) for line, _ in pairs)
    if width < 2 * _SHORTEST_WRAPPED and _fills_column(
        pairs
    ):  # a column so narrow that one word more or less tells nothing
        return True
    # The first line is often short: a dateline was cut from it.
    full = 1 + sum(1 for line, f in pairs[1:] if len(line) + len(f.split(None, 1)[0]) + 1 + _SLACK > width)
    runs_on = sum(1 for line, f in pairs if len(line) >= _SHORTEST_WRAPPED and _runs_on(line, f))
    open_ended = sum(1 for line, _ in pairs if not _ends_sentence(line))
    if len(pairs) < 3:
        return runs_on > 0 or (full == open_ended == len(pairs) and all(x.isupper() and f.isupper() for x, f in pairs))
    if runs_on >= 0.3 * len(pairs) and full >= 0.4 * len(pairs):
        return True
    # Text in capitals alone shows no small letters that run on.
    return full >= 0.65 * len(pairs) and open_ended >= 0.5 * len(pairs) and width >= 2 * _SHORTEST_WRAPPED


def _runs_on(line: str, following: str) -> bool:
    """Whether a sentence goes on from one line to the next: no end there, a small letter here."""
    return len(line) <= _LONGEST_WRAPPED and following[:1].islower() and bool(_OPEN.search(line[-1:]))


def _ends_sentence(line: str) -> bool:
    return bool(_SENTENCE_END.search(line[-5:])) and not _INITIAL.search(line[-3:])


def _joined(lines: list[str], wrapped: bool, text: str) -> list[str]:
    found: list[list[str]] = []
    words: frozenset[str] | None = None
    last = ""
    margin = min((_indent(x) for x in lines if x.strip()), default=0) if wrapped else 0
    width = max((len(x.rstrip()) for x in lines if len(x) <= _LONGEST_WRAPPED), default=0)
    # Where paragraphs are indented, the end of a sentence at a line's end begins none.
    indents = any(_indent(x) >= margin + 2 for x in lines if x.strip())
    gap = False
    marks: list[str] = []
    for line in lines:
        folded = _fold(line)
        if not folded:
            gap = True
            continue
        if wrapped and found and _PAGE_MARK.fullmatch(folded):  # between two pages: the paragraph may go on behind it
            marks.append(folded)
            gap = True
            continue
        if not found:
            goes_on = False
        elif gap:
            # A page break in mid-sentence: only a small letter after an open line tells of it.
            goes_on = wrapped and _runs_on(last, folded)
        elif wrapped:
            room = len(last) + 1 + len(folded.split(" ", 1)[0]) <= width
            goes_on = _indent(line) < margin + 2 and (indents or not (room and _ends_sentence(last)))
            goes_on = goes_on or _runs_on(last, folded)
        else:
            goes_on = len(last) >= _SHORTEST_WRAPPED and _runs_on(last, folded)
        if not goes_on:
            found += [[mark] for mark in marks]
            marks = []
            found.append([folded])
        else:
            pieces = found[-1]
            if pieces[-1].endswith("-"):
                words = words or frozenset(text.split())
                pieces[-1] = _mended(pieces[-1], folded, words)
            else:
                pieces.append(" ")
            pieces.append(folded)
        last, gap = line.rstrip(), False
    found += [[mark] for mark in marks]
    return ["".join(pieces) for pieces in found]


def _mended(before: str, after: str, words: frozenset[str]) -> str:
    """A line that ends in a hyphen, ready for the next one to be put behind it.

    The hyphen stays ("five-/year") unless the text has the word without it elsewhere; a dash gets its space.
    """
    broken, first = _HYPHENATED.search(before[-32:]), _FIRST_WORD.match(after)
    if broken and first:
        mends = f"{broken[1]}-{first[0]}" not in words and broken[1] + first[0] in words
        return before[:-1] if mends else before
    return before if before[-2:-1].isalnum() and after[:1].isalnum() else f"{before} "
