"""Tables told of documents lie in parts by month: what a run does not touch is the same file in the next version, and the rows are those of a
version that takes nothing over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import duckdb
import polars as pl
import pytest

from pipelines.defs.launch import Scope, run_pipeline
from pipelines.progress import silent
from pipelines.query import verify
from pipelines.resolve.final_tables import FinalTables
from pipelines.resolve.months import RESTS_ON
from pipelines.resolve.stage_results import StageResults
from pipelines.resolve.written_tables import write
from pipelines.settings import Settings
from pipelines.tables import WAREHOUSE_TABLES
from pipelines.warehouse import checksums, parts, versions

_STORY = (
    "Defense Secretary Anna Karlsen of Norway met Prime Minister Raila Odinga in Nairobi on {day}. "
    "Norway gave Kenya $5 million for wells, and Kenya pledged $1 million to Chad, Karlsen said. "
    '"We will help {whom} with more than {number} engineers this year," Odinga told reporters in the capital on that day.'
)
_DAYS = ("2004-01-05", "2004-01-20", "2004-03-02", "2005-07-09", None)


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as one:
        yield one


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    raw = tmp_path / "raw"
    raw.mkdir()
    for number, day in enumerate(_DAYS):
        _write(raw, f"story-{number}", number, day)
    return Settings(raw=raw, warehouse=tmp_path / "warehouse", engine="serial", keep_versions=3)


def _write(raw: Path, name: str, number: int, day: str | None, text: str = _STORY) -> None:
    told = text.format(day="Monday", whom=f"district {number}", number=number + 10)
    row = {"id": name, "text": told} | ({"published_on": day} if day else {})
    (raw / f"{name}.jsonl").write_text(json.dumps(row) + "\n")


def _files(warehouse: Path, table: str) -> dict[str, int]:
    """Part -> inode, of the current version."""
    version = versions.current(warehouse)
    assert version is not None
    return {file.stem: file.stat().st_ino for file in parts.files_of(version.tables / f"{table}.parquet")}


def _sums(tables: Path) -> dict[str, str]:
    """Checksum of every table that is made from stage results."""
    with duckdb.connect() as con:
        return {
            name: checksums.of_relation(con, f"read_parquet('{tables / name}.parquet')", list(schema.columns()))
            for name, schema in WAREHOUSE_TABLES.items()
            if name != "runs"
        }


def _made_anew(settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    results = StageResults(settings.warehouse, settings.event_confidence, settings.reader)
    with monkeypatch.context() as patched:
        patched.setattr(parts, "published", lambda _: {})
        write(FinalTables(results), folder / "tables", silent)
    return _sums(folder / "tables")


def test_months_that_have_nothing_new_are_the_same_files(settings: Settings, instance: dg.DagsterInstance) -> None:
    run_pipeline(settings, instance=instance)
    before = {table: _files(settings.warehouse, table) for table in RESTS_ON}
    assert set(before["documents"]) == {"2004-01", "2004-03", "2005-07", "undated"}
    _write(
        settings.raw,
        "late",
        9,
        "2004-03-30",
        "Nothing of note was told in Oslo that day, and nobody was there to tell it.",
    )
    assert run_pipeline(settings, instance=instance).published == 2
    for table, was in before.items():
        now = _files(settings.warehouse, table)
        assert was.keys() - {"2004-03"} == now.keys() - {"2004-03"}, table
        assert all(was[part] == now[part] for part in was if part not in ("2004-03", parts.NO_ROWS)), table
    assert _files(settings.warehouse, "documents")["2004-03"] != before["documents"]["2004-03"]
    assert verify.problems(settings.warehouse) == []
    rows = pl.read_parquet(settings.warehouse / "tables" / "documents.parquet")
    with duckdb.connect(str(settings.warehouse / "newsledger.duckdb"), read_only=True) as con:
        told = con.execute("select document_id from documents").fetchall()
    assert sorted(rows["document_id"]) == sorted(i for (i,) in told)


def test_rows_are_those_of_a_version_that_takes_nothing_over(
    settings: Settings, instance: dg.DagsterInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files come, change and go; a later report says who a surname is, and an earlier one has the text of a later one."""
    run_pipeline(settings, instance=instance)
    bearer = (
        "Kofi Karlsen, a minister of Ghana, went to Accra. Defense Minister Karlsen of Norway stayed in Oslo on Monday."
    )
    rows = {table: parts.rows_of(settings.warehouse / "tables" / f"{table}.parquet") for table in WAREHOUSE_TABLES}
    assert min(rows[t] for t in (*RESTS_ON, "aid_flows") if t not in ("document_cuts",)) > 0, (
        "there is nothing to compare"
    )
    changes = [
        lambda: _write(settings.raw, "bearer", 1, "2006-01-01", bearer),
        lambda: _write(settings.raw, "first", 0, "2003-12-31"),
        lambda: (settings.raw / "story-1.jsonl").unlink(),
        lambda: _write(settings.raw, "story-2", 2, "2005-07-10"),
    ]
    for number, change in enumerate(changes):
        change()
        assert run_pipeline(settings, instance=instance).published == number + 2
        found = _sums(settings.warehouse / "tables")
        assert found == _made_anew(settings, tmp_path / f"anew-{number}", monkeypatch)
    assert verify.problems(settings.warehouse) == []


