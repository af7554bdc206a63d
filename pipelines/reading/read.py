"""One door to all formats: opens a file, undoes its compression and hands it to the reader of its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from pipelines.reading import jsonl, single
from pipelines.reading.compression import COMPRESSIONS, DAMAGE, open_compressed
from pipelines.reading.records import RawRecord, Reason, Rejected

Reader = Callable[[IO[bytes], str], Iterator[RawRecord | Rejected]]

FORMATS: dict[str, Reader] = {
    ".txt": single.read_text,
    ".html": single.read_html,
    ".htm": single.read_html,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
}


def read_file(raw: Path, source_path: str) -> Iterator[RawRecord | Rejected]:
    """Records of one file, and a refusal for whatever of it cannot be read; never raises for what a file holds.

    A compressed file that is cut off gives the records before the cut, then a refusal.
    """
    name = PurePosixPath(source_path.lower())
    compression = name.suffix if name.suffix in COMPRESSIONS else ""
    suffix = PurePosixPath(name.stem).suffix if compression else name.suffix
    reader = FORMATS.get(suffix)
    if reader is None:
        known = ", ".join(FORMATS)
        detail = f"{suffix or 'A name without ending'} is no format that is read ({known}; each also .gz, .zst)."
        yield Rejected(source_path, None, "read", Reason.UNSUPPORTED, detail)
        return
    found = 0
    try:
        with (raw / source_path).open("rb") as file:
            for item in reader(open_compressed(file, compression), source_path):
                found += 1
                yield item
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
