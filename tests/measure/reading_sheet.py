"""A sheet of random events or figures from corpus articles that nobody labelled, for a reader to judge by eye.

    python -m tests.measure.reading_sheet {events,figures} [--rows 100] [--seed 1] [--articles 600] [--least 0.7]
        [--warehouse DIR] [--shared DIR]

Articles are drawn evenly over the corpora of ../shared by the seed, those of the labelled sets left out, and run into
a warehouse, which `--warehouse` keeps and uses again. The sheet gives each row with its sentence, the one before and
the one after, and all that the row claims; a reader writes beside it what is wrong. Judge with rows of a seed that
no rule was made with.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from pipelines.settings import project_folder
from tests.measure.command import run_command
from tests.measure.score_record import INPUT_KEYS

CORPORA = ("allsides", "reuters21578", "news_please_clusters", "nltk_abc", "nltk_ieer", "muc34")
QUERIES = Path(__file__).parent


def labelled_texts(shared: Path) -> set[str]:
    """First 200 characters of every text that a labelled set holds."""
    gold = shared / "gold"
    files = [gold / "docs" / "raw.jsonl", *(gold / f"{n}_dev.jsonl" for n in ("events", "money", "timex", "quotes"))]
    return {json.loads(line)["text"].strip()[:200] for path in files for line in path.read_text("utf8").splitlines()}


def draw(shared: Path, articles: int, seed: int) -> Iterator[dict[str, Any]]:
    """Random articles, the same number of each corpus where it has as many."""
    chooser, known = random.Random(seed), labelled_texts(shared)
    for name in CORPORA:
        with gzip.open(shared / "corpus" / f"{name}.jsonl.gz", "rt", encoding="utf8") as lines:
            rows = [row for row in map(json.loads, lines) if row["text"].strip()[:200] not in known]
        for row in chooser.sample(rows, min(len(rows), articles // len(CORPORA))):
            yield {key: row[key] for key in INPUT_KEYS if row.get(key) is not None}


def fill(warehouse: Path, shared: Path, articles: int, seed: int) -> None:
    """Run the drawn articles into `warehouse`; `newsledger run` fails here as it would anywhere."""
    with tempfile.TemporaryDirectory() as raw:
        rows = [json.dumps(row) for row in draw(shared, articles, seed)]
        (Path(raw) / "articles.jsonl").write_text("\n".join(rows) + "\n", encoding="utf8")
        command = run_command(raw, warehouse)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def sheet(warehouse: Path, table: str, rows: int, seed: int, least: float) -> Iterator[str]:
    """The text of each drawn row, numbered from 1."""
    with duckdb.connect(str(warehouse / "newsledger.duckdb"), read_only=True) as con:
        found = con.sql((QUERIES / f"sheet_{table}.sql").read_text("utf8"), params={"least": least}).pl()
    for n, row in enumerate(found.sample(min(rows, found.height), seed=seed, shuffle=True).iter_rows(named=True), 1):
        yield f"## {n}  {row.pop('id')}"
        before, sentence, after = row.pop("before"), row.pop("sentence"), row.pop("after")
        yield f"{before or ''}\n>>> {sentence}\n{after or ''}"
        yield "\n".join(f"    {name:14} {value}" for name, value in row.items() if value is not None) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("table", choices=("events", "figures"))
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--least", type=float, default=0.0, help="least confidence of a row")
    parser.add_argument("--warehouse", type=Path)
    parser.add_argument("--shared", type=Path, default=project_folder().parent / "shared")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        warehouse = options.warehouse or Path(temporary)
        if not (warehouse / "newsledger.duckdb").exists():
            fill(warehouse, options.shared, options.articles, options.seed)
        for part in sheet(warehouse, options.table, options.rows, options.seed, options.least):
            sys.stdout.write(part + "\n")


if __name__ == "__main__":
    main()
