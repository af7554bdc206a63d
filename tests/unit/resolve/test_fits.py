"""Totals and the sums that add up to them: found among the reports about their time, in work that grows with the reports."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from pipelines.resolve.flows import fits
from pipelines.resolve.flows.candidates import candidate_pairs
from pipelines.resolve.flows.schema import REPORTS

_DAY = date(2020, 1, 1)


def _report(n: int, millions: float, **told: Any) -> dict[str, Any]:
    usd = millions * 1e6
    row = {
        "figure_id": f"fg_{n:06}",
        "anchor": f"fg_{n:06}",
        "document_id": f"doc_{n}",
        "published_on": _DAY,
        "donor": "nor",
        "donor_kind": "state",
        "recipient": "mwi",
        "usd": usd,
        "stated": usd,
        "amount": usd,
        "currency": "USD",
        "is_total": False,
        "is_sequel": False,
        "is_cumulative": False,
    }
    return row | told


def _table(rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={name: pl.Float64() if name == "amount" else t for name, t in REPORTS.items()})


def _found(*rows: dict[str, Any]) -> set[tuple[int, int]]:
    return set(fits.fitting_parts(_table(list(rows))).select("total", "part").iter_rows())


def test_sums_that_add_up_are_found_whatever_day_is_known() -> None:
    for days in ((_DAY, _DAY, _DAY), (_DAY, None, _DAY), (None, _DAY, None), (None, None, None)):
        parts = [_report(n, amount, published_on=days[n]) for n, amount in enumerate((5, 8))]
        assert _found(*parts, _report(2, 13, is_total=True, published_on=days[2])) == {(2, 0), (2, 1)}


def test_sums_of_another_time_or_receiver_are_no_parts() -> None:
    whole = _report(2, 13, is_total=True)
    late = _DAY + timedelta(days=fits.NEAR_TOTAL + 1)
    assert _found(_report(0, 5), _report(1, 8, published_on=late), whole) == set()
    assert _found(_report(0, 5), _report(1, 8, recipient="gha"), whole) == set()


def test_what_several_give_together_is_made_of_sums_of_whoever_is_named() -> None:
    whole = _report(2, 13, is_total=True, donor=None, donor_kind=None)
    assert _found(_report(0, 5), _report(1, 8, donor="bel"), whole) == {(2, 0), (2, 1)}


def test_totals_of_several_blocks_are_those_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = []
    for n in range(12):
        ends = {"recipient": f"r{n}", "donor_kind": "group" if n % 2 else "state"}
        rows += [
            _report(3 * n, 5, **ends),
            _report(3 * n + 1, 8, **ends),
            _report(3 * n + 2, 13, is_total=True, **ends),
        ]
    together = _found(*rows)
    assert len(together) == 24
    monkeypatch.setattr(fits, "BLOCK", 5)
    assert _found(*rows) == together


def _one_pair(size: int) -> pl.DataFrame:
    """Reports of one giver and receiver within three years: every third a total, many sums told again and again."""
    return _table(
        [
            _report(n, 1 + n % 7 + n % 3, is_total=n % 3 == 0, published_on=_DAY + timedelta(days=n % 1000))
            for n in range(size)
        ]
    )


def test_pairs_of_one_receiver_grow_with_its_reports() -> None:
    small, large = _one_pair(1_500), _one_pair(6_000)
    for rows in (small, large):
        near = fits.Neighbours(rows)
        counts = near.totals.select(pl.col("dated_count", "undated_count").sum()).row(0)
        assert near.totals.height == rows.height // 3
        assert 0 < sum(counts) <= 4 * fits.NEIGHBOURS * near.totals.height
    # Four times the reports: about four times the pairs, where every total with every report would be sixteen times as many.
    assert len(candidate_pairs(large)) < 5 * len(candidate_pairs(small))
