"""Columns of clean documents, apart from what cleans them: publishing asks for them too, and need not load the reader of pages."""

from __future__ import annotations

import polars as pl

DOCUMENT_SCHEMA = pl.Schema(
    {
        "document_id": pl.String(),
        "content_key": pl.String(),
        "external_id": pl.String(),
        "source_path": pl.String(),
        "record_index": pl.Int64(),
        "publisher": pl.String(),
        "url": pl.String(),
        "title": pl.String(),
        "author": pl.String(),
        "published_on": pl.Date(),
        "published_on_basis": pl.String(),
        "dateline_place": pl.String(),
        "dateline_country": pl.String(),
        "language": pl.String(),
        "text": pl.String(),
        "text_sha256": pl.String(),
        "repairs": pl.List(pl.String()),
        "cuts": pl.List(pl.Struct({"reason": pl.String(), "text": pl.String(), "at_char": pl.Int32()})),
        "minhash": pl.Binary(),
        "shingles": pl.Int32(),
    }
)
