"""A schedule a source: what its tick asks for, what the run of it loads, who leaves the source alone, and what is told of wrong times."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from pipelines.defs import schedules
from pipelines.defs.automation import ingest_job, raw_folder
from pipelines.defs.launch import Scope, UnknownSource, run_pipeline
from pipelines.defs.location import build_defs
from pipelines.defs.resources import Folders
from pipelines.settings import Settings, WrongSetting, read_settings
from pipelines.warehouse import ledger
from tests.daemon import STORY


def _settings(folder: Path, told: str) -> Settings:
    return Settings(raw=folder / "raw", warehouse=folder / "w", engine="serial", schedules=told)  # type: ignore[arg-type]


def _story(folder: Path, path: str, number: int) -> None:
    file = folder / "raw" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(STORY.format(n=number))


def _tick(name: str, settings: Settings, instance: dg.DagsterInstance) -> dg.RunRequest | str:
    """What a schedule's tick asks for, or why it asks for nothing."""
    schedule = build_defs(settings).get_repository_def().get_schedule_def(name)
    folders = Folders(raw=str(settings.raw), warehouse=str(settings.warehouse), scheduled=list(settings.schedules))
    with dg.build_schedule_context(instance=instance, resources={"folders": folders}) as context:
        found = schedule.evaluate_tick(context)
    assert found.run_requests or found.skip_message
    return found.run_requests[0] if found.run_requests else str(found.skip_message)


def _loaded(settings: Settings) -> list[str]:
    return ledger.read(settings.warehouse)["source_path"].to_list()


def test_a_source_is_loaded_at_its_times_and_by_nobody_else(tmp_path: Path) -> None:
    settings = _settings(tmp_path, "wires=*/30 * * * *; wires/agency=0 6 * * 1")
    for number, path in enumerate(("wires/a.txt", "wires/agency/b.txt", "other/c.txt"), 1):
        _story(tmp_path, path, number)
    defs = build_defs(settings)
    with dg.instance_for_test() as instance:
        for name, source, loaded in (
            ("nightly", None, ["other/c.txt"]),
            ("source_wires", "wires", ["other/c.txt", "wires/a.txt"]),
            ("source_wires_agency", "wires/agency", ["other/c.txt", "wires/a.txt", "wires/agency/b.txt"]),
        ):
            asked = _tick(name, settings, instance)
            assert isinstance(asked, dg.RunRequest)
            found = defs.resolve_job_def("ingest").execute_in_process(
                instance=instance, run_config=asked.run_config, tags=asked.tags
            )
            assert found.success
            assert _loaded(settings) == loaded
            run = instance.get_run_by_id(found.run_id)
            assert run is not None
            assert run.tags.get(schedules.SOURCE_TAG) == source


def test_the_sensor_leaves_scheduled_sources_alone(tmp_path: Path) -> None:
    settings = _settings(tmp_path, "wires=@daily")
    _story(tmp_path, "wires/a.txt", 1)
    folders = Folders(raw=str(settings.raw), warehouse=str(settings.warehouse), scheduled=["wires"])
    with dg.DagsterInstance.ephemeral() as instance:

        def look() -> object:
            return raw_folder(dg.build_sensor_context(instance=instance, resources={"folders": folders}))

        rests = look()
        assert isinstance(rests, dg.SkipReason)
        assert "wires" in str(rests.skip_message)
        _story(tmp_path, "other/b.txt", 2)
        asked = look()
        assert isinstance(asked, dg.RunRequest)
        assert asked.run_config["ops"]["raw_files"]["config"]["but"] == ["wires"]
        found = (
            build_defs(settings)
            .resolve_job_def("ingest")
            .execute_in_process(instance=instance, run_config=asked.run_config)
        )
        assert found.success
        assert _loaded(settings) == ["other/b.txt"]
        assert isinstance(look(), dg.SkipReason)


