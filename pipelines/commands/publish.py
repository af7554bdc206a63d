"""Commands that put a version of the warehouse in place: run, rollback, fetch."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from pipelines.commands.app import Raw, Warehouse, Whole, app, settings_of, stderr, stdout
from pipelines.interrupts import ended_by_ctrl_c
from pipelines.settings import Settings, WrongFolder, check_folders

if TYPE_CHECKING:
    from pipelines.defs.launch import RunSummary


@app.command
def run(
    *,
    raw: Raw = None,
    warehouse: Warehouse = None,
    full: bool = False,
    since: date | None = None,
    select: tuple[str, ...] = (),
    source: tuple[str, ...] = (),
    accept_removed: bool = False,
    engine: Literal["serial", "local", "ray"] | None = None,
    workers: Whole | None = None,
) -> int:
    """Bring the warehouse up to date with everything under raw: new, changed and removed files.

    Parameters
    ----------
    full
        Do every stage of every file again, reading included, whatever is there already.
    since
        Look only at raw files changed, and do again only batches read, on or after this day (YYYY-MM-DD, UTC).
    select
        Stages to do again: records, documents, annotations, readings, facts or tables; with + also all after it (`facts+`).
    source
        Look only at files of these folders below raw (`--source wires`); what is loaded of others stays as it is.
    accept_removed
        Believe that files were removed where so many are gone that a run stops: an unmounted or another folder looks so too.
    engine
        `serial` works in this process, `local` on several, `ray` on a cluster (deploy/README.md).
    workers
        Processes of the local engine.
    """
    import gc
    import warnings

    from pipelines.query.run_view import RunProgress

    if workers is not None and workers < 1:
        raise WrongFolder(f"--workers {workers}: one worker at least is needed; `--engine serial` works without any.")
    settings = settings_of(raw=raw, warehouse=warehouse, engine=engine, workers=workers)
    check_folders(settings)  # told before the pipeline is loaded, which takes seconds
    with ended_by_ctrl_c(), RunProgress(stderr()) as watcher:
        watcher("start", 0, None, "loading the pipeline")
        warnings.simplefilter("ignore")  # Dagster calls stable use of its newer parameters beta
        gc.disable()  # a tenth of the time that loading takes, and of that of the end: what is loaded stays
        from pipelines import logs
        from pipelines.defs.launch import Scope, run_pipeline

        gc.freeze()
        gc.enable()
        logs.configure(settings.log, settings.log_level)
        watcher("start", 1, 1, "")
        try:
            summary = run_pipeline(
                settings, watcher=watcher, scope=Scope.of(select, since, full, accept_removed, source)
            )
        finally:
            gc.unfreeze()  # or libraries tell on stderr of what they take for leaks
    _show_summary(summary, settings)
    return 0


def _show_summary(summary: RunSummary, settings: Settings) -> None:
    console = stdout()

    def line(text: str) -> None:
        console.print(text, markup=False, soft_wrap=True)

    files = ", ".join(f"{count:,} {word}" for word, count in summary.files.items() if count) or "nothing new"
    state = f"version {summary.version} published" if summary.published else "nothing to publish"
    line(f"Files      {files}")
    line(f"Documents  {summary.documents_added:+,}, {summary.documents:,} in all")
    named = ("events", "financial_figures", "actors", "quotes")
    line("Rows       " + ", ".join(f"{summary.rows.get(n, 0):,} {n.replace('_', ' ')}" for n in named))
    total = sum(count for _, _, count in summary.quarantined)
    line(f"Quarantine {total:,}" + "".join(f"\n           {n:,} × {s}/{r}" for s, r, n in summary.quarantined[:5]))
    line(f"Done       {state} in {summary.seconds:.1f} s")
    line(f"Next       newsledger sql · newsledger status · {settings.warehouse / 'newsledger.duckdb'}")


def _wait_for_run(owner: str) -> None:
    stderr().print(f"waiting for a run to end ({owner})", markup=False)


@app.command
def rollback(*, to: Whole | None = None, warehouse: Warehouse = None) -> int:
    """Make an earlier published version current again, whole; `status` lists those that are kept.

    The next run publishes again only when files or rules have changed.

    Parameters
    ----------
    to
        Number of the version; without it the one before the current.
    """
    from pipelines.warehouse import lease, remote
    from pipelines.warehouse.lock import run_lock
    from pipelines.warehouse.versions import roll_back

    settings = settings_of(warehouse=warehouse)
    # Both before anything changes: a run elsewhere that publishes at the URL must not put its version over the one returned to.
    with run_lock(settings.warehouse, _wait_for_run), lease.held(settings.publish_to, _wait_for_run):
        version = roll_back(settings.warehouse, to)
        if settings.publish_to:
            remote.publish(version, settings.publish_to, settings.keep_versions)
    stdout().print(f"Version {version.number} is current again: {version.database}", soft_wrap=True)
    return 0


@app.command
def fetch(url: str, /, *, warehouse: Warehouse = None) -> int:
    """Bring the version that is published at a URL (NEWSLEDGER_PUBLISH_TO of another machine) into a warehouse here.

    Every file is held against its SHA-256; nothing is read where it is here already.

    Parameters
    ----------
    url
        Of the prefix that it was published at: s3://bucket/newsledger. Credentials come from the environment.
    """
    from pipelines.warehouse.lock import run_lock
    from pipelines.warehouse.remote import fetch as bring

    settings = settings_of(warehouse=warehouse)
    with run_lock(settings.warehouse, _wait_for_run):
        version = bring(url, settings.warehouse, settings.keep_versions)
    stdout().print(f"Version {version.number} is current: {version.database}", soft_wrap=True)
    return 0
