"""Clean documents to stored parses, a shard at a time: the expensive step."""

from __future__ import annotations

from typing import Any

import polars as pl

from pipelines.language.storage import ANNOTATION_SCHEMA
from pipelines.stages.limits import TookTooLong, limited, seconds_for
from pipelines.stages.shards import Counted, Shard, failed, rejected, too_long, write_rejected
from pipelines.text.language import is_foreign
from pipelines.warehouse import files

# Beside the parse stands which text it is of, so that it can be taken over where the same text comes again.
TEXT_SHA256 = "text_sha256"
STORED_SCHEMA = pl.Schema({**ANNOTATION_SCHEMA, TEXT_SHA256: pl.String()})


def annotate_shard(shard: Shard) -> Counted:
    """Writes `part-NNN.parquet` of parses and `rejected-NNN.parquet`.

    What is in another language than English is not parsed, and so has no facts. A text that was parsed before, under
    this or another id, is not parsed again.
    """
    documents = pl.read_parquet(shard.source)
    documents = documents.filter(~pl.Series([is_foreign(code) for code in documents["language"]], dtype=pl.Boolean))
    known = _earlier(documents, shard)
    refused: list[dict[str, Any]] = []
    parsed = _parse(documents.join(known, on="document_id", how="anti", maintain_order="left"), refused)
    made = pl.DataFrame(parsed, schema=ANNOTATION_SCHEMA)
    order = documents.select("document_id", TEXT_SHA256)
    rows = pl.concat([known, made]).join(order, on="document_id", maintain_order="right").select(list(STORED_SCHEMA))
    write_rejected(refused, shard)
    files.write_parquet(rows, shard.target / shard.source.name)
    return Counted(rows.height, len(refused))


def _earlier(documents: pl.DataFrame, shard: Shard) -> pl.DataFrame:
    """Parses of the same texts that are there, a row a document of these."""
    if not shard.earlier:
        return ANNOTATION_SCHEMA.to_frame()
    wanted = documents.select("document_id", TEXT_SHA256)
    return (
        pl.scan_parquet(list(shard.earlier))
        .drop("document_id")
        .unique(TEXT_SHA256, keep="first", maintain_order=True)
        .join(wanted.lazy(), on=TEXT_SHA256)
        .select(list(ANNOTATION_SCHEMA))
        .collect()
    )


def _parse(documents: pl.DataFrame, refused: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of parses; what cannot be parsed is added to `refused`."""
    from pipelines.language.model import annotate  # loads spaCy: only where there is something to parse

    pairs = list(zip(documents["document_id"], documents["text"], strict=True))
    try:
        with limited(seconds_for(sum(len(text) for _, text in pairs))):
            return list(annotate(pairs)) if pairs else []
    except (Exception, TookTooLong):  # one of them broke the parser: find it, keep the others
        rows: list[dict[str, Any]] = []
    for row in documents.iter_rows(named=True):
        try:
            with limited(seconds_for(len(row["text"]))):
                rows += annotate([(row["document_id"], row["text"])])
        except TookTooLong:
            refused.append(rejected(row, too_long(row, "annotate", len(row["text"]))))
        except Exception as error:
            refused.append(rejected(row, failed(row, "annotate", error)))
    return rows
