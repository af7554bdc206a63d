"""The database is built from the Parquet tables with keys, comments and marts."""

from pathlib import Path

import duckdb
import pytest

from pipelines.tables import REFERENCES, WAREHOUSE_TABLES
from pipelines.warehouse import checks, database, sql_models


@pytest.fixture
def empty_tables(tmp_path: Path) -> Path:
    folder = tmp_path / "tables"
    folder.mkdir()
    for name, schema in WAREHOUSE_TABLES.items():
        schema.create_empty().write_parquet(folder / f"{name}.parquet")
    return folder


def test_every_table_and_column_has_a_comment(empty_tables: Path, tmp_path: Path) -> None:
    file = tmp_path / "w.duckdb"
    database.build(file, empty_tables)
    with duckdb.connect(str(file), read_only=True) as con:
        bare = con.execute(
            "select table_name, column_name from duckdb_columns() where not internal and comment is null"
        ).fetchall()
    assert bare == []


def test_an_older_client_can_open_the_file(empty_tables: Path, tmp_path: Path) -> None:
    file = tmp_path / "w.duckdb"
    database.build(file, empty_tables)
    with duckdb.connect(str(file), read_only=True) as con:
        tags = con.execute("select tags from duckdb_databases() where database_name = 'w'").fetchone()
    assert tags is not None
    assert "v1.5" in str(tags[0])


def _write(tables: Path, table: str, *rows: dict[str, object]) -> None:
    sample = WAREHOUSE_TABLES[table].create_empty()
    type(sample)(list(rows), schema=sample.schema).write_parquet(tables / f"{table}.parquet")


def _sentence(document: str) -> dict[str, object]:
    return {"document_id": document, "sentence_index": 0, "start_char": 0, "end_char": 3}


def test_a_double_key_is_found(empty_tables: Path, tmp_path: Path) -> None:
    _write(empty_tables, "sentences", _sentence("doc_1"), _sentence("doc_1"))
    database.build(tmp_path / "w.duckdb", empty_tables)
    assert checks.failed_checks(tmp_path / "w.duckdb")[checks.KEYS_CHECK] == [("sentences", "doc_1:0", 2)]


def test_a_database_that_does_not_hold_its_tables_is_found(empty_tables: Path, tmp_path: Path) -> None:
    _write(empty_tables, "sentences", _sentence("doc_1"))
    database.build(tmp_path / "w.duckdb", empty_tables)
    _write(empty_tables, "sentences", _sentence("doc_2"))
    found = checks.failed_checks(tmp_path / "w.duckdb")[checks.READ_BACK_CHECK]
    assert [row[0] for row in found] == ["sentences"]


def test_a_reference_to_nothing_is_found(empty_tables: Path, tmp_path: Path) -> None:
    _write(empty_tables, "sentences", _sentence("doc_gone"))
    file = tmp_path / "w.duckdb"
    database.build(file, empty_tables)
    broken = checks.failed_checks(file)
    assert broken[checks.REFERENCES_CHECK] == [("sentences", "doc_gone:0", "document_id", "doc_gone")]
    assert not any(rows for name, rows in broken.items() if name != checks.REFERENCES_CHECK)


def test_references_name_columns_that_exist() -> None:
    for (table, column), (other, key) in REFERENCES.items():
        assert column in WAREHOUSE_TABLES[table].columns()
        assert [key] == WAREHOUSE_TABLES[other].primary_key()


def test_every_mart_says_what_it_answers_and_what_its_columns_are(empty_tables: Path, tmp_path: Path) -> None:
    file = tmp_path / "w.duckdb"
    database.build(file, empty_tables)
    with duckdb.connect(str(file), read_only=True) as con:
        views = sql_models.views()
        assert len(views) > 5
        for mart in views:
            columns = [row[0] for row in con.execute(f"describe {mart.name}").fetchall()]
            assert mart.question.split(".")[0].rstrip("?")
            assert list(mart.columns) == columns
