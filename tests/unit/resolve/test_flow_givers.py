"""Who gives a flow: two bodies of one state, two givers of a figure with two dollars, money that stays in one land."""

from __future__ import annotations

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
