"""Numbers whose unit is understood from a sum near them, and the dollar that a bare "$" is, on texts of our own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pipelines.extract.money.scan import scan_amounts
from pipelines.language.annotations import parse_text
from pipelines.language.parse import Article


def _sums(text: str, **about: str) -> list[tuple[Decimal | None, str | None]]:
    article = Article("doc_test", text, published_on=date(1988, 5, 3), **about)
    return [(a.amount, a.currency) for _, a in scan_amounts(article, parse_text(text))]


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("Debt rose to 14.2 mln dlrs from 11.6 mln reported a year before.", [14_200_000, 11_600_000]),
        ("The line has a two billion dlr credit and a 1.5 billion loan.", [2_000_000_000, 1_500_000_000]),
        ("Net 12.4 mln dlrs vs 10.1 mln. Revs 88.6 mln vs 71.3 mln.", [12_400_000, 10_100_000, 88_600_000, 71_300_000]),
    ],
)
def test_a_sum_lends_its_unit_to_numbers_near_it(text: str, sums: list[int]) -> None:
    assert [amount for amount, _ in _sums(text)] == [Decimal(n) for n in sums]


@pytest.mark.parametrize(
    "text",
    [
        "The firm paid 31 mln dlrs for 4.5 mln shares of a rival.",
        "The firm earned 31 mln dlrs. Avg shrs 16.4 mln in the year.",
        "The field cost 31 mln dlrs. Output was 1.8 mln bpd in May.",
        "The state spent 31 mln dlrs. Its quota rose to 2.4 mln tonnes.",
        "The state spent 31 mln dlrs, and hundreds of thousands of people fled.",
    ],
)
def test_what_is_counted_beside_a_sum_is_no_money(text: str) -> None:
    assert [amount for amount, _ in _sums(text)] == [Decimal(31_000_000)]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Dealers saw the dollar at 1.7420/30 marks on Monday.", [(None, "DEM")]),
        ("Sudan sells the dollar at an official rate of 3.5 pounds to the dollar.", [(Decimal("3.5"), "SDP")]),
        ("The bank hid a 230 mln mark loss.", [(Decimal(230_000_000), "DEM")]),
        ("The group lent it three billion H.K. Dlrs.", [(Decimal(3_000_000_000), "HKD")]),
        ("Kuala Lumpur owes 12 billion Malaysian dlrs.", [(Decimal(12_000_000_000), "MYR")]),
        ("The state spent millions on a port.", [(None, "USD")]),
        ("It cost trillions of taxpayer dollars.", [(None, "USD")]),
        ("A win is worth dlrs 300,000 to her.", [(Decimal(300_000), "USD")]),
        ("Loans were 7 mln dlrs on March 31 and 9 mln dlrs in May.", [(Decimal(7_000_000), "USD"), (Decimal(9_000_000), "USD")]),
        ("It set aside $1.5 billion, 300 million above the plan.", [(Decimal(1_500_000_000), "USD"), (Decimal(300_000_000), "USD")]),
    ],
)  # fmt: skip
def test_ways_of_writing_sums(text: str, amounts: list[tuple[Decimal | None, str]]) -> None:
    assert _sums(text) == amounts


def test_no_money_where_millions_are_people() -> None:
    assert _sums("The war cost millions of lives, and millions fled.") == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The firm will raise a 20 to 25 mln dlr loan.", 20_000_000, 25_000_000),
        ("It owes 900 mln dlrs, of which it repaid between 200 and 300 mln.", 200_000_000, 300_000_000),
        ("Traders expected between one billion and three billion dlrs.", 1_000_000_000, 3_000_000_000),
    ],
)
def test_ranges_share_what_one_end_has(text: str, low: int, high: int) -> None:
    found = [a for _, a in scan_amounts(Article("doc_test", text), parse_text(text))][-1]
    assert (found.amount, found.low, found.high) == (None, low, high)


def test_a_cut_by_one_sum_to_another_is_no_range() -> None:
    text = "The reform reduced the deficit by 20 mln dlrs to 210 mln dlrs."
    assert [amount for amount, _ in _sums(text)] == [Decimal(20_000_000), Decimal(210_000_000)]


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        (
            "The province of Alberta plans a deficit of 600 mln dlrs. A minister in Calgary said Canada would not help. "
            "The Canadian dollar fell.",
            "CAD",
        ),
        ("<Larch Mining Ltd> <LRCH.S> of Sydney said profit rose to 9 mln dlrs in Australia.", "AUD"),
        ("The United States gave Canada 9 mln dlrs in Washington, and asked Mexico and France to help.", "USD"),
        ("Ethiopia got 9 mln dlrs from Canada, Japan, Sweden, Italy and Norway.", "USD"),
        ("The plant cost $9 million, or $US6 million.", "AUD"),
    ],
)
def test_a_bare_dollar_is_the_documents_own_where_enough_speaks_for_it(text: str, currency: str) -> None:
    assert _sums(text)[0][1] == currency


def test_a_publishers_own_dollar() -> None:
    text = "The council will spend $4 million on a bridge."
    assert _sums(text, publisher="abc.net.au") == [(Decimal(4_000_000), "AUD")]
    assert _sums(text, publisher="example.org") == [(Decimal(4_000_000), "USD")]
