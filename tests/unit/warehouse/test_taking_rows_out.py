"""One bad row goes to quarantine and the rest is published; a bad build is refused."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from pipelines.tables import WAREHOUSE_TABLES
from pipelines.warehouse import audit, bad_rows
from tests import small_warehouse as small

Rows = dict[str, list[dict[str, Any]]]


def _written(folder: Path, rows: Rows) -> Path:
    tables = folder / "tables"
    tables.mkdir(parents=True)
    for name, schema in WAREHOUSE_TABLES.items():
        types = {n: pl.String() if isinstance(t, pl.Enum) else t for n, t in schema.create_empty().schema.items()}
        frame = pl.DataFrame(rows.get(name, []), schema=types, orient="row")
        frame.write_parquet(tables / f"{name}.parquet")
    return tables


def _audited(folder: Path, rows: Rows) -> tuple[audit.TablesAudit, audit.DatabaseAudit]:
    tables = _written(folder, rows)
    return audit.of_tables(tables), audit.of_database(folder / "newsledger.duckdb")


def _figure(rows: Rows, number: int) -> dict[str, Any]:
    return rows["financial_figures"][number]


def _a_period_that_ends_before_it_starts(rows: Rows) -> None:
    _figure(rows, 1)["period_end"] = date(2001, 1, 1)


def _words_that_are_not_in_the_text(rows: Rows) -> None:
    _figure(rows, 1)["text"] = "$13 million"


def _an_offset_beyond_the_text(rows: Rows) -> None:
    _figure(rows, 1)["end_char"] = 100_000


def _a_code_that_no_list_has(rows: Rows) -> None:
    _figure(rows, 1)["figure_kind"] = "bribe"


def _a_currency_that_is_none(rows: Rows) -> None:
    _figure(rows, 1)["currency"] = "dollars"


def _a_key_twice(rows: Rows) -> None:
    rows["financial_figures"].append(dict(_figure(rows, 1)))


def _a_key_twice_with_another_amount(rows: Rows) -> None:
    rows["financial_figures"].append(_figure(rows, 1) | {"purpose": "something else"})


def _a_confidence_above_one(rows: Rows) -> None:
    _figure(rows, 1)["confidence"] = 1.5


def _a_null_where_none_may_be(rows: Rows) -> None:
    _figure(rows, 1)["rule"] = None


def _a_donor_who_is_not_there(rows: Rows) -> None:
    _figure(rows, 1)["donor_id"] = small.hexes("ac", 0xDEAD)


FAULTS: list[tuple[Callable[[Rows], None], str, int]] = [
    (_a_period_that_ends_before_it_starts, "periods_do_not_end_before_they_start", 1),
    (_words_that_are_not_in_the_text, "evidence_is_in_the_text", 1),
    (_an_offset_beyond_the_text, "evidence_is_in_the_text", 1),
    (_a_code_that_no_list_has, "contract:figure_kind|code", 1),
    (_a_currency_that_is_none, "contract:currency|regex", 1),
    (_a_key_twice, "contract:primary_key", 2),
    (_a_key_twice_with_another_amount, "contract:primary_key", 2),
    (_a_confidence_above_one, "contract:confidence|max", 1),
    (_a_null_where_none_may_be, "contract:rule|nullability", 1),
    (_a_donor_who_is_not_there, "references_point_to_rows", 1),
]


@pytest.mark.parametrize(("fault", "reason", "kept"), FAULTS, ids=lambda f: getattr(f, "__name__", ""))
def test_one_bad_row_is_quarantined_and_the_rest_published(
    fault: Callable[[Rows], None], reason: str, kept: int, tmp_path: Path
) -> None:
    rows = deepcopy(small.table_rows())
    fault(rows)
    tables, database = _audited(tmp_path, rows)
    assert set(tables.contracts) == set(WAREHOUSE_TABLES) - {"runs"}
    assert all(result.passed for result in tables.contracts.values())
    assert database.broken == []
    with duckdb.connect(str(tmp_path / "newsledger.duckdb"), read_only=True) as con:
        told = con.execute(
            "select source_path, record_index, stage, reason, detail from quarantine where stage = 'publish'"
        ).fetchall()
        counts = con.execute(
            "select (select count(*) from financial_figures), (select count(*) from events),"
            " (select quarantined from runs), (select status from raw_files)"
        ).fetchone()
    assert [row[:4] for row in told] == [("wire/border.txt", 0, "publish", reason)]
    assert "financial_figures" in told[0][4]
    assert "million" in told[0][4]
    assert counts is not None
    assert counts[:2] == (kept, 1)
    assert counts[3] == "partial"


def test_what_pointed_to_a_bad_row_points_to_nothing_or_goes_with_it(tmp_path: Path) -> None:
    rows = deepcopy(small.table_rows())
    _figure(rows, 0)["period_end"] = date(2001, 1, 1)  # the total of which the other is a part
    rows["events"][0]["trigger"] = "took"
    _, database = _audited(tmp_path, rows)
    assert database.broken == []
    with duckdb.connect(str(tmp_path / "newsledger.duckdb"), read_only=True) as con:
        assert con.execute("select figure_id, part_of_figure_id from financial_figures").fetchall() == [
            (small.PART, None)
        ]
        assert con.execute("select count(*) from event_actors").fetchone() == (0,)
        assert con.execute("select events_total, financial_figures_total from runs").fetchone() == (0, 1)


def test_a_bad_document_goes_with_its_facts(tmp_path: Path) -> None:
    rows = deepcopy(small.table_rows())
    rows["documents"][0]["text_sha256"] = None
    _audited(tmp_path, rows)
    with duckdb.connect(str(tmp_path / "newsledger.duckdb"), read_only=True) as con:
        assert con.execute("select document_id, duplicate_of from documents").fetchall() == [(small.COPY, None)]
        for table in ("sentences", "mentions", "events", "event_actors", "financial_figures", "quotes", "quantities"):
            assert con.execute(f"select count(*) from {table}").fetchone() == (0,), table
        assert con.execute("select loaded from raw_files").fetchone() == (0,)


def _many(rows: Rows, count: int) -> None:
    """As many documents more, each with a figure."""
    for number in range(3, count + 3):
        document = rows["documents"][0] | {"document_id": small.hexes("doc", number), "source_path": f"{number}.txt"}
        rows["documents"].append(document)
        rows["financial_figures"].append(
            _figure(rows, 0) | {"figure_id": small.hexes("fg", 0x100 + number), "document_id": document["document_id"]}
        )
        basis = next(e for e in rows["evidence"] if e["row_id"] == small.TOTAL)
        rows["evidence"].append(
            basis | {"row_id": small.hexes("fg", 0x100 + number), "document_id": document["document_id"]}
        )


def test_faults_in_many_documents_keep_the_version_back(tmp_path: Path) -> None:
    rows = deepcopy(small.table_rows())
    _many(rows, 60)
    for row in rows["financial_figures"]:
        row["text"] = "something else"
    _, database = _audited(tmp_path, rows)
    assert database.broken == ["evidence_is_in_the_text"]
    assert database.problem is not None
    assert "62 rows of 61 documents (of 62)" in database.problem


def test_a_contract_broken_in_many_documents_keeps_the_version_back(tmp_path: Path) -> None:
    rows = deepcopy(small.table_rows())
    _many(rows, 60)
    for row in rows["financial_figures"]:
        row["confidence"] = 7.0
    tables = audit.of_tables(_written(tmp_path, rows))
    assert not tables.contracts["financial_figures"].passed
    assert tables.problem is not None
    assert "confidence|max" in tables.problem


def test_a_missing_column_is_no_rows_fault(tmp_path: Path) -> None:
    tables = _written(tmp_path, small.table_rows())
    pl.read_parquet(tables / "quotes.parquet").drop("text").write_parquet(tables / "quotes.parquet")
    found = audit.of_tables(tables)
    assert [name for name, result in found.contracts.items() if not result.passed] == ["quotes"]
    assert found.quarantined is None


def test_evidence_goes_with_the_row_it_is_of(tmp_path: Path) -> None:
    rows = deepcopy(small.table_rows())
    assert {e["row_id"] for e in rows["evidence"]} == {small.EVENT, small.TOTAL, small.PART}
    _words_that_are_not_in_the_text(rows)
    _, database = _audited(tmp_path, rows)
    assert database.broken == []
    left = pl.read_parquet(tmp_path / "tables" / "evidence.parquet")
    assert set(left["row_id"]) == {small.EVENT, small.TOTAL}


def test_every_table_of_facts_knows_the_document_of_a_bad_row(tmp_path: Path) -> None:
    tables = _written(tmp_path, deepcopy(small.table_rows()))
    facts = set(WAREHOUSE_TABLES) - set(bad_rows._NEVER)
    assert len(facts) > 10
    for table in facts:
        found = bad_rows._document_of(tables, table, pl.read_parquet(tables / f"{table}.parquet"))
        assert found.null_count() == 0, table
