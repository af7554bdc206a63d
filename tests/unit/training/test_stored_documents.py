"""Documents of a warehouse with their parses: each once, by its last row, from the parts of its batch."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from training.reader.stored_documents import stored_documents


def _part(folder: Path, name: str, rows: dict[str, str], column: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    pl.DataFrame({"document_id": list(rows), column: list(rows.values())}).write_parquet(folder / name)


def test_each_parsed_document_comes_once_by_its_last_row(tmp_path: Path) -> None:
    old, new = tmp_path / "batches" / "00001-a", tmp_path / "batches" / "00002-b"
    _part(old / "documents-1", "part-000.parquet", {"x": "old", "y": "only"}, "text")
    _part(old / "documents-1", "part-001.parquet", {"z": "unparsed"}, "text")
    _part(old / "annotations-1", "part-000.parquet", {"x": "of old", "y": "of only"}, "tokens")
    _part(new / "documents-1", "part-000.parquet", {"x": "new"}, "text")
    _part(new / "annotations-1", "part-000.parquet", {"x": "of new"}, "tokens")
    found = [(d["document_id"], d["text"], a["tokens"]) for d, a in stored_documents(tmp_path)]
    assert found == [("y", "only", "of only"), ("x", "new", "of new")]
