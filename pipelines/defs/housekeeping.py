"""Clears Dagster's own records of old runs: events, logs. The warehouse keeps its ledger of runs for ever."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg

from pipelines.settings import Settings

_ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
_AT_A_TIME = 200


def clear_old_runs(instance: dg.DagsterInstance, before: datetime) -> int:
    """Delete ended runs made before a time (aware), with their events and captured logs; returns how many.

    The last run of each job stays: the UI shows its materialisations and checks as the present state.
    """
    jobs = sorted({run.job_name for run in instance.get_runs(limit=10_000)})
    kept = {run.run_id for job in jobs for run in instance.get_runs(dg.RunsFilter(job_name=job), limit=1)}
    cleared = 0
    while True:
        found = instance.get_run_records(
            dg.RunsFilter(statuses=_ENDED, created_before=before), limit=_AT_A_TIME + len(kept)
        )
        old = [record.dagster_run.run_id for record in found if record.dagster_run.run_id not in kept]
        if not old:
            return cleared
        for run_id in old:
            instance.delete_run(run_id)
            shutil.rmtree(Path(instance.storage_directory()) / run_id, ignore_errors=True)
        cleared += len(old)


@dg.op
def clear_runs(context: dg.OpExecutionContext) -> None:
    """Delete runs older than NEWSLEDGER_KEEP_RUNS_DAYS."""
    days = Settings().keep_runs_days
    cleared = clear_old_runs(context.instance, datetime.now(UTC) - timedelta(days=days))
    context.log.info(f"{cleared} runs older than {days} days cleared.")


@dg.job(description="Clears Dagster's records of old runs.", executor_def=dg.in_process_executor)
def housekeeping() -> None:
    """Clear Dagster's records of old runs."""
    clear_runs()


weekly_housekeeping = dg.ScheduleDefinition(
    name="weekly_housekeeping",
    job=housekeeping,
    cron_schedule="30 4 * * 0",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Sundays at 04:30 UTC.",
)
