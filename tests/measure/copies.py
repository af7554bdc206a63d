"""How well copies are found, and at what cost: measures, added to `scores.csv`.

    python -m tests.measure.copies [--shared DIR] [--documents 100000]

Known edits: articles of the corpora, each with six edits, among all other texts of the corpora; which pairs are
found, and which of the pairs found are wrong (other stories, the same topic told by others). Labelled pairs:
../shared/gold/neardup_gold.tsv. Cost: the corpora replicated with half of their words replaced, so that texts differ,
signatures on two processes and pairing as a run does them; then a thousand more.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import random
import re
import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.resolve.known_copies import find_copies
from pipelines.settings import project_folder
from pipelines.text.signature import SHINGLE, signature
from tests.measure.score_record import append, version

EDITED, SEED, MORE = 1000, 11, 1000
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def corpora(shared: Path) -> Iterator[dict[str, Any]]:
    """Every text of the corpora with its id and day."""
    for path in sorted((shared / "corpus").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf8") as lines:
            yield from map(json.loads, lines)


def signed(text: str) -> tuple[str, bytes, int]:
    """What a run keeps of a text to find its copies by."""
    return hashlib.sha256(text.encode()).hexdigest(), *signature(text)


def _frame(ids: list[str], days: list[date | None], rows: list[tuple[str, bytes, int]]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "document_id": ids,
            "published_on": pl.Series(days, dtype=pl.Date),
            "text_sha256": [r[0] for r in rows],
            "minhash": [r[1] for r in rows],
            "shingles": [r[2] for r in rows],
        }
    )


def _day(row: dict[str, Any]) -> date | None:
    return date.fromisoformat(row["published_on"][:10]) if row["published_on"] else None


def edits(text: str, other: str, dice: random.Random) -> dict[str, str]:
    """Six things that happen to a story on its way into another paper."""
    sentences = _SENTENCE_END.split(text)
    words = text.split(" ")
    out = dice.sample(range(1, len(sentences)), max(1, len(sentences) // 12))
    for n in dice.sample(range(len(words)), max(1, len(words) // 50)):
        words[n] = dice.choice(other.split())
    return {
        "other headline": f"{' '.join(dice.sample(other.split(), 8))}\n\n{text}",
        "sentences out": " ".join(s for n, s in enumerate(sentences) if n not in out),
        "cut to 60 %": text[: len(text) * 6 // 10],
        "wire header": f"{dice.choice(('OSLO', 'GENEVA', 'NAIROBI'))}, {dice.choice(('AP', 'Reuters', 'AFP'))} -- {text}",
        "chrome around": f"Home\nNews\nWorld\n\n{text}\n\nRead more about this topic\nAll rights reserved by the paper.",
        "2 % of the words": " ".join(words),
    }


def shingles(text: str) -> set[tuple[str, ...]]:
    """Shingles themselves, to judge by what signatures only estimate."""
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[n:] for n in range(SHINGLE)), strict=False))


def of_edits(rows: list[dict[str, Any]], frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Recall and precision of the pairs in which an edited article takes part."""
    dice = random.Random(SEED)
    texts = {r["id"]: r["text"] for r in rows}
    days = {r["id"]: _day(r) for r in rows}
    able = [r["id"] for r in rows if 150 <= r["text"].count(" ") <= 2000 and len(_SENTENCE_END.split(r["text"])) >= 6]
    chosen = dice.sample(able, EDITED)
    made = {
        f"{origin}|{name}": text
        for origin in chosen
        for name, text in edits(texts[origin], texts[dice.choice(able)], dice).items()
    }
    with ProcessPoolExecutor(2) as pool:
        more = _frame(
            list(made), [days[i.partition("|")[0]] for i in made], list(pool.map(signed, made.values(), chunksize=64))
        )
    found = dict(find_copies(pl.concat([frame, more])).iter_rows())
    group = {i: found.get(i, i) for i in (*texts, *made)}
    lost = [i for i in made if group[i] != group[i.partition("|")[0]]]
    members: dict[str, set[str]] = {}
    for i, root in group.items():
        members.setdefault(root, set()).add(i)
    origins = set(chosen)
    right = wrong = natural = 0
    for members_of_one in members.values():
        own = {i.partition("|")[0] for i in members_of_one}
        if len(members_of_one) < 2 or not own & origins:
            continue
        # The group stands for the story that most of it comes from; what else is in it is wrong, unless it is a copy in itself.
        most = max(own, key=lambda o: (sum(i.partition("|")[0] == o for i in members_of_one), o))
        for i in members_of_one:
            origin = i.partition("|")[0]
            if origin == most:
                right += 1
                continue
            a, b = shingles(texts[origin]), shingles(texts[most])
            shared_part = len(a & b) / min(len(a), len(b))
            natural += shared_part >= 0.7
            wrong += shared_part < 0.7
    by_kind = {name: sum(i.endswith(f"|{name}") for i in lost) for name in ("cut to 60 %", "sentences out")}
    sys.stdout.write(f"known edits not found: {len(lost)} of {len(made)}, {by_kind}; copies in themselves: {natural}\n")
    recall, precision = 1 - len(lost) / len(made), right / (right + wrong)
    return [_score("copies", "known edits", precision, recall, len(made))]


