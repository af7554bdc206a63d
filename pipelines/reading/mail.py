"""Newsletters as mail: one message (eml) or a mailbox of them (mbox)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import MIMEPart
from email.utils import parseaddr
from typing import IO

from pipelines.reading.dates import to_date
from pipelines.reading.encoding import BinaryContent, decode
from pipelines.reading.records import RawRecord, Reason, Rejected

LARGEST_MESSAGE = 30_000_000


def read_message(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    """The article of one message."""
    content = stream.read(LARGEST_MESSAGE + 1)
    yield _record(content, source_path, 0)


def read_mailbox(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    """The articles of a mailbox, a message in memory at a time."""
    lines: list[bytes] = []
    size = index = 0
    begins = True  # a message begins with "From " behind an empty line
    while line := stream.readline(LARGEST_MESSAGE):
        if begins and line.startswith(b"From ") and lines:
            yield _record(b"".join(lines), source_path, index)
            lines, size, index = [], 0, index + 1
        if not (line.startswith(b"From ") and not lines):
            size += len(line)
            if size <= LARGEST_MESSAGE + 1:
                lines.append(line[1:] if line.startswith(b">From ") else line)
        begins = line in (b"\n", b"\r\n")
    if lines:
        yield _record(b"".join(lines), source_path, index)


def _record(content: bytes, source_path: str, index: int) -> RawRecord | Rejected:
    def rejected(reason: Reason, detail: str) -> Rejected:
        return Rejected(source_path, index, "read", reason, detail)

    if len(content) > LARGEST_MESSAGE:
        return rejected(
            Reason.TOO_LARGE, f"A message of more than {LARGEST_MESSAGE:,} bytes. Take its attachments out."
        )
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        part = message.get_body(("plain", "html"))
        if part is None:
            return rejected(Reason.MISSING_TEXT, "The message has no part that is text or HTML.")
        kind = "html" if part.get_content_subtype() == "html" else "text"
        text = _text_of(part)
        subject, sender, day = (str(message.get(n) or "") for n in ("Subject", "From", "Date"))
        identifier = str(message.get("Message-ID") or "").strip().strip("<>") or None
    except BinaryContent as error:
        return rejected(Reason.BINARY, str(error))
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        return rejected(Reason.BAD_MAIL, f"The message is not as mail is written: {str(error)[:200]}.")
    if not text.strip():
        return rejected(Reason.EMPTY, "The message has an empty body.")
    name, address = parseaddr(sender)
    published = to_date(day)
    return RawRecord(
        source_path=source_path,
        record_index=index,
        external_id=identifier,
        title=subject.strip() or None,
        published_on=published,
        published_on_basis="metadata" if published else None,
        publisher=name or address or None,
        content=text,
        content_type=kind,
    )


def _text_of(part: MIMEPart) -> str:
    """Text of a part: in the charset that it names where that fits, else by looking at the bytes."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return str(payload)
    charset = part.get_content_charset()
    if charset:
        try:
            return payload.decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(payload)
