"""Who pays whom, at what stage, for what and when, on sentences of our own."""

from datetime import date

import pytest

from pipelines.extract.facts import Facts
from tests.unit.extract.reading import facts_of


def _ends(facts: Facts, n: int = 0) -> tuple[str | None, str | None]:
    figure = facts.figures[n]
    donor, recipient = figure.donor, figure.recipient
    return (
        None if donor is None else facts.entities[donor].name,
        None if recipient is None else facts.entities[recipient].name,
    )


def test_a_year_beside_an_amount_is_no_amount() -> None:
    for text in (
        "The program would cost 8.9 billion dollars through 1992, the ministry said.",
        "The bank raised its assets in 1986 to 607 billion rupiah, the report said.",
    ):
        assert len(facts_of(text).figures) == 1, text


def test_the_name_of_a_currency_is_no_evidence_for_another() -> None:
    facts = facts_of(
        "French debt was 81 billion francs in May. Some loans are in yen, some in the Swiss franc. "
        "Debt of the state was seven billion francs.",
        date(1987, 4, 2),
    )
    assert {f.currency for f in facts.figures} == {"FRF"}


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Norway agreed to provide $20 million in aid to Chad.", "committed"),
        ("Norway promised to provide $20 million in aid to Chad.", "pledged"),
        ("Norway will provide $20 million in aid to Chad.", "pledged"),
        ("The minister called for approval of $20 million in aid for Chad.", "requested"),
        ("The grant of $20 million would be disbursed under an agreement with Chad.", "committed"),
        ("The World Bank is lending $20 million to Chad.", "committed"),
        ("The World Bank has loaned Chad $20 million.", "disbursed"),
    ],
)
def test_stages(text: str, stage: str) -> None:
    assert facts_of(text).figures[0].flow_stage == stage


def test_the_lender_is_who_lends_by_trade() -> None:
    facts = facts_of("Mexico signed a $100 million loan with the World Bank to finance roads.")
    assert _ends(facts) == ("World Bank", "Mexico")


def test_the_one_who_owes_received_the_money() -> None:
    facts = facts_of("Sudan owes the International Monetary Fund $450 million.")
    assert _ends(facts) == ("International Monetary Fund", "Sudan")


def test_a_letter_to_somebody_makes_nobody_a_recipient() -> None:
    facts = facts_of("In a report to France, the minister asked for $20 million in aid.")
    assert _ends(facts)[1] is None


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("The bank put $310 million of outstanding short-term loans on hold.", None),
        ("The loan of $5 million is due to mature on April 1.", None),
        ("The World Bank gave $20 million in loans to countries.", None),
        ("British grants for developing the coal industry totalled 52 million pounds.", "developing the coal industry"),
        ("Congress approved a $40 million allotment in military aid for Chad.", "military aid"),
    ],
)
def test_purposes(text: str, purpose: str | None) -> None:
    assert facts_of(text).figures[0].purpose == purpose


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Provision for loan losses in the third quarter was $20 million.", "other"),
        ("Tax credits will rise to $70 for adults.", "other"),
        ("Borrowing by developing countries fell to $300 million.", "loan"),
        ("Food and agricultural imports amounted to $1.3 billion.", "trade"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert facts_of(text).figures[0].figure_kind == kind


def test_a_number_that_declined_is_not_denied() -> None:
    assert facts_of("Offerings of bonds declined to $1.3 billion.").figures[0].factuality == "actual"


def test_what_it_is_compared_with_is_no_total() -> None:
    facts = facts_of("Debt fell to $398 million from $419 million, a reduction of $21 million.")
    assert [f.part_of for f in facts.figures] == [None, None, None]


@pytest.mark.parametrize(
    ("purpose", "code"),
    [
        ("to repair roads in the north", "21020"),
        ("to repair roads and ports", "210"),
        ("for agricultural research", "31182"),
        ("for primary schools", "110"),
        ("to fight malaria", "120"),
        ("for military training", "152"),
    ],
)
def test_purpose_codes_have_five_digits_where_one_fits(purpose: str, code: str) -> None:
    assert facts_of(f"Norway gave Chad a grant of $20 million {purpose}.").figures[0].purpose_code == code


def test_forgiven_debt_is_coded_as_debt_relief() -> None:
    assert facts_of("China cancelled $18 million of debt that Chad owed.").figures[0].purpose_code == "60020"


def test_a_time_told_of_the_next_figure_is_not_this_ones() -> None:
    facts = facts_of("The U.S. provided $4 billion in aid since the war began, and $1 billion in aid in 2008.")
    assert facts.figures[1].period_start == date(2008, 1, 1)
    assert facts.figures[0].period_start != date(2008, 1, 1)


def test_a_noun_that_asks_in_a_clause_of_its_own_is_read_once() -> None:
    facts = facts_of("The ministry named the programs that need $5 million in aid and which request $7 million more.")
    assert [_ends(facts, n) for n in (0, 1)] == [(None, None), (None, None)]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Acme Motors Corp earned $4 million.", (None, "Acme Motors Corp")),
        ("Acme Motors Corp paid John Meyers $4 million.", ("Acme Motors Corp", "John Meyers")),
        ("John Meyers was paid $4 million by Acme Motors Corp on Monday.", ("Acme Motors Corp", "John Meyers")),
        ("Acme Motors Corp is issuing a 50 million Canadian dollar bond.", (None, "Acme Motors Corp")),
        ("Acme Motors Corp sold the mill for $4 million.", (None, "Acme Motors Corp")),
        ("Acme Motors Corp is negotiating the $4 million acquisition of a mill.", ("Acme Motors Corp", None)),
        ("John Meyers made $400 payments for years.", (None, None)),
    ],
)
def test_who_earns_sells_and_issues_is_paid(text: str, ends: tuple[str | None, str | None]) -> None:
    facts = facts_of(text)
    figure = facts.figures[0]
    assert tuple(None if e is None else facts.entities[e].name for e in (figure.donor, figure.recipient)) == ends


def test_what_a_giver_pays_of_a_project_abroad_is_aid() -> None:
    facts = facts_of(
        "The World Bank is lending $17 million to Chad. The loan is part of a $26 million project to grow cotton. "
        "Other money for the project will come from Chad ($7 million) and Norway ($2 million)."
    )
    norway = facts.figures[3]
    assert (norway.figure_kind, norway.flow_stage) == ("aid", "pledged")
    assert (norway.purpose_code or "").startswith("311") or norway.purpose is None


def test_the_crisis_of_a_purpose_is_the_one_told_of_before() -> None:
    text = (
        "Germany has accepted thousands of refugees this year. Germany is devoting $6 billion to cope with the crisis."
    )
    assert facts_of(text).figures[0].purpose_code == "930"
    text = "An earthquake killed hundreds in Nepal. Norway gave Nepal $6 million to cope with the crisis."
    assert (facts_of(text).figures[0].purpose_code or "")[:3] == "720"


@pytest.mark.parametrize(
    ("text", "n", "ends"),
    [
        ("Japan will help Chad rebuild its schools. It will give $5 million for the work.", 0, ("Japan", "Chad")),
        ("Norway contributed $3 million and Sweden $2 million to the fund.", 1, ("Sweden", None)),
        ("Norway lent Malawi $10 million and Chad $20 million.", 1, ("Norway", "Chad")),
    ],
)
def test_givers_and_receivers_of_shared_verbs_and_sentences_before(
    text: str, n: int, ends: tuple[str | None, str | None]
) -> None:
    facts = facts_of(text)
    figure = facts.figures[n]
    assert tuple(None if e is None else facts.entities[e].name for e in (figure.donor, figure.recipient)) == ends
