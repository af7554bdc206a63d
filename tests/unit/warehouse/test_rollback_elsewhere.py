"""A rollback where versions are published at a URL too: one run at a time there, and what it returns to is made up for. The store
itself, with runs that die, is tests/crash/test_remote.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from pipelines.cli import main
from pipelines.warehouse import lease, remote, versions

URL = "s3://bucket/news"


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    for number in (1, 2):
        folder = versions.start_build(tmp_path)
        with duckdb.connect(str(folder / versions.DATABASE)) as con:
            con.execute(f"create table t as select {number} as n")
        versions.publish(tmp_path, {"inputs": str(number)}, keep=2)
    return tmp_path


def _number(warehouse: Path) -> int:
    now = versions.current(warehouse)
    assert now is not None
    return now.number


def test_a_rollback_holds_the_lease_of_the_url_before_anything_changes(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, int]] = []

    @contextmanager
    def held(url: str | None, on_wait: Callable[[str], None]) -> Iterator[None]:
        told.append((f"held {url}", _number(warehouse)))
        yield
        told.append(("released", _number(warehouse)))

    def publish(version: versions.Version, url: str, keep: int) -> str:
        told.append((f"published at {url}", version.number))
        return "one"

    monkeypatch.setattr(lease, "held", held)
    monkeypatch.setattr(remote, "publish", publish)
    monkeypatch.setenv("NEWSLEDGER_PUBLISH_TO", URL)
    with pytest.raises(SystemExit) as ended:
        main(["rollback", "--warehouse", str(warehouse)])
    assert ended.value.code == 0
    assert told == [(f"held {URL}", 2), (f"published at {URL}", 1), ("released", 1)]


def test_what_is_current_here_is_made_so_at_the_url(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr(remote, "publish", lambda version, url, keep: told.append(version.number))
    remote.make_up(warehouse / "empty", URL, 2)
    assert told == []
    versions.roll_back(warehouse)
    remote.make_up(warehouse, URL, 2)
    assert told == [1]
