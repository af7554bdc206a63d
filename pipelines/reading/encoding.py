"""Bytes to text: byte-order mark, strict UTF-8, a declared encoding, Windows-1252, in this order of trust."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_HEAD = 4096


class BinaryContent(ValueError):
    """The bytes are no text in any encoding that news comes in."""


def decode(content: bytes) -> str:
    """Text of a file's bytes. Raises BinaryContent where they look like no text.

    Windows-1252 takes any byte (the five it leaves open become U+FFFD), so it comes last; a file with NULs in
    its head and no mark is refused rather than guessed at.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if b"\x00" in content[:_HEAD]:
        raise BinaryContent("NUL bytes near the start: a binary file, or UTF-16 without a mark.")
    try:
        return content.decode("utf8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(content[:_HEAD])
    if declared:
        try:
            return content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return content.decode("cp1252", "replace")
