"""What all commands share: the app, its common options, settings and where they print."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, Parameter, Token
from rich.console import Console

from pipelines.settings import Settings, read_settings

app = App(
    name="newsledger",
    help="Turns raw news text into a DuckDB warehouse of events, actors and financial figures that can be cited.",
    version=lambda: version("newsledger"),
    help_epilogue="Folders default to raw/ and warehouse/ of the checkout, or NEWSLEDGER_RAW and NEWSLEDGER_WAREHOUSE. "
    "--debug on any command shows the traceback of an error.",
)
Warehouse = Annotated[Path | None, Parameter(help="Folder of the warehouse.")]
Raw = Annotated[str | None, Parameter(help="Folder of raw files, or the URL of one in an object store (s3://, gs://).")]


def _whole(_: Any, tokens: Sequence[Token]) -> int:
    """A whole number as it is given; "1.5" is none, where the parser of options would round it."""
    try:
        return int(tokens[0].value)
    except ValueError:
        raise ValueError(f"{tokens[0].value!r} is no whole number.") from None


Whole = Annotated[int, Parameter(converter=_whole)]
Format = Literal["table", "csv", "json", "parquet"]


def settings_of(**given: object) -> Settings:
    """Settings, with what a command was given over those of the environment."""
    return read_settings(**{name: value for name, value in given.items() if value is not None})


def stdout() -> Console:
    """Where results go."""
    return Console(highlight=False, markup=True)


def stderr() -> Console:
    """Where progress, remarks and errors go."""
    return Console(stderr=True, highlight=False)
