"""The script of `make reader`: it names what there is, stops where its input is missing, and shares of labels nest."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
from pathlib import Path

import numpy as np

from training.reader.arrays import Example, share_of

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "training" / "reader" / "make_release.sh"


def test_every_module_and_option_that_it_names_is_there() -> None:
    text = SCRIPT.read_text(encoding="utf8")
    calls = re.findall(r"-m (training\.reader\.\w+)((?:\\\n|[^\n])*)", text)
    assert len(calls) >= 9
    asked = []
    for module, words in calls:
        found = importlib.util.find_spec(module)
        assert found is not None, module
        asked += [(Path(str(found.origin)), option) for option in re.findall("--[a-z]+", words)]
    head = text[: text.index("set -euo")]
    asked += [(SCRIPT.parent / "train.py", option) for option in re.findall("(--[a-z]+) ", head)]
    assert len(asked) >= 20
    for file, option in asked:
        assert f'"{option}"' in file.read_text(encoding="utf8"), f"{file} {option}"


def test_it_says_what_input_is_missing_and_changes_nothing(tmp_path: Path) -> None:
    env = {"PATH": os.environ["PATH"], "SHARED": str(tmp_path / "none"), "WORK": str(tmp_path / "work")}
    done = subprocess.run(["bash", str(SCRIPT)], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "none/train/documents.tsv is not there" in done.stderr
    assert not (tmp_path / "work").exists()


def test_a_share_of_the_labels_is_of_whole_documents_and_holds_all_smaller_ones() -> None:
    empty = np.zeros(0)
    examples = [Example(f"d{n // 2}", -1, 0, empty, empty, empty, empty, empty, empty, empty, []) for n in range(2000)]
    quarter, half = (share_of(examples, share) for share in (0.25, 0.5))
    assert 430 < len(quarter) < 570
    assert 900 < len(half) < 1100
    assert {e.document for e in quarter} < {e.document for e in half}
    assert len(quarter) == 2 * len({e.document for e in quarter})
    assert share_of(examples, 1.0) == examples
