"""Logs are JSON lines on stderr, from worker processes too, and silent where nobody asked."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import pytest

from pipelines import logs
from pipelines.stages.engine import SMALLEST_PARALLEL_BYTES, Need
from pipelines.stages.engines import engine


@pytest.fixture(autouse=True)
def _silent_again() -> Iterator[None]:
    yield
    logs.configure()


def _told(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_a_line_is_an_object_with_time_level_event_process_and_run(capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure("json")
    with logs.of_run("r-1"):
        logs.logger().info("shard done", batch="b1", documents=3)
    logs.logger().debug("too little to tell")
    out, err = capfd.readouterr()
    told = _told(err)
    assert out == ""
    assert len(told) == 1
    assert {k: told[0][k] for k in ("level", "event", "run", "batch", "documents", "process")} == {
        "level": "info", "event": "shard done", "run": "r-1", "batch": "b1", "documents": 3, "process": os.getpid(),
    }  # fmt: skip
    assert str(told[0]["time"]).endswith("Z")


def test_an_error_carries_its_traceback_within_the_line(capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure("json")
    try:
        raise ValueError("two\nlines")
    except ValueError as error:
        logs.logger().error("document failed", exc_info=error)
    told = _told(capfd.readouterr().err)
    assert len(told) == 1
    assert "two\\nlines" in json.dumps(told[0])
    assert "test_logs.py" in json.dumps(told[0])


def test_nothing_is_written_unless_asked_for(capfd: pytest.CaptureFixture[str]) -> None:
    logs.logger().error("document failed")
    assert capfd.readouterr() == ("", "")


def _work(number: int) -> int:
    logs.logger().info("worked", number=number)
    return os.getpid()


def test_workers_write_the_same_with_the_run_of_their_parent(capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure("json", "info")
    with logs.of_run("r-2"), engine("local", 2) as running:
        pids = {pid for _, pid in running.map(_work, [1, 2, 3], SMALLEST_PARALLEL_BYTES, Need())}
    told = _told(capfd.readouterr().err)
    assert os.getpid() not in pids
    assert sorted(t["number"] for t in told) == [1, 2, 3]  # type: ignore[type-var]
    assert {t["process"] for t in told} <= pids
    assert {t["run"] for t in told} == {"r-2"}
