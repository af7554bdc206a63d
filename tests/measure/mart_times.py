"""How long each mart takes at a million events and 200,000 figures: `python -m tests.measure.mart_times [FOLDER]`; part of `make benchmark`.

Rows are made up: actors by a Zipf law with the exponent that names in news have, sums log-normal, days over eight years. Shares are those of 573
articles read on 2026-11-30: of events 95 % have a source and 80 % a recipient, a tenth of either two; a fifth tell a story event, which a tenth of them share;
three of ten have a told day, half that of publication. Copies are a tenth of documents, as in wires (2 % in those articles). Prints seconds a mart (all its rows, written to a table) and what building the database took.
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

EVENTS = 1_000_000
# Events, figures, documents, actors, quotations, mentions.
ROWS = (EVENTS, 200_000, 250_000, 20_000, 200_000, 1_000_000)
_FIRST_DAY, _DAYS = date(2010, 1, 1), 2922


def _ids(kind: str, numbers: np.ndarray) -> pl.Series:
    return pl.Series(numbers).cast(pl.String).str.pad_start(8, "0").str.replace("^", f"{kind}_")


def tables(rng: np.random.Generator, share: float = 1) -> dict[str, pl.DataFrame]:
    """Columns that marts read, of every table that they read; `share`: of the rows of a million events."""
    n_events, n_figures, n_documents, n_actors, n_quotes, n_mentions = (max(int(n * share), 50) for n in ROWS)

    def actors(size: int) -> pl.Series:
        return _ids("ac", np.minimum(rng.zipf(1.3, size), n_actors) - 1)

    def days(size: int) -> pl.Series:
        return pl.Series(rng.integers(0, _DAYS, size)).cast(pl.Int32) + (_FIRST_DAY - date(1970, 1, 1)).days

    def pick(values: list[str | None], size: int) -> pl.Series:
        return pl.Series(values)[rng.integers(0, len(values), size)]

    def side(events: pl.Series, role: str, share: float) -> pl.DataFrame:
        """Actors of one side: of `share` of the events one, of a tenth of those two."""
        of = events.filter(pl.Series(rng.random(len(events)) < share))
        of = pl.concat([of, of.filter(pl.Series(rng.random(len(of)) < 0.1))])
        rows = pl.DataFrame({"event_id": of, "actor_id": actors(len(of)), "role": [role] * len(of)})
        return rows.unique(["event_id", "actor_id"], maintain_order=True)

    countries = [f"{chr(65 + n // 26)}{chr(65 + n % 26)}X" for n in range(200)]
    documents = _ids("doc", np.arange(n_documents))
    amounts = np.exp(rng.normal(17, 2, n_figures)).round(-4) + 10_000
    flows = n_figures * 6 // 10
    stage = ["pledged", "committed", "disbursed", "requested", None]
    event_documents = rng.integers(0, n_documents, n_events)
    events = _ids("ev", np.arange(n_events))
    flow_amounts = amounts[:flows]
    return {
        "documents": pl.DataFrame({
            "document_id": documents, "publisher": pick([f"paper {n}" for n in range(60)], n_documents),
            "published_on": days(n_documents).cast(pl.Date), "text": ["A sentence about a thing."] * n_documents,
            "word_count": rng.integers(50, 900, n_documents), "title": ["Title"] * n_documents,
            "duplicate_of": pl.Series([None] * 9 + ["doc_00000000"])[rng.integers(0, 10, n_documents)],
        }),
        "sentences": pl.DataFrame({"document_id": documents, "sentence_index": [0] * n_documents, "start_char": [0] * n_documents, "end_char": [25] * n_documents}),
        "actors": pl.DataFrame({
            "actor_id": _ids("ac", np.arange(n_actors)), "name": [f"Actor {n}" for n in range(n_actors)],
            "actor_type": pick(["country", "person", "government_body", "igo"], n_actors), "country": pick(countries, n_actors),
        }),
        "mentions": pl.DataFrame({
            "mention_id": _ids("mn", np.arange(n_mentions)), "document_id": documents[rng.integers(0, n_documents, n_mentions)],
            "actor_id": actors(n_mentions), "start_char": (starts := rng.integers(0, 4000, n_mentions)), "end_char": starts + 8,
        }),
        "quotes": pl.DataFrame({
            "quote_id": _ids("qt", np.arange(n_quotes)), "document_id": documents[rng.integers(0, n_documents, n_quotes)],
            "speaker_id": actors(n_quotes), "start_char": (starts := rng.integers(0, 4000, n_quotes)), "end_char": starts + 120,
            "text": ["Said."] * n_quotes, "is_direct": rng.random(n_quotes) < 0.7,
        }),
        "events": pl.DataFrame({
            "event_id": events, "document_id": documents[event_documents], "sentence_index": [0] * n_events,
            "event_type": pick([t.value for t in EventType], n_events), "event_mode": pick(["visit", "restrict", "allege", None], n_events),
            "factuality": pick(["actual"] * 8 + ["planned", "negated"], n_events), "confidence": rng.random(n_events),
            "best_date": days(n_events).cast(pl.Date), "best_date_basis": pick(["told"] * 3 + ["publication"] * 5 + ["told: month"] * 2, n_events),
            "place_country": pick([*countries, *[None] * 200], n_events),
            "story_event_id": pl.select(pl.when(pl.Series(rng.random(n_events) < 0.2)).then(_ids("st", rng.integers(0, n_events * 8 // 10, n_events)))).to_series(),
        }),
        "event_actors": pl.concat([side(events, "source", 0.95), side(events, "recipient", 0.8)]),
        "financial_figures": pl.DataFrame({
            "figure_id": _ids("fg", np.arange(n_figures)), "document_id": documents[rng.integers(0, n_documents, n_figures)],
            "sentence_index": [0] * n_figures, "text": ["$1"] * n_figures, "amount": amounts, "amount_usd": amounts, "currency": ["USD"] * n_figures,
            "figure_kind": pick(["aid", "loan", "debt", "trade"], n_figures), "flow_stage": pick(["pledged", "disbursed"], n_figures),
            "payer_id": actors(n_figures), "payee_id": actors(n_figures), "qualifier": ["exact"] * n_figures,
            "part_of_figure_id": pl.Series([None] * 9 + ["fg_00000000"])[rng.integers(0, 10, n_figures)],
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
            "report_id": _ids("fr", np.arange(n_figures)), "flow_id": _ids("fl", rng.integers(0, flows, n_figures)), "figure_id": _ids("fg", np.arange(n_figures)),
            "role": pick(["counted", "counted", "same", "contested"], n_figures), "reason": ["same sum"] * n_figures, "confidence": rng.random(n_figures),
        }),
    }  # fmt: skip


def make(folder: Path, events: int = EVENTS) -> None:
    """Write the Parquet files of all tables, of so many events and other rows in proportion."""
    given = tables(np.random.default_rng(1), events / EVENTS)
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


def times(folder: Path) -> tuple[tuple[float, float], list[tuple[str, int, float, float]]]:
    """Seconds, by the clock and of the processor, that building the database takes; and of every view: name, rows, both."""
    (folder / "newsledger.duckdb").unlink(missing_ok=True)
    started, cpu = time.perf_counter(), time.process_time()
    database.build(folder / "newsledger.duckdb", folder / "tables")
    building = time.perf_counter() - started, time.process_time() - cpu
    found = []
    with duckdb.connect(str(folder / "newsledger.duckdb"), read_only=True, config={"threads": 2}) as con:
        for view in sql_models.views():
            started, cpu = time.perf_counter(), time.process_time()
            con.execute(f"create or replace temp table _it as select * from {view.name}")
            count = con.execute("select count(*) from _it").fetchone()
            spent = time.perf_counter() - started, time.process_time() - cpu
            found.append((view.name, int(count[0]) if count else 0, *spent))
    return building, found


def main(folder: Path) -> None:
    make(folder)
    building, views = times(folder)
    sys.stdout.write(f"database built, every view counted: {building[0]:.1f} s\n")
    for name, count, took, worked in views:
        sys.stdout.write(f"{name:30} {count:10,} rows {took:6.2f} s, cpu {worked:.2f} s\n")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(Path(made))
