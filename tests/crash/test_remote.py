"""Versions in an object store (a real S3 server): readers see the one before or the one after, whoever dies or comes first."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import polars as pl
import pytest

from pipelines.cli import main as command
from pipelines.defs.launch import run_pipeline
from pipelines.settings import Settings
from pipelines.warehouse import remote, versions
from pipelines.warehouse.object_store import ObjectStore, StoreProblem
from tests import s3_server, small_warehouse
from tests.crash import articles
from tests.crash.ray_cluster import ROOT
from tests.crash.state import leftovers, state

pytestmark = [pytest.mark.slow, pytest.mark.crash, pytest.mark.xdist_group("s3")]


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    with s3_server.running() as environment:
        yield environment


@pytest.fixture
def url(server: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A prefix of its own for each test."""
    for name, value in server.items():
        monkeypatch.setenv(name, value)
    return f"s3://{s3_server.BUCKET}/{tmp_path.name}"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_warehouse.build(tmp_path_factory.mktemp("base") / "warehouse")


type Maker = Callable[[Path, str], versions.Version]


@pytest.fixture
def make(base: Path) -> Maker:
    """Publishes in a warehouse folder a version that differs from others by the title of its documents."""

    def version(warehouse: Path, title: str) -> versions.Version:
        build = versions.start_build(warehouse)
        shutil.copytree(base / "tables", build / "tables", dirs_exist_ok=True)
        shutil.copy(base / "newsledger.duckdb", build)
        with duckdb.connect(str(build / "newsledger.duckdb")) as con:
            con.execute("update documents set title = ?", [title])
        return versions.publish(warehouse, {"inputs": title}, keep=5)

    return version


