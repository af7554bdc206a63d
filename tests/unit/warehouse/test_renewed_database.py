"""A database that goes on from the last version's holds what one that is made anew holds, and is checked as that one is."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipelines.resolve.months import RESTS_ON
from pipelines.stages.fingerprints import digest
from pipelines.tables import WAREHOUSE_TABLES
from pipelines.warehouse import (
    audit,
    changed_checks,
    checks,
    database,
    part_changes,
    parts,
    renewed_database,
    unusual_rows,
    versions,
)
from pipelines.warehouse.sql_models import views
from pipelines.warehouse.versions import Version
from tests import small_warehouse as small

Rows = dict[str, list[dict[str, Any]]]
# Number of a document -> its month, and a number that is another when it is edited.
Corpus = dict[int, tuple[int, int]]
_IDS = ("doc_", "fg_", "fl_", "ev_", "st_", "qt_", "qn_", "mn_", "fr_")


def _own(value: Any, number: int) -> Any:
    """An id of the small warehouse as that of another document."""
    return f"{value[:-10]}{number:03x}{value[-7:]}" if isinstance(value, str) and value.startswith(_IDS) else value


def _of_document(number: int, month: int, edition: int) -> Rows:
    rows = {
        table: [{k: _own(v, number) for k, v in row.items()} for row in some]
        for table, some in small.table_rows().items()
    }
    for document in rows["documents"]:
        document["published_on"] = date(2024, month, 5) if month else None
        document["title"] = f"Edition {edition}"
        document["source_path"] = f"{number}-{document['source_path']}"
    rows["quotes"][0]["speaker_text"] = f"speaker of edition {edition}"
    rows["runs"][0]["run_id"] = f"run-{number}"
    rows["raw_files"][0]["source_path"] = f"{number}.txt"
    rows["events"][0]["date_start"] = date(1300, 1, 1) if edition % 2 else None  # a warning in every other edition
    return rows


def _write(corpus: Corpus, folder: Path, spoil: Callable[[Rows], None] | None = None) -> Path:
    """Tables of a corpus as the next version has them, months as before taken over from the version before."""
    told = {number: _of_document(number, *of) for number, of in sorted(corpus.items())}
    rows: Rows = {table: [row for one in told.values() for row in one.get(table, [])] for table in WAREHOUSE_TABLES}
    rows["actors"] = [actor | {"mention_count": len(corpus)} for actor in small.table_rows()["actors"]]
    if spoil is not None:
        spoil(rows)
    tables = folder / "tables"
    tables.mkdir(parents=True, exist_ok=True)
    month_of = {
        row["document_id"]: row["published_on"].strftime("%Y-%m") if row["published_on"] else "undated"
        for row in rows["documents"]
    }
    month_of |= {row["event_id"]: month_of[row["document_id"]] for row in rows["events"]}
    noted, earlier = parts.Parts(), parts.published(v.tables for v in versions.all_versions(folder.parent.parent))
    for table, schema in WAREHOUSE_TABLES.items():
        path = tables / f"{table}.parquet"
        empty = schema.create_empty()
        if table not in RESTS_ON:
            pl.DataFrame(rows[table], schema=empty.schema, orient="row").write_parquet(path)
            continue
        path.mkdir()
        noted.keys[table] = {}
        for month in sorted(set(month_of.values())):
            some = [row for row in rows[table] if month_of[row.get("document_id", row.get("event_id"))] == month]
            noted.keys[table][month] = key = digest(some)
            if (table, month, key) in earlier:
                parts.take_over(earlier[table, month, key], path / f"{month}.parquet")
            elif some:
                pl.DataFrame(some, schema=empty.schema, orient="row").write_parquet(path / f"{month}.parquet")
        if not parts.files_of(path):
            empty.write_parquet(path / f"{parts.NO_ROWS}.parquet")
    noted.note(tables)
    return tables


def _publish(
    warehouse: Path, corpus: Corpus, spoil: Callable[[Rows], None] | None = None
) -> tuple[Version, audit.DatabaseAudit]:
    folder = versions.start_build(warehouse)
    _write(corpus, folder, spoil)
    found = audit.of_database(folder / versions.DATABASE, versions.current(warehouse))
    assert not found.broken, found.failed
    unusual_rows.find(folder / versions.DATABASE, found.changes)
    return versions.publish(warehouse, {}, keep=2), found


def _content(file: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(file), read_only=True) as con:
        names = [*WAREHOUSE_TABLES, *(view.name for view in views())]
        return {name: sorted(con.execute(f"select * from {name}").fetchall(), key=repr) for name in names}


@pytest.fixture(autouse=True)
def _always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few documents: most of them change at a time."""
    monkeypatch.setattr(part_changes, "MOST_CHANGED", 100.0)
    monkeypatch.setattr(renewed_database, "MOST_WASTE", 1.0)


