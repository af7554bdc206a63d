"""What the sensors ask for, over the same folders that a run has worked on."""

import shutil
from pathlib import Path

import dagster as dg
import duckdb

from pipelines.defs.automation import raw_folder
from pipelines.defs.launch import run_pipeline
from pipelines.defs.resources import Folders
from pipelines.settings import Settings

RAW = Path(__file__).resolve().parents[2] / "raw"


def test_the_sensor_asks_for_an_ingest_when_files_change_and_rests_otherwise(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    shutil.copy(RAW / "own" / "ceasefire.txt.gz", raw)
    settings = Settings(raw=raw, warehouse=tmp_path / "warehouse", engine="serial")
    folders = Folders(raw=str(raw), warehouse=str(settings.warehouse))

    def tick() -> dg.RunRequest | dg.SkipReason:
        with dg.DagsterInstance.ephemeral() as instance:
            found = raw_folder(dg.build_sensor_context(instance=instance, resources={"folders": folders}))
        assert isinstance(found, (dg.RunRequest, dg.SkipReason))
        return found

    before = tick()
    assert isinstance(before, dg.RunRequest)
    assert isinstance(again := tick(), dg.RunRequest)
    assert again.run_key == before.run_key  # the same state of the folder is asked for once
    with dg.DagsterInstance.ephemeral() as instance:
        run_pipeline(settings, instance=instance)
    assert isinstance(tick(), dg.SkipReason)
    (raw / "another.txt").write_text("Norway sent 25 observers to Sudan last week, the ministry said.")
    assert isinstance(after := tick(), dg.RunRequest)
    assert after.run_key != before.run_key


def test_events_below_the_least_confidence_are_not_published(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text("Norway imposed sanctions on Belarus on Monday, the foreign ministry said.")
    settings = Settings(raw=raw, warehouse=tmp_path / "warehouse", engine="serial")

    def events(settings: Settings) -> tuple[int, int]:
        with dg.DagsterInstance.ephemeral() as instance:
            run_pipeline(settings, instance=instance)
        with duckdb.connect(str(settings.warehouse / "newsledger.duckdb"), read_only=True) as con:
            found = con.execute("select (select count(*) from events), (select count(*) from event_actors)").fetchone()
        assert found is not None
        return found[0], found[1]

    assert events(settings) == (1, 2)
    assert events(settings.model_copy(update={"event_confidence": 0.99})) == (
        0,
        0,
    )  # published again from the same facts
