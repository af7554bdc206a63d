"""The labelled sets of reports mean what a run makes of the same words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from pipelines.resolve.flows import reports
from pipelines.resolve.flows.build import CITIES
from pipelines.resolve.flows.ends import Ends
from pipelines.resolve.flows.purposes import states_named
from pipelines.tables import WAREHOUSE_TABLES
from training.flows import dataset

_LINE = {
    "set": "x", "doc": "a", "day": "2011-11-01", "paper": "Post", "text": "", "ends": "A>B", "finance": "other", "stage": "D",
    "purpose": "wells", "sector": "140", "period": "", "flags": "", "label": "A counted",
}  # fmt: skip


def _table(name: str, row: dict[str, object]) -> pl.DataFrame:
    schema = WAREHOUSE_TABLES[name].create_empty().schema
    plain = {c: pl.String() if isinstance(t, pl.Enum) else t for c, t in schema.items()}
    missing = {c: False if t == pl.Boolean() else [] if isinstance(t, pl.List) else None for c, t in plain.items()}
    return pl.DataFrame([missing | row], schema=plain, orient="row")


@pytest.mark.parametrize(("hedge", "qualifier"), [("", "exact"), ("~", "approximately"), (">", "at_least")])
def test_about_and_more_than_reach_as_far_as_in_a_run(hedge: str, qualifier: str) -> None:
    amount = Decimal(900_000_000)
    figure = {
        "figure_id": "0", "document_id": "d", "start_char": 0, "amount": amount, "currency": "USD", "amount_usd": amount,
        "qualifier": qualifier, "figure_kind": "aid", "flow_stage": "disbursed", "factuality": "actual", "payer_id": "a",
        "payee_id": "b", "confidence": 1.0,
    }  # fmt: skip
    documents = pl.DataFrame(
        {"document_id": ["d"], "publisher": ["Post"], "published_on": [date(2011, 11, 1)], "duplicate_of": [None]},
        schema_overrides={"duplicate_of": pl.String},
    )
    actors = pl.concat([
        _table("actors", {"actor_id": key, "name": name, "actor_type": "country", "country": country})
        for key, name, country in (("a", "Sweden", "SWE"), ("b", "Mali", "MLI"))
    ])  # fmt: skip
    figures = _table("financial_figures", figure)
    ends = Ends(actors, pl.Series(dtype=pl.String))
    read, _ = reports.read(figures, documents, ends, states_named(figures, actors), pl.DataFrame(schema=CITIES))
    made = dataset.reports([_LINE | {"amount": f"{hedge}900m USD"}])
    bounds = [
        "usd",
        "low",
        "high",
        "stated",
        "stated_low",
        "stated_high",
        "room",
        "is_approximate",
        "amount",
        "amount_usd",
    ]
    assert made.select(bounds).rows() == read.select(bounds).rows()