_STEP = st.dictionaries(
    st.integers(1, 6), st.one_of(st.none(), st.tuples(st.integers(0, 3), st.integers(0, 2))), min_size=1, max_size=3
)


@settings(
    max_examples=4, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(_STEP, min_size=2, max_size=4))
def test_any_batches_leave_the_rows_of_a_database_made_anew(steps: list[dict[int, tuple[int, int] | None]]) -> None:
    """Documents come, are edited, move to another month and go; compared are all tables and views, checks and warnings."""
    corpus: Corpus = {7: (1, 0), 8: (2, 1)}
    with tempfile.TemporaryDirectory() as name:
        warehouse = Path(name)
        _publish(warehouse, corpus)
        for step in steps:
            corpus = {number: of for number, of in (corpus | step).items() if of is not None}
            version, found = _publish(warehouse, corpus)
            assert found.changes is not None, "the database was made anew: nothing is compared"
            anew = warehouse / "anew.duckdb"
            rows = database.build(anew, version.tables)
            assert _content(version.database) == _content(anew)
            assert found.rows == rows
            assert not any(checks.failed_checks(version.database).values())
            assert not any(versions.damaged_files(one) for one in versions.all_versions(warehouse))
            noted = (version.path / unusual_rows.NOTED).read_text()
            unusual_rows.find(anew, None)
            assert (warehouse / unusual_rows.NOTED).read_text() == noted
            anew.unlink()


def _an_actor_of_other_months_goes(rows: Rows) -> None:
    rows["actors"] = [row for row in rows["actors"] if row["actor_id"] != small.PETROV]


def _a_key_that_another_month_has(rows: Rows) -> None:
    rows["mentions"][-1]["mention_id"] = rows["mentions"][0]["mention_id"]


def _a_copy_of_a_document_that_is_nowhere(rows: Rows) -> None:
    rows["documents"][-1]["duplicate_of"] = small.hexes("doc", 0xDEAD)


def _words_that_are_not_in_the_text(rows: Rows) -> None:
    rows["quotes"][-1]["text"] = "They said nothing"


def _an_event_without_evidence(rows: Rows) -> None:
    lost = rows["events"][-1]["event_id"]
    rows["evidence"] = [row for row in rows["evidence"] if row["row_id"] != lost]


def _a_mention_that_event_actors_of_the_month_need(rows: Rows) -> None:
    del rows["mentions"][-2]


def _a_flow_of_no_actor(rows: Rows) -> None:
    rows["aid_flows"][0]["donor_id"] = small.hexes("ac", 0xDEAD)


_FAULTS: list[tuple[Callable[[Rows], None], str]] = [
    (_an_actor_of_other_months_goes, checks.REFERENCES_CHECK),
    (_a_key_that_another_month_has, checks.KEYS_CHECK),
    (_a_copy_of_a_document_that_is_nowhere, checks.REFERENCES_CHECK),
    (_words_that_are_not_in_the_text, "evidence_is_in_the_text"),
    (_an_event_without_evidence, "rows_rest_on_evidence"),
    (_a_mention_that_event_actors_of_the_month_need, checks.REFERENCES_CHECK),
    (_a_flow_of_no_actor, checks.REFERENCES_CHECK),
]


@pytest.mark.parametrize(("fault", "check"), _FAULTS)
def test_what_checks_of_all_find_is_found_where_only_changes_are_looked_at(
    fault: Callable[[Rows], None], check: str, tmp_path: Path
) -> None:
    before, _ = _publish(tmp_path, {1: (1, 0), 2: (2, 0)})
    folder = versions.start_build(tmp_path)
    tables = _write({1: (1, 0), 2: (2, 0), 3: (3, 0)}, folder, fault)
    file = folder / versions.DATABASE
    changes = part_changes.since(before, tables)
    assert changes is not None
    assert changes.months - {parts.NO_ROWS} == {"2024-03"}
    assert renewed_database.renew(file, before, changes) is not None
    found = {name for name, rows in changed_checks.failed_checks(file, changes).items() if rows}
    of_all = {name for name, rows in checks.failed_checks(file).items() if rows}
    assert check in found
    assert found == of_all


def test_a_document_that_goes_is_missed_by_months_that_did_not_change(tmp_path: Path) -> None:
    def repeats_a_document_of_another_month(rows: Rows) -> None:
        rows["documents"][-1]["duplicate_of"] = _own(small.DOC, 1)

    before, _ = _publish(tmp_path, {1: (1, 0), 2: (2, 0)}, repeats_a_document_of_another_month)
    folder = versions.start_build(tmp_path)
    changes = part_changes.since(before, _write({2: (2, 0)}, folder, repeats_a_document_of_another_month))
    assert changes is not None
    assert changes.months - {parts.NO_ROWS} == {"2024-01"}
    file = folder / versions.DATABASE
    assert renewed_database.renew(file, before, changes) is not None
    lost = changed_checks.failed_checks(file, changes)[checks.REFERENCES_CHECK]
    assert lost == [("documents", _own(small.COPY, 2), "duplicate_of", _own(small.DOC, 1))]


