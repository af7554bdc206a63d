"""Compressed files as streams of bytes: gzip, Zstandard (several members or frames too), xz and bzip2.

What unpacks to far more than news does, a decompression bomb, is stopped by its ratio.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
import zlib
from typing import IO, cast

import zstandard

from pipelines.reading.streams import Counted, Source, buffered

# By ending, and by the bytes that such files begin with.
COMPRESSIONS = {".gz": b"\x1f\x8b", ".zst": b"\x28\xb5\x2f\xfd", ".xz": b"\xfd7zXZ\x00", ".bz2": b"BZh91AY&SY"}
# Text packs to a tenth, logs of one word to a hundredth; beyond this only what was made to fill a disk.
BOMB_RATIO = 250
BOMB_FROM = 100_000_000


class Bomb(ValueError):
    """A file unpacks to more than any text does."""


# What reading a damaged or cut-off file raises.
DAMAGE = (
    EOFError,
    gzip.BadGzipFile,
    zlib.error,
    zstandard.ZstdError,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
)
# A frame may ask for as much memory as it likes; 128 MB is what zstd itself allows without --long.
_LARGEST_WINDOW = 2**27
# A block of 128 kB can be packed into four bytes: what is unpacked at once stays below 64 MB.
_PIECE = 1 << 11


def open_compressed(file: IO[bytes], compression: str) -> IO[bytes]:
    """Stream of a file's bytes, decompressed where `compression` is one of COMPRESSIONS.

    Reading may raise Bomb. A damaged or cut-off file ends where the damage is, and `damage_of` tells of it.
    """
    packed = Counted(file)
    source = cast("IO[bytes]", packed)
    if compression == ".gz":
        unpacked = cast("IO[bytes]", gzip.GzipFile(fileobj=source))
    elif compression == ".zst":
        unpacked = buffered(_Frames(source))
    elif compression == ".xz":
        unpacked = cast("IO[bytes]", lzma.LZMAFile(source))  # noqa: SIM115 (it holds no file of its own)
    elif compression == ".bz2":
        unpacked = cast("IO[bytes]", bz2.BZ2File(source))
    else:
        return file
    return buffered(Guarded(unpacked, packed))


def damage_of(stream: IO[bytes]) -> Exception | None:
    """What ended a stream of `open_compressed` before its time, one of DAMAGE, if anything did."""
    raw = getattr(stream, "raw", None)
    return raw.damage if isinstance(raw, Guarded) else None


class Guarded(Source):
    """An unpacked stream that raises Bomb where it grows beyond all measure of what was packed.

    At damage it ends, so that all before is handed on; `damage` then says what it was. `packed` is the packed stream, or its size.
    """

    def __init__(self, unpacked: IO[bytes], packed: Counted | int) -> None:
        super().__init__()
        self._unpacked, self._packed, self._count = unpacked, packed, 0
        self.damage: Exception | None = None

    def take(self, size: int) -> bytes:
        try:
            data: bytes = self._unpacked.read1(size) if self.damage is None else b""  # type: ignore[attr-defined]
        except DAMAGE as error:
            self.damage, data = error, b""
        except OSError as error:
            if "data stream" not in str(error):  # what bzip2 says of damage
                raise
            self.damage, data = EOFError(str(error)), b""
        self._count += len(data)
        packed = self._packed if isinstance(self._packed, int) else self._packed.count
        if self._count > BOMB_FROM and self._count > BOMB_RATIO * max(packed, 1):
            raise Bomb(f"{packed:,} bytes unpack to more than {self._count:,}")
        return data


class _Frames(Source):
    """Zstandard frames, one after the other. The library's own reader takes a cut-off frame for a whole one."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self._decompressor = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._pending, self._out, self._taken = b"", b"", 0

    def take(self, size: int) -> bytes:
        while self._taken == len(self._out):
            data = self._pending or self._file.read(_PIECE)
            self._pending = b""
            if not data:
                if self._frame is not None:
                    raise EOFError("the last frame ends before its end mark")
                return b""
            if self._frame is None:
                self._frame = self._decompressor.decompressobj()
            self._out, self._taken = self._frame.decompress(data), 0
            if self._frame.eof:
                self._pending, self._frame = self._frame.unused_data, None
        start, self._taken = self._taken, min(self._taken + size, len(self._out))
        return self._out[start : self._taken]
