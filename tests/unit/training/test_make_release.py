"""The script of `make reader`: it names what there is, stops where its input is missing, judges a release
by models that have not seen its fold, leaves the checkout as it was where it ends early; shares of labels nest."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest

from training.reader.arrays import Example, share_of

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "training" / "reader" / "make_release.sh"


def test_every_module_and_option_that_it_names_is_there() -> None:
    text = SCRIPT.read_text(encoding="utf8")
    for name, words in re.findall(r"^ *([A-Z_]+)=\((.+)\)$", text, re.MULTILINE):
        text = text.replace(f'"${{{name}[@]}}"', words)
    calls = re.findall(r"-m (training(?:\.\w+)+)((?:\\\n|[^\n])*)", text)
    assert len(calls) >= 11
    asked = []
    for module, words in calls:
        found = importlib.util.find_spec(module)
        assert found is not None, module
        file = Path(str(found.origin))
        file = file.with_name("__main__.py") if file.name == "__init__.py" else file
        asked += [(file, option) for option in re.findall("--[a-z-]+", words)]
    head = text[: text.index("set -euo")]
    asked += [(SCRIPT.parent / "train.py", option) for option in re.findall("(--[a-z]+) ", head)]
    assert len(asked) >= 30
    assert {"--resolver", "--sectors"} <= {option for file, option in asked if file.name == "evaluate.py"}
    shared = (ROOT / "training" / "held_out.py").read_text(encoding="utf8")
    for file, option in asked:
        source = file.read_text(encoding="utf8")
        assert f'"{option}"' in source + (shared if "training.held_out" in source else ""), f"{file} {option}"


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


# The figures of the shared documents, of our own and of our written texts.
_OF_ALL = "\n".join(["new folds: own: figure", "new folds: own: figure", "new folds: written: figure"])


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the script where every command that it calls is a stub: it notes its words and writes what it is asked to."""
    for folder in ("training/reader", "training/labels/written", ".venv/bin", "bin", "pipelines/extract", "pipelines/reader/releases/old", "work/torch/bin",
                   "shared/train/labels", "shared/corpus", "shared/gold", "encoder"):  # fmt: skip
        (tmp_path / folder).mkdir(parents=True)
    for name, content in {
        "training/reader/folds.csv": "old folds", "training/labels/documents.tsv": "", "training/labels/written/texts.jsonl": "", "pipelines/extract/sureness.json": "old sureness",
        "pipelines/reader/releases/old/manifest.json": "{}", "shared/train/labels/a.lab": "", "shared/train/documents.tsv": "", "shared/train/lab.py": "",
        "shared/gold/score.py": "", "shared/gold/aid_dev.jsonl": "", "shared/gold/purpose_dev.jsonl": "", "encoder/model.safetensors": "",
        "work/kept.npy": "", "work/folds-next.csv": "folds of an earlier run",
    }.items():  # fmt: skip
        (tmp_path / name).write_text(content, encoding="utf8")
    shutil.copy(SCRIPT, tmp_path / "training" / "reader" / SCRIPT.name)
    stub = """#!/bin/bash
echo "$@" >> calls.txt
case "$2" in
    training.reader.notation) mkdir -p "$5" ;;
    training.reader.gold) mkdir -p "$4"; touch "$4/a.json" ;;
    training.reader.export) mkdir -p "$5"; echo new > "$5/manifest.json" ;;
    training.reader.calibrate) [ "$(cat pipelines/extract/sureness.json)" = "old sureness" ] || exit 9 ;;
esac
while [ $# -gt 0 ]; do
    case "$1" in
        --of) of=$2 ;;
        --out) if [ "${2%.json}" != "$2" ]; then echo "new sureness" > "$2"; fi ;;
        --record) [ -z "${FAIL:-}" ] || exit 7; if [ -n "${HANG:-}" ]; then touch hangs; sleep 30; fi; echo "new folds: ${of:-own: }figure" > "$2" ;;
    esac
    shift
done
"""
    for name in (
        ".venv/bin/python",
        ".venv/bin/pytest",
        ".venv/bin/newsledger",
        "work/torch/bin/python",
        "bin/sha256sum",
    ):
        (tmp_path / name).write_text(stub, encoding="utf8")
        (tmp_path / name).chmod(0o755)
    (tmp_path / "bin/sha256sum").write_text("#!/bin/bash\ncat > /dev/null\n", encoding="utf8")
    (tmp_path / "bin/sha256sum").chmod(0o755)
    return tmp_path


