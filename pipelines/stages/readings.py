"""Stored parses to readings by the reader that the setting names, a shard at a time.

Memory is bounded by reading documents in groups. A reading depends on its document alone, so one that is there for the same
document is taken over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.extract.marks import marks_of
from pipelines.language.annotations import to_parse
from pipelines.language.parse import Article, Parse
from pipelines.reader import interface
from pipelines.reader.interface import READING_SCHEMA, Reader, to_row
from pipelines.reading.records import Reason, Rejected
from pipelines.stages.fingerprints import digest
from pipelines.stages.limits import TookTooLong, limited, seconds_for
from pipelines.stages.shards import Counted, Shard, failed, rejected, too_long, write_rejected
from pipelines.warehouse import files

# What goes to the reader at once, bounded by number and by words.
GROUP_DOCUMENTS, GROUP_WORDS = 16, 20_000
# A reader may take this many times as long as other stages do for the same text.
PATIENCE = 5
# Which document (all that a reader may see of it) a reading is of.
INPUT = "input"
STORED_SCHEMA = pl.Schema({**READING_SCHEMA, INPUT: pl.String()})


@cache
def _reader(name: str) -> Reader:
    """Loaded once a worker process."""
    reader = interface.load_reader(name)
    assert reader is not None, f"the stage readings is not run with the reader {name}"
    return reader


def read_shard(shard: Shard) -> Counted:
    """Writes `part-NNN.parquet` of readings and `rejected-NNN.parquet`."""
    assert shard.annotations is not None
    documents = {row["document_id"]: row for row in pl.read_parquet(shard.source).iter_rows(named=True)}
    parses = pl.scan_parquet(shard.annotations)
    lengths = dict(parses.select("document_id", pl.col("token").list.len()).collect().iter_rows())
    order = list(lengths)
    inputs = {i: input_of(documents[i]) for i in order}
    rows = _earlier(inputs, shard)
    refused = [
        rejected(documents[i], _cut_short(documents[i], lengths[i])) for i in order if lengths[i] > _most_words()
    ]
    todo = [i for i in order if i not in rows]
    if todo:
        reader = _reader(shard.reader)
        stored = parses.filter(pl.col("document_id").is_in(todo)).collect()
        for group in _groups(stored, documents):
            rows |= _read(reader, group, documents, refused)
    kept = [rows[i] | {INPUT: inputs[i]} for i in order if i in rows]
    write_rejected(refused, shard)
    files.write_parquet(pl.DataFrame(kept, schema=STORED_SCHEMA), shard.target / shard.source.name)
    return Counted(len(kept), len(refused))


def _most_words() -> int:
    from pipelines.reader.read import MOST_WORDS  # brings the network's library: not for who only looks at batches

    return MOST_WORDS


def _cut_short(row: dict[str, Any], words: int) -> Rejected:
    """What is told of a document that is too long to be read to its end."""
    detail = (
        f"The document has {words:,} words, of which the first {_most_words():,} were read for events and money. "
        "Is it one article? Names, dates, amounts and quotations were found in all of it."
    )
    return Rejected(row["source_path"], row["record_index"], "readings", Reason.TRUNCATED, detail)


def input_of(row: dict[str, Any]) -> str:
    """Digest of what a reader may see of a document, its id apart: the same article under another id reads the same."""
    return digest(*(row[f.name] for f in fields(Article) if f.name != "document_id"))


def inputs_of(part: Path) -> list[str]:
    """`input_of` each document of a part."""
    return [input_of(row) for row in pl.read_parquet(part, columns=[f.name for f in fields(Article)]).to_dicts()]


def _earlier(inputs: dict[str, str], shard: Shard) -> dict[str, dict[str, Any]]:
    if not shard.earlier:
        return {}
    found = pl.scan_parquet(list(shard.earlier)).filter(pl.col(INPUT).is_in(list(inputs.values()))).collect()
    by_input = {row[INPUT]: row for row in found.iter_rows(named=True)}
    return {i: by_input[key] | {"document_id": i} for i, key in inputs.items() if key in by_input}


def _groups(stored: pl.DataFrame, documents: dict[str, dict[str, Any]]) -> Iterator[list[tuple[Article, Parse]]]:
    group: list[tuple[Article, Parse]] = []
    words = 0
    for annotation in stored.iter_rows(named=True):
        article = _article(documents[annotation["document_id"]])
        parse = to_parse(article.text, annotation)
        if group and (len(group) == GROUP_DOCUMENTS or words + len(parse.tokens) > GROUP_WORDS):
            yield group
            group, words = [], 0
        group.append((article, parse))
        words += len(parse.tokens)
    if group:
        yield group


def _article(row: dict[str, Any]) -> Article:
    return Article(**{f.name: row[f.name] for f in fields(Article)})


def _read(
    reader: Reader,
    group: list[tuple[Article, Parse]],
    documents: dict[str, dict[str, Any]],
    refused: list[dict[str, Any]],
) -> dict[str, dict[str, Any]]:
    """Rows by document; one at which the reader fails, or that takes too long, is added to `refused`, the others are kept."""
    try:
        with limited(PATIENCE * seconds_for(sum(len(article.text) for article, _ in group))):
            return _rows(reader, group)
    except (Exception, TookTooLong):  # one of them broke the reader: find it, keep the others
        rows: dict[str, dict[str, Any]] = {}
    for article, parse in group:
        row = documents[article.document_id]
        try:
            with limited(PATIENCE * seconds_for(len(article.text))):
                rows |= _rows(reader, [(article, parse)])
        except TookTooLong:
            refused.append(rejected(row, too_long(row, "readings", len(article.text))))
        except Exception as error:
            refused.append(rejected(row, failed(row, "readings", error)))
    return rows


def _rows(reader: Reader, group: list[tuple[Article, Parse]]) -> dict[str, dict[str, Any]]:
    readings = reader.read([(article, parse, marks_of(article, parse)) for article, parse in group])
    return {
        article.document_id: to_row(article.document_id, reading)
        for (article, _), reading in zip(group, readings, strict=True)
    }
