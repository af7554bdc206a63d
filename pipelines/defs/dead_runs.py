"""Clears what a run that died has left in Dagster: runs that look alive, slots of pools that nobody will give back.

`fail_dead_runs` and `free_dead_slots` are for who holds the warehouse's run lock: a run takes it before its first step and keeps it
to the end, so whatever else looks as if it worked is dead. `fail_runs_of_a_dead_daemon` is for who starts a daemon:

    python -m pipelines.defs.dead_runs      # the unit does so before its daemon, with DAGSTER_HOME set
"""

from __future__ import annotations

import dagster as dg

from pipelines import logs
from pipelines.settings import Settings

LAUNCHED_BY = "newsledger/launched_by"
POOL = "warehouse"


def fail_dead_runs(instance: dg.DagsterInstance) -> list[str]:
    """Mark runs of commands that died (killed, machine lost) as failed; the daemon watches only its own.

    A command takes the lock before its run begins, so none that looks unfinished is waiting for it.
    """
    unfinished = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.NOT_STARTED]
    found = instance.get_runs(dg.RunsFilter(statuses=unfinished, tags={LAUNCHED_BY: "command"}))
    for run in found:
        instance.report_run_failed(run, "The process of this run died. The next run went on from where it was.")
    return [run.run_id for run in found]


def fail_runs_of_a_dead_daemon(instance: dg.DagsterInstance) -> list[str]:
    """Mark runs that a daemon had launched as failed, for who starts the next one and knows that none is left.

    A run is a process under the daemon's code server, which tells of its end. Where that dies with it (the unit is stopped, killed or
    out of memory, the machine is lost) nobody does: Dagster's monitoring asks only launchers that can be asked, and this one can't.
    The run would count as going on for ever, and all later ones wait for it. Failed without a step that failed, it is tried again.
    """
    unfinished = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.CANCELING]
    found = [r for r in instance.get_runs(dg.RunsFilter(statuses=unfinished)) if r.tags.get(LAUNCHED_BY) != "command"]
    for run in found:
        why = "The daemon that had launched this run died or was stopped with it."
        if run.status == dg.DagsterRunStatus.CANCELING:  # somebody had ended it: it is not tried again
            instance.report_run_canceled(run, message=why)
        else:
            instance.report_run_failed(run, why)
    return [run.run_id for run in found]


def free_dead_slots(instance: dg.DagsterInstance, own_run: str | None) -> None:
    """Give back the slots of the warehouse's pool that runs other than `own_run` hold or were next to get.

    A run that was killed between its turn and its claim has no slot, but stands before all others for ever.
    """
    storage = instance.event_log_storage
    if not storage.supports_global_concurrency_limits:
        return
    pool = storage.get_concurrency_info(POOL)
    others = {slot.run_id for slot in pool.claimed_slots} | {step.run_id for step in pool.pending_steps}
    for run in sorted(others - {own_run}):
        storage.free_concurrency_slots_for_run(run)


def main() -> None:
    """Before a daemon is started: fail what the last one has left, and tell of it on the log."""
    settings = Settings()
    logs.configure(settings.log, settings.log_level)
    with dg.DagsterInstance.get() as instance:
        for run in fail_runs_of_a_dead_daemon(instance):
            logs.logger().warning("run died with its daemon", run=run)


if __name__ == "__main__":
    main()
