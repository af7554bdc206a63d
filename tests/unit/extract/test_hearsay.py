"""Sums that nobody is known to have given: hearsay, calls for money; and what only stands beside such words."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import facts_of

POSSIBLE = [
    "Norway allegedly gave Libya $71 million.",
    "Rumours say Norway gave Egypt $69 million.",
    "Unconfirmed reports say Norway gave Chad $52 million.",
    "Norway is rumoured to have lent Niger $53 million.",
    "Opposition leaders accused Norway of giving Peru $55 million in secret.",
]
GIVEN = [
    "The bank said that its profits will fall if interest is not paid on $140 million of loans to Brazil.",
    "Norway did give Ghana $61 million on Monday.",
    "Norway said that it gave Togo $62 million on Monday.",
    "Despite rumours of a quarrel, Norway gave Benin $64 million on Monday.",
    "Norway was accused of delay after it gave Peru $65 million on Monday.",
    "Norway has found time to give Laos $67 million.",
    "It was the first time for Norway to give Laos $68 million.",
    "It is the third time that Norway gave Mali $66 million.",
]


@pytest.mark.parametrize("text", POSSIBLE)
def test_what_is_but_said_is_possible(text: str) -> None:
    (figure,) = facts_of(text).figures
    assert figure.factuality in ("possible", "planned")


@pytest.mark.parametrize("text", GIVEN)
def test_what_is_given_stays_so_beside_such_words(text: str) -> None:
    (figure,) = facts_of(text).figures
    assert (figure.factuality, figure.flow_stage == "requested") == ("actual", False)


def test_what_it_is_time_for_is_called_for() -> None:
    (figure,) = facts_of("It is time for Norway to give Laos $49 million.").figures
    assert figure.flow_stage == "requested"
