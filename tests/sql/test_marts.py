"""Marts count no sum twice: parts, copies, repeats and mere requests, on rows made up for each case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import polars as pl
import pytest

from pipelines.tables import WAREHOUSE_TABLES
from pipelines.warehouse.sql_models import SqlModel, models
from tests import small_warehouse as small

THIRD, FOURTH, LATER = small.hexes("doc", 3), small.hexes("doc", 4), small.hexes("doc", 5)
_DECADE: dict[str, Any] = {"period_start": date(2010, 1, 1), "period_end": date(2019, 12, 31)}
_YEAR: dict[str, Any] = {"period_start": date(2010, 1, 1), "period_end": date(2010, 12, 31)}
_UNDATED: dict[str, Any] = {"period_start": None, "period_end": None}
_MARKS: dict[str, Any] = {"currency": "DEM", "amount": Decimal(55_000_000)}
_DOCUMENT: dict[str, Any] = small.table_rows()["documents"][0]


def _figure(number: int, millions: int, document: str = small.DOC, **other: Any) -> dict[str, Any]:
    given: dict[str, Any] = small.table_rows()["financial_figures"][0]
    amount = Decimal(millions * 1_000_000)
    return given | {
        "figure_id": small.hexes("fg", number), "document_id": document, "amount": amount, "amount_usd": amount,
        "amount_usd_constant": amount,
        "flow_stage": "unspecified",
    } | other  # fmt: skip


def _rows(figures: list[dict[str, Any]], query: str) -> list[tuple[Any, ...]]:
    """What a query of the marts finds over figures of the small warehouse's documents and two more."""
    given = small.table_rows()
    given["documents"] += [_DOCUMENT | {"document_id": d, "external_id": d, "source_path": d} for d in (THIRD, FOURTH)]
    later = {"document_id": LATER, "external_id": LATER, "source_path": LATER, "published_on": date(2025, 3, 5)}
    given["documents"].append(_DOCUMENT | later)
    given["financial_figures"] = figures
    with duckdb.connect(":memory:") as con:
        for name in ("documents", "actors", "events", "financial_figures"):
            schema = WAREHOUSE_TABLES[name].create_empty().schema
            con.register(name, pl.DataFrame(given[name], schema=schema, orient="row"))
        for mart in models("marts"):
            con.execute(f"create temp view {mart.name} as {mart.query}")
        return con.execute(query).fetchall()


def _id(number: int) -> str:
    return small.hexes("fg", number)


