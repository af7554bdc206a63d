"""Digests of mailing lists in one text: messages below their fields, parted by drawn lines, closed by "End of … Digest".

Sources: RFC 1153 (the form of digests) and how Mailman 2 prints its own, with "Message: 1" above the fields and the list's footer below.
"""

from __future__ import annotations

import re

from pipelines.reading.export_headers import Exported, body_of, keep, labelled

MESSAGE = re.compile(r"Message: \d{1,5}$")
# The line that closes a digest, and the stars below it.
_TRAILER = re.compile(
    r"^[ \t]*End of (?:[^\n]{1,80}[ \t])?Digest\b[^\n]{0,60}(?:\n[ \t]*[*=_-]{3,}[ \t]*$)?",
    re.MULTILINE | re.IGNORECASE,
)
_FIELD = re.compile(r"(?:Message|Date|From|Subject|To|Cc|Reply-To|Message-ID|Content-Type|MIME-Version|Sender): ?\S")
_DRAWN = re.compile(r"[ \t]*[-_=]{10,}[ \t]*$")
_SENDER = re.compile(r"From: *\"?(?P<name>[^\"<@\n]{3,60}?)\"? *<")
_FEWEST_FIELDS = 2
_PARTING = "-" * 30  # between messages, by RFC 1153


def digests(text: str) -> list[Exported] | None:
    """The messages of one digest or several that follow each other; None where no line closes one, or nothing in it is a message.

    What stands above the first message of a digest and below its last is kept with that message, and no body.
    """
    trailers = list(_TRAILER.finditer(text))
    if not trailers:
        return None
    found: list[Exported] = []
    start = 0
    for trailer in trailers:
        messages = _messages(text[start : trailer.start()].split("\n"))
        if not messages:
            return None
        keep(messages[-1], [], [trailer[0]])
        found += messages
        start = trailer.end()
    rest = text[start:].split("\n")
    behind = _messages(rest)  # of a digest that was cut off
    if not behind and any(line.strip() for line in rest):
        found[-1].body += f"\n\n{body_of(rest)}"
    return [*found, *behind]


def _messages(lines: list[str]) -> list[Exported]:
    """The messages of one digest, without the line that closes it."""
    starts = [n for n in range(len(lines)) if _begins(lines, n)]
    found: list[Exported] = []
    parting = _PARTING
    for start, end in zip(starts, [*starts[1:], len(lines)][: len(starts)], strict=True):
        header_ends = after_header(lines, start)
        drawn = [n for n in range(header_ends, end) if _DRAWN.match(lines[n])]
        if end < len(lines):
            body_ends = drawn[-1] if drawn else end
            parting = lines[body_ends].strip() if drawn else parting
        else:  # below the last line that parts messages stands the list's footer
            body_ends = next((n for n in reversed(drawn) if lines[n].strip() == parting), end)
        fields = [of_digest(line.strip()) for line in lines[start:header_ends]]
        message = labelled("\n".join([*fields, "", *lines[header_ends:body_ends]]))
        message.cut.clear()
        cover = lines[: starts[0]] if start == starts[0] else []
        keep(message, [*cover, *lines[start:header_ends]], lines[body_ends:end])
        if message.body:
            found.append(message)
    return found


def _begins(lines: list[str], n: int) -> bool:
    """Whether a message begins at a line: fields of mail in a block of their own, a subject or a sender among them."""
    if not _FIELD.match(lines[n]) or (n > 0 and lines[n - 1].strip() and not _DRAWN.match(lines[n - 1])):
        return False
    block = lines[n : after_header(lines, n)]
    fields = [line for line in block if _FIELD.match(line)]
    # a field may go on in an indented line
    whole = all(_FIELD.match(line) or line[:1].isspace() for line in block)
    return whole and len(fields) >= _FEWEST_FIELDS and any(line.startswith(("Subject:", "From:")) for line in fields)


def after_header(lines: list[str], start: int) -> int:
    """The place behind the fields of a message: the first empty line below them."""
    first = next((n for n in range(start, len(lines)) if lines[n].strip()), start)
    return next((n for n in range(first, len(lines)) if not lines[n].strip()), len(lines))


def of_digest(line: str) -> str:
    """A field of a message under the name that articles have for it; its number and addressee tell nothing."""
    if line.startswith("Subject:"):
        return "Title:" + re.sub(r"^ *(?:Re: *|\[[^\]]{1,30}\] *)*", " ", line[8:])
    if sender := _SENDER.match(line):
        return f"Author: {sender['name']}"
    return (
        "" if re.match(r"(?:Message|To|Cc|Message-ID|Content-Type|Reply-To|From|MIME-Version|Sender):", line) else line
    )
