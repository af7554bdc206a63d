"""What a run costs, part by part, each beside its floor in the same session: `make benchmark`.

    python -m tests.measure.benchmark [--documents 1000 10000] [--events 1000000] [--shared DIR] [--corpus NAME ...] [--keep DIR]

For every size: takes every n-th document of the corpora, runs on an empty warehouse, again with nothing new, with a tenth more
documents, with a changed rule (facts and all after them again) and a changed reader (readings and all after), then the floors
(`floors`). Marts are timed over made-up rows (`mart_times`). Figures go to `tests/measure/benchmark.csv`, a row a part, with date,
version and machine, and into README's table (`benchmark_table`). Machines are noisy: compare figures of one session, as ratios, and
of a machine that others use too the processor's seconds.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import platform
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipelines.settings import Settings, project_folder
from tests.measure import benchmark_table, floors, mart_times, timed_run
from tests.measure.floors import Spent
from tests.measure.score_record import INPUT_KEYS, version

RECORD = Path(__file__).with_name("benchmark.csv")
CORPORA = ("allsides", "reuters21578", "news_please_clusters", "nltk_abc", "nltk_ieer", "muc34")
_FILE_DOCUMENTS = 500


@dataclass(frozen=True)
class Row:
    """One part of one run. Seconds by the clock and of the processor (null where only a step's clock is known); `floor`: the same of
    the library alone, and its name. `load`: processes that wanted the processor when the session began, an hour's quiet machine has 0."""

    date: str
    version: str
    machine: str
    cores: int
    load: float
    documents: int
    words: int
    part: str
    seconds: float
    processor: float | None = None
    floor: str | None = None
    floor_seconds: float | None = None
    floor_processor: float | None = None
    memory_gb: float | None = None
    disk_mb: float | None = None


class Session:
    """The rows of one session, added to the record as they are measured."""

    def __init__(self) -> None:
        self.about = (
            datetime.now(UTC).date().isoformat(),
            version(),
            _machine(),
            os.cpu_count() or 1,
            round(os.getloadavg()[0], 1),
        )

    def add(self, documents: int, words: int, part: str, seconds: float, processor: float | None = None,
            floor: tuple[str, Spent] | None = None, memory: float | None = None, disk: float | None = None) -> None:  # fmt: skip
        name, (floor_seconds, floor_processor) = floor if floor else (None, (None, None))
        row = Row(
            *self.about, documents, words, part, round(seconds, 2), _rounded(processor), name, _rounded(floor_seconds),
            _rounded(floor_processor), _rounded(memory), _rounded(disk),
        )  # fmt: skip
        is_new = not RECORD.exists()
        with RECORD.open("a", newline="", encoding="utf8") as file:
            writer = csv.DictWriter(file, list(asdict(row)), lineterminator="\n")
            if is_new:
                writer.writeheader()
            writer.writerow(asdict(row))
        sys.stdout.write("  ".join(f"{k} {v}" for k, v in list(asdict(row).items())[5:] if v is not None) + "\n")
        sys.stdout.flush()


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 2)


