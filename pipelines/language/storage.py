"""Columns of stored parses: one row a document, token columns as lists (see `model.annotate`)."""

from __future__ import annotations

import polars as pl

ANNOTATION_SCHEMA = pl.Schema(
    {
        "document_id": pl.String(),
        "start": pl.List(pl.Int32),
        "length": pl.List(pl.Int32),
        "token": pl.List(pl.String),
        "lemma": pl.List(pl.String),
        "pos": pl.List(pl.String),
        "tag": pl.List(pl.String),
        "dep": pl.List(pl.String),
        "head": pl.List(pl.Int32),
        "entity": pl.List(pl.String),
        "sentence": pl.List(pl.Int32),
        "entity_first": pl.List(pl.Int32),
        "entity_last": pl.List(pl.Int32),
        "entity_label": pl.List(pl.String),
    }
)
