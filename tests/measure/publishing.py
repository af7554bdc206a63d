"""How making and publishing the tables grows with the warehouse: processor seconds, memory and bytes of each part of it.

    python -m tests.measure.publishing [--documents 5000 50000] [--base 500] [--shared DIR] [--keep DIR]

Real articles are loaded and their results multiplied as `growth` does it, over 240 months; each size is published once, and then again after
one more batch of 200 documents, which is what every further run pays. Both in a process of their own. `written` are bytes that the version before had not.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from pipelines.progress import silent
from pipelines.resolve.final_tables import FinalTables
from pipelines.resolve.stage_results import StageResults
from pipelines.resolve.written_tables import write
from pipelines.settings import Settings, project_folder
from pipelines.warehouse import (
    audit,
    changed_checks,
    checks,
    database,
    part_changes,
    renewed_database,
    runs,
    unusual_rows,
    versions,
)  # fmt: skip
from tests.measure import timed_run
from tests.measure.growth import base_articles, multiply

# Copies of the base that are one batch, and documents of the one more batch.
BATCH, MORE = 10, 200


def _processor() -> float:
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime


def _inodes(folder: Path) -> dict[int, int]:
    return {s.st_ino: s.st_size for p in folder.rglob("*") if p.is_file() for s in [p.stat()]}


def measure(warehouse: Path) -> dict[str, object]:
    """Publish a warehouse's next version, as the steps `tables` and `publish` do; the cost of each part."""
    cost: dict[str, object] = {}

    @contextmanager
    def timed(name: str) -> Iterator[None]:
        used = _processor()
        yield
        cost[name] = round(_processor() - used, 2)

    def call[Found](name: str, what: Callable[[], Found]) -> Found:
        with timed(name):
            return what()

    before = versions.current(warehouse)
    settings = Settings(warehouse=warehouse)
    tables = versions.start_build(warehouse) / versions.TABLES
    file = versions.build_folder(warehouse) / versions.DATABASE
    results = call("results", lambda: StageResults(warehouse, settings.event_confidence, settings.reader))
    final = call("identities", lambda: FinalTables(results))
    call("copies", lambda: final.copies)
    rows = call("tables", lambda: write(final, tables, silent))
    found = call("contracts", lambda: audit.of_tables(tables))
    assert found.problem is None
    runs.write_table(warehouse, tables, secrets.token_hex(8), rows, None)
    changes = call("changes", lambda: part_changes.since(before, tables))
    renewed = call("database", lambda: renewed_database.renew(file, before, changes) if before and changes else None)
    if renewed is None:
        changes = None
        counts = call("database", lambda: database.build(file, tables))
        failed = call("checks", lambda: checks.failed_checks(file))
    else:
        counts = renewed.rows
        failed = call("checks", lambda: changed_checks.failed_checks(file, changes))  # type: ignore[arg-type]
    assert not any(failed.values()), failed
    renewed_database.note(file, counts)
    call("warnings", lambda: unusual_rows.find(file, changes))
    version = call("publishing", lambda: versions.publish(warehouse, {}, 2))
    runs.keep(warehouse, version.tables / "runs.parquet")
    there = _inodes(before.path) if before else {}
    new = {inode: size for inode, size in _inodes(version.tables).items() if inode not in there}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {
        "documents": rows["documents"], "rows": sum(rows.values()), "database goes on": changes is not None, "processor": cost | {"all": round(sum(map(float, cost.values())), 2)},  # type: ignore[arg-type]
        "memory_gb": round(memory, 2), "tables_mb": round(sum(_inodes(version.tables).values()) / 1e6, 1),
        "tables_written_mb": round(sum(new.values()) / 1e6, 1), "database_mb": round(version.database.stat().st_size / 1e6, 1),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, nargs="*", default=[5000, 50_000])
    parser.add_argument("--base", type=int, default=500)
    parser.add_argument("--shared", type=Path, default=project_folder().parent / "shared")
    parser.add_argument("--keep", type=Path, help="folder to leave the base in, or to find it in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder: Path = options.keep or Path(temporary)
        base_articles(folder / "raw", options.shared, options.base)
        timed_run.run(folder / "raw", folder / "base")
        here = folder / "measured"
        shutil.rmtree(here, ignore_errors=True)
        shutil.copytree(folder / "raw", here / "raw")
        shutil.copytree(folder / "base", here / "warehouse", symlinks=True)
        for documents in options.documents:
            times = max(1, documents // options.base)
            for told, there in (("first time", times), ("one more batch", times + 1)):
                if told == "first time":
                    multiply(here / "raw", here / "warehouse", there, together=BATCH)
                else:
                    multiply(here / "raw", here / "warehouse", there, most=MORE)
                if told == "first time":
                    shutil.rmtree(here / "warehouse" / "versions")
                    for kept in ("copies", "identities"):
                        shutil.rmtree(here / "warehouse" / "state" / kept, ignore_errors=True)
                    (here / "warehouse" / "current").unlink()
                with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
                    cost = alone.submit(measure, here / "warehouse").result()
                sys.stdout.write(json.dumps({"when": told} | cost) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
