"""A warehouse beside the real one, made by another reader from the same batches: to compare what readers find."""

from __future__ import annotations

import shutil
from pathlib import Path

import dagster as dg

from pipelines import progress
from pipelines.defs import partitions
from pipelines.defs.launch import execute
from pipelines.defs.location import build_defs
from pipelines.progress import Progress
from pipelines.settings import Settings
from pipelines.stages import batch_folders
from pipelines.warehouse import files, ledger, lock
from pipelines.warehouse.lock import run_lock


def extract_beside(settings: Settings, reader: str, folder: Path, watcher: Progress = progress.silent) -> Path:
    """Publish in `folder` what a reader makes of the batches of the warehouse; parses are shared. Returns `folder`.

    The warehouse itself is not touched, and held only while its files are linked (copied where `folder` is on another
    disk). What is there from an earlier comparison and still holds is not done again.
    """
    with run_lock(settings.warehouse, lambda owner: watcher("wait", 0, None, f"for a run to end ({owner})")):
        live = ledger.live_batches(ledger.read(settings.warehouse))
        _link(settings.warehouse, folder, live)
    beside = settings.model_copy(update={"warehouse": folder, "reader": reader})
    token = progress.watcher.set(watcher)
    try:
        with dg.DagsterInstance.ephemeral() as instance:
            partitions.register(instance, live)
            stale = batch_folders.out_of_date(folder, live, reader)
            defs = build_defs(beside)
            if stale:
                execute(defs, "refresh", instance, folder, partitions.range_tags(stale, live))
            else:
                execute(defs, "publish_only", instance, folder, {})
    finally:
        progress.watcher.reset(token)
    return folder


def _link(warehouse: Path, folder: Path, live: list[str]) -> None:
    shutil.copytree(warehouse / "state", folder / "state", dirs_exist_ok=True, ignore=shutil.ignore_patterns(lock.FILE))
    for batch in live:
        for source in sorted((warehouse / "batches" / batch).rglob("*")):
            target = folder / source.relative_to(warehouse)
            if source.is_dir():
                target.mkdir(parents=True, exist_ok=True)
            elif not target.exists() and not source.name.endswith(files.PARTIAL):
                files.link_or_copy(source, target)
