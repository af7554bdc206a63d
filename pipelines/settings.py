"""Paths and switches, from the environment (`NEWSLEDGER_*`) or a `.env` file, with the checkout's own as defaults."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from pipelines import memory
from pipelines.errors import Explained
from pipelines.reading.raw_place import exists, raw_place
from pipelines.reading.sources import source_path


def project_folder() -> Path:
    """The checkout (the folder of pyproject.toml above this package), or the working folder when installed."""
    folder = Path(__file__).resolve().parent.parent
    return folder if (folder / "pyproject.toml").is_file() else Path.cwd()


def _schedules(given: object) -> object:
    """Sources and their cron expressions, out of "wires=*/30 * * * *; archive/weekly=0 6 * * 1"."""
    if not isinstance(given, str):
        return given
    found: dict[str, str] = {}
    for entry in filter(None, (part.strip() for part in given.split(";"))):
        folder, equals, cron = entry.rpartition("=")
        try:
            source = source_path(folder if equals else entry)
        except ValueError as error:
            raise PydanticCustomError("source", "{why}", {"why": str(error)}) from error
        if not equals or not cron.strip():
            raise PydanticCustomError(
                "schedule", 'no time is told for {source}: write "{source}=0 6 * * 1-5"', {"source": source}
            )
        if source in found:
            raise PydanticCustomError("twice", "{source} has two schedules: name it once", {"source": source})
        found[source] = " ".join(cron.split())
    return found


class Settings(BaseSettings):
    """Where things lie and how work is spread.

    `raw` is a folder or the URL of a prefix in an object store (s3://bucket/news).

    `workers` are as many as cores, and the memory that a control group allows, have room for (`memory.workers`).
    `engine`: "serial" runs the per-document stages in this process, "local" on `workers` processes, "ray"
    on the Ray cluster at `ray_address`, or on one of `workers` cores that it starts here for the run.
    `sensor_seconds` is how often the daemon looks at the raw folder, `schedule` (cron, UTC) when it runs in any case.
    `schedules` are of sources, folders below raw, that are loaded at their own times only: "wires=*/30 * * * *; archive/weekly=0 6 * * 1".
    `late_hours` is after how long without a look at the raw folder Dagster warns; after twice that it calls it a failure.
    `alert_webhook` and `alert_email` tell where failed runs are reported; `keep_runs_days` how long Dagster's runs stay.
    `reader` reads events and money: "encoder", "small" (in some four tenths of the time, with fewer events right), the folder of another release, or "none".
    `event_confidence` is the least confidence of an event that is published: more precision against recall.
    `log` is how every process tells of its work on stderr: json (a line an event, for services), text, or none; `log_level`
    the least that is told. `keep_versions` is how many published versions stay.
    `publish_to` is the URL of a prefix in an object store where each version is published too (s3://bucket/newsledger).
    `batch_documents` and `batch_bytes` bound a batch, the unit of work, retry and memory.
    """

    model_config = SettingsConfigDict(env_prefix="NEWSLEDGER_", env_file=".env", env_ignore_empty=True, extra="ignore")

    raw: Annotated[Any, BeforeValidator(raw_place)] = Field(default_factory=lambda: project_folder() / "raw")
    warehouse: Path = Field(default_factory=lambda: project_folder() / "warehouse")
    dagster_home: Path | None = None
    engine: Literal["serial", "local", "ray"] = "local"
    ray_address: str | None = None
    reader: str = "encoder"
    workers: int = Field(default_factory=memory.workers, ge=1)
    batch_documents: int = Field(default=500, ge=1)
    batch_bytes: int = Field(default=8_000_000, ge=1)
    keep_runs_days: int = Field(default=90, ge=1)
    sensor_seconds: int = Field(default=60, ge=1)
    schedule: str = "0 3 * * *"
    schedules: Annotated[dict[str, str], NoDecode, BeforeValidator(_schedules)] = Field(default_factory=dict)
    late_hours: float = Field(default=25, ge=1 / 60)
    alert_webhook: str | None = None
    alert_email: str | None = None
    alert_sender: str = "newsledger@localhost"
    smtp: str = "localhost:25"
    log: Literal["none", "json", "text"] = "none"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    keep_versions: int = Field(default=2, ge=2)
    publish_to: str | None = None
    event_confidence: float = Field(default=0.32, ge=0, le=1)

    @model_validator(mode="after")
    def _absolute(self) -> Settings:
        self.warehouse = self.warehouse.expanduser().absolute()
        home = self.dagster_home or self.warehouse / ".dagster"
        self.dagster_home = home.expanduser().absolute()
        return self


class WrongSetting(Explained, ValueError):
    """A setting that has a value which it cannot have; the message names it as it was given."""


def read_settings(**given: object) -> Settings:
    """The settings of the environment, `given` over them. Raises WrongSetting, a line a setting."""
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        names = [(str(one["loc"][0]), one) for one in error.errors() if one["loc"]]
        told = [
            f"{f'--{name}' if name in given else f'NEWSLEDGER_{name.upper()}'}={one['input']}: {one['msg'][0].lower()}{one['msg'][1:]}."
            for name, one in names
        ]
        raise WrongSetting("\n".join(told) or str(error)) from error


class WrongFolder(Explained, ValueError):
    """Folders or numbers that a run cannot work with; the message says what to give instead."""


# What a warehouse keeps of its own.
_OWN = ("batches", "current", "state", "tables", "versions", ".dagster")


def check_folders(settings: Settings) -> None:
    """Raise FileNotFoundError where there is no raw folder, WrongFolder where it is a file, cannot be read, or it and the warehouse lie in each
    other, or where the warehouse cannot be written.

    Makes the warehouse's folder where there is none.
    """
    if isinstance(settings.raw, Path):
        try:
            _check_raw(settings.raw, settings.warehouse)
        except PermissionError as error:
            raise WrongFolder(
                f"The raw folder {settings.raw} cannot be read ({error.strerror}): look at its permissions, and at those of the folders above it."
            ) from error
    try:
        settings.warehouse.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongFolder(
            f"The folder {settings.warehouse} for the warehouse cannot be made ({error.strerror}): name another place with --warehouse, "
            "or look at what stands there and at its permissions."
        ) from error
    kept = [settings.warehouse, *(settings.warehouse / name for name in _OWN)]
    if closed := [place for place in kept if place.is_dir() and not os.access(place, os.W_OK | os.X_OK)]:
        raise WrongFolder(
            f"A run cannot write to {closed[0]}: look at its permissions and at how its disk is mounted, or name another place with --warehouse."
        )


def _check_raw(raw: Path, warehouse: Path) -> None:
    if raw.is_file():
        raise WrongFolder(f"{raw} is a file: --raw takes the folder that it lies in ({raw.absolute().parent}).")
    if not exists(raw):
        raise FileNotFoundError(f"There is no raw folder at {raw}: make it, or name another with --raw.")
    with os.scandir(raw):  # raises where it cannot be listed
        place, kept = raw.resolve(), warehouse.resolve()
    if kept == place or place in kept.parents:
        raise WrongFolder(
            f"The warehouse {kept} lies in the raw folder {place}, so that a run would read its own tables as input. "
            "Name a place outside with --warehouse."
        )
    for own in ((kept / name).resolve() for name in _OWN):
        if place == own or own in place.parents:
            raise WrongFolder(
                f"The raw folder {place} is one that the warehouse {kept} keeps for itself: name the folder of your texts with --raw."
            )