def _environment(checkout: Path, **more: str) -> dict[str, str]:
    path = f"{checkout / 'bin'}:{os.environ['PATH']}"
    return {
        "PATH": path,
        "SHARED": "shared",
        "WORK": "work",
        "NAME": "next",
        "ENCODER": str(checkout / "encoder"),
    } | more


def _make(checkout: Path, *words: str, **more: str) -> int:
    script = checkout / "training" / "reader" / SCRIPT.name
    done = subprocess.run(
        ["bash", str(script), *words], env=_environment(checkout, **more), capture_output=True, text=True, check=False
    )
    return done.returncode


def _state(checkout: Path) -> tuple[str, str, list[str]]:
    """What the script may change: the sureness of rows, the figures of the fold, the releases."""
    sureness = (checkout / "pipelines/extract/sureness.json").read_text(encoding="utf8").strip()
    folds = (checkout / "training/reader/folds.csv").read_text(encoding="utf8").strip()
    return (
        sureness,
        folds,
        sorted(p.name for p in (checkout / "pipelines/reader/releases").iterdir() if p.name != ".new"),
    )


def test_a_release_is_judged_by_models_that_have_not_seen_its_fold(checkout: Path) -> None:
    assert _make(checkout, "--fold", "2") == 0
    assert _state(checkout) == ("new sureness", _OF_ALL, ["next"])
    calls = [line.split() for line in (checkout / "calls.txt").read_text(encoding="utf8").splitlines()]
    models = [str(checkout / "work" / f"{name}-without-2.npz") for name in ("resolver", "sectors")]
    fitted = {line[1]: line for line in calls if "--without-fold" in line}
    assert list(fitted) == ["training.resolver", "training.train_sectors"]
    for (_, line), model in zip(fitted.items(), models, strict=True):
        assert line[2:5] == [str(checkout / "work/json" / name) for name in ("shared", "own", "written")]
        assert line[line.index("--without-fold") :] == ["--without-fold", "2", "--out", model]
    judging = [line for line in calls if line[1] in ("training.reader.calibrate", "training.reader.evaluate")]
    assert len(judging) == 4
    for line in judging:
        assert [line[line.index(option) + 1] for option in ("--fold", "--resolver", "--sectors")] == ["2", *models]


@pytest.mark.parametrize(("more", "code"), [({"FAIL": "1"}, 7), ({"STOP": "evaluate"}, 0)])
def test_where_it_ends_early_the_checkout_is_as_it_was(checkout: Path, more: dict[str, str], code: int) -> None:
    before = _state(checkout)
    assert _make(checkout, **more) == code
    assert _state(checkout) == before
    assert (checkout / "work/folds-next.csv").read_text(encoding="utf8").strip() == (
        "folds of an earlier run" if "FAIL" in more else _OF_ALL
    )


def test_where_it_is_stopped_the_checkout_is_as_it_was(checkout: Path) -> None:
    before = _state(checkout)
    script = checkout / "training" / "reader" / SCRIPT.name
    running = subprocess.Popen(["bash", str(script)], env=_environment(checkout, HANG="1"), start_new_session=True)
    deadline = time.monotonic() + 60
    while not (checkout / "hangs").exists():
        assert time.monotonic() < deadline
        assert running.poll() is None
        time.sleep(0.02)
    assert _state(checkout)[0] == "new sureness"
    os.killpg(running.pid, signal.SIGTERM)
    assert running.wait(timeout=30) != 0
    assert _state(checkout) == before


def test_a_release_of_all_folds_has_no_figures_of_its_own_and_takes_none_of_another(checkout: Path) -> None:
    assert _make(checkout, "--fold", "-1") == 0
    assert _state(checkout) == ("old sureness", "old folds", ["next"])
    assert "--without-fold" not in (checkout / "calls.txt").read_text(encoding="utf8")
