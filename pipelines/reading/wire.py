"""Wire messages of the telex age: IPTC 7901 and ANPA 1312, told by their control characters.

SOH opens the header, STX the text, ETX ends it. In ANPA the first lines, each behind "^" or "<", are slug, headline and byline;
in IPTC 7901 the headline ends in "=".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from pipelines.reading.encoding import decode
from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.reading.single import LARGEST_DOCUMENT, stem

_MESSAGE = re.compile(rb"\x01(?P<header>[^\x02]{0,2000})\x02(?P<text>[^\x03\x04]{0,20000000})")
_BYLINE = re.compile(r"By\s+(.{3,80})$", re.IGNORECASE)
_HEADLINE_LINES = 4
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    """Messages of a wire file. It is short: a message is a few thousand bytes."""
    content = stream.read(LARGEST_DOCUMENT + 1)
    if len(content) > LARGEST_DOCUMENT:
        detail = f"More than {LARGEST_DOCUMENT:,} bytes of wire messages. Split the file."
        yield Rejected(source_path, None, "read", Reason.TOO_LARGE, detail)
        return
    found = list(_MESSAGE.finditer(content))
    if not found:
        detail = "The message has no text between STX and ETX. Is it cut off?"
        yield Rejected(source_path, None, "read", Reason.TRUNCATED, detail)
    for index, message in enumerate(found):
        text = decode(message["text"].replace(b"\x00", b"")).replace("\r\n", "\n").replace("\r", "\n")
        title, author, body = _anpa(text) if "^" in text[:400] else _iptc(text)
        body = _CONTROL.sub("", body).strip()
        if not body:
            yield Rejected(source_path, index, "read", Reason.EMPTY, "The message's text is empty.")
            continue
        name = stem(source_path)
        yield RawRecord(
            source_path=source_path,
            record_index=index,
            external_id=name if len(found) == 1 else f"{name}-{index}",
            title=title,
            author=author,
            content=body,
            content_type="text",
        )


def _anpa(text: str) -> tuple[str | None, str | None, str]:
    lines = text.split("\n")
    head: list[str] = []
    while lines and (lines[0].startswith("^") or not lines[0].strip()):
        line = _CONTROL.sub("", lines.pop(0)).strip().lstrip("^").rstrip("<= ").strip()
        if line:
            head.append(line)
    title = head[1] if len(head) > 1 else head[0] if head else None
    byline = next((m for line in head if (m := _BYLINE.match(line))), None)
    # A paragraph begins with a tab; "^" marks what is set on a line of its own.
    body = "\n".join(
        ("\n" + line.strip()) if line.startswith(("\t", "   ")) else line.lstrip("^").rstrip("<") for line in lines
    )
    return title, byline[1] if byline else None, body


def _iptc(text: str) -> tuple[str | None, str | None, str]:
    lines = text.lstrip("\n").split("\n")
    for i, line in enumerate(lines[:_HEADLINE_LINES]):
        if line.rstrip().endswith("="):
            title = " ".join(" ".join(lines[: i + 1]).rstrip(" =").split())
            return title or None, None, "\n".join(lines[i + 1 :])
    return None, None, text
