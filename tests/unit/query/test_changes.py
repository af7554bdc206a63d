"""What changed since an earlier version: new, gone and revised rows, told with their sentences."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines.cli import main
from pipelines.query.changes import GONE, NEW, REVISED, changes, earlier
from pipelines.query.published import QueryProblem
from tests import small_warehouse as small


@pytest.fixture
def before(warehouse: Path, tmp_path: Path) -> Path:
    """A copy of the small warehouse, to be changed into what was published earlier."""
    folder = tmp_path / "before"
    folder.mkdir()
    shutil.copy(warehouse / "newsledger.duckdb", folder)
    (folder / "newsledger.duckdb").chmod(0o644)
    return folder


def _change(folder: Path, *statements: str) -> None:
    with duckdb.connect(str(folder / "newsledger.duckdb")) as con:
        for statement in statements:
            con.execute(statement)


def test_nothing_changed(warehouse: Path, before: Path) -> None:
    assert changes(warehouse, before).num_rows == 0


def test_a_revised_figure_is_told_with_what_it_was(warehouse: Path, before: Path) -> None:
    _change(before, f"update financial_figures set figure_kind = 'loan' where figure_id = '{small.PART}'")
    (row,) = changes(warehouse, before).to_pylist()
    assert (row["table"], row["change"], row["was"], row["now"]) == (
        "financial_figures", REVISED, "figure_kind: loan", "figure_kind: aid",
    )  # fmt: skip
    assert row["sentence"] == small.MONEY.strip()
    assert row["title"]


def test_new_and_gone_documents_bring_their_rows(warehouse: Path, before: Path) -> None:
    with duckdb.connect(str(before / "newsledger.duckdb")) as con:
        found = con.execute("select document_id from financial_figures limit 1").fetchone()
        assert found
        con.execute("delete from documents where document_id = ?", list(found))
    rows = changes(warehouse, before).to_pylist()
    assert {row["change"] for row in rows} == {NEW}
    assert {"documents", "financial_figures"} <= {row["table"] for row in rows}
    assert {row["change"] for row in changes(before, warehouse).to_pylist()} == {GONE}


def test_a_flow_whose_sum_moved(warehouse: Path, before: Path) -> None:
    _change(before, "update aid_flows set amount_usd = amount_usd + 1000")
    flows = [row for row in changes(warehouse, before).to_pylist() if row["table"] == "aid_flows"]
    assert flows
    assert all(row["change"] == REVISED and row["was"] != row["now"] for row in flows)


def test_a_version_that_is_not_kept_is_told(warehouse: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryProblem, match="earlier versions kept: none"):
        earlier(tmp_path, "7")
    assert earlier(tmp_path, str(warehouse)) == warehouse


def test_the_command(warehouse: Path, before: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _change(before, f"update financial_figures set figure_kind = 'loan' where figure_id = '{small.PART}'")
    with pytest.raises(SystemExit) as ended:
        main(["changes", "--since", str(before), "--warehouse", str(warehouse), "--format", "csv"])
    assert ended.value.code == 0
    out, err = capsys.readouterr()
    assert [row["change"] for row in csv.DictReader(io.StringIO(out))] == [REVISED]
    assert "financial_figures: 1 revised" in err
