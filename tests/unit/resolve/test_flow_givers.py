"""Who gives a flow: two bodies of one state, two givers of a figure with two dollars, money that stays in one land."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from tests.unit.resolve import test_flows
from tests.unit.resolve.test_flows import _MALAWI, _build, _figure

_MORE = [
    {"actor_id": "norad", "name": "Norad", "actor_type": "government_body", "country": "NOR"},
    {"actor_id": "mfa", "name": "Norwegian Foreign Ministry", "actor_type": "government_body", "country": "NOR"},
    {"actor_id": "mwi_mfa", "name": "Malawian Foreign Ministry", "actor_type": "government_body", "country": "MWI"},
    {"actor_id": "can", "name": "Canada", "actor_type": "country", "country": "CAN"},
    {"actor_id": "backer", "name": "Ole Dahl", "actor_type": "person", "country": "NOR", "country_basis": "told"},
    {"actor_id": "guest", "name": "Ola Berg", "actor_type": "person", "country": "NOR", "country_basis": "inferred"},
    {"actor_id": "firm", "name": "Nordvik AS", "actor_type": "company", "country": "NOR", "country_basis": "told"},
    {"actor_id": "relief", "name": "Nordic Relief", "actor_type": "ngo", "country": "NOR", "country_basis": "told"},
    {"actor_id": "fed", "name": "Federal Reserve", "actor_type": "government_body", "country": "USA"},
    {"actor_id": "dnb", "name": "Dutch central bank", "actor_type": "company", "country": "NLD"},
    {"actor_id": "exim", "name": "Export-Import Bank of Japan", "actor_type": "government_body", "country": "JPN"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def _actors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_flows, "_ACTORS", [*test_flows._ACTORS, *_MORE])


def _millions(*figures: dict) -> list[int]:
    flows = _build(*figures).flows
    return sorted((flows["amount_usd"].cast(pl.Float64) / 1e6).round().cast(pl.Int64).to_list())


def test_two_bodies_of_one_state_that_each_give_give_twice() -> None:
    each = _figure(1, "2007-09-12", 5, payer_id="norad", joint_donor_ids=["mfa"], is_each=True)
    found = _build(each)
    assert found.flows["donor_id"].n_unique() == 1
    assert _millions(each) == [5, 5]
    assert found.reports["report_id"].is_unique().all()
    # A state and its ministry are one giver, named twice.
    assert _millions(
        _figure(1, "2007-09-12", 5, payer_id=_MALAWI, payee_id="bel", joint_donor_ids=["mwi_mfa"], is_each=True)
    ) == [5]


def test_a_sum_that_two_each_give_has_the_dollar_of_each_giver() -> None:
    """The paper's dollars are Canada's where Canada gives, and those of the United States where Norway does."""
    paper = {"_paper": "Post", "text": "$5 million"}
    canadian = [
        _figure(n, f"2015-0{n}-10", 4 + n, payer_id="can", currency="CAD", purpose=f"schools {n}", **paper)
        for n in (1, 2)
    ]
    plain = [_figure(n, f"2015-0{n}-10", 4 + n, purpose=f"wells {n}", **paper) for n in (3, 4)]
    each = _figure(5, "2015-05-10", 20, payer_id="can", joint_donor_ids=["nor"], is_each=True, purpose="roads", **paper)
    flows = _build(*canadian, *plain, each).flows.filter(pl.col("purpose") == "roads")
    assert dict(flows.select("donor_id", "currency").rows()) == {"can": "CAD", "nor": "USD"}
    dollars = dict(flows.select("donor_id", "amount_usd").rows())
    assert dollars["nor"] == Decimal(20_000_000)
    assert dollars["can"] < Decimal(18_000_000)


@pytest.mark.parametrize(
    ("payer", "payee", "counted"),
    [
        ("backer", "firm", False),  # a supporter's money, a bank's loan at home
        ("nor", "firm", False),  # a state's help to its own firms
        ("nor", "relief", True),  # whom a charity helps is elsewhere
        ("guest", "firm", True),  # his land is but inferred
        ("firm", "mwi", True),
        ("fed", None, False),
        ("dnb", None, False),
        ("dnb", "acme", False),
        ("exim", None, True),
        ("fed", "mwi", True),
    ],
)
def test_money_that_stays_at_home_is_no_flow(payer: str, payee: str | None, counted: bool) -> None:
    found = _build(_figure(1, "2012-12-03", 14, payer_id=payer, payee_id=payee))
    assert found.flows.height == counted
    assert found.reports["role"].to_list() == (["counted"] if counted else ["rejected"])


def _receivers(*figures: dict) -> dict[str | None, list[int]]:
    """Receiver -> the millions that flows say he got, in order."""
    flows = _build(*figures).flows.sort("amount_usd")
    found: dict[str | None, list[int]] = {}
    for receiver, dollars in flows.select("recipient_id", pl.col("amount_usd").cast(pl.Float64)).iter_rows():
        found.setdefault(receiver, []).append(round(dollars / 1e6))
    return found


def test_a_sum_without_a_receiver_is_for_who_gets_most_of_its_text() -> None:
    report = {"document_id": "one"}
    known = [_figure(n, "2012-05-02", 10 + n, purpose=f"wells {n}", **report) for n in (1, 2)]
    open_sum = _figure(3, "2012-05-02", 8, payee_id=None, purpose="roads", **report)
    assert _receivers(*known, open_sum) == {"mwi": [8, 11, 12]}
    # One sum of another giver may be of another item.
    one = known[0] | {"payer_id": "can"}
    assert _receivers(one, open_sum | {"confidence": 0.6})[None] == [8]
    assert _receivers(known[0], open_sum) == {"mwi": [8, 11]}
    # Two who get as much leave it open; then nobody is told to have got it, and a sure reading alone is added.
    other = [_figure(n, "2012-05-02", 10 + n, payee_id="bel", purpose=f"wells {n}", **report) for n in (4, 5)]
    assert _receivers(*known, *other, open_sum | {"confidence": 0.3}) == {"mwi": [11, 12], "bel": [14, 15]}
    assert _receivers(*known, *other, open_sum | {"confidence": 0.6})[None] == [8]


def test_an_unsure_sum_for_nobody_told_is_rejected_and_its_parts_are_not() -> None:
    whole = _figure(1, "2012-05-02", 37, payee_id=None, confidence=0.3)
    assert _build(whole).flows.is_empty()
    assert _build(whole).reports["role"].to_list() == ["rejected"]
    assert "receiver" in _build(whole).reports["reason"].item()
    part = _figure(2, "2012-05-02", 23, purpose="telephones", document_id="doc_1", part_of_figure_id="fg_1")
    assert _receivers(whole, part)["mwi"] == [23]
    # Who gives is not told to be a state: private money stands apart anyway.
    assert not _build(whole | {"payer_id": "relief"}).flows.is_empty()


def test_a_part_of_a_running_total_is_running_too_but_in_a_year_of_its_own() -> None:
    lent = _figure(1, "1987-03-20", 4300, is_cumulative=True, figure_kind="loan", document_id="one")
    unpaid = _figure(
        2, "1987-03-20", 1200, figure_kind="loan", document_id="one", part_of_figure_id="fg_1", start_char=90
    )
    assert _build(lent, unpaid).flows["is_cumulative"].all()
    of_year = unpaid | {"period_start": date(1986, 1, 1), "period_end": date(1986, 12, 31)}
    assert _build(lent, of_year).flows.filter(~pl.col("is_cumulative"))["year_start"].to_list() == [1986]
    # "Lent 24 million, which brings its loans to 441 million": the loan is the news.
    assert not _build(lent | {"start_char": 200}, unpaid).flows["is_cumulative"].all()


@pytest.mark.parametrize(
    ("stage", "day", "counted"),
    [("committed", "2014-11-19", False), ("committed", "2015-06-01", True), ("committed", "2014-11-10", True)],
)
def test_a_gift_that_another_report_denies_soon_after(stage: str, day: str, counted: bool) -> None:
    told = _figure(1, "2014-11-18", 40)
    denial = _figure(2, day, 40, factuality="negated", flow_stage=stage)
    assert _build(told, denial).flows.is_empty() != counted
    # That it was not paid does not deny that it was promised, nor does a denial of another sum.
    assert not _build(told | {"flow_stage": "pledged"}, denial | {"flow_stage": "disbursed"}).flows.is_empty()
    assert not _build(told, _figure(2, day, 41, factuality="negated")).flows.is_empty()
    # "Gave 70 million, not 50 million" contradicts the report.
    other = _figure(3, day, 70, document_id="doc_2")
    assert 40 in _millions(told, denial, other) or _build(told, denial, other).flows["is_contested"].any()


def test_a_promise_that_is_raised_by_a_report_that_does_not_tell_what_it_was() -> None:
    first = _figure(1, "2022-09-01", 15, flow_stage="pledged", purpose="flood victims")
    raised = _figure(2, "2022-09-09", 30, flow_stage="pledged", purpose="flood victims", is_correction=True)
    assert _millions(first, raised) == [30]
    assert dict(_build(first, raised).reports.select("figure_id", "role").iter_rows())["fg_1"] == "superseded"
    # A further promise, one for something else and money that was paid are not changed by it.
    assert _millions(first, raised | {"is_correction": False}) == [15, 30]
    assert _millions(first | {"purpose": "roads", "purpose_code": "210"}, raised | {"purpose_code": "720"}) == [15, 30]
    paid = first | {"flow_stage": "disbursed"}
    assert "superseded" not in _build(paid, raised).reports["role"].to_list()
