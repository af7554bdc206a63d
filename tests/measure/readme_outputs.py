"""Runs the commands of README's tour over the samples in raw/ and writes what they print under them.

    python -m tests.measure.readme_outputs

A command is an indented line that begins with `.venv/bin/newsledger`, with the lines that its quotation marks take in; what it
prints is the indented block after it. A slow test (CI) holds the page against the commands.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.settings import project_folder

README = project_folder() / "README.md"
_COMMAND = "    .venv/bin/newsledger "


@dataclass(frozen=True)
class Shown:
    """A command with what the page prints under it: lines `first` to `last` (half-open), without their indent."""

    command: str
    first: int
    last: int
    output: list[str]


def shown(page: str) -> Iterator[Shown]:
    """Every command of the page that is followed by its output."""
    lines = page.splitlines()
    at = 0
    while at < len(lines):
        if not lines[at].startswith(_COMMAND):
            at += 1
            continue
        start = at
        at += 1
        while '"' in lines[start] and "\n".join(lines[start:at]).replace('\\"', "").count('"') % 2:
            at += 1
        command = "\n".join(line.strip() for line in lines[start:at])
        first = at + 1
        last = first
        while last < len(lines) and (lines[last].startswith("    ") or (lines[last] == "" and _goes_on(lines, last))):
            last += 1
        if last > first and lines[at] == "" and not lines[first].startswith(_COMMAND):
            yield Shown(command, first, last, [line[4:] for line in lines[first:last]])
        at = max(last, at)


def _goes_on(lines: list[str], at: int) -> bool:
    return at + 1 < len(lines) and lines[at + 1].startswith("    ") and not lines[at + 1].startswith(_COMMAND)


def printed(command: str, warehouse: Path) -> list[str]:
    """What a command prints over a warehouse, right-hand blanks cut off. Raises CalledProcessError where it fails."""
    ours = command.replace(".venv/bin/newsledger", f"{sys.executable} -m pipelines.cli")
    environment = os.environ | {"NEWSLEDGER_WAREHOUSE": str(warehouse), "COLUMNS": "200", "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-c", ours], cwd=project_folder(), env=environment, capture_output=True, text=True, check=True
    )
    return [re.sub(r"\s+$", "", line) for line in done.stdout.rstrip("\n").splitlines()]


def renewed(page: str, warehouse: Path) -> str:
    """The page with every output as it is now."""
    lines = page.splitlines()
    for block in reversed(list(shown(page))):
        lines[block.first : block.last] = [f"    {line}".rstrip() for line in printed(block.command, warehouse)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run the samples, then renew the page."""
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder) / "warehouse"
        subprocess.run(
            [
                sys.executable,
                "-m",
                "pipelines.cli",
                "run",
                "--raw",
                str(project_folder() / "raw"),
                "--warehouse",
                str(warehouse),
            ],
            check=True,
        )
        README.write_text(renewed(README.read_text(encoding="utf8"), warehouse), encoding="utf8")


if __name__ == "__main__":
    main()
