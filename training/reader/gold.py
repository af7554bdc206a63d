"""Labels as the scorer reads them, from the JSON that `notation` writes: the documents of one fold.

    python -m training.reader.gold JSON OUT --fold 0 [--figures]

`shared/train/lab.py gold` does the same for the shared set, which leaves out documents of which only the sums were labelled;
`--figures` takes those alone. Several donors or recipients of a sum are given as none, as there.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from training.reader.notation import sentences


def as_gold(label: dict[str, Any]) -> dict[str, Any]:
    """A document's labels with names alone, and words told apart by their number in the text."""
    text, spans = label["text"], sentences(label["text"])

    def with_words(row: dict[str, Any]) -> dict[str, Any]:
        nth = len(re.findall(f"(?={re.escape(row['quote'])})", text[: row["start"]]))
        return {k: v for k, v in row.items() if k not in ("start", "end", "sentence")} | {"nth": nth}

    def names(people: list[dict[str, Any]]) -> list[str]:
        return [p["name"] for p in people]

    def only(people: list[dict[str, Any]]) -> str | None:
        return people[0]["name"] if len(people) == 1 else None

    events = [
        with_words(e)
        | {
            "sentence": text[slice(*spans[e["sentence"]])],
            "source": names(e["source"]),
            "recipient": names(e["recipient"]),
        }
        for e in label["events"]
    ]
    figures = [with_words(f) | {"donor": only(f["donor"]), "recipient": only(f["recipient"])} for f in label["figures"]]
    head = {k: label[k] for k in ("document_id", "title", "published_on", "fold", "actors")}
    return head | {"events": events, "figures": figures, "quotes": []}


def main(words: list[str] | None = None) -> None:
    """Write the gold of a fold's documents."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("labels", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--fold", type=int, required=True)
    ask.add_argument("--figures", action="store_true", help="documents of which only the sums were labelled")
    given = ask.parse_args(words)
    given.out.mkdir(parents=True, exist_ok=True)
    for path in sorted(given.labels.glob("*.json")):
        label = json.loads(path.read_text(encoding="utf8"))
        if label["fold"] == given.fold and bool(label["figures_only"]) == given.figures and not label["partial"]:
            content = json.dumps(as_gold(label), ensure_ascii=False, indent=1)
            (given.out / path.name).write_text(content, encoding="utf8")


if __name__ == "__main__":
    main()
