"""Contracts say what is wrong with a table, by rule, with examples."""

import polars as pl
import pytest

from pipelines.tables import EVIDENCE_TEXT, WAREHOUSE_TABLES
from pipelines.tables.contracts import check_contract
from tests import small_warehouse


@pytest.mark.parametrize("table", WAREHOUSE_TABLES)
def test_an_empty_table_keeps_its_contract(table: str) -> None:
    assert check_contract(table, WAREHOUSE_TABLES[table].create_empty().lazy()).passed


@pytest.mark.parametrize("table", WAREHOUSE_TABLES)
def test_every_column_is_described(table: str) -> None:
    columns = WAREHOUSE_TABLES[table].columns()
    assert columns
    for name, column in columns.items():
        assert column.description, f"{table}.{name}"


def _sentences(*rows: tuple[str, int, int, int]) -> pl.LazyFrame:
    schema = WAREHOUSE_TABLES["sentences"].create_empty().schema
    return pl.LazyFrame(rows, schema=schema, orient="row")


def test_a_double_key_and_a_negative_offset_are_told_apart() -> None:
    found = check_contract("sentences", _sentences(("doc_1", 0, 0, 5), ("doc_1", 0, 6, 9), ("doc_1", 1, -1, 5)))
    assert not found.passed
    assert found.failed["primary_key"] == 2
    assert found.failed["start_char|min"] == 1
    assert "|start_char" in found.as_markdown()
    assert found.examples


def test_a_missing_column_is_a_broken_rule() -> None:
    frame = _sentences(("doc_1", 0, 0, 5)).drop("end_char")
    assert check_contract("sentences", frame).failed == {"column end_char is Int32": 1}


def test_evidence_columns_exist() -> None:
    for table, column in EVIDENCE_TEXT.items():
        assert {column, "start_char", "end_char", "document_id"} <= WAREHOUSE_TABLES[table].columns().keys()


def test_constant_dollars_need_dollars() -> None:
    row = small_warehouse.table_rows()["financial_figures"][0] | {"amount_usd": None}
    schema = WAREHOUSE_TABLES["financial_figures"].create_empty().schema
    found = check_contract("financial_figures", pl.LazyFrame([row], schema=schema))
    assert found.failed == {"constant_dollars_are_of_dollars": 1}
    assert found.is_about_rows
