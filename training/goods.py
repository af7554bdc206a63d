"""Makes `pipelines/reference/goods.csv` from WordNet: which nouns are things that are sold, which are works that are built.

    python -m training.goods FOLDER        # FOLDER holds WordNet's data.noun and index.noun and index.sense

A lemma counts by its commonest sense, if that sense was met at all in the texts that WordNet counts or all its senses are things.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

OUT = Path(__file__).parents[1] / "pipelines" / "reference" / "goods.csv"
# Lexicographer files: artefact, food, animal.
THINGS = {"06", "13", "05"}
# Works are what lies below these, and does not lie below a dwelling or what is part of one.
WORKS = {"structure", "facility", "way", "excavation", "plant"}
NO_WORKS = {
    "housing",
    "dwelling",
    "area",
    "room",
    "tool",
    "device",
    "furniture",
    "support",
    "fixture",
    "shelter",
    "balcony",
}


def main() -> None:
    folder = Path(sys.argv[1])
    synsets: dict[str, tuple[str, list[str], list[str]]] = {}
    for line in (folder / "data.noun").read_text("utf8").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        words = [fields[4 + 2 * k] for k in range(count)]
        at = 4 + 2 * count
        pointers = fields[at + 1 :]
        above = [pointers[k + 1] for k in range(0, 4 * int(fields[at]), 4) if pointers[k] in ("@", "@i")]
        synsets[fields[0]] = (fields[1], words, above)
    met: dict[tuple[str, str], int] = {}
    for line in (folder / "index.sense").read_text("utf8").splitlines():
        key, offset, _, times = line.split()
        if "%1:" in key:
            met[key.split("%")[0], offset] = int(times)

    def lineage(offset: str) -> set[str]:
        found, stack = set(), [offset]
        while stack:
            one = stack.pop()
            found.add(one)
            stack += synsets[one][2]
        return found

    def rank(offset: str, names: set[str]) -> bool:
        return any(synsets[x][0] == "06" and synsets[x][1][0] in names for x in lineage(offset))

    rows = []
    for line in (folder / "index.noun").read_text("utf8").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split()
        lemma, first = fields[0], fields[-int(fields[2])]
        senses = fields[-int(fields[2]) :]
        is_sure = bool(met.get((lemma, first))) or all(synsets[s][0] in THINGS for s in senses)
        if (
            not lemma.isalpha()
            or not lemma.islower()
            or len(lemma) < 3
            or synsets[first][0] not in THINGS
            or not is_sure
        ):
            continue
        is_work = rank(first, WORKS) and not rank(first, NO_WORKS)
        rows.append((lemma, "work" if is_work else "good"))
    with OUT.open("w", newline="", encoding="utf8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("lemma", "class"))
        writer.writerows(sorted(rows))
    sys.stdout.write(f"{len(rows)} lemmas\n")


if __name__ == "__main__":
    main()
