"""One value of JSON from bytes, as loosely as it is found in the wild, or the refusal that says why there is none."""

from __future__ import annotations

import ast
import json
import re
from typing import Any

from pipelines.reading.encoding import BinaryContent, decode
from pipelines.reading.records import Reason, Rejected


class _DuplicateKeyError(ValueError):
    pass


# What a JSON text sequence (RFC 7464) has before each value.
RECORD_SEPARATOR = b"\x1e"


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


# A call around the value, as scripts in pages ask for it; remarks before it.
_CALL = re.compile(r"[\w.$]{1,80}\((.*)\)\s*;?", re.DOTALL)


# A name that the value is given to, as scripts do: "var articles = [...];".
_GIVEN = re.compile(
    r"(?:(?:var|let|const|export default)\s+)?[\w.$]{1,80}(?:\[[^\]\n]{1,60}\])?\s*=\s*(?=[\[{])(.*?)\s*;?", re.DOTALL
)
_REMARK = re.compile(r"\s*(?://[^\n]*\n|/\*.*?\*/)", re.DOTALL)


def _value(text: str) -> Any:
    """The value of a text of JSON, also of one with a comma behind it, in a call, given to a name, written twice over, or as Python shows it.

    Raises ValueError (json.JSONDecodeError) where it is none.
    """
    try:
        found = json.loads(text, object_pairs_hook=_object, parse_constant=_nothing, strict=False)
    except json.JSONDecodeError:
        bare = _REMARK.sub("", text, count=3) if text.startswith("/") else text.rstrip(", \n")
        if call := _CALL.fullmatch(bare) or _GIVEN.fullmatch(bare):
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