def test_what_a_part_rests_on_changes_its_key(settings: Settings, instance: dg.DagsterInstance) -> None:
    run_pipeline(settings, instance=instance)
    before = _files(settings.warehouse, "documents")
    (settings.raw / "elsewhere").mkdir()
    (settings.raw / "story-3.jsonl").rename(settings.raw / "elsewhere" / "story-3.jsonl")
    assert run_pipeline(settings, instance=instance).published == 2
    now = _files(settings.warehouse, "documents")
    assert {part for part in before if before[part] != now[part]} == {"2005-07"}, "a moved file has another path"
    paths = pl.read_parquet(settings.warehouse / "tables" / "documents.parquet")["source_path"]
    assert "elsewhere/story-3.jsonl" in paths.to_list()


def test_a_version_without_parts_is_followed_by_one_with(settings: Settings, instance: dg.DagsterInstance) -> None:
    """The layout of earlier versions: a file a table. It is read as it is, returned to, and nothing is taken from it."""
    run_pipeline(settings, instance=instance)
    version = versions.current(settings.warehouse)
    assert version is not None
    for table in RESTS_ON:
        folder = version.tables / f"{table}.parquet"
        rows = pl.read_parquet(folder)
        for file in parts.files_of(folder):
            file.unlink()
        folder.rmdir()
        rows.write_parquet(folder)
    (version.path / parts.NOTED).unlink()
    assert versions.rows_of(version, "documents") == len(_DAYS)
    _write(settings.raw, "late", 9, "2004-03-30")
    assert run_pipeline(settings, instance=instance).published == 2
    assert len(_files(settings.warehouse, "documents")) == 4
    assert verify.problems(settings.warehouse) == []
    versions.roll_back(settings.warehouse)
    with duckdb.connect(str(settings.warehouse / "newsledger.duckdb"), read_only=True) as con:
        assert con.execute("select count(*) from documents").fetchone() == (len(_DAYS),)


def test_a_damaged_part_is_found_and_made_again(settings: Settings, instance: dg.DagsterInstance) -> None:
    run_pipeline(settings, instance=instance)
    damaged = settings.warehouse / "tables" / "documents.parquet" / "2005-07.parquet"
    whole = damaged.read_bytes()
    damaged.chmod(0o644)
    with damaged.open("r+b") as file:
        file.seek(len(whole) // 2)
        file.write(bytes(byte ^ 255 for byte in whole[len(whole) // 2 : len(whole) // 2 + 8]))
    assert any("2005-07" in problem for problem in verify.problems(settings.warehouse))
    assert run_pipeline(settings, instance=instance, scope=Scope.of(("tables",))).published == 2
    assert verify.problems(settings.warehouse) == []
    assert damaged.read_bytes() == whole


def test_a_lost_part_is_made_again(settings: Settings, instance: dg.DagsterInstance) -> None:
    run_pipeline(settings, instance=instance)
    version = versions.current(settings.warehouse)
    assert version is not None
    (version.tables / "quotes.parquet" / "2004-01.parquet").unlink()
    _write(settings.raw, "another", 9, "2006-02-02")
    run_pipeline(settings, instance=instance)
    assert {"2004-01", "2006-02"} <= _files(settings.warehouse, "quotes").keys()


def test_no_published_part_stands_for_a_stage_done_again(settings: Settings, instance: dg.DagsterInstance) -> None:
    run_pipeline(settings, instance=instance)
    run_pipeline(settings, instance=instance, scope=Scope.of(("facts",)))
    version = versions.current(settings.warehouse)
    assert version is not None
    taken = parts.noted(version.tables).taken
    assert taken
    assert not any(taken.values())
