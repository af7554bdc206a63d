"""Quarantines single bad rows, so that one of them does not keep all others from being published.

A row that breaks its table's contract or a check leaves its table for `quarantine`, with the rule and what it
held. What pointed to it points to nothing then, or goes with it where it cannot stand alone. Faults in many documents
are no bad rows but a bad build: they raise, and nothing is published.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from pipelines.errors import Explained
from pipelines.tables import EVIDENCE_OF, REFERENCES, WAREHOUSE_TABLES
from pipelines.tables.contracts import ContractResult
from pipelines.warehouse import checks, files, parts
from pipelines.warehouse.database import table_file

STAGE = "publish"
# More documents than either with bad rows mean that the rules are at fault, or the build.
MOST_DOCUMENTS, LARGEST_SHARE = 20, 0.01
FOUND_SCHEMA = pl.Schema({"table_name": pl.String(), "row": pl.UInt32(), "rule": pl.String()})
_LONGEST_DETAIL = 400
# Tables without a document of their own: where theirs stands, and by which key.
_DOCUMENT_BY = {
    "actors": ("mentions", "actor_id"),
    "event_actors": ("events", "event_id"),
    "aid_flows": ("aid_flow_reports", "flow_id"),
    "aid_flow_reports": ("financial_figures", "figure_id"),
}
# Not told of documents: their rows are about inputs and runs.
_NEVER = ("runs", "quarantine", "raw_files")


class TooManyBadRows(Explained):
    """So many documents have bad rows that nothing should be published; the text says how many and why."""


def of_contracts(found: Iterable[ContractResult]) -> pl.DataFrame:
    """Bad rows that contracts tell of."""
    frames = [
        r.broken.select(table_name=pl.lit(r.table), row="row", rule=pl.concat_str(pl.lit("contract: "), "rule"))
        for r in found
        if r.is_about_rows
    ]
    return pl.concat([FOUND_SCHEMA.to_frame(), *frames])


def of_checks(tables: Path, broken: pl.DataFrame) -> pl.DataFrame:
    """Bad rows that checks of the database tell of (`checks.broken_rows`), by their place in the Parquet files."""
    frames = [FOUND_SCHEMA.to_frame()]
    for (table, rule), rows in broken.group_by("table_name", "rule", maintain_order=True):
        keys = WAREHOUSE_TABLES[str(table)].primary_key()
        key = pl.concat_str([pl.col(k).cast(pl.String) for k in keys], separator=":")
        held = pl.scan_parquet(table_file(tables, str(table))).select(key=key).with_row_index("row").collect()
        held = held.join(rows.select(key="row_key").unique(), on="key", how="semi", maintain_order="left")
        if rule == checks.KEYS_CHECK:  # the first of them may stay
            held = held.filter(pl.col("row") != pl.col("row").min().over("key"))
        frames.append(held.select(table_name=pl.lit(str(table)), row="row", rule=pl.lit(str(rule))))
    return pl.concat(frames)


def quarantine(tables: Path, found: pl.DataFrame) -> pl.DataFrame:
    """Take the rows out of the tables' files into `quarantine`; returns the rows of quarantine.

    `found` has the columns of FOUND_SCHEMA. Raises TooManyBadRows where a bad build is the likelier cause, or where
    a table is at fault that is not about documents.
    """
    found = found.unique(["table_name", "row"], keep="first", maintain_order=True)
    quarantined = pl.concat(
        [
            _as_quarantined(tables, str(name), rows)
            for (name,), rows in found.group_by("table_name", maintain_order=True)
        ]
    )
    _raise_if_many(tables, quarantined)
    for (name,), rows in found.group_by("table_name", maintain_order=True):
        for file, first in list(parts.with_first_rows(table_file(tables, str(name)))):
            all_rows = pl.scan_parquet(file).with_row_index("_row", first)
            bad = all_rows.select("_row").join(rows.lazy(), left_on="_row", right_on="row", how="semi").collect()
            if not bad.is_empty():
                kept = all_rows.join(bad.lazy(), on="_row", how="anti", maintain_order="left")
                _replace(tables, file, kept.drop("_row"))
    _mend_references(tables)
    _add_to_quarantine(tables, quarantined)
    return quarantined


def _as_quarantined(tables: Path, table: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Quarantine rows, with the document each belongs to."""
    if table in _NEVER:
        raise TooManyBadRows(f"{table} is not as its contract says: {rows['rule'][0]}.")
    all_rows = pl.scan_parquet(table_file(tables, table)).with_row_index("_row")
    bad = all_rows.join(rows.lazy().select(_row="row", _rule="rule"), on="_row", maintain_order="left").collect()
    bad = bad.with_columns(_document=_document_of(tables, table, bad))
    about = pl.read_parquet(
        table_file(tables, "documents"), columns=["document_id", "source_path", "record_index", "ingested_at"]
    )
    shown = [c for c in bad.columns if not c.startswith("_")]
    detail = [
        f"{table}: {rule}. The row: "
        + json.dumps({k: v for k, v in row.items() if v is not None}, default=str, ensure_ascii=False)[:_LONGEST_DETAIL]
        + ". The document's other rows were published. This is a fault of newsledger: please report it with the document."
        for rule, row in zip(bad["_rule"], bad.select(shown).iter_rows(named=True), strict=True)
    ]
    return (
        bad.select(document_id="_document", reason=pl.col("_rule").str.replace("contract: ", "contract:"))
        .with_columns(stage=pl.lit(STAGE), detail=pl.Series(detail, dtype=pl.String))
        .join(about.unique("document_id", keep="first", maintain_order=True), on="document_id", how="left")
        .with_columns(pl.col("source_path").fill_null("(no document)"), seen_at=pl.col("ingested_at"))
        .select(
            "document_id", "source_path", "record_index", "stage", "reason", "detail", "seen_at",
            lost_documents=pl.lit(int(table == "documents"), pl.Int64),
        )
    )  # fmt: skip


