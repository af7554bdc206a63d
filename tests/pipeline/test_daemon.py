"""The daemon for real: sensor and schedule fire, every file is loaded once, and a killed daemon goes on where it was.

NEWSLEDGER_TEST_RUNS sets how many runs are waited for.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from pipelines.defs.launch import dagster_instance
from pipelines.settings import Settings
from pipelines.warehouse import versions

RUNS = int(os.environ.get("NEWSLEDGER_TEST_RUNS", "10"))
SECONDS_A_RUN = 45  # of waiting at most, on a busy machine
STORY = "Norway gave Sudan {n} million dollars for schools, the foreign ministry said in Oslo on Monday."


@contextmanager
def _daemon(environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [str(Path(sys.executable).with_name("dagster-daemon")), "run", "-m", "pipelines.definitions"]
    with log.open("ab") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out, start_new_session=True)
        try:
            yield process
        finally:
            with_children = os.getpgid(process.pid)
            os.killpg(with_children, signal.SIGKILL)
            process.wait()


def _loaded(warehouse: Path) -> list[str]:
    current = versions.current(warehouse)
    if current is None:
        return []
    with duckdb.connect(str(warehouse / "newsledger.duckdb"), read_only=True) as con:
        return [row[0] for row in con.execute("select external_id from documents order by 1").fetchall()]


def _finished(instance: dg.DagsterInstance) -> list[dg.DagsterRun]:
    return list(instance.get_runs(dg.RunsFilter(statuses=[dg.DagsterRunStatus.SUCCESS])))


@pytest.mark.slow
def test_the_daemon_loads_every_file_once_though_it_is_killed(tmp_path: Path) -> None:
    raw, warehouse = tmp_path / "raw", tmp_path / "warehouse"
    raw.mkdir()
    settings = Settings(raw=raw, warehouse=warehouse, engine="serial")
    environment = os.environ | {
        "NEWSLEDGER_RAW": str(raw), "NEWSLEDGER_WAREHOUSE": str(warehouse), "NEWSLEDGER_ENGINE": "serial",
        "NEWSLEDGER_SENSOR_SECONDS": "2", "NEWSLEDGER_SCHEDULE": "* * * * *", "DAGSTER_HOME": str(settings.dagster_home),
    }  # fmt: skip
    log = tmp_path / "daemon.log"
    put = 0
    with dagster_instance(settings) as instance:
        deadline = time.monotonic() + RUNS * SECONDS_A_RUN
        for killed in (False, True):
            with _daemon(environment, log):
                while len(_finished(instance)) < (RUNS if killed else RUNS // 2):
                    assert time.monotonic() < deadline, log.read_text()[-3000:]
                    if len(_loaded(warehouse)) == put:  # the next file comes when those before are in
                        put += 1
                        (raw / f"story-{put:03d}.txt").write_text(STORY.format(n=put))
                    time.sleep(0.5)
                if not killed:  # one more arrives while the daemon is being killed
                    put += 1
                    (raw / f"story-{put:03d}.txt").write_text(STORY.format(n=put))
        with _daemon(environment, log):
            while len(_loaded(warehouse)) < put:
                assert time.monotonic() < deadline + 120, log.read_text()[-3000:]
                time.sleep(0.5)
        runs = _finished(instance)
        assert _loaded(warehouse) == [f"story-{n:03d}" for n in range(1, put + 1)]
        assert len(runs) >= RUNS
        asked = {run.tags.get("dagster/sensor_name") or run.tags.get("dagster/schedule_name") for run in runs}
        assert {"raw_folder", "after_ingest", "nightly"} <= asked
