"""Rows that differ between two warehouses are told with what differs, their words and their sentence."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines.cli import main
from pipelines.query.compare import DIFFERS, ONLY_A, ONLY_B, compare
from pipelines.query.published import QueryProblem
from tests import small_warehouse as small


@pytest.fixture
def other(warehouse: Path, tmp_path: Path) -> Path:
    """A copy of the small warehouse, to be changed."""
    folder = tmp_path / "other"
    folder.mkdir()
    shutil.copy(warehouse / "newsledger.duckdb", folder)
    (folder / "newsledger.duckdb").chmod(0o644)
    return folder


def _change(warehouse: Path, *statements: str) -> None:
    with duckdb.connect(str(warehouse / "newsledger.duckdb")) as con:
        for statement in statements:
            con.execute(statement)


def test_a_warehouse_is_like_itself(warehouse: Path, other: Path) -> None:
    found = compare(warehouse, other)
    assert found.rows == []
    assert found.documents == 2
    assert found.counts["events"] == {"same": 1, DIFFERS: 0, ONLY_A: 0, ONLY_B: 0}
    assert found.counts["financial_figures"]["same"] == 2


def test_what_differs_is_told_field_by_field(warehouse: Path, other: Path) -> None:
    _change(
        other,
        f"update financial_figures set figure_kind = 'loan', donor_id = '{small.PETROV}' where figure_id = '{small.PART}'",
    )
    (row,) = compare(warehouse, other).rows
    assert (row["table"], row["change"], row["fields"]) == ("financial_figures", DIFFERS, "figure_kind, donor_id")
    assert row["in_a"] == "figure_kind: aid; donor_id: Ruritania"
    assert row["in_b"] == "figure_kind: loan; donor_id: Ana Petrov"
    assert (row["words"], row["sentence"]) == ("$12 million", small.MONEY.strip())
    assert row["id_in_a"] == row["id_in_b"] == small.PART
    assert row["external_id"] == "wire/border.txt"


def test_ids_that_are_others_make_no_difference_and_sides_do(warehouse: Path, other: Path) -> None:
    new = small.hexes("ev", 77)
    _change(other, f"update event_actors set event_id = '{new}'", f"update events set event_id = '{new}', rule = 'r2'")
    assert compare(warehouse, other, ["events"]).rows == []
    _change(other, "delete from event_actors where role = 'recipient'")
    (row,) = compare(warehouse, other, ["events"]).rows
    assert (row["fields"], row["in_a"], row["in_b"]) == ("recipients", 'recipients: ["Elbonia"]', "recipients: -")


def test_rows_of_one_side_alone(warehouse: Path, other: Path) -> None:
    _change(
        other,
        "delete from quotes",
        f"update mentions set start_char = 0, end_char = 9 where mention_id = '{small.MENTION_GIVER}'",
    )
    found = compare(warehouse, other, ["quotes", "mentions"])
    told = [(r["table"], r["change"], r["words"]) for r in found.rows]
    assert told == [
        ("quotes", ONLY_A, "We are grateful,"),
        ("mentions", ONLY_B, "Ruritania"),
        ("mentions", ONLY_A, "Ruritania"),
    ]
    assert found.rows[0]["in_a"].startswith("text: We are grateful,; speaker_id: Ana Petrov")
    assert found.rows[0]["in_b"] is None


def test_of_two_equal_rows_one_may_be_missing(warehouse: Path, other: Path) -> None:
    for folder in (other,):
        columns = "* replace ('qn_00000000000000ff' as quantity_id)"
        _change(folder, f"insert into quantities select {columns} from quantities")
    found = compare(warehouse, other, ["quantities"])
    assert [r["change"] for r in found.rows] == [ONLY_B]
    assert found.counts["quantities"]["same"] == 1


def test_documents_of_one_side_are_counted_and_left_out(warehouse: Path, other: Path) -> None:
    _change(other, f"update documents set document_id = '{small.hexes('doc', 9)}' where document_id = '{small.DOC}'")
    found = compare(warehouse, other)
    assert (found.documents, found.documents_only_in, found.rows) == (1, (1, 1), [])


def test_a_table_without_places_is_refused(warehouse: Path, other: Path) -> None:
    with pytest.raises(QueryProblem, match="'actors' cannot be compared: name one of"):
        compare(warehouse, other, ["actors"])


def test_the_command_writes_csv_and_json(warehouse: Path, other: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _change(other, "update events set event_type = 'CONSULT'")
    for form in ("csv", "json"):
        with pytest.raises(SystemExit) as ended:
            main(["compare", str(warehouse), str(other), "--format", form])
        assert ended.value.code == 0
        output = capsys.readouterr()
        rows = list(csv.DictReader(io.StringIO(output.out))) if form == "csv" else json.loads(output.out)
        assert [r["in_b"] for r in rows] == ["event_type: CONSULT"]
        assert "events: 0 same, 1 differs, 0 only in A, 0 only in B" in output.err


def test_what_is_neither_warehouse_nor_reader_is_told(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["compare", str(warehouse), "no-such-reader"])
    assert ended.value.code == 1
    assert "neither the folder of a published warehouse nor a reader" in capsys.readouterr().err


def test_what_other_releases_read_goes_to_folders_of_the_work_folder_by_their_content(
    tmp_path: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    releases, asked = [tmp_path / "a" / "release", tmp_path / "b" / "release"], []

    def extract(_: object, reader: str, folder: Path, __: object) -> Path:
        asked.append((reader, folder))
        return warehouse

    monkeypatch.setattr(
        "pipelines.reader.interface.reader_fingerprint", lambda name: f"print of {Path(name).parent.name}"
    )
    monkeypatch.setattr("pipelines.defs.shadow.extract_beside", extract)
    work = tmp_path / "work"
    with pytest.raises(SystemExit) as ended:
        main(["compare", *map(str, releases), "--warehouse", str(warehouse), "--work", str(work)])
    assert ended.value.code == 0, capsys.readouterr().err
    assert asked == [(str(releases[0]), work / "print of a"), (str(releases[1]), work / "print of b")]
