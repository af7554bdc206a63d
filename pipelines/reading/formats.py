"""Which format a file is in: by what it begins with where that says so, else by the ending of its name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from pipelines.reading.encoding import BinaryContent, encoding_of
from pipelines.reading.field_names import FOLDED, folded

# Bytes of a file that are looked at.
HEAD = 4096

# Formats by the ending of a name.
BY_ENDING: dict[str, str] = {
    ".txt": "text", ".text": "text", ".md": "text", ".asc": "text", ".story": "text", ".news": "text", ".te3input": "sgml",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
    ".csv": "csv", ".tsv": "csv", ".parquet": "parquet",
    ".warc": "warc", ".arc": "warc", ".wet": "warc",
    ".xml": "xml", ".rss": "xml", ".atom": "xml", ".nitf": "xml", ".newsml": "xml",
    ".sgm": "sgml", ".sgml": "sgml", ".tml": "sgml",
    ".eml": "mail", ".mbox": "mbox", ".tst": "wire", ".iptc": "wire", ".pdf": "pdf",
    ".rtf": "word", ".docx": "word",
    ".zip": "zip", ".tar": "tar", ".tgz": "tar",
}  # fmt: skip
# Of office programs, and not read.
OF_OFFICES = frozenset([".doc", ".odt", ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".pages", ".wpd"])
# Formats by what a file begins with, the surest first.
_BY_START: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("pdf", re.compile(rb"%PDF-")),
    ("word", re.compile(rb"\{\\rtf\d?")),
    ("parquet", re.compile(rb"PAR1")),
    ("zip", re.compile(rb"PK\x03\x04|PK\x05\x06")),
    ("tar", re.compile(rb"(?s).{257}ustar")),
    ("warc", re.compile(rb"WARC/\d\.\d|filedesc://|alexa/dat")),
    ("wire", re.compile(rb"\x16{0,4}\x01")),
    ("sgml", re.compile(rb"(?is)\s{0,50}(?:<!DOCTYPE lewis|<REUTERS|<DOC>|<DOC\s|(?:<\?xml[^>]{0,200}\?>\s{0,50})?<TimeML)")),
    ("sgml", re.compile(rb"\s{0,50}(?:TST|DEV)\d?-MUC\d-\d{4}")),
    ("xml", re.compile(rb"(?:\xef\xbb\xbf)?\s{0,50}<\?xml(?!.{0,400}<(?:html|!DOCTYPE html))", re.DOTALL | re.IGNORECASE)),
    ("html", re.compile(rb"(?:\xef\xbb\xbf)?\s{0,50}(?:<!DOCTYPE html|<html[\s>])", re.IGNORECASE)),
    ("json", re.compile(rb"(?:\xef\xbb\xbf)?\s{0,50}(?:\[\s{0,50})?\{\s{0,50}\"[\w@$.: -]{1,60}\"\s{0,5}:\s{0,5}[\"\[{\dtfn-]")),
    ("mbox", re.compile(rb"From [^\s:]{1,200} .{0,80}\d\d:\d\d")),
)  # fmt: skip
_MAIL_HEADER = re.compile(
    rb"\s{0,500}(?:Return-Path|Received|Delivered-To|MIME-Version|Message-ID|X-[\w-]{1,40}|From|Date|Subject|To):\s",
    re.IGNORECASE,
)
_HEADERS = re.compile(
    rb"(?im)^[ \t]{0,80}(?:Subject|From|Date|Message-ID|Content-Type|Received|Delivered-To|MIME-Version|Return-Path):\s"
)
# Where the ending says text, only these beginnings say otherwise: articles may quote any other.
_IN_TEXT = frozenset({"pdf", "sgml", "warc", "wire", "xml", "zip", "parquet", "html", "json", "word"})


def format_of(name: str, head: bytes) -> str | None:
    """Format of a file by its name and its first HEAD bytes (decompressed); None where neither tells."""
    ending = PurePosixPath(name.lower()).suffix
    by_ending = BY_ENDING.get(ending)
    if ending in OF_OFFICES:
        return "word" if head.startswith(b"{\\rtf") else None
    if ending == ".docx":  # packed as a zip
        return by_ending
    if by_ending in ("html", "jsonl", "json", "csv", "mail", "mbox"):
        return by_ending
    for found, start in _BY_START:
        if start.match(head):
            if by_ending == "text" and found not in _IN_TEXT:
                continue
            return found
    if by_ending == "text" and _is_table(head):
        return "csv"
    if by_ending in (None, "text") and _MAIL_HEADER.match(head) and len(_HEADERS.findall(head)) >= 3:
        return "mail"
    return by_ending


def _is_table(head: bytes) -> bool:
    """Whether a text begins with the names of columns and nothing else, as Excel's "Unicode text" does: a text's among them."""
    try:
        first = head.decode(encoding_of(head), "replace").lstrip("\ufeff").partition("\n")[0]
    except BinaryContent:
        return False
    for mark in "\t;,|":
        names = [folded(cell.strip(' "\r')) for cell in first.split(mark)]
        if len(names) >= _FEWEST_COLUMNS and set(names) <= _COLUMNS and not _OF_TEXTS.isdisjoint(names):
            return True
    return False


_FEWEST_COLUMNS = 3
_COLUMNS = frozenset(name for names in FOLDED.values() for name in names) | {""}
_OF_TEXTS = frozenset(FOLDED["text"])
