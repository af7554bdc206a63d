"""Scores the labelled sets in ../shared/gold and adds the figures to `tests/measure/scores.csv`.

    python -m tests.measure.score_record [SET ...] [--shared DIR]

Each set is run through `newsledger run` into a warehouse of its own and scored by ../shared/gold/score.py. A row of
the record says date, version (commit, with + where the tree had changes), set, measure and figure.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.settings import project_folder
from tests.measure.command import run_command

RECORD = Path(__file__).with_name("scores.csv")
COLUMNS = ("date", "version", "set", "measure", "precision", "recall", "f1", "accuracy", "n")
INPUT_KEYS = ("id", "text", "title", "published_on", "source")
ROW_SETS = ("events", "money", "aid", "timex", "quotes", "purpose")
SETS = ("seed", "docs", *ROW_SETS)


def stage_input(name: str, shared: Path, raw: Path) -> Path:
    """Put the texts of a set, without its labels, under `raw`; returns what score.py takes as gold."""
    gold = shared / "gold"
    raw.mkdir(parents=True)
    if name == "seed":
        for sample in (shared / "samples").glob("000_*.txt"):
            (raw / sample.name).write_bytes(sample.read_bytes())
        labels = raw.parent / "gold"
        labels.mkdir()
        (labels / "seed.json").write_bytes((gold / "seed.json").read_bytes())
        return labels
    source = gold / "docs" / "raw.jsonl" if name == "docs" else gold / f"{name}_dev.jsonl"
    with source.open(encoding="utf8") as lines, (raw / f"{name}.jsonl").open("w", encoding="utf8") as out:
        for line in lines:
            row = json.loads(line)
            out.write(json.dumps({k: row[k] for k in INPUT_KEYS if row.get(k) is not None}) + "\n")
    return source.parent if name == "docs" else source


def score(name: str, shared: Path, folder: Path) -> dict[str, dict[str, float]]:
    """Run one set through newsledger and score it: measure -> figures."""
    gold = stage_input(name, shared, folder / "raw")
    warehouse = folder / "warehouse"
    command = run_command(folder / "raw", warehouse)
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"The run over the set {name} failed:\n{done.stderr}")
    scorer = [sys.executable, str(shared / "gold" / "score.py"), str(warehouse), str(gold), "--json"]
    return dict(json.loads(subprocess.run(scorer, check=True, capture_output=True, text=True).stdout))


def version() -> str:
    """Short commit, with + where files differ from it."""
    folder = project_folder()
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=folder, capture_output=True, text=True, check=True
    )
    status = subprocess.run(["git", "status", "--porcelain"], cwd=folder, capture_output=True, text=True, check=True)
    return commit.stdout.strip() + ("+" if status.stdout.strip() else "")


def append(rows: list[dict[str, Any]], at: str) -> None:
    """Add rows of set, measure and figures to the record, dated today."""
    is_new = not RECORD.exists()
    with RECORD.open("a", newline="", encoding="utf8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerows({"date": datetime.now(UTC).date().isoformat(), "version": at} | row for row in rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sets", nargs="*", default=SETS, metavar="SET", help=f"of {', '.join(SETS)}; all without")
    parser.add_argument("--shared", type=Path, default=project_folder().parent / "shared")
    options = parser.parse_args()
    if not (options.shared / "gold" / "score.py").is_file():
        sys.exit(f"No labelled sets at {options.shared}: name the folder that holds gold/ with --shared.")
    at = version()
    for name in options.sets:
        rows = []
        with tempfile.TemporaryDirectory() as folder:
            for measure, figures in score(name, options.shared, Path(folder)).items():
                row = {k: figures.get(k) for k in ("precision", "recall", "f1", "accuracy")}
                n = figures.get("gold", figures.get("n"))
                rows.append({"set": name, "measure": measure, "n": n} | row)
                shown = figures.get("f1", figures.get("accuracy"))
                sys.stdout.write(f"{name:8} {measure:50} {shown:.3f}  ({n})\n")
        append(rows, at)


if __name__ == "__main__":
    main()