def _document_of(tables: Path, table: str, bad: pl.DataFrame) -> pl.Series:
    """The document of each bad row: its own, or the first of those that it hangs on (its event, its figure, a mention)."""
    if "document_id" in bad.columns:
        return bad["document_id"]
    other, key = _DOCUMENT_BY[table]
    held = pl.scan_parquet(table_file(tables, other)).join(bad.lazy().select(key), on=key, how="semi").collect()
    held = held.select(key, document_id=_document_of(tables, other, held))
    first = held.group_by(key).agg(pl.col("document_id").min())
    return bad.select(key).join(first, on=key, how="left", maintain_order="left")["document_id"]


def _raise_if_many(tables: Path, quarantined: pl.DataFrame) -> None:
    documents = pl.scan_parquet(table_file(tables, "documents")).select(pl.len()).collect().item()
    affected = quarantined["document_id"].n_unique()
    if affected > max(MOST_DOCUMENTS, documents * LARGEST_SHARE):
        most = quarantined.group_by("reason").len().sort("len", "reason", descending=[True, False]).row(0)
        raise TooManyBadRows(
            f"{quarantined.height:,} rows of {affected:,} documents (of {documents:,}) break a rule, most of all {most[0]}, e.g. "
            f"{quarantined.filter(pl.col('reason') == most[0])['detail'][0]}"
        )


def _mend_references(tables: Path) -> None:
    """Columns that point to rows which are gone: emptied where they may be empty, else their row goes too."""
    changed = True
    while changed:
        changed = False
        for (table, column), (other, key) in REFERENCES.items():
            path = table_file(tables, table)
            rows = pl.scan_parquet(path)
            there = pl.scan_parquet(table_file(tables, other)).select(pl.col(key).alias(column))
            pointed_at = rows.select(pl.col(column).drop_nulls().unique())
            lost = pointed_at.join(there, on=column, how="anti").collect(engine="streaming")[column]
            if lost.is_empty():
                continue
            changed = True
            is_lost = pl.col(column).is_in(lost.implode()).fill_null(False)
            for file in parts.files_of(path):
                rows = pl.scan_parquet(file)
                if rows.filter(is_lost).head(1).collect().is_empty():
                    continue
                if WAREHOUSE_TABLES[table].columns()[column].nullable:
                    _replace(tables, file, rows.with_columns(pl.when(~is_lost).then(pl.col(column)).alias(column)))
                else:
                    _replace(tables, file, rows.filter(~is_lost))
    path = table_file(tables, "evidence")
    row_ids = pl.concat(
        pl.scan_parquet(table_file(tables, table)).select(row_id=key) for table, key in EVIDENCE_OF.items()
    )
    orphans = pl.scan_parquet(path).join(row_ids, on="row_id", how="anti").select("row_id").collect(engine="streaming")
    if orphans.is_empty():
        return
    is_lost = pl.col("row_id").is_in(orphans["row_id"].unique().implode())
    for file in parts.files_of(path):
        rows = pl.scan_parquet(file)
        if not rows.filter(is_lost).head(1).collect().is_empty():
            _replace(tables, file, rows.filter(~is_lost))


def _replace(tables: Path, file: Path, rows: pl.LazyFrame) -> None:
    """Write a file of a table anew from a scan of it, without holding it. What another version shares with it stays as it was."""
    with files.atomic_write(file) as temporary:
        rows.sink_parquet(temporary, compression="zstd", compression_level=3, maintain_order=True)
    parts.forget(tables, file)


def _add_to_quarantine(tables: Path, rows: pl.DataFrame) -> None:
    """Add to `quarantine`, and to what `raw_files` says of the files."""
    path = table_file(tables, "quarantine")
    before = pl.read_parquet(path)
    latest = pl.scan_parquet(table_file(tables, "documents")).select(pl.col("ingested_at").max()).collect().item()
    rows = rows.with_columns(pl.col("seen_at").fill_null(latest or datetime.now(UTC)))
    after = pl.concat([before, rows.select(before.columns).cast(before.schema)])
    files.write_parquet(after.sort("source_path", "record_index", "stage"), path)
    path = table_file(tables, "raw_files")
    counts = rows.group_by("source_path").agg(_more=pl.len().cast(pl.Int64), _lost=pl.col("lost_documents").sum())
    partial = (pl.col("_more") > 0) & (pl.col("status") == "ok")
    known = (
        pl.read_parquet(path)
        .join(counts, on="source_path", how="left", maintain_order="left")
        .with_columns(pl.col("_more", "_lost").fill_null(0))
        .with_columns(
            loaded=(pl.col("loaded") - pl.col("_lost")).clip(0),
            quarantined=pl.col("quarantined") + pl.col("_more"),
            status=pl.when(partial).then(pl.lit("partial")).otherwise("status"),
        )
        .drop("_more", "_lost")
    )
    files.write_parquet(known, path)
