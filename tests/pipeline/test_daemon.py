"""The daemon for real: sensor and schedule fire, every file is loaded once, a killed daemon goes on where it was, chosen
batches are done again by a backfill, and what is late is told.

NEWSLEDGER_TEST_RUNS sets how many runs are waited for.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.definitions.freshness import FreshnessState
from dagster._core.execution.backfill import BulkActionStatus, PartitionBackfill

from pipelines.defs import ingest
from pipelines.defs.launch import dagster_instance, run_pipeline
from pipelines.defs.location import build_defs
from pipelines.settings import Settings
from pipelines.stages import batch_folders
from pipelines.warehouse import ledger
from tests.daemon import environment, loaded, running, wait_until, write_story

RUNS = int(os.environ.get("NEWSLEDGER_TEST_RUNS", "10"))
SECONDS_A_RUN = 45  # of waiting at most, on a busy machine

pytestmark = pytest.mark.slow


def _finished(instance: dg.DagsterInstance) -> list[dg.DagsterRun]:
    return list(instance.get_runs(dg.RunsFilter(statuses=[dg.DagsterRunStatus.SUCCESS])))


def test_the_daemon_loads_every_file_once_though_it_is_killed(tmp_path: Path) -> None:
    raw, warehouse = tmp_path / "raw", tmp_path / "warehouse"
    raw.mkdir()
    settings = Settings(raw=raw, warehouse=warehouse, engine="serial")
    variables = environment(settings, NEWSLEDGER_SENSOR_SECONDS="2", NEWSLEDGER_SCHEDULE="* * * * *")
    log = tmp_path / "daemon.log"
    put = 0
    with dagster_instance(settings) as instance:
        deadline = time.monotonic() + RUNS * SECONDS_A_RUN
        for killed in (False, True):
            with running(variables, log):
                while len(_finished(instance)) < (RUNS if killed else RUNS // 2):
                    assert time.monotonic() < deadline, log.read_text()[-3000:]
                    if len(loaded(warehouse)) == put:  # the next file comes when those before are in
                        put += 1
                        write_story(raw, put)
                    time.sleep(0.5)
                if not killed:  # one more arrives while the daemon is being killed
                    put += 1
                    write_story(raw, put)
        with running(variables, log):
            wait_until(lambda: len(loaded(warehouse)) >= put, deadline + 120 - time.monotonic(), log)
        runs = _finished(instance)
        assert loaded(warehouse) == [f"story-{n:03d}" for n in range(1, put + 1)]
        assert len(runs) >= RUNS
        asked = {run.tags.get("dagster/sensor_name") or run.tags.get("dagster/schedule_name") for run in runs}
        assert {"raw_folder", "after_ingest", "nightly"} <= asked


def test_a_backfill_does_the_chosen_batches_again_and_what_is_late_is_told(tmp_path: Path) -> None:
    raw, warehouse = tmp_path / "raw", tmp_path / "warehouse"
    raw.mkdir()
    for number in range(1, 5):
        write_story(raw, number)
    settings = Settings(raw=raw, warehouse=warehouse, engine="serial", batch_documents=1)
    variables = environment(
        settings, NEWSLEDGER_BATCH_DOCUMENTS="1", NEWSLEDGER_LATE_HOURS=str(60 / 3600), NEWSLEDGER_SENSOR_SECONDS="30"
    )
    log = tmp_path / "daemon.log"
    with dagster_instance(settings) as instance:
        run_pipeline(settings, instance=instance)
        live = ledger.live_batches(ledger.read(warehouse))
        assert len(live) == 4
        chosen = [live[0], live[2]]
        batch_folders.forget(warehouse, live, [batch_folders.FACTS])
        runs_before = {run.run_id for run in instance.get_runs()}
        facts = dg.AssetKey(["facts", "events"])
        graph = build_defs(settings).resolve_asset_graph()
        instance.add_backfill(
            PartitionBackfill.from_asset_partitions(
                "chosen", graph, chosen, sorted(graph.get(facts).execution_set_asset_keys),
                time.time(), {"asked_by": "test"}, instance, False, "chosen batches", None, None,
            )
        )  # fmt: skip
        with running(variables, log):

            def is_over() -> bool:
                backfill = instance.get_backfill("chosen")
                assert backfill is not None
                assert backfill.status != BulkActionStatus.COMPLETED_FAILED, backfill.error
                return backfill.status == BulkActionStatus.COMPLETED_SUCCESS

            wait_until(is_over, 600, log)
            runs = [run for run in instance.get_runs() if run.run_id not in runs_before and "asked_by" in run.tags]
            assert runs
            assert {run.status for run in runs} == {dg.DagsterRunStatus.SUCCESS}
            done = [b for b in live if list((warehouse / "batches" / b).glob("facts-*/stage.json"))]
            assert done == chosen

            def is_late() -> bool:
                records = instance.get_freshness_state_records([ingest.raw_files.key])
                states = {record.freshness_state for record in records.values()}
                return bool(states & {FreshnessState.WARN, FreshnessState.FAIL})

            wait_until(is_late, 400, log)