def of_gold(shared: Path, frame: pl.DataFrame) -> list[dict[str, Any]]:
    """The labelled pairs: equal, near and contained ones are copies; updates under one title are none."""
    found = dict(find_copies(frame).iter_rows())
    known = set(frame["document_id"])
    counts: dict[str, list[int]] = {}
    with (shared / "gold" / "neardup_gold.tsv").open(encoding="utf8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if not {row["id_a"], row["id_b"]} <= known:
                continue  # pairs of texts that are not in the corpora
            together = found.get(row["id_a"], row["id_a"]) == found.get(row["id_b"], row["id_b"])
            count = counts.setdefault(row["kind"], [0, 0])
            count[0] += together
            count[1] += 1
    sys.stdout.write(f"labelled pairs found together, by kind: {counts}\n")
    copies = [c for kind, c in counts.items() if kind not in ("same-title-update", "loose")]
    right, wrong = sum(c[0] for c in copies), counts["same-title-update"][0]
    total = sum(c[1] for c in copies)
    return [_score("copies", "labelled pairs", right / (right + wrong), right / total, total)]


def _score(name: str, measure: str, precision: float, recall: float, n: int) -> dict[str, Any]:
    f1 = 2 * precision * recall / (precision + recall)
    return {
        "set": name, "measure": measure, "precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4), "n": n,
    }  # fmt: skip


def replica(given: tuple[str, int]) -> str:
    """A text with half of its words replaced, each by the number of the replica: as long, and no copy."""
    text, number = given
    dice = random.Random(f"{number}:{len(text)}")
    return _WORD.sub(lambda m: f"{m[0]}{number}" if dice.random() < 0.5 else m[0], text)


def _sign(texts: list[str]) -> tuple[list[tuple[str, bytes, int]], float]:
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(signed, texts[:4]))  # processes started, libraries loaded
        started = time.perf_counter()
        return list(pool.map(signed, texts, chunksize=64)), time.perf_counter() - started


def cost(rows: list[dict[str, Any]], documents: int) -> list[dict[str, Any]]:
    """Seconds and peak memory of signatures and pairing at a size, and of a thousand more on top."""
    texts: list[str] = []
    days: list[date | None] = []
    for number in range(1 + (documents + MORE) // len(rows)):
        for row in rows[: documents + MORE - len(texts)]:
            texts.append(replica((row["text"], number)) if number else row["text"])
            days.append(_day(row))
    words = sum(t.count(" ") for t in texts[:documents])
    ids = [f"d{n:07d}" for n in range(len(texts))]
    signatures, signing = _sign(texts[:documents])
    more, signing_more = _sign(texts[documents:])
    del texts
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    frame = _frame(ids[:documents], days[:documents], signatures)
    started = time.perf_counter()
    copies = find_copies(frame).height
    pairing = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    frame = pl.concat([frame, _frame(ids[documents:], days[documents:], more)])
    started = time.perf_counter()
    find_copies(frame)
    again = time.perf_counter() - started
    sys.stdout.write(
        f"{documents:,} documents, {words:,} words, {copies:,} copies: signatures {signing:.1f} s on two processes, pairing "
        f"{pairing:.1f} s; peak {peak / 1024:.0f} MB in the process that pairs (before pairing, with all texts in it, "
        f"{before / 1024:.0f}), {worker / 1024:.0f} MB the largest worker; {MORE:,} more: {signing_more:.1f} s + {again:.1f} s\n"
    )
    return [
        {"set": "copies", "measure": "seconds, signatures and pairing", "accuracy": round(signing + pairing, 1), "n": documents},
        {"set": "copies", "measure": "seconds for a thousand more", "accuracy": round(signing_more + again, 1), "n": documents},
    ]  # fmt: skip


def main() -> int:
    """Measure and record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--shared", type=Path, default=project_folder().parent / "shared")
    parser.add_argument("--documents", type=int, default=100_000)
    given = parser.parse_args()
    rows = list(corpora(given.shared))
    with ProcessPoolExecutor(2) as pool:
        signatures = list(pool.map(signed, [r["text"] for r in rows], chunksize=64))
    frame = _frame([r["id"] for r in rows], [_day(r) for r in rows], signatures)
    results = of_gold(given.shared, frame) + of_edits(rows, frame) + cost(rows, given.documents)
    for row in results:
        sys.stdout.write(f"{row}\n")
    append(results, version())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
