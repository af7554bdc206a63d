"""Files of word processors as plain text: RTF and DOCX, in which Nexis Uni and Factiva hand out articles. Each paragraph is a line.

What becomes of the text is the business of `single`: one article, or the several of an export.
"""

from __future__ import annotations

import codecs
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from lxml import etree

from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.reading.single import LARGEST_DOCUMENT, articles_of_text

_RTF = b"{\\rtf"
_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z'])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+"
)
# Groups that hold no words of the text.
_UNSEEN = frozenset([
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "object",
    "listtable", "listoverridetable", "rsidtbl", "themedata", "datastore", "latentstyles", "xmlnstbl", "generator", "filetbl", "nonshppict", "fldinst",
])  # fmt: skip
_MEANT = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "cell": "\t", "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
}  # fmt: skip
_SIGNS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n"}
_MOST_GROUPS = 100_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"


def read(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    """Articles of an RTF or DOCX file. Needs a stream that can seek."""
    try:
        text = _text(stream)
    except (ValueError, zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, zlib.error, NotImplementedError, RuntimeError) as error:  # fmt: skip
        detail = f"The file cannot be read as RTF or DOCX ({str(error)[:200]}): save it as plain text (.txt) and put that here."
        yield Rejected(source_path, None, "read", Reason.UNSUPPORTED, detail)
        return
    if not text.strip():
        yield Rejected(source_path, None, "read", Reason.EMPTY, "The file holds no words.")
        return
    yield from articles_of_text(text, source_path)


def _text(stream: IO[bytes]) -> str:
    start = stream.read(len(_RTF))
    stream.seek(0)
    if start != _RTF:
        return _of_docx(stream)
    content = stream.read(LARGEST_DOCUMENT + 1)
    if len(content) > LARGEST_DOCUMENT:
        raise ValueError(f"more than {LARGEST_DOCUMENT:,} bytes")
    return _of_rtf(content.decode("latin-1"))


def _of_rtf(content: str) -> str:
    """Words of RTF: control words that mean characters written as these, groups that nobody sees left out."""
    pieces: list[str] = []
    groups: list[tuple[bool, int]] = []  # whether the group around is unseen, and how many characters stand in for one
    unseen, stand_in, skip, page = False, 1, 0, "cp1252"
    for token in _TOKEN.finditer(content):
        kind = token.lastgroup
        if brace := token["brace"]:
            skip = 0
            if brace == "{":
                if len(groups) >= _MOST_GROUPS:
                    raise ValueError("groups nested without end")
                groups.append((unseen, stand_in))
            elif groups:
                unseen, stand_in = groups.pop()
        elif word := token["word"]:
            number = int(token["number"] or 0)
            if word == "ansicpg":
                page = _page(number)
            elif word in _UNSEEN:
                unseen = True
            elif word == "uc":
                stand_in = number
            elif word == "u" and not unseen:
                pieces.append(_character(number))
                skip = stand_in
            elif word in _MEANT and not unseen:
                pieces.append(_MEANT[word])
        elif kind == "sign" and token["sign"] == "*":
            unseen = True
        elif skip and (kind in ("byte", "text")):
            words = token["text"] or "?"
            taken = min(skip, len(words))
            skip -= taken
            if kind == "text" and not unseen:
                pieces.append(words[taken:])
        elif unseen or kind is None:
            continue
        elif kind == "byte":
            pieces.append(bytes.fromhex(token["byte"]).decode(page, "replace"))
        elif kind == "text":
            pieces.append(token["text"].encode("latin-1").decode(page, "replace"))
        else:
            pieces.append(_SIGNS.get(token["sign"], ""))
    # characters beyond the basic plane are written as two halves
    return "".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(number: int) -> str:
    return chr(number % 65_536)


def _page(number: int) -> str:
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "cp1252"


def _of_docx(stream: IO[bytes]) -> str:
    """Words of a DOCX file, a paragraph a line. Raises ValueError where it is none or unpacks beyond measure."""
    with zipfile.ZipFile(stream) as archive:
        if _BODY not in archive.namelist():
            raise ValueError(f"there is no {_BODY} in it")
        with archive.open(_BODY) as member:
            content = member.read(LARGEST_DOCUMENT * 5 + 1)
    if len(content) > LARGEST_DOCUMENT * 5:
        raise ValueError(f"it unpacks to more than {LARGEST_DOCUMENT * 5:,} bytes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    lines: list[str] = []
    for paragraph in etree.fromstring(content, parser).iter(f"{_W}p"):
        pieces: list[str] = []
        for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"):
            if (
                next(element.iterancestors(f"{_W}p")) is not paragraph
            ):  # of a box in it, which is a paragraph of its own
                continue
            pieces.append(
                (element.text or "") if element.tag == f"{_W}t" else "\t" if element.tag == f"{_W}tab" else "\n"
            )
        lines.append("".join(pieces))
    return "\n".join(lines)
