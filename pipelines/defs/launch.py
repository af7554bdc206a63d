"""One whole run from Python: the same assets that the UI, the schedule and the sensors run, in this process."""

from __future__ import annotations

import importlib.resources
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._core.instance.ref import InstanceRef

from pipelines import progress
from pipelines.defs import partitions
from pipelines.defs.dead_runs import LAUNCHED_BY, fail_dead_runs
from pipelines.defs.failures import RunFailed, explained, failure
from pipelines.defs.ingest import config_of
from pipelines.defs.location import build_defs
from pipelines.errors import Explained
from pipelines.progress import Progress
from pipelines.reading.sources import EVERYTHING, Sources, source_path
from pipelines.resolve import publication
from pipelines.settings import Settings, check_folders
from pipelines.stages import batch_folders, plan
from pipelines.tables import WAREHOUSE_TABLES
from pipelines.warehouse import lease, ledger, parts, versions
from pipelines.warehouse.lock import run_lock

# The event log holds what a run did, with the trace of a step that failed; on the console Dagster would print both between our progress.
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}

_NOT_CAPTURED: Any = {
    "compute_logs": {"module": "dagster._core.storage.noop_compute_log_manager", "class": "NoOpComputeLogManager"}
}

RECORDS, TABLES = plan.RECORDS.name, plan.TABLES.name


@dataclass(frozen=True)
class Scope:
    """What a run does beside what is new: stages to do again, and from which day on input counts.

    With `since`, only raw files changed and batches read on or after that day (UTC) are looked at; with `sources`, only
    files of those folders below raw. `accept_removed`: files that are not there any more were removed, however many they are.
    """

    stages: tuple[str, ...] = ()
    since: date | None = None
    accept_removed: bool = False
    sources: Sources = EVERYTHING

    @classmethod
    def of(
        cls,
        select: Sequence[str] = (),
        since: date | None = None,
        full: bool = False,
        accept_removed: bool = False,
        source: Sequence[str] = (),
    ) -> Scope:
        """From names of stages; `facts+` means facts and all after it. Raises UnknownStage for unknown names, UnknownSource for what is no
        folder below raw."""
        order = [RECORDS, *batch_folders.STAGES, TABLES]
        chosen: list[str] = []
        for name in (f"{RECORDS}+",) if full else select:
            plain = name.removesuffix("+")
            if plain not in order:
                raise UnknownStage(
                    f"There is no stage {plain!r}: name one of {', '.join(order)}, with + for all after."
                )
            at = order.index(plain)
            chosen += order[at:] if name.endswith("+") else [plain]
        try:
            sources = Sources(tuple(source_path(folder) for folder in source))
        except ValueError as error:
            raise UnknownSource(f"--source: {error}.") from error
        return cls(tuple(s for s in order if s in chosen), since, accept_removed, sources)


class UnknownStage(Explained, ValueError):
    """A stage that the pipeline does not have."""


class UnknownSource(Explained, ValueError):
    """A source that can be no folder below raw."""


@dataclass
class RunSummary:
    """What a run did. `published` is None where nothing had changed."""

    files: dict[str, int] = field(default_factory=dict)
    batches_refreshed: int = 0
    documents: int = 0
    documents_added: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    quarantined: list[tuple[str, str, int]] = field(default_factory=list)  # stage, reason, rows
    published: int | None = None
    version: int | None = None
    seconds: float = 0.0


def dagster_instance(settings: Settings, captures: bool = True) -> dg.DagsterInstance:
    """The instance in `dagster_home`, set up on first use with telemetry off.

    Unless it `captures`, what runs write to stdout and stderr goes there and nowhere else: Dagster would lead it through a file and four
    processes a job, which a service manager ends together with the run, so that its last words got lost.
    """
    home = settings.dagster_home
    assert home is not None
    home.mkdir(parents=True, exist_ok=True)
    config = home / "dagster.yaml"
    if not config.exists():
        config.write_text(instance_config(), encoding="utf8")
    os.environ["DAGSTER_HOME"] = str(home)
    return dg.DagsterInstance.from_ref(InstanceRef.from_dir(str(home), overrides={} if captures else _NOT_CAPTURED))


def instance_config() -> str:
    """Text of `deploy/dagster.yaml`: of the checkout, or the copy inside an installed package."""
    checkout = Path(__file__).resolve().parents[2] / "deploy" / "dagster.yaml"
    if checkout.is_file():
        return checkout.read_text(encoding="utf8")
    return (importlib.resources.files("pipelines") / "_deploy" / "dagster.yaml").read_text(encoding="utf8")


