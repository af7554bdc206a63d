"""Parts and totals: what is no part of another sum though it is smaller, and what a text says is one."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from pipelines.resolve.flows.grouping import is_rounding
from tests.unit.resolve.test_flows import _build, _figure, _flows

_ONE = {"document_id": "doc_1", "_paper": "Post"}


def test_a_loan_of_another_lender_is_no_part() -> None:
    """ "A 127 million loan, with Chemical Bank as agent; another 33 million loan was managed by Citicorp" """
    first = _figure(1, "1987-03-19", 127, figure_kind="loan", payer_id="nor", **_ONE)
    other = _figure(
        2, "1987-03-19", 33, figure_kind="loan", payer_id="bel", part_of_figure_id="fg_1", start_char=60, **_ONE
    )
    assert [usd for usd, _ in _flows(first, other)] == [127.0, 33.0]


def test_a_part_of_one_of_two_givers_is_of_what_another_report_says_both_gave() -> None:
    """ "Norway and Belgium together gave 120 million"; "of the 120 million Norway gave 90, Belgium 30" """
    both = _figure(1, "2005-02-06", 120, joint_donor_ids=["bel"], purpose="water")
    told = {"document_id": "doc_2", "_paper": "Post", "purpose": "water"}
    again = _figure(2, "2005-02-08", 120, **told)
    shares = [
        _figure(3, "2005-02-08", 90, part_of_figure_id="fg_2", start_char=40, **told),
        _figure(4, "2005-02-08", 30, part_of_figure_id="fg_2", start_char=80, payer_id="bel", **told),
    ]
    assert [usd for usd, _ in _flows(both, again, *shares)] == [30.0, 90.0]


def test_a_sum_of_long_after_is_no_part_of_an_earlier_years_money() -> None:
    year = {"period_start": date(1987, 1, 1), "period_end": date(1987, 12, 31)}
    whole = _figure(1, "1987-03-05", 40, flow_stage="committed", **year)
    later = _figure(2, "1989-10-05", 4, flow_stage="committed", purpose="food")
    assert [usd for usd, _ in _flows(whole, later)] == [4.0, 40.0]


def test_a_yearly_sum_of_the_whole_beside_it_is_that_whole() -> None:
    """ "$10 million over the next five years … about $2 million a year" """
    whole = _figure(1, "1987-06-18", 10, flow_stage="pledged", purpose="fisheries", **_ONE)
    yearly = _figure(
        2, "1987-06-18", 2, flow_stage="pledged", rate_times=1, part_of_figure_id="fg_1", start_char=80, **_ONE
    )
    assert _flows(whole, yearly) == [(10.0, "pledged")]
    # Three times and a third is no number of years.
    assert (
        len(_flows(whole, yearly | {"amount": whole["amount"] * 3 / 10, "amount_usd": whole["amount"] * 3 / 10})) == 2
    )


def test_parts_of_a_sum_for_nobody_named_are_not_added_to_it() -> None:
    """ "The union provided 1.21 billion dollars, including 311 million for losses in peanuts" """
    whole = _figure(1, "1987-03-23", 1210, payee_id=None, **_ONE)
    part = _figure(
        2, "1987-03-23", 311, payee_id=None, part_of_figure_id="fg_1", purpose="peanuts", start_char=60, **_ONE
    )
    assert [usd for usd, _ in _flows(whole, part)] == [311.0, 899.0]
    unlinked = part | {"part_of_figure_id": None}
    assert sum(usd for usd, _ in _flows(whole, unlinked)) == 1521


def test_two_exact_sums_of_one_text_are_two() -> None:
    bank = _figure(1, "1987-06-19", 1950, figure_kind="loan", payer_id=None, **_ONE)
    fund = _figure(2, "1987-06-19", 1830, figure_kind="loan", payer_id="nor", start_char=80, **_ONE)
    assert sorted(usd for usd, _ in _flows(bank, fund)) == [1830.0, 1950.0]


@pytest.mark.parametrize(
    ("a", "b", "rounded"),
    [(9e6, 9.4e6, True), (1.9e9, 1.85e9, True), (1.95e9, 1.83e9, False), (92e6, 95e6, False), (100e6, 104e6, True), (7e6, 7e6, False)],
)  # fmt: skip
def test_amounts_that_are_roundings_of_each_other(a: float, b: float, rounded: bool) -> None:
    assert is_rounding(np.array([a]), np.array([b])).tolist() == [rounded]
    assert is_rounding(np.array([b]), np.array([a])).tolist() == [rounded]


def test_a_correction_that_asks_for_nothing_keeps_what_it_corrects() -> None:
    """ "Spain's grant was for $11.5 million, not $11 million": read as asked for, it is still agreed."""
    grant = {"purpose": "schools", "finance_type": "grant"}
    before = _figure(1, "2014-12-01", 11, flow_stage="committed", _paper="Mirror", **grant)
    taken = _figure(
        2, "2014-12-03", 11, document_id="doc_2", is_withdrawn=True, _paper="Post", factuality="negated", **grant
    )
    after = _figure(
        3,
        "2014-12-03",
        11.5,
        document_id="doc_2",
        is_correction=True,
        flow_stage="requested",
        start_char=9,
        _paper="Post",
        **grant,
    )
    assert _flows(before, taken, after) == [(11.5, "committed")]


def test_parts_for_one_of_several_receivers_are_not_added_to_their_total() -> None:
    """ "12.3 million to member countries: 5.5 million to Malawi" """
    whole = _figure(1, "1987-03-28", 12, payee_id="world", is_total=True, flow_stage="committed", **_ONE)
    part = _figure(
        2, "1987-03-28", 5.5, part_of_figure_id="fg_1", purpose="rice", flow_stage="committed", start_char=60, **_ONE
    )
    assert [usd for usd, _ in _flows(whole, part)] == [5.5, 6.5]
    of_other_giver = part | {"payer_id": "bel"}
    assert [usd for usd, _ in _flows(whole, of_other_giver)] == [12.0, 5.5]


def test_what_a_project_costs_is_not_what_its_lender_gives() -> None:
    cost = _figure(1, "1987-06-19", 833, figure_kind="budget", flow_stage="unspecified", purpose="telephones", **_ONE)
    loan = _figure(
        2,
        "1987-06-19",
        70,
        figure_kind="loan",
        flow_stage="committed",
        part_of_figure_id="fg_1",
        purpose="telephones",
        start_char=9,
        **_ONE,
    )
    assert _flows(cost, loan) == [(70.0, "committed")]
    # What is told as promised is given.
    assert round(sum(usd for usd, _ in _flows(cost | {"flow_stage": "pledged"}, loan))) == 833


@pytest.mark.parametrize(("linked", "asked"), [(True, 4600), (False, 7800)])
def test_a_part_of_an_appeal_is_asked_for_once(linked: bool, asked: int) -> None:
    """ "Asks for $4.6 billion, including $3.2 billion in grants"; without a word that says so they are two requests."""
    whole = _figure(1, "2003-02-10", 4600, flow_stage="requested", payer_id=None, document_id="one")
    part = _figure(2, "2003-02-10", 3200, flow_stage="requested", payer_id=None, document_id="one", start_char=60)
    found = _build(whole, part | {"part_of_figure_id": "fg_1" if linked else None, "finance_type": "grant"}).flows
    assert found["status"].unique().to_list() == ["requested"]
    assert found["amount_usd"].cast(pl.Float64).sum() == pytest.approx(asked * 1e6)
