"""A row that breaks a rule does not keep the others from being published; what deserves a look is a warning."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import dagster as dg
import duckdb
import polars as pl
import pytest

from pipelines.defs.launch import RunFailed, Scope, run_pipeline
from pipelines.defs.marts import DATABASE
from pipelines.query.verify import problems
from pipelines.settings import Settings
from tests.crash import articles


@pytest.fixture
def loaded(tmp_path: Path) -> Iterator[tuple[Settings, dg.DagsterInstance]]:
    """A warehouse of a few articles and the instance that made it."""
    settings = Settings(raw=tmp_path / "raw", warehouse=tmp_path / "warehouse", engine="serial")
    articles.write(tmp_path / "raw" / "a.jsonl", range(40))
    with dg.DagsterInstance.ephemeral() as instance:
        run_pipeline(settings, instance=instance)
        yield settings, instance


def _spoil(settings: Settings, table: str, *columns: pl.Expr) -> None:
    """Change the facts of a batch as a faulty rule would have made them."""
    (file,) = settings.warehouse.glob(f"batches/*/facts-*/{table}.parquet")
    pl.read_parquet(file).with_columns(*columns).write_parquet(file)


def _in_row(number: int, column: str, value: pl.Expr) -> pl.Expr:
    return pl.when(pl.int_range(pl.len()) == number).then(value).otherwise(column).alias(column)


def _counts(settings: Settings) -> dict[str, int]:
    tables = ("documents", "events", "financial_figures", "quotes", "mentions")
    with duckdb.connect(str(settings.warehouse / "newsledger.duckdb"), read_only=True) as con:
        return {t: con.execute(f"select count(*) from {t}").fetchall()[0][0] for t in tables}


def _check(instance: dg.DagsterInstance, name: str) -> dg.AssetCheckEvaluation:
    records = instance.event_log_storage.get_asset_check_execution_history(dg.AssetCheckKey(DATABASE, name), limit=1)
    assert records[0].event is not None
    assert records[0].event.dagster_event is not None
    return records[0].event.dagster_event.asset_check_evaluation_data


def test_bad_rows_are_quarantined_and_told(loaded: tuple[Settings, dg.DagsterInstance]) -> None:
    settings, instance = loaded
    before = _counts(settings)
    _spoil(settings, "events", _in_row(0, "event_type", pl.lit("DANCE")))
    _spoil(settings, "financial_figures", _in_row(1, "end_char", pl.lit(99_999)), _in_row(2, "confidence", pl.lit(7.0)))
    _spoil(settings, "quotes", _in_row(0, "text", pl.lit("what nobody said")))
    found = run_pipeline(settings, scope=Scope.of(["tables"]), instance=instance)
    assert found.published == 2
    after = _counts(settings)
    less = {"events": 1, "financial_figures": 2, "quotes": 1}
    assert after == {table: count - less.get(table, 0) for table, count in before.items()}
    assert sorted(found.quarantined) == [
        ("publish", "contract:confidence|max", 2),
        ("publish", "contract:event_type|code", 1),
        ("publish", "evidence_is_in_the_text", 2),
    ]
    warned = _check(instance, "no_row_was_quarantined")
    assert not warned.passed
    assert warned.severity == dg.AssetCheckSeverity.WARN
    assert problems(settings.warehouse) == []
    (run,) = instance.get_runs(dg.RunsFilter(job_name="publish_only"))
    logged = [r.message for r in instance.all_logs(run.run_id) if "quarantined: a.jsonl#" in r.message]
    assert len(logged) == 5


def test_a_faulty_rule_keeps_the_version_before(loaded: tuple[Settings, dg.DagsterInstance]) -> None:
    settings, instance = loaded
    before = _counts(settings)
    _spoil(settings, "events", pl.lit("something else").alias("trigger"))
    with pytest.raises(RunFailed, match="evidence_is_in_the_text failed"):
        run_pipeline(settings, scope=Scope.of(["tables"]), instance=instance)
    assert _counts(settings) == before
    assert problems(settings.warehouse) == []


def test_odd_days_and_parts_are_warnings(loaded: tuple[Settings, dg.DagsterInstance]) -> None:
    settings, instance = loaded
    assert _check(instance, "parts_are_within_totals").passed
    far = date.today() + timedelta(days=40_000)  # noqa: DTZ011 - any day far off
    _spoil(settings, "events", _in_row(0, "date_start", pl.lit(far)), _in_row(0, "date_end", pl.lit(far)))
    first = pl.col("figure_id").first().over("document_id")
    _spoil(
        settings,
        "financial_figures",
        pl.lit("USD").alias("currency"),
        pl.when(pl.col("figure_id") != first).then(first).alias("part_of_figure_id"),
        pl.when(pl.col("figure_id") == first)
        .then(pl.lit(1))
        .otherwise("amount")
        .cast(pl.Decimal(28, 4))
        .alias("amount"),
    )
    found = run_pipeline(settings, scope=Scope.of(["tables"]), instance=instance)
    assert found.published == 2
    assert found.quarantined == []
    for name in ("dates_are_within_reason", "parts_are_within_totals"):
        check = _check(instance, name)
        assert (check.passed, check.severity) == (False, dg.AssetCheckSeverity.WARN), name
    assert str(far) in str(_check(instance, "dates_are_within_reason").metadata["examples"].value).replace(
        f"datetime.date({far.year}, {far.month}, {far.day})", str(far)
    )


def test_columns_lead_back_to_the_facts_and_to_the_text(loaded: tuple[Settings, dg.DagsterInstance]) -> None:
    _, instance = loaded

    def lineage(key: str) -> dict[str, set[tuple[str, str]]]:
        event = instance.get_latest_materialization_event(dg.AssetKey(key.split("/")))
        assert event is not None
        assert event.asset_materialization is not None
        found = event.asset_materialization.metadata["dagster/column_lineage"].value
        assert isinstance(found, dg.TableColumnLineage)
        return {
            column: {(dep.asset_key.to_user_string(), dep.column_name) for dep in deps}
            for column, deps in found.deps_by_column.items()
        }

    figures = lineage("tables/financial_figures")
    assert figures["amount"] == {("facts/financial_figures", "amount")}
    assert ("facts/financial_figures", "payer_entity") in figures["donor_id"]
    assert ("facts/entities", "name") in figures["donor_id"]
    assert ("documents", "published_on") in figures["amount_usd"]
    share = lineage("marts/aid_share_by_purpose")
    assert share["donor"] == {("tables/actors", "name")}
    assert share["year"] == {
        ("tables/aid_flows", "year_start"),
        ("tables/aid_flows", "first_reported_on"),
    }
