"""What is no amount, how exactly one is told, and what is a part of what; sentences of our own."""

import pytest

from tests.unit.extract.reading import facts_of


@pytest.mark.parametrize(
    "text", ["The 2014 Rand study found nothing.", "The mine yielded 1,200 tonnes, or 2.6 million pounds, of copper."]
)
def test_years_before_names_and_weights_are_no_money(text: str) -> None:
    assert facts_of(text).figures == []


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("He was jailed over his $5 million swindle.", "exact"),
        ("They asked about the $5 million theft.", "exact"),
        ("The swindle cost over $5 million.", "at_least"),
        ("The theft was about $5 million.", "approximately"),
    ],
)
def test_a_preposition_of_concern_does_not_qualify(text: str, qualifier: str) -> None:
    assert facts_of(text).figures[0].qualifier == qualifier


def test_a_fall_by_so_much_to_so_much_is_a_range_where_the_ends_are_near() -> None:
    (found,) = facts_of("The deficit will fall by 15 billion to 20 billion dollars.").figures
    assert (found.amount_low, found.amount_high) == (15_000_000_000, 20_000_000_000)
    assert len(facts_of("They cut the budget by $5 million to $40 million.").figures) == 2


def test_what_is_joined_by_and_is_no_share() -> None:
    figures = facts_of("The strike would cut profits by $10 million and sales of $900 million.").figures
    assert [f.part_of for f in figures] == [None, None]


def test_pay_told_in_several_sentences_does_not_add_up_by_chance() -> None:
    figures = facts_of(
        "He was paid $2 million a week. It rained. He paid $18 million for a yacht. The film grossed $20 million."
    ).figures
    assert [f.part_of for f in figures] == [None, None, None]


def test_a_part_of_the_loan_is_linked_to_the_loan_told_of_before() -> None:
    figures = facts_of(
        "The World Bank approved a $90 million loan to Chad. It said $600,000 of the loan will go to training."
    ).figures
    assert figures[1].part_of == 0


def test_a_list_with_with_is_no_share() -> None:
    figures = facts_of("Chad owes about $49 billion, followed by Mali with $33 billion.").figures
    assert figures[1].part_of is None