def _publish(warehouse: Path, url: str, number: int, how: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.crash.dying_publisher", str(warehouse), url, str(number), how],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def _seen(url: str, folder: Path) -> dict[str, str] | None:
    """What a reader on another machine gets."""
    remote.fetch(url, folder)
    assert leftovers(folder) == []
    return state(folder)


def test_what_is_published_is_fetched_whole_and_once(make: Maker, url: str, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    version = make(here, "one")
    name = remote.publish(version, url, keep=2)
    assert remote.publish(version, url, keep=2) == name, "it was put again"
    assert _seen(url, there) == state(here)
    assert remote.fetch(url, there).number == 1, "it was fetched again"
    second = make(here, "two")
    assert _seen(url, tmp_path / "before it is published") != state(here)
    remote.publish(second, url, keep=2)
    with pytest.raises(SystemExit) as ended:
        command(["fetch", url, "--warehouse", str(there)])
    assert ended.value.code == 0
    assert state(there) == state(here)


def test_old_versions_go_and_objects_of_writers_at_work_stay(
    make: Maker, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "READER_SECONDS", 0)
    store = ObjectStore(url)
    store.put("versions/000009-abcd/version.json", {}, None)  # of a writer that has not moved the pointer yet
    names = [remote.publish(make(tmp_path / "here", run), url, keep=2) for run in ("one", "two", "three")]
    left = {path.split("/")[1] for path, _ in store.names("versions/")}
    assert left == {*names[1:], "000009-abcd"}


def test_a_damaged_object_is_not_taken(make: Maker, url: str, tmp_path: Path) -> None:
    name = remote.publish(make(tmp_path / "here", "one"), url, keep=2)
    (tmp_path / "other").write_bytes(b"other bytes")
    manifest = ObjectStore(url).read(f"versions/{name}/version.json")
    assert manifest is not None
    ObjectStore(url).upload(tmp_path / "other", manifest.content["objects"]["tables/events.parquet"])
    with pytest.raises(StoreProblem, match=r"events\.parquet"):
        remote.fetch(url, tmp_path / "there")
    assert versions.current(tmp_path / "there") is None


def test_a_version_made_anew_is_put_anew_in_the_place_of_objects_that_came_to_harm(
    make: Maker, url: str, tmp_path: Path
) -> None:
    here, store = tmp_path / "here", ObjectStore(url)
    remote.publish(make(here, "one"), url, keep=2)
    (tmp_path / "harmed").write_bytes(b"other bytes")
    harmed = [path for path, _ in store.names("objects/") if path.endswith(".parquet")]
    assert harmed
    for path in harmed:
        store.upload(tmp_path / "harmed", path)
    remote.publish(make(here, "two"), url, keep=2)
    with pytest.raises(StoreProblem, match="SHA-256"):  # tables of both are the same objects
        remote.fetch(url, tmp_path / "there")
    version = make(here, "three")
    about = json.loads((version.path / "version.json").read_text()) | {"made_anew": True}
    (version.path / "version.json").write_text(json.dumps(about))
    remote.publish(version, url, keep=2)
    assert _seen(url, tmp_path / "there") == state(here)


def test_a_writer_that_lost_its_lease_drops_nothing_of_who_took_it(
    make: Maker, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is held up between its pointer and what it drops; meanwhile another puts again what it is about to drop."""
    monkeypatch.setattr(versions, "READER_SECONDS", 0)
    here, there = tmp_path / "here", tmp_path / "there"
    remote.publish(make(here, "one"), url, keep=1)
    shutil.copytree(here, there, symlinks=True)
    drop = remote._drop_old

    def held_up(*arguments: Any) -> None:
        monkeypatch.setattr(remote, "_drop_old", lambda *_: None)
        version = versions.current(there)
        assert version is not None
        remote.publish(version, url, keep=1)
        drop(*arguments)

    monkeypatch.setattr(remote, "_drop_old", held_up)
    remote.publish(make(here, "two"), url, keep=1)
    assert _seen(url, tmp_path / "reader") == state(there)
    assert state(there) != state(here)


def test_a_killed_writer_leaves_the_version_before_or_after(make: Maker, url: str, tmp_path: Path) -> None:
    here = tmp_path / "here"
    first = make(here, "one")
    before = state(here)
    make(here, "two")
    after = state(here)
    assert before != after
    seen = {}
    for number in (1, 2, 3):  # the database, the manifest, the pointer: all tables are those of the version before
        for how in ("before", "after"):
            place = f"{url}/{number}-{how}"
            remote.publish(first, place, keep=2)
            killed = _publish(here, place, number, how)
            assert killed.returncode < 0, killed.stderr
            reader = tmp_path / f"reader-{number}-{how}"
            found = _seen(place, reader)
            assert found in (before, after)
            seen[number, how] = found == after
            assert _publish(here, place, 0, "count").returncode == 0
            assert _seen(place, reader) == after
    assert [which for which, is_after in seen.items() if is_after] == [(3, "after")], (
        "only who put the pointer has published"
    )


def test_a_first_writer_that_is_killed_has_published_nothing(make: Maker, url: str, tmp_path: Path) -> None:
    here = tmp_path / "here"
    make(here, "one")
    counted = _publish(here, f"{url}/count", 0, "count")
    assert counted.returncode == 0, counted.stderr
    steps = int(counted.stdout)  # files, manifest, pointer
    for number, how in ((steps // 2, "after"), (steps - 1, "after"), (steps, "before")):
        place = f"{url}/{number}-{how}"
        assert _publish(here, place, number, how).returncode < 0
        with pytest.raises(StoreProblem, match="Nothing is published"):
            remote.fetch(place, tmp_path / f"reader-{number}-{how}")
        assert _publish(here, place, 0, "count").returncode == 0
        assert _seen(place, tmp_path / f"reader-{number}-{how}") == state(here)


def test_objects_that_versions_share_are_put_once_and_stay_while_one_is_kept(
    make: Maker, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "READER_SECONDS", 0)
    put: list[str] = []
    real = ObjectStore.upload

    def upload(self: ObjectStore, file: Path, name: str) -> None:
        put.append(file.name)
        real(self, file, name)

    monkeypatch.setattr(ObjectStore, "upload", upload)
    here = tmp_path / "here"
    remote.publish(make(here, "one"), url, keep=2)
    first, put[:] = list(put), []
    assert "documents.parquet" in first
    assert len(first) == len(set(first))
    store = ObjectStore(url)
    for title in ("two", "three"):
        remote.publish(make(here, title), url, keep=2)
    assert put == ["newsledger.duckdb"] * 2, "tables that are as they were were put again"
    kinds = Counter(path.rpartition(".")[2] for path, _ in store.names("objects/"))
    assert kinds["duckdb"] == 2, "the first version's database is nobody's any more"
    assert kinds["parquet"] == len({*first}) - 1
    assert _seen(url, tmp_path / "there") == state(here)


def test_tables_are_read_where_they_lie_by_the_manifest(
    make: Maker, url: str, server: dict[str, str], tmp_path: Path
) -> None:
    name = remote.publish(make(tmp_path / "here", "one"), url, keep=2)
    manifest = ObjectStore(url).read(f"versions/{name}/version.json")
    assert manifest is not None
    options = {key.lower(): value for key, value in server.items()} | {"aws_allow_http": "true"}
    lying = [f"{url}/{place}" for place in manifest.content["tables"]["documents"]]
    rows = pl.scan_parquet(lying, storage_options=options).collect()
    assert rows.equals(pl.read_parquet(tmp_path / "here" / "tables" / "documents.parquet"))


def test_a_version_that_an_earlier_newsledger_published_is_fetched(make: Maker, url: str, tmp_path: Path) -> None:
    """Its files lie beside the manifest, and the pointer has their sums."""
    version = make(tmp_path / "here", "one")
    store, about = ObjectStore(url), version.about()
    for file in about["sha256"]:
        store.upload(version.path / file, f"versions/000001-abcd/{file}")
    store.upload(version.path / "version.json", "versions/000001-abcd/version.json")
    listed = [{"name": "000001-abcd", "at": time.time()}]
    pointer = {"name": "000001-abcd", "number": 1, "inputs": "one", "sha256": about["sha256"], "published": listed}
    store.put(remote.POINTER, pointer, None)
    assert _seen(url, tmp_path / "there") == state(tmp_path / "here")
    name = remote.publish(make(tmp_path / "here", "two"), url, keep=2)
    assert name.startswith("000002-")
    assert _seen(url, tmp_path / "there") == state(tmp_path / "here")


def test_of_two_writers_at_once_what_one_wrote_is_whole(make: Maker, url: str, tmp_path: Path) -> None:
    made = [tmp_path / "a", tmp_path / "b"]
    for warehouse in made:
        make(warehouse, warehouse.name)
    for attempt in range(3):
        place = f"{url}/{attempt}"
        writers = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.crash.dying_publisher", str(warehouse), place, "0", "race"],
                cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True,
            )
            for warehouse in made
        ]  # fmt: skip
        assert writers
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        told = [writer.communicate("go\n", timeout=60) for writer in writers]
        codes = sorted(writer.returncode for writer in writers)
        assert codes in ([0, 3], [0, 0]), told
        assert _seen(place, tmp_path / f"reader-{attempt}") in [state(warehouse) for warehouse in made]
        kept = ObjectStore(place).read(remote.POINTER)
        assert kept is not None
        there = {path.split("/")[1] for path, _ in ObjectStore(place).names("versions/")}
        assert there == {one["name"] for one in kept.content["published"]}, "the loser's manifest lies about"
        assert {path.split("/")[1] for path, _ in ObjectStore(place).names("objects/")} <= there, (
            "its objects lie about"
        )


def test_a_run_publishes_and_makes_up_for_one_that_ended_before(url: str, tmp_path: Path) -> None:
    here = tmp_path / "here"
    articles.write(tmp_path / "raw" / "some.jsonl", range(3))
    settings = Settings(raw=tmp_path / "raw", warehouse=here, engine="serial", reader="none", publish_to=url)
    with dg.DagsterInstance.ephemeral() as instance:
        run_pipeline(settings, instance=instance)
        assert _seen(url, tmp_path / "reader") == state(here)
        assert run_pipeline(settings, instance=instance).published is None, "nothing had changed"
        ObjectStore(url).delete([remote.POINTER])  # as if the run had ended between publishing here and there
        assert run_pipeline(settings, instance=instance).published is None, "the tables were made again"
        assert _seen(url, tmp_path / "other") == state(here)

        articles.write(tmp_path / "raw" / "more.jsonl", range(3, 5))
        assert run_pipeline(settings, instance=instance).published == 2
        versions.roll_back(here)  # as if the command had been killed before it published there what it returned to
        assert _seen(url, tmp_path / "another") != state(here)
        assert run_pipeline(settings, instance=instance).published is None, "what was rolled back from was published"
    assert versions.current(here) == versions.Version(1, (here / "versions" / "000001").resolve())
    assert _seen(url, tmp_path / "another") == state(here)


def test_a_rollback_waits_for_a_run_elsewhere_that_publishes_at_the_url(
    make: Maker, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    for title in ("one", "two"):
        remote.publish(make(here, title), url, keep=5)
    monkeypatch.setenv("NEWSLEDGER_PUBLISH_TO", url)
    run = _holder(url)
    try:
        assert _line(run) == "held"
        rollback = subprocess.Popen(
            [sys.executable, "-m", "pipelines.cli", "rollback", "--warehouse", str(here)],
            cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert rollback.stderr is not None
        assert "waiting for a run to end" in rollback.stderr.readline()
        assert versions.current(here).number == 2, "it did not wait"  # type: ignore[union-attr]
        run.communicate("go\n", timeout=60)
        assert rollback.wait(timeout=60) == 0
    finally:
        if run.poll() is None:
            run.kill()
    assert versions.current(here).number == 1  # type: ignore[union-attr]
    assert _seen(url, tmp_path / "reader") == state(here)


LEASE_SECONDS = 10.0


def _holder(url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.crash.lease_holder", url, str(LEASE_SECONDS)],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def _line(holder: subprocess.Popen[str]) -> str:
    assert holder.stdout is not None
    return holder.stdout.readline().strip()


def test_a_second_run_waits_and_takes_the_lease_of_a_dead_one(url: str) -> None:
    first, second = _holder(url), None
    try:
        assert _line(first) == "held"
        second = _holder(url)
        assert _line(second) == "waiting"
        first.kill()  # nobody releases it
        killed = time.monotonic()
        assert _line(second) == "held"
        assert time.monotonic() - killed > LEASE_SECONDS / 4, "it was taken from one that might have lived"
        assert second.communicate("go\n", timeout=60)[0].strip() == "may publish"
        third = _holder(url)  # released by the second: nothing to wait for
        assert _line(third) == "held"
        third.communicate("go\n", timeout=60)
    finally:
        for holder in (first, second):
            if holder is not None and holder.poll() is None:
                holder.kill()


def test_a_run_that_was_stopped_learns_that_its_lease_is_gone(url: str) -> None:
    first, second = _holder(url), None
    try:
        assert _line(first) == "held"
        first.send_signal(signal.SIGSTOP)
        second = _holder(url)
        assert _line(second) == "waiting"
        assert _line(second) == "held"
        first.send_signal(signal.SIGCONT)
        assert first.communicate("go\n", timeout=60)[0].strip() == "lost"
        assert second.communicate("go\n", timeout=60)[0].strip() == "may publish"
    finally:
        for holder in (first, second):
            if holder is not None and holder.poll() is None:
                holder.kill()
