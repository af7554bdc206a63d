"""Speed and memory of `newsledger run` over real articles, added to `tests/measure/benchmark.csv`.

    python -m tests.measure.benchmark [--documents 2000] [--shared DIR] [--corpus NAME ...]

Takes every n-th document of the corpora, runs once on an empty warehouse and once more with nothing new. Machines
are noisy: compare figures of one session, as ratios.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import psutil

from pipelines.settings import project_folder
from tests.measure.score_record import INPUT_KEYS, version

RECORD = Path(__file__).with_name("benchmark.csv")
CORPORA = ("allsides", "reuters21578", "news_please_clusters", "nltk_abc", "nltk_ieer", "muc34")


def sample(shared: Path, corpora: list[str], documents: int, raw: Path) -> int:
    """Write `documents` articles, spread evenly over the corpora; returns how many words they hold."""
    raw.mkdir(parents=True)
    each = documents // len(corpora)
    kept: list[str] = []
    for name in corpora:
        with gzip.open(shared / "corpus" / f"{name}.jsonl.gz", "rt", encoding="utf8") as lines:
            rows = [json.loads(line) for line in lines]
        step = max(1, len(rows) // each)
        kept += [json.dumps({k: r[k] for k in INPUT_KEYS if r.get(k) is not None}) for r in rows[::step][:each]]
    with gzip.open(shared / "corpus" / f"{corpora[0]}.jsonl.gz", "rt", encoding="utf8") as lines:
        for line in list(lines)[1 :: max(2, len(kept) // 500)]:
            if len(kept) >= documents:
                break
            row = json.loads(line)
            kept.append(json.dumps({k: row[k] for k in INPUT_KEYS if row.get(k) is not None}))
    for n in range(0, len(kept), 500):
        (raw / f"articles-{n // 500:03d}.jsonl").write_text("\n".join(kept[n : n + 500]) + "\n", encoding="utf8")
    return sum(len(json.loads(row)["text"].split()) for row in kept)


def timed_run(raw: Path, warehouse: Path) -> tuple[float, float]:
    """Seconds of one run, and the resident memory in GB of the largest process in it, sampled every 0.1 s."""
    command = [sys.executable, "-m", "pipelines.cli", "run", "--raw", str(raw), "--warehouse", str(warehouse)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    largest = 0
    watched = psutil.Process(process.pid)
    while process.poll() is None:
        try:
            for one in (watched, *watched.children(recursive=True)):
                largest = max(largest, one.memory_info().rss)
        except psutil.NoSuchProcess:
            pass
        time.sleep(0.1)
    if process.returncode:
        sys.exit(f"The run failed with exit code {process.returncode}; run it by hand to see why: {' '.join(command)}")
    return time.perf_counter() - started, largest / 1e9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--shared", type=Path, default=project_folder().parent / "shared")
    parser.add_argument("--corpus", nargs="*", default=list(CORPORA))
    parser.add_argument("--keep", type=Path, help="folder to leave raw/ and warehouse/ in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        words = sample(options.shared, options.corpus, options.documents, folder / "raw")
        first, memory = timed_run(folder / "raw", folder / "warehouse")
        second, _ = timed_run(folder / "raw", folder / "warehouse")
        with duckdb.connect(str(folder / "warehouse" / "newsledger.duckdb"), read_only=True) as con:
            counts = con.execute(
                "select (select count(*) from documents), (select count(*) from quarantine)"
            ).fetchone()
    assert counts is not None
    row = {
        "date": datetime.now(UTC).date().isoformat(),
        "version": version(),
        "cores": os.cpu_count(),
        "documents": counts[0],
        "quarantined": counts[1],
        "words": words,
        "seconds": round(first, 1),
        "documents_a_second": round(counts[0] / first, 2),
        "words_a_second": round(words / first),
        "largest_process_gb": round(memory, 2),
        "second_run_seconds": round(second, 1),
    }
    is_new = not RECORD.exists()
    with RECORD.open("a", newline="", encoding="utf8") as file:
        writer = csv.DictWriter(file, list(row), lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerow(row)
    sys.stdout.write("\n".join(f"{k:20} {v}" for k, v in row.items()) + "\n")


if __name__ == "__main__":
    main()
