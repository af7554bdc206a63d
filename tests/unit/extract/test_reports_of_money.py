"""What a report as a whole tells of its money: who asks, owes, lends, and whom a figure leaves unnamed; our own sentences."""

from datetime import date
from decimal import Decimal

import pytest

from pipelines.extract.document import extract_facts
from pipelines.extract.facts import Facts, Figure
from pipelines.extract.money.handing_on import same_sums
from pipelines.language.annotations import parse_text
from pipelines.language.parse import Article
from tests.unit.extract.reading import PUBLISHED, facts_of


def _ends(facts: Facts, n: int = 0) -> tuple[str | None, str | None]:
    donor, recipient = facts.figures[n].donor, facts.figures[n].recipient
    return (
        None if donor is None else facts.entities[donor].name,
        None if recipient is None else facts.entities[recipient].name,
    )


def _titled(title: str, text: str) -> Facts:
    return extract_facts(Article("doc_test", text, title=title, published_on=PUBLISHED), parse_text(text))


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Malawi appealed for $16 million in emergency aid.", (None, "Malawi")),
        ("Zambia is seeking a $95 million loan from the World Bank.", ("World Bank", "Zambia")),
        ("Norway requested $20 million in aid for Chad from its parliament.", ("Norway", "Chad")),
        ("Chad signed with Japan for a $30 million credit facility.", ("Japan", "Chad")),
        ("Chad signed loans of $30 million from the World Bank.", ("World Bank", "Chad")),
        ("Norway held up $40 million in aid to Chad.", ("Norway", "Chad")),
        ("Chad's $15 million in foreign aid is under review.", (None, "Chad")),
    ],
)
def test_who_asks_and_who_signs(text: str, ends: tuple[str | None, str | None]) -> None:
    assert _ends(facts_of(text)) == ends


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Zambia suspended interest payments on its $6 billion of foreign debt.", (None, "Zambia")),
        ("Zambia has a foreign debt of $6 billion, officials said.", (None, "Zambia")),
        ("Zambia repaid the International Monetary Fund $50 million.", ("Zambia", "International Monetary Fund")),
    ],
)
def test_the_debtor_received_the_money(text: str, ends: tuple[str | None, str | None]) -> None:
    facts = facts_of(text)
    assert (facts.figures[0].figure_kind, _ends(facts), facts.figures[0].factuality) == ("debt", ends, "actual")


def test_what_is_owed_is_a_debt_whatever_stands_near() -> None:
    facts = facts_of("Zambia froze credit lines and stopped payments on $6 billion owed to banks.")
    assert facts.figures[0].figure_kind == "debt"


def test_a_report_of_one_lender_and_one_borrower_leaves_no_choice() -> None:
    facts = _titled(
        "MALAWI SIGNS WORLD BANK LOANS",
        "Officials of Malawi met the World Bank in May. A $57 million loan is for urban development, $80 million for roads.",
    )
    assert [_ends(facts, n) for n in (0, 1)] == [("World Bank", "Malawi")] * 2


def test_a_report_of_two_borrowers_leaves_it_open() -> None:
    facts = _titled(
        "WORLD BANK LENDS TO MALAWI AND CHAD",
        "The World Bank lent Malawi $10 million and Chad $20 million. Another $5 million loan was put off.",
    )
    assert _ends(facts, 2)[1] is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The clerk was fined $5,000 over a gift from a lobbyist.", "penalty"),
        ("The bank was ordered to pay $5 million to the farmers.", "penalty"),
        ("Norway raised its pledge to $88 million.", "aid"),
        ("The pact opened the way for 10 billion euros ($13 billion) of rescue loans for Cyprus.", "loan"),
        ("The fund pledged $45 million to Acme Motors Inc.", "investment"),
        ("The bill would give $5 million for the border wall.", "budget"),
        ("Imports have suffered, slumping from around $800 million to $200 million.", "trade"),
        ("Talks were held on access to a $6 billion airport project.", "budget"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert {f.figure_kind for f in facts_of(text).figures} == {kind}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Norway lent Chad $500 million from 1981 to 1985.", date(1981, 1, 1), date(1985, 12, 31)),
        ("Norway lent Chad $500 million between 1968 and 1986.", date(1968, 1, 1), date(1986, 12, 31)),
        ("The firm earned $5 million in the year ended January 31, 2010.", date(2009, 2, 1), date(2010, 1, 31)),
        ("On Tuesday Norway promised Chad $5 million in aid.", None, None),
        ("Chad stopped payments on its debt of $5 million on June 1.", None, None),
        ("Norway will give Chad $6 million over three years.", PUBLISHED, date(2013, 6, 16)),
    ],
)
def test_periods(text: str, start: date | None, end: date | None) -> None:
    figure = facts_of(text).figures[0]
    assert (figure.period_start, figure.period_end) == (start, end)


