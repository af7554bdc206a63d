"""The ledger of runs: what each found and cost, kept beside the versions and published as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.tables.runs import Runs
from pipelines.warehouse import files


@dataclass(frozen=True)
class Ingest:
    """What the ingest of a run found; None fields of `runs` come from here."""

    new: int
    changed: int
    removed: int


def _path(warehouse: Path) -> Path:
    return warehouse / "state" / "runs.parquet"


def read(warehouse: Path) -> pl.DataFrame:
    """All runs that published, oldest first."""
    path = _path(warehouse)
    return pl.read_parquet(path) if path.exists() else Runs.create_empty()


def _pending(warehouse: Path) -> Path:
    return warehouse / "state" / "ingest_pending.json"


def note_ingest(warehouse: Path, found: Ingest) -> None:
    """Remember what was found since the last publication, added up over ingests that did not come so far."""
    earlier = files.read_json(_pending(warehouse)) or {
        "new": 0, "changed": 0, "removed": 0, "started_at": datetime.now(UTC).isoformat(),
    }  # fmt: skip
    total = {k: earlier[k] + getattr(found, k) for k in ("new", "changed", "removed")}
    files.write_json(earlier | total, _pending(warehouse))


def write_table(
    warehouse: Path, folder: Path, run_id: str, rows: dict[str, int], reader: str | None, began: datetime | None = None
) -> None:
    """Write `<folder>/runs.parquet`: the runs before and this one, which `reader` (a release, by name) read for.

    It started when files were found that it is the first to publish; where there are none (stages are done again), it `began`.
    """
    earlier = read(warehouse)
    pending = files.read_json(_pending(warehouse)) or {}
    finished = datetime.now(UTC)
    started = datetime.fromisoformat(pending["started_at"]) if pending else began or finished
    before = int(earlier["documents_total"][-1]) if earlier.height else 0
    row: dict[str, Any] = {
        "run_id": run_id,
        "started_at": started,
        "finished_at": finished,
        "seconds": (finished - started).total_seconds(),
        "status": "published",
        "documents_added": rows["documents"] - before,
        "documents_total": rows["documents"],
        "files_new": pending.get("new", 0),
        "files_changed": pending.get("changed", 0),
        "files_removed": pending.get("removed", 0),
        "quarantined": rows["quarantine"],
        "events_total": rows["events"],
        "financial_figures_total": rows["financial_figures"],
        "quotes_total": rows["quotes"],
        "reader": reader,
        "version": version("newsledger"),
    }
    this = pl.DataFrame([row], schema=Runs.create_empty().schema)
    kept = earlier.filter(pl.col("run_id") != run_id)
    # Diagonal: a ledger written by an earlier version lacks newer columns.
    both = pl.concat([kept, this], how="diagonal").select(this.columns).cast(this.schema)
    files.write_parquet(both, folder / "runs.parquet")


def recount(folder: Path, rows: dict[str, int]) -> None:
    """Correct what the last row of `<folder>/runs.parquet` says of the tables, after rows were taken out of them."""
    table = pl.read_parquet(folder / "runs.parquet")
    this = table.row(-1, named=True)
    totals = {name: rows[name.removesuffix("_total")] for name in this if name.endswith("_total")}
    added = this["documents_added"] + totals["documents_total"] - this["documents_total"]
    corrected = this | totals | {"documents_added": added, "quarantined": rows["quarantine"]}
    files.write_parquet(
        pl.concat([table.head(-1), pl.DataFrame([corrected], schema=table.schema)]), folder / "runs.parquet"
    )


def keep(warehouse: Path, published: Path) -> None:
    """After a publication: its runs table is the ledger now, and nothing is pending."""
    files.write_parquet(pl.read_parquet(published), _path(warehouse))
    _pending(warehouse).unlink(missing_ok=True)