def run_pipeline(
    settings: Settings,
    watcher: Progress = progress.silent,
    scope: Scope | None = None,
    instance: dg.DagsterInstance | None = None,
) -> RunSummary:
    """Bring the warehouse up to date with everything under raw, or with what `scope` names.

    Raises RunFailed, with the step and its message, where an asset
    failed; FileNotFoundError where there is no raw folder. Waits where another run holds the warehouse.
    """
    started = time.perf_counter()
    check_folders(settings)
    token = progress.watcher.set(watcher)

    def waiting(owner: str) -> None:
        watcher("wait", 0, None, f"for another run ({owner})")

    try:
        with explained(settings), run_lock(settings.warehouse, waiting), lease.held(settings.publish_to, waiting):
            dagster = instance or dagster_instance(settings, captures=False)
            fail_dead_runs(dagster)
            summary = _run(settings, build_defs(settings), dagster, scope or Scope())
    finally:
        progress.watcher.reset(token)
    summary.seconds = time.perf_counter() - started
    return summary


def _run(settings: Settings, defs: dg.Definitions, instance: dg.DagsterInstance, scope: Scope) -> RunSummary:
    warehouse = settings.warehouse
    before = versions.current(warehouse)
    # From the table beside the database: another program may hold that one open for writing.
    documents_before = versions.rows_of(before, "documents") if before and before.path.exists() else 0
    summary = RunSummary()
    since = scope.since.isoformat() if scope.since else None
    config = config_of(scope.sources, since=since, again=RECORDS in scope.stages, accept_removed=scope.accept_removed)
    result = execute(defs, "ingest", instance, warehouse, {}, config)
    found = {k: v.value for k, v in _metadata(result, "raw_files").items() if isinstance(v, dg.IntMetadataValue)}
    summary.files = {k: found[k] or 0 for k in ("new", "changed", "removed", "moved", "read otherwise")}

    known = ledger.read(warehouse)
    live = ledger.live_batches(known)
    if scope.stages:
        # What is done again keeps its fingerprint: no published part may stand for it.
        parts.forget_all(version.tables for version in versions.all_versions(warehouse))
        chosen = ledger.live_batches(known.filter(scope.sources.of_rows()))
        chosen = batch_folders.read_since(warehouse, chosen, scope.since) if scope.since else chosen
        batch_folders.forget(warehouse, chosen, [s for s in batch_folders.STAGES if s in scope.stages])
    stale = batch_folders.out_of_date(warehouse, live, settings.reader)
    if stale:
        execute(defs, "refresh", instance, warehouse, partitions.range_tags(stale, live))
    elif TABLES in scope.stages or not publication.is_current(warehouse, settings.event_confidence, settings.reader):
        execute(defs, "publish_only", instance, warehouse, {})
    summary.batches_refreshed = len(stale)

    after = versions.current(warehouse)
    assert after is not None
    summary.version = after.number
    summary.published = after.number if before is None or after.number != before.number else None
    # From the tables beside the database, again.
    summary.rows = {name: versions.rows_of(after, name) for name in WAREHOUSE_TABLES}
    summary.documents = summary.rows["documents"]
    summary.documents_added = summary.documents - documents_before
    summary.quarantined = versions.quarantine_reasons(after)
    return summary


def execute(
    defs: dg.Definitions,
    job: str,
    instance: dg.DagsterInstance,
    warehouse: Path,
    tags: dict[str, str],
    config: dict[str, Any] | None = None,
) -> dg.ExecuteInProcessResult:
    """Run a job in this process over a warehouse. Raises RunFailed with the step and its message."""
    before = versions.current(warehouse)
    result = defs.resolve_job_def(job).execute_in_process(
        instance=instance,
        tags=tags | {LAUNCHED_BY: "command"},
        raise_on_error=False,
        run_config=_QUIET | (config or {}),
    )
    if result.success:
        return result
    for event in result.all_events:
        if event.event_type_value == "STEP_FAILURE" and (
            found := failure(event, job, result.run_id, warehouse, before)
        ):
            raise found
    raise RunFailed(f"Job {job} failed (run {result.run_id}); see `newsledger ui`.")


def _metadata(result: dg.ExecuteInProcessResult, asset: str) -> dict[str, dg.MetadataValue]:
    for event in result.asset_materializations_for_node(asset):
        return dict(event.metadata)
    return {}


def home_of(settings: Settings) -> Path:
    """Dagster's folder, ready to use."""
    dagster_instance(settings)
    assert settings.dagster_home is not None
    return settings.dagster_home
