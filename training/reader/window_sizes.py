"""Sizes of the windows that a reader learns from, and reads by: from the configuration."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pipelines.reader.windows import WindowSizes


def configured() -> WindowSizes:
    """`longest` and `context` of config.toml."""
    found = tomllib.loads(Path(__file__).with_name("config.toml").read_text(encoding="utf8"))
    return WindowSizes(int(found["longest"]), int(found["context"]))