def test_a_damaged_database_is_not_gone_on_from(tmp_path: Path) -> None:
    before, _ = _publish(tmp_path, {1: (1, 0), 2: (2, 0)})
    before.database.chmod(0o644)
    with before.database.open("r+b") as file:
        file.seek(-4096, 2)
        file.write(b"\xff" * 8)
    version, found = _publish(tmp_path, {1: (1, 0), 2: (2, 0), 3: (3, 0)})
    assert found.changes is None
    assert versions.damaged_files(version) == {}
    assert len(_content(version.database)["documents"]) == 6


def test_too_much_waste_has_a_database_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _publish(tmp_path, {1: (1, 0), 2: (2, 0)})
    _, gone_on = _publish(tmp_path, {1: (1, 0), 2: (2, 1)})
    assert gone_on.changes is not None
    monkeypatch.setattr(renewed_database, "MOST_WASTE", 0.0)
    version, anew = _publish(tmp_path, {1: (1, 0), 2: (2, 2)})
    assert anew.changes is None
    with duckdb.connect(str(version.database), read_only=True) as con:
        assert con.execute("select count(*), max(rowid) + 1 from documents").fetchall() == [(4, 4)]


def test_a_version_of_another_make_is_not_gone_on_from(tmp_path: Path) -> None:
    version, _ = _publish(tmp_path, {1: (1, 0), 2: (2, 0)})
    about = version.path / renewed_database.ABOUT
    about.write_text(about.read_text().replace(database.recipe(), "another"))
    _, found = _publish(tmp_path, {1: (1, 0), 2: (2, 0), 3: (3, 0)})
    assert found.changes is None
    assert found.rows["documents"] == 6


def test_a_new_check_is_asked_of_months_that_have_not_changed(tmp_path: Path) -> None:
    version, _ = _publish(tmp_path, {1: (1, 0), 2: (2, 0)})
    about = version.path / renewed_database.ABOUT
    noted = json.loads(about.read_text())
    assert noted["checks"]
    about.write_text(json.dumps(noted | {"checks": "of fewer queries"}))
    _, found = _publish(tmp_path, {1: (1, 0), 2: (2, 0), 3: (3, 0)})
    assert found.changes is None


def test_a_row_that_the_copy_has_and_the_tables_have_not_is_found(tmp_path: Path) -> None:
    """Rows of a month that changed are not those that the version before has on file."""
    before, _ = _publish(tmp_path, {1: (1, 0), 2: (2, 0)})
    part = before.tables / "sentences.parquet" / "2024-02.parquet"
    part.chmod(0o644)
    pl.read_parquet(part).head(1).write_parquet(part)
    folder = versions.start_build(tmp_path)
    changes = part_changes.since(before, _write({1: (1, 0), 2: (3, 0)}, folder))
    assert changes is not None
    assert renewed_database.renew(folder / versions.DATABASE, before, changes) is None
    assert not (folder / versions.DATABASE).exists()


_DYING = """
import os, signal, sys
from pathlib import Path
from pipelines.warehouse import audit, part_changes, renewed_database, versions

part_changes.MOST_CHANGED, renewed_database.MOST_WASTE = 100, 1
setattr(renewed_database, sys.argv[2], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
warehouse = Path(sys.argv[1])
audit.of_database(versions.build_folder(warehouse) / versions.DATABASE, versions.current(warehouse))
"""


@pytest.mark.parametrize("moment", ["_own_rows", "_read_back"])
def test_a_run_that_is_killed_while_rows_are_replaced_leaves_the_version_before(tmp_path: Path, moment: str) -> None:
    """Rows of parts are replaced and not committed, or all is written and not read back; the next run goes on from what is published."""
    before, _ = _publish(tmp_path, {1: (1, 0), 2: (2, 0)})
    held = _content(before.database)
    _write({1: (1, 0), 2: (2, 1), 3: (3, 0)}, versions.start_build(tmp_path))
    died = subprocess.run([sys.executable, "-c", _DYING, str(tmp_path), moment], check=False)
    assert died.returncode == -signal.SIGKILL
    assert versions.current(tmp_path) == before
    assert versions.damaged_files(before) == {}
    assert _content(before.database) == held
    version, found = _publish(tmp_path, {1: (1, 0), 2: (2, 1), 3: (3, 0)})
    assert found.changes is not None
    anew = tmp_path / "anew.duckdb"
    database.build(anew, version.tables)
    assert _content(version.database) == _content(anew)