SHARES = "select purpose, amount_usd::int // 1000000, total_usd::int // 1000000 from aid_share_by_purpose order by 1, 2"
YEARS = "select year, figure_kind, amount_usd::int // 1000000, amounts, documents from aid_by_donor_recipient_year order by all"
STAGES = (
    "select pledged_usd::int // 1000000, committed_usd::int // 1000000, disbursed_usd::int // 1000000, disbursed_share "
    "from pledged_vs_disbursed"
)
CONFLICTS = "select low_usd::int // 1000000, high_usd::int // 1000000 from figures_in_conflict order by all"


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        # two grants of one document are two grants, in two documents they may be one
        ([_figure(1, 30), _figure(2, 20)], [(None, 50, 50)]),
        ([_figure(1, 30), _figure(2, 20, THIRD)], [(None, 30, 30)]),
        # repeated within a document and in another
        ([_figure(1, 30), _figure(2, 30), _figure(3, 30, THIRD)], [(None, 30, 30)]),
        # a purpose within a purpose
        (
            [
                _figure(1, 30, purpose="security"),
                _figure(2, 12, purpose="border posts", part_of_figure_id=_id(1)),
            ],
            [("security", 30, 30)],
        ),
        # a part without a purpose of a total without one
        ([_figure(1, 30), _figure(2, 12, part_of_figure_id=_id(1))], [(None, 30, 30)]),
        ([_figure(1, 30), _figure(2, 12, purpose="posts", part_of_figure_id=_id(1))], [("posts", 12, 30), (None, 18, 30)]),
        # a total and what adds up to it
        ([_figure(1, 30), _figure(2, 20), _figure(3, 10)], [(None, 30, 30)]),
        ([_figure(1, 30), _figure(2, 20), _figure(3, 19)], [(None, 69, 69)]),
        # two reports of roads in one year are two roads; over a decade they tell the same money anew
        ([_figure(1, 30, purpose="roads"), _figure(2, 20, THIRD, purpose="Roads")], [("Roads", 50, 50)]),
        (
            [_figure(1, 30, purpose="roads", **_DECADE), _figure(2, 20, THIRD, purpose="Roads", **_DECADE)],
            [("roads", 30, 30)],
        ),
        # money of a decade is no part of that of its first year
        (
            [_figure(1, 30, purpose="roads", **_DECADE), _figure(2, 20, purpose="posts", **_YEAR)],
            [("posts", 20, 20), ("roads", 30, 30)],
        ),
    ],
)  # fmt: skip
def test_shares(figures: list[dict[str, Any]], expected: list[tuple[Any, ...]]) -> None:
    assert _rows(figures, SHARES) == expected


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([_figure(1, 30), _figure(2, 12, part_of_figure_id=_id(1))], [(2024, "aid", 30, 1, 1)]),
        # a part whose total is not counted stands for itself
        (
            [_figure(1, 30, flow_stage="requested"), _figure(2, 12, part_of_figure_id=_id(1))],
            [(2024, "aid", 12, 1, 1)],
        ),
        ([_figure(1, 30), _figure(2, 30, THIRD), _figure(3, 30, small.COPY)], [(2024, "aid", 30, 1, 2)]),
        ([_figure(1, 30), _figure(2, 5, figure_kind="loan")], [(2024, "aid", 30, 1, 1), (2024, "loan", 5, 1, 1)]),
        ([_figure(1, 30, factuality="negated"), _figure(2, 5, figure_kind="budget")], []),
        # the same marks, converted on two days
        (
            [_figure(1, 30, **_MARKS), _figure(2, 28, THIRD, **_MARKS), _figure(3, 7, FOURTH)],
            [(2024, "aid", 37, 2, 3)],
        ),
        # rounded by another report, but not by its own
        ([_figure(1, 100), _figure(2, 98, THIRD)], [(2024, "aid", 100, 2, 2)]),
        ([_figure(1, 100), _figure(2, 98)], [(2024, "aid", 198, 2, 1)]),
        # a total and what adds up to it
        ([_figure(1, 30), _figure(2, 20), _figure(3, 10)], [(2024, "aid", 30, 3, 1)]),
        # promised, and paid of it
        (
            [_figure(1, 40, flow_stage="pledged"), _figure(2, 10, flow_stage="disbursed")],
            [(2024, "aid", 40, 2, 1)],
        ),
        # without a year: what one report tells
        (
            [_figure(1, 30, **_UNDATED), _figure(2, 5, **_UNDATED), _figure(3, 20, THIRD, **_UNDATED)],
            [(None, "aid", 35, 3, 2)],
        ),
        ([_figure(1, 30, **_DECADE), _figure(2, 20, THIRD, **_DECADE)], [(2010, "aid", 30, 2, 2)]),
        # a decade is not its first year
        ([_figure(1, 30, **_DECADE), _figure(2, 5, **_YEAR)], [(2010, "aid", 5, 1, 1), (2010, "aid", 30, 1, 1)]),
    ],
)
def test_aid_by_year(figures: list[dict[str, Any]], expected: list[tuple[Any, ...]]) -> None:
    assert _rows(figures, YEARS) == expected


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (
            [
                _figure(1, 40, flow_stage="pledged", factuality="planned"),
                _figure(2, 10, flow_stage="disbursed"),
                _figure(3, 10, THIRD, flow_stage="disbursed"),
            ],
            [(40, None, 10, 0.25)],
        ),
        # what is still to be paid is not paid
        (
            [_figure(1, 40, flow_stage="committed"), _figure(2, 10, flow_stage="disbursed", factuality="planned")],
            [(None, 40, None, None)],
        ),
        # paid out of a pledge: a part of it, of another stage
        (
            [_figure(1, 40, flow_stage="pledged"), _figure(2, 10, flow_stage="disbursed", part_of_figure_id=_id(1))],
            [(40, None, 10, 0.25)],
        ),
        (
            [_figure(1, 40, flow_stage="pledged"), _figure(2, 10, flow_stage="pledged", part_of_figure_id=_id(1))],
            [(40, None, None, None)],
        ),
        # a total and what adds up to it
        (
            [
                _figure(1, 30, flow_stage="pledged"),
                _figure(2, 20, flow_stage="pledged"),
                _figure(3, 10, flow_stage="pledged"),
            ],
            [(30, None, None, None)],
        ),
        # sums over a decade, told anew by another report of the year
        (
            [
                _figure(1, 40, flow_stage="disbursed", **_DECADE),
                _figure(2, 30, THIRD, flow_stage="disbursed", **_DECADE),
                _figure(3, 5, flow_stage="disbursed"),
            ],
            [(None, None, 45, None)],
        ),
        # a pledge of dearer dollars: the share is of constant ones
        (
            [
                _figure(1, 40, flow_stage="pledged", amount_usd_constant=Decimal(80_000_000), **_YEAR),
                _figure(2, 40, flow_stage="disbursed", amount_usd_constant=Decimal(40_000_000)),
            ],
            [(40, None, 40, 0.5)],
        ),
    ],
)
def test_pledged_and_disbursed(figures: list[dict[str, Any]], expected: list[tuple[Any, ...]]) -> None:
    assert _rows(figures, STAGES) == expected


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([_figure(1, 30, purpose="posts"), _figure(2, 50, THIRD, purpose="Posts")], [(30, 50)]),
        # reported again: one conflict
        (
            [_figure(1, 30, purpose="posts"), _figure(2, 50, THIRD, purpose="posts"), _figure(3, 50, FOURTH, purpose="posts")],
            [(30, 50)],
        ),
        ([_figure(1, 30, purpose="posts"), _figure(2, 50, THIRD, purpose="schools")], []),
        ([_figure(1, 30, purpose="posts"), _figure(2, 50, small.COPY, purpose="posts")], []),
        ([_figure(1, 30, purpose="posts", qualifier="at_least"), _figure(2, 50, THIRD, purpose="posts")], []),
        ([_figure(1, 30, purpose="posts", qualifier="approximately"), _figure(2, 31, THIRD, purpose="posts")], []),
        # a document that tells of two such amounts tells of two flows
        (
            [_figure(1, 30, purpose="posts"), _figure(2, 40, purpose="posts"), _figure(3, 50, THIRD, purpose="posts")],
            [],
        ),
        (
            [_figure(1, 30, purpose="posts"), _figure(2, 50, THIRD, purpose="posts", period_start=date(2019, 1, 1))],
            [],
        ),
        # no year: reports of the same weeks; no purpose: amounts within a quarter
        ([_figure(1, 30, **_UNDATED), _figure(2, 36, THIRD, **_UNDATED)], [(30, 36)]),
        ([_figure(1, 30, **_UNDATED), _figure(2, 36, LATER, **_UNDATED)], []),
        ([_figure(1, 30, **_UNDATED), _figure(2, 50, THIRD, **_UNDATED)], []),
        ([_figure(1, 30, purpose="posts"), _figure(2, 50, THIRD)], []),
        # the same marks, converted on two days; nearly the same sum in another currency
        ([_figure(1, 30, purpose="posts", **_MARKS), _figure(2, 50, THIRD, purpose="posts", **_MARKS)], []),
        ([_figure(1, 47, purpose="posts", **_MARKS), _figure(2, 50, THIRD, purpose="posts")], []),
    ],
)  # fmt: skip
def test_conflicts(figures: list[dict[str, Any]], expected: list[tuple[Any, ...]]) -> None:
    assert _rows(figures, CONFLICTS) == expected


