"""Tables of articles: CSV and TSV with a header row, and Parquet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.reading.dates import order_in
from pipelines.reading.encoding import BinaryContent, encoding_of
from pipelines.reading.field_names import SYNONYMS, WRAPPERS, folded
from pipelines.reading.objects import articles_in, to_record
from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.reading.streams import Rejoined, buffered

# A field of a year of a daily paper is below it; a quotation mark that is never closed is not.
LARGEST_FIELD = 20_000_000
_SAMPLE = 1 << 16
_ROWS = 256
_DELIMITERS = ",\t;|"
_SEPARATOR = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_MOST_ABOVE = 10  # lines above the names of columns, as programs write remarks there


def read_csv(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    """Records of a CSV or TSV stream, a row in memory at a time; quoted fields may hold line ends."""
    head = stream.read(_SAMPLE)
    try:
        encoding = encoding_of(head)
    except BinaryContent as error:
        yield Rejected(source_path, None, "read", Reason.BINARY, str(error))
        return
    text = io.TextIOWrapper(buffered(Rejoined(head, stream)), encoding, errors="replace", newline="")
    csv.field_size_limit(LARGEST_FIELD)
    sample = head.decode(encoding, "replace").lstrip("\ufeff")
    day_first = order_in(sample)
    if stated := _SEPARATOR.match(sample):  # a line for Excel
        text.readline()
    delimiter = stated[1] if stated else _delimiter(sample)
    # some programs write \\" for a quotation mark in a field, where others write ""
    slashed = '""' not in sample and re.search(r'[^,;\t|]\\"', sample) is not None and not re.search(r"\\[nrt]", sample)
    rows = csv.reader(
        text, delimiter=delimiter, strict=False, skipinitialspace=True, escapechar="\\" if slashed else None,
        quoting=csv.QUOTE_NONE if _is_unquoted(sample, delimiter) else csv.QUOTE_MINIMAL,
    )  # fmt: skip
    above = 0
    header: list[str] | None = None
    first: list[str] = []
    index = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            if header is None and first and (refused := _without_text(first, source_path)):
                yield refused
            return
        except csv.Error as error:
            yield Rejected(source_path, index, "read", Reason.BAD_CSV, f"Row {index + 1} is no CSV: {error}.")
            index += 1
            continue
        if not any(cell.strip(" \t\r\n\x00") for cell in row):
            continue
        if header is None:
            header = [name.strip().lstrip("\ufeff") for name in row]
            refused = _without_text(header, source_path)
            if refused and above < _MOST_ABOVE and (header[0].startswith("#") or sum(map(bool, header)) == 1):
                above += 1
                first = first or header
                header = None
            elif refused:
                yield refused
                return
            continue
        if len(row) > len(header):
            detail = (
                f"Row {index + 1} has {len(row)} fields under {len(header)} names. Is a field with commas not quoted?"
            )
            yield Rejected(source_path, index, "read", Reason.BAD_CSV, detail)
        else:
            yield to_record(_fields(header, row), source_path, index, day_first)
        index += 1


def _fields(header: list[str], row: list[str]) -> dict[str, str]:
    """Cells by the names of their columns; of columns of one name, as joined tables have them, the first that holds something."""
    found: dict[str, str] = {}
    for name, cell in zip(header, row, strict=False):
        if not found.get(name, "").strip():
            found[name] = cell
    return found


def _without_text(names: list[str], source_path: str) -> Rejected | None:
    """A refusal where no column is named as a text is."""
    known = map(folded, (*SYNONYMS["text"], *SYNONYMS["html"], *SYNONYMS["teaser"]))
    if {folded(n) for n in names}.intersection(known):
        return None
    detail = f"No column of text (text, content, body, html …); the table has: {', '.join(names)[:200]}."
    return Rejected(source_path, None, "read", Reason.MISSING_TEXT, detail)


def _delimiter(sample: str) -> str:
    """The delimiter that the header row has most of."""
    line = sample.partition("\n")[0]
    return max(_DELIMITERS, key=line.count)


def _is_unquoted(sample: str, delimiter: str) -> bool:
    """Whether quotation marks of a tab-separated table are the text's own: each line has all fields, and one begins with a mark that it
    does not end with."""
    if delimiter != "\t":
        return False
    lines = [line.split("\t") for line in sample.splitlines()[:-1] or sample.splitlines() if line.strip()]
    if len({len(fields) for fields in lines}) != 1:
        return False
    return any(f.startswith('"') and (len(f) == 1 or not f.endswith('"')) for fields in lines for f in fields)


def read_parquet(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    """Records of a Parquet file, some hundred rows in memory at a time. Needs a stream that can seek."""
    wanted = {folded(name) for names in SYNONYMS.values() for name in names}
    index = 0
    try:
        table = pq.ParquetFile(stream)
        names = table.schema_arrow.names
        nested = [f.name for f in table.schema_arrow if f.name.lower() in WRAPPERS and pa.types.is_nested(f.type)]
        columns = [name for name in names if folded(name) in wanted or name in nested]
        if not nested and (refused := _without_text(names, source_path)):
            yield refused
            return
        day_first: bool | None = None
        for batch in table.iter_batches(batch_size=_ROWS, columns=columns):
            rows = batch.to_pylist()
            if day_first is None:
                day_first = order_in("\n".join(str(row.get(c) or "")[:60] for row in rows for c in columns))
            for row in rows:
                for article in articles_in(_plain(row)) if nested else [_plain(row)]:
                    yield to_record(article, source_path, index, day_first)
                    index += 1
    except (pa.ArrowException, OSError, ValueError) as error:
        detail = f"The Parquet file is damaged after {index} records: {str(error)[:200]}. Write or fetch it again."
        yield Rejected(source_path, None, "read", Reason.TRUNCATED, detail)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Bytes as text: exporters write strings as either."""
    return {k: v.decode("utf8", "replace") if isinstance(v, bytes) else v for k, v in row.items()}
