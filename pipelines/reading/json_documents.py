"""JSON files: one article, an array of them, or a wrapper of a feed or an interface around them."""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import Iterator
from typing import IO, Any

import ijson
import numpy as np

from pipelines.reading import jsonl
from pipelines.reading.dates import order_in
from pipelines.reading.encoding import BinaryContent, decode
from pipelines.reading.objects import articles_in, to_record
from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.reading.streams import Rejoined, Watched, buffered

# One JSON value that is no array is held in memory whole.
LARGEST_VALUE = 50_000_000
# An array below it is held in memory whole; others are read an item at a time.
_SMALL = 20_000_000
_MOST_OPEN = 1000


def read(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    """Records of a JSON file. An array is read an item at a time; a file of a value a line is JSON Lines by another name."""
    head = _skip_space(stream)
    if head == b"[":
        yield from _array(buffered(Rejoined(head, stream)), source_path)
        return
    first = head + stream.readline(LARGEST_VALUE)
    second = stream.read(1)
    if second and first.rstrip().endswith(b"}") and _is_json(first):
        yield from jsonl.read(buffered(Rejoined(first + second, stream)), source_path)
        return
    content = first + second + stream.read(LARGEST_VALUE + 1 - len(first))
    if len(content) > LARGEST_VALUE:
        detail = f"A JSON value of more than {LARGEST_VALUE:,} bytes that is no array. Give it as JSON Lines, one record a line."
        yield Rejected(source_path, None, "read", Reason.TOO_LARGE, detail)
        return
    row = jsonl.load(content, source_path, 0)
    if isinstance(row, Rejected):
        several = row.reason == Reason.BAD_JSON and "Extra data" in row.detail
        yield from read_values(io.BytesIO(content), source_path) if several else [row]
        return
    yield from _records(row, source_path, itertools.count(), order_in(content.decode("utf8", "replace")))


def read_values(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    """Records of JSON values that follow each other, each over as many lines as it likes."""
    numbers = itertools.count()
    watched = buffered(Watched(stream, _Depth().look))
    yield from _items(
        ijson.items(watched, "", use_float=True, map_type=_Object, multiple_values=True), source_path, numbers
    )


def _array(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    numbers = itertools.count()
    content = stream.read(_SMALL + 1)
    if len(content) <= _SMALL:
        try:  # what Python writes for missing numbers (NaN) is no JSON, and ijson stops at it
            value = json.loads(decode(content), object_pairs_hook=_noting, parse_constant=lambda _: None)
        except (ValueError, RecursionError, BinaryContent):
            value = None
        if isinstance(value, list):
            order = order_in(content.decode("utf8", "replace"))
            yield from (found for row in value for found in _records(row, source_path, numbers, order))
            return
    watched = buffered(Watched(buffered(Rejoined(content, stream)), _Depth().look))
    yield from _items(ijson.items(watched, "item", use_float=True, map_type=_Object), source_path, numbers)


def _items(items: Iterator[Any], source_path: str, numbers: Iterator[int]) -> Iterator[RawRecord | Rejected]:
    try:
        for row in items:
            yield from _records(row, source_path, numbers)
    except ijson.IncompleteJSONError as error:
        detail = f"The JSON ends in the middle or breaks off: {str(error)[:200]}. Fetch the file again."
        yield Rejected(source_path, next(numbers), "read", Reason.TRUNCATED, detail)
    except (_NestedError, RecursionError):
        yield Rejected(source_path, next(numbers), "read", Reason.NESTING, "Nested too deeply to be news.")
    except (ijson.JSONError, UnicodeDecodeError, ValueError) as error:
        yield Rejected(
            source_path, next(numbers), "read", Reason.BAD_JSON, f"Not JSON from here on: {str(error)[:200]}."
        )


def _noting(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object()
    for key, value in pairs:
        found[key] = value
    return found


def _records(
    row: Any, source_path: str, numbers: Iterator[int], day_first: bool | None = None
) -> Iterator[RawRecord | Rejected]:
    for article in articles_in(row):
        index = next(numbers)
        if isinstance(article, _Object) and article.twice is not None:
            yield jsonl.key_twice(article.twice, source_path, index)
        elif isinstance(article, dict):
            yield to_record(article, source_path, index, day_first)
        else:
            detail = f"A record is an object with a text; this is a {type(article).__name__}."
            yield Rejected(source_path, index, "read", Reason.NOT_AN_OBJECT, detail)


def _skip_space(stream: IO[bytes]) -> bytes:
    while byte := stream.read(1):
        if byte not in b" \t\r\n\xef\xbb\xbf":
            return byte
    return b""


def _is_json(line: bytes) -> bool:
    try:
        return isinstance(json.loads(decode(line)), dict)
    except (ValueError, RecursionError, BinaryContent):
        return False


class _NestedError(ValueError):
    pass


class _Depth:
    """Counts brackets that open and do not close: the parser's time grows with the square of their depth."""

    def __init__(self) -> None:
        self._open = 0

    def look(self, data: bytes) -> None:
        opening = data.count(b"[") + data.count(b"{")
        if self._open + opening > _MOST_OPEN:  # else no place in it is so deep
            codes = np.frombuffer(data, np.uint8)
            steps = np.isin(codes, (91, 123)).astype(np.int32) - np.isin(codes, (93, 125))
            if self._open + int(steps.cumsum().max()) > _MOST_OPEN:
                raise _NestedError
        self._open += opening - data.count(b"]") - data.count(b"}")


class _Object(dict[str, Any]):
    """An object that notes a key that it is given twice."""

    twice: str | None = None

    def __setitem__(self, key: str, value: Any) -> None:
        if key in self:
            self.twice = key
        super().__setitem__(key, value)