def _told(words: str, *figures: dict[str, Any], query: str) -> list[tuple[Any, ...]]:
    """Rows of a query where the first figure is the "$" of a document with these words."""
    given = small.table_rows()
    text = f"{words} and no more was said of it in the report."
    given["documents"] = [_DOCUMENT | {"text": text, "char_count": len(text)}]
    given["financial_figures"] = [f | {"start_char": 0 if n else text.index("$")} for n, f in enumerate(figures)]
    with duckdb.connect(":memory:") as con:
        for name in ("documents", "financial_figures"):
            schema = WAREHOUSE_TABLES[name].create_empty().schema
            con.register(name, pl.DataFrame(given[name], schema=schema, orient="row"))
        wanted = {"derived_shares", "parts_beyond_total"}
        for mart in (m for m in models("marts") if m.name in wanted):
            con.execute(f"create temp view {mart.name} as {mart.query}")
        return con.execute(query).fetchall()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("More than a third of the $300 million went to roads", [(100, "at_least", "a third of the")]),
        ("Norway paid 30 percent of the $300 million", [(90, "exact", "30 percent of the")]),
        ("It spent two-thirds of its promised $300 million", [(200, "exact", "two-thirds of its promised")]),
        ("Norway paid $300 million", []),
        ("On the third of the month it paid $300 million", []),
    ],
)
def test_shares_in_words_are_worked_out(words: str, expected: list[tuple[Any, ...]]) -> None:
    query = "select amount::int // 1000000, qualifier, share_text from derived_shares"
    assert _told(words, _figure(1, 300), query=query) == expected


