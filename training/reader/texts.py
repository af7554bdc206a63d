"""Texts of labelled documents out of the corpora, by their ids: labels are kept without them.

    python -m training.reader.texts SHARED documents.tsv OUT.jsonl

`documents.tsv` has id and number of characters used, and may have a fold. Documents that no corpus holds are told.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path


def main() -> None:
    shared, index, out = map(Path, sys.argv[1:4])
    rows = [line.split("\t") for line in index.read_text(encoding="utf8").splitlines() if line]
    wanted = {row[0]: int(row[1]) for row in rows}
    with out.open("w", encoding="utf8") as lines:
        for path in sorted((shared / "corpus").glob("*.jsonl.gz")):
            with gzip.open(path, "rt", encoding="utf8") as corpus:
                for row in map(json.loads, corpus):
                    size = wanted.pop(row["id"], None)
                    if size is not None:
                        row["text"] = row["text"].strip()[:size]
                        kept = {k: row.get(k) for k in ("id", "title", "published_on", "source", "text")}
                        lines.write(json.dumps(kept, ensure_ascii=False) + "\n")
    if wanted:
        print("in no corpus:", *sorted(wanted)[:20])


if __name__ == "__main__":
    main()
