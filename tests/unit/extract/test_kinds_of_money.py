"""What a figure is told to be: prices, pay, works, results; sentences of our own."""

from datetime import date

import pytest

from pipelines.extract.document import extract_facts
from pipelines.extract.facts import Figure
from pipelines.language.annotations import parse_text
from pipelines.language.parse import Article
from tests.unit.extract.reading import facts_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The $900 rifle was found in a car.", "price"),
        ("She paid $40,000 for a tractor.", "price"),
        ("The old stallion fetched $8,200 on Saturday.", "price"),
        ("The plumber charges $80 for a visit.", "price"),
        ("The nurses are paid $900 a week.", "price"),
        ("The stock closed at $41 on Monday.", "price"),
        ("The pen costs $3.", "price"),
        ("The dam will cost $300 million.", "budget"),
        ("The town wants a $7 million bridge.", "budget"),
        ("The old bridge would be rebuilt for $9 million.", "budget"),
        ("The raids have cost the firm $12 million.", "other"),
        ("The trader lost $3 million.", "other"),
        ("Police offered a reward of $5,000.", "other"),
        ("The firm earned $4 million, or 51 cents a share.", "other"),
        ("The firm bid $12 a share for its rival.", "price"),
        ("Tea earnings rose to $220 million.", "trade"),
        ("The trade deficit fell to $3 billion.", "trade"),
        ("At that price this gives the owner $60 million.", "other"),
        ("The clerk committed a $2 million fraud.", "other"),
        ("The clinic received $7 million in funding from the Carter Foundation.", "aid"),
        ("The start-up received $7 million in funding from venture investors.", "investment"),
        ("Norway signed a 40 million euro ($50 million) loan for Chad.", "loan"),
        ("The bank advanced him $150,000.", "loan"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert {f.figure_kind for f in facts_of(text).figures} == {kind}


def _table(title: str, lines: list[str], published_on: date) -> list[Figure]:
    text = "\n\n".join(lines)
    return extract_facts(Article("doc_test", text, title=title, published_on=published_on), parse_text(text)).figures


def _periods(figures: list[Figure]) -> list[tuple[date | None, date | None]]:
    return [(f.period_start, f.period_end) for f in figures]


def test_columns_of_a_table_of_results_are_this_period_and_the_one_a_year_before() -> None:
    found = _table(
        "ACME CORP <ACM> 1ST QTR NET",
        ["Shr 21 cts vs 18 cts", "Revs 38.1 mln dlrs vs 29.7 mln dlrs"],
        date(1987, 4, 20),
    )
    this, last = (date(1987, 1, 1), date(1987, 3, 31)), (date(1986, 1, 1), date(1986, 3, 31))
    assert _periods(found) == [this, last, this, last]
    assert [f.figure_kind for f in found] == ["other", "other", "trade", "trade"]


def test_headings_change_the_period_and_its_end() -> None:
    lines = ["Qtr ends Jan 31", "Shr 21 cts vs 18 cts", "Nine mths", "Shr 60 cts vs 50 cts"]
    found = _table("ACME CORP <ACM> 3RD QTR NET", lines, date(1987, 3, 9))
    assert _periods(found)[0] == (date(1986, 11, 1), date(1987, 1, 31))
    assert _periods(found)[2] == (date(1986, 5, 1), date(1987, 1, 31))


def test_a_second_block_below_the_fourth_quarter_is_the_year() -> None:
    found = _table("ACME CORP <ACM> 4TH QTR NET", ["Shr 21 cts vs 18 cts", "Shr 60 cts vs 50 cts"], date(1987, 3, 9))
    assert _periods(found)[2:] == [(date(1986, 1, 1), date(1986, 12, 31)), (date(1985, 1, 1), date(1985, 12, 31))]


def test_a_quarter_that_the_calendar_does_not_fit_has_no_period() -> None:
    found = _table("ACME CORP <ACM> 3RD QTR NET", ["Shr 21 cts vs 18 cts"], date(1987, 3, 9))
    assert _periods(found) == [(None, None)] * 2


def test_assets_are_held_on_a_day_and_dividends_have_no_period() -> None:
    found = _table(
        "ACME BANK <ACM> 1ST QTR NET",
        ["Assets 5.2 mln dlrs vs 4.1 mln dlrs", "Qtly div 8 cts vs 7 cts"],
        date(1987, 4, 20),
    )
    assert _periods(found) == [(date(1987, 3, 31),) * 2, (date(1986, 3, 31),) * 2, (None, None), (None, None)]


@pytest.mark.parametrize(
    ("text", "factuality"),
    [
        ("Analysts expect the firm to have sales of $5 million.", "planned"),
        ("The mill is likely to cost $5 million.", "planned"),
        ("The town set a target of $5 million in savings.", "planned"),
        ("The firm signed a letter of intent to buy its rival for $5 million.", "planned"),
        ("If he pays $500 for a lamp, he is a fool.", "possible"),
        ("The firm said it sold the mill for $5 million.", "actual"),
    ],
)
def test_factuality(text: str, factuality: str) -> None:
    assert {f.factuality for f in facts_of(text).figures} == {factuality}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The trade deficit was $4 million in May. The energy deficit was $2 million.", ["trade", "trade"]),
        (
            "Income totalled $9 million compared with $8 million in May as loans to farmers increased.",
            ["other", "other"],
        ),
        ("Higher sales contributed to a rise in earnings to $17 million.", ["other"]),
        ("The firm will lay a $90 million railway.", ["budget"]),
        ("Bitcoin dipped to $6,000.", ["price"]),
    ],
)
def test_kinds_by_what_stands_beside(text: str, kinds: list[str]) -> None:
    assert [f.figure_kind for f in facts_of(text).figures] == kinds
