"""JSON Lines: a record a line; a bad line is quarantined alone."""

from __future__ import annotations

import ast
import itertools
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from pipelines.reading.dates import order_in
from pipelines.reading.encoding import BinaryContent, decode
from pipelines.reading.objects import articles_in, to_record
from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.reading.streams import Rejoined, buffered

# The longest line read: a year of a daily paper in one record is below it, a runaway file is not.
LONGEST_LINE = 50_000_000
_SAMPLE = 1 << 16  # of a file, whose days show in which order they are written


_BULK = re.compile(
    rb'\s*\{\s*"(?:index|create|update|delete)"\s*:\s*\{(?:\s*"_?(?:index|id|type|routing|version)"\s*:\s*(?:"[^"]*"|\d+)\s*,?)*\s*\}\s*\}\s*$'
)


class _DuplicateKeyError(ValueError):
    pass


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise _DuplicateKeyError(name)
            seen.add(name)
    return found


def _nothing(name: str) -> None:
    """NaN and Infinity, as Python writes what is missing."""


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
                from pipelines.reading import json_documents

                yield from json_documents.read_values(buffered(Rejoined(line, stream)), source_path)
                return
            seen = True
            yield from _records(line, source_path, numbers, day_first)


def _goes_on(line: bytes) -> bool:
    """Whether a first line opens a value that it does not close: JSON laid out over lines, or an array."""
    words = line.strip().removeprefix(b"\xef\xbb\xbf")
    if words in (b"{", b"["):
        return True
    return words.startswith(b"[") and not words.endswith(b"]")


def _records(
    line: bytes, source_path: str, numbers: Iterator[int], day_first: bool | None
) -> Iterator[RawRecord | Rejected]:
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


# A call around the value, as scripts in pages ask for it; remarks before it.
_CALL = re.compile(r"[\w.$]{1,80}\((.*)\)\s*;?", re.DOTALL)
_REMARK = re.compile(r"\s*(?://[^\n]*\n|/\*.*?\*/)", re.DOTALL)


def _value(text: str) -> Any:
    """The value of a text of JSON, also of one with a comma behind it, in a call, written twice over, or as Python shows it.

    Raises ValueError (json.JSONDecodeError) where it is none.
    """
    try:
        found = json.loads(text, object_pairs_hook=_object, parse_constant=_nothing, strict=False)
    except json.JSONDecodeError:
        bare = _REMARK.sub("", text, count=3) if text.startswith("/") else text.rstrip(", \n")
        if call := _CALL.fullmatch(bare):
            bare = call[1]
        if bare != text:
            return _value(bare)
        if not text.startswith(("{'", "[{'")):
            raise
        try:
            return ast.literal_eval(text)
        except (SyntaxError, MemoryError, TypeError):
            pass
        raise
    if isinstance(found, str) and found.lstrip().startswith("{"):
        return _value(found)
    return found


def load(line: bytes, source_path: str, index: int) -> Any:
    """The value that bytes of JSON hold, or a Rejected that says why they hold none."""

    def rejected(reason: Reason, detail: str) -> Rejected:
        return Rejected(source_path, index, "read", reason, detail)

    try:
        row = _value(decode(line).strip(" \t\r\n\x1e\ufeff"))
    except BinaryContent as error:
        return rejected(Reason.BINARY, str(error))
    except _DuplicateKeyError as error:
        return key_twice(str(error), source_path, index)
    except RecursionError:
        return rejected(Reason.NESTING, "Nested too deeply to be a record of news.")
    except ValueError as error:
        cut = "" if line.rstrip().endswith((b"}", b"]")) else " Is the line cut off?"
        return rejected(Reason.BAD_JSON, f"Not a JSON record: {str(error)[:200]}.{cut}")
    return row if isinstance(row, (dict, list)) else [row]


def key_twice(key: str, source_path: str, index: int) -> Rejected:
    """The refusal of an object that has one key twice."""
    detail = f"The key {key!r} is there twice: which one holds is not told."
    return Rejected(source_path, index, "read", Reason.DUPLICATE_KEY, detail)
