"""Streams over streams: joined, counted and guarded, all read through `io.BufferedReader`."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK = 1 << 17


class Source(io.RawIOBase):
    """A raw stream whose bytes a method gives: `take` returns at most so many, none at the end."""

    def take(self, size: int) -> bytes:
        """At most `size` bytes; empty at the end."""
        raise NotImplementedError

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        data = self.take(len(view))
        view[: len(data)] = data
        return len(data)


def buffered(source: Source) -> IO[bytes]:
    """A source as the kind of stream that readers take: `read`, `readline`, `read1`, `peek`."""
    return cast("IO[bytes]", io.BufferedReader(source, _CHUNK))


class Rejoined(Source):
    """What was read of a stream already, and the rest of it."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        super().__init__()
        self._head, self._stream = head, stream

    def take(self, size: int) -> bytes:
        if self._head:
            taken, self._head = self._head[:size], self._head[size:]
            return taken
        return self._stream.read(size)


class Counted(Source):
    """A stream that counts the bytes read from it."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream, self.count = stream, 0

    def take(self, size: int) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data


class Watched(Source):
    """A stream that shows every piece to a function, which may raise."""

    def __init__(self, stream: IO[bytes], look: Callable[[bytes], None]) -> None:
        super().__init__()
        self._stream, self._look = stream, look

    def take(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._look(data)
        return data
