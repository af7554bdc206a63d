"""Bytes to text: byte-order mark, strict UTF-8, a declared encoding, Windows-1252, in this order of trust."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace

import ftfy
from ftfy.badness import badness

from pipelines.reading.records import RawRecord

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s{0,5}=\s{0,5}["']?([A-Za-z0-9_.:-]{2,40})""",
    re.IGNORECASE,
)
# WHATWG: pages are in the larger set of their label's family (ISO 8859-1 means Windows-1252, which has quotation marks and the euro besides).
_MEANT = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "euc_kr": "cp949", "shift_jis": "cp932", "big5": "big5hkscs",
}  # fmt: skip
_HEAD = 4096
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1f]")
# What UTF-8 read as Windows-1252 or Latin-1 shows, and hardly anything else.
_MANGLED = re.compile("[ÂÃÄÅâã][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u00a0]")


class BinaryContent(ValueError):
    """The bytes are no text in any encoding that news comes in."""


def _is_binary(head: bytes) -> bool:
    """Whether there are more NULs than a fault may leave in a text; those that fill its end up are none."""
    head = head.rstrip(b"\x00")
    return head.count(0) > max(1, len(head) // 1000) or (b"\x00" in head and _CONTROL.search(head) is not None)


def _unmarked(head: bytes) -> str | None:
    """UTF-16 without a mark, as every second byte of a text in Latin letters shows; None where it is none."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < 0.4 * (len(head) // 2) or min(even, odd) > 0.02 * len(head):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def encoding_of(head: bytes) -> str:
    """Name of the encoding that the first bytes of a stream are in, by the same trust. Raises BinaryContent as `decode`."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if len(head) >= 8 and (found := _unmarked(head[:_HEAD])):
        return found
    if _is_binary(head[:_HEAD]):
        raise BinaryContent("NUL bytes near the start: a binary file, or UTF-16 without a mark.")
    try:
        codecs.getincrementaldecoder("utf8")().decode(head)  # a character cut at the end is none of its faults
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def repaired(record: RawRecord) -> RawRecord:
    """A record whose text was decoded wrongly somewhere before us ("cafÃ©") with that undone, where it is sure.

    Sure is what ftfy can reverse without a loss and what leaves the text less odd; everything else stays as it came.
    """
    content, title = _unmangled(record.content), _unmangled(record.title) if record.title else record.title
    if content is record.content and title is record.title:
        return record
    return replace(record, content=content, title=title, repairs=(*record.repairs, "encoding"))


def _unmangled(text: str) -> str:
    if not _MANGLED.search(text):
        return text
    mended = ftfy.fix_encoding(text)
    return mended if "\ufffd" not in mended and badness(mended) < badness(text) else text


def decode(content: bytes) -> str:
    """Text of a file's bytes. Raises BinaryContent where they look like no text.

    Windows-1252 takes any byte (the five it leaves open become U+FFFD), so it comes last; a file with NULs in
    its head and no mark is refused rather than guessed at.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if len(content) >= 8 and (found := _unmarked(content[:_HEAD])):
        return content.decode(found, "replace")
    if _is_binary(content[:_HEAD]):
        raise BinaryContent("NUL bytes near the start: a binary file, or UTF-16 without a mark.")
    try:
        return content.decode("utf8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(content[:_HEAD])
    if declared:
        try:
            name = codecs.lookup(declared[1].decode("ascii")).name
            return content.decode(_MEANT.get(name, name))
        except (LookupError, UnicodeDecodeError):
            pass
    return content.decode("cp1252", "replace")
