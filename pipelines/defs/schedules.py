"""When raw files are looked at whatever the sensor saw: every night, and each source that has a schedule of its own at its times.

A source with a schedule is loaded at its times only: neither the sensor nor the nightly run looks into its folder.
"""

from __future__ import annotations

import hashlib
import re

import dagster as dg
from dagster._core.storage.dagster_run import NOT_FINISHED_STATUSES
from dagster._utils.schedules import is_valid_cron_schedule

from pipelines.defs.automation import ingest_job
from pipelines.defs.ingest import config_of
from pipelines.defs.resources import Folders
from pipelines.reading.sources import Sources
from pipelines.settings import Settings, WrongSetting
from pipelines.stages.ingest import check_source_folders
from pipelines.warehouse import ledger

# On the runs of a source: to find them by in the list of runs.
SOURCE_TAG = "newsledger/source"
_FIELDS = (
    "minute (0-59)",
    "hour (0-23)",
    "day of the month (1-31)",
    "month (1-12)",
    "day of the week (0-7, Sunday is 0 and 7)",
)


def build_schedules(settings: Settings) -> list[dg.ScheduleDefinition]:
    """`nightly`, and one for each source of NEWSLEDGER_SCHEDULES. Raises WrongSetting for a cron expression that is none."""
    check_cron("NEWSLEDGER_SCHEDULE", settings.schedule)
    for source, cron in settings.schedules.items():
        check_cron(f"NEWSLEDGER_SCHEDULES, {source}", cron)
    others = Sources(but=tuple(settings.schedules))
    left_out = f" Sources with a schedule of their own are left out: {', '.join(others.but)}." if others else ""
    nightly = dg.ScheduleDefinition(
        name="nightly",
        job=ingest_job,
        cron_schedule=settings.schedule,
        execution_timezone="UTC",
        default_status=dg.DefaultScheduleStatus.RUNNING,
        run_config=config_of(others),
        description=f"At {settings.schedule} UTC (NEWSLEDGER_SCHEDULE), whatever the sensor saw.{left_out}",
    )
    return [
        nightly,
        *(_of_source(source, cron, tuple(settings.schedules)) for source, cron in settings.schedules.items()),
    ]


def check_cron(setting: str, cron: str) -> None:
    """Raise WrongSetting where a cron expression is none, telling which of its fields is wrong and what it may hold."""
    if is_valid_cron_schedule(cron):
        return
    parts = cron.split()
    if len(parts) != len(_FIELDS):
        told = f"it has {len(parts)} fields in place of five: {', '.join(_FIELDS)}"
    else:
        alone = [" ".join(part if n == at else "*" for n in range(5)) for at, part in enumerate(parts)]
        wrong = [
            f"{part} is no {field}"
            for part, field, one in zip(parts, _FIELDS, alone, strict=True)
            if not is_valid_cron_schedule(one)
        ]
        told = "; ".join(wrong) or "there is no such day"
    raise WrongSetting(
        f'{setting}: "{cron}" is no cron expression: {told}. "30 6 * * 1-5" is at 06:30 UTC from Monday to Friday.'
    )


def schedule_name(source: str, sources: tuple[str, ...]) -> str:
    """Dagster's name of a source's schedule: letters, digits and underscores, and no other source's."""
    name = _plain(source)
    is_shared = sum(_plain(other) == name for other in sources) > 1
    return f"source_{name}" + (f"_{hashlib.sha256(source.encode()).hexdigest()[:6]}" if is_shared else "")


def _plain(source: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]", "_", source)


def _of_source(source: str, cron: str, all_sources: tuple[str, ...]) -> dg.ScheduleDefinition:
    inside = tuple(other for other in all_sources if other.startswith(f"{source}/"))
    sources = Sources((source,), inside)

    @dg.schedule(
        name=schedule_name(source, all_sources),
        job=ingest_job,
        cron_schedule=cron,
        execution_timezone="UTC",
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description=f"Loads what is new, changed or gone below raw/{sources}, at {cron} UTC (NEWSLEDGER_SCHEDULES).",
    )
    def load(context: dg.ScheduleEvaluationContext, folders: Folders) -> dg.RunRequest | dg.SkipReason:
        known = ledger.read(folders.warehouse_path).filter(sources.of_rows())
        try:
            check_source_folders(folders.raw_path, known, sources)
        except FileNotFoundError as error:
            return dg.SkipReason(str(error))
        tags = {SOURCE_TAG: source}
        if waits := context.instance.get_runs(dg.RunsFilter(tags=tags, statuses=NOT_FINISHED_STATUSES), limit=1):
            return dg.SkipReason(f"The run before it, {waits[0].run_id}, has not ended.")
        return dg.RunRequest(run_config=config_of(sources), tags=tags)

    return load
