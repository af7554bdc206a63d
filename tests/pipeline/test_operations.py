"""What keeps a deployment going: alerts, housekeeping, runs that died, doing stages again."""

import errno
import json
import os
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from pipelines.defs import ingest, resources
from pipelines.defs.alerts import Alerts
from pipelines.defs.dead_runs import LAUNCHED_BY, POOL, fail_dead_runs, fail_runs_of_a_dead_daemon, free_dead_slots
from pipelines.defs.housekeeping import clear_old_runs
from pipelines.defs.launch import RunFailed, Scope, UnknownStage, dagster_instance, run_pipeline
from pipelines.settings import Settings
from pipelines.warehouse import runs
from tests.crash import articles


@pytest.fixture
def received() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A web server that keeps the JSON it is sent: (its address, what came)."""
    came: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook", came
    server.shutdown()


def test_an_alert_is_posted(received: tuple[str, list[dict[str, str]]]) -> None:
    address, came = received
    assert Alerts(webhook=address).send("refresh", "1234567890", "Step x failed") == []
    assert came[0]["job"] == "refresh"
    assert "run 12345678 of refresh failed.\nStep x failed" in came[0]["text"]


def test_an_alert_that_cannot_be_sent_is_told_and_keeps_nothing_else() -> None:
    found = Alerts(webhook="file:///x", email="a@b.example", smtp="127.0.0.1:1").send("j", "r", "e")
    assert [text.split(" to ")[0].rsplit(" ", 1)[1] for text in found] == ["webhook", "e-mail"]
    assert not Alerts().is_on


@dg.job
def _nothing() -> None:
    pass


def test_old_runs_are_cleared_but_the_last_of_each_job() -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        ids = [_nothing.execute_in_process(instance=instance).run_id for _ in range(3)]
        assert clear_old_runs(instance, datetime.now(UTC) - timedelta(days=1)) == 0
        assert clear_old_runs(instance, datetime.now(UTC) + timedelta(days=1)) == 2
        assert [run.run_id for run in instance.get_runs()] == [ids[-1]]


def test_a_commands_run_that_died_is_failed_and_others_are_let_be() -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        dead = instance.create_run_for_job(_nothing, status=dg.DagsterRunStatus.STARTED, tags={LAUNCHED_BY: "command"})
        daemons = instance.create_run_for_job(_nothing, status=dg.DagsterRunStatus.STARTED)
        assert fail_dead_runs(instance) == [dead.run_id]
        statuses = {run.run_id: run.status for run in instance.get_runs()}
    assert statuses == {dead.run_id: dg.DagsterRunStatus.FAILURE, daemons.run_id: dg.DagsterRunStatus.STARTED}


def test_what_a_daemon_had_launched_is_failed_where_it_died_and_tried_again(tmp_path: Path) -> None:
    status = dg.DagsterRunStatus
    with dagster_instance(Settings(raw=tmp_path, warehouse=tmp_path / "w")) as instance:
        left = [instance.create_run_for_job(_nothing, status=s).run_id for s in (status.STARTED, status.CANCELING)]
        waits = instance.create_run_for_job(_nothing, status=status.NOT_STARTED).run_id
        command = instance.create_run_for_job(_nothing, status=status.STARTED, tags={LAUNCHED_BY: "command"}).run_id
        assert sorted(fail_runs_of_a_dead_daemon(instance)) == sorted(left)
        assert fail_runs_of_a_dead_daemon(instance) == []
        found = {run.run_id: run for run in instance.get_runs()}
        assert [found[r].status for r in left] == [status.FAILURE, status.CANCELED]
        assert found[left[0]].tags["dagster/will_retry"] == "true"
        assert found[left[1]].tags.get("dagster/will_retry") != "true"  # somebody had ended it
        assert (found[waits].status, found[command].status) == (status.NOT_STARTED, status.STARTED)


def test_stages_are_named_alone_or_with_all_after() -> None:
    assert Scope.of(["facts+"]).stages == ("facts", "tables")
    assert Scope.of(["documents"]).stages == ("documents",)
    assert Scope.of(full=True).stages == ("records", "documents", "annotations", "readings", "facts", "tables")
    with pytest.raises(UnknownStage, match="no stage 'fact'"):
        Scope.of(["fact"])


def test_a_run_looks_at_recent_files_and_does_chosen_stages_again(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    articles.write(raw / "old.jsonl", range(2))
    articles.write(raw / "new.jsonl", range(2, 4))
    long_ago = datetime(2001, 1, 1, tzinfo=UTC).timestamp()
    os.utime(raw / "old.jsonl", (long_ago, long_ago))
    settings = Settings(raw=raw, warehouse=tmp_path / "w", engine="serial")
    with dg.DagsterInstance.ephemeral() as instance:

        def go(scope: Scope | None = None) -> tuple[int, int, int | None]:
            found = run_pipeline(settings, scope=scope, instance=instance)
            return found.documents, found.batches_refreshed, found.published

        assert go(Scope.of(since=date(2020, 1, 1))) == (2, 1, 1)
        assert go() == (4, 1, 2)
        assert go() == (4, 0, None)
        assert go(Scope.of(["facts+"])) == (4, 2, 3)
        assert go(Scope.of(["facts+"], since=date(2999, 1, 1))) == (4, 0, 4)
        assert go(Scope.of(["tables"])) == (4, 0, 5)
    # A run that publishes no new file lasted too: told from when it began.
    seconds = runs.read(settings.warehouse)["seconds"].to_list()
    assert len(seconds) == 5
    assert min(seconds) > 0.05, seconds


def _ingest_that_fails(monkeypatch: pytest.MonkeyPatch, number: int, times: int) -> list[float]:
    """Make reading the raw folder raise an I/O error some times; returns when it was tried."""
    tried: list[float] = []
    real = ingest.ingest

    def failing(*arguments: Any) -> Any:
        tried.append(time.monotonic())
        if len(tried) <= times:
            raise OSError(number, os.strerror(number), "raw")
        return real(*arguments)

    monkeypatch.setattr(ingest, "ingest", failing)
    monkeypatch.setattr(resources, "FIRST_WAIT_SECONDS", 0.2)
    return tried


def test_what_passes_by_itself_is_tried_again_later_and_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = _ingest_that_fails(monkeypatch, errno.EIO, times=2)
    articles.write(tmp_path / "raw" / "a.jsonl", range(2))
    settings = Settings(raw=tmp_path / "raw", warehouse=tmp_path / "w", engine="serial")
    with dg.DagsterInstance.ephemeral() as instance:
        assert run_pipeline(settings, instance=instance).documents == 2
    assert len(tried) == 3
    assert tried[1] - tried[0] >= 0.2
    assert tried[2] - tried[1] >= 0.8


def test_a_full_disk_is_not_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = _ingest_that_fails(monkeypatch, errno.ENOSPC, times=9)
    articles.write(tmp_path / "raw" / "a.jsonl", range(2))
    settings = Settings(raw=tmp_path / "raw", warehouse=tmp_path / "w", engine="serial")
    with dg.DagsterInstance.ephemeral() as instance, pytest.raises(RunFailed, match="No space left on device"):
        run_pipeline(settings, instance=instance)
    assert len(tried) == 1


@pytest.mark.parametrize("killed", ["with the slot", "on its turn", "in the queue"])
def test_a_run_that_was_killed_at_the_pool_holds_up_nobody(tmp_path: Path, killed: str) -> None:
    settings = Settings(raw=tmp_path / "raw", warehouse=tmp_path / "warehouse", engine="serial")
    with dagster_instance(settings) as instance:
        storage = instance.event_log_storage
        storage.initialize_concurrency_limit_to_default(POOL)
        if killed != "with the slot":  # another has it, so that the one to be killed stands in the queue
            assert storage.claim_concurrency_slot(POOL, "before", "tables").is_claimed
        storage.claim_concurrency_slot(POOL, "dead", "tables")
        if killed == "on its turn":
            storage.free_concurrency_slots_for_run("before")
        assert not storage.claim_concurrency_slot(POOL, "mine", "tables").is_claimed
        free_dead_slots(instance, "mine")
        assert storage.claim_concurrency_slot(POOL, "mine", "tables").is_claimed


def test_what_an_earlier_run_quarantined_stays_on_the_page_while_its_file_is_there(tmp_path: Path) -> None:
    settings = Settings(raw=tmp_path / "raw", warehouse=tmp_path / "warehouse", engine="serial")
    articles.write(settings.raw / "good.jsonl", range(1))
    planted = settings.raw / "planted.jsonl"
    planted.write_text('{"id": 1, "text": "cut o\n', encoding="utf8")

    def told(instance: dg.DagsterInstance) -> set[str]:
        run_pipeline(settings, instance=instance)
        event = instance.get_latest_materialization_event(ingest.raw_files.key)
        assert event is not None
        assert event.asset_materialization is not None
        return {name for name in event.asset_materialization.metadata if "quarantine" in name}

    with dg.DagsterInstance.ephemeral() as instance:
        assert told(instance) == {"quarantined"}
        assert told(instance) == {"still in quarantine"}
        planted.unlink()
        assert told(instance) == set()
