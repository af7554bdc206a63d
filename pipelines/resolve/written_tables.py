"""Writes the tables of the next version: whole ones as a file, those told of documents as a part a month.

A part that a published version has with the same key is taken over as it is; only documents of the other months are looked at, in the
batches that hold them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.progress import Progress
from pipelines.resolve.final_tables import FinalTables, in_contract
from pipelines.resolve.months import RESTS_ON, Months
from pipelines.tables import WAREHOUSE_TABLES
from pipelines.warehouse import files, parts, versions
from pipelines.warehouse.database import table_file

_WRITTEN: dict[str, Any] = {"compression": "zstd", "compression_level": 3, "maintain_order": True}
_WHOLE = [name for name in WAREHOUSE_TABLES if name not in RESTS_ON and name != "runs"]


def write(final: FinalTables, folder: Path, progress: Progress) -> dict[str, int]:
    """Write every table but `runs` as `<folder>/<table>.parquet`, a file or a folder of parts; returns rows a table.

    `folder` is that of the tables of the version that is built: what its parts are made from is noted beside it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    count = len(RESTS_ON) + len(_WHOLE)
    progress("resolve", 0, count)
    months = Months(final.results)
    months.rest_on("facts", final.results.sources())
    months.rest_on("places", final.results.places())
    months.rest_on("copies", final.copies)
    months.rest_on("actors", final.entity_actors)
    by_month = _ByMonth(final, folder, months)
    rows: dict[str, int] = {}

    def write_all(names: Sequence[str], write: Callable[[str], None]) -> None:
        # Much of a table's writing keeps one core busy: two at a time.
        with ThreadPoolExecutor(2) as pool:
            for name, _ in zip(names, pool.map(write, names), strict=True):
                rows[name] = parts.rows_of(table_file(folder, name))
                progress("resolve", len(rows), count, name)

    write_all([name for name, on in RESTS_ON.items() if "stories" not in on], by_month.write)
    final.written = folder
    months.rest_on("stories", final.stories)
    write_all([name for name, on in RESTS_ON.items() if "stories" in on], by_month.write)
    whole = {name: final.rows(name) for name in _WHOLE}  # flows are made here, once, and not by two threads at a time
    write_all(_WHOLE, lambda name: whole[name].sink_parquet(table_file(folder, name), **_WRITTEN))
    by_month.noted.note(folder)
    return rows


class _ByMonth:
    """Tables that lie in parts. `noted`: what is written and taken over so far."""

    def __init__(self, final: FinalTables, folder: Path, months: Months) -> None:
        self.final, self.folder, self.months = final, folder, months
        self.noted = parts.Parts()
        whole = (v for v in versions.all_versions(final.results.warehouse) if not versions.missing_files(v))
        self._published = parts.published(v.tables for v in whole)  # a part that was lost is no month without rows
        # Tables that have the same months to make share what is read for these.
        self._of = cache(lambda wanted: final.of(months.documents(set(wanted))))

    def write(self, table: str) -> None:
        """Take over the parts that are published, and make the others in one pass."""
        path = table_file(self.folder, table)
        path.mkdir()
        keys = self.months.keys(table)
        taken = {month: self._published.get((table, month, key)) for month, key in keys.items()}
        for month, file in taken.items():
            if file is not None:
                parts.take_over(file, path / f"{month}.parquet")
        wanted = tuple(month for month, file in taken.items() if file is None)
        if wanted:
            some = self.final if len(wanted) == len(keys) else self._of(wanted)
            frame = some.frame(table).join(self.months.of.lazy(), on="document_id", maintain_order="left")
            by_month = pl.PartitionBy(
                path,
                key="month",
                include_key=False,
                approximate_bytes_per_file=None,
                file_path_provider=lambda part: f"{part.partition_keys.item()}.parquet",
            )
            frame.select(*in_contract(table), "month").sink_parquet(by_month, **_WRITTEN)
        if not parts.files_of(path):
            empty = pl.LazyFrame(schema=WAREHOUSE_TABLES[table].create_empty().schema).select(in_contract(table))
            files.write_parquet(empty.collect(), path / f"{parts.NO_ROWS}.parquet")
        self.noted.keys[table] = dict(keys)
        self.noted.taken[table] = [month for month in keys if month not in wanted]