def test_a_tick_rests_while_the_run_before_it_goes_on_or_its_folder_is_not_there(tmp_path: Path) -> None:
    settings = _settings(tmp_path, "wires=0 * * * *")
    (tmp_path / "raw").mkdir()
    with dg.instance_for_test() as instance:  # a tick looks at its runs
        told = _tick("source_wires", settings, instance)
        assert isinstance(told, str)
        assert "no folder wires below" in told
        _story(tmp_path, "wires/a.txt", 1)
        asked = _tick("source_wires", settings, instance)
        assert isinstance(asked, dg.RunRequest)
        job = build_defs(settings).resolve_job_def(ingest_job.name)
        waits = instance.create_run_for_job(
            job, status=dg.DagsterRunStatus.STARTED, tags=dict(asked.tags), run_config=asked.run_config
        )
        told = _tick("source_wires", settings, instance)
        assert isinstance(told, str)
        assert waits.run_id in told


def test_a_run_by_hand_takes_one_source_and_then_everything(tmp_path: Path) -> None:
    settings = _settings(tmp_path, "wires=0 * * * *")
    _story(tmp_path, "wires/a.txt", 1)
    _story(tmp_path, "other/b.txt", 2)
    with dg.DagsterInstance.ephemeral() as instance:
        assert run_pipeline(settings, scope=Scope.of(source=["wires/"]), instance=instance).documents == 1
        assert _loaded(settings) == ["wires/a.txt"]
        assert run_pipeline(settings, instance=instance).documents == 2
        again = run_pipeline(settings, scope=Scope.of(["facts"], source=["other"]), instance=instance)
        assert (again.batches_refreshed, again.documents) == (1, 2)
    with pytest.raises(UnknownSource, match="--source: '/etc' is no folder below"):
        Scope.of(source=["/etc"])


def test_schedules_are_listed_on_with_their_times_and_names_of_their_own(tmp_path: Path) -> None:
    settings = _settings(tmp_path, "wires/a=0 6 * * 1;wires_a=5 * * * *; Agence=@hourly")
    repository = build_defs(settings).get_repository_def()
    found = {s.name: s for s in repository.schedule_defs if s.name.startswith("source_")}
    assert len(found) == 3
    assert {s.cron_schedule for s in found.values()} == {"0 6 * * 1", "5 * * * *", "@hourly"}
    assert all(s.default_status == dg.DefaultScheduleStatus.RUNNING for s in found.values())
    assert "source_Agence" in found
    assert "wires/a, wires_a, Agence" in str(repository.get_schedule_def("nightly").description)


@pytest.mark.parametrize(
    ("cron", "told"),
    [
        ("0 25 * * *", r"25 is no hour \(0-23\)"),
        ("0 6 * * 9", r"9 is no day of the week"),
        ("60 6 0 * *", r"60 is no minute .*; 0 is no day of the month"),
        ("daily", r"it has 1 fields in place of five"),
        ("0 6 * * * 30", r"it has 6 fields in place of five"),
        ("0 0 31 2 *", r"there is no such day"),
    ],
)
def test_a_wrong_time_is_told_in_plain_words(tmp_path: Path, cron: str, told: str) -> None:
    with pytest.raises(WrongSetting, match=rf"NEWSLEDGER_SCHEDULES, wires: .*{told}"):
        schedules.build_schedules(_settings(tmp_path, f"wires={cron}"))
    with pytest.raises(WrongSetting, match=rf"NEWSLEDGER_SCHEDULE: .*{told}"):
        schedules.build_schedules(Settings(raw=tmp_path, warehouse=tmp_path / "w", schedule=cron))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("wires", r"no time is told for wires: write"),
        ("wires=", r"no time is told for wires"),
        ("/srv/raw/wires=0 6 * * *", r"'/srv/raw/wires' is no folder below the raw folder"),
        ("wires=0 6 * * *; wires/=0 7 * * *", r"wires has two schedules"),
    ],
)
def test_a_wrong_list_is_told_in_plain_words(monkeypatch: pytest.MonkeyPatch, given: str, told: str) -> None:
    monkeypatch.setenv("NEWSLEDGER_SCHEDULES", given)
    with pytest.raises(WrongSetting, match=rf"NEWSLEDGER_SCHEDULES={given.replace('*', r'[*]')}: {told}"):
        read_settings()


def test_the_list_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLEDGER_SCHEDULES", " wires=*/30  * * * * ;archive/weekly/=0 6 * * 1; ")
    assert read_settings().schedules == {"wires": "*/30 * * * *", "archive/weekly": "0 6 * * 1"}
