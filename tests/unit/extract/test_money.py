"""Amounts of money and what the text says of them, on sentences of our own."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract.cuts import Cuts
from pipelines.extract.document import extract_facts
from pipelines.extract.facts import Facts, Figure
from pipelines.extract.money.home_dollar import home_dollar
from pipelines.extract.money.parts import link_total
from pipelines.language.annotations import parse_text
from pipelines.language.parse import Article
from pipelines.reader.readings import Link
from tests.unit.extract.reading import facts_of


def _figures(text: str) -> list[Figure]:
    return facts_of(text).figures


def _name(facts: Facts, entity: int | None) -> str | None:
    return None if entity is None else facts.entities[entity].name


@pytest.mark.parametrize(
    ("words", "amount", "currency"),
    [
        ("$74 million", 74_000_000, "USD"),
        ("12 billion yen", 12_000_000_000, "JPY"),
        ("40 mln dlrs", 40_000_000, "USD"),
        ("half a billion dollars", 500_000_000, "USD"),
        ("€3.5bn", 3_500_000_000, "EUR"),
        ("US$50 000", 50_000, "USD"),
        ("200 million Swiss francs", 200_000_000, "CHF"),
        ("fourteen million euros", 14_000_000, "EUR"),
    ],
)
def test_amount_and_currency(words: str, amount: int, currency: str) -> None:
    found = _figures(f"The port will cost {words} in all.")
    assert [(f.amount, f.currency) for f in found] == [(Decimal(amount), currency)]


def test_a_range_is_one_figure_with_two_ends() -> None:
    (found,) = _figures("The dam will cost between 5 and 10 million dollars.")
    assert (found.amount, found.amount_low, found.amount_high) == (None, 5_000_000, 10_000_000)


def test_a_change_is_two_figures() -> None:
    found = _figures("Spending fell from $9 billion to $7 billion.")
    assert [f.amount for f in found] == [Decimal(9_000_000_000), Decimal(7_000_000_000)]


@pytest.mark.parametrize(
    ("hedge", "qualifier"),
    [("", "exact"), ("about ", "approximately"), ("more than ", "at_least"), ("up to ", "at_most")],
)
def test_qualifiers(hedge: str, qualifier: str) -> None:
    (found,) = _figures(f"The bridge cost {hedge}$3 million.")
    assert found.qualifier == qualifier


@pytest.mark.parametrize(
    "text",
    [
        "A million people crossed the river in 2008.",
        "The crate weighed 400 pounds of steel.",
        "Turnout rose by 5 per cent after the vote.",
        "The match begins at 5 p.m. in Oslo.",
    ],
)
def test_what_is_no_money(text: str) -> None:
    assert _figures(text) == []


def test_a_conversion_in_brackets_is_kept_with_its_amount() -> None:
    found = _figures("Norway pledged 100 million euros ($107 million) to Chad.")
    assert found[0].usd_stated == Decimal(107_000_000)


def test_who_gives_whom_how_far_and_for_what() -> None:
    facts = facts_of("Japan gave Kenya $20 million in grants for rural health clinics last year.")
    (found,) = facts.figures
    assert (_name(facts, found.payer), _name(facts, found.payee)) == ("Japan", "Kenya")
    assert (found.figure_kind, found.flow_stage) == ("aid", "disbursed")
    assert found.purpose is not None
    assert "health" in found.purpose
    assert (found.purpose_code or "")[:2] == "12"
    assert found.period_start is not None
    assert found.period_start.year == 2009


def test_a_part_points_to_its_total_and_shares_its_ends() -> None:
    facts = facts_of(
        "Chad received $90 million in French aid last year. More than half -- $50 million -- went to schools."
    )
    total, part = facts.figures
    assert part.part_of == 0
    assert (_name(facts, part.payer), _name(facts, part.payee)) == ("France", "Chad")
    assert part.period_start == total.period_start


@pytest.mark.parametrize(
    ("giver", "is_his_states"),
    [("Foreign Minister Aras Lind of Norway", True), ("Norwegian businessman Aras Lind", False)],
)
def test_only_who_holds_an_office_gives_in_the_name_of_his_state(giver: str, is_his_states: bool) -> None:
    facts = facts_of(f"Norway is far from Chad. {giver} gave Chad $5 million in aid for schools.")
    (found,) = facts.figures
    assert found.figure_kind == "aid"
    assert _name(facts, found.payer) == ("Norway" if is_his_states else "Aras Lind")


def _sums(*told: tuple[str, str]) -> list[Figure]:
    return [Figure(0, n, n + 1, amount, Decimal(amount), None, None, cur) for n, (amount, cur) in enumerate(told)]


@pytest.mark.parametrize(
    ("sums", "total", "linked"),
    [
        ((("3", "USD"), ("8", "USD")), 1, 1),
        ((("8", "USD"), ("8", "USD")), 1, 1),
        ((("9", "USD"), ("8", "USD")), 1, None),  # larger
        ((("3", "EUR"), ("8", "USD")), 1, None),  # of another currency
        ((("3", "USD"), ("8", "USD")), 0, None),  # of itself
    ],
)
def test_a_total_that_the_reader_links_must_be_able_to_be_one(
    sums: tuple[tuple[str, str], ...], total: int, linked: int | None
) -> None:
    figures = _sums(*sums)
    link_total("", [Link("total", 5, 0.9)], figures, 0, {5: total}, Cuts(total=0.5))
    assert figures[0].part_of == linked


def test_links_to_totals_never_run_in_a_circle() -> None:
    figures = _sums(("5", "USD"), ("5", "USD"), ("5", "USD"))
    for part, total in ((0, 1), (1, 2), (2, 0)):
        link_total("", [Link("total", total, 0.9)], figures, part, {0: 0, 1: 1, 2: 2}, Cuts(total=0.5))
    assert [f.part_of for f in figures] == [1, 2, None]


def test_a_note_at_the_end_of_a_sentence_is_no_billion() -> None:
    assert [f.amount for f in _figures("Denmark gave each refugee from Chad a $100 bill.")] == [Decimal(100)]
    assert [f.amount for f in _figures("Norway gave Chad NOK 200 mill. for wells.")] == [Decimal(200_000_000)]


def test_a_total_that_is_not_sure_enough_is_not_taken() -> None:
    figures = _sums(("3", "USD"), ("8", "USD"))
    link_total("", [Link("total", 1, 0.4)], figures, 0, {1: 1}, Cuts(total=0.5))
    assert figures[0].part_of is None


@pytest.mark.parametrize(
    ("part", "total", "sure", "linked"),
    [
        ("110", "120", 0.3, None),  # schools are no part of clinics
        ("110", "120", 0.7, 1),
        ("110", "110", 0.3, 1),
        ("110", "510", 0.3, 1),  # budget support goes to all
        ("110", None, 0.3, 1),
        (None, "120", 0.3, 1),
    ],
)
def test_what_goes_to_another_sector_than_the_total_must_be_told_the_more_surely(
    part: str | None, total: str | None, sure: float, linked: int | None
) -> None:
    figures = _sums(("3", "USD"), ("8", "USD"))
    figures[0].purpose_code, figures[1].purpose_code = part, total
    link_total("", [Link("total", 1, sure)], figures, 0, {1: 1}, Cuts(total=0.2, total_elsewhere=0.5))
    assert figures[0].part_of == linked


def test_sums_that_only_fit_are_no_parts() -> None:
    figures = _figures(
        "Norway gave Chad $3.5 million for wells. It gave Mali $4.2 million for roads. It gave Niger $7.7 million for schools."
    )
    assert len(figures) == 3
    assert all(f.part_of is None for f in figures)
    _total, *parts = _figures("Chad got $9 million in grants from Norway, of which $4 million went to schools.")
    assert [p.part_of for p in parts] == [0]


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="0123456789.,$€£- milonbtrhusandypeckwRUSDE", max_size=80))
def test_odd_text_gives_figures_within_itself(text: str) -> None:
    for found in _figures(text):
        assert text[found.start_char : found.end_char] == found.text


def test_since_a_day_after_publication_has_no_end() -> None:
    (found,) = _figures("Norway has lent Malawi $5 million since March 2015.")
    assert found.period_start is not None
    assert found.period_end is None


@pytest.mark.parametrize("words", ["Malaysian ringgit 42 million", "a dollar", "nineteen million pesos", "Rs 5 crore"])
def test_amounts_that_begin_with_words_are_not_passed_over(words: str) -> None:
    assert len(_figures(f"The repair of the bridge cost {words}.")) == 1


def test_results_of_a_company_have_no_purpose_and_no_giver() -> None:
    text = "Northern Hardware Corp said its profit rose to $12 million from $9 million. Sales were $80 million."
    figures = _figures(text)
    assert len(figures) == 3
    for figure in figures:
        assert (figure.purpose_code, figure.payer, figure.payee) == (None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "The Farm Assistance Act may cost $22 million.",
        "The storm caused damage of $55 million, and the mayor asked for federal help.",
    ],
)
def test_what_is_no_aid(text: str) -> None:
    (found,) = _figures(text)
    assert found.figure_kind != "aid"


def test_a_price_has_a_purpose_only_where_the_words_say_what_it_is_for() -> None:
    (price,) = _figures("Oil stayed at its current benchmark of 18 dollars per barrel.")
    assert (price.figure_kind, price.purpose) == ("price", None)
    (other,) = _figures("The town set aside $3 million to\nrepair the old bridge.")
    assert other.purpose is not None
    assert other.purpose.endswith("repair the old bridge")


@pytest.mark.parametrize("text", ["The game runs on PS4 and PS5.", "It is rated R18.", "The R5 is closed."])
def test_letters_before_a_single_digit_are_no_currency(text: str) -> None:
    assert facts_of(text).figures == []


@pytest.mark.parametrize(
    ("title", "currency"),
    [
        ("CANADA FEBRUARY TRADE SURPLUS RISES", "CAD"),
        ("Canadian trade surplus with U.S. rises", "USD"),
        ("Trade surplus rises", "USD"),
    ],
)
def test_a_wire_counts_the_economy_of_the_one_state_in_its_headline_in_that_states_dollars(
    title: str, currency: str
) -> None:
    text = "The surplus rose to 1.25 billion dlrs in February."
    facts = extract_facts(Article("doc_test", text, title=title, published_on=date(1987, 4, 9)), parse_text(text))
    assert [f.currency for f in facts.figures] == [currency]


@pytest.mark.parametrize(
    ("mark", "currency"),
    [("<NOR.TO>", "CAD"), ("(NOR.TO)", "CAD"), ("(TSX: NOR)", "CAD"), ("(ASX: NOR)", "AUD"), ("(NYSE: NOR)", "USD")],
)
def test_bare_dollars_are_those_of_the_state_where_the_company_is_listed(mark: str, currency: str) -> None:
    text = f"Northern Ores {mark} said its profit rose to $12 million from $9 million. It expects sales of $80 million."
    article = Article("listed", text, published_on=date(2019, 3, 4))
    assert home_dollar(article, text, []) == currency
