"""Publishing moves one link: readers see the version before or the one after, never a mixture."""

from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse import files, versions


def _build(warehouse: Path, number: int) -> None:
    folder = versions.start_build(warehouse)
    with duckdb.connect(str(folder / versions.DATABASE)) as con:
        con.execute(f"create table t as select {number} as n")
    (folder / versions.TABLES / "t.parquet").write_text(str(number))


def _read(warehouse: Path) -> int:
    with duckdb.connect(str(warehouse / "newsledger.duckdb"), read_only=True) as con:
        row = con.execute("select n from t").fetchone()
    assert row is not None
    return int(row[0])


def test_there_is_no_version_before_the_first_publication(tmp_path: Path) -> None:
    assert versions.current(tmp_path) is None
    assert versions.all_versions(tmp_path) == []


def test_a_publication_replaces_database_and_tables_together(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        _build(tmp_path, number)
        published = versions.publish(tmp_path, {"inputs": str(number)}, keep=2)
        assert published.number == number
        assert _read(tmp_path) == number
        assert (tmp_path / "tables" / "t.parquet").read_text() == str(number)
    assert published.about()["inputs"] == "3"


def test_an_open_reader_keeps_its_version_over_publications(tmp_path: Path) -> None:
    _build(tmp_path, 1)
    versions.publish(tmp_path, {}, keep=2)
    with duckdb.connect(str(tmp_path / "newsledger.duckdb"), read_only=True) as held:
        for number in (2, 3, 4):
            _build(tmp_path, number)
            versions.publish(tmp_path, {}, keep=2)
        assert held.execute("select n from t").fetchone() == (1,)
    assert _read(tmp_path) == 4


def test_a_build_that_is_never_published_changes_nothing_and_is_cleared_by_the_next(tmp_path: Path) -> None:
    _build(tmp_path, 1)
    versions.publish(tmp_path, {}, keep=2)
    _build(tmp_path, 2)
    assert _read(tmp_path) == 1
    assert not (versions.start_build(tmp_path) / versions.DATABASE).exists()


def test_a_file_whose_writing_fails_is_not_there_and_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    files.write_json({"x": 1}, target)
    with pytest.raises(RuntimeError), files.atomic_write(target) as temporary:
        temporary.write_text("half")
        raise RuntimeError("disk full")
    assert files.read_json(target) == {"x": 1}
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_old_versions_go_when_no_reader_can_be_at_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (1, 2, 3):
        _build(tmp_path, number)
        versions.publish(tmp_path, {}, keep=2)
    assert [v.number for v in versions.all_versions(tmp_path)] == [1, 2, 3]  # 1 was current a moment ago
    monkeypatch.setattr(versions, "READER_SECONDS", 0)
    versions.drop_old(tmp_path, keep=2)
    assert [v.number for v in versions.all_versions(tmp_path)] == [2, 3]


def test_rolling_back_serves_the_version_before_and_is_remembered(tmp_path: Path) -> None:
    for number in (1, 2):
        _build(tmp_path, number)
        versions.publish(tmp_path, {"inputs": f"inputs {number}"}, keep=2)
    assert versions.roll_back(tmp_path).number == 1
    assert _read(tmp_path) == 1
    assert versions.left_inputs(tmp_path) == "inputs 2"
    with pytest.raises(versions.NoSuchVersion, match="no earlier version"):
        versions.roll_back(tmp_path)
    assert versions.roll_back(tmp_path, 2).number == 2
    _build(tmp_path, 3)
    assert versions.publish(tmp_path, {}, keep=2).number == 3


def test_a_changed_or_missing_file_of_a_version_is_named(tmp_path: Path) -> None:
    _build(tmp_path, 1)
    version = versions.publish(tmp_path, {}, keep=2)
    assert versions.damaged_files(version) == {}
    table = version.tables / "t.parquet"
    table.chmod(0o644)
    table.write_text("2")
    assert versions.damaged_files(version) == {"tables/t.parquet": "has changed since it was published"}
    version.database.unlink()
    assert set(versions.damaged_files(version)) == {"newsledger.duckdb", "tables/t.parquet"}
