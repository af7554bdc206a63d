"""JSON files: one article, an array of them, or a wrapper of a feed or an interface around them."""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import Iterator
from typing import IO

from pipelines.reading import jsonl
from pipelines.reading.dates import order_in
from pipelines.reading.encoding import BinaryContent, decode
from pipelines.reading.json_stream import read_array, read_values, records_in
from pipelines.reading.json_values import RECORD_SEPARATOR, load
from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.reading.streams import Rejoined, buffered

# One JSON value that is no array is held in memory whole.
LARGEST_VALUE = 50_000_000


def read(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    """Records of a JSON file. An array is read an item at a time; a file of a value a line is JSON Lines by another name."""
    head = _skip_space(stream)
    if head == b"[":
        yield from read_array(buffered(Rejoined(head, stream)), source_path)
        return
    first = head + stream.readline(LARGEST_VALUE)
    second = stream.read(1)
    if second and first.rstrip().endswith(b"}") and _is_json(first):
        yield from jsonl.read(buffered(Rejoined(first + second, stream)), source_path)
        return
    # a mark before each value, which no value may hold: space to whatever parses them
    content = (first + second + stream.read(LARGEST_VALUE + 1 - len(first))).replace(RECORD_SEPARATOR, b" ")
    if len(content) > LARGEST_VALUE:
        detail = f"A JSON value of more than {LARGEST_VALUE:,} bytes that is no array. Give it as JSON Lines, one record a line."
        yield Rejected(source_path, None, "read", Reason.TOO_LARGE, detail)
        return
    row = load(content, source_path, 0)
    if isinstance(row, Rejected):
        several = row.reason == Reason.BAD_JSON and "Extra data" in row.detail
        yield from read_values(io.BytesIO(content), source_path) if several else [row]
        return
    yield from records_in(row, source_path, itertools.count(), order_in(content.decode("utf8", "replace")))


def _skip_space(stream: IO[bytes]) -> bytes:
    while byte := stream.read(1):
        if byte not in b" \t\r\n\xef\xbb\xbf" + RECORD_SEPARATOR:
            return byte
    return b""


def _is_json(line: bytes) -> bool:
    try:
        return isinstance(json.loads(decode(line)), dict)
    except (ValueError, RecursionError, BinaryContent):
        return False
