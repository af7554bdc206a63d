"""Stored parses, and readings where a reader is on, to facts, a shard at a time."""

from __future__ import annotations

from typing import Any

import polars as pl

from pipelines.extract.document import extract_facts
from pipelines.extract.frames import FACT_SCHEMAS, LARGEST_AMOUNT, FactRows
from pipelines.language.annotations import to_parse
from pipelines.language.parse import Article
from pipelines.reader.interface import from_row
from pipelines.reader.readings import Reading
from pipelines.reading.records import Reason, Rejected
from pipelines.stages.limits import TookTooLong, limited, seconds_for
from pipelines.stages.shards import Counted, Shard, failed, rejected, too_long, write_rejected
from pipelines.warehouse import files


def extract_shard(shard: Shard) -> Counted:
    """Writes one file a table, `<table>-NNN.parquet`, and `rejected-NNN.parquet`.

    Where a reader is on, a document without a reading was put in quarantine by that stage and has no facts.
    """
    assert shard.annotations is not None
    articles = {row["document_id"]: row for row in pl.read_parquet(shard.source).iter_rows(named=True)}
    refused: list[dict[str, Any]] = []
    readings = _readings(shard)
    gathered = FactRows()
    done = 0
    for annotation in pl.read_parquet(shard.annotations).iter_rows(named=True):
        row = articles[annotation["document_id"]]
        if readings is not None and row["document_id"] not in readings:
            continue
        try:
            article = Article(**{f: row[f] for f in Article.__dataclass_fields__})
            parse = to_parse(article.text, annotation)
            with limited(seconds_for(len(article.text))):
                facts = extract_facts(article, parse, readings[article.document_id] if readings else None)
            refused += [rejected(row, _too_large(row, words)) for words in gathered.add(facts, parse)]
            done += 1
        except TookTooLong:
            refused.append(rejected(row, too_long(row, "extract", len(row["text"]))))
        except Exception as error:  # as in clean_shard
            refused.append(rejected(row, failed(row, "extract", error)))
    write_rejected(refused, shard)
    frames = gathered.frames()
    for table in FACT_SCHEMAS:
        files.write_parquet(frames[table], shard.target / f"{table}-{shard.number}.parquet")
    return Counted(done, len(refused), {table: frame.height for table, frame in frames.items()})


def _too_large(row: dict[str, Any], words: str) -> Rejected:
    """An amount that was left out since no table can hold it."""
    detail = (
        f"The amount {words[:100]!r} is {LARGEST_AMOUNT:.0E} or more, which no table holds: a number of that size in a text is "
        "seldom money. It was left out; all else of the document was loaded."
    )
    return Rejected(row["source_path"], row["record_index"], "extract", Reason.TOO_LARGE, detail)


def _readings(shard: Shard) -> dict[str, Reading] | None:
    """Readings by document; None where the setting names no reader."""
    if shard.readings is None:
        return None
    return {row["document_id"]: from_row(row) for row in pl.read_parquet(shard.readings).iter_rows(named=True)}
