"""Reference data: countries, organisations, givers, places, titles, currencies and DAC purposes, as CSV beside their readers.

Sources, licences and dates are in README.md here. Readers are cached: a list is read once a process.
"""

from __future__ import annotations

import csv
import importlib.resources
from collections.abc import Iterator


def rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of a CSV file of this folder, as text by column name."""
    with (importlib.resources.files(__package__) / name).open(encoding="utf8") as file:
        yield from csv.DictReader(file)


def split(cell: str) -> list[str]:
    """The values of a cell that holds several, separated by semicolons."""
    return [value.strip() for value in cell.split(";") if value.strip()]
