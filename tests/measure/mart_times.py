"""How long each mart takes at a million events and 200,000 figures: `python -m tests.measure.mart_times [FOLDER]`.

Rows are made up: actors by a Zipf law with the exponent that names in news have, sums log-normal, days over eight years, nine tenths
of events on a told day. Prints seconds a mart (all its rows, written to a table) and what building the database took.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from pipelines.codes import EventType
from pipelines.tables import WAREHOUSE_TABLES
from pipelines.warehouse import database, sql_models

EVENTS, FIGURES, DOCUMENTS, ACTORS, QUOTES, MENTIONS = 1_000_000, 200_000, 250_000, 20_000, 200_000, 1_000_000
_FIRST_DAY, _DAYS = date(2010, 1, 1), 2922


def _ids(kind: str, numbers: np.ndarray) -> pl.Series:
    return pl.Series(numbers).cast(pl.String).str.pad_start(8, "0").str.replace("^", f"{kind}_")


def tables(rng: np.random.Generator) -> dict[str, pl.DataFrame]:
    """Columns that marts read, of every table that they read."""

    def actors(size: int) -> pl.Series:
        return _ids("ac", np.minimum(rng.zipf(1.3, size), ACTORS) - 1)

    def days(size: int) -> pl.Series:
        return pl.Series(rng.integers(0, _DAYS, size)).cast(pl.Int32) + (_FIRST_DAY - date(1970, 1, 1)).days

    def pick(values: list[str | None], size: int) -> pl.Series:
        return pl.Series(values)[rng.integers(0, len(values), size)]

    countries = [f"{chr(65 + n // 26)}{chr(65 + n % 26)}X" for n in range(200)]
    documents = _ids("doc", np.arange(DOCUMENTS))
    amounts = np.exp(rng.normal(17, 2, FIGURES)).round(-4) + 10_000
    flows = FIGURES * 6 // 10
    stage = ["pledged", "committed", "disbursed", "requested", None]
    event_documents = rng.integers(0, DOCUMENTS, EVENTS)
    events = _ids("ev", np.arange(EVENTS))
    flow_amounts = amounts[:flows]
    return {
        "documents": pl.DataFrame({
            "document_id": documents, "publisher": pick([f"paper {n}" for n in range(60)], DOCUMENTS),
            "published_on": days(DOCUMENTS).cast(pl.Date), "text": ["A sentence about a thing."] * DOCUMENTS,
            "word_count": rng.integers(50, 900, DOCUMENTS), "title": ["Title"] * DOCUMENTS,
            "duplicate_of": pl.Series([None] * 9 + ["doc_00000000"])[rng.integers(0, 10, DOCUMENTS)],
        }),
        "sentences": pl.DataFrame({"document_id": documents, "sentence_index": [0] * DOCUMENTS, "start_char": [0] * DOCUMENTS, "end_char": [25] * DOCUMENTS}),
        "actors": pl.DataFrame({
            "actor_id": _ids("ac", np.arange(ACTORS)), "name": [f"Actor {n}" for n in range(ACTORS)],
            "actor_type": pick(["country", "person", "government_body", "igo"], ACTORS), "country": pick(countries, ACTORS),
        }),
        "mentions": pl.DataFrame({
            "mention_id": _ids("mn", np.arange(MENTIONS)), "document_id": documents[rng.integers(0, DOCUMENTS, MENTIONS)],
            "actor_id": actors(MENTIONS), "start_char": (starts := rng.integers(0, 4000, MENTIONS)), "end_char": starts + 8,
        }),
        "quotes": pl.DataFrame({
            "quote_id": _ids("qt", np.arange(QUOTES)), "document_id": documents[rng.integers(0, DOCUMENTS, QUOTES)],
            "speaker_id": actors(QUOTES), "start_char": (starts := rng.integers(0, 4000, QUOTES)), "end_char": starts + 120,
            "text": ["Said."] * QUOTES, "is_direct": rng.random(QUOTES) < 0.7,
        }),
        "events": pl.DataFrame({
            "event_id": events, "document_id": documents[event_documents], "sentence_index": [0] * EVENTS,
            "event_type": pick([t.value for t in EventType], EVENTS), "event_mode": pick(["visit", "restrict", "allege", None], EVENTS),
            "factuality": pick(["actual"] * 8 + ["planned", "negated"], EVENTS), "confidence": rng.random(EVENTS),
            "best_date": days(EVENTS).cast(pl.Date), "best_date_basis": pick(["told"] * 9 + ["publication"], EVENTS),
            "place_country": pick([*countries, *[None] * 200], EVENTS),
            "story_event_id": _ids("st", rng.integers(0, EVENTS * 4, EVENTS)),
        }),
        "event_actors": pl.concat([
            pl.DataFrame({"event_id": events, "actor_id": actors(EVENTS), "role": ["source"] * EVENTS}),
            pl.DataFrame({"event_id": events, "actor_id": actors(EVENTS), "role": ["recipient"] * EVENTS}),
        ]),
        "financial_figures": pl.DataFrame({
            "figure_id": _ids("fg", np.arange(FIGURES)), "document_id": documents[rng.integers(0, DOCUMENTS, FIGURES)],
            "sentence_index": [0] * FIGURES, "text": ["$1"] * FIGURES, "amount": amounts, "amount_usd": amounts, "currency": ["USD"] * FIGURES,
            "figure_kind": pick(["aid", "loan", "debt", "trade"], FIGURES), "flow_stage": pick(["pledged", "disbursed"], FIGURES),
            "payer_id": actors(FIGURES), "payee_id": actors(FIGURES), "qualifier": ["exact"] * FIGURES,
            "part_of_figure_id": pl.Series([None] * 9 + ["fg_00000000"])[rng.integers(0, 10, FIGURES)],
        }),
        "aid_flows": pl.DataFrame({
            "flow_id": _ids("fl", np.arange(flows)), "donor_id": actors(flows), "recipient_id": actors(flows),
            "donor_kind": pick(["state", "igo", "private"], flows), "finance_type": pick(["grant", "loan", "other", "debt_relief"], flows),
            "status": pick(stage, flows), "amount_usd": flow_amounts, "amount_usd_low": flow_amounts, "amount_usd_high": flow_amounts,
            "amount_usd_constant": flow_amounts, "pledged_usd": flow_amounts, "disbursed_usd": flow_amounts / 2,
            "year_start": (years := rng.integers(2010, 2018, flows)), "year_end": years + rng.integers(0, 3, flows) // 2,
            "purpose": pick(["schools", "roads", "health", None], flows), "sector": pick(["110", "210", None], flows),
            "part_of_flow_id": pl.Series([None] * 9 + ["fl_00000000"])[rng.integers(0, 10, flows)], "first_reported_on": days(flows).cast(pl.Date),
        }),
        "aid_flow_reports": pl.DataFrame({
            "report_id": _ids("fr", np.arange(FIGURES)), "flow_id": _ids("fl", rng.integers(0, flows, FIGURES)), "figure_id": _ids("fg", np.arange(FIGURES)),
            "role": pick(["counted", "counted", "same", "contested"], FIGURES), "reason": ["same sum"] * FIGURES, "confidence": rng.random(FIGURES),
        }),
    }  # fmt: skip


def main(folder: Path) -> None:
    given = tables(np.random.default_rng(1))
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    defaults = {
        pl.Datetime("us", "UTC"): 0,
        pl.Date(): 0,
        pl.String(): "",
        pl.Boolean(): False,
        pl.Int32(): 0,
        pl.Int64(): 0,
        pl.Float64(): 0.0,
    }
    for name, schema in WAREHOUSE_TABLES.items():
        empty = schema.create_empty().schema
        plain = {c: pl.String() if isinstance(t, pl.Enum) else t for c, t in empty.items()}
        rows = given.get(name, pl.DataFrame(schema=plain))
        nullable = {c: d.nullable for c, d in schema.columns().items()}
        missing = [
            pl.lit(None if nullable[c] else [] if isinstance(t, pl.List) else defaults.get(t)).cast(t).alias(c)
            for c, t in plain.items()
            if c not in rows.columns
        ]
        rows.with_columns(missing).select(pl.col(c).cast(t, strict=False) for c, t in plain.items()).write_parquet(
            folder / "tables" / f"{name}.parquet"
        )
    (folder / "newsledger.duckdb").unlink(missing_ok=True)
    started = time.perf_counter()
    database.build(folder / "newsledger.duckdb", folder / "tables")
    sys.stdout.write(f"database built, every view counted: {time.perf_counter() - started:.1f} s\n")
    with duckdb.connect(str(folder / "newsledger.duckdb"), read_only=True, config={"threads": 2}) as con:
        for view in sql_models.views():
            started, cpu = time.perf_counter(), time.process_time()
            con.execute(f"create or replace temp table _it as select * from {view.name}")
            count = con.execute("select count(*) from _it").fetchone()
            took, worked = time.perf_counter() - started, time.process_time() - cpu
            sys.stdout.write(f"{view.name:30} {count[0] if count else 0:10,} rows {took:6.2f} s, cpu {worked:.2f} s\n")
            sys.stdout.flush()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(Path(made))
