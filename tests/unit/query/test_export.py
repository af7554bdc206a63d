"""Tables for other programs, the data dictionary, and a user's own files to join with."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from pipelines.cli import main
from pipelines.query import dictionary
from pipelines.query import export as exporting
from pipelines.query.export import export
from pipelines.query.published import QueryProblem

DICTIONARY = Path(__file__).parents[3] / "docs" / "data_dictionary.md"


def test_csv_has_a_codebook_and_citations(warehouse: Path, tmp_path: Path) -> None:
    rows, book = export(warehouse, "financial_figures", None, tmp_path / "f.csv")
    cited = pl.read_csv(rows)["citation"]
    assert cited.len() == 2
    assert cited.str.contains("The Strelsau Courier").all()
    assert cited.str.contains("sentence 1; text sha256 0{16}; newsledger 0.1.0").all()
    told = dict(pl.read_csv(book).select("column", "description").iter_rows())
    assert "One of: aid, loan" in told["figure_kind"]


def test_csv_is_written_piece_by_piece_and_has_all_rows_and_counts(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = export(warehouse, "mentions", None, tmp_path / "whole.csv")[0].read_bytes()
    monkeypatch.setattr(exporting, "_AT_ONCE", 1)
    monkeypatch.setattr(exporting, "_write", lambda *_: pytest.fail("all rows were held"))
    rows, book = export(warehouse, "mentions", None, tmp_path / "pieces.csv")
    assert rows.read_bytes() == whole
    assert pl.read_csv(rows).height == 3
    counts = {name: found for name, *found in pl.read_csv(book).select("column", "filled", "distinct").iter_rows()}
    assert (counts["mention_id"], counts["role"], counts["mention_type"]) == ([1.0, 3], [0.0, 1], [1.0, 1])


def test_stata_has_labels(warehouse: Path, tmp_path: Path) -> None:
    file = export(warehouse, "aid_flows", None, tmp_path / "f.dta")[0]
    rows, meta = pyreadstat.read_dta(file, output_format="polars")
    assert sorted(rows["amount_usd"].to_list()) == [12_000_000, 18_000_000]
    assert meta.column_names_to_labels["donor_kind"].startswith("state, igo")


def test_excel_and_parquet_hold_all_rows(warehouse: Path, tmp_path: Path) -> None:
    for ending in ("xlsx", "parquet"):
        assert export(warehouse, "aid_share_by_purpose", None, tmp_path / f"f.{ending}")[0].stat().st_size > 500
    assert pl.read_parquet(tmp_path / "f.parquet").height == 2


def test_what_cannot_be_exported_is_said(warehouse: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryProblem, match="no table or mart nothing"):
        export(warehouse, "nothing", None, None)
    with pytest.raises(QueryProblem, match="--to"):
        export(warehouse, "actors", None, tmp_path / "f.doc")


def test_the_dictionary_is_that_of_the_contracts() -> None:
    made = "python -c \"from pipelines.query.dictionary import page; print(page(), end='')\" > docs/data_dictionary.md"
    assert DICTIONARY.read_text(encoding="utf8") == dictionary.page(), made


def test_the_dictionary_tells_fill(warehouse: Path) -> None:
    page = dictionary.of_warehouse(warehouse)
    assert "Rows here: 2." in page
    assert "| donor_id | string | 100% |" in page


def _sql(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main(["sql", *words])
    told = capsys.readouterr()
    assert ended.value.code == 0, told.err
    return told.out


def test_a_query_may_begin_with_a_comment_or_lie_in_a_file(
    warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    query = "-- how many?\nselect count(*) as n from aid_flows"
    told = ["--warehouse", str(warehouse), "--format", "csv"]
    assert _sql(capsys, query, *told) == "n\n2\n"
    (tmp_path / "q.sql").write_text(query, encoding="utf8")
    assert _sql(capsys, "--file", str(tmp_path / "q.sql"), *told) == "n\n2\n"


def test_the_ending_of_the_output_decides(warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _sql(capsys, "select 1 as n", "--warehouse", str(warehouse), "--output", str(tmp_path / "n.csv"))
    assert (tmp_path / "n.csv").read_text() == "n\n1\n"


@pytest.mark.parametrize(
    ("names", "told"),
    [(["events"], "the warehouse has a table events"), (["Actors"], "the warehouse has a table Actors"),
     (["aid_by_year"], "the warehouse has a table aid_by_year"), (["gdp", "GDP"], "another --join has the name GDP")],
)  # fmt: skip
def test_an_own_file_hides_no_table(
    warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], names: list[str], told: str
) -> None:
    own = tmp_path / "own.csv"
    own.write_text("a\n1\n")
    joined = [word for name in names for word in ("--join", f"{name}={own}")]
    with pytest.raises(SystemExit) as ended:
        main(["sql", "select 1", *joined, "--warehouse", str(warehouse)])
    assert ended.value.code == 1
    assert told in capsys.readouterr().err


def test_own_files_can_be_joined_and_no_others(
    warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "gdp.csv"
    own.write_text("country,gdp\nELB,5\n", encoding="utf8")
    pl.DataFrame({"k": [1]}).write_parquet(tmp_path / "k.parquet")
    query = "select a.name, g.gdp, k.k from actors as a inner join gdp as g using (country), k where a.actor_type = 'country'"
    told = _sql(
        capsys, query, "--join", f"gdp={own}", "--join", f"k={tmp_path / 'k.parquet'}", "--warehouse", str(warehouse),
        "--format", "csv",
    )  # fmt: skip
    assert told == "name,gdp,k\nElbonia,5,1\n"
    with pytest.raises(SystemExit):
        main(["sql", f"select * from read_csv('{own}')", "--join", f"gdp={own}", "--warehouse", str(warehouse)])
    assert "disabled" in capsys.readouterr().err
