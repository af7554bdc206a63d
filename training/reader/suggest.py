"""Which documents of a warehouse to label next: those in which the reader doubts most for the words that have to be read.

    python -m training.reader.suggest WAREHOUSE OUT.tsv [--count 50] [--known documents.tsv …] [--least 80] [--most 900]

Doubt is what is not settled by what the reader says: whether a word tells an event and of which type, who its sides are, what
a sum of money is and who pays whom. Rare types and money weigh more (`WEIGHTS`). The choice is greedy: of one kind of doubt, and
of one publisher, each further document adds less (square root), so that one subject doesn't fill the list. Copies of one another, of
documents in `--known` files (first column: external or document id) and those too short or long are left out.
OUT: document_id, external_id, words, doubt per 100 words, why. The same warehouse gives the same list.
"""

from __future__ import annotations

import argparse
import csv
import heapq
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from pipelines.extract.cuts import CUTS
from pipelines.query.published import opened
from pipelines.reader.interface import from_row
from pipelines.reader.readings import AmountReading, Choice, Link, Reading, TriggerReading
from pipelines.stages.batch_folders import STAGES
from pipelines.stages.folders import DONE
from pipelines.text.signature import PERMUTATIONS

# What a doubt counts, by what it is about; a sum of money is dearer than an event, as there are fewer.
WEIGHTS = {"event": 1.0, "type": 1.0, "sides": 1.0, "money kind": 2.0, "money stage": 1.0, "money ends": 1.5}
# A document's words that are read beside those of its sentences in doubt: the price of opening it.
_OPENING = 60
# Resemblance from which two documents are too alike to label both.
ALIKE = 0.4
_LEAST_EVENT = 0.1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may be labelled; `doubts` by what they are about ("sides SANCTION", "money ends")."""

    document_id: str
    external_id: str
    publisher: str
    words: int
    minhash: bytes
    doubts: Mapping[str, float]


def doubt(probability: float) -> float:
    """How little a yes or no is settled: 1 at one half, 0 at nought and one."""
    return 4 * probability * (1 - probability)


def doubts_of(reading: Reading, rarity: Mapping[str, float]) -> dict[str, float]:
    """Doubt by what it is about, summed over a document. `rarity`: weight of a type of event, 1 for one that isn't in it."""
    found: dict[str, float] = defaultdict(float)
    for trigger in reading.triggers:
        for about, amount in _of_trigger(trigger):
            found[f"{about} {trigger.type.label}"] += WEIGHTS[about] * rarity.get(trigger.type.label, 1.0) * amount
    for money in reading.amounts:
        for about, amount in _of_amount(money):
            found[about] += WEIGHTS[about] * amount
    return {k: v for k, v in found.items() if v > 0}


def _of_trigger(trigger: TriggerReading) -> Iterator[tuple[str, float]]:
    if trigger.probability < _LEAST_EVENT:
        return
    yield "event", doubt(trigger.probability)
    yield "type", trigger.probability * _of_choice(trigger.type)
    ends = [_of_links(trigger.links, r, cut) for r, cut in (("source", CUTS.source), ("recipient", CUTS.recipient))]
    yield "sides", trigger.probability * sum(ends) / 2


def _of_amount(money: AmountReading) -> Iterator[tuple[str, float]]:
    yield "money kind", _of_choice(money.kind)
    if money.kind.label not in ("aid", "loan"):
        return
    yield "money stage", _of_choice(money.stage)
    yield "money ends", (_of_links(money.links, "payer", CUTS.payer) + _of_links(money.links, "payee", CUTS.payee)) / 2


def _of_choice(choice: Choice) -> float:
    """1 where the second is as likely as the first, 0 where it has no chance."""
    return 1 - max(0.0, choice.probability - choice.runner_up_probability)


def _of_links(links: Iterable[Link], relation: str, cut: float) -> float:
    """How near the surest word is to the threshold that decides on it: 1 at the cut, 0 at nought and one."""
    best = max((k.probability for k in links if k.relation == relation), default=0.0)
    return best / cut if best < cut else (1 - best) / (1 - cut)


def choose(candidates: Iterable[Candidate], count: int, known: Iterable[bytes] = ()) -> list[tuple[Candidate, float]]:
    """Up to `count` documents with what each adds per word read; no two alike, none like a signature in `known`."""
    left = sorted(candidates, key=lambda c: c.document_id)
    taken = [_hashes(k) for k in known]
    have: dict[str, float] = defaultdict(float)
    chosen: list[tuple[Candidate, float]] = []
    # What a document adds only falls as others are taken: the one whose old value is the largest need be looked at alone.
    waiting = [(-_added(c, have), n) for n, c in enumerate(left)]
    heapq.heapify(waiting)
    while waiting and len(chosen) < count:
        _, n = heapq.heappop(waiting)
        now = _added(left[n], have)
        if waiting and (-now, n) > waiting[0]:
            heapq.heappush(waiting, (-now, n))
            continue
        mine = _hashes(left[n].minhash)
        if any(_alike(mine, other) for other in taken):
            continue
        taken.append(mine)
        for about, amount in left[n].doubts.items():
            have[about] += amount
        have[_by(left[n])] += sum(left[n].doubts.values())
        chosen.append((left[n], now))
    return chosen


