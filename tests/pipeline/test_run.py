"""The whole path on the sample inputs, through Dagster, as `newsledger run` takes it."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from pipelines.defs.launch import RunFailed, RunSummary, run_pipeline
from pipelines.progress import silent
from pipelines.resolve import final_tables, written_tables
from pipelines.resolve.stage_results import StageResults
from pipelines.settings import Settings
from pipelines.tables import WAREHOUSE_TABLES
from pipelines.warehouse import parts

RAW = Path(__file__).resolve().parents[2] / "raw"


@pytest.fixture(scope="module")
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as one:
        yield one


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("run")
    shutil.copytree(RAW, folder / "raw")
    (folder / "raw" / "broken.jsonl").write_text('{"id": 1, "text": "cut o\n{"title": "nothing else"}\n')
    (folder / "raw" / "empty.txt").touch()
    return Settings(raw=folder / "raw", warehouse=folder / "warehouse", engine="serial")


@pytest.fixture(scope="module")
def first(settings: Settings, instance: dg.DagsterInstance) -> RunSummary:
    return run_pipeline(settings, instance=instance)


@pytest.fixture
def con(settings: Settings, first: RunSummary) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(settings.warehouse / "newsledger.duckdb"), read_only=True) as open_:
        yield open_


def _one(con: duckdb.DuckDBPyConnection, query: str) -> tuple[object, ...]:
    rows = con.execute(query).fetchall()
    assert len(rows) == 1, rows
    return tuple(rows[0])


def test_everything_is_loaded_or_quarantined_with_a_reason(first: RunSummary, con: duckdb.DuckDBPyConnection) -> None:
    assert first.published == 1
    assert first.documents == 9
    reasons = con.execute("select source_path, record_index, stage, reason from quarantine order by all").fetchall()
    assert reasons == [
        ("broken.jsonl", 0, "read", "bad_json"),
        ("broken.jsonl", 1, "read", "missing_text"),
        ("empty.txt", None, "read", "empty"),
    ]
    counts = con.execute(
        "select source_path, records, loaded, quarantined, status from raw_files order by 1"
    ).fetchall()
    assert counts == [
        ("broken.jsonl", 0, 0, 2, "quarantined"),
        ("congressional_record/speeches.jsonl", 6, 6, 0, "ok"),
        ("empty.txt", 0, 0, 1, "quarantined"),
        ("own/ceasefire.txt.gz", 1, 1, 0, "ok"),
        ("own/port-loan.html", 1, 1, 0, "ok"),
        ("rferl/000_213ff4759c68c6f8.txt", 1, 1, 0, "ok"),
    ]


def test_a_plain_text_is_cleaned(con: duckdb.DuckDBPyConnection) -> None:
    row = _one(
        con,
        "select title, publisher, published_on::varchar, published_on_basis, dateline_place, dateline_country, text"
        " from documents where external_id = 'ceasefire'",
    )
    assert row[:6] == (
        "Mediators hail truce in northern valley",
        "Sample Wire",
        "2011-03-14",
        "dateline",
        "GENEVA",
        "CHE",
    )
    text = str(row[6])
    assert text.startswith("Sudan and rebels of the Northern Valley Front")
    assert text.endswith("denied that it had attacked anybody.")


def test_a_page_is_cleaned(con: duckdb.DuckDBPyConnection) -> None:
    row = _one(
        con,
        "select title, publisher, author, published_on::varchar, published_on_basis, text from documents"
        " where external_id = 'port-loan'",
    )
    assert row[:5] == (
        "Japan lends Kenya 12 billion yen for Mombasa port", "The Sample Courier", "Amina Example", "2016-08-29", "html",
    )  # fmt: skip
    assert "newsletter" not in str(row[5])
    assert "Most read" not in str(row[5])


def test_the_shares_of_aid_are_those_of_the_seed_article(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        "select purpose, amount_usd, total_usd, round(share, 3) from aid_share_by_purpose"
        " where donor = 'United States' and recipient = 'Kazakhstan' and year = 2003 order by share desc"
    ).fetchall()
    assert rows == [
        ("security and law-enforcement programs", Decimal(49_000_000), Decimal(92_000_000), 0.533),
        (None, Decimal(43_000_000), Decimal(92_000_000), 0.467),
    ]


def test_one_actor_is_one_row(con: duckdb.DuckDBPyConnection) -> None:
    name, kind, country, aliases = _one(
        con, "select name, actor_type, country, aliases from actors where list_contains(aliases, 'Rumsfeld')"
    )
    assert (name, kind, country) == ("Donald Rumsfeld", "person", "USA")
    assert isinstance(aliases, list)
    assert _one(con, "select count(*) from actors where actor_type = 'country' and country = 'USA'") == (1,)


def test_an_event_has_two_sides_and_its_words(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        "select e.trigger, e.factuality, e.place_country from events e join event_actors s on s.event_id = e.event_id"
        " and s.role = 'source' join actors a on a.actor_id = s.actor_id join documents d on d.document_id = e.document_id"
        " where d.external_id = '000_213ff4759c68c6f8' and a.name = 'Donald Rumsfeld' and e.event_mode = 'visit'"
        " order by e.start_char"
    ).fetchall()
    assert ("arrived", "actual", "KAZ") in rows
    assert any(trigger == "travel" and factuality == "planned" for trigger, factuality, _ in rows)


def test_a_second_run_does_nothing(settings: Settings, first: RunSummary, instance: dg.DagsterInstance) -> None:
    before = (settings.warehouse / "newsledger.duckdb").resolve()
    again = run_pipeline(settings, instance=instance)
    assert again.published is None
    assert again.batches_refreshed == 0
    assert (settings.warehouse / "newsledger.duckdb").resolve() == before


def test_what_takes_the_whole_corpus_is_done_once(
    settings: Settings, first: RunSummary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: Counter[str] = Counter()

    def counted(name: str) -> None:
        real = getattr(final_tables, name)

        def call(*given: object) -> object:
            done[name] += 1
            return real(*given)

        monkeypatch.setattr(final_tables, name, call)

    for name in ("find_known_copies", "add_usd", "resolve", "build_flows"):
        counted(name)
    monkeypatch.setattr(parts, "published", lambda _: {})  # nothing to take over: every part is made
    results = StageResults(settings.warehouse, settings.event_confidence, settings.reader)
    rows = written_tables.write(final_tables.FinalTables(results), tmp_path / "tables", silent)
    assert done == {"find_known_copies": 1, "add_usd": 1, "resolve": 1, "build_flows": 1}
    assert rows.keys() == WAREHOUSE_TABLES.keys() - {"runs"}


def test_an_emptied_raw_folder_leaves_the_warehouse_as_it_is(
    settings: Settings, first: RunSummary, instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    before = (settings.warehouse / "newsledger.duckdb").resolve()
    settings.raw.rename(tmp_path / "away")
    settings.raw.mkdir()
    with pytest.raises(RunFailed, match=r"job ingest failed: \d+ of the \d+ files.*--accept-removed"):
        run_pipeline(settings, instance=instance)
    settings.raw.rmdir()
    (tmp_path / "away").rename(settings.raw)
    again = run_pipeline(settings, instance=instance)
    assert (again.published, again.batches_refreshed) == (None, 0)
    assert (settings.warehouse / "newsledger.duckdb").resolve() == before


def test_new_changed_moved_and_removed_files(
    settings: Settings, first: RunSummary, instance: dg.DagsterInstance
) -> None:
    raw = settings.raw
    article = {"id": "n1", "text": "France gave Chad 5 million euros in food aid on Monday, officials in Paris said."}
    (raw / "new.jsonl").write_text(json.dumps(article) + "\n")
    added = run_pipeline(settings, instance=instance)
    assert (added.files["new"], added.documents, added.batches_refreshed) == (1, 10, 1)

    (raw / "new.jsonl").write_text(json.dumps(article | {"text": article["text"].replace("5", "6")}) + "\n")
    changed = run_pipeline(settings, instance=instance)
    assert (changed.files["changed"], changed.documents) == (1, 10)
    with duckdb.connect(str(settings.warehouse / "newsledger.duckdb"), read_only=True) as con:
        texts = con.execute("select text from documents where external_id = 'n1'").fetchall()
        assert len(texts) == 1
        assert "6 million" in texts[0][0]

    (raw / "elsewhere").mkdir()
    (raw / "new.jsonl").rename(raw / "elsewhere" / "new.jsonl")
    moved = run_pipeline(settings, instance=instance)
    assert (moved.files["moved"], moved.documents, moved.batches_refreshed) == (1, 10, 0)

    (raw / "elsewhere" / "new.jsonl").unlink()
    removed = run_pipeline(settings, instance=instance)
    assert (removed.files["removed"], removed.documents) == (1, 9)
    with duckdb.connect(str(settings.warehouse / "newsledger.duckdb"), read_only=True) as con:
        for table in ("documents", "mentions", "events", "financial_figures", "sentences"):
            if table == "documents":
                query = "select count(*) from documents where external_id = 'n1'"
            else:
                query = f"select count(*) from {table} where document_id not in (select document_id from documents)"
            assert con.execute(query).fetchone() == (0,)


def test_a_record_in_two_files_is_one_document_until_both_are_gone(
    settings: Settings, first: RunSummary, instance: dg.DagsterInstance
) -> None:
    raw = settings.raw
    article = {
        "id": "twice",
        "text": "Norway gave Malawi 7 million dollars for clinics on Monday, officials in Oslo said.",
    }
    empty = {"id": "hollow", "text": "Advertisement\n\nShare on Facebook"}
    lines = f"{json.dumps(article)}\n{json.dumps(empty)}\n"
    (raw / "first.jsonl").write_text(lines)
    (raw / "second.jsonl").write_text(f"{json.dumps(empty)}\n" + lines)

    def state() -> tuple[list[object], list[object], list[object]]:
        with duckdb.connect(str(settings.warehouse / "newsledger.duckdb"), read_only=True) as con:
            found = con.execute(
                "select source_path, record_index, (select count(*) from financial_figures f where f.document_id = d.document_id)"
                " from documents d where external_id = 'twice'"
            ).fetchall()
            refused = con.execute(
                "select source_path, record_index from quarantine where source_path in ('first.jsonl', 'second.jsonl') order by all"
            ).fetchall()
            counts = con.execute(
                "select source_path, records, loaded, duplicates, quarantined from raw_files"
                " where source_path in ('first.jsonl', 'second.jsonl') order by all"
            ).fetchall()
            return found, refused, counts

    run_pipeline(settings, instance=instance)
    assert state() == (
        [("first.jsonl", 0, 1)],
        [("first.jsonl", 1), ("second.jsonl", 0), ("second.jsonl", 2)],
        [("first.jsonl", 2, 1, 0, 1), ("second.jsonl", 3, 0, 1, 2)],
    )
    (raw / "first.jsonl").unlink()
    run_pipeline(settings, instance=instance)
    assert state() == (
        [("second.jsonl", 1, 1)],
        [("second.jsonl", 0), ("second.jsonl", 2)],
        [("second.jsonl", 3, 1, 0, 2)],
    )
    (raw / "second.jsonl").unlink()
    gone = run_pipeline(settings, instance=instance)
    assert gone.documents == 9
    assert state() == ([], [], [])


def test_two_fresh_runs_give_equal_tables(settings: Settings, first: RunSummary, tmp_path: Path) -> None:
    again = Settings(raw=RAW, warehouse=tmp_path / "one", engine="serial")
    smaller = Settings(raw=RAW, warehouse=tmp_path / "two", engine="serial", batch_documents=2)
    for one in (again, smaller):
        with dg.DagsterInstance.ephemeral() as fresh:
            run_pipeline(one, instance=fresh)
    with duckdb.connect() as con:
        for name, one in (("a", again), ("b", smaller)):
            con.execute(f"attach '{one.warehouse / 'newsledger.duckdb'}' as {name} (read_only)")
        for table in (
            "sentences",
            "actors",
            "mentions",
            "events",
            "event_actors",
            "financial_figures",
            "quotes",
            "time_expressions",
        ):
            differing = con.execute(
                f"select count(*) from ((from a.{table} except from b.{table}) union all (from b.{table} except from a.{table}))"
            ).fetchone()
            assert differing == (0,), table
