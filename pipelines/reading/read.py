"""One door to all formats: opens a file, undoes compression and archives, and hands what it holds to the reader of its format."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO

from pipelines.reading import (
    json_documents,
    jsonl,
    mail,
    pdf,
    sgml,
    single,
    tabular,
    web_archives,
    wire,
    word_files,
    xml_news,
)
from pipelines.reading.archives import members
from pipelines.reading.compression import COMPRESSIONS, DAMAGE, Bomb, damage_of, open_compressed
from pipelines.reading.encoding import repaired
from pipelines.reading.formats import BY_ENDING, HEAD, OF_OFFICES, format_of
from pipelines.reading.raw_place import RawPlace, opened
from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.reading.streams import Rejoined, buffered

Reader = Callable[[IO[bytes], str], Iterator[RawRecord | Rejected]]

READERS: dict[str, Reader] = {
    "text": single.read_text,
    "html": single.read_html,
    "jsonl": jsonl.read,
    "json": json_documents.read,
    "csv": tabular.read_csv,
    "parquet": tabular.read_parquet,
    "warc": web_archives.read,
    "xml": xml_news.read,
    "sgml": sgml.read,
    "mail": mail.read_message,
    "mbox": mail.read_mailbox,
    "wire": wire.read,
    "pdf": pdf.read,
    "word": word_files.read,
}
ARCHIVES = frozenset({"zip", "tar"})
# An archive in an archive is read; one in that is not: nobody sends news so, and bombs are nested.
_DEEPEST = 2
# What has to be sought in (zip, Parquet) and lies in another file is held in memory whole.
LARGEST_INNER = 200_000_000
_SEEKING = frozenset({"zip", "parquet", "word"})


def read_file(raw: RawPlace, source_path: str) -> Iterator[RawRecord | Rejected]:
    """Records of one file, and a refusal for whatever of it cannot be read; never raises for what a file holds.

    Records are numbered through the file, over all members of an archive. A file that is cut off gives the records before
    the cut, then a refusal.
    """
    index = found = 0
    try:
        with opened(raw / source_path) as file:
            for item in _read(file, source_path, source_path, 0):
                found += 1
                if isinstance(item, RawRecord):
                    item = repaired(item)
                if item.record_index is not None:
                    item = item if item.record_index == index else replace(item, record_index=index)
                    index += 1
                yield item
    except Bomb as error:
        detail = f"Unpacked, the file grows beyond all measure ({error}): a decompression bomb, or no news."
        yield Rejected(source_path, None, "read", Reason.BOMB, detail)
        return
    except DAMAGE as error:
        detail = f"The compressed file is damaged or cut off after {found} records ({error}). Fetch it again."
        yield Rejected(source_path, None, "read", Reason.TRUNCATED, detail)
        return
    except OSError as error:
        detail = f"The file cannot be read: {error.strerror or error}. Are its permissions right?"
        yield Rejected(source_path, None, "read", Reason.UNREADABLE, detail)
        return
    if not found:
        yield Rejected(source_path, None, "read", Reason.EMPTY, "The file holds no records.")


def _read(stream: IO[bytes], name: str, source_path: str, depth: int) -> Iterator[RawRecord | Rejected]:
    """Records of a stream named `name`, which is `source_path` or a member of the archive there."""
    path = PurePosixPath(name.replace("\\", "/"))
    stream, head = _peeked(stream)
    compression = path.suffix.lower() if path.suffix.lower() in COMPRESSIONS else ""
    # The bytes say it better than the name.
    compression = next((c for c, start in COMPRESSIONS.items() if head.startswith(start)), compression)
    if compression:
        inner = path.with_suffix("") if path.suffix.lower() in COMPRESSIONS else path
        if path.suffix.lower() == ".tgz":
            inner = path.with_suffix(".tar")
        if depth > _DEEPEST:
            yield Rejected(source_path, None, "read", Reason.NESTING, f"{name[:200]} is packed too many times over.")
            return
        unpacked = open_compressed(stream, compression)
        stream, head = _peeked(unpacked)
        yield from _to_damage(_unpacked(stream, head, str(inner), source_path, depth), unpacked)
        return
    yield from _unpacked(stream, head, name, source_path, depth)


def _unpacked(
    stream: IO[bytes], head: bytes, name: str, source_path: str, depth: int
) -> Iterator[RawRecord | Rejected]:
    """Records of a stream that is not compressed, or no longer."""
    path = PurePosixPath(name)
    kind = format_of(name, head)
    if kind is None:
        known = ", ".join(sorted(BY_ENDING))
        if path.suffix.lower() in OF_OFFICES:
            detail = f"{path.suffix} is a format of office programs that is not read: save it as plain text (.txt), .docx or .csv and put that here."
            yield Rejected(source_path, None, "read", Reason.UNSUPPORTED, _of_member(detail, name, source_path))
            return
        detail = f"{path.suffix or 'A name without ending'} is no format that is read ({known}; each also {', '.join(COMPRESSIONS)})."
        yield Rejected(source_path, None, "read", Reason.UNSUPPORTED, _of_member(detail, name, source_path))
        return
    if kind in _SEEKING and not stream.seekable():
        content = stream.read(LARGEST_INNER + 1)
        if len(content) > LARGEST_INNER:
            detail = f"{name[:200]} has more than {LARGEST_INNER:,} bytes inside another file: put it in by itself."
            yield Rejected(source_path, None, "read", Reason.TOO_LARGE, detail)
            return
        stream = io.BytesIO(content)
    if kind in ARCHIVES:
        if depth >= _DEEPEST:
            detail = f"{name[:200]} is an archive in an archive in an archive: unpack it."
            yield Rejected(source_path, None, "read", Reason.NESTING, detail)
            return
        yield from _of_archive(stream, source_path, kind, depth)
        return
    for item in READERS[kind](stream, source_path if depth == 0 else name):
        yield _placed(item, name, source_path)


def _of_archive(stream: IO[bytes], source_path: str, kind: str, depth: int) -> Iterator[RawRecord | Rejected]:
    for member in members(stream, source_path, kind):
        if isinstance(member, Rejected):
            yield member
            continue
        try:
            yield from _to_damage(_read(member.stream, member.name, source_path, depth + 1), member.stream)
        except Bomb as error:
            detail = f"{member.name[:200]} unpacks beyond all measure ({error}): a decompression bomb, or no news."
            yield Rejected(source_path, None, "read", Reason.BOMB, detail)
        except DAMAGE as error:
            detail = f"{member.name[:200]} in the archive is damaged or cut off ({error}). Fetch it again."
            yield Rejected(source_path, None, "read", Reason.TRUNCATED, detail)


def _to_damage(items: Iterator[RawRecord | Rejected], stream: IO[bytes]) -> Iterator[RawRecord | Rejected]:
    """What comes of a guarded stream; then raises the damage that ended it, if any did: a damaged file is not an empty one."""
    for item in items:
        if damage_of(stream) is None or isinstance(item, RawRecord) or item.reason != Reason.EMPTY:
            yield item
    if (damage := damage_of(stream)) is not None:
        raise damage


def _placed(item: RawRecord | Rejected, name: str, source_path: str) -> RawRecord | Rejected:
    """An item of an archive's member as one of the archive."""
    if item.source_path == source_path:
        return item
    if isinstance(item, RawRecord):
        return replace(item, source_path=source_path)
    return replace(item, source_path=source_path, detail=_of_member(item.detail, name, source_path))


def _of_member(detail: str, name: str, source_path: str) -> str:
    return detail if name == source_path or source_path.startswith(name) else f"{name[:200]}: {detail}"


def _peeked(stream: IO[bytes]) -> tuple[IO[bytes], bytes]:
    """The stream, and its first bytes, which stay in it."""
    if stream.seekable():
        head = stream.read(HEAD)
        stream.seek(0)
        return stream, head
    head = stream.read(HEAD)
    return buffered(Rejoined(head, stream)), head
