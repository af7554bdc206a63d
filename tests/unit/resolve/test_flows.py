"""Flows from figures: rows in, rows out, apart from whoever reads the figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl
import pytest

from pipelines.resolve.flows import reports
from pipelines.resolve.flows.build import CITIES, Flows, build
from pipelines.resolve.flows.ends import Ends
from pipelines.resolve.flows.features import Columns, pair_features
from pipelines.resolve.flows.purposes import states_named
from pipelines.tables import WAREHOUSE_TABLES
from training.flows import dataset
from training.flows.evaluate import right_sets


def _frame(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = WAREHOUSE_TABLES[table].create_empty().schema
    plain = {c: pl.String() if isinstance(t, pl.Enum) else t for c, t in schema.items()}
    missing = {c: False if t == pl.Boolean() else [] if isinstance(t, pl.List) else None for c, t in plain.items()}
    return pl.DataFrame([missing | row for row in rows], schema=plain, orient="row", strict=False)


# The id that the state's own name gives it, which bodies that act for it lead to.
_MALAWI = "ac_700eea58cad8e621"
_ACTORS = [
    {"actor_id": _MALAWI, "name": "Malawi", "actor_type": "country", "country": "MWI"},
    {"actor_id": "nor", "name": "Norway", "actor_type": "country", "country": "NOR"},
    {"actor_id": "mwi", "name": "Malawi", "actor_type": "country", "country": "MWI"},
    {"actor_id": "jica", "name": "Japan International Cooperation Agency", "actor_type": "government_body", "country": "JPN"},
    {"actor_id": "ec", "name": "European Commission", "actor_type": "igo"},
    {"actor_id": "acme", "name": "Acme Corp", "actor_type": "company"},
    {"actor_id": "unicef", "name": "United Nations Children's Fund", "actor_type": "igo"},
    {"actor_id": "donors", "name": "Flood donors", "actor_type": "population", "country": "MWI"},
    {"actor_id": "world", "name": "International donors", "actor_type": "population"},
    {"actor_id": "bel", "name": "Belgium", "actor_type": "country", "country": "BEL"},
]  # fmt: skip


def _figure(number: int, day: str, millions: float, **other: Any) -> dict[str, Any]:
    amount = Decimal(round(millions * 1_000_000))
    return {
        "figure_id": f"fg_{number}", "document_id": f"doc_{number}", "sentence_index": 0, "start_char": 0, "_day": day,
        "amount": amount, "currency": "USD", "amount_usd": amount, "qualifier": "exact", "figure_kind": "aid",
        "flow_stage": "disbursed", "payer_id": "nor", "payee_id": "mwi", "factuality": "actual", "confidence": 0.8,
    } | other  # fmt: skip


def _build(*figures: dict[str, Any], cities: pl.DataFrame | None = None) -> Flows:
    documents = [
        {"document_id": f["document_id"], "publisher": f.pop("_paper", f["document_id"]), "published_on": date.fromisoformat(f.pop("_day"))}
        for f in map(dict, figures)
    ]  # fmt: skip
    rows = [{k: v for k, v in f.items() if not k.startswith("_")} for f in figures]
    told = _frame("documents", documents).select("document_id", "publisher", "published_on", "duplicate_of")
    return build(
        _frame("financial_figures", rows),
        told.unique("document_id"),
        _frame("actors", _ACTORS),
        pl.Series(dtype=pl.String),
        cities,
    )


def _flows(*figures: dict[str, Any]) -> list[tuple[Any, ...]]:
    found = _build(*figures).flows.select(pl.col("amount_usd").cast(pl.Float64) / 1e6, "status")
    return sorted(found.rows(), key=repr)


def test_written_sets_come_out_right() -> None:
    for name, least in (("fresh.psv", 14), ("sets.psv", 76), ("desk.psv", 16)):
        found = right_sets(dataset.read(name))
        assert sum(not wrong for wrong in found.values()) >= least, (name, found)


def test_one_grant_told_twice_is_one_flow_with_reasons() -> None:
    found = _build(_figure(1, "2021-03-01", 30, purpose="clinics"), _figure(2, "2021-03-03", 30, purpose="clinics"))
    assert found.flows.select("report_count", "source_count", "is_contested").rows() == [(2, 2, False)]
    roles = dict(found.reports.select("figure_id", "role").iter_rows())
    assert roles == {"fg_1": "counted", "fg_2": "same"}
    assert found.reports.filter(pl.col("role") == "same")["reason"][0].startswith("same as fg_1 (")


def test_what_was_paid_of_a_promise_and_the_rest() -> None:
    promise = _figure(1, "2020-05-11", 200, flow_stage="pledged", purpose="schools")
    assert _flows(promise, _figure(2, "2021-05-12", 50, purpose="schools")) == [(150.0, "pledged"), (50.0, "disbursed")]
    running = [_figure(n, f"202{n}-05-12", paid, is_cumulative=True) for n, paid in ((2, 50), (3, 120))]
    assert _flows(promise, *running) == [(120.0, "disbursed"), (80.0, "pledged")]


def test_a_contradiction_is_an_interval_not_a_sum() -> None:
    found = _build(_figure(1, "2021-03-01", 50, purpose="roads"), _figure(2, "2021-03-03", 35, purpose="roads"))
    row = found.flows.row(0, named=True)
    assert found.flows.height == 1
    assert (row["is_contested"], row["amount"]) == (True, None)
    assert [float(row[c]) / 1e6 for c in ("amount_usd_low", "amount_usd", "amount_usd_high")] == [35, 42.5, 50]


def test_words_that_name_no_purpose_are_none() -> None:
    year = {"period_start": date(2021, 1, 1), "period_end": date(2021, 12, 31)}
    whole = _figure(1, "2021-12-20", 100, purpose="aid", purpose_code="430", **year)
    parts = (
        _figure(2, "2021-06-02", 60, purpose="roads", **year),
        _figure(3, "2021-09-14", 25, purpose="schools", **year),
    )
    assert [amount for amount, _ in _flows(whole, *parts)] == [15.0, 25.0, 60.0]


def test_a_report_does_not_contradict_itself() -> None:
    one = {"document_id": "doc_1", "purpose": "clinics and water", "_paper": "Post"}
    figures = (_figure(1, "2015-06-02", 20, **one), _figure(2, "2015-06-02", 31, **one, start_char=40))
    assert [amount for amount, _ in _flows(*figures)] == [20.0, 31.0]


def test_sums_of_unknown_ends_are_no_parts_of_each_other() -> None:
    whole = _figure(
        1, "2015-12-02", 100, payee_id=None, is_total=True, period_start=date(2015, 1, 1), period_end=date(2015, 12, 31)
    )
    part = _figure(
        2,
        "2015-06-02",
        60,
        payee_id=None,
        purpose="roads",
        period_start=date(2015, 1, 1),
        period_end=date(2015, 12, 31),
    )
    assert [amount for amount, _ in _flows(whole, part)] == [100.0, 60.0]


def test_a_report_of_one_end_joins_the_one_that_tells_both() -> None:
    found = _build(_figure(1, "2018-04-27", 240), _figure(2, "2018-05-08", 240, payer_id=None)).flows
    assert found.select("donor_id", "report_count").rows() == [("nor", 2)]


def test_a_paper_takes_its_figure_back() -> None:
    wrong, right = (
        _figure(1, "2021-05-01", 50, purpose="ports", _paper="Post"),
        _figure(2, "2021-05-02", 15, purpose="ports", _paper="Post", is_correction=True),
    )
    assert _flows(wrong, right) == [(15.0, "disbursed")]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"factuality": "negated"}, "denies"),
        ({"factuality": "possible"}, "possible"),
        ({"is_conditional": True, "flow_stage": "pledged"}, "condition"),
        ({"direction": "diverted"}, "stolen"),
        ({"payer_id": None, "payee_id": None}, "neither"),
        ({"payee_id": "nor"}, "one state"),
        ({"amount": None, "amount_usd": None, "amount_low": Decimal(10**9), "amount_high": Decimal(10**10)}, "vague"),
        ({"is_withdrawn": True}, "wrong"),
    ],
)
def test_what_is_no_flow_says_why(changes: dict[str, Any], reason: str) -> None:
    found = _build(_figure(1, "2021-03-01", 30, **changes))
    assert found.flows.height == 0
    assert found.reports["role"].to_list() == ["rejected"]
    assert reason in found.reports["reason"][0]


def test_what_undoes_money_is_not_given() -> None:
    assert _flows(_figure(1, "2021-03-01", 130, direction="cancelled", flow_stage="unspecified")) == [
        (130.0, "cancelled")
    ]
    pledged = _figure(1, "2021-02-05", 600, flow_stage="pledged")
    suspended = _figure(2, "2021-06-05", 600, flow_stage="unspecified", factuality="negated", direction="suspended")
    assert _flows(pledged, suspended) == [(600.0, "suspended")]


def test_a_repayment_belongs_to_the_lender() -> None:
    found = _build(_figure(1, "2021-08-01", 100, figure_kind="loan", direction="repaid")).flows
    assert found.select("donor_id", "recipient_id", "status").rows() == [("mwi", "nor", "repaid")]


def test_agencies_stand_for_states_and_stay_beside_them() -> None:
    found = _build(_figure(1, "2021-03-02", 40, payer_id="jica"))
    flow = found.flows.row(0, named=True)
    assert flow["donor_agency_id"] == "jica"
    assert found.added_actors.select("actor_id", "name").rows() == [(flow["donor_id"], "Japan")]
    assert _build(_figure(1, "2021-03-02", 40, payer_id="ec")).added_actors["name"].to_list() == ["European Union"]
    assert _build(_figure(1, "2021-03-02", 40, payer_id="acme")).flows["donor_kind"].to_list() == ["private"]


def test_ids_stay_as_reports_arrive_in_any_order() -> None:
    first, second = _figure(1, "2021-03-01", 30, purpose="clinics"), _figure(2, "2021-03-03", 30, purpose="clinics")
    before = _build(first).flows["flow_id"].to_list()
    after = _build(second, first)
    assert after.flows["flow_id"].to_list() == before
    assert after.reports.equals(_build(first, second).reports)


def test_yearly_rates_are_told_in_whole() -> None:
    yearly = _figure(
        1,
        "2021-01-05",
        30,
        flow_stage="pledged",
        rate_times=5,
        period_start=date(2021, 1, 1),
        period_end=date(2021, 12, 31),
    )
    whole = _figure(
        2, "2021-01-06", 150, flow_stage="pledged", period_start=date(2021, 1, 1), period_end=date(2025, 12, 31)
    )
    assert _flows(yearly, whole) == [(150.0, "pledged")]


def test_many_reports_of_one_pair_make_linear_work() -> None:
    from pipelines.resolve.flows.candidates import ALL_PAIRS, WINDOW, candidate_pairs

    lines = [{**line, "set": "one", "ends": "A>B"} for line in dataset.read("sets.psv") for _ in range(10)]
    rows = dataset.reports(lines)
    assert rows.height > 10 * ALL_PAIRS
    assert len(candidate_pairs(rows)) <= 4 * WINDOW * rows.height + rows.height


def test_one_sum_at_two_days_rates_is_no_contradiction() -> None:
    euros = {"amount": Decimal(40_000_000), "currency": "EUR", "purpose": "schools", "flow_stage": "committed"}
    found = _build(_figure(1, "2014-03-11", 56, **euros), _figure(2, "2015-06-05", 45, **euros)).flows
    assert found.select("is_contested", "report_count", "amount").rows() == [(False, 2, Decimal(40_000_000))]


def test_a_total_that_its_parts_add_up_to_is_not_added() -> None:
    parts = (_figure(1, "2003-10-08", 5, purpose="mines"), _figure(2, "2003-10-08", 8, purpose="houses"))
    whole = _figure(3, "2003-10-09", 13, purpose="mines and houses", is_total=True)
    assert [amount for amount, _ in _flows(*parts, whole)] == [5.0, 8.0]


def test_a_part_may_be_of_another_of_the_givers() -> None:
    one = {"document_id": "doc_1", "_paper": "Post", "purpose": "water"}
    whole = _figure(1, "2004-02-06", 120, joint_donor_ids=["bel"], **one)
    shares = (
        _figure(2, "2004-02-06", 90, part_of_figure_id="fg_1", start_char=40, **one),
        _figure(3, "2004-02-06", 30, part_of_figure_id="fg_1", start_char=80, payer_id="bel", **one),
    )
    found = _build(whole, *shares).flows.sort("amount_usd")
    assert found.select("donor_id", pl.col("amount_usd").cast(pl.Int64) // 10**6).rows() == [("bel", 30), ("nor", 90)]


def test_money_through_a_body_is_its_states() -> None:
    direct = _figure(1, "2012-12-03", 14, payee_id="unicef")
    told = _figure(2, "2012-12-05", 14, payee_id=_MALAWI, channel_id="unicef")
    ends = ["donor_id", "recipient_id", "channel_id", "report_count"]
    assert _build(direct, told).flows.select(ends).rows() == [("nor", _MALAWI, "unicef", 2)]
    named = _build(_figure(1, "2012-12-03", 14, payee_id="unicef", purpose="vaccines for children in Malawi"))
    assert named.flows.select(ends).rows() == [("nor", _MALAWI, "unicef", 1)]
    alone = _build(direct).flows.select(ends).rows()
    assert alone == [("nor", "unicef", None, 1)]


def test_givers_named_by_the_receivers_land_are_not_that_state() -> None:
    found = _build(_figure(1, "2019-06-20", 90, payer_id="donors", payee_id=_MALAWI)).flows
    assert found.select("donor_id", "recipient_id").rows() == [(None, _MALAWI)]


def test_a_city_is_the_union_where_another_report_says_so() -> None:
    brussels = _figure(1, "2021-08-03", 90, payer_id="bel")
    cities = pl.DataFrame({"document_id": ["doc_1"], "actor_id": ["bel"], "city": ["Brussels"]})
    union = _figure(2, "2021-08-01", 90, payer_id="ec")
    assert _build(brussels, union, cities=cities).flows["report_count"].to_list() == [2]
    assert _build(brussels, cities=cities).flows["donor_id"].to_list() == ["bel"]
    assert _build(brussels, union).flows.height == 2


def test_a_range_in_other_money_has_dollars() -> None:
    ends = {"amount_low": Decimal(80_000_000), "amount_high": Decimal(100_000_000)}
    told = _figure(1, "2020-02-10", 0, amount=None, amount_usd=None, currency="EUR", flow_stage="pledged", **ends)
    (flow,) = _build(told).flows.to_dicts()
    assert 95 < float(flow["amount_usd"]) / 1e6 < 102  # 90 million euros at 1.09


def test_a_correction_supersedes_the_very_sum_it_names() -> None:
    paper = {"_paper": "Post", "purpose": "clinics", "flow_stage": "committed"}
    wrong = _figure(1, "2016-08-09", 35, **paper)
    second = {"document_id": "doc_2", "is_correction": True} | paper
    taken = _figure(2, "2016-08-10", 35, is_withdrawn=True, **second)
    right = _figure(3, "2016-08-10", 3.5, start_char=60, **second)
    found = _build(wrong, taken, right)
    assert [float(a) / 1e6 for a in found.flows["amount_usd"]] == [3.5]
    roles = dict(found.reports.select("figure_id", "role").iter_rows())
    assert roles == {"fg_1": "superseded", "fg_2": "rejected", "fg_3": "counted"}


def test_a_budget_counts_only_beside_a_gift_of_the_same_money() -> None:
    budget = _figure(1, "2004-02-08", 120, figure_kind="budget", flow_stage="unspecified", purpose="water")
    assert _flows(budget) == []
    assert _flows(budget, _figure(2, "2004-02-06", 120, purpose="water")) == [(120.0, "disbursed")]


_LOAN = {"currency": "EUR", "figure_kind": "loan", "finance_type": "loan"}


def test_parts_are_of_a_whole_in_their_own_money() -> None:
    """Two halves of a loan in euros are all of it, though the euro was dearer when they were paid."""
    whole = _figure(1, "2015-04-17", 49, amount=Decimal(46_000_000), flow_stage="committed", **_LOAN)
    halves = [
        _figure(n, day, usd, amount=Decimal(23_000_000), is_sequel=n == 3, **_LOAN)
        for n, day, usd in ((2, "2015-10-21", 26.1), (3, "2016-05-25", 25.6))
    ]
    found = _build(whole, *halves)
    assert found.flows["status"].to_list() == ["disbursed", "disbursed"]


def test_running_totals_are_no_parts_that_count() -> None:
    running = [_figure(n, f"2019-{n:02}-12", total, is_cumulative=True) for n, total in ((2, 210), (11, 240))]
    assert _build(*running).flows["is_cumulative"].to_list() in ([True], [True, True])


def test_a_yearly_sum_of_told_years_is_told_in_whole() -> None:
    years = {"period_start": date(2012, 1, 1), "period_end": date(2015, 12, 31)}
    yearly = _figure(1, "2012-05-08", 15, flow_stage="pledged", rate_times=1, purpose="water", **years)
    whole = _figure(2, "2012-05-10", 60, flow_stage="committed", purpose="water")
    assert _flows(yearly, whole) == [(60.0, "committed")]


def test_a_paper_takes_back_thousands_of_millions_on_the_same_day() -> None:
    wrong, right = (
        _figure(1, "2018-02-06", 12_000, purpose="wells", _paper="Post"),
        _figure(2, "2018-02-06", 12, purpose="wells", _paper="Post", is_correction=True),
    )
    assert _flows(wrong, right) == [(12.0, "disbursed")]


def test_goods_that_arrive_are_those_that_were_given() -> None:
    rice = {"purpose": "rice", "purpose_code": "520", "finance_type": "in_kind"}
    arrived = {"period_start": date(2009, 11, 3), "period_end": date(2009, 11, 3)}
    assert len(_flows(_figure(1, "2009-10-08", 8, **rice), _figure(2, "2009-11-03", 8, **rice, **arrived))) == 1


def test_a_sector_without_words_speaks_against_nothing() -> None:
    one = _figure(1, "2021-03-01", 150, flow_stage="pledged", purpose_code="720")
    other = _figure(2, "2021-03-02", 150, flow_stage="pledged", purpose="hospitals", purpose_code="120")
    assert _flows(one, other) == [(150.0, "pledged")]


def test_two_purposes_of_one_sector_are_two_loans() -> None:
    figures = [
        _figure(
            n, f"2012-04-{n:02}", 240, purpose=purpose, purpose_code=code, flow_stage="committed", finance_type="loan"
        )
        for n, purpose, code in ((1, "a metro line", "21030"), (9, "a highway", "21020"))
    ]
    assert len(_flows(*figures)) == 2


def test_what_a_further_sum_makes_with_an_earlier_one_is_their_total() -> None:
    first = _figure(1, "2015-03-16", 10, purpose="water and medicine", purpose_code="120")
    second = {"document_id": "doc_2", "purpose": "schools", "purpose_code": "110"}
    further = _figure(2, "2015-03-30", 7, is_sequel=True, **second)
    whole = _figure(3, "2015-03-30", 17, start_char=60, **second)
    assert [amount for amount, _ in _flows(first, further, whole)] == [10.0, 7.0]


def test_one_appeal_is_one_whoever_is_asked() -> None:
    asked = {"flow_stage": "requested", "payee_id": _MALAWI}
    found = _build(
        _figure(1, "2021-01-18", 120, payer_id=None, purpose="drought", purpose_code="720", **asked),
        _figure(
            2,
            "2021-05-12",
            120,
            payer_id="unicef",
            purpose="victims of the drought in Malawi",
            purpose_code="72010",
            **asked,
        ),
    )
    assert found.flows.select("status", "report_count").rows() == [("requested", 2)]


def _asked(number: int, giver: str | None) -> dict[str, Any]:
    return _figure(number, f"2021-01-{10 + number}", 120, payer_id=giver, flow_stage="requested", purpose="drought")


def test_two_givers_asked_for_one_sum_are_each_asked_for_it() -> None:
    assert [amount for amount, _ in _flows(_asked(1, "nor"), _asked(2, "bel"))] == [120.0, 120.0]
    # Whom a third report leaves out stands for one of them, and does not make them one.
    found = _build(_asked(1, "nor"), _asked(2, None), _asked(3, "bel")).flows
    assert sorted(found["donor_id"]) == ["bel", "nor"]


def test_donors_are_whoever_was_asked() -> None:
    assert _build(_asked(1, "unicef"), _asked(2, "world"), _asked(3, None)).flows["report_count"].to_list() == [3]


def test_what_was_asked_for_on_one_day_is_signed_on_another() -> None:
    def told(number: int, day: str, stage: str) -> dict[str, Any]:
        on = {"period_start": date.fromisoformat(day), "period_end": date.fromisoformat(day)}
        return _figure(number, day, 200, flow_stage=stage, finance_type="loan", purpose="a power plant", **on)

    assert _flows(told(1, "2013-04-15", "requested"), told(2, "2013-05-20", "committed")) == [(200.0, "committed")]
    assert _flows(told(1, "2013-04-15", "requested"), told(2, "2013-05-20", "requested")) == [(200.0, "requested")]


def _features(*figures: dict[str, Any]) -> dict[str, float]:
    """What speaks for and against the first two figures being one flow, the smaller one told first."""
    documents = pl.DataFrame(
        [(f["document_id"], f["document_id"], date.fromisoformat(f["_day"]), None) for f in figures],
        schema={
            "document_id": pl.String,
            "publisher": pl.String,
            "published_on": pl.Date,
            "duplicate_of": pl.String,
        },
        orient="row",
    )
    told = _frame("financial_figures", [{k: v for k, v in f.items() if k != "_day"} for f in figures])
    actors = _frame("actors", _ACTORS)
    ends = Ends(actors, pl.Series(dtype=pl.String))
    rows, _ = reports.read(told, documents, ends, states_named(told, actors), pl.DataFrame(schema=CITIES))
    found = pair_features(Columns(rows), np.array([0]), np.array([1]))
    return {name: float(column[0]) for name, column in found.items()}


def test_another_sector_of_the_same_words_speaks_against_nothing() -> None:
    """The sector is inferred from the words: "rebuilding after the storm" may be taken for relief in one report."""
    one = _figure(1, "2010-04-01", 40, purpose="rebuilding", purpose_code="730")
    other = _figure(2, "2010-04-02", 44, purpose="rebuilding after the storm", purpose_code="720")
    assert _features(one, other)["other sector"] == 0
    assert _features(one, other | {"purpose": "food"})["other sector"] == 1


@pytest.mark.parametrize(("stage", "is_promise"), [("requested", 0), ("pledged", 1), ("committed", 1)])
def test_what_is_only_asked_for_is_no_promise(stage: str, is_promise: float) -> None:
    """Only what is promised holds nothing of the years before: a request holds no payment at all."""
    last_year = {"period_start": date(2020, 1, 1), "period_end": date(2020, 12, 31)}
    told = _features(_figure(1, "2021-02-01", 50, **last_year), _figure(2, "2021-02-01", 300, flow_stage=stage))
    assert told["smaller is of years before the larger's promise"] == is_promise


def test_what_was_paid_did_not_move_in_a_year_to_come() -> None:
    later = {"period_start": date(2022, 1, 1), "period_end": date(2022, 12, 31)}
    assert _build(_figure(1, "2021-03-03", 30, **later)).flows["year_start"].to_list() == [None]
    promised = _figure(1, "2021-03-03", 30, flow_stage="pledged", **later)
    assert _build(promised).flows["year_start"].to_list() == [2022]


def test_givers_of_no_land_are_no_state() -> None:
    assert _build(_figure(1, "2019-06-20", 90, payer_id="world")).flows["donor_kind"].to_list() == ["group"]


def test_a_total_of_more_than_so_much_has_room_for_its_parts() -> None:
    one = {"document_id": "doc_1", "_paper": "Post", "period_start": date(2017, 1, 1), "period_end": date(2017, 12, 31)}
    whole = _figure(1, "2018-06-01", 10_000, qualifier="at_least", **one)
    shares = [
        _figure(n, "2018-06-01", share, start_char=40 * n, part_of_figure_id="fg_1", **one)
        for n, share in ((2, 7000), (3, 3500))
    ]
    assert [amount for amount, _ in _flows(whole, *shares)] == [3500.0, 7000.0]


def test_what_was_lent_since_long_is_a_running_total() -> None:
    lent = {"figure_kind": "loan", "flow_stage": "committed", "period_start": date(1957, 1, 1)}
    assert _build(_figure(1, "1987-03-20", 4300, **lent)).flows["is_cumulative"].to_list() == [True]


def test_a_new_promise_holds_nothing_of_the_year_before() -> None:
    last_year = {"period_start": date(1986, 1, 1), "period_end": date(1986, 12, 31)}
    paid = _figure(1, "1987-03-23", 50, **last_year)
    promised = _figure(2, "1987-03-24", 300, flow_stage="pledged", factuality="planned", purpose="cocaine trade")
    assert [amount for amount, _ in _flows(paid, promised)] == [300.0, 50.0]


def test_a_loan_promised_on_one_day_is_signed_on_another() -> None:
    def told(number: int, day: str, **other: Any) -> dict[str, Any]:
        on = {"period_start": date.fromisoformat(day), "period_end": date.fromisoformat(day)}
        return _figure(number, day, 200, flow_stage="committed", finance_type="loan", **on, **other)

    plant = {"purpose": "a power plant", "purpose_code": "230"}
    assert len(_flows(told(1, "2013-04-15", **plant), told(2, "2013-05-02", **plant))) == 1


def test_an_appeal_for_the_people_of_one_state_is_for_that_state() -> None:
    asked = {"flow_stage": "requested", "payee_id": None, "payer_id": None}
    one = _figure(1, "2021-05-12", 120, purpose="victims of the drought in Malawi", **asked)
    assert _build(one).flows.select("recipient_id", "status").rows() == [(_MALAWI, "requested")]
    two = _figure(2, "2021-05-12", 90, purpose="victims of the drought in Malawi and Norway", **asked)
    assert _build(two).flows.height == 0
    given = _figure(3, "2021-05-12", 90, payee_id=None, purpose="fighting rebels in Malawi")
    assert _build(given).flows["recipient_id"].to_list() == [None]


def test_what_a_body_has_of_a_sum_for_a_state_is_that_states() -> None:
    one = {"document_id": "doc_1", "payer_id": None}
    asked = {"flow_stage": "requested", "purpose": "victims of the drought in Malawi"}
    for whole in ({"payee_id": None, **asked}, {"payee_id": _MALAWI, "flow_stage": "requested"}):
        figures = (
            _figure(1, "2021-05-12", 36, payee_id="unicef", part_of_figure_id="fg_2", **one),
            _figure(2, "2021-05-12", 120, start_char=40, **one, **whole),
        )
        found = _build(*figures).flows.sort("amount_usd").select("recipient_id", "channel_id", "status")
        assert found.rows() == [(_MALAWI, "unicef", "disbursed"), (_MALAWI, None, "requested")]


def test_an_instalment_of_a_loan_is_paid_of_it() -> None:
    one = {"document_id": "doc_1", "payer_id": "ec"}
    loan = _figure(1, "2008-03-14", 468, figure_kind="loan", flow_stage="committed", start_char=40, **one)
    debt = {"figure_kind": "debt", "flow_stage": "unspecified", "part_of_figure_id": "fg_1"}
    assert _flows(loan, _figure(2, "2008-03-14", 117, **one, **debt)) == [(117.0, "disbursed"), (351.0, "committed")]
    # What the borrower still owes of it is no payment, and a debt that is part of nothing is none either.
    owed = {"payer_id": "mwi", "payee_id": "ec", "document_id": "doc_1"}
    assert _flows(loan, _figure(2, "2008-03-14", 117, **owed, **debt)) == [(468.0, "committed")]
    assert _flows(_figure(2, "2008-03-14", 117, **one, **debt)) == []


def test_a_promise_was_not_made_on_the_day_of_its_payment() -> None:
    one = {"document_id": "doc_1", "purpose": "schools"}
    may = {"period_start": date(2015, 5, 1), "period_end": date(2015, 5, 31)}
    paid = _figure(1, "2015-06-05", 12, part_of_figure_id="fg_2", **one, **may)
    whole = _figure(2, "2015-06-05", 40, flow_stage="committed", start_char=40, **one)
    found = _build(paid, whole | may).flows.sort("amount_usd").select("amount_usd", "year_start")
    assert [(float(usd) / 1e6, year) for usd, year in found.rows()] == [(12.0, 2015), (28.0, None)]
    # A year is one of both, and so is a month that only the promise is told with.
    year = {"period_start": date(2015, 1, 1), "period_end": date(2015, 12, 31)}
    assert _build(paid | year, whole | year).flows["year_start"].to_list() == [2015, 2015]
    march = {"period_start": date(2014, 3, 1), "period_end": date(2014, 3, 31)}
    assert sorted(_build(paid, whole | march).flows["year_start"]) == [2014, 2015]


def test_a_further_payment_of_a_loan_is_of_no_further_loan() -> None:
    def told(number: int, day: str, **other: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        loan = {"figure_kind": "loan", "document_id": f"doc_{number}", **other}
        paid = _figure(number, day, 40, part_of_figure_id=f"fg_{number + 1}", **loan)
        return paid, _figure(number + 1, day, 160, flow_stage="committed", start_char=40, **loan)

    found = _build(*told(1, "2009-05-14"), *told(3, "2009-11-20", is_sequel=True)).flows
    assert sorted(float(usd) / 1e6 for usd in found["amount_usd"]) == [40.0, 40.0, 80.0]
    # A whole that alone is told as a further one is one.
    paid, whole = told(3, "2009-11-20")
    found = _build(*told(1, "2009-05-14"), paid, whole | {"is_sequel": True}).flows
    assert found["amount_usd"].sum() == Decimal(320_000_000)


def test_what_several_each_give_is_a_flow_a_giver() -> None:
    each = _figure(1, "2007-09-12", 5, joint_donor_ids=["bel"], is_each=True)
    found = _build(each).flows
    assert sorted(found.select("donor_id", "amount_usd").rows()) == [
        ("bel", Decimal(5_000_000)),
        ("nor", Decimal(5_000_000)),
    ]
    together = _build(each | {"is_each": False}).flows
    assert together.select("amount_usd", "joint_donor_ids").rows() == [(Decimal(5_000_000), ["bel"])]


def test_a_giver_that_is_named_twice_gives_once() -> None:
    each = _figure(1, "2007-09-12", 5, joint_donor_ids=["bel", "bel", "nor"], is_each=True)
    found = _build(each)
    assert found.flows.height == 2
    assert found.reports["report_id"].is_unique().all()


def test_a_total_of_several_holds_what_each_gave() -> None:
    houses = {"purpose": "houses", "flow_stage": "pledged"}
    each = _figure(1, "2007-09-12", 5, joint_donor_ids=["bel"], is_each=True, **houses)
    total = _figure(2, "2007-09-14", 10, payer_id="world", is_total=True, **houses)
    assert _flows(each, total) == [(5.0, "pledged"), (5.0, "pledged")]
    assert (
        sum(usd for usd, _ in _flows(each, total | {"amount": Decimal(12_000_000), "amount_usd": Decimal(12_000_000)}))
        == 22
    )


def test_a_promise_that_is_changed_is_the_new_sum_whoever_tells() -> None:
    before = _figure(1, "2015-04-21", 40, flow_stage="pledged", purpose="forests", _paper="Mirror")
    told = {"document_id": "doc_2", "flow_stage": "pledged", "purpose": "forests", "_paper": "Post"}
    taken = _figure(2, "2015-09-30", 40, is_withdrawn=True, **told)
    after = _figure(3, "2015-09-30", 25, start_char=60, is_correction=True, **told)
    assert _flows(before, taken, after) == [(25.0, "pledged")]


def test_a_paper_writes_one_dollar_of_a_pair() -> None:
    food = {"purpose": "wheat", "_paper": "Asmara News", "text": "$5 million"}
    here = _figure(1, "2003-02-18", 5, currency="CAD", amount_usd=Decimal(3_280_000), **food)
    there = _figure(2, "2003-02-20", 5, **food)
    assert _flows(here, there) == [(5.0, "disbursed")]
    signed = here | {"text": "C$5 million"}
    assert sorted(usd for usd, _ in _flows(signed, there)) == [3.28, 5.0]


def test_an_instalment_is_part_of_the_loan_it_is_paid_of() -> None:
    whole = _figure(1, "2011-03-15", 900, flow_stage="committed", figure_kind="loan", finance_type="loan")
    paid = _figure(2, "2011-06-21", 300, is_instalment=True, figure_kind="loan", finance_type="loan")
    assert sorted(_flows(whole, paid)) == [(300.0, "disbursed"), (600.0, "committed")]
    equal = _figure(
        3,
        "2011-03-15",
        300,
        rate_times=3,
        is_instalment=True,
        flow_stage="committed",
        figure_kind="loan",
        finance_type="loan",
    )
    equal |= {"document_id": "doc_1", "part_of_figure_id": "fg_1", "start_char": 80}
    assert sorted(_flows(whole, equal, paid)) == [(300.0, "disbursed"), (600.0, "committed")]


def test_an_instalment_called_debt_reaches_the_flows() -> None:
    debt = _frame(
        "financial_figures", [{"figure_id": "a", "figure_kind": "debt"}, {"figure_id": "b", "figure_kind": "price"}]
    )
    assert debt.filter(reports.may_be_of_flow())["figure_id"].to_list() == ["a"]