def _added(candidate: Candidate, have: Mapping[str, float]) -> float:
    """What a document adds to what is chosen, per word that has to be read."""
    by = _by(candidate)
    gain = sum(math.sqrt(have.get(k, 0.0) + v) - math.sqrt(have.get(k, 0.0)) for k, v in candidate.doubts.items())
    whole = sum(candidate.doubts.values())
    gain += math.sqrt(have.get(by, 0.0) + whole) - math.sqrt(have.get(by, 0.0))
    return gain / (candidate.words + _OPENING)


def _by(candidate: Candidate) -> str:
    return f"publisher {candidate.publisher}"


def _hashes(minhash: bytes) -> np.ndarray:
    return np.frombuffer(minhash, dtype="<u4").reshape(PERMUTATIONS)


def _alike(a: np.ndarray, b: np.ndarray) -> bool:
    return float((a == b).mean()) >= ALIKE


def candidates_of(warehouse: Path, known: set[str], least: int, most: int) -> tuple[list[Candidate], list[bytes]]:
    """Documents of the published version that may be labelled, and the signatures of those that are labelled.

    Raises ValueError where the warehouse has no readings: they are what tells doubt.
    """
    with opened(warehouse) as con:
        about = con.sql(
            "select document_id, external_id, coalesce(publisher, '') as publisher, word_count from documents where duplicate_of is null"
        ).pl()
        rarity = _rarity(con)
    rows = {r["document_id"]: r for r in about.iter_rows(named=True)}
    found: list[Candidate] = []
    labelled: list[bytes] = []
    readings = 0
    for batch in sorted((warehouse / "batches").glob("*")):
        texts, read = _parts(batch, STAGES[0]), _parts(batch, "readings")
        if not texts or not read:
            continue
        signatures = dict(pl.read_parquet(texts, columns=["document_id", "minhash"]).iter_rows())
        for row in pl.read_parquet(read).iter_rows(named=True):
            readings += 1
            document = rows.get(row["document_id"])
            if document is None:
                continue
            if {document["document_id"], document["external_id"]} & known:
                labelled.append(signatures[row["document_id"]])
            elif least <= document["word_count"] <= most:
                doubts = doubts_of(from_row(row), rarity)
                found.append(
                    Candidate(
                        row["document_id"], document["external_id"] or "", document["publisher"], document["word_count"],
                        signatures[row["document_id"]], doubts,
                    )
                )  # fmt: skip
    if not readings:
        raise ValueError(f"{warehouse} has no readings: run it with a reader (NEWSLEDGER_READER is not none).")
    return [c for c in found if c.doubts], labelled


def _parts(batch: Path, stage: str) -> list[Path]:
    """Files of the finished result of a stage; a batch has one."""
    return sorted(p for done in batch.glob(f"{stage}-*/{DONE}") for p in done.parent.glob("part-*.parquet"))


def _rarity(con: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """Weight of a type of event: the root of how much rarer it is than the commonest here, at most 4."""
    counts = dict(con.execute("select event_type, count(*) from events group by 1").fetchall())
    most = max(counts.values(), default=1)
    return {str(t): min(4.0, math.sqrt(most / n)) for t, n in counts.items()}


def _why(candidate: Candidate) -> str:
    best = sorted(candidate.doubts.items(), key=lambda d: (-d[1], d[0]))[:4]
    return "; ".join(f"{about} {amount:.1f}" for about, amount in best)


def main(words: list[str] | None = None) -> int:
    """The command."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("warehouse", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--count", type=int, default=50)
    ask.add_argument("--known", type=Path, nargs="*", default=[Path(__file__).parents[1] / "labels" / "documents.tsv"])
    ask.add_argument("--least", type=int, default=80, help="fewest words")
    ask.add_argument("--most", type=int, default=900, help="most words")
    given = ask.parse_args(words)
    known = {line.split("\t")[0] for path in given.known for line in path.read_text(encoding="utf8").splitlines()}
    found, labelled = candidates_of(given.warehouse, known, given.least, given.most)
    chosen = choose(found, given.count, labelled)
    with given.out.open("w", encoding="utf8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(("document_id", "external_id", "words", "doubt", "why"))
        for one, added in chosen:
            writer.writerow((one.document_id, one.external_id, one.words, f"{100 * added:.2f}", _why(one)))
    print(f"{len(chosen)} of {len(found)} documents in {given.out}; {len(labelled)} are labelled already")
    return 0


if __name__ == "__main__":
    sys.exit(main())
