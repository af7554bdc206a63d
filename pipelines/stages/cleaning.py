"""Records to clean documents, a shard at a time."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

import polars as pl

from pipelines.reading.records import Cut, RawRecord, Rejected
from pipelines.stages.document_schema import DOCUMENT_SCHEMA
from pipelines.stages.limits import TookTooLong, limited, seconds_for
from pipelines.stages.shards import Counted, Shard, failed, rejected, too_long, write_rejected
from pipelines.text.clean import clean
from pipelines.text.language import language_of
from pipelines.text.signature import signature
from pipelines.warehouse import files


def clean_shard(shard: Shard) -> Counted:
    """Records to clean documents: writes `part-NNN.parquet` and `rejected-NNN.parquet`."""
    documents: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    for row in pl.read_parquet(shard.source).iter_rows(named=True):
        cuts = tuple(Cut(**cut) for cut in row["cuts"])
        record = RawRecord(**{f: row[f] for f in RawRecord.__dataclass_fields__ if f in row} | {"cuts": cuts})
        try:
            with limited(seconds_for(len(record.content))):
                found = clean(record, shard.known_chrome)
        except TookTooLong:
            found = too_long(row, "clean", len(record.content))
        except Exception as error:  # any document may hold what no rule foresaw: it must not stop the run
            found = failed(row, "clean", error)
        if isinstance(found, Rejected):
            refused.append(rejected(row, found))
            continue
        minhash, shingles = signature(found.text)
        documents.append(
            {
                "document_id": row["document_id"],
                "content_key": row["content_key"],
                "external_id": row["external_id"],
                "source_path": row["source_path"],
                "record_index": row["record_index"],
                "publisher": found.publisher,
                "url": found.url,
                "title": found.title,
                "author": found.author,
                "published_on": found.published_on,
                "published_on_basis": found.published_on_basis,
                "dateline_place": found.dateline_place,
                "dateline_country": found.dateline_country,
                "language": language_of(found.text, found.language),
                "text": found.text,
                "text_sha256": hashlib.sha256(found.text.encode()).hexdigest(),
                "repairs": list(found.repairs),
                "cuts": [asdict(cut) for cut in found.cuts],
                "minhash": minhash,
                "shingles": shingles,
            }
        )
    write_rejected(refused, shard)
    files.write_parquet(pl.DataFrame(documents, schema=DOCUMENT_SCHEMA), shard.target / shard.source.name)
    return Counted(len(documents), len(refused))
