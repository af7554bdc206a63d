"""Marks that programs put at the lines of a text and that are none of it: mail's quotes and line ends, numbers at the margin, double spacing."""

from __future__ import annotations

import re
from itertools import pairwise

_QUOTED = re.compile(r"[ \t]{0,3}(?:>[ \t]?){1,6}")
_NUMBERED = re.compile(r"[ \t]{0,8}(\d{1,4})(?:[ \t]{2,}|\t|[ \t]*$)")
_SOFT_END, _CODED = re.compile(r"=\n"), re.compile(r"(?:=[0-9A-F]{2})+")
_BARE = re.compile(r"=(?!\n|[0-9A-F]{2}|$)|https?://\S*[?&]\w+=(?!3D|\n)")
_FEWEST, _NEARLY_ALL, _FEWEST_SOFT_ENDS = 4, 0.8, 2
_SHORTEST_LINE, _FULL = 25, 0.6


def without_marks(text: str) -> str:
    """A normalised text without such marks, where nearly every line has them; else as it is."""
    return _spaced_once(_unnumbered(_unquoted(_decoded(text))))


def _decoded(text: str) -> str:
    """Quoted-printable, as mail carries it, undone: line ends that are marked as none, bytes as =E2=80=99. Not where another "="
    stands, which would be coded there ("?id=20" of an address, "a=b")."""
    if len(_SOFT_END.findall(text)) < _FEWEST_SOFT_ENDS or _BARE.search(text):
        return text
    return _CODED.sub(_characters, _SOFT_END.sub("", text))


def _characters(found: re.Match[str]) -> str:
    content = bytes.fromhex(found[0].replace("=", ""))
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _unquoted(text: str) -> str:
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    if len(filled) < _FEWEST or sum(_QUOTED.match(line) is not None for line in filled) < _NEARLY_ALL * len(filled):
        return text
    return "\n".join(_QUOTED.sub("", line, count=1) for line in lines)


def _unnumbered(text: str) -> str:
    """Without the numbers of lines; only where they count up by one, as no list of an article does over all of its lines."""
    lines = text.split("\n")
    numbers = [int(m[1]) for line in lines if (m := _NUMBERED.match(line))]
    filled = sum(bool(line.strip()) for line in lines)
    if len(numbers) < _FEWEST or len(numbers) < _NEARLY_ALL * filled:
        return text
    if sum(b == a + 1 for a, b in pairwise(numbers)) < _NEARLY_ALL * (len(numbers) - 1):
        return text
    return "\n".join(_NUMBERED.sub("", line, count=1) for line in lines)


def _spaced_once(text: str) -> str:
    """Without the blank line behind every line of a double-spaced text; two or more stay one, between its paragraphs."""
    lines = text.split("\n")
    filled = [n for n, line in enumerate(lines) if line.strip()]
    beside = [(a, b) for a, b in pairwise(filled)]
    if len(filled) < _FEWEST or any(b == a + 1 for a, b in beside):
        return text
    near = [(lines[a].strip(), lines[b].strip()) for a, b in beside if b == a + 2]
    runs_on = sum(len(a) >= _SHORTEST_LINE and b[0].islower() and (a[-1].isalnum() or a[-1] in ",;-") for a, b in near)
    if not near or runs_on < len(near) / 2 or len(near) == len(beside):
        return text
    width = max(len(a) for a, _ in near)
    found = [lines[filled[0]]]
    for a, b in beside:
        ends = len(lines[a].strip()) < _FULL * width and lines[b].strip()[0].isupper()  # a title
        found += [lines[b]] if b == a + 2 and not ends else ["", lines[b]]
    return "\n".join(found)
