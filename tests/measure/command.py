"""The product's command, run as a user would, in a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path


def run_command(raw: Path | str, warehouse: Path, *arguments: str) -> list[str]:
    """`newsledger run` of this checkout over a raw folder."""
    return [sys.executable, "-m", "pipelines.cli", "run", "--raw", str(raw), "--warehouse", str(warehouse), *arguments]