def test_a_share_whose_amount_is_told_is_not_worked_out_again() -> None:
    parts = [_figure(1, 92), _figure(2, 49, part_of_figure_id=_id(1))]
    assert _told("More than half of the $92 million -- 49 million --", *parts, query="from derived_shares") == []


def test_parts_beyond_their_total_are_named_and_none_is_dropped() -> None:
    query = "select total_figure_id, parts::int // 1000000, part_figure_ids from parts_beyond_total"
    total, first, second = (
        _figure(1, 30),
        _figure(2, 20, part_of_figure_id=_id(1)),
        _figure(3, 10, part_of_figure_id=_id(1)),
    )
    assert _told("$", total, first, second, query=query) == []
    third = _figure(4, 5, part_of_figure_id=_id(1))
    assert _told("$", total, first, second, third, query=query) == [(_id(1), 35, [_id(2), _id(3), _id(4)])]
    larger = _figure(5, 40, rule="words; larger than its total at 0")
    assert _told("$", total, larger, query=query) == [(_id(1), 40, [_id(5)])]


@pytest.mark.parametrize(
    ("parts", "total", "expected"),
    [
        # pledged, and paid of what was pledged
        ([{"flow_stage": "pledged"}, {"flow_stage": "disbursed"}], {}, []),
        ([{"flow_stage": "pledged"}, {"flow_stage": "pledged"}], {}, [(True, 40)]),
        # more than 30 may hold more; about 20 and about 20 may be 30
        ([{}, {}], {"qualifier": "at_least"}, []),
        ([{"qualifier": "approximately"}, {"qualifier": "approximately"}], {}, []),
    ],
)
def test_parts_that_say_nothing_against_their_total(
    parts: list[dict[str, Any]], total: dict[str, Any], expected: list[tuple[Any, ...]]
) -> None:
    query = "select is_linked, parts::int // 1000000 from parts_beyond_total"
    told = [_figure(n, 20, part_of_figure_id=_id(1), **part) for n, part in enumerate(parts, 2)]
    assert _told("$", _figure(1, 30, **total), *told, query=query) == expected


@pytest.mark.parametrize("mart", models("marts"), ids=lambda mart: mart.name)
def test_the_first_comment_tells_of_every_column_and_no_other(mart: SqlModel) -> None:
    with duckdb.connect(":memory:") as con:
        for name, schema in WAREHOUSE_TABLES.items():
            con.register(name, schema.create_empty())
        assert {row[0] for row in con.execute(f"describe {mart.query}").fetchall()} == set(mart.columns)
