"""What README prints under its commands is what they print."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.defs.launch import run_pipeline
from pipelines.settings import Settings, project_folder
from tests.measure import readme_outputs


def test_commands_and_their_outputs_are_found() -> None:
    page = 'Text\n\n    .venv/bin/newsledger sql "select 1\n        from t"\n\n    | 1 |\n\n    more\n\nAfter\n'
    (block,) = readme_outputs.shown(page)
    assert block.command == '.venv/bin/newsledger sql "select 1\nfrom t"'
    assert block.output == ["| 1 |", "", "more"]
    found = list(readme_outputs.shown(readme_outputs.README.read_text(encoding="utf8")))
    assert len(found) >= 4


@pytest.mark.slow
def test_the_tour_shows_what_its_commands_print(tmp_path: Path) -> None:
    run_pipeline(Settings(raw=project_folder() / "raw", warehouse=tmp_path / "warehouse"))
    page = readme_outputs.README.read_text(encoding="utf8")
    assert readme_outputs.renewed(page, tmp_path / "warehouse") == page, "run `python -m tests.measure.readme_outputs`"
