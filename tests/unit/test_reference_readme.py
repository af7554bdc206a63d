"""Every data file of the reference room says where it comes from, and nothing is told of files that are gone."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "pipelines" / "reference"


def test_every_data_file_has_its_section() -> None:
    files = {f.name for f in FOLDER.iterdir() if f.suffix in (".csv", ".npz", ".json")}
    headings = [x for x in (FOLDER / "README.md").read_text(encoding="utf8").splitlines() if x.startswith("## ")]
    told = set(re.findall(r"[\w.]+\.(?:csv|npz|json)", "\n".join(headings)))
    assert len(files) > 15
    assert told == files
