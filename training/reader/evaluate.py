"""Scores a release on the documents of a fold, through the product's own extraction and `score.py`.

    python -m training.reader.evaluate WAREHOUSE GOLD RELEASE --fold 0 --score score.py --resolver FILE --sectors FILE [--cut trigger=.4 …]

WAREHOUSE holds the documents and parses of the labelled texts, GOLD their labels as `score.py` reads them, RELEASE a release
that has not seen them (`none` for no reader). `--resolver` and `--sectors` are models that have not seen them either
(`training.held_out`); without them extraction asks the product's, which have learnt from these documents: such figures are
printed, but not recorded. Actors are those of each document alone: what resolution across documents does
is not in these figures. Readings are kept beside the release, so that thresholds can be tried again at once.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipelines.extract import cuts
from pipelines.extract.document import extract_facts
from pipelines.extract.frames import FactRows
from pipelines.extract.marks import marks_of
from pipelines.language.annotations import to_parse
from pipelines.language.parse import Article, Parse
from pipelines.reader.interface import load_reader
from pipelines.reader.readings import Reading
from pipelines.settings import Settings
from pipelines.stages.plan import READINGS
from training.held_out import add_model_options, held_out
from training.reader.stored_documents import stored_documents


def documents(warehouse: Path, wanted: set[str]) -> Iterator[tuple[str, dict[str, Any], Article, Parse]]:
    """(external id, row, article, parse) of the wanted documents of a warehouse."""
    for row, annotated in stored_documents(warehouse):
        if row["external_id"] in wanted:
            article = Article(**{f: row[f] for f in Article.__dataclass_fields__})
            yield row["external_id"], row, article, to_parse(article.text, annotated)


def readings(release: str, found: list[tuple[str, dict[str, Any], Article, Parse]]) -> dict[str, Reading | None]:
    """A reading a document by its id, from the cache beside the release where there is one."""
    reader = load_reader(release)
    if reader is None:
        return {ident: None for ident, *_ in found}
    cache = Path(release) / f"readings-{READINGS.version(release)}.pickle"
    known: dict[str, Reading] = pickle.loads(cache.read_bytes()) if cache.exists() else {}  # noqa: S301  written by us, below
    missing = [(i, a, p) for i, _, a, p in found if i not in known]
    if missing:
        said = reader.read([(a, p, marks_of(a, p)) for _, a, p in missing])
        known |= {i: r for (i, _, _), r in zip(missing, said, strict=True)}
        cache.write_bytes(pickle.dumps(known))
    return {i: known[i] for i, *_ in found}


def warehouse_of(
    found: list[tuple[str, dict[str, Any], Article, Parse]],
    said: dict[str, Reading | None],
    folder: Path,
    least: float = 0.0,
) -> None:
    """A warehouse of these documents alone, as far as `score.py` reads it; of events those of at least a confidence."""
    gathered = FactRows()
    for ident, _, article, parse in found:
        gathered.add(extract_facts(article, parse, said[ident]), parse)
    frames = gathered.frames()
    frames["events"] = frames["events"].filter(pl.col("confidence") >= least)
    frames["event_actors"] = frames["event_actors"].join(frames["events"], on="event_id", how="semi")
    key = pl.col("document_id") + ":"
    frames["documents"] = pl.DataFrame([r for _, r, _, _ in found], infer_schema_length=None).drop(
        "minhash", "shingles"
    )
    frames["actors"] = frames["entities"].with_columns(actor_id=key + pl.col("entity_index").cast(pl.String))
    frames["mentions"] = frames["mentions"].with_columns(actor_id=key + pl.col("entity").cast(pl.String))
    frames["event_actors"] = frames["event_actors"].with_columns(actor_id=key + pl.col("entity").cast(pl.String))
    attributed = (key + pl.col("attributed_entity").cast(pl.String)).alias("attributed_to")
    frames["events"] = frames["events"].with_columns(attributed)
    frames["financial_figures"] = frames["financial_figures"].with_columns(
        attributed,
        donor_id=key + pl.col("payer_entity").cast(pl.String),
        recipient_id=key + pl.col("payee_entity").cast(pl.String),
    )
    frames["quotes"] = frames["quotes"].with_columns(speaker_id=key + pl.col("speaker_entity").cast(pl.String))
    with duckdb.connect(str(folder / "newsledger.duckdb")) as connection:
        for name, frame in frames.items():
            connection.register("frame", frame.to_arrow())
            connection.execute(f"create table {name} as select * from frame")
            connection.unregister("frame")


def _record(file: Path, found: dict[str, dict[str, float]], release: str, fold: int, of: str = "") -> None:
    """Write the figures of one fold: date, release, fold, measure, figure, n; `of` stands before the measures' names."""
    with file.open("w", newline="", encoding="utf8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("date", "release", "fold", "measure", "figure", "n"))
        today = datetime.now(UTC).date().isoformat()
        for measure, row in found.items():
            n = int(row.get("n", row.get("gold", 0)))
            if n and measure.startswith(("event", "figure")):
                writer.writerow((today, release, fold, of + measure, row.get("f1", row.get("accuracy")), n))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("warehouse", type=Path)
    ask.add_argument("gold", type=Path)
    ask.add_argument("release")
    ask.add_argument("--fold", type=int, nargs="+")
    ask.add_argument("--score", type=Path, required=True)
    ask.add_argument("--cut", action="append", default=[])
    ask.add_argument("--least", type=float, default=Settings().event_confidence, help="least confidence of an event")
    ask.add_argument("--record", type=Path, help="file that the figures are written to, for the gate")
    ask.add_argument("--of", default="", help="what stands before the names of measures in that file")
    ask.add_argument("--errors", action="store_true")
    add_model_options(ask, required=False)
    given = ask.parse_args()
    if given.record and not (given.resolver and given.sectors):
        ask.error(
            "--record needs --resolver and --sectors: the product's have learnt from the fold (training.held_out)."
        )
    tried: dict[str, Any] = {k: float(v) for k, v in (c.split("=") for c in given.cut)}
    if tried:
        from pipelines.extract.events import assemble as events
        from pipelines.extract.money import assemble as money

        now = replace(cuts.CUTS, **tried)
        for module in (events.events_of, money.figures_of):
            module.__defaults__ = (now,)
    labels = {p: json.loads(p.read_text(encoding="utf8")) for p in sorted(given.gold.glob("*.json"))}
    of_fold = {p: d for p, d in labels.items() if given.fold is None or d.get("fold") in given.fold}
    found = list(documents(given.warehouse, {d["document_id"] for d in of_fold.values()}))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "gold").mkdir()
        for path in of_fold:
            shutil.copy(path, folder / "gold" / path.name)
        with held_out(given.resolver, given.sectors, given.fold):
            warehouse_of(found, readings(given.release, found), folder, given.least)
        for name, model in (("actors", given.resolver), ("sectors", given.sectors)):
            print(f"model of {name}:", model or "the product's, which HAS LEARNT from these documents")
        command = [sys.executable, str(given.score), str(folder), str(folder / "gold")]
        # The scorer breaks ties by the order of its sets: the same order each time, so that the same rows have the same figures.
        env = os.environ | {"PYTHONHASHSEED": "0"}
        if given.record:
            done = subprocess.run([*command, "--json"], check=True, capture_output=True, text=True, env=env)
            _record(given.record, json.loads(done.stdout), Path(given.release).name, given.fold[0], given.of)
        subprocess.run([*command, *(["--errors"] if given.errors else [])], check=True, env=env)


if __name__ == "__main__":
    main()