def _machine() -> str:
    """The processor's name."""
    about = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in about.read_text().splitlines() if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def sample(shared: Path, corpora: list[str], documents: int, raw: Path) -> int:
    """Write `documents` articles, spread evenly over the corpora, 500 a file; returns how many words they hold.

    Where a corpus has fewer than its share, the largest ones make up for it.
    """
    raw.mkdir(parents=True)
    rows = {}
    for name in corpora:
        with gzip.open(shared / "corpus" / f"{name}.jsonl.gz", "rt", encoding="utf8") as lines:
            rows[name] = [
                json.dumps({k: r[k] for k in INPUT_KEYS if r.get(k) is not None}) for r in map(json.loads, lines)
            ]
    kept: list[str] = []
    by_size = sorted(corpora, key=lambda name: len(rows[name]))
    for n, name in enumerate(by_size):
        wanted = (documents - len(kept)) // (len(by_size) - n)
        step = max(1, len(rows[name]) // wanted)
        kept += rows[name][::step][:wanted]
    for n in range(0, len(kept), _FILE_DOCUMENTS):
        (raw / f"articles-{n // _FILE_DOCUMENTS:03d}.jsonl").write_text(
            "\n".join(kept[n : n + _FILE_DOCUMENTS]) + "\n", encoding="utf8"
        )
    return sum(len(json.loads(row)["text"].split()) for row in kept)


def _counted(warehouse: Path) -> tuple[int, int]:
    with duckdb.connect(str(warehouse / "newsledger.duckdb"), read_only=True) as con:
        found = con.execute("select count(*), coalesce(sum(word_count), 0)::bigint from documents").fetchone()
    assert found is not None
    return int(found[0]), int(found[1])


def runs(session: Session, documents: int, folder: Path, shared: Path, corpora: list[str]) -> None:
    """Everything of one size."""
    raw, later, warehouse, settings = folder / "raw", folder / "later", folder / "warehouse", Settings()
    sample(shared, corpora, documents + max(10, documents // 10), folder / "all")
    raw.mkdir()
    lines = [
        line for file in sorted((folder / "all").iterdir()) for line in file.read_text(encoding="utf8").splitlines()
    ]
    for name, some in ((raw / "first.jsonl", [r for n, r in enumerate(lines) if n % 11]), (later, lines[::11])):
        name.write_text("\n".join(some) + "\n", encoding="utf8")

    whole = timed_run.run(raw, warehouse)
    count, words = _counted(warehouse)
    parse, encode = floors.parser(warehouse, settings), floors.encoder(warehouse, settings)
    current = warehouse / "current"
    make = floors.tables(current / "tables", folder / "floor.duckdb")
    disk = timed_run.bytes_of(warehouse / "batches") / 1e6, timed_run.bytes_of(current.resolve()) / 1e6
    session.add(count, words, "whole run", whole.seconds, whole.processor, ("nlp.pipe", parse), whole.memory, sum(disk))
    of_steps = {
        "annotations": ("nlp.pipe", parse),
        "readings": ("encoder", encode),
        "publish": ("create table as", make),
    }
    for step, seconds in whole.steps.items():
        session.add(count, words, f"step {step}", seconds, None, of_steps.get(step))
    session.add(count, words, "kept results", 0, disk=disk[0])
    session.add(count, words, "published version", 0, disk=disk[1])
    for part, arguments in (
        ("nothing new", ()),
        ("rule change", ("--select", "facts+")),
        ("reader change", ("--select", "readings+")),
    ):
        cost = timed_run.run(raw, warehouse, *arguments)
        floor = ("encoder", encode) if part == "reader change" else None
        session.add(count, words, part, cost.seconds, cost.processor, floor, cost.memory)
    shutil.copy(later, raw / "later.jsonl")
    cost = timed_run.run(raw, warehouse)
    after, words_after = _counted(warehouse)
    session.add(after - count, words_after - words, "one more batch", cost.seconds, cost.processor, None, cost.memory)


def marts(session: Session, events: int, folder: Path) -> None:
    """Building the database over made-up rows, and each mart."""
    mart_times.make(folder, events)
    building, views = mart_times.times(folder)
    floor = floors.tables(folder / "tables", folder / "floor.duckdb")
    session.add(0, 0, f"database of {events:,} events", *building, ("create table as", floor))
    for name, _, seconds, processor in views:
        session.add(0, 0, f"mart {name}, {events:,} events", seconds, processor)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--events", type=int, nargs="*", default=[1_000_000])
    parser.add_argument("--shared", type=Path, default=project_folder().parent / "shared")
    parser.add_argument("--corpus", nargs="*", default=list(CORPORA))
    parser.add_argument("--keep", type=Path, help="folder to leave raw files and warehouses in")
    options = parser.parse_args()
    session = Session()
    with tempfile.TemporaryDirectory() as temporary:
        folder: Path = options.keep or Path(temporary)
        for documents in options.documents:
            (folder / str(documents)).mkdir(parents=True)
            runs(session, documents, folder / str(documents), options.shared, options.corpus)
        for events in options.events:
            marts(session, events, folder / f"marts-{events}")
    benchmark_table.main()


if __name__ == "__main__":
    main()
