"""Characters and lines put right: what is invisible goes, hard-wrapped lines become paragraphs."""

from __future__ import annotations

import re
import unicodedata

_LINE_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
# Control characters, zero-width marks, soft hyphens, bidirectional controls, private use, the replacement mark stays.
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ENTITY_REST = re.compile(r"&#(?:3|38);|&lt;|&gt;|&amp;")
_ENTITIES = {"&#3;": "", "&#38;": "&", "&lt;": "<", "&gt;": ">", "&amp;": "&"}

# Wire services wrapped at 65 to 80 columns; a text whose full lines are in this range was wrapped by machine.
_SHORTEST_WRAPPED, _LONGEST_WRAPPED = 38, 100
_WRAPPED_SHARE = 0.6


def normalize(text: str) -> str:
    """NFC, line feeds alone as line breaks, no invisible characters, no leftover entities."""
    text = unicodedata.normalize("NFC", text)
    text = _LINE_BREAKS.sub("\n", text)
    text = _ENTITY_REST.sub(lambda m: _ENTITIES[m[0]], text)
    return _INVISIBLE.sub("", text)


def paragraphs(text: str) -> list[str]:
    """Paragraphs of a normalised text, white space folded, wrapped lines joined."""
    lines = text.split("\n")
    return _joined(lines) if _is_wrapped(lines) else [p for line in lines if (p := _fold(line))]


def _fold(line: str) -> str:
    return _SPACES.sub(" ", line).strip()


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines end where the column ended and not where the thought did."""
    full = total = 0
    for line, following in zip(lines, lines[1:], strict=False):
        if not line.strip() or not following.strip():
            continue
        if len(line) > _LONGEST_WRAPPED + 20:
            return False
        total += 1
        full += len(line.rstrip()) >= _SHORTEST_WRAPPED and following[:1].strip() != ""
    ends_open = sum(
        1 for line, f in zip(lines, lines[1:], strict=False) if f.strip() and line.strip() and line.rstrip()[-1].isalnum()
    )
    return total >= 2 and full >= _WRAPPED_SHARE * total * 0.7 and ends_open >= 0.35 * total


def _joined(lines: list[str]) -> list[str]:
    found: list[str] = []
    current = ""
    margin = min((len(x) - len(x.lstrip()) for x in lines if x.strip()), default=0)
    for line in lines:
        folded = _fold(line)
        indented = len(line.expandtabs()) - len(line.expandtabs().lstrip()) >= margin + 2
        if not folded or (indented and current):
            if current:
                found.append(current)
            current = folded
        elif current.endswith("-") and not current.endswith("--") and current[-2:-1].isalpha() and folded[0].isalpha():
            current += folded
        else:
            current = f"{current} {folded}" if current else folded
    return [*found, current] if current else found
