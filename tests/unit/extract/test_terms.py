"""On what terms money moves: kind of finance, cut and repaid money, channels, joint givers, running totals, rates, conditions."""

from __future__ import annotations

import pytest

from pipelines.extract.facts import Terms
from tests.unit.extract.reading import facts_of


def _terms(text: str) -> Terms:
    figures = facts_of(text).figures
    assert figures
    return figures[0].terms


@pytest.mark.parametrize(
    ("text", "finance"),
    [
        ("Norway gave Malawi a $30 million grant for clinics.", "grant"),
        ("China gave Laos $500 million in aid in the form of a concessional loan at two percent.", "concessional_loan"),
        ("Japan lent Vietnam $300 million for a power plant.", "loan"),
        ("Russia forgave Kyrgyzstan a $240 million loan.", "debt_relief"),
        ("Russia wrote off $240 million of Kyrgyz debt.", "debt_relief"),
        ("The United States gave Egypt $1.3 billion in military aid.", "military"),
        ("Turkey gave Syria $5 million in food aid.", "in_kind"),
        ("Spain gave Ecuador $30 million in aid.", None),
    ],
)
def test_kind_of_finance(text: str, finance: str | None) -> None:
    assert _terms(text).finance_type == finance


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Italy suspended $60 million in aid to Albania.", "suspended"),
        ("The United States cut $130 million in aid to Ethiopia.", "cancelled"),
        ("Djibouti repaid China a $100 million loan.", "repaid"),
        ("Auditors found that $70 million in aid that the United States gave Ethiopia had been stolen.", "diverted"),
        ("The United States gave Ethiopia $90 million in food aid after Britain cut its aid.", None),
    ],
)
def test_money_that_is_not_given(text: str, direction: str | None) -> None:
    assert _terms(text).direction == direction


def test_running_totals() -> None:
    assert _terms("Since 1991 the United States has given Armenia more than $3 billion in aid.").is_cumulative
    assert _terms("Japan has so far paid Nepal $50 million in aid.").is_cumulative
    assert not _terms("Japan paid Nepal $50 million in aid in May.").is_cumulative
    assert _terms("Japan gave Nepal $50 million in aid throughout the 10 years of war.").is_cumulative
    assert _terms("The bank has lent $35 million to Nepal in its 28 years.").is_cumulative
    assert not _terms("Japan will give Nepal $50 million in aid over five years.").is_cumulative
    assert _terms("The bank has approved previous loans totaling $207 million to Mexico.").is_cumulative
    assert not _terms("The bank approved a previous loan of $207 million to Mexico.").is_cumulative
    assert not _terms("The World Bank approved a $300 million loan to Kenya to replace earlier loans.").is_cumulative
    assert not _terms("Denmark pledged $40 million to Chad, more than earlier grants had brought.").is_cumulative


def test_yearly_rates() -> None:
    assert _terms("Spain will give Ecuador $30 million in aid a year for five years.").rate_times == 5
    assert _terms("The United States gives Egypt $1.3 billion in military aid every year.").rate_times == 1
    assert _terms("Spain will give Ecuador $150 million in aid over five years.").rate_times is None


def test_conditions() -> None:
    assert _terms(
        "The European Union will give Ukraine $600 million in aid if parliament passes the reform."
    ).is_conditional
    assert not _terms("The European Union will give Ukraine $600 million in aid.").is_conditional


def test_a_package_names_loans_and_grants_as_nouns() -> None:
    package = _terms("Japan gave Kenya $80 million in loans and grants for roads.")
    assert (package.finance_type, package.is_total) == (None, True)
    granted = _terms("Japan has granted Kenya a loan of $80 million for roads.")
    assert (granted.finance_type, granted.is_total) == ("loan", False)
    mostly = _terms("Donors pledged $30 billion in loans and guarantees to Iraq.")
    assert (mostly.finance_type, mostly.is_total) == (None, True)
    assert _terms("The United States gave Jordan a $2 billion loan guarantee.").finance_type == "guarantee"


def test_further_payments_and_totals() -> None:
    assert _terms("Saudi Arabia gave Yemen another $2 billion in aid.").is_sequel
    assert not _terms("Saudi Arabia gave Yemen more than $2 billion in aid.").is_sequel
    assert _terms("Germany gave Jordan $130 million in aid in all.").is_total


def test_who_gives_together_and_through_whom() -> None:
    facts = facts_of("Japan and Germany gave Nepal $30 million in aid through UNICEF for schools.")
    assert facts.figures
    terms = facts.figures[0].terms
    assert len(terms.joint_donors) == 1
    assert facts.entities[terms.joint_donors[0]].country in ("JPN", "DEU")
    assert terms.channel is not None
    assert "Children" in facts.entities[terms.channel].name or "UNICEF" in facts.entities[terms.channel].name


def test_a_paper_takes_a_sum_back() -> None:
    facts = facts_of(
        "The Netherlands gave Ghana a $15 million grant for ports. "
        "An earlier version of this report gave a wrong figure of $50 million."
    )
    assert [(str(f.amount), f.terms.is_withdrawn) for f in facts.figures] == [("15000000", False), ("50000000", True)]
    assert facts.figures[0].terms.is_correction


def test_words_behind_one_sum_do_not_speak_of_the_next() -> None:
    one, other = facts_of(
        "The United States gave Egypt $1.3 billion in military aid and $250 million in economic aid."
    ).figures
    assert (one.terms.finance_type, other.terms.finance_type) == ("military", None)


def test_a_correction_takes_back_the_sum_behind_not() -> None:
    text = "Ireland gave Sierra Leone 3.5 million euros in aid, not 35 million euros. An earlier version of this report was mistaken."
    assert [f.terms.is_withdrawn for f in facts_of(text).figures] == [False, True]


def test_a_text_that_opens_as_a_correction() -> None:
    text = "CORRECTION - We reported on Monday that Ireland gave Fiji $18 million in aid for schools. The amount is $1.8 million."
    wrong, right = facts_of(text).figures
    assert (wrong.terms.is_withdrawn, right.terms.is_withdrawn) == (True, False)


def test_signs_that_look_like_digits_are_no_numbers() -> None:
    assert _terms("Norway gave Mali $5 million a year for ² years.").rate_times == 1
    assert _terms("Norway paid Mali ³ instalments of $5 million each.").rate_times is None


def test_from_and_to_below_another_act_change_no_promise() -> None:
    figures = facts_of("Norway plans to reduce hunger by giving Laos from $4 million to $8 million.").figures
    assert figures
    assert not any(f.terms.is_withdrawn for f in figures)