def test_a_year_behind_the_second_amount_is_not_the_first_ones() -> None:
    facts = facts_of("Exports rose to $5 million from $3 million in 2008.")
    assert facts.figures[0].period_start is None
    assert facts.figures[1].period_start == date(2008, 1, 1)


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("Norway gave Chad $5 million to repair schools amid fears of a new war.", "to repair schools"),
        ("Norway gave Chad $5 million for road repairs last year.", "road repairs"),
        ("Norway gave Chad $5 million to support a clinic project in Chad.", "to support a clinic project"),
        ("Norway gave $5 million to the Center for Strategic Studies.", None),
        ("The firm sold wheat worth $5 million for delivery between May and July.", None),
    ],
)
def test_purposes_end_where_something_else_begins(text: str, purpose: str | None) -> None:
    assert facts_of(text).figures[0].purpose == purpose


@pytest.mark.parametrize(
    ("text", "factuality"),
    [
        ("Norway would not withdraw its pledge of $5 million to Chad.", "actual"),
        ("Norway withdrew its pledge of $5 million to Chad.", "negated"),
        ("Parliament is considering a donation of $5 million to Chad.", "possible"),
        ("Norway wants to slash $5 million in aid to Chad.", "planned"),
    ],
)
def test_factuality(text: str, factuality: str) -> None:
    assert facts_of(text).figures[0].factuality == factuality


def test_a_conversion_is_the_same_flow_in_all_respects() -> None:
    first, second = facts_of("India granted Nepal 3 million rupees (about $50,000) for schools.").figures
    for field in ("figure_kind", "flow_stage", "donor", "recipient", "purpose", "purpose_code", "factuality"):
        assert getattr(first, field) == getattr(second, field), field
    assert first.usd_stated == Decimal(50_000)


def test_a_share_larger_than_its_total_is_flagged_on_both_sides() -> None:
    facts = facts_of("Chad spent $40 million of the $30 million grant on roads.")
    part, total = facts.figures
    assert part.part_of is None
    assert "larger than its total" in part.rule
    assert "smaller than its part" in total.rule


def test_an_article_is_no_part_of_a_sign() -> None:
    assert facts_of("THEY FOUGHT ON DESPITE A $3 MILLION AID PACKAGE.").figures[0].currency == "USD"


@pytest.mark.parametrize(
    ("publisher", "title", "currency"),
    [
        ("ABC Australia", None, "AUD"),
        ("Reuters", "NORTHERN MINES <NMI.TO> SELLS UNIT", "CAD"),
        ("Reuters", None, "USD"),
    ],
)
def test_the_publisher_or_the_exchange_tells_the_dollar(publisher: str, title: str | None, currency: str) -> None:
    text = "The company sold a unit for $5 million."
    article = Article("doc_test", text, title=title, published_on=PUBLISHED, publisher=publisher)
    assert extract_facts(article, parse_text(text)).figures[0].currency == currency


def _told(sums: list[int]) -> list[Figure]:
    return [Figure(0, 9 * n, 9 * n + 5, "$0000", Decimal(s), currency="USD") for n, s in enumerate(sums)]


def test_a_sum_told_twice_is_the_same_money() -> None:
    assert same_sums(_told([5, 7, 5])) == [[2], [], [0]]


def test_a_sum_repeated_without_end_costs_no_more_than_its_length() -> None:
    assert sum(map(len, same_sums(_told([1000] * 4000)))) == 0


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Police said on Thursday that the gang stole $5 million.", None, None),
        ("Last year the owners pledged that they would hold the cost to $5 million.", None, None),
        ("A 2004 study found that the plan saved $5 million.", None, None),
        ("Norway gave Chad $5 million, but in 2004 it closed its embassy.", None, None),
        ("The United States gave Chad $5 million in fiscal 2004.", date(2003, 10, 1), date(2004, 9, 30)),
    ],
)
def test_the_time_of_saying_and_of_other_things_is_not_the_money_s(
    text: str, start: date | None, end: date | None
) -> None:
    figure = facts_of(text).figures[0]
    assert (figure.period_start, figure.period_end) == (start, end)


def test_the_same_month_of_the_year_before_follows_the_figure_beside() -> None:
    figures = facts_of("Exports in March were $5 million, against $4 million in the same month last year.").figures
    assert (figures[1].period_start, figures[1].period_end) == (date(2009, 3, 1), date(2009, 3, 31))


def test_how_long_a_debt_runs_is_no_period() -> None:
    figure = facts_of("Zambia won an agreement to reschedule $10 billion of debt over 17 years.").figures[0]
    assert (figure.period_start, figure.period_end) == (None, None)


def test_two_creditors_are_not_one() -> None:
    assert _ends(facts_of("They talk with Argentina and Brazil, who hold $700 million of Bolivian debt."))[0] is None


def test_a_round_sum_told_again_far_away_is_other_money() -> None:
    text = "Norway gave Chad $200 million in aid. It rained. It snowed. It froze. The sun shone. It was a $200 million question."
    assert facts_of(text).figures[1].figure_kind == "other"


def test_what_is_received_is_not_handed_on_as_given() -> None:
    facts = facts_of("The bank lent Guinea $4 million for schools. Mali was given $2 million in aid.")
    assert _ends(facts, 1)[0] != "Guinea"
