"""Compressed files as streams of bytes: gzip (several members too) and Zstandard (several frames too)."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import IO, TYPE_CHECKING, cast

import zstandard

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

COMPRESSIONS = (".gz", ".zst")
# What reading a damaged or cut-off file raises.
DAMAGE = (EOFError, gzip.BadGzipFile, zlib.error, zstandard.ZstdError)
# A frame may ask for as much memory as it likes; 128 MB is what zstd itself allows without --long.
_LARGEST_WINDOW = 2**27
_CHUNK = 1 << 17


def open_compressed(file: IO[bytes], compression: str) -> IO[bytes]:
    """Stream of a file's bytes, decompressed where `compression` is one of COMPRESSIONS. Reading may raise DAMAGE."""
    if compression == ".gz":
        return cast("IO[bytes]", gzip.open(file))
    if compression == ".zst":
        return cast("IO[bytes]", io.BufferedReader(_Frames(file), _CHUNK))
    return file


class _Frames(io.RawIOBase):
    """Zstandard frames, one after the other. The library's own reader takes a cut-off frame for a whole one."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self._decompressor = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._pending, self._out = b"", b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        while not self._out:
            data = self._pending or self._file.read(_CHUNK)
            self._pending = b""
            if not data:
                if self._frame is not None:
                    raise EOFError("the last frame ends before its end mark")
                return 0
            if self._frame is None:
                self._frame = self._decompressor.decompressobj()
            self._out = self._frame.decompress(data)
            if self._frame.eof:
                self._pending, self._frame = self._frame.unused_data, None
        size = min(len(view), len(self._out))
        view[:size] = self._out[:size]
        self._out = self._out[size:]
        return size
