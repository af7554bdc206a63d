"""Records of JSON values as a stream gives them: the items of an array, or values that follow each other."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import IO, Any

import ijson
import numpy as np

from pipelines.reading.dates import order_in
from pipelines.reading.encoding import BinaryContent, decode
from pipelines.reading.json_values import key_twice
from pipelines.reading.objects import articles_in, to_record
from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.reading.streams import Rejoined, Watched, buffered

# An array below it is held in memory whole; others are read an item at a time.
_SMALL = 20_000_000


_MOST_OPEN = 1000


def read_values(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    """Records of JSON values that follow each other, each over as many lines as it likes."""
    numbers = itertools.count()
    watched = buffered(Watched(stream, _Depth().look))
    yield from _items(
        ijson.items(watched, "", use_float=True, map_type=_Object, multiple_values=True), source_path, numbers
    )


def read_array(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    """Records of a JSON array, read an item at a time where it is large."""
    numbers = itertools.count()
    content = stream.read(_SMALL + 1)
    if len(content) <= _SMALL:
        try:  # what Python writes for missing numbers (NaN) is no JSON, and ijson stops at it
            value = json.loads(decode(content), object_pairs_hook=_noting, parse_constant=lambda _: None)
        except (ValueError, RecursionError, BinaryContent):
            value = None
        if isinstance(value, list):
            order = order_in(content.decode("utf8", "replace"))
            yield from (found for row in value for found in records_in(row, source_path, numbers, order))
            return
    watched = buffered(Watched(buffered(Rejoined(content, stream)), _Depth().look))
    yield from _items(ijson.items(watched, "item", use_float=True, map_type=_Object), source_path, numbers)


def _items(items: Iterator[Any], source_path: str, numbers: Iterator[int]) -> Iterator[RawRecord | Rejected]:
    try:
        for row in items:
            yield from records_in(row, source_path, numbers)
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


def records_in(
    row: Any, source_path: str, numbers: Iterator[int], day_first: bool | None = None
) -> Iterator[RawRecord | Rejected]:
    """Records of the articles that a value holds, however they are wrapped."""
    for article in articles_in(row):
        index = next(numbers)
        if isinstance(article, _Object) and article.twice is not None:
            yield key_twice(article.twice, source_path, index)
        elif isinstance(article, dict):
            yield to_record(article, source_path, index, day_first)
        else:
            detail = f"A record is an object with a text; this is a {type(article).__name__}."
            yield Rejected(source_path, index, "read", Reason.NOT_AN_OBJECT, detail)


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
