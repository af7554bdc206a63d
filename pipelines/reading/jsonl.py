"""JSON Lines: a record a line; a bad line is quarantined alone."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import IO

from pipelines.reading.dates import order_in
from pipelines.reading.json_stream import read_values
from pipelines.reading.json_values import RECORD_SEPARATOR, load
from pipelines.reading.objects import articles_in, to_record
from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.reading.streams import Rejoined, buffered

# The longest line read: a year of a daily paper in one record is below it, a runaway file is not.
LONGEST_LINE = 50_000_000
_SAMPLE = 1 << 16  # of a file, whose days show in which order they are written


_BULK = re.compile(
    rb'\s*\{\s*"(?:index|create|update|delete)"\s*:\s*\{(?:\s*"_?(?:index|id|type|routing|version)"\s*:\s*(?:"[^"]*"|\d+)\s*,?)*\s*\}\s*\}\s*$'
)


def read(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    """Records of a JSON Lines stream, one line in memory at a time. One that is written over many lines is read as JSON."""
    numbers = itertools.count()
    seen = False
    head = stream.read(_SAMPLE)
    day_first = order_in(head.decode("utf8", "replace"))
    stream = buffered(Rejoined(head, stream))
    while line := stream.readline(LONGEST_LINE):
        if not line.endswith(b"\n") and len(line) == LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_LINE)
            detail = f"A line of more than {LONGEST_LINE:,} bytes. Is it JSON Lines, one record a line?"
            yield Rejected(source_path, next(numbers), "read", Reason.TOO_LARGE, detail)
        elif line.strip():
            if not seen and _goes_on(line):
                yield from read_values(buffered(Rejoined(line, stream)), source_path)
                return
            seen = True
            yield from _records(line, source_path, numbers, day_first)


def _goes_on(line: bytes) -> bool:
    """Whether a first line opens a value that it does not close: JSON laid out over lines, or an array."""
    words = line.strip().removeprefix(b"\xef\xbb\xbf").lstrip(RECORD_SEPARATOR).strip()
    if words in (b"{", b"["):
        return True
    return words.startswith(b"[") and not words.endswith(b"]")


def _records(
    line: bytes, source_path: str, numbers: Iterator[int], day_first: bool | None
) -> Iterator[RawRecord | Rejected]:
    line = line.lstrip(RECORD_SEPARATOR)
    if not line.strip():
        return
    if _BULK.match(line):
        return  # Elasticsearch's line of what to do with the record that follows
    value = load(line, source_path, index := next(numbers))
    if isinstance(value, Rejected):
        yield value
        return
    several = not isinstance(value, list) or any(isinstance(v, dict) for v in value)
    for n, article in enumerate(articles_in(value) if several else [value]):
        at = index if not n else next(numbers)
        if isinstance(article, dict):
            yield to_record(article, source_path, at, day_first)
        else:
            detail = f"A record is an object with a text; this is a {type(article).__name__}."
            yield Rejected(source_path, at, "read", Reason.NOT_AN_OBJECT, detail)
